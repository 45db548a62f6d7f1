-- Times are milliseconds since 1970, given by the caller: nothing here asks the database for the time.

create table contact (
  id text primary key,
  name text,
  country text not null default '',
  language text,
  created_at bigint not null,
  merged_into text
);

-- One row for every address a person was ever seen with.
create table identity (
  key text primary key, -- kind:value
  contact_id text not null,
  kind text not null,
  value text not null,
  created_at bigint not null
);
create index identity_contact on identity (contact_id);

create table conversation (
  id text primary key,
  contact_id text not null unique,
  -- journey | engine | agents | agent:<id> | platform
  owner text not null,
  -- Raised with every change of owner: what a former owner queued is void.
  epoch integer not null,
  state jsonb not null,
  last_at bigint not null,
  waiting_since bigint
) with (fillfactor = 80);
create index conversation_last on conversation (last_at desc, id);
create index conversation_waiting on conversation (waiting_since, id) where waiting_since is not null;

-- Append-only: the latest row of a contact, channel kind and category counts; none means not given.
create table consent (
  seq bigserial primary key,
  contact_id text not null,
  channel_kind text not null,
  category text not null,
  given boolean not null,
  at bigint not null,
  words text,
  proof jsonb,
  source text not null
);
create index consent_contact on consent (contact_id, channel_kind, category, seq desc);

create table message (
  id text primary key,
  contact_id text not null,
  conversation_id text not null,
  channel text not null,
  direction text not null check (direction in ('in', 'out')),
  at bigint not null,
  -- customer | journey:<name> | engine:<id> | agent:<id> | api:<key> | system | platform
  author text not null,
  content jsonb,
  category text,
  ai boolean not null default false,
  citations jsonb,
  reply_to text,
  vendor_id text,
  status text not null,
  decision_id text,
  refusal jsonb,
  price jsonb,
  price_seen jsonb,
  duplicate_risk boolean not null default false,
  edited_at bigint,
  revoked_at bigint,
  accepted_at bigint,
  sent_at bigint,
  delivered_at bigint,
  read_at bigint,
  failed_at bigint
) with (fillfactor = 70);
create index message_thread on message (conversation_id, at desc, id desc);
create unique index message_vendor on message (channel, vendor_id) where vendor_id is not null;

-- The journal: what happened, without personal data; what is personal stands in message or event_payload.
create table event (
  seq bigserial,
  id text not null,
  kind text not null,
  contact_id text,
  conversation_id text,
  channel text,
  message_id text,
  decision_id text,
  at bigint not null,
  received bigint not null,
  data jsonb,
  -- The transaction that wrote it: a reader of the stream goes no further than the oldest one still running.
  xid xid8 not null default pg_current_xact_id(),
  primary key (seq, received)
) partition by range (received);
create table event_default partition of event default;
create index event_contact on event (contact_id, seq);

create table event_payload (
  event_id text not null,
  received bigint not null,
  body jsonb not null,
  primary key (event_id, received)
) partition by range (received);
create table event_payload_default partition of event_payload default;

-- Inbound events already taken: a webhook delivered a hundred times has one effect.
create table seen (
  id text primary key,
  at bigint not null
);
create index seen_at on seen using brin (at);

-- Events that wait for their contact's turn; timers have a due time ahead.
create table pending (
  seq bigserial primary key,
  id text not null unique,
  contact_id text not null,
  channel text,
  kind text not null,
  at bigint not null,
  received bigint not null,
  due_at bigint not null,
  tries integer not null default 0,
  body jsonb not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
create index pending_due on pending (due_at, seq);
create index pending_contact on pending (contact_id, seq);

-- Events set aside after three failures. The contact's other events go on.
create table poison (
  id text primary key,
  contact_id text not null,
  channel text,
  kind text not null,
  at bigint not null,
  set_aside_at bigint not null,
  error text not null,
  body jsonb not null
);

-- The queue of sends. `head` marks the first of a contact's line; only that one may go.
create table outbox (
  message_id text primary key,
  seq bigserial,
  contact_id text not null,
  channel text not null,
  head boolean not null,
  due_at bigint not null,
  epoch integer not null,
  automatic boolean not null,
  category text not null,
  state text not null check (state in ('queued', 'sending', 'unknown')),
  tries integer not null default 0,
  attempt_id text,
  decision_id text not null,
  wait_rule text,
  body jsonb not null
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
create index outbox_head on outbox (channel, due_at, seq) where head and state = 'queued';
create index outbox_line on outbox (contact_id, seq);
create index outbox_open on outbox (channel) where state <> 'queued';

create table attempt (
  id text primary key,
  message_id text not null,
  contact_id text not null,
  channel text not null,
  decision_id text not null,
  at bigint not null,
  result text,
  code text,
  vendor_id text,
  settled_at bigint
) with (fillfactor = 70);
create index attempt_message on attempt (message_id, at);
create index attempt_recent on attempt using brin (at);

-- Receipts for messages we do not know (yet).
create table receipt (
  channel text not null,
  target text not null,
  status text not null,
  at bigint not null,
  received bigint not null,
  attempt_id text,
  refusal jsonb,
  price jsonb,
  primary key (channel, target, status)
);

-- Work outside the line: engine turns, calls to business systems, files to fetch, read marks.
create table job (
  id text primary key,
  contact_id text not null,
  channel text not null,
  kind text not null,
  epoch integer not null,
  due_at bigint not null,
  worker text,
  tries integer not null default 0,
  body jsonb not null
);
create index job_due on job (due_at) where worker is null;
create index job_contact on job (contact_id);

create table situation (
  digest text primary key,
  content jsonb not null
);
create table rulebook (
  digest text primary key,
  at bigint not null,
  content jsonb not null
);
create table journey_version (
  digest text primary key,
  at bigint not null,
  content jsonb not null
);
create table decision (
  id text primary key,
  message_id text not null,
  contact_id text not null,
  at bigint not null,
  outcome text not null,
  -- What the channel was asked to carry when it was judged, with who asked and why.
  intent jsonb,
  amend jsonb not null,
  until bigint,
  rulings jsonb not null,
  price jsonb not null,
  situation text not null,
  rulebook text not null
);
create index decision_message on decision (message_id, at);

-- What providers told of a channel and its templates. `lease` counts who dispatches: a claim with an older number is refused.
create table channel (
  id text primary key,
  kind text not null,
  health text not null default 'healthy',
  reason text,
  quality text not null default 'unknown',
  throughput integer,
  per_day integer,
  limited boolean not null default false,
  paused boolean not null default false,
  lease integer not null default 0,
  changed_at bigint not null
);
create table template (
  channel text not null,
  name text not null,
  language text not null,
  state text not null,
  reason text,
  changed_at bigint not null,
  primary key (channel, name, language)
);
-- People written to outside their window, for the platform's limit per 24 h.
create table opening (
  channel text not null,
  contact_id text not null,
  at bigint not null,
  primary key (channel, contact_id)
);
create index opening_recent on opening (channel, at);

-- `suspects`: the events a worker is about to decide on; what kills the process is counted when its worker row is found without an owner.
create table worker (
  id text primary key,
  started_at bigint not null,
  suspects text[] not null default '{}'
);

create table api_key (
  id text primary key,
  name text not null,
  role text not null,
  hash text not null unique,
  created_at bigint not null,
  revoked_at bigint
);
create table idempotency (
  key text primary key,
  fingerprint text not null,
  status integer,
  body jsonb,
  at bigint not null
);
create table audit (
  seq bigserial primary key,
  at bigint not null,
  actor text not null,
  action text not null,
  subject text,
  data jsonb
);
create table media (
  digest text primary key,
  mime text not null,
  bytes bigint not null,
  at bigint not null
);
