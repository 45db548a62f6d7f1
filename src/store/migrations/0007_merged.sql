-- Who became whom: few rows, and asked for at every merge.
create index contact_merged on contact (merged_into) where merged_into is not null;
