-- What waits for a channel that was cut is looked for every 400 ms: what may still be asked for, what was asked for, and what has nowhere to
-- go (by the news it was asked of), each by an index of its own, so that what stays costs nothing.
drop index outbox_movable;
create index outbox_left on outbox (channel, seq) where movable = 'left' and state = 'queued';
create index outbox_asked on outbox (channel) where movable = 'asked' and state = 'queued';
create index outbox_stuck on outbox (channel, asked_of, seq) where movable = 'stuck' and state = 'queued';
