"""What a pull does with one feature: the province's news, my row, and what both started from, become one decision."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Optional

from commune_planning_plugin.core.changes import Change, ChangeKind, diff_row
from commune_planning_plugin.core.errors import InvalidData, WorkingCopyError
from commune_planning_plugin.core.merge import Conflict, ConflictKind, Merged, divided, merge
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Value, Values
from commune_planning_plugin.store import conflicts
from commune_planning_plugin.store.diffing import prepared
from commune_planning_plugin.store.model import RemoteChange, StoredConflict
from commune_planning_plugin.store.rows import Raw, Stored, Table, decoded, encoded
from commune_planning_plugin.store.shadow import Shadow
from commune_planning_plugin.store.successors import Successors
from commune_planning_plugin.store.withdrawing import WITHDRAWN

LEFT_AREA = "left_area"


@dataclass(frozen=True)
class Seen:
    """What lay in the file for one key when it was decided about."""

    original: Optional[Raw]
    current: Optional[Raw]
    touched: bool


@dataclass(frozen=True)
class Decision:
    """``mine`` None: no feature shall lie there; ``keep``: leave the row as it is. ``province`` is its row after the pull.

    ``reshaped``: the geometry was merged per vertex.
    """

    change: RemoteChange
    seen: Seen
    mine: Optional[Raw]
    province: Optional[Raw]
    differs: bool
    keep: bool = False
    merged: bool = False
    reshaped: bool = False
    conflict: Optional[StoredConflict] = None
    pulled: Optional[str] = None
    stays_outside: bool = False


class Context:
    """All that deciding about one layer needs, read in one transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        layer: Layer,
        srs_id: int,
        approved: Mapping[str, tuple[Change, ...]],
        known: Mapping[str, StoredConflict],
    ) -> None:
        self.layer, self.srs_id = layer, srs_id
        self.table, self.shadow = Table(connection, layer), Shadow(connection, layer)
        self._approved, self._known = approved, known
        self._also = {key for (key,) in connection.execute("SELECT key FROM planning_also WHERE layer = ?", (layer.id,))}

    def load(self, keys: Iterable[str]) -> None:
        self._current = self.table.by_keys(keys)

    def current(self, key: str) -> Optional[Stored]:
        return self._current.get(key)

    def place(self, key: str) -> float:
        """The feature's rowid, beyond all of them where it has none."""
        current = self._current.get(key)
        return current.fid if current is not None else math.inf

    def seen(self, key: str) -> Seen:
        original, current = self.shadow.original(key), self._current.get(key)
        touched = current is not None and self.shadow.is_touched(current.fid)
        return Seen(original[1] if original else None, current.raw if current else None, touched)

    def province(self, key: str, current: Stored) -> Optional[Raw]:
        """What the province had of the feature that is ``current`` here; None where it had none."""
        original = self.shadow.original(key)
        if original is not None:
            return original[1]
        return None if self.shadow.is_new(current.fid) else current.raw

    def decide(self, change: RemoteChange, whole: bool = False) -> Decision:
        """``whole`` keeps the geometry one value.

        Raises ``WorkingCopyError('pull.incomplete')`` where the news isn't the whole row of a feature that we don't have.
        """
        seen = self.seen(change.key)
        if change.kind == WITHDRAWN:
            return Decision(change, seen, None, None, differs=False)
        if not seen.touched and seen.original is None and change.key not in self._approved:  # as the province left it, or new here
            return self._taken(change, seen, self._province_after(change, self._left(seen, change.new)))
        known = self._known_before(seen)
        current = Stored(self.layer, 0, seen.current, known) if seen.current is not None else None
        before = known.row if known is not None else None
        after = self._province_after(change, before)
        base = self._overlaid(change.key, before)
        if current is not None and current.row is None:
            return self._unreadable(change, seen, before, after)
        mine = prepared(self.layer, base, current.row) if current is not None and current.row is not None else None
        return self._merged(change, seen, diff_row(self.layer, change.key, base, mine), _Rows(base, mine, after), whole)

    def _left(self, seen: Seen, news: Optional[Values]) -> Optional[Values]:
        """The row as it lies here, as far as ``news`` don't replace it; None where it can't be read."""
        shape = (news or {}).get(GEOMETRY)
        try:
            return None if seen.current is None else decoded(self.layer, seen.current, shape if isinstance(shape, bytes) else None)
        except InvalidData:
            return None

    def edit(self, key: str) -> Optional[Change]:
        """My change of a feature whose row can be read, over what counts as its base."""
        seen = self.seen(key)
        current = Stored(self.layer, 0, seen.current).row if seen.current is not None else None
        base = self._overlaid(key, self._province_before(seen))
        mine = prepared(self.layer, base, current) if current is not None else None
        return diff_row(self.layer, key, base, mine)

    def _province_before(self, seen: Seen) -> Optional[Values]:
        known = self._known_before(seen)
        return known.row if known is not None else None

    def _known_before(self, seen: Seen) -> Optional[Stored]:
        """What the province had, as far as the file knows."""
        raw = seen.original if seen.original is not None or seen.touched else seen.current
        return None if raw is None else Stored(self.layer, 0, raw)

    def _province_after(self, change: RemoteChange, before: Optional[Values]) -> Optional[Values]:
        if change.kind == "delete":
            return None
        after: dict[str, Value] = {**(before or {}), **(change.new or {})}
        if not after and change.kind == LEFT_AREA:
            return None
        missing = sorted({GEOMETRY, *self.layer.by_name} - after.keys())
        if missing:
            raise WorkingCopyError("pull.incomplete", layer=self.layer.id, key=change.key, missing=missing)
        return after

    def _overlaid(self, key: str, before: Optional[Values]) -> Optional[Values]:
        """The base of my edits: where the province approved a version of mine, its row with that version's values."""
        base = before
        for change in self._approved.get(key, ()):
            if change.new is None or change.old is None:
                base = change.new
            elif base is not None:
                base = {**base, **change.new}
        return base

    def _merged(self, change: RemoteChange, seen: Seen, local: Optional[Change], rows: _Rows, whole: bool) -> Decision:
        if local is None:
            return self._taken(change, seen, rows.after)
        merged = self._three_way(local, rows, whole)
        row = rows.mine if merged.conflict and merged.conflict.kind is ConflictKind.DELETED_AT_PROVINCE else merged.row
        open_before = self._known.get(change.key)
        known = conflicts.still(open_before, row, rows.after) if open_before is not None else None
        conflict = conflicts.joined(known, _stored(merged.conflict, rows))
        if conflict is not None:
            conflict = replace(conflict, remote=rows.after)
        differs = diff_row(self.layer, change.key, rows.after, row) is not None
        if not differs and conflict is None:
            return self._taken(change, seen, rows.after)
        return Decision(
            change,
            seen,
            self._encoded(seen, change.key, row),
            self._encoded(seen, change.key, rows.after),
            differs=True,
            merged=conflict is None and row is not None and rows.after is not None,
            reshaped=merged.reshaped,
            conflict=conflict,
            pulled=self._pulled(change, rows.after),
            stays_outside=self._outside(change),
        )

    def _three_way(self, local: Change, rows: _Rows, whole: bool) -> Merged:
        base, after = rows.base, rows.after
        if base is None or after is None or local.kind is not ChangeKind.UPDATE or not self._is_divided(local, base):
            return merge(self.layer, local, after, whole)
        return divided(self.layer, merge(self.layer, local, after, whole=True), local, base, after)

    def _is_divided(self, local: Change, base: Values) -> bool:
        """Whether new features here took over some of its ground."""
        return GEOMETRY in local.touched and bool(self._new.of(local.key, base.get(GEOMETRY)))

    @cached_property
    def _new(self) -> Successors:
        new = (each for each in self.table.touched() if self.shadow.is_new(each.fid))
        return Successors((each.key, None, each.row) for each in new if each.key is not None and each.row is not None)

    def _taken(self, change: RemoteChange, seen: Seen, after: Optional[Values]) -> Decision:
        """Nothing of mine is in it: the province's row, or none once the feature is outside the area."""
        row = None if self._outside(change) else after
        raw = self._encoded(seen, change.key, row)
        return Decision(change, seen, raw, raw, differs=False, pulled=conflicts.text(row))

    def _unreadable(self, change: RemoteChange, seen: Seen, before: Optional[Values], after: Optional[Values]) -> Decision:
        """My row can't be read, so it can't be merged: it is kept, and what the province changed waits for a person."""
        kind = ConflictKind.DELETED_AT_PROVINCE if after is None else ConflictKind.ATTRIBUTES
        news = diff_row(self.layer, change.key, before, after)
        attributes = tuple(sorted(news.touched)) if news is not None else ()
        conflict = StoredConflict(self.layer.id, change.key, kind, attributes, before, after) if attributes else None
        province = self._encoded(seen, change.key, after)
        pulled, outside = self._pulled(change, after), self._outside(change)
        return Decision(change, seen, None, province, True, keep=True, conflict=conflict, pulled=pulled, stays_outside=outside)

    def refused(self, decision: Decision) -> Decision:
        """``decision`` where a constraint that another program put on the table doesn't take its row: mine stays, and waits."""
        change, seen = decision.change, decision.seen
        known = self._known_before(seen)
        before = known.row if known is not None else None
        after = self._province_after(change, before)
        province = self._encoded(seen, change.key, after)
        if change.kind == LEFT_AREA:
            return replace(decision, province=province, keep=True, stays_outside=True)
        kind = ConflictKind.DELETED_AT_PROVINCE if after is None else ConflictKind.ATTRIBUTES
        kind = ConflictKind.DELETED_HERE if seen.current is None else kind
        news = diff_row(self.layer, change.key, before, after)
        names = tuple(sorted(news.touched)) if news is not None else ()
        conflict = conflicts.joined(decision.conflict, StoredConflict(self.layer.id, change.key, kind, names, before, after))
        return replace(decision, province=province, differs=True, keep=True, merged=False, conflict=conflict)

    def _outside(self, change: RemoteChange) -> bool:
        return change.kind == LEFT_AREA or (change.kind == "update" and change.key in self._also)

    def _pulled(self, change: RemoteChange, after: Optional[Values]) -> Optional[str]:
        return conflicts.text(after)

    def _encoded(self, seen: Seen, key: str, row: Optional[Values]) -> Optional[Raw]:
        return None if row is None else encoded(self.layer, key, row, self.srs_id, (seen.current, seen.original))


@dataclass(frozen=True)
class _Rows:
    base: Optional[Values]
    mine: Optional[Values]
    after: Optional[Values]


def _stored(conflict: Optional[Conflict], rows: _Rows) -> Optional[StoredConflict]:
    if conflict is None:
        return None
    return StoredConflict(conflict.layer, conflict.key, conflict.kind, conflict.attributes, rows.base, rows.after)
