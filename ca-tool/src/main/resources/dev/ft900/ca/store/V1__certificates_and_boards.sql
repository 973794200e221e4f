-- Times are milliseconds since 1970, serial numbers and hashes lower-case hex, certificates base64 of their DER.

create table certificate (
    serial      text   primary key,
    profile     text   not null,
    common_name text   not null,
    key_hash    text   not null,
    not_before  bigint not null,
    not_after   bigint not null,
    issued_at   bigint not null,
    der         text   not null
);

create index certificate_common_name on certificate (common_name);
create index certificate_key_hash on certificate (key_hash);

create table revocation (
    -- counts up in the order of revoking, so that whoever knows one number can ask for all that came later
    seq         bigint primary key,
    serial      text   not null unique references certificate (serial),
    revoked_at  bigint not null,
    reason      text   not null
);

create table board (
    id          text   primary key,
    -- what the board said of itself when it was provisioned; null when it was registered over REST
    uid         text,
    mac         text,
    chip_id     text,
    firmware    text,
    created_at  bigint not null,
    -- the certificate with which the board was last seen to connect
    serial      text   references certificate (serial)
);
