"""A commune's area at one revision as a compressed GeoPackage: built once per visibility class and revision, then a file."""

from __future__ import annotations

import json
import tempfile
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Optional

from province_hub import compression, revisions, snapshot_content
from province_hub.area import area_of
from province_hub.database import Database, HubConnection
from province_hub.errors import Problem

_REGISTRY = """
SELECT md5(coalesce(string_agg(version, ' ' ORDER BY version), '')) AS state FROM (
    SELECT 'p' || key || xmin AS version FROM hub.plan UNION ALL
    SELECT 'c' || code || xmin FROM hub.commune UNION ALL
    SELECT 'l' || id || xmin FROM hub.layer) AS each
"""
_BUILDERS = 2
"""How many snapshots are built at once: each holds a connection for seconds."""


@dataclass(frozen=True)
class Snapshot:
    """A finished file and what its headers say. ``size`` is in bytes before compression, ``length`` after."""

    path: Path
    commune: str
    number: int
    id: str
    sha256: str
    length: int
    size: int
    features: int
    area_epoch: int


@dataclass(frozen=True)
class _Name:
    """What a snapshot is of; ``registry`` changes with plans, communes and layer definitions, which make no revision."""

    commune: str
    cleared: bool
    number: int
    id: str
    registry: str

    @property
    def stem(self) -> str:
        return f"{self.commune}-{'cleared' if self.cleared else 'public'}-{self.number}-{self.id[:8]}-{self.registry[:8]}"


class SnapshotStore:
    """Keeps the newest ``kept`` files of each commune and visibility class in ``folder``."""

    def __init__(self, database: Database, folder: Path, kept: int) -> None:
        self._database = database
        self._folder = folder
        self._kept = kept
        self._building: dict[tuple[str, bool], threading.Lock] = {}
        self._guard = threading.Lock()
        self._builders = threading.BoundedSemaphore(_BUILDERS)
        folder.mkdir(parents=True, exist_ok=True)

    def current(self, commune: str, cleared: bool) -> Snapshot:
        """The snapshot of the newest revision; who comes while it is being built waits for it.

        Raises `Problem` 404 ``commune.unknown``.
        """
        found = self._current_file(commune, cleared)
        if found is not None:
            return found
        with self._guard:
            lock = self._building.setdefault((commune, cleared), threading.Lock())
        with lock:
            found = self._current_file(commune, cleared)
            if found is not None:
                return found
            with self._builders:
                return self._build(commune, cleared)

    def kept(self, commune: str, cleared: bool, number: int) -> Snapshot:
        """Raises `Problem` 404 ``snapshot.gone`` where no file of that revision is left."""
        for note in self._notes(commune, cleared):
            found = _read(note)
            if found is not None and found.number == number:
                return found
        raise Problem(404, "snapshot.gone", commune=commune, revision=number)

    def _current_file(self, commune: str, cleared: bool) -> Optional[Snapshot]:
        with self._database.reading() as conn:
            area_of(conn, commune)
            name = _name(conn, commune, cleared)
        return _read(self._folder / f"{name.stem}.json")

    def _notes(self, commune: str, cleared: bool) -> list[Path]:
        """Newest revision first."""
        found = self._folder.glob(f"{commune}-{'cleared' if cleared else 'public'}-*.json")
        return sorted(found, key=lambda path: (int(path.stem.split("-")[2]), path.stat().st_mtime_ns), reverse=True)

    def _build(self, commune: str, cleared: bool) -> Snapshot:
        with tempfile.TemporaryDirectory(prefix="building-", dir=self._folder) as scratch:
            plain, packed = Path(scratch, "plain.gpkg"), Path(scratch, "packed.gz")
            with self._database.reading() as conn:
                name = _name(conn, commune, cleared)
                area = area_of(conn, commune)
                features = snapshot_content.write(conn, plain, area, cleared)
            digest = compression.pack(plain, packed)
            target = self._folder / f"{name.stem}-{digest[:8]}.gpkg.gz"
            result = Snapshot(
                target, commune, name.number, name.id, digest, packed.stat().st_size, plain.stat().st_size, features, area.epoch
            )
            packed.replace(target)
            note = Path(scratch, "note.json")
            note.write_text(json.dumps({**asdict(result), "path": target.name}), "utf-8")
            note.replace(self._folder / f"{name.stem}.json")
        self._prune(commune, cleared)
        return result

    def _prune(self, commune: str, cleared: bool) -> None:
        for note in self._notes(commune, cleared)[self._kept :]:
            old = _read(note)
            note.unlink(missing_ok=True)
            if old is not None:
                old.path.unlink(missing_ok=True)


def _read(note: Path) -> Optional[Snapshot]:
    """What a note describes, if its file is there."""
    try:
        plain = json.loads(note.read_text("utf-8"))
        found = Snapshot(**{**plain, "path": note.parent / plain["path"]})
    except FileNotFoundError:
        return None
    return found if found.path.exists() else None


def _name(conn: HubConnection, commune: str, cleared: bool) -> _Name:
    number, identity = revisions.latest(conn)
    registry = conn.execute(_REGISTRY).fetchone() or {}
    return _Name(commune, cleared, number, str(identity), registry["state"])
