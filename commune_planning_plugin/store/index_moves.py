"""Many features of a layer written at once: their places in the R-tree are written together, and not by a trigger for each.

A feature that stays where it was, about, keeps its cell in the tree and is given its new bounds there, which is less work than to
take it out and put it in again (ext/rtree/rtree.c: cells of a node, each with its parent's cell around them). All others go the
ordinary way.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Optional

import numpy as np

from commune_planning_plugin.store.gpkg import Bounds
from commune_planning_plugin.store.spatial_index import rounded_outward, rtree
from commune_planning_plugin.store.sql import quoted, shut_index

_HEAD = 4
_CELL = struct.Struct(">q4f")
_ROOT = 1
Places = dict[int, Optional[Bounds]]
"""Bounds by rowid, None where a feature has none."""


@contextmanager
def collected(connection: sqlite3.Connection, table: str) -> Iterator[Places]:
    """Inside, what is inserted and updated doesn't reach the index: whoever writes notes its place in what is given.

    Deleting goes on as ever. Within one transaction; after an error nothing is written, and it must be rolled back.
    """
    places: Places = {}
    shut_index(connection, True)
    try:
        yield places
    finally:
        shut_index(connection, False)
    _place(connection, rtree(table), places)


def _place(connection: sqlite3.Connection, index: str, places: Places) -> None:
    boxes = {fid: bounds for fid, bounds in places.items() if bounds is not None}
    nearby = _Tree(connection, index).move(_rounded(boxes))
    elsewhere = [fid for fid in places if fid not in nearby]
    connection.executemany(f"DELETE FROM {quoted(index)} WHERE id = ?", [(fid,) for fid in elsewhere])
    rows = [(fid, box[0], box[2], box[1], box[3]) for fid in elsewhere for box in [boxes.get(fid)] if box is not None]
    connection.executemany(f"INSERT INTO {quoted(index)} VALUES (?, ?, ?, ?, ?)", rows)


Cell = tuple[float, float, float, float]
"""minx, maxx, miny, maxy in 32 bits, as the tree has them."""


class _Tree:
    """The nodes of one R-tree, as far as they are looked at."""

    def __init__(self, connection: sqlite3.Connection, index: str) -> None:
        self._connection = connection
        self._node, self._rowid, self._parent = (quoted(f"{index}_{part}") for part in ("node", "rowid", "parent"))
        self._nodes: dict[int, bytearray] = {}

    def move(self, cells: Mapping[int, Cell]) -> set[int]:
        """Write the cells that meet the ones that are there; which these are."""
        moved: set[int] = set()
        for number, fids in self._by_node(list(cells)).items():
            node = self._read(number)
            for fid in fids:
                at, before = _cell(node, fid)
                if _meet(before, cells[fid]):
                    _CELL.pack_into(node, at, fid, *cells[fid])
                    moved.add(fid)
            grown = [cells[fid] for fid in fids if fid in moved]
            if grown:
                self._grow(number, _around(grown))
        self._connection.executemany(
            f"UPDATE {self._node} SET data = ? WHERE nodeno = ?", [(bytes(node), number) for number, node in self._nodes.items()]
        )
        return moved

    def _by_node(self, fids: list[int]) -> dict[int, set[int]]:
        query = f"SELECT nodeno, rowid FROM {self._rowid} WHERE rowid IN (SELECT value FROM json_each(?))"
        found: dict[int, set[int]] = defaultdict(set)
        for number, fid in self._connection.execute(query, (json.dumps(fids),)):
            found[number].add(fid)
        return found

    def _grow(self, number: int, box: Cell) -> None:
        """The cells above take ``box`` in."""
        while number != _ROOT:
            (parent,) = self._connection.execute(f"SELECT parentnode FROM {self._parent} WHERE nodeno = ?", (number,)).fetchone()
            node = self._read(parent)
            at, before = _cell(node, number)
            box = _around([before, box])
            if box == before:
                return
            _CELL.pack_into(node, at, number, *box)
            number = parent

    def _read(self, number: int) -> bytearray:
        if number not in self._nodes:
            (data,) = self._connection.execute(f"SELECT data FROM {self._node} WHERE nodeno = ?", (number,)).fetchone()
            self._nodes[number] = bytearray(data)
        return self._nodes[number]


def _cell(node: bytearray, owner: int) -> tuple[int, Cell]:
    """Where the owner's cell lies in the node, and its bounds."""
    (count,) = struct.unpack_from(">H", node, 2)
    wanted, at, end = struct.pack(">q", owner), _HEAD, _HEAD + count * _CELL.size
    while (at := node.index(wanted, at, end)) % _CELL.size != _HEAD:
        at += 1
    _, minx, maxx, miny, maxy = _CELL.unpack_from(node, at)
    return at, (minx, maxx, miny, maxy)


def _meet(one: Cell, other: Cell) -> bool:
    return one[0] <= other[1] and other[0] <= one[1] and one[2] <= other[3] and other[2] <= one[3]


def _around(cells: Sequence[Cell]) -> Cell:
    minx, maxx, miny, maxy = zip(*cells)
    return min(minx), max(maxx), min(miny), max(maxy)


def _rounded(boxes: Mapping[int, Bounds]) -> dict[int, Cell]:
    """As SQLite does it: never smaller than they are."""
    sides = np.array([(box[0], box[2], box[1], box[3]) for box in boxes.values()], np.float64).reshape(-1, 4)
    cells = rounded_outward(list(boxes), sides)
    return {fid: (minx, maxx, miny, maxy) for fid, minx, maxx, miny, maxy in cells.tolist()}
