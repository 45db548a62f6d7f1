-- One row for every browser that wrote on one of the house's own pages; whose it is, is said by the identity `web:<id>`.
create table visitor (
  id text primary key,
  hash text not null unique, -- of the cookie
  channel text not null,
  -- own: what was said on this channel since `since` | thread: the whole conversation
  shows text not null check (shows in ('own', 'thread')),
  since bigint not null,
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null
);
create index visitor_expires on visitor (expires_at);
