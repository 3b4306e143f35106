"""Feature rows between the file's form and the canonical one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Optional

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Rows
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, Field, FieldType, Layer, Value, Values, canonical_value
from commune_planning_plugin.store import gpkg, index_moves, references
from commune_planning_plugin.store.gpkg import Bounds
from commune_planning_plugin.store.index_moves import Places
from commune_planning_plugin.store.sql import listed, quoted
from commune_planning_plugin.store.tracking import KEY, columns, shadow

Raw = tuple[Any, ...]
"""A row as SQLite gives it: the columns of `tracking.columns`."""

ATTRIBUTES = 2
"""Where they begin in a raw row, after geometry and key."""

_KEY_FIELD = Field(KEY, FieldType.UUID)
_MILLISECONDS = 23
_CHUNK = 500


@dataclass(frozen=True)
class Stored:
    """One feature as it lies in the file, read only where it is looked at; what is equal in ``like`` is taken from there."""

    layer: Layer
    fid: int
    raw: Raw
    like: Optional[Stored] = field(default=None, compare=False)

    @cached_property
    def key(self) -> Optional[str]:
        """None where it is missing or no UUID."""
        try:
            key = canonical_value(_KEY_FIELD, self.raw[1])
        except InvalidData:
            return None
        return key if isinstance(key, str) else None

    @property
    def row(self) -> Optional[Values]:
        """The whole row, None where it can't be read: then `problem` says why."""
        return self._read[0]

    @property
    def problem(self) -> Optional[InvalidData]:
        return self._read[1]

    @property
    def place(self) -> Optional[Bounds]:
        return gpkg.envelope(self.raw[0]) if self.raw[0] is not None else None

    @cached_property
    def _read(self) -> tuple[Optional[Values], Optional[InvalidData]]:
        if self.key is None:
            return None, InvalidData("key.missing", value=repr(self.raw[1])[:80])
        try:
            if self.like is not None and self.like.row is not None:
                return redecoded(self.layer, self.raw, self.like.raw, self.like.row), None
            return decoded(self.layer, self.raw), None
        except InvalidData as error:
            return None, error


def decoded(layer: Layer, raw: Raw, shape: Optional[bytes] = None) -> dict[str, Value]:
    """The whole row, with ``shape`` where one is given. Raises ``InvalidData`` for a value that the layer can't have."""
    row: dict[str, Value] = {
        field.name: None if value is None else canonical_value(field, value) for field, value in zip(layer.fields, raw[2:])
    }
    row[GEOMETRY] = shape if shape is not None else _shape(layer, raw[0])
    return row


def redecoded(layer: Layer, raw: Raw, known_raw: Raw, known: Values) -> dict[str, Value]:
    """As `decoded`, where ``known`` is what ``known_raw`` decodes to. Raises as `decoded`."""
    row = dict(known)
    for attribute, value, before in zip(layer.fields, raw[2:], known_raw[2:]):
        if value != before:
            row[attribute.name] = canonical_value(attribute, value)
    if raw[0] != known_raw[0]:
        row[GEOMETRY] = _shape(layer, raw[0])
    return row


def _shape(layer: Layer, blob: Any) -> bytes:
    if blob is None:
        raise InvalidData("geometry.missing")
    return geometry.normalised(gpkg.wkb_of(blob), layer.geometry)


def encoded(layer: Layer, key: str, row: Values, srs_id: int, like: Iterable[Optional[Raw]] = ()) -> Raw:
    """The raw row that `decoded` reads back as ``row``; where one ``like`` it has the same geometry, with the blob of that."""
    shape = row.get(GEOMETRY)
    blob = None
    if isinstance(shape, bytes):
        same = (raw[0] for raw in like if raw is not None and gpkg.holds(raw[0], shape))
        blob = next(same, None) or gpkg.blob_of(shape, srs_id)
    values = [*map(row.get, layer.names)]
    for at in layer.flags:
        values[at] = None if values[at] is None else int(bool(values[at]))
    return (blob, key, *values)


def unrounded(layer: Layer, old: Values, new: Values) -> Values:
    """``new`` with times taken from ``old`` where they differ in less than a millisecond: GDAL rewrites them without the rest."""
    restored = {
        field.name: old.get(field.name)
        for field in layer.fields
        if field.type is FieldType.DATETIME and _same_millisecond(old.get(field.name), new.get(field.name))
    }
    return {**new, **restored} if restored else new


def _same_millisecond(old: Value, new: Value) -> bool:
    return isinstance(old, str) and isinstance(new, str) and new.endswith("000Z") and old[:_MILLISECONDS] == new[:_MILLISECONDS]


class Table:
    """One layer's feature table and its shadow, read and written by raw rows. Writes are tracked unless the switch is off."""

    def __init__(self, connection: sqlite3.Connection, layer: Layer) -> None:
        self.connection = connection
        self.layer = layer
        self.columns = columns(layer)
        self._table, self._shadow = quoted(layer.table), quoted(shadow(layer.table))
        self._places: Optional[Places] = None

    @contextmanager
    def written_together(self) -> Iterator[None]:
        """Inside, many rows are written: they come into the spatial index together, at the end."""
        try:
            with index_moves.collected(self.connection, self.layer.table) as self._places:
                yield
        finally:
            self._places = None

    def by_key(self, key: str) -> Optional[Stored]:
        found = self._select(f"WHERE {quoted(KEY)} = ?", (key,))
        return next(found, None)

    def by_keys(self, keys: Iterable[str]) -> dict[str, Stored]:
        """Those that are there, by key, each as often as it is."""
        found: dict[str, Stored] = {}
        wanted = list(keys)
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            found.update({each.key: each for each in self._select(f"WHERE {quoted(KEY)} IN ({marks})", chunk) if each.key})
        return found

    def touched(self) -> Iterator[Stored]:
        """The present rows of all rowids that were written since the last pull."""
        return self._select(f"WHERE fid IN (SELECT fid FROM {self._shadow})", ())

    def everything(self) -> Iterator[Stored]:
        return self._select("", ())

    def near(self, bounds: Bounds) -> Iterator[Stored]:
        """The rows whose bounds meet ``bounds`` (in the index's 32 bits, so rather too many)."""
        rtree = quoted(f"rtree_{self.layer.table}_{GEOMETRY}")
        return self._select(
            f"WHERE fid IN (SELECT id FROM {rtree} WHERE minx <= ? AND maxx >= ? AND miny <= ? AND maxy >= ?)",
            (bounds[2], bounds[0], bounds[3], bounds[1]),
        )

    def meeting(self, places: Iterable[Bounds]) -> Rows:
        """As `near`, the readable ones of all ``places`` by key; each is read once."""
        found = {each.fid: each for bounds in dict.fromkeys(places) for each in self.near(bounds)}
        return {each.key: each.row for each in found.values() if each.key is not None and each.row is not None}

    def of_plan(self, plan: str) -> Rows:
        """The plan's rows that can be read."""
        found = ((stored.key, stored.row) for stored in self._select("WHERE plan = ?", (plan,)))
        return {key: row for key, row in found if key is not None and row is not None}

    def originals(self) -> Iterator[Stored]:
        """The province's rows that lie in the shadow."""
        names = listed(self.columns)
        found = self.connection.execute(f"SELECT fid, {names} FROM {self._shadow} WHERE planning_inserted = 0")
        return (Stored(self.layer, row[0], row[1:]) for row in found)

    def write(self, fid: Optional[int], raw: Raw, before: Optional[Raw] = None) -> int:
        """Update the row of ``fid``, or insert one where it is None; gives the rowid. ``before`` spares equal columns."""
        if fid is None:
            marks = ", ".join("?" * len(raw))
            made = self.connection.execute(f"INSERT INTO {self._table} ({listed(self.columns)}) VALUES ({marks})", raw).lastrowid
            return self._placed(made if made is not None else 0, raw)
        changed = [at for at in range(len(raw)) if before is None or raw[at] != before[at]]
        assigned = ", ".join(f"{quoted(self.columns[at])} = ?" for at in changed)
        self.connection.execute(f"UPDATE {self._table} SET {assigned} WHERE fid = ?", (*(raw[at] for at in changed), fid))
        return self._placed(fid, raw) if 0 in changed else fid

    def write_at(self, fid: int, raw: Raw) -> None:
        """Insert at a rowid that must be free."""
        marks = ", ".join("?" * (len(raw) + 1))
        self.connection.execute(f"INSERT INTO {self._table} (fid, {listed(self.columns)}) VALUES ({marks})", (fid, *raw))
        self._placed(fid, raw)

    def _placed(self, fid: int, raw: Raw) -> int:
        if self._places is not None:
            self._places[fid] = gpkg.envelope(raw[0]) if raw[0] is not None else None
        return fid

    @contextmanager
    def attempt(self) -> Iterator[Callable[[], None]]:
        """Inside, what is given undoes what was written inside so far."""
        places = dict(self._places or {})
        self.connection.execute("SAVEPOINT planning_attempt")

        def undo() -> None:
            self.connection.execute("ROLLBACK TO planning_attempt")
            if self._places is not None:
                self._places.clear()
                self._places.update(places)

        yield undo
        self.connection.execute("RELEASE planning_attempt")

    @cached_property
    def _referring(self) -> tuple[str, ...]:
        return references.questions(self.connection, self.layer.table)

    def remove(self, fid: int, anyhow: bool = False) -> None:
        """Raises ``sqlite3.IntegrityError`` where rows of other programs refer to it, though SQLite would wait for the commit."""
        if not anyhow and any(self.connection.execute(question, (fid,)).fetchone() for question in self._referring):
            raise sqlite3.IntegrityError("FOREIGN KEY constraint failed")
        self.connection.execute(f"DELETE FROM {self._table} WHERE fid = ?", (fid,))
        if self._places is not None:
            self._places.pop(fid, None)

    def occupied(self, fid: int) -> bool:
        return self.connection.execute(f"SELECT 1 FROM {self._table} WHERE fid = ?", (fid,)).fetchone() is not None

    def _select(self, condition: str, parameters: Sequence[Any]) -> Iterator[Stored]:
        names = listed(self.columns, "t.")  # unqualified, a column that is gone would read as its own name
        found = self.connection.execute(f"SELECT t.fid, {names} FROM {self._table} AS t {condition}", parameters)
        return (Stored(self.layer, row[0], row[1:]) for row in found)
