"""Frozen versions, as the exact bytes that are sent, kept until their decision has been pulled."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.schema import Layer, Values
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store import state as state_table
from commune_planning_plugin.store.model import OutboxItem, OutboxState, Ref, Unsent

Layers = Mapping[str, Layer]


@dataclass(frozen=True)
class Waiting:
    """What a version that isn't answered yet does to a feature."""

    proposal: str
    change: Change


_WAITING = (OutboxState.QUEUED, OutboxState.SENT)
_COLUMNS = "proposal, number, body, hash, state, problem, decision, pulled"


def items(connection: sqlite3.Connection) -> tuple[OutboxItem, ...]:
    """All of them, in the order in which they were frozen."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM planning_outbox ORDER BY rowid").fetchall()
    return tuple(_item(row) for row in found)


def _item(row: tuple[Any, ...]) -> OutboxItem:
    proposal, number, body, content_hash, state, problem, decision, pulled = row
    told = None if problem is None else json.loads(problem)
    return OutboxItem(proposal, number, bytes(body), content_hash, OutboxState(state), told, decision, bool(pulled))


def item(connection: sqlite3.Connection, proposal: str, number: int) -> OutboxItem:
    """Raises ``WorkingCopyError('proposal.unknown')``."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM planning_outbox WHERE proposal = ? AND number = ?", (proposal, number)
    ).fetchone()
    if row is None:
        raise WorkingCopyError("proposal.unknown", proposal=proposal, number=number)
    return _item(row)


def put(connection: sqlite3.Connection, version: Version, body: bytes, at: str) -> OutboxItem:
    """One of that number that is no longer waited for makes room: a restored hub may begin to count anew.

    Raises ``WorkingCopyError('proposal.pending')`` where that version is there already.
    """
    closed = (item for item in items(connection) if (item.proposal, item.number) == (version.proposal, version.number))
    if any(not is_waiting(item) and not item.pulled for item in closed):
        connection.execute("DELETE FROM planning_outbox WHERE proposal = ? AND number = ?", (version.proposal, version.number))
    try:
        connection.execute(
            "INSERT INTO planning_outbox (proposal, number, body, hash, state, frozen_at) VALUES (?, ?, ?, ?, ?, ?)",
            (version.proposal, version.number, body, version.hash, OutboxState.QUEUED.value, at),
        )
    except sqlite3.IntegrityError as error:
        raise WorkingCopyError("proposal.pending", proposal=version.proposal, number=version.number) from error
    return OutboxItem(version.proposal, version.number, body, version.hash, OutboxState.QUEUED)


def mark(connection: sqlite3.Connection, proposal: str, number: int, state: OutboxState, **facts: Optional[str]) -> None:
    """Raises ``WorkingCopyError('proposal.unknown')``. ``facts``: problem, answer, decision."""
    assigned = ", ".join(f"{name} = ?" for name in ("state", *facts))
    changed = connection.execute(
        f"UPDATE planning_outbox SET {assigned} WHERE proposal = ? AND number = ?", (state.value, *facts.values(), proposal, number)
    )
    if changed.rowcount == 0:
        raise WorkingCopyError("proposal.unknown", proposal=proposal, number=number)


def mark_pulled(connection: sqlite3.Connection, versions: Sequence[tuple[str, int]]) -> None:
    """Their revisions have arrived: nothing waits for them any more, and their files go."""
    connection.executemany(
        "UPDATE planning_outbox SET state = 'decided', decision = 'approved', pulled = 1 WHERE proposal = ? AND number = ?",
        versions,
    )
    mine = connection.execute("SELECT DISTINCT proposal FROM planning_outbox WHERE pulled = 1").fetchall()
    connection.executemany("DELETE FROM planning_attachment WHERE proposal = ?", mine)


def unsent(connection: sqlite3.Connection) -> tuple[Unsent, ...]:
    """What waits to be sent, and what the hub refused and nobody has taken up again; in the order in which it was frozen."""
    found = connection.execute(
        """SELECT o.proposal, o.number, o.body, o.frozen_at, o.state, o.problem, a.name IS NOT NULL FROM planning_outbox o
        LEFT JOIN planning_state a ON a.name = 'attempt ' || o.proposal || ' ' || o.number
        WHERE o.state = 'queued' OR (o.state = 'refused'
            AND NOT EXISTS (SELECT 1 FROM planning_outbox n WHERE n.proposal = o.proposal AND n.number > o.number)
            AND NOT EXISTS (SELECT 1 FROM planning_draft d WHERE d.proposal = o.proposal)) ORDER BY o.rowid"""
    )
    return tuple(_unsent(row) for row in found)


def to_correct(connection: sqlite3.Connection, layers: Layers) -> dict[str, tuple[Ref, ...]]:
    """By proposal that came back, what its newest version holds: it goes to the province again with that proposal."""
    newest = {item.proposal: item for item in items(connection)}
    back = (item for item in newest.values() if item.state is OutboxState.REFUSED or item.decision == State.RETURNED.value)
    return {item.proposal: refs_of(connection, layers, item.proposal, item.number) for item in back}


def _unsent(row: tuple[Any, ...]) -> Unsent:
    proposal, number, body, since, state, problem, attempted = row
    plain = json.loads(body)
    told = None if problem is None else json.loads(problem)
    about = (plain["title"], plain["plan"], len(plain["changes"]))
    return Unsent(proposal, number, *about, since, OutboxState(state), bool(attempted), told)


def begin_sending(connection: sqlite3.Connection, proposal: str, number: int, at: str) -> bool:
    """Note that the hub may have it from now on, whatever is heard of it. False where it isn't queued any more."""
    query = "SELECT 1 FROM planning_outbox WHERE proposal = ? AND number = ? AND state = 'queued'"
    if connection.execute(query, (proposal, number)).fetchone() is None:
        return False
    state_table.put(connection, **{f"attempt {proposal} {number}": at})
    return True


def take_back(connection: sqlite3.Connection, layers: Layers, proposal: str, number: int) -> tuple[Version, int]:
    """Remove what the hub surely doesn't have; the version, and the number under which to send it the next time.

    Raises ``WorkingCopyError``: ``proposal.unknown``, ``proposal.on_its_way`` where the hub has it or may have it, or
    ``proposal.depended`` where others that wait stand on it.
    """
    item = next((item for item in unsent(connection) if (item.proposal, item.number) == (proposal, number)), None)
    version = version_of(connection, layers, proposal, number) if item is not None else None
    if item is None or version is None:
        raise WorkingCopyError("proposal.unknown", proposal=proposal, number=number)
    if item.state is OutboxState.QUEUED and item.attempted:
        raise WorkingCopyError("proposal.on_its_way", proposal=proposal, number=number)
    above = standing_on(connection, proposal) if item.state is OutboxState.QUEUED else frozenset()
    if above:
        raise WorkingCopyError("proposal.depended", proposals=sorted(above))
    connection.execute("DELETE FROM planning_outbox WHERE proposal = ? AND number = ?", (proposal, number))
    connection.execute("DELETE FROM planning_state WHERE name = ?", (f"attempt {proposal} {number}",))
    expected = ((item.problem or {}).get("details") or {}).get("next")
    return version, expected if isinstance(expected, int) and expected > number else number


def changes_of(
    connection: sqlite3.Connection, layers: Layers, versions: Sequence[tuple[str, int]]
) -> dict[tuple[str, str], tuple[Change, ...]]:
    """What the named versions do to each feature, in their order; those that aren't mine are passed over."""
    found: dict[tuple[str, str], tuple[Change, ...]] = {}
    for proposal, number in versions:
        for change in _frozen(connection, layers, proposal, number):
            place = (change.layer, change.key)
            found[place] = (*found.get(place, ()), change)
    return found


def refs_of(connection: sqlite3.Connection, layers: Layers, proposal: str, number: int) -> tuple[Ref, ...]:
    """The features of a version, as the file calls them."""
    return tuple(Ref(*place) for place in changes_of(connection, layers, [(proposal, number)]))


def pending(connection: sqlite3.Connection, layers: Layers) -> dict[tuple[str, str], tuple[Waiting, ...]]:
    """By feature, the changes of it that wait for an answer, in the order of freezing: each stands on those before."""
    found: dict[tuple[str, str], tuple[Waiting, ...]] = {}
    for item in waiting(connection):
        for change in _frozen(connection, layers, item.proposal, item.number):
            place = (change.layer, change.key)
            found[place] = (*found.get(place, ()), Waiting(item.proposal, change))
    return found


def waiting(connection: sqlite3.Connection) -> tuple[OutboxItem, ...]:
    """Of each proposal the newest version that waits for an answer."""
    newest = {item.proposal: item for item in items(connection) if is_waiting(item)}
    return tuple(newest.values())


def standing_on(connection: sqlite3.Connection, proposal: str) -> frozenset[str]:
    """Proposals that wait and depend on ``proposal``, on one of these, and so on."""
    named = {item.proposal: frozenset(json.loads(item.body).get("depends_on", ())) for item in waiting(connection)}
    found: set[str] = set()
    reached = {proposal}
    while reached:
        reached = {each for each, bases in named.items() if bases & reached} - found
        found |= reached
    return frozenset(found)


def may_come(connection: sqlite3.Connection, proposal: str) -> bool:
    """Whether it is being written here, or was frozen here and is neither settled nor withdrawn: what one may be linked with."""
    found = connection.execute(
        """SELECT 1 FROM planning_draft WHERE proposal = ?1 UNION ALL
        SELECT 1 FROM planning_outbox WHERE proposal = ?1 AND coalesce(decision, '') NOT IN ('approved', 'rejected', 'withdrawn')
            AND number = (SELECT max(number) FROM planning_outbox WHERE proposal = ?1)""",
        (proposal,),
    )
    return found.fetchone() is not None


def is_waiting(item: OutboxItem) -> bool:
    """On its way, in review, or approved and not pulled yet."""
    return not item.pulled and (item.state in _WAITING or item.decision == State.APPROVED.value)


def version_of(connection: sqlite3.Connection, layers: Layers, proposal: str, number: int) -> Optional[Version]:
    row = connection.execute("SELECT body FROM planning_outbox WHERE proposal = ? AND number = ?", (proposal, number)).fetchone()
    return None if row is None else Version.from_json(layers, json.loads(row[0]))


def last_number(connection: sqlite3.Connection, proposal: str) -> int:
    (number,) = connection.execute("SELECT max(number) FROM planning_outbox WHERE proposal = ?", (proposal,)).fetchone()
    return number or 0


def _frozen(connection: sqlite3.Connection, layers: Layers, proposal: str, number: int) -> Iterator[Change]:
    version = version_of(connection, layers, proposal, number)
    if version is None:
        return
    mapping = rekeyed(connection, proposal, number)
    for change in version.changes:
        yield renamed(change, mapping) if mapping else change


def rekeyed(connection: sqlite3.Connection, proposal: str, number: int) -> dict[str, str]:
    """New keys by frozen ones, as the hub has answered."""
    query = "SELECT answer FROM planning_outbox WHERE proposal = ? AND number = ?"
    row = connection.execute(query, (proposal, number)).fetchone()
    return dict(json.loads(row[0]).get("rekeyed") or {}) if row is not None and row[0] else {}


def renamings(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """What a version's features are called in the file → what they are called from now on. A hub that was restored since may give
    out other keys than the first time, or none."""
    found = {before.get(key, key): now.get(key, key) for key in {*before, *now}}
    return {old: new for old, new in found.items() if old != new}


def own_new_keys(connection: sqlite3.Connection, layers: Layers, proposal: str, number: int) -> dict[str, str]:
    """The keys that the hub gave to what the version inserts; those of versions that it depends on came with these."""
    version = version_of(connection, layers, proposal, number)
    inserted = {change.key for change in version.changes if change.old is None} if version is not None else set()
    return {old: new for old, new in rekeyed(connection, proposal, number).items() if old in inserted}


def renamed(change: Change, mapping: Mapping[str, str]) -> Change:
    """``change`` with the keys that the hub gave out for taken ones, in its lineage too."""
    return Change(change.layer, mapping.get(change.key, change.key), _renamed(change.old, mapping), _renamed(change.new, mapping))


def _renamed(values: Optional[Values], mapping: Mapping[str, str]) -> Optional[Values]:
    lineage = values.get("predecessors") if values is not None else None
    if values is None or not isinstance(lineage, str):
        return values
    return {**values, "predecessors": ",".join(sorted(mapping.get(key, key) for key in lineage.split(",")))}
