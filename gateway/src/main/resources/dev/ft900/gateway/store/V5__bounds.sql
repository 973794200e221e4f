-- old answers are looked for by their age
create index idempotent_answer_created on idempotent_answer (created_at);

-- the caller's token, by its id, where it had one; how often in the minute that began at "at", for calls without good credentials
alter table audit add column token text;
alter table audit add column times bigint not null default 1;
