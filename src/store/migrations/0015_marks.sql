-- What-if tells situations apart by a hash of each of their groups, which takes far longer to make than to read. Older rows have none.
alter table situation add column marks bytea;
