"""Discussions of proposals: acts are taken in once for each id, from who has a part in the proposal, and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Optional

from commune_planning_plugin.core.discussion import SPEAKERS, VIETNAM, Act, ActKind, Discussion, Side, folded, open_for
from commune_planning_plugin.core.discussion_bodies import checked, place_of
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.suggestions import check_suggestion
from commune_planning_plugin.core.wire import canonical_json, content_hash
from province_hub import audit, clocks, discussion_rows, organisations, quotas
from province_hub.database import Database, HubConnection
from province_hub.discussion_rows import Row, act_of
from province_hub.errors import Problem
from province_hub.identity import Principal, confirmed
from province_hub.layer_tables import layers
from province_hub.limits import Limits
from province_hub.rights import OF_COMMUNE, Standing, is_asked, may_see, reviews
from province_hub.stored import Stored, find, lock

LONGEST_TERM = timedelta(days=366)

_KEPT = discussion_rows.SELECT + "WHERE k.id = %s"
_THREAD = """
SELECT id::text, proposal::text, layer, key::text, hidden, organisation::text FROM hub.discussion_act
WHERE thread = %s AND proposal = %s ORDER BY number LIMIT 1
"""
_TAKEN = "SELECT 1 FROM hub.discussion_act WHERE thread = %s LIMIT 1"
_ADD = """
INSERT INTO hub.discussion_act
    (id, proposal, version, kind, actor, side, organisation, thread, request, layer, key, hidden, says, body, hash)
VALUES (%(id)s, %(proposal)s, %(version)s, %(kind)s, %(actor)s, %(side)s, %(organisation)s, %(thread)s, %(request)s, %(layer)s,
        %(key)s, %(hidden)s, %(says)s, %(body)s, %(hash)s)
"""
_FILE = """
INSERT INTO hub.discussion_file (act, proposal, sha256)
SELECT %(act)s, %(proposal)s, s.sha256 FROM hub.attachment_sender s WHERE s.sha256 = %(sha256)s AND s.account = %(account)s
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class _About:
    """What an act is about, as its row keeps it beside its body."""

    thread: Optional[str] = None
    request: Optional[str] = None
    layer: Optional[str] = None
    key: Optional[str] = None
    hidden: bool = False
    organisation: Optional[str] = None


def write(database: Database, principal: Principal, limits: Limits, proposal: str, act: str, plain: Mapping[str, Any]) -> Act:
    """The act as it is kept; repeating it is answered as the first time.

    Raises `Problem` 403 ``rights.…``, 404, 409 ``request.reused``, ``discussion.closed``, ``proposal.state``, ``thread.unknown``,
    ``opinions.…``, 413 ``discussion.full``, 429 ``discussion.too_many``; ``InvalidData`` for what says nothing.
    """
    with database.writing(principal.name) as conn:
        stored = lock(conn, proposal)
        kind, version = _named(plain)
        fingerprint = _fingerprint([proposal, version, kind.value, plain.get("body"), principal.id])
        kept = conn.execute(_KEPT, (act,)).fetchone()
        if kept is not None:
            return _repeated(kept, fingerprint)
        principal = confirmed(conn, principal)
        if stored is None or not may_see(principal, stored.standing):
            raise Problem(404, "not_found")
        side = speaking_side(principal, stored.standing, kind)
        body = checked(layers(conn), kind, plain.get("body"))
        _check_time(stored, kind, version)
        about = _about(conn, principal, stored, Act(act, kind, version, body, side=side, organisation=principal.organisation))
        _add(conn, principal, stored, Act(act, kind, version, body, side=side), about, fingerprint)
        quotas.check_acts(conn, principal.id, stored.id, limits)
        audit.append(conn, stored.id, principal.name, f"discussion.{kind.value}", _noted(act, version, fingerprint, body))
        return act_of(conn.execute(_KEPT, (act,)).fetchone() or {})


def _named(plain: Mapping[str, Any]) -> tuple[ActKind, int]:
    kind, version = plain.get("kind"), plain.get("version")
    if set(plain) != {"kind", "version", "body"} or type(version) is not int or not isinstance(kind, str):
        raise InvalidData("act.malformed", field="names")
    try:
        return ActKind(kind), version
    except ValueError as error:
        raise InvalidData("act.malformed", field="kind") from error


def _fingerprint(said: Any) -> str:
    try:
        return content_hash(said)
    except ValueError as error:  # what is no number, or no character
        raise InvalidData("act.malformed", field="body") from error


def _repeated(kept: Row, fingerprint: str) -> Act:
    if kept["hash"] != fingerprint:
        raise Problem(409, "request.reused", request=kept["id"])
    return act_of(kept)


def speaking_side(principal: Principal, standing: Standing, kind: ActKind) -> Side:
    """For whom the account does this. Raises `Problem` 403 where it may not."""
    allowed = [side for side in _sides(principal, standing) if side in SPEAKERS[kind]]
    if not allowed:
        raise Problem(403, "rights.missing", step=kind.value)
    if SPEAKERS[kind] == {Side.PROVINCE} and principal.id in standing.authors:
        raise Problem(403, "rights.own_proposal", step=kind.value)
    return allowed[0]


def _sides(principal: Principal, standing: Standing) -> list[Side]:
    of_commune = principal.id in standing.authors or any(principal.has(role, standing.commune) for role in OF_COMMUNE)
    found = (
        (Side.COMMUNE, of_commune),
        (Side.PROVINCE, reviews(principal, standing)),
        (Side.AGENCY, is_asked(principal, standing)),
    )
    return [side for side, is_so in found if is_so]


def possible_acts(principal: Principal, stored: Stored) -> list[str]:
    """What the account may do now."""
    sides = set(_sides(principal, stored.standing))
    own = principal.id in stored.standing.authors
    return [
        kind.value
        for kind in ActKind
        if sides & SPEAKERS[kind] and open_for(kind, stored.state) and not (own and SPEAKERS[kind] == {Side.PROVINCE})
    ]


def _check_time(stored: Stored, kind: ActKind, version: int) -> None:
    if not open_for(kind, stored.state):
        raise Problem(409, "discussion.closed", state=stored.state.value)
    current_only = kind in (ActKind.VERDICT, ActKind.ASK)
    if not 1 <= version <= stored.version or (current_only and version != stored.version):
        raise Problem(409, "proposal.state", state=stored.state.value, version=stored.version)


def _about(conn: HubConnection, principal: Principal, stored: Stored, act: Act) -> _About:
    """Checked against what was said before. See `write` for what it raises."""
    body = act.body
    if act.kind is ActKind.VERDICT:
        return _of_feature(conn, principal, stored, act)
    if act.kind is ActKind.ASK:
        return _asking(conn, stored, body)
    if act.kind in (ActKind.UNASK, ActKind.OPINION):
        return _on_request(conn, principal, stored, act)
    if act.kind is ActKind.ANSWER:
        said = said_about_opinions(conn, stored.id)
        if not any(each.id == body["opinion_id"] for request in said.requests for each in request.opinions):
            raise Problem(409, "opinions.unknown")
        return _About()
    return _in_thread(conn, principal, stored, act)


def _of_feature(conn: HubConnection, principal: Principal, stored: Stored, act: Act) -> _About:
    assert act.ref is not None  # noqa: S101  # checked with the body
    if not discussion_rows.is_changed(conn, principal, stored.id, act.version, act.ref):
        raise InvalidData("anchor.unknown")
    return _About(thread=act.body.get("thread"), layer=act.ref[0], key=act.ref[1])


def _in_thread(conn: HubConnection, principal: Principal, stored: Stored, act: Act) -> _About:
    thread = act.body["thread"]
    if "anchor" in act.body:
        if conn.execute(_TAKEN, (thread,)).fetchone() is not None:
            raise Problem(409, "request.reused", request=thread)
        if act.ref is not None:
            return _of_feature(conn, principal, stored, act)
        place = place_of(act.body["anchor"])
        hidden = place is not None and principal.cleared and discussion_rows.meets_hidden(conn, place)
        return _About(thread=thread, hidden=hidden)
    first = conn.execute(_THREAD, (thread, stored.id)).fetchone()
    if first is None or not discussion_rows.shown(conn, principal, [first]):
        raise Problem(409, "thread.unknown", thread=thread)
    if "suggestion" in act.body:
        check_suggestion(layers(conn), first["layer"], act.body["suggestion"])
    settling = act.kind in (ActKind.SETTLE, ActKind.REOPEN)
    if settling and act.side is Side.AGENCY and first["organisation"] != principal.organisation:
        raise Problem(403, "rights.missing", step=act.kind.value)
    return _About(thread=thread, layer=first["layer"], key=first["key"], hidden=first["hidden"])


def _asking(conn: HubConnection, stored: Stored, body: Mapping[str, Any]) -> _About:
    organisation, due = body["organisation"], date.fromisoformat(body["due"])
    today = datetime.now(VIETNAM).date()
    if not organisations.askable(conn, organisation):
        raise InvalidData("organisation.unknown", organisation=organisation)
    if not today <= due <= today + LONGEST_TERM:
        raise InvalidData("opinions.due", due=body["due"])
    asked = said_about_opinions(conn, stored.id).of_organisation(organisation)
    if asked is not None and asked.state(datetime.now(timezone.utc)).value == "waiting":
        raise Problem(409, "opinions.asked_already", request=asked.id)
    return _About(organisation=organisation)


def _on_request(conn: HubConnection, principal: Principal, stored: Stored, act: Act) -> _About:
    request = said_about_opinions(conn, stored.id).request(act.body["request"])
    if request is None:
        raise Problem(409, "opinions.unknown")
    if request.withdrawn is not None:
        raise Problem(409, "opinions.withdrawn")
    if act.kind is ActKind.UNASK:
        return _About(request=request.id)
    if request.organisation != principal.organisation:
        raise Problem(403, "rights.missing", step=act.kind.value)
    if not request.takes_opinion(datetime.now(timezone.utc)):
        raise Problem(409, "opinions.overdue", due=request.due.isoformat())
    return _About(request=request.id)


def said_about_opinions(conn: HubConnection, proposal: str) -> Discussion:
    """Requests, opinions and answers of a proposal."""
    kinds = (ActKind.ASK, ActKind.UNASK, ActKind.OPINION, ActKind.ANSWER)
    return folded(act_of(row) for row in discussion_rows.of_proposals(conn, [proposal], kinds))


def to_redo(conn: HubConnection, stored: Stored) -> tuple[str, ...]:
    """The acts that mark changes of the current version to be redone."""
    said = folded(act_of(row) for row in discussion_rows.of_proposals(conn, [stored.id], (ActKind.VERDICT,)))
    return tuple(act.id for act in said.redo(stored.version))


def _add(conn: HubConnection, principal: Principal, stored: Stored, act: Act, about: _About, fingerprint: str) -> None:
    assert act.side is not None  # noqa: S101  # whoever speaks has a side
    spoken_for = principal.organisation if act.side is Side.AGENCY else None
    row = {
        **{name: getattr(about, name) for name in ("thread", "request", "layer", "key", "hidden")},
        "id": act.id,
        "proposal": stored.id,
        "version": act.version,
        "kind": act.kind.value,
        "actor": principal.id,
        "side": act.side.value,
        "organisation": about.organisation or spoken_for,
        "says": act.body.get("verdict") or act.body.get("opinion") or act.body.get("answer"),
        "body": canonical_json(dict(act.body)).decode(),
        "hash": fingerprint,
    }
    conn.execute(_ADD, row)
    for sha256 in {file["sha256"] for file in act.body.get("files", ())}:
        named = {"act": act.id, "proposal": stored.id, "sha256": sha256, "account": principal.id}
        if conn.execute(_FILE, named).rowcount != 1:
            raise Problem(409, "attachment.missing", sha256=[sha256])


def _noted(act: str, version: int, fingerprint: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """For the audit: what was said is named by its hash, and no feature at all."""
    facts = {name: body[name] for name in ("organisation", "due", "silence_agrees", "opinion", "answer", "request") if name in body}
    return {"act": act, "version": version, "hash": fingerprint, **facts}


def document(conn: HubConnection, principal: Principal, proposal: str, after: int, limit: int) -> dict[str, Any]:
    """What the caller may know of the discussion: acts numbered above ``after``, about ``limit`` bytes of them, and what to ask
    for next in ``cursor``. ``mine`` are the caller's own acts, ``seen`` the newest audit entry."""
    stored = find(conn, proposal)
    if stored is None or not may_see(principal, stored.standing):
        raise Problem(404, "not_found")
    rows = discussion_rows.of_proposals(conn, [proposal])
    told = discussion_rows.shown(conn, principal, [row for row in rows if row["number"] > after])
    acts, cursor = _page(told, limit)
    newest = conn.execute("SELECT coalesce(max(id), 0) AS id FROM hub.audit WHERE proposal = %s", (proposal,)).fetchone() or {}
    return {
        "proposal": proposal,
        "version": stored.version,
        "acts": acts,
        "cursor": cursor,
        "mine": [row["id"] for row in rows if row["actor_id"] == principal.id],
        "can": possible_acts(principal, stored),
        "organisations": [{name: each[name] for name in ("id", "name", "closed")} for each in organisations.listed(conn)],
        "seen": newest["id"],
        "term": _term(conn, stored),
    }


def _term(conn: HubConnection, stored: Stored) -> Optional[dict[str, Any]]:
    """Until when an agency that is asked today has, by law."""
    running = clocks.Running(clocks.CONSULT_AGENCY, datetime.now(VIETNAM).date())
    found = clocks.due_of(conn, running, stored.row["plan_level"])
    return {**found.to_json(), "begun": running.begun.isoformat()} if found is not None else None


def _page(rows: Sequence[Row], limit: int) -> tuple[list[dict[str, Any]], Optional[int]]:
    acts: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        acts.append(act_of(row).to_json())
        size += len(json.dumps(acts[-1], ensure_ascii=False).encode())
        if size >= limit and row is not rows[-1]:
            return acts, row["number"]
    return acts, None
