-- counts up in the order in which certificates were added, which is not that of issued_at when the clock was set meanwhile
alter table certificate add column seq bigint not null default 0;

update certificate set seq = counted.number
    from (select serial as added, row_number() over (order by ${certificate_arrival}) as number from certificate) as counted
    where counted.added = certificate.serial;

create index certificate_seq on certificate (seq);
