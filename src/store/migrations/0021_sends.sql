-- The business's own name of what a message is about: an order, an appointment. Echoed in every event of it.
alter table message add column reference text;
create index message_reference on message (reference, at desc, id desc) where reference is not null;

-- One-time codes: no digit of one is kept, here or anywhere. `whom`: the contact's id, and their addresses sealed.
create table code (
  id text primary key,
  message_id text not null,
  whom text[] not null,
  purpose text not null,
  digits integer not null,
  made_at bigint not null,
  expires_at bigint not null,
  tries_left integer not null,
  used_at bigint,
  replaced boolean not null default false
);
create index code_whom on code using gin (whom);
create index code_made on code (made_at);

-- Who wants to be called back. What is decided on stands in the conversation's state; this is what the call centre reads.
create table callback (
  id text primary key,
  contact_id text not null,
  state text not null check (state in ('waiting', 'taken', 'closed')),
  since bigint not null,
  body jsonb not null
);
create index callback_open on callback (since, id) where state <> 'closed';
create index callback_contact on callback (contact_id);
