-- Where listening to a channel goes on from, in its connector's own words; null where nobody ever listened.
alter table channel add column place text;
