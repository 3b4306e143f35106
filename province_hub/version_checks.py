"""What a version's changes must be before the hub takes them in."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core.changes import Change, ChangeKind
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.core.text import unfit
from commune_planning_plugin.core.workflow import State
from province_hub import relations
from province_hub.database import HubConnection
from province_hub.errors import Problem
from province_hub.identity import Principal
from province_hub.layer_tables import table_name
from province_hub.relations import Kind
from province_hub.removed import inserted, removed
from province_hub.reviewing import Overlay
from province_hub.rights import may_see
from province_hub.stored import Stored, find
from province_hub.visibility import ATTRIBUTES_HIDDEN, EXISTENCE_HIDDEN, PUBLIC, level_of, row_condition

Ref = tuple[str, str]
Row = Mapping[str, Any]
Known = Mapping[Ref, Row]
"""What the hub holds of the changed features, by layer and key: ``plan`` and ``visibility``."""


MOST_CHANGES = 20_000
LEVELS = (None, PUBLIC, ATTRIBUTES_HIDDEN, EXISTENCE_HIDDEN)


def check_text(name: str, text: str, longest: int, required: bool = True) -> None:
    """Raises ``InvalidData``: ``text.blank``, ``text.length``, ``text.unreadable`` (`unfit`) or ``text.not_nfc``."""
    if required and not text.strip():
        raise InvalidData("text.blank", field=name)
    if len(text) > longest:
        raise InvalidData("text.length", field=name, length=len(text), limit=longest)
    if any(map(unfit, text)):
        raise InvalidData("text.unreadable", field=name)
    if unicodedata.normalize("NFC", text) != text:
        raise InvalidData("text.not_nfc", field=name)


def check_bound(conn: HubConnection, principal: Principal, version: Version) -> None:
    """What a version says of other proposals: those that it stands on are here, and none of those that it is linked with waits for
    another one of them.

    Raises `Problem` 409 ``version.depends_on`` or ``version.linked`` with ``proposal`` and ``reason``: ``unknown``,
    ``other_commune``, ``closed`` (rejected or, of a base, withdrawn) or ``circle``.
    """
    if not (version.depends_on or version.linked or relations.named(conn, [version.proposal])):
        return
    for proposal in version.depends_on:
        _check_other(principal, version, find(conn, proposal), Kind.DEPENDS_ON, proposal, {State.REJECTED, State.WITHDRAWN})
    for proposal in version.linked:
        other = find(conn, proposal)
        if other is not None:  # else it is still to come
            _check_other(principal, version, other, Kind.LINKED, proposal, {State.REJECTED})
    base = relations.below(conn, version.depends_on)
    if version.proposal in base:
        raise _bound_badly(Kind.DEPENDS_ON, version.proposal, "circle")
    together = {*relations.partners(conn, version.proposal, version.linked), *version.linked}
    reached = base.union(*(relations.below(conn, [proposal]) - {proposal} for proposal in together))
    waiting = reached & {version.proposal, *together} | together & {version.proposal}
    if waiting:
        raise _bound_badly(Kind.LINKED, min(waiting), "circle")


def _check_other(
    principal: Principal, version: Version, other: Optional[Stored], kind: Kind, proposal: str, closed: Collection[State]
) -> None:
    if other is None or not may_see(principal, other.standing):
        raise _bound_badly(kind, proposal, "unknown")
    if other.standing.commune != version.commune:
        raise _bound_badly(kind, proposal, "other_commune")
    if other.state in closed:
        raise _bound_badly(kind, proposal, "closed")


def _bound_badly(kind: Kind, proposal: str, reason: str) -> Problem:
    return Problem(409, f"version.{kind.value}", proposal=proposal, reason=reason)


def check_changes(
    conn: HubConnection,
    schema: Mapping[str, Layer],
    version: Version,
    cleared: bool,
    new_keys: Mapping[str, str],
    foundation: Overlay,
) -> None:
    """``foundation`` are the rows that the version stands on, where they aren't the province's yet.

    Raises `Problem` ``proposal.no_changes`` or ``proposal.several_plans``, ``InvalidData`` for a change that can't be.
    """
    if not version.changes:
        raise Problem(422, "proposal.no_changes")
    if len(version.changes) > MOST_CHANGES:
        raise Problem(413, "too_large", limit=MOST_CHANGES)
    _check_once(version.changes)
    known = _known(conn, schema, version.changes, cleared) | _founded(version.changes, new_keys, foundation)
    if not cleared:
        _check_restored(conn, schema, version.changes, new_keys)
    for change in version.changes:
        _check_change(change, known, cleared)
    if conn.execute("SELECT 1 FROM hub.plan WHERE key::text = %s", (version.plan,)).fetchone() is None:
        raise InvalidData("plan.unknown", plan=version.plan)
    plans = {version.plan} | {plan for change in version.changes for plan in _plans(change, known)}
    if len(plans) > 1:
        raise Problem(422, "proposal.several_plans", plans=sorted(plans))


def _founded(changes: Iterable[Change], new_keys: Mapping[str, str], foundation: Overlay) -> dict[Ref, Row]:
    """As `_known`, of what other proposals have made of the changed features. The changes name them as they were sent."""
    rows = {(c.layer, c.key): foundation.get((c.layer, new_keys.get(c.key, c.key))) for c in changes} if foundation else {}
    return {ref: row for ref, row in rows.items() if row is not None}


def _check_once(changes: Iterable[Change]) -> None:
    counted = Counter((change.layer, change.key) for change in changes)
    for (layer, key), count in counted.items():
        if count > 1:
            raise InvalidData("change.repeated", layer=layer, key=key)


def _check_change(change: Change, known: Known, cleared: bool) -> None:
    new = change.new or {}
    if change.kind is ChangeKind.UPDATE and "birth" in new:
        raise InvalidData("birth.changed", layer=change.layer, key=change.key)
    if new.get("visibility") not in LEVELS or (change.kind is ChangeKind.UPDATE and new.get("visibility", PUBLIC) is None):
        raise InvalidData("visibility.unknown", layer=change.layer, key=change.key)
    if change.kind is ChangeKind.INSERT and (new.get("birth") is None or new.get("plan") is None):
        raise InvalidData("change.incomplete", layer=change.layer, key=change.key)
    if cleared:
        return
    if change.kind is not ChangeKind.DELETE and new.get("visibility") not in (None, PUBLIC):
        raise InvalidData("visibility.not_allowed", layer=change.layer, key=change.key)
    row = known.get((change.layer, change.key))
    if change.kind is not ChangeKind.INSERT and row is not None and row["visibility"] != PUBLIC:
        raise InvalidData("feature.read_only", layer=change.layer, key=change.key)


def _check_restored(
    conn: HubConnection, schema: Mapping[str, Layer], changes: Iterable[Change], new_keys: Mapping[str, str]
) -> None:
    """What somebody couldn't have changed while it was there can't be brought back by them either."""
    for layer_id, inserts in inserted(change for change in changes if change.key not in new_keys).items():
        for key, row in removed(conn, schema[layer_id], [change.key for change in inserts]).items():
            if level_of(row) != PUBLIC:
                raise InvalidData("feature.read_only", layer=layer_id, key=key)


def _plans(change: Change, known: Known) -> set[str]:
    """The plans that the feature is of, before and after; of a feature that the author can't know none."""
    stated = {values["plan"] for values in (change.old, change.new) if values is not None and "plan" in values}
    row = known.get((change.layer, change.key))
    if change.kind is ChangeKind.UPDATE and row is not None:
        stated.add(row["plan"])
    return {str(plan) for plan in stated}


def _known(conn: HubConnection, schema: Mapping[str, Layer], changes: Iterable[Change], cleared: bool) -> dict[Ref, Row]:
    keys: dict[str, list[str]] = {}
    for change in changes:
        keys.setdefault(change.layer, []).append(change.key)
    query = "SELECT l.key::text AS key, l.plan::text AS plan, l.visibility FROM {} l WHERE l.key = ANY(%s::uuid[]) AND {}"
    return {
        (layer_id, row["key"]): row
        for layer_id, named in keys.items()
        for row in conn.execute(sql.SQL(query).format(table_name(schema[layer_id]), row_condition(cleared)), (named,))
    }
