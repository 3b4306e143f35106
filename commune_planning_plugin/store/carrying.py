"""What was made here, taken from one file of a working copy into its next one."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Optional

from commune_planning_plugin.core.changes import Change, ChangeKind, diff_row, same_value
from commune_planning_plugin.core.schema import GEOMETRY, Layer
from commune_planning_plugin.store import pulling, settling, state
from commune_planning_plugin.store.deciding import Context, Decision, Seen
from commune_planning_plugin.store.diffing import pairs
from commune_planning_plugin.store.gpkg import Bounds
from commune_planning_plugin.store.model import RemoteChange, StoredConflict
from commune_planning_plugin.store.rows import Raw, Stored, Table, decoded
from commune_planning_plugin.store.sql import columns_of, has_table, listed, quoted
from commune_planning_plugin.store.withdrawing import WITHDRAWN

_MADE_ANEW = frozenset({"planning_state", "planning_switch", "planning_layer", "planning_pulled", "planning_also"})
_OF_FEATURES = frozenset({"planning_conflict", "planning_choice", "planning_resolved"})
"""Merging may rewrite them."""
_OWN_FACTS = ("format", "checkpoint_number", "checkpoint_id", "last_pull_at", "catalogue", "catalogue_stamp", "snapshot", "cleared")
_CONTENT = "content"
_NOWHERE = ""


class Crossing(Context):
    """Decides about features of the old file over the rows of the new one. Where the layer's columns are others now, an attribute
    that is new has the province's value, and one that is gone has none."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        layers: tuple[Layer, Layer],
        srs_id: int,
        approved: Mapping[str, tuple[Change, ...]],
        known: Mapping[str, StoredConflict],
        rows: Mapping[str, Stored],
    ) -> None:
        old, new = layers
        super().__init__(connection, old, srs_id, approved, known)
        self.layer = new
        self._old_names = Table(connection, old).columns
        self._new_names = Table(connection, new).columns
        self._rows = rows

    @property
    def lossless(self) -> bool:
        return set(self._old_names) <= set(self._new_names)

    def has_news(self, change: RemoteChange) -> bool:
        """Whether the province's row is another one than it was, or my base is."""
        seen = self.seen(change.key)
        before = self._province_before(seen)
        unread = before is None and seen.original is not None
        after = self._province_after(change, before)
        return unread or change.key in self._approved or diff_row(self.layer, change.key, before, after) is not None

    def decide(self, change: RemoteChange, whole: bool = False) -> Decision:
        """Without news my row stays as it is, bit by bit."""
        if change.kind == WITHDRAWN or self.has_news(change):
            return super().decide(change, whole)
        after, known = self._province_after(change, None), self._known.get(change.key)
        province, pulled = self._encoded(self.seen(change.key), change.key, after), self._pulled(change, after)
        seen, outside = self.seen(change.key), self._outside(change)
        return Decision(change, seen, seen.current, province, True, conflict=known, pulled=pulled, stays_outside=outside)

    def seen(self, key: str) -> Seen:
        found = super().seen(key)
        if self._old_names == self._new_names:
            return found
        return replace(found, original=self._reshaped(key, found.original), current=self._reshaped(key, found.current))

    def _reshaped(self, key: str, raw: Optional[Raw]) -> Optional[Raw]:
        if raw is None:
            return None
        here = self._rows.get(key)
        values = dict(zip(self._new_names, here.raw)) if here is not None else {}
        values.update(zip(self._old_names, raw))
        return tuple(values.get(name) for name in self._new_names)


class Carrier:
    """One layer's edits. ``approved`` is what my base has and the old file's rows haven't, by key; ``go_on`` is asked at each
    feature, and raises where somebody has cancelled."""

    def __init__(
        self,
        old: sqlite3.Connection,
        new: sqlite3.Connection,
        layers: tuple[Layer, Layer],
        approved: Mapping[str, tuple[Change, ...]],
        known: Mapping[str, StoredConflict],
        go_on: Callable[[], None],
    ) -> None:
        self._go_on = go_on
        self._old, self._new, self.layer = old, new, layers[1]
        self._old_table, self._new_table = Table(old, layers[0]), Table(new, layers[1])
        (srs_id,) = new.execute("SELECT srs_id FROM planning_layer WHERE layer = ?", (self.layer.id,)).fetchone()
        self.keys = sorted({pair.key for pair in pairs(self._old_table)[0]} | approved.keys())
        self._current = self._old_table.by_keys(self.keys)
        rows = self._new_table.by_keys(self.keys)
        self._context = Crossing(old, layers, srs_id, approved, known, rows)
        self._target = Context(new, self.layer, srs_id, {}, {})
        self._load(self.keys)
        self._reshaped: set[str] = set()
        self._withdrawn: set[str] = set()

    @property
    def lossless(self) -> bool:
        return self._context.lossless

    def carry(self, absent: Mapping[str, RemoteChange]) -> Counter[str]:
        """Write every edit into the new file; what became of them, by the names of ``PullResult``. Tracking is off.

        ``absent``: what is known of those that the new file hasn't; what was withdrawn isn't written.
        """
        self._withdrawn = {key for key, news in absent.items() if news.kind == WITHDRAWN}
        counts: Counter[str] = Counter()
        decisions = self._decided(self.keys, absent)
        near = self._near(settling.suspicious(decisions)) - decisions.keys()
        if near:
            self._load([*self.keys, *near])
            decisions.update(self._decided(near, absent))
        decisions = settling.settled(self._context, decisions)
        self._reshaped = {key for key, decision in decisions.items() if decision.reshaped}
        for key in self.keys:
            self._go_on()
            decision = decisions[key]
            current = self._current.get(key)
            place = current.fid if current is not None else None
            if key in self._withdrawn:
                continue
            counts[self._written(self._placed(decision), place, self._context.has_news(decision.change))] += 1
            counts["conflicts"] += decision.conflict is not None
        for each in self._nameless():
            if not self._new_table.occupied(each.fid):
                self._new_table.write_at(each.fid, each.raw)
                self._target.shadow.remember(_NOWHERE, None, each.fid)
        return counts

    def _decided(self, keys: Iterable[str], absent: Mapping[str, RemoteChange]) -> dict[str, Decision]:
        decisions = {}
        for key in keys:
            self._go_on()
            decisions[key] = self._context.decide(self._news(key, absent))
        return decisions

    def _near(self, boxes: Iterable[Bounds]) -> set[str]:
        """Keys of all features around, as they were and as they are."""
        tables = (self._old_table, self._new_table)
        return {each.key for box in boxes for table in tables for each in table.near(box) if each.key is not None}

    def _load(self, keys: Iterable[str]) -> None:
        wanted = list(keys)
        self._context.load(wanted)
        self._target.load(wanted)

    def _written(self, decision: Decision, place: Optional[int], has_news: bool) -> str:
        """Without news what is open about a feature, and what was settled, stays as it was."""
        if has_news:
            return pulling.write(self._new, self._target, decision, place)
        pulling.write_row(self._target, decision, place)
        pulling.note_rows(self._new, self.layer.id, [decision])
        return "nothing"

    def _news(self, key: str, absent: Mapping[str, RemoteChange]) -> RemoteChange:
        """That a feature isn't there says nothing by itself: whoever asked the hub knows whether it was deleted."""
        here = self._target.current(key)
        if here is None:
            return absent[key] if key in absent else RemoteChange(self.layer.id, key, "delete", None)
        return RemoteChange(self.layer.id, key, "insert", decoded(self.layer, here.raw))

    def _placed(self, decision: Decision) -> Decision:
        """``decision`` for the row that is in the new file."""
        here = self._target.current(decision.change.key)
        raw = here.raw if here is not None else None
        mine = decision.seen.current if decision.keep else decision.mine
        if raw is not None and not decision.differs and mine is not None:
            mine = raw
        return replace(decision, mine=mine, keep=False, seen=Seen(None, raw, touched=False))

    def _nameless(self) -> Iterator[Stored]:
        """Written rows that no key tells apart: they are kept as they are."""
        for each in self._old_table.touched():
            named = self._current.get(each.key) if each.key is not None else None
            if named is None or named.fid != each.fid:
                yield each

    def missing(self) -> list[str]:
        """Keys of edits that the new file hasn't, and of changes in it that nobody made: none, or something is wrong."""
        after = self._new_table.by_keys(self.keys)
        lost = [key for key in self.keys if not self._is_kept(key, after.get(key))]
        known = set(self.keys)
        made_up = [pair.key for pair in pairs(self._new_table)[0] if pair.key not in known]
        nameless = [str(each.fid) for each in self._nameless() if not self._new_table.occupied(each.fid)]
        return lost + made_up + nameless

    def _is_kept(self, key: str, after: Optional[Stored]) -> bool:
        self._go_on()
        if key in self._withdrawn:
            return after is None
        current = self._context.seen(key).current
        if current is not None and Stored(self.layer, 0, current).row is None:
            return after is not None and after.raw == current
        edit = self._context.edit(key)
        if edit is None:
            return True
        if edit.kind is ChangeKind.DELETE:
            return after is None
        row, free = after.row if after is not None else None, self._not_mine | ({GEOMETRY} if key in self._reshaped else set())
        return row is not None and all(
            same_value(name, value, row.get(name)) for name, value in (edit.new or {}).items() if name not in free
        )

    @property
    def _not_mine(self) -> set[str]:
        return {field.name for field in self.layer.fields if field.derived or field.allocated} | {"birth"}


def tables(old: sqlite3.Connection, new: sqlite3.Connection) -> Iterable[str]:
    """Tables of what was made here: drafts, what is on its way to the hub, files, conflicts, and what later plugins add."""
    found = new.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'planning\\_%' ESCAPE '\\'").fetchall()
    for (name,) in found:
        if name not in _MADE_ANEW and not name.startswith(("planning_base_", "planning_ref_")) and has_table(old, name):
            yield name


def carry_tables(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Copy those tables, bit by bit and in their order, and the file's facts."""
    for name in tables(old, new):
        names = listed(_shared_columns(old, new, name))
        marks = ", ".join("?" * len(_shared_columns(old, new, name)))
        new.execute(f"DELETE FROM {quoted(name)}")
        rows = old.execute(f"SELECT {names} FROM {quoted(name)}")
        new.executemany(f"INSERT INTO {quoted(name)} ({names}) VALUES ({marks})", rows)
    facts = dict(old.execute("SELECT name, value FROM planning_state"))
    state.put(new, **{name: value for name, value in facts.items() if name not in _OWN_FACTS})


def differing_tables(old: sqlite3.Connection, new: sqlite3.Connection) -> list[str]:
    """Those whose rows are not the same in both files; files of proposals are compared by length, the rest by value."""
    names = [name for name in tables(old, new) if name not in _OF_FEATURES]
    return [name for name in names if _content(old, new, name, old) != _content(old, new, name, new)]


def _content(old: sqlite3.Connection, new: sqlite3.Connection, name: str, of: sqlite3.Connection) -> list[Any]:
    names = [f"length({quoted(n)})" if n == _CONTENT else quoted(n) for n in _shared_columns(old, new, name)]
    return of.execute(f"SELECT {', '.join(names)} FROM {quoted(name)}").fetchall()


def _shared_columns(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> list[str]:
    known = {name for name, _, _ in columns_of(new, table)}
    return [name for name, _, _ in columns_of(old, table) if name in known]
