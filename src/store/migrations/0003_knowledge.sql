-- What may be answered from. Search words are folded and stemmed by PostgreSQL; accents and capitals make no difference.
create extension if not exists unaccent;
create extension if not exists pg_trgm;

create text search configuration relais_fr (copy = french);
alter text search configuration relais_fr alter mapping for hword, hword_part, word with unaccent, french_stem;
create text search configuration relais_en (copy = english);
alter text search configuration relais_en alter mapping for hword, hword_part, word with unaccent, english_stem;
create text search configuration relais_other (copy = simple);
alter text search configuration relais_other alter mapping for hword, hword_part, word with unaccent, simple;

create table passage (
  id text primary key,
  document text not null,
  position integer not null,
  language text not null,
  title text not null,
  -- Headings, and words customers use: searched, not shown.
  also text not null,
  text text not null,
  url text,
  search tsvector not null
);
create index passage_search on passage using gin (search);
create index passage_document on passage (document, position);

-- The words of all passages: what a typing error may have meant.
create table passage_word (
  language text not null,
  word text not null,
  stem text not null,
  primary key (language, word)
);
create index passage_word_alike on passage_word using gin (word gin_trgm_ops);
create index passage_word_stem on passage_word (language, stem);

-- In how many documents a stem occurs; the stem '' counts the documents of the language.
create table passage_stem (
  language text not null,
  stem text not null,
  documents integer not null,
  primary key (language, stem)
);
