-- by which authority a certificate was signed: that one's serial number
alter table certificate add column issuer text not null default '';

update certificate set issuer = coalesce((select serial from certificate where profile = 'root'), '')
    where profile in ('root', 'issuing');
update certificate set issuer = coalesce((select serial from certificate where profile = 'issuing'), '')
    where profile not in ('root', 'issuing');

-- pages of certificates, newest first, of all or of one profile; what ends soon; what one authority issued
create index certificate_issued on certificate (issued_at, serial);
create index certificate_profile on certificate (profile, issued_at, serial);
create index certificate_not_after on certificate (not_after);

-- a name's certificates; with the profile in it, or the database would rather go through all of that profile, which lie in order already
drop index certificate_common_name;
create index certificate_name on certificate (common_name, profile, issued_at);

create table revocation_list (
    -- serial number of the authority whose list it is
    issuer      text   primary key,
    -- of the last list that was made; the next one has a higher number
    number      bigint not null
);
