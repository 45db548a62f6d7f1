-- What is old enough is forgotten in small batches: found by an index each time, where a BRIN's ranges grow into one another as rows are reused.
drop index seen_at;
create index seen_at on seen (at);
create index receipt_received on receipt (received);
