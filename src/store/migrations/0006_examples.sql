-- Questions that customers ask, by entry: how alike another question is tells which entry it asks for.
create table passage_example (
  language text not null,
  example integer not null,
  document text not null,
  -- Lengths of the vectors that all examples of the document add up to.
  words double precision not null,
  letters double precision not null,
  primary key (language, example)
);

-- What the examples are made of: in which it is, how much it tells of each (in ten thousandths). The token '' counts all examples.
create table passage_token (
  language text not null,
  token text not null,
  count integer not null,
  examples integer[] not null,
  weights integer[] not null,
  primary key (language, token)
);
