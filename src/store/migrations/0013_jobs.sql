-- Jobs are taken by kind, the oldest first; of one contact and kind only the first ones.
drop index job_due;
drop index job_contact;
create index job_due on job (kind, due_at, id);
create index job_contact on job (contact_id, kind, due_at, id);
