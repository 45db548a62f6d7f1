-- A browser at the desk, entered with a key. Only the digest of its cookie is kept.
create table session (
  hash text primary key,
  key_id text not null,
  created_at bigint not null,
  expires_at bigint not null
);

-- The stream reads the journal by the transaction that wrote it: a serial number alone is no order of commits.
create index event_stream on event (xid, seq);

-- Held by people, or by the platform's own agent: few at any time, and what a desk asks for.
create index conversation_owner on conversation (owner, last_at desc, id) where owner not in ('journey', 'engine');
create index poison_set_aside on poison (set_aside_at desc, id);
