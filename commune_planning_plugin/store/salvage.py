"""When a layer's record of edits was lost: nothing is guessed. Its rows can be taken out, compared in full with the retained
snapshot and the news pulled since, and be put under tracking again."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import tempfile
import uuid
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.core.wire import decode_values
from commune_planning_plugin.store import state, tracking
from commune_planning_plugin.store.building import arm_layer, register_layer, retained_snapshot
from commune_planning_plugin.store.diffing import Pair, paired
from commune_planning_plugin.store.evolving import as_wide
from commune_planning_plugin.store.model import FeatureProblem
from commune_planning_plugin.store.places import unwritable
from commune_planning_plugin.store.rows import Raw, Stored, Table, encoded
from commune_planning_plugin.store.shadow import Shadow
from commune_planning_plugin.store.sql import columns_of, connected, has_table, quoted

_KEY = 1


def compare(connection: sqlite3.Connection, layer: Layer, path: Path) -> tuple[list[Pair], list[FeatureProblem]]:
    """All features of the layer against the province's, by key; a column that is gone counts as unchanged.

    Raises ``WorkingCopyError``: ``working_copy.no_snapshot``, or ``layer.missing`` where there is nothing to compare.
    """
    originals = {each.key: each for each in province_rows(connection, layer, path)}
    bases = {key: each.raw for key, each in originals.items() if key is not None}
    return paired(layer, originals.values(), _present(connection, layer, bases))


def province_rows(connection: sqlite3.Connection, layer: Layer, path: Path) -> Iterator[Stored]:
    """The layer at the checkpoint: the snapshot's rows, overlaid with what was pulled since, with attributes that came later."""
    pulled = dict(connection.execute("SELECT key, row FROM planning_pulled WHERE layer = ?", (layer.id,)))
    snapshot_file = retained_snapshot(path, state.get(connection, "snapshot"))
    with _unpacked(snapshot_file) as snapshot, as_wide(snapshot, layer):
        for each in Table(snapshot, layer).everything():
            if each.key not in pulled:
                yield each
    (srs_id,) = connection.execute("SELECT srs_id FROM planning_layer WHERE layer = ?", (layer.id,)).fetchone()
    for key, plain in pulled.items():
        row = decode_values(layer, json.loads(plain)) if plain is not None else None
        if row is not None:
            yield Stored(layer, 0, encoded(layer, key, row, srs_id))


@contextmanager
def _unpacked(packed: Path) -> Iterator[sqlite3.Connection]:
    if not packed.exists():
        raise WorkingCopyError("working_copy.no_snapshot", path=str(packed))
    with tempfile.TemporaryDirectory(dir=packed.parent) as folder:
        plain = Path(folder) / "snapshot.gpkg"
        try:
            with gzip.open(packed, "rb") as source, plain.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
        except (OSError, EOFError, zlib.error) as error:
            if getattr(error, "errno", None) is not None:
                raise unwritable(error, plain) from error  # type: ignore[arg-type]  # only OSErrors have one
            raise WorkingCopyError("working_copy.no_snapshot", path=str(packed), reason=str(error)) from error
        with closing(connected(plain, 0.0)) as connection:
            yield connection


def _present(connection: sqlite3.Connection, layer: Layer, bases: dict[str, Raw]) -> Iterator[Stored]:
    """The rows that are there, whatever the table's columns are by now."""
    if not has_table(connection, layer.table):
        raise WorkingCopyError("layer.missing", layer=layer.id)
    found = {name for name, _, _ in columns_of(connection, layer.table)}
    wanted = tracking.columns(layer)
    picked = ", ".join(f"t.{quoted(name)}" if name in found else "NULL" for name in wanted)
    missing = [position for position, name in enumerate(wanted) if name not in found]
    for fid, *raw in connection.execute(f"SELECT t.rowid, {picked} FROM {quoted(layer.table)} AS t"):
        base = bases.get(raw[_KEY])
        for position in missing if base is not None else ():
            raw[position] = base[position] if base is not None else None
        yield Stored(layer, fid, tuple(raw))


def rearm(connection: sqlite3.Connection, layer: Layer, path: Path) -> None:
    """Make the layer's table anew with the rows that are there, and record what differs from the province as my edits.

    Within the caller's write transaction. Rows without a key of their own get one, as if they were drawn now. Raises as `compare`.
    """
    originals = {each.key: each.raw for each in province_rows(connection, layer, path) if each.key is not None}
    present = list(_keyed(_present(connection, layer, originals)))
    ddl, srs_id = connection.execute("SELECT ddl, srs_id FROM planning_layer WHERE layer = ?", (layer.id,)).fetchone()
    connection.execute(f"DROP TABLE {quoted(layer.table)}")
    connection.execute(f"DROP INDEX IF EXISTS {quoted('planning_key_' + layer.table)}")
    connection.execute(ddl)
    register_layer(connection, layer, srs_id)
    table = Table(connection, layer)
    for each in present:
        table.write_at(each.fid, each.raw)
    arm_layer(connection, layer)
    _remember(connection, layer, originals.items(), present)


def _keyed(rows: Iterable[Stored]) -> Iterator[Stored]:
    seen: set[str] = set()
    for each in rows:
        raw, birth = list(each.raw), tracking.columns(each.layer).index("birth")
        if each.key is None or each.key in seen:
            raw[_KEY], raw[birth] = str(uuid.uuid4()), str(uuid.uuid4())
        raw[birth] = raw[birth] or str(uuid.uuid4())
        made = Stored(each.layer, each.fid, tuple(raw))
        seen.add(made.key or "")
        yield made


def _remember(
    connection: sqlite3.Connection, layer: Layer, originals: Iterable[tuple[str, Raw]], present: Iterable[Stored]
) -> None:
    shadow = Shadow(connection, layer)
    for pair in paired(layer, (Stored(layer, 0, raw) for _, raw in originals), present)[0]:
        if pair.readable and pair.change is None:
            continue
        fid = pair.current.fid if pair.current is not None else None
        shadow.remember(pair.key, pair.base.raw if pair.base is not None else None, fid)
