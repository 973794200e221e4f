-- Times are milliseconds since 1970; null where there is no such moment.

-- what a token is called in lists and when it ends; which devices and groups it is for, separated by blanks, null for all
alter table token add column id text;
alter table token add column expires_at bigint;
alter table token add column revoked_at bigint;
alter table token add column scope text;

update token set id = substr(hash, 1, 8);

create unique index token_id on token (id);

-- what the holder of a client certificate may do, by its common name
create table certificate_role (
    common_name text   primary key,
    role        text   not null,
    scope       text,
    created_at  bigint not null
);

create table device_group (
    device      text   not null,
    name        text   not null,
    primary key (device, name)
);

-- commands that wait for their board, and what became of them; payload is the command as the board would get it, in JSON
create table queued_command (
    id          text   primary key,
    device      text   not null,
    request_id  text   not null,
    caller      text   not null,
    payload     text   not null,
    state       text   not null,
    created_at  bigint not null,
    deadline    bigint not null,
    command_id  text,
    ended_at    bigint,
    outcome     text,
    detail      text
);

create index queued_command_device on queued_command (device, created_at);
create index queued_command_state on queued_command (state, deadline);

-- how pins are to be, whenever the board is there; payload as above
create table desired_pin (
    device      text   not null,
    pin         integer not null,
    payload     text   not null,
    set_at      bigint not null,
    set_by      text   not null,
    primary key (device, pin)
);

-- answers to writes that carried an Idempotency-Key; status 0 while the first is not answered
create table idempotent_answer (
    caller      text   not null,
    name        text   not null,
    fingerprint text   not null,
    created_at  bigint not null,
    status      integer not null,
    media_type  text,
    location    text,
    body        text,
    primary key (caller, name)
);

-- every write, by whom and with what result
create table audit (
    run         text   not null,
    number      bigint not null,
    at          bigint not null,
    caller      text   not null,
    remote      text   not null,
    request_id  text   not null,
    method      text   not null,
    path        text   not null,
    status      integer not null,
    primary key (run, number)
);

create index audit_at on audit (at);
