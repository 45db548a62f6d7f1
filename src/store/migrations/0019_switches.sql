-- What a person stopped: all automation (`ai`), or an engine. A channel's own switch stands in its row.
create table pause (
  what text primary key,
  reason text not null,
  at bigint not null
);
-- How far the journal was told outside: to each outgoing webhook, and by mail to who is to be woken. `due_at`: not before, after a failure.
create table endpoint (
  id text primary key,
  place text not null,
  tries integer not null default 0,
  due_at bigint not null default 0,
  failing_since bigint,
  off_at bigint,
  reason text,
  changed_at bigint not null
);
