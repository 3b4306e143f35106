"""The shadow of one layer as a pull and a revert rewrite it: which original belongs to which key, which rowids count as touched."""

from __future__ import annotations

import sqlite3
from itertools import count
from typing import Any, Optional

from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.store.rows import Raw
from commune_planning_plugin.store.sql import listed, quoted
from commune_planning_plugin.store.tracking import KEY, columns, shadow

_LOWEST = -(1 << 63)
"""No rowid is smaller."""


class Shadow:
    """Writes go to the file at once; use it with tracking off, inside one transaction.

    A rowid's entry is the original of one key, and marks whatever lies at that rowid now as touched: after a rowid was used again
    the two are different features. So an original makes room by moving to a rowid that is used nowhere.
    """

    def __init__(self, connection: sqlite3.Connection, layer: Layer) -> None:
        self._connection = connection
        self._table, self._shadow = quoted(layer.table), quoted(shadow(layer.table))
        self._columns = columns(layer)
        self._listed = listed(self._columns)
        found = connection.execute(f"SELECT fid, {quoted(KEY)}, planning_inserted FROM {self._shadow}").fetchall()
        self._entries: dict[int, Optional[str]] = {fid: None if inserted else key for fid, key, inserted in found}
        self._at = {key: fid for fid, key in self._entries.items() if key is not None}

    def original(self, key: str) -> Optional[tuple[int, Raw]]:
        """Rowid and raw row of the province's version, where it is kept."""
        fid = self._at.get(key)
        if fid is None:
            return None
        return fid, self._connection.execute(f"SELECT {self._listed} FROM {self._shadow} WHERE fid = ?", (fid,)).fetchone()

    def is_touched(self, fid: int) -> bool:
        return fid in self._entries

    def is_new(self, fid: int) -> bool:
        """Whether nothing of the province's lay at ``fid`` since the last pull."""
        return fid in self._entries and self._entries[fid] is None

    def forget(self, key: str, fid: Optional[int]) -> None:
        """``key`` is as the province has it, at rowid ``fid`` or nowhere."""
        self._drop_original(key)
        if fid is not None and fid in self._entries:
            self._vacate(fid)
            self._delete(fid)

    def remember(self, key: str, original: Optional[Raw], fid: Optional[int]) -> None:
        """``key`` differs from the province's ``original`` (None: the province has none); it lies at ``fid``, or nowhere."""
        self._drop_original(key)
        if fid is not None:
            self._vacate(fid)
        if original is not None:
            self._put(fid if fid is not None else self._free(), key, original)
        elif fid is not None:
            self._put(fid, None, None)

    def _drop_original(self, key: str) -> None:
        at = self._at.pop(key, None)
        if at is None:
            return
        if self._occupied(at):  # by whatever took the rowid over: still touched
            self._put(at, None, None)
        else:
            self._delete(at)

    def _vacate(self, fid: int) -> None:
        """Move another key's original away from ``fid``."""
        key = self._entries.get(fid)
        if key is not None:
            free = self._free()
            self._connection.execute(f"UPDATE {self._shadow} SET fid = ? WHERE fid = ?", (free, fid))
            del self._entries[fid]
            self._entries[free], self._at[key] = key, free

    def _free(self) -> int:
        (lowest,) = self._connection.execute(f"SELECT min(fid) FROM {self._table}").fetchone()
        lowest = min([lowest or 0, 0, *self._entries])
        if lowest > _LOWEST:
            return lowest - 1
        return next(fid for fid in count(-1, -1) if fid not in self._entries and not self._occupied(fid))

    def _occupied(self, fid: int) -> bool:
        return self._connection.execute(f"SELECT 1 FROM {self._table} WHERE fid = ?", (fid,)).fetchone() is not None

    def _put(self, fid: int, key: Optional[str], raw: Optional[Raw]) -> None:
        values: tuple[Any, ...] = (fid, int(raw is None), *(raw if raw is not None else [None] * len(self._columns)))
        marks = ", ".join("?" * len(values))
        self._connection.execute(
            f"INSERT OR REPLACE INTO {self._shadow} (fid, planning_inserted, {self._listed}) VALUES ({marks})", values
        )
        self._entries[fid] = key
        if key is not None:
            self._at[key] = fid

    def _delete(self, fid: int) -> None:
        self._connection.execute(f"DELETE FROM {self._shadow} WHERE fid = ?", (fid,))
        self._entries.pop(fid, None)
