-- Never written, never read: what a platform limits stands in throughput and per_day.
alter table channel drop column limited;
