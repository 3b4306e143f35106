"""A pull in two steps: staging does all that is costly and writes nothing; applying writes all in one transaction."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Optional, TypeVar

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.errors import Cancelled, WorkingCopyError
from commune_planning_plugin.core.schema import Catalogue, Layer
from commune_planning_plugin.store import conflicts, outbox, settling, state, swapping, tracking, withdrawing
from commune_planning_plugin.store.building import now
from commune_planning_plugin.store.deciding import LEFT_AREA, Context, Decision
from commune_planning_plugin.store.diffing import pairs
from commune_planning_plugin.store.model import Checkpoint, PullResult, Ref, RemoteChange
from commune_planning_plugin.store.rows import Table
from commune_planning_plugin.store.unsent import Piece
from commune_planning_plugin.store.withdrawing import WITHDRAWN

Layers = Mapping[str, Layer]
T = TypeVar("T")

SECONDS_A_FEATURE = 0.000_1
"""That an apply takes, until this file's own applies have told."""
_ENOUGH_TO_TELL = 500
_FACT = "seconds_a_feature"


@dataclass(frozen=True)
class StagedPull:
    """Decisions by layer and key, made on checkpoint ``base``; ``versions`` are the (proposal, number) approved on the way.

    ``catalogue`` is the hub's, whose layers the file gets with them; None where it is to stay as it is.
    ``sealed`` are my edits of features that are hidden from me: the hub must have them before this is applied.
    """

    base: Checkpoint
    target: Checkpoint
    decisions: Mapping[str, Mapping[str, Decision]]
    versions: tuple[tuple[str, int], ...]
    catalogue: Optional[Catalogue] = None
    sealed: tuple[Piece, ...] = ()
    seconds_a_feature: float = SECONDS_A_FEATURE

    @property
    def seconds_to_apply(self) -> float:
        """As long as the file would be locked, about."""
        return self.count * self.seconds_a_feature

    @property
    def count(self) -> int:
        return sum(len(of_layer) for of_layer in self.decisions.values())

    @property
    def withdrawn(self) -> tuple[Ref, ...]:
        return tuple(
            Ref(layer, key) for layer, each in self.decisions.items() for key, d in each.items() if d.change.kind == WITHDRAWN
        )


def stage(
    connection: sqlite3.Connection,
    layers: Layers,
    changes: Sequence[RemoteChange],
    revisions: Iterable[Any],
    target: Checkpoint,
    cancelled: Callable[[], bool],
) -> StagedPull:
    """Decide about every change against the file as it is now."""
    versions = tuple((r.proposal, int(r.version)) for r in revisions if r.proposal is not None and r.version is not None)
    by_layer: dict[str, dict[str, RemoteChange]] = {}
    for change in changes:
        by_layer.setdefault(change.layer, {})[change.key] = change
    decisions, sealed = {}, []
    for layer_id, news in by_layer.items():
        context = _contexts(connection, layers, [layer_id], versions)[layer_id]
        context.load(news)
        each = {key: context.decide(change) for key, change in _until(cancelled, news.items())}
        decisions[layer_id] = settling.settled(context, each)
        hidden = [key for key, change in news.items() if change.kind == WITHDRAWN]
        sealed += withdrawing.pieces(connection, layers[layer_id], hidden) if hidden else []
    seconds = float(state.get(connection, _FACT) or SECONDS_A_FEATURE)
    return StagedPull(state.checkpoint(connection), target, decisions, versions, sealed=tuple(sealed), seconds_a_feature=seconds)


def _until(cancelled: Callable[[], bool], items: Iterable[T]) -> Iterator[T]:
    """The items, as long as nobody cancels; raises ``Cancelled``."""
    for item in items:
        if cancelled():
            raise Cancelled
        yield item


def _contexts(
    connection: sqlite3.Connection, layers: Layers, wanted: Iterable[str], versions: Sequence[tuple[str, int]]
) -> dict[str, Context]:
    approved = outbox.changes_of(connection, layers, versions)
    known = {(conflict.layer, conflict.key): conflict for conflict in conflicts.read(connection, layers)}
    srs = dict(connection.execute("SELECT layer, srs_id FROM planning_layer"))
    made = {}
    for layer_id in wanted:
        of_layer: dict[str, tuple[Change, ...]] = {key: found for (layer, key), found in approved.items() if layer == layer_id}
        open_here = {key: conflict for (layer, key), conflict in known.items() if layer == layer_id}
        made[layer_id] = Context(connection, layers[layer_id], srs[layer_id], of_layer, open_here)
    return made


def apply(connection: sqlite3.Connection, layers: Layers, staged: StagedPull, cancelled: Callable[[], bool]) -> PullResult:
    """Within the caller's write transaction. What was edited since staging is decided again.

    Raises ``WorkingCopyError``: ``working_copy.checkpoint_moved`` where another pull was applied since, this one included,
    ``pull.edited_meanwhile`` where a feature that is to go was edited after `stage`.
    """
    if state.checkpoint(connection) != staged.base:
        raise WorkingCopyError("working_copy.checkpoint_moved", staged=staged.base.number, now=state.checkpoint(connection).number)
    counts: Counter[str] = Counter()
    began = time.monotonic()
    tracking.turn_off(connection)
    for layer_id, context in _contexts(connection, layers, staged.decisions, staged.versions).items():
        decisions = _fresh(context, staged.decisions[layer_id])
        with context.table.written_together():
            counts.update(_write_all(connection, context, decisions, cancelled))
    _sweep_outside(connection, layers)
    withdrawing.erase(connection, layers, staged.withdrawn)
    counts["sealed"] = len(staged.sealed)
    outbox.mark_pulled(connection, staged.versions)
    state.put_checkpoint(connection, staged.target, now())
    if staged.count >= _ENOUGH_TO_TELL:
        state.put(connection, **{_FACT: str((time.monotonic() - began) / staged.count)})
    tracking.turn_on(connection)
    told: dict[str, Any] = {field.name: counts[field.name] for field in fields(PullResult) if field.name in counts}
    return PullResult(**told)


def _fresh(context: Context, staged: Mapping[str, Decision]) -> Mapping[str, Decision]:
    """``staged``, decided again where the file was edited since."""
    context.load(staged)
    if all(context.seen(key) == decision.seen for key, decision in staged.items()):
        return staged
    if any(each.change.kind == WITHDRAWN and context.seen(key) != each.seen for key, each in staged.items()):
        raise WorkingCopyError("pull.edited_meanwhile")
    again = {key: each if context.seen(key) == each.seen else context.decide(each.change) for key, each in staged.items()}
    return settling.settled(context, again)


def _write_all(
    connection: sqlite3.Connection, context: Context, decisions: Mapping[str, Decision], cancelled: Callable[[], bool]
) -> Counter[str]:
    """What the file's constraints don't take is tried again after all the rest, and kept as a conflict in the end."""
    counts: Counter[str] = Counter()
    done: list[Decision] = []
    waiting = _in_order_of_place(context, decisions)
    while waiting:
        refused = []
        for decision in _until(cancelled, waiting):
            try:
                counts[_outcome(decision, write_row(context, decision))] += 1
                done.append(decision)
            except sqlite3.IntegrityError:
                if not connection.in_transaction:
                    raise
                refused.append(decision)
        if len(refused) == len(waiting):
            together = swapping.written_together(context, refused, lambda decision: write_row(context, decision))
            free = {decision.change.key for decision, _ in together}
            kept = [context.refused(decision) for decision in refused if decision.change.key not in free]
            counts.update(_outcome(*each) for each in (*together, *((decision, write_row(context, decision)) for decision in kept)))
            done += [*(decision for decision, _ in together), *kept]
            refused = []
        waiting = refused
    counts["conflicts"] += sum(decision.conflict is not None for decision in done)
    note(connection, context.layer.id, done)
    return counts


def _in_order_of_place(context: Context, decisions: Mapping[str, Decision]) -> list[Decision]:
    """Neighbours in the file one after the other, what is new last."""
    return sorted(decisions.values(), key=lambda decision: context.place(decision.change.key))


def write(connection: sqlite3.Connection, context: Context, decision: Decision, place: Optional[int] = None) -> str:
    """Row, shadow and notes of one feature; gives the name under which it counts. ``place`` is the rowid for a new row."""
    outcome = _outcome(decision, write_row(context, decision, place))
    note(connection, context.layer.id, [decision])
    return outcome


def _outcome(decision: Decision, written: str) -> str:
    return "merged" if decision.merged else written


def write_row(context: Context, decision: Decision, place: Optional[int] = None) -> str:
    """Row and shadow."""
    key, current = decision.change.key, context.current(decision.change.key)
    fid = current.fid if current is not None else None
    outcome = "nothing"
    if not decision.keep:
        fid, outcome = _write_row(context, fid, decision, place)
    if decision.differs:
        context.shadow.remember(key, decision.province, fid)
    else:
        context.shadow.forget(key, fid)
    return outcome


def note(connection: sqlite3.Connection, layer_id: str, decisions: Iterable[Decision]) -> None:
    """Of features that the province told of, what waits for a person, and as `note_rows`."""
    noted = sorted(decisions, key=lambda decision: decision.change.key)
    for decision in noted:
        if decision.conflict is not None:
            conflicts.put(connection, decision.conflict)
    conflicts.drop(connection, layer_id, [decision.change.key for decision in noted if decision.conflict is None])
    note_rows(connection, layer_id, noted)


def note_rows(connection: sqlite3.Connection, layer_id: str, decisions: Sequence[Decision]) -> None:
    """What the province has of each feature now, and whether it is kept though it is outside the area."""
    connection.executemany(
        "INSERT OR REPLACE INTO planning_pulled VALUES (?, ?, ?)", ((layer_id, each.change.key, each.pulled) for each in decisions)
    )
    kept = {key for (key,) in connection.execute("SELECT key FROM planning_also WHERE layer = ?", (layer_id,))}
    staying = {each.change.key for each in decisions if each.stays_outside}
    gone = kept & {each.change.key for each in decisions} - staying
    connection.executemany("DELETE FROM planning_also WHERE layer = ? AND key = ?", [(layer_id, key) for key in sorted(gone)])
    connection.executemany("INSERT INTO planning_also VALUES (?, ?)", [(layer_id, key) for key in sorted(staying - kept)])


def _write_row(context: Context, fid: Optional[int], decision: Decision, place: Optional[int]) -> tuple[Optional[int], str]:
    if decision.mine is None:
        if fid is not None:
            context.table.remove(fid, anyhow=decision.change.kind == WITHDRAWN)
        gone = "left" if decision.change.kind == LEFT_AREA else "deleted"
        return None, gone if fid is not None else "nothing"
    if fid is not None and decision.mine == decision.seen.current:
        return fid, "nothing"
    if fid is None and place is not None and not context.table.occupied(place):
        context.table.write_at(place, decision.mine)
        return place, "inserted"
    return context.table.write(fid, decision.mine, decision.seen.current), "updated" if fid is not None else "inserted"


def _sweep_outside(connection: sqlite3.Connection, layers: Layers) -> None:
    """Features outside the area that were kept for my edits go once these are gone."""
    kept = connection.execute("SELECT layer, key FROM planning_also").fetchall()
    for layer_id in {layer for layer, _ in kept}:
        table = Table(connection, layers[layer_id])
        edited = {pair.key for pair in pairs(table)[0] if not pair.readable or pair.change is not None}
        for key in [key for layer, key in kept if layer == layer_id and key not in edited]:
            found = table.by_key(key)
            context = _contexts(connection, layers, [layer_id], ())[layer_id]
            try:
                if found is not None:
                    table.remove(found.fid)
            except sqlite3.IntegrityError:  # other programs' rows refer to it
                continue
            context.shadow.forget(key, None)
            connection.execute("DELETE FROM planning_also WHERE layer = ? AND key = ?", (layer_id, key))
            connection.execute("INSERT OR REPLACE INTO planning_pulled VALUES (?, ?, NULL)", (layer_id, key))
