-- AI tasks that somebody started, as they are told to whoever asks. What they were given is not kept; the result is forgotten after 30 days.
create table task (
  id text primary key,
  contact_id text not null,
  since bigint not null,
  body jsonb not null
);
create index task_since on task (since);
create index task_contact on task (contact_id);
