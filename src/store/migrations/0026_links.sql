-- Links of the bridge: who may go from one channel to another, made in a turn with the message that carries them. Nothing here opens one: the
-- token is the id under the house's seal.
create table link (
  id text primary key,
  contact_id text not null,
  message_id text not null,
  from_channel text not null,
  to_channel text not null,
  at bigint not null,
  expires_at bigint not null,
  opened_at bigint,
  visitor text,
  codes integer not null default 0
);
create index link_contact on link (contact_id);
create index link_expires on link (expires_at);

-- Words of the way back, under the house's seal: one for each visitor.
create table crossing_word (
  visitor text primary key,
  seal text not null,
  channel text not null,
  expires_at bigint not null,
  used_by text
);
create unique index crossing_word_seal on crossing_word (seal);

-- Tokens of sites that were used: once each.
create table used_token (
  seal text primary key,
  expires_at bigint not null
);
