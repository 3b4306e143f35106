-- Which proposals a version stands on, and which it is to be applied with; the other one may not have come yet.
CREATE TABLE hub.proposal_reference (
    proposal uuid NOT NULL,
    version int NOT NULL,
    kind text NOT NULL CHECK (kind IN ('depends_on', 'linked')),
    other uuid NOT NULL CHECK (other <> proposal),
    PRIMARY KEY (proposal, version, kind, other),
    FOREIGN KEY (proposal, version) REFERENCES hub.proposal_version
);
CREATE INDEX ON hub.proposal_reference (other);

-- A revision may be that of several proposals: each of them names it.
CREATE INDEX ON hub.proposal (revision) WHERE revision IS NOT NULL;
