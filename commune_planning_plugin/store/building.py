"""A working copy from the hub's plain snapshot: index, tracking and state are made here, aside, and moved into place whole."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Optional

from commune_planning_plugin.core.errors import Cancelled, InvalidData, WorkingCopyError
from commune_planning_plugin.core.schema import GEOMETRY, Catalogue, Layer
from commune_planning_plugin.store import spatial_index, state, tracking
from commune_planning_plugin.store.model import Checkpoint, Identity
from commune_planning_plugin.store.places import prepare_folder, unwritable
from commune_planning_plugin.store.sql import columns_of, connected, quoted, translated

_NO_HIDDEN_TABLES = (None, None, "gdal_aspatial", "http://gdal.org/geopackage_aspatial.html", "read-write")
"""With this extension GDAL lists only what ``gpkg_contents`` names: our own tables stay out of its layer list."""

FIRST_SNAPSHOT = ".base.gz"
_STEPS_BETWEEN_LOOKS = 100_000
"""Of SQLite's machine: some milliseconds."""
Prepare = Callable[[sqlite3.Connection, Layer], None]
"""What is done to a plain table of the snapshot before it is indexed and tracked."""


def retained_snapshot(path: Path, suffix: Optional[str] = None) -> Path:
    """Where the compressed snapshot of the working copy at ``path`` lies; ``suffix`` is the file's own fact ``snapshot``."""
    return path.with_name(f"{path.name}{suffix or FIRST_SNAPSHOT}")


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def create(
    path: Path,
    snapshot: Path,
    identity: Identity,
    catalogue: Catalogue,
    checkpoint: Checkpoint,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
    given: Optional[Path] = None,
    cleared: Optional[bool] = None,
) -> None:
    """See `WorkingCopy.create`; ``given`` is the snapshot in its compressed form."""
    prepare_folder(path)
    if path.exists():
        raise WorkingCopyError("working_copy.exists", path=str(path))
    part, packed = path.with_name(f".{path.name}.part"), path.with_name(f".{path.name}.base.part")
    try:
        packer = Packer(snapshot, packed) if given is None else None
        build(part, packer, snapshot, Facts(identity, catalogue, checkpoint, cleared), Watch(progress, cancelled))
        for suffix in ("-wal", "-shm", "-journal"):  # of a file that was here once: SQLite would merge them into ours
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        (given or packed).replace(retained_snapshot(path))
        part.replace(path)
    except OSError as error:
        raise unwritable(error, path) from error
    finally:
        part.unlink(missing_ok=True)
        packed.unlink(missing_ok=True)


@dataclass(frozen=True)
class Facts:
    """What a new file is told about itself; ``cleared``: whether its snapshot is what a cleared account sees (None: unknown)."""

    identity: Identity
    catalogue: Catalogue
    checkpoint: Checkpoint
    cleared: Optional[bool] = None


class Watch:
    """Whoever waits for the building."""

    def __init__(self, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
        self._progress, self._cancelled = progress, cancelled

    def at(self, fraction: float) -> None:
        """Raises ``Cancelled``."""
        self.go_on()
        self._progress(fraction)

    def stopped(self) -> bool:
        return self._cancelled()

    def go_on(self) -> None:
        """Asked at each feature. Raises ``Cancelled``."""
        if self._cancelled():
            raise Cancelled


def untouched(_connection: sqlite3.Connection, _layer: Layer) -> None:
    """The snapshot's rows stay where they are."""


def build(part: Path, packer: Optional[Packer], snapshot: Path, facts: Facts, watch: Watch, prepare: Prepare = untouched) -> None:
    """Make ``part``, a working copy of ``snapshot``, while ``packer`` packs. Raises as `create`."""
    if packer is not None:
        packer.start()
    try:
        shutil.copyfile(snapshot, part)
        watch.at(0.1)
        connection = connected(part, 0.0)
        connection.set_progress_handler(watch.stopped, _STEPS_BETWEEN_LOOKS)  # a large layer's statements take long
        try:
            _arm_all(connection, facts, watch, prepare)
        except sqlite3.DatabaseError as error:
            watch.go_on()
            raise translated(error, snapshot) from error
        finally:
            connection.close()
        with part.open("rb+") as file:
            os.fsync(file.fileno())
    finally:
        if packer is not None:
            packer.join()
    if packer is not None and packer.error is not None:
        raise packer.error
    watch.at(1.0)


def _arm_all(connection: sqlite3.Connection, facts: Facts, watch: Watch, prepare: Prepare) -> None:
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    for statement in state.TABLES.split(";")[:-1]:
        connection.execute(statement)
    layers = facts.catalogue.layers
    for done, layer in enumerate(layers):
        prepare(connection, layer)
        arm_layer(connection, layer)
        watch.at(0.1 + 0.85 * (done + 1) / len(layers))
    connection.execute("DELETE FROM gpkg_extensions WHERE extension_name = 'gdal_aspatial'")
    connection.execute("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", _NO_HIDDEN_TABLES)
    _put_facts(connection, facts)
    connection.execute("COMMIT")


def arm_layer(connection: sqlite3.Connection, layer: Layer) -> None:
    """Index, count, tracking and registration of one table that has none of them.

    Raises ``InvalidData('snapshot.malformed')`` where the table isn't the layer's.
    """
    check_columns(connection, layer)
    found = connection.execute("SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (layer.table,)).fetchone()
    (ddl,) = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (layer.table,)).fetchone()
    if found is None:
        raise InvalidData("snapshot.malformed", table=layer.table, missing=["gpkg_geometry_columns"])
    spatial_index.build(connection, layer.table)
    for statement in spatial_index.triggers(layer.table).values():
        connection.execute(statement)
    generation = uuid.uuid4().hex
    tracking.arm(connection, layer, generation)
    connection.execute(
        "INSERT OR REPLACE INTO planning_layer VALUES (?, ?, ?, ?, ?)", (layer.id, layer.table, ddl, generation, found[0])
    )


def register_layer(connection: sqlite3.Connection, layer: Layer, srs_id: int) -> None:
    """Name the layer's new table in the GeoPackage, in place of what was told of one before."""
    table = layer.table
    connection.execute(f"DROP TABLE IF EXISTS {quoted(spatial_index.rtree(table))}")
    for name in ("gpkg_extensions", "gpkg_geometry_columns", "gpkg_contents"):
        connection.execute(f"DELETE FROM {name} WHERE lower(table_name) = lower(?)", (table,))
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, 'features', ?, ?)", (table, table, srs_id)
    )
    kind = layer.geometry.value.upper()
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)", (table, GEOMETRY, kind, srs_id))


def check_columns(connection: sqlite3.Connection, layer: Layer) -> None:
    """Raises ``InvalidData('snapshot.malformed')``."""
    wanted = {"fid", *tracking.columns(layer)}
    found = {name: is_key for name, _, is_key in columns_of(connection, layer.table)}
    if wanted != found.keys() or not found["fid"]:
        missing, unexpected = sorted(wanted - found.keys()), sorted(found.keys() - wanted)
        raise InvalidData("snapshot.malformed", table=layer.table, missing=missing, unexpected=unexpected)


def _put_facts(connection: sqlite3.Connection, facts: Facts) -> None:
    identity = facts.identity
    state.put(
        connection,
        format=str(state.FORMAT),
        hub_id=identity.hub_id,
        hub_url=identity.hub_url,
        commune=identity.commune,
        account=identity.account,
        instance=str(uuid.uuid4()),
        default_plan=_only_plan(facts.catalogue, identity.commune),
        cleared=None if facts.cleared is None else str(int(facts.cleared)),
    )
    state.put_catalogue(connection, facts.catalogue)
    state.put_checkpoint(connection, facts.checkpoint, now())


def _only_plan(catalogue: Catalogue, commune: str) -> Optional[str]:
    plans = [plan.key for plan in catalogue.plans if commune in plan.communes]
    return plans[0] if len(plans) == 1 else None


class Packer(threading.Thread):
    """Compresses the snapshot while the working copy is built: for the full comparison if tracking should ever be lost."""

    def __init__(self, snapshot: Path, into: Path) -> None:
        super().__init__(name="planning-snapshot", daemon=True)
        self._snapshot, self._into = snapshot, into
        self.error: Optional[OSError] = None

    def run(self) -> None:
        try:
            with self._snapshot.open("rb") as source, gzip.open(self._into, "wb", compresslevel=1) as target:
                shutil.copyfileobj(source, target, 1 << 20)
        except OSError as error:
            self.error = error
