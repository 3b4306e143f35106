"""Taking in a version of a proposal: once, whole, and only when it can be reviewed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Optional

from psycopg.types.json import Jsonb

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.proposal import GROUNDS, Version
from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.core.text import LONGEST_TEXT, LONGEST_TITLE
from commune_planning_plugin.core.workflow import TRANSITIONS, State, Step
from province_hub import audit, consents, rekey, relations, touched_ground
from province_hub.database import Database, HubConnection
from province_hub.errors import Problem
from province_hub.files import require_files
from province_hub.identity import Principal, confirmed
from province_hub.judging import judged, underlying
from province_hub.layer_tables import layers
from province_hub.reviewing import Judgement
from province_hub.rights import refusal
from province_hub.stored import Content, Stored, content, find, lock
from province_hub.version_checks import check_bound, check_changes, check_text

SUBMIT = TRANSITIONS[Step.SUBMIT]
SUBMITTED = SUBMIT.leads(State.DRAFT)

_ADD_PROPOSAL = """
INSERT INTO hub.proposal (id, commune, plan, title, ground, author, state, version)
VALUES (%(proposal)s, %(commune)s, %(plan)s, %(title)s, %(ground)s, %(author)s, %(state)s, %(number)s)
ON CONFLICT (id) DO UPDATE SET plan = excluded.plan, title = excluded.title, ground = excluded.ground,
    state = excluded.state, version = excluded.version, updated_at = clock_timestamp()
"""
_ADD_VERSION = """
INSERT INTO hub.proposal_version (proposal, number, hash, content, author, base_number, base_id, rekeyed, findings,
    restricted)
VALUES (%(proposal)s, %(number)s, %(hash)s, %(content)s, %(author)s, %(base_number)s, %(base_id)s, %(rekeyed)s, %(findings)s,
    %(restricted)s)
"""
_ADD_STEP = """
INSERT INTO hub.proposal_step (id, proposal, version, step, actor, reason, answer)
VALUES (%(id)s, %(proposal)s, %(number)s, 'submit', %(author)s, NULL, %(answer)s)
"""
_KNOWN = """
SELECT v.hash, s.answer, (SELECT max(n.number) FROM hub.proposal_version n WHERE n.proposal = v.proposal) AS newest
FROM hub.proposal_version v LEFT JOIN hub.proposal_step s
     ON s.proposal = v.proposal AND s.version = v.number AND s.step = 'submit'
WHERE v.proposal = %s AND v.number = %s
"""


def accept(database: Database, principal: Principal, proposal: str, number: int, plain: Mapping[str, Any]) -> dict[str, Any]:
    """The receipt for the version; a repeat of the same content gets the first one again.

    Raises `Problem` and ``InvalidData``: see the protocol.
    """
    with database.writing(principal.name) as conn:
        schema = layers(conn)
        version = Version.from_json(schema, plain)
        if (version.proposal, version.number) != (proposal, number):
            raise InvalidData("version.mismatch", proposal=proposal, number=number)
        _check_form(version)
        conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", ("proposal:" + proposal,))
        stored = lock(conn, proposal)
        principal = confirmed(conn, principal)
        _check_rights(conn, principal, version, stored)
        receipt = _known(conn, version) if stored is not None else None
        return receipt or _take_in(conn, schema, principal, version, stored)


def _check_rights(conn: HubConnection, principal: Principal, version: Version, stored: Optional[Stored]) -> None:
    """A proposal stays its commune's; any of the commune's technicians may go on with it."""
    role = next(iter(SUBMIT.roles))
    if not principal.has(role):
        raise Problem(403, "rights.missing", step=Step.SUBMIT.value)
    if conn.execute("SELECT 1 FROM hub.commune WHERE code = %s", (version.commune,)).fetchone() is None:
        raise Problem(404, "commune.unknown", commune=version.commune)
    if not principal.has(role, version.commune):
        raise Problem(403, "rights.territory", commune=version.commune)
    if stored is not None:
        refused = refusal(principal, stored.standing, SUBMIT)
        if refused is not None:
            raise Problem(404, "not_found") if refused.code == "rights.territory" else refused
        if stored.standing.commune != version.commune:
            raise InvalidData("version.commune", commune=stored.standing.commune)


def _known(conn: HubConnection, version: Version) -> Optional[dict[str, Any]]:
    row = conn.execute(_KNOWN, (version.proposal, version.number)).fetchone()
    if row is None:
        return None
    if row["hash"] != version.hash:
        raise Problem(409, "proposal.content_differs", next=row["newest"] + 1)
    answer: dict[str, Any] = row["answer"]["answer"]
    return answer


def _take_in(
    conn: HubConnection, schema: Mapping[str, Layer], principal: Principal, version: Version, stored: Optional[Stored]
) -> dict[str, Any]:
    _check_turn(version, stored)
    _check_attachments(conn, principal, version)
    check_bound(conn, principal, version)
    new_keys = _new_keys(conn, schema, version, principal.cleared)
    foundation = underlying(conn, schema, version)
    check_changes(conn, schema, version, principal.cleared, new_keys, foundation)
    current = Content(version, {}, new_keys, principal.id, principal.cleared)
    judgement = judged(conn, schema, current, SUBMITTED)
    grounds = consents.grounds(conn, version.commune, judgement)
    answer = {
        "proposal": version.proposal,
        "number": version.number,
        "version": version.number,
        "state": SUBMITTED.value,
        "hash": version.hash,
        "rekeyed": new_keys,
        "findings": [finding.to_json() for finding in judgement.findings],
        "outside": sorted(grounds),
    }
    _store(conn, principal, version, answer, judgement)
    consents.note(conn, version.proposal, version.number, grounds)
    return answer


def _new_keys(conn: HubConnection, schema: Mapping[str, Layer], version: Version, cleared: bool) -> dict[str, str]:
    """Of what the version inserts, and of what the proposals inserted that it stands on, where it doesn't know yet."""
    found: dict[str, str] = {}
    for proposal in version.depends_on:
        base = find(conn, proposal)
        if base is not None and base.row["rekeyed"]:
            below = content(conn, schema, base)
            found |= rekey.inherited(version.changes, below.version.changes, below.new_keys)
    return found | rekey.mapping(conn, schema, version.proposal, version.changes, cleared)


def _check_turn(version: Version, stored: Optional[Stored]) -> None:
    """Numbers may skip what a restored hub has never heard of, but not go back."""
    if stored is not None and stored.state not in SUBMIT.before:
        raise Problem(409, "proposal.state", state=stored.state.value)
    if stored is not None and version.number <= stored.version:
        raise Problem(409, "proposal.content_differs", next=stored.version + 1)


def _check_form(version: Version) -> None:
    """Raises ``InvalidData``: ``version.ground``, ``text.blank``, ``text.length``, ``text.unreadable`` or ``text.not_nfc``."""
    if version.ground not in GROUNDS:
        raise InvalidData("version.ground", ground=version.ground)
    check_text("title", version.title, LONGEST_TITLE)
    check_text("reason", version.reason, LONGEST_TEXT)
    for attachment in version.attachments:
        check_text("attachments", attachment.name, LONGEST_TITLE)


def _knows_base(conn: HubConnection, version: Version) -> bool:
    """A hub that was restored may not know it any more. Merging goes by what each change starts from: the base is a note."""
    known = conn.execute("SELECT id::text FROM hub.revision WHERE number = %s", (version.base_number,)).fetchone()
    return known is not None and known["id"] == version.base_id


def _check_attachments(conn: HubConnection, principal: Principal, version: Version) -> None:
    named = {attachment.sha256: attachment for attachment in version.attachments}
    sizes = require_files(conn, principal, named)
    for attachment in version.attachments:
        if attachment.size != sizes[attachment.sha256]:
            raise InvalidData("attachment.mismatch", sha256=attachment.sha256)


def _store(conn: HubConnection, principal: Principal, version: Version, answer: dict[str, Any], judgement: Judgement) -> None:
    values = {
        "id": uuid.uuid5(uuid.UUID(version.proposal), f"submit {version.number}"),
        "proposal": version.proposal,
        "number": version.number,
        "commune": version.commune,
        "plan": version.plan,
        "title": version.title,
        "ground": version.ground,
        "author": principal.id,
        "state": SUBMITTED.value,
        "hash": version.hash,
        "content": Jsonb(version.to_json()),
        "base_number": version.base_number,
        "base_id": version.base_id,
        "rekeyed": Jsonb(answer["rekeyed"]),
        "findings": Jsonb(answer["findings"]),
        "answer": Jsonb({"answer": answer, "digest": judgement.digest}),
        "restricted": any(item.guarded for item in judgement.items),
    }
    for statement in (_ADD_PROPOSAL, _ADD_VERSION, _ADD_STEP):
        conn.execute(statement, values)
    relations.write(conn, version)
    touched_ground.write(conn, version.proposal, version.number, judgement.items)
    with conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO hub.proposal_attachment (proposal, version, sha256, name) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [(version.proposal, version.number, a.sha256, a.name) for a in version.attachments],
        )
    bound = {kind.value: list(getattr(version, kind.value)) for kind in relations.Kind if getattr(version, kind.value)}
    details = {"version": version.number, "hash": version.hash, "changes": len(version.changes), **bound}
    restored = sum(item.restores for item in judgement.items)
    if restored:
        details["restored"] = restored
    if not _knows_base(conn, version):
        details["unknown_base"] = version.base_number
    audit.append(conn, version.proposal, principal.name, Step.SUBMIT.value, details)
