-- Rehearsed cuts of channels and engines, and whether the plan B held. `report`: all of it, without a word or an address of anybody.
create table drill (
  id text primary key,
  at bigint not null,
  mode text not null,
  cut text[] not null,
  ok boolean not null,
  report jsonb not null
);
create index drill_at on drill (at desc);
