-- The platform may file a template elsewhere than the business did, and say so a day ahead (`category_coming`): null where it told nothing.
-- `category_at`: when it was told, by its clock.
alter table template
  add column category text,
  add column category_coming text,
  add column category_at bigint not null default 0;
