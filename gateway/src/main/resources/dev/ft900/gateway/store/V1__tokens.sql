-- Times are milliseconds since 1970, hashes lower-case hex of SHA-256.

create table token (
    hash        text   primary key,
    name        text   not null,
    role        text   not null,
    created_at  bigint not null
);
