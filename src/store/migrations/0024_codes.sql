-- How many one-time codes went abroad lately: numbers there are what is bought to earn by codes that nobody asked for.
alter table code add column abroad boolean not null default false;
