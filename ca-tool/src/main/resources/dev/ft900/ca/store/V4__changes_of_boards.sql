-- which boards came or went, so that whoever looked before need not read all of them again
create table board_change (
    board       text   primary key,
    -- counts up; a board that goes or comes again gets the next number, so that there is one row for each id there ever was
    seq         bigint not null unique
);

insert into board_change (board, seq) select id, row_number() over (order by id) from board;
