-- What is kept for a board goes with it, in the transaction that takes it out of the register, whichever process does that: a later board
-- under the same id inherits nothing.

create table device_group_of_board (
    device      text   not null references board (id) on delete cascade,
    name        text   not null,
    primary key (device, name)
);

insert into device_group_of_board (device, name)
    select device, name from device_group where device in (select id from board);
drop table device_group;
alter table device_group_of_board rename to device_group;

create table desired_pin_of_board (
    device      text   not null references board (id) on delete cascade,
    pin         integer not null,
    payload     text   not null,
    set_at      bigint not null,
    set_by      text   not null,
    primary key (device, pin)
);

insert into desired_pin_of_board (device, pin, payload, set_at, set_by)
    select device, pin, payload, set_at, set_by from desired_pin where device in (select id from board);
drop table desired_pin;
alter table desired_pin_of_board rename to desired_pin;

create table queued_command_of_board (
    id          text   primary key,
    device      text   not null references board (id) on delete cascade,
    request_id  text   not null,
    caller      text   not null,
    payload     text   not null,
    state       text   not null,
    created_at  bigint not null,
    deadline    bigint not null,
    command_id  text,
    ended_at    bigint,
    outcome     text,
    detail      text,
    number      bigint not null default 0,
    owner       text
);

insert into queued_command_of_board (id, device, request_id, caller, payload, state, created_at, deadline, command_id,
        ended_at, outcome, detail, number, owner)
    select id, device, request_id, caller, payload, state, created_at, deadline, command_id,
        ended_at, outcome, detail, number, owner
    from queued_command where device in (select id from board);
drop table queued_command;
alter table queued_command_of_board rename to queued_command;

create index queued_command_state on queued_command (state, deadline);
create index queued_command_order on queued_command (device, state, number);
create index queued_command_number on queued_command (number);
create index queued_command_ended on queued_command (ended_at);
