-- Where a message stands in its reach plan, the first message of that plan (null: itself, or none), the one that went on in its stead, and
-- when it was delivered all the same.
alter table message add column reach jsonb, add column reach_of text, add column moved_to text, add column late_at bigint;
create index message_reach on message (reach_of) where reach_of is not null;
-- Whether a plan may take a send elsewhere should its channel be cut or paused: `left`, it may; `asked`, that waits for its contact's turn;
-- `stuck`, nothing else was open to it. `asked_of`: the sum of when each channel was changed, as it was asked.
alter table outbox add column movable text check (movable in ('left', 'asked', 'stuck')), add column asked_of bigint;
create index outbox_movable on outbox (channel, seq) where movable is not null and state = 'queued';
