"""A commune's area at one revision as a compressed GeoPackage: built once per visibility class and revision, then a file."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
import time
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
_HIDDEN_SINCE = """
SELECT 1 FROM hub.change_log c WHERE c.transaction = ANY(%s) AND (c.new->>'visibility')::int > (c.old->>'visibility')::int LIMIT 1
"""
_BUILDERS = 2
"""How many snapshots are built at once: each holds a connection for seconds."""
_STALE = 3600


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
        return f"{_prefix(self.commune, self.cleared)}{self.number}-{self.id[:8]}-{self.registry[:8]}"


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
        """The snapshot of revision ``number``, for a download that goes on.

        Raises `Problem` 404 ``snapshot.gone`` where no file of it is left, or where something in it was hidden since;
        ``commune.unknown``.
        """
        with self._database.reading() as conn:
            area_of(conn, commune)
        for note in self._notes(commune, cleared):
            found = _read(note)
            if found is not None and found.number == number and self._may_still_be_read(found, cleared):
                return found
        raise Problem(404, "snapshot.gone", commune=commune, revision=number)

    def _may_still_be_read(self, found: Snapshot, cleared: bool) -> bool:
        with self._database.reading() as conn:
            known = conn.execute("SELECT 1 FROM hub.revision WHERE number = %s AND id = %s", (found.number, found.id)).fetchone()
            if known is None or cleared:
                return known is not None
            since = revisions.transactions(conn, found.number, revisions.latest(conn)[0])
            return conn.execute(_HIDDEN_SINCE, (since,)).fetchone() is None

    def _current_file(self, commune: str, cleared: bool) -> Optional[Snapshot]:
        with self._database.reading() as conn:
            area_of(conn, commune)
            name = _name(conn, commune, cleared)
        return _read(self._folder / f"{name.stem}.json")

    def _notes(self, commune: str, cleared: bool) -> list[Path]:
        """The one built last comes first; numbers don't say, for a restored database counts from an older one."""
        found = self._folder.glob(f"{_prefix(commune, cleared)}*.json")
        return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)

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
        """Remove all but the ``kept`` built last, and what a crash has left."""
        notes = self._notes(commune, cleared)
        found = [(note, _read(note)) for note in notes]
        wanted = {snapshot.path for _, snapshot in found[: self._kept] if snapshot is not None}
        for note, snapshot in found[self._kept :]:
            note.unlink(missing_ok=True)
            if snapshot is not None and snapshot.path not in wanted:
                snapshot.path.unlink(missing_ok=True)
        for path in self._folder.glob(f"{_prefix(commune, cleared)}*.gpkg.gz"):
            if path not in wanted and _stale(path):
                path.unlink(missing_ok=True)
        for scratch in filter(_stale, self._folder.glob("building-*")):
            shutil.rmtree(scratch, ignore_errors=True)


def _prefix(commune: str, cleared: bool) -> str:
    return f"{commune}-{'cleared' if cleared else 'public'}-"


def _stale(path: Path) -> bool:
    """Whether nobody can still be at work on it."""
    return path.exists() and path.stat().st_mtime < time.time() - _STALE


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
