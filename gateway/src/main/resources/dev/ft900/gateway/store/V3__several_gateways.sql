-- number: the order in which commands were queued, whichever gateway took them; owner: the run of the gateway that sent one
alter table queued_command add column number bigint not null default 0;
alter table queued_command add column owner text;

update queued_command set number = ${arrival};

create index queued_command_order on queued_command (device, state, number);
create index queued_command_number on queued_command (number);
drop index queued_command_device;

-- which gateways work, by the database's clock; run is drawn at random at each start
create table gateway_lease (
    name        text   primary key,
    run         text   not null unique,
    until       bigint not null
);

-- commands that ended at one gateway, for the others to tell their listeners; kept for a minute. hops and total in microseconds
create table ended_command (
    number      bigint primary key,
    run         text   not null,
    at          bigint not null,
    device      text   not null,
    request_id  text   not null,
    caller      text   not null,
    payload     text   not null,
    command_id  text,
    taken_at    bigint not null,
    outcome     text   not null,
    detail      text   not null,
    hop_queue   bigint not null,
    hop_out     bigint not null,
    hop_board   bigint not null,
    hop_back    bigint not null,
    total       bigint not null
);

create index ended_command_at on ended_command (at);
