-- What was told last of each engine: a change is told once, whichever process finds it out, and a restart tells nothing anew.
create table engine (
  id text primary key,
  health text not null default 'closed',
  reason text,
  changed_at bigint not null
);
