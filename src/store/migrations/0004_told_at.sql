-- Providers tell out of order: when the newest word on each matter was said, by their clock. An older one changes nothing.
alter table channel
  add column health_at bigint not null default 0,
  add column quality_at bigint not null default 0,
  add column limit_at bigint not null default 0;
