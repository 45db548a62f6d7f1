-- What was due when it came is due, even where the clock of who took it in is ahead of ours; only timers wait for a time.
drop index pending_due;
create index pending_now on pending (seq) where due_at <= received;
create index pending_due on pending (due_at, seq) where due_at > received;
