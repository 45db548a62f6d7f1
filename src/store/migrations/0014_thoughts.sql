-- What engines were asked and what it cost, by day: one line in a hundred of the journal, and asked for while they are asked.
create index event_thought on event (at) where kind = 'engine.thought';
