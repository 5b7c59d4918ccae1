-- More than one endpoint may serve a block alike, and not alike: what they agreed on is noted, and
-- what they did not agree on is a hole.
alter table indexer.holes
    drop constraint holes_reason_check,
    add constraint holes_reason_check check (
        reason in ('unavailable', 'undecodable', 'refused', 'contradiction', 'disagreement'));
comment on column indexer.holes.reason is
    'unavailable: no endpoint could serve it; undecodable: kept as a dead letter; refused: by the database, kept as a dead letter; contradiction: its links disagree with what is stored; disagreement: endpoints do not serve it alike';

create table indexer.witnesses (
    content_id int not null references indexer.contents,
    seq bigint not null,
    endpoints int not null check (endpoints > 1),
    hash text collate "C" not null,
    row_digests bigint[] not null,
    primary key (content_id, seq)
);
comment on table indexer.witnesses is
    'blocks that several endpoints served alike; it says something of a stored block while hash and digests are its own';
comment on column indexer.witnesses.endpoints is 'how many served it alike when it was fetched';
