-- Which knowledge the passages are of, and by which program they were read: the same is not read again at each start.
create table knowledge (
  digest text primary key
);
