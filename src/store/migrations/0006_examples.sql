-- Questions that customers ask, by entry: how alike another question is tells which entry it asks for. The examples of a language
-- are counted from 0, those of one entry side by side.
create table passage_example (
  language text not null,
  document text not null,
  first integer not null,
  count integer not null,
  -- Lengths of the vectors that all examples of the document add up to.
  words double precision not null,
  letters double precision not null,
  primary key (language, document)
);

-- Which examples hold a token, and how much it tells of each in ten thousandths: example, weight, example, weight and so on.
create table passage_token (
  language text not null,
  token text not null,
  holds json not null,
  primary key (language, token)
);
