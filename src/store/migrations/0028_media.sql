-- Which messages hold a file: before one is deleted, and for nothing else.
create index message_media on message ((content -> 'media' ->> 'digest')) where content ->> 'type' = 'media';
