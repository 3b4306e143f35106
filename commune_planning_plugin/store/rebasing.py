"""A working copy on a fresh snapshot: the province's rows are new, and all that was made here is carried over.

For where the way from the old checkpoint to the present one isn't known: the hub was restored, the area is another one, news were
incomplete, or the layers have other columns. Each edit is merged as in a pull: its base is what we had from the province, its
remote side the row of the snapshot. Rows keep their rowids, so that whoever shows the file goes on with the same features.
"""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import Catalogue, Layer
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store import (
    aside,
    building,
    carrying,
    conflicts,
    lease,
    leftovers,
    outbox,
    standing,
    state,
    strangers,
    tracking,
    withdrawing,
)
from commune_planning_plugin.store.carrying import Carrier
from commune_planning_plugin.store.model import Checkpoint, PullResult, Ref, RemoteChange, Standing
from commune_planning_plugin.store.sql import Database, connected, has_table, listed, quoted
from commune_planning_plugin.store.unsent import Piece
from commune_planning_plugin.store.withdrawing import WITHDRAWN

Layers = Mapping[str, Layer]
VersionId = tuple[str, int]
"""Proposal and number."""

_ATTEMPTS = 20


@dataclass(frozen=True)
class Fresh:
    """What came from the hub for the new file: the plain ``snapshot``, and it in its compressed form where there is one.

    ``absent``: of each feature that `absent` names, what the hub says: ``left_area`` with its row, ``delete`` or ``withdrawn``.
    ``sealed``: my edits of those withdrawn, which the hub has. ``arrived``: my versions whose approval is in the snapshot.
    ``standing``: where those stand that the hub is held to know. ``cleared``: whether the snapshot is what a cleared account sees,
    where that is known.
    """

    snapshot: Path
    catalogue: Catalogue
    checkpoint: Checkpoint
    absent: Mapping[Ref, RemoteChange] = field(default_factory=dict)
    arrived: tuple[VersionId, ...] = ()
    standing: tuple[Standing, ...] = ()
    packed: Optional[Path] = None
    sealed: tuple[Piece, ...] = ()
    cleared: Optional[bool] = None

    @property
    def withdrawn(self) -> tuple[Ref, ...]:
        return tuple(ref for ref, news in self.absent.items() if news.kind == WITHDRAWN)


def absent(
    connection: sqlite3.Connection, layers: Iterable[Layer], fresh: sqlite3.Connection, more: Collection[Ref] = ()
) -> dict[Ref, Optional[str]]:
    """Features of which something was made here, and ``more``, that ``fresh`` has no row of, with their birth ids where these are
    known: why they aren't there, only the hub can say."""
    found: dict[Ref, Optional[str]] = {}
    known = list(layers)
    mentioned = withdrawing.mentioned(connection, known).union(more)
    for layer in known:
        keys = sorted(ref.key for ref in mentioned if ref.layer == layer.id)
        if keys and has_table(fresh, layer.table):
            there = {key for (key,) in fresh.execute(f"SELECT key FROM {quoted(layer.table)}")}
            found.update((Ref(layer.id, key), _birth(connection, layer, key)) for key in keys if key not in there)
    return found


def _birth(connection: sqlite3.Connection, layer: Layer, key: str) -> Optional[str]:
    """As the province gave it, else as it is here."""
    tables = (quoted(tracking.shadow(layer.table)), quoted(layer.table))
    query = " UNION ALL ".join(f"SELECT birth FROM {table} WHERE key = ?1 AND birth IS NOT NULL" for table in tables)
    row = connection.execute(f"{query} LIMIT 1", (key,)).fetchone()
    return row[0] if row is not None else None


def rebase(database: Database, old_layers: Layers, fresh: Fresh, watch: building.Watch) -> PullResult:
    """Build the new content aside, verify it, and put it in the file's place. Until the end the file is as it was.

    Raises ``WorkingCopyError``: ``rebase.unverified`` where an edit would not be there afterwards, ``working_copy.in_edit``,
    ``working_copy.busy``; ``Cancelled``.
    """
    path, old = database.path, database.connection
    with aside.site(path) as part:
        with database.reading():
            facts = building.Facts(state.identity(old), fresh.catalogue, fresh.checkpoint, fresh.cleared)
            former = building.retained_snapshot(path, state.get(old, "snapshot"))
        packed = fresh.packed or part.with_name(f"{part.name}.base")
        packer = building.Packer(fresh.snapshot, packed) if fresh.packed is None else None
        building.build(part, packer, fresh.snapshot, facts, watch, _Places(path, old_layers).keep)
        suffix = f".{fresh.checkpoint.number}-{uuid.uuid4().hex[:8]}{building.FIRST_SNAPSHOT}"
        retained = building.retained_snapshot(path, suffix)
        try:
            shutil.copyfile(packed, retained)
            with aside.shared(old, path):
                result = _Rebase(database, old_layers, fresh, suffix, watch).finish(part)
        except BaseException:
            retained.unlink(missing_ok=True)
            raise
    former.unlink(missing_ok=True)
    return result


def apply(database: Database, applied: Callable[[sqlite3.Connection], PullResult]) -> PullResult:
    """A pull that would keep the file locked for long: it is ``applied`` to a copy, which takes over. Raises as `pulling.apply`."""
    with aside.site(database.path) as part, aside.shared(database.connection, database.path):
        for _ in range(_ATTEMPTS):
            seen = _version(database)
            aside.copy(database.connection, part)
            with closing(connected(part, 0.0)) as new, _written(new):
                result = applied(new)
            if _taken_over(database, part, seen):
                return result
    raise _always_written(database)


class _Places:
    """Gives the rows of a snapshot the rowids that the same features have in the old file; new ones come after all of these."""

    def __init__(self, path: Path, layers: Mapping[str, Layer]) -> None:
        self._path, self._layers = path, layers

    def keep(self, connection: sqlite3.Connection, layer: Layer) -> None:
        if layer.id not in self._layers:
            return
        building.check_columns(connection, layer)
        table, names = quoted(layer.table), tracking.columns(layer)
        places, highest = self._read(self._layers[layer.id])
        connection.execute("CREATE TEMP TABLE place (key TEXT PRIMARY KEY, fid INTEGER NOT NULL)")
        connection.executemany("INSERT OR IGNORE INTO place VALUES (?, ?)", places)
        connection.execute(f"CREATE TEMP TABLE fresh AS SELECT * FROM {table}")
        connection.execute(f"DELETE FROM {table}")
        connection.execute(
            f"INSERT INTO {table} (fid, {listed(names)}) SELECT coalesce(p.fid, ? + f.rowid), {listed(names, 'f.')}"
            " FROM temp.fresh f LEFT JOIN temp.place p ON p.key = f.key ORDER BY 1",
            (highest,),
        )
        connection.execute("DROP TABLE temp.fresh")
        connection.execute("DROP TABLE temp.place")

    def _read(self, layer: Layer) -> tuple[list[tuple[str, int]], int]:
        with closing(connected(self._path, 5.0)) as old:
            found = old.execute(f"SELECT key, min(fid) FROM {quoted(layer.table)} WHERE key IS NOT NULL GROUP BY key").fetchall()
            (highest,) = old.execute(
                f"SELECT max(coalesce((SELECT max(fid) FROM {quoted(layer.table)}), 0),"
                f" coalesce((SELECT max(fid) FROM {quoted(tracking.shadow(layer.table))}), 0))"
            ).fetchone()
        return found, highest


class _Rebase:
    def __init__(self, database: Database, old_layers: Layers, fresh: Fresh, suffix: str, watch: building.Watch) -> None:
        self._watch = watch
        self._database, self._old_layers, self._fresh, self._suffix = database, old_layers, fresh, suffix
        self._old = database.connection
        self._new_layers = {layer.id: layer for layer in fresh.catalogue.layers}

    def finish(self, part: Path) -> PullResult:
        """Carry over, verify, take over; again from the start where somebody wrote meanwhile."""
        work = part.with_name(f"{part.name}.edits")
        for _ in range(_ATTEMPTS):
            self._watch.at(1.0)
            shutil.copyfile(part, work)
            seen = _version(self._database)
            result, lossless = self._carried(work)
            kept = aside.before_name(self._database.path, lossless)
            aside.copy(self._old, kept)
            try:
                if _taken_over(self._database, work, seen):
                    return result
            except BaseException:
                kept.unlink(missing_ok=True)
                raise
            kept.unlink(missing_ok=True)
        raise _always_written(self._database)

    def _carried(self, work: Path) -> tuple[PullResult, bool]:
        """Raises ``WorkingCopyError``: ``rebase.unverified``, ``pull.edited_meanwhile``."""
        counts: Counter[str] = Counter(sealed=len(self._fresh.sealed))
        with self._database.reading(), closing(connected(work, 0.0)) as new, _written(new):
            self._refuse_unasked(new)
            tracking.turn_off(new)
            carrying.carry_tables(self._old, new)
            carriers = list(self._carriers(new))
            for carrier in carriers:
                here = {ref.key: news for ref, news in self._fresh.absent.items() if ref.layer == carrier.layer.id}
                counts += carrier.carry(here)
            refused = strangers.carry(self._old, new)
            self._verify(new, carriers)
            withdrawing.erase(new, self._new_layers, self._fresh.withdrawn)
            leftovers.narrow_later(new)
            state.put(new, snapshot=self._suffix)
            self._set_standing(new)
            tracking.turn_on(new)
        lossless = self._old_layers.keys() <= self._new_layers.keys() and all(each.lossless for each in carriers) and not refused
        return PullResult(merged=counts["merged"], conflicts=counts["conflicts"], sealed=counts["sealed"]), lossless

    def _refuse_unasked(self, new: sqlite3.Connection) -> None:
        """What was edited after the hub was asked, or was given its seal, is asked about anew."""
        unasked = absent(self._old, self._old_layers.values(), new).keys() - self._fresh.absent.keys()
        if unasked or edits_of(self._old, self._old_layers, self._fresh.withdrawn) != self._fresh.sealed:
            raise WorkingCopyError("pull.edited_meanwhile")

    def _carriers(self, new: sqlite3.Connection) -> Iterator[Carrier]:
        based = self._based()
        known = {(conflict.layer, conflict.key): conflict for conflict in conflicts.read(self._old, self._old_layers)}
        for layer_id, layer in self._new_layers.items():
            if layer_id in self._old_layers:
                mine = {key: found for (of, key), found in based.items() if of == layer_id}
                clashes = {key: conflict for (of, key), conflict in known.items() if of == layer_id}
                yield Carrier(self._old, new, (self._old_layers[layer_id], layer), mine, clashes, self._watch.go_on)

    def _based(self) -> dict[tuple[str, str], tuple[Change, ...]]:
        """What my base has that the old file's rows haven't: versions approved on the way. And what it hasn't any more: versions
        that had arrived, and that the hub has no approval of now. Their content is my edit again."""
        found = outbox.changes_of(self._old, self._old_layers, self._fresh.arrived)
        pulled = {(item.proposal, item.number) for item in outbox.items(self._old) if item.pulled}
        lost = [told for told in self._fresh.standing if told.came_to is not State.APPROVED]
        gone = [(told.proposal, told.number) for told in lost if (told.proposal, told.number) in pulled]
        for place, changes in outbox.changes_of(self._old, self._old_layers, gone).items():
            found[place] = (*(change.inverted() for change in reversed(changes)), *found.get(place, ()))
        return found

    def _verify(self, new: sqlite3.Connection, carriers: Iterable[Carrier]) -> None:
        for carrier in carriers:
            missing = carrier.missing()
            if missing:
                raise WorkingCopyError("rebase.unverified", layer=carrier.layer.id, keys=missing[:20])
        differing = carrying.differing_tables(self._old, new)
        if differing:
            raise WorkingCopyError("rebase.unverified", tables=differing)

    def _set_standing(self, new: sqlite3.Connection) -> None:
        for told in self._fresh.standing:
            standing.settle(new, self._new_layers, told)
        outbox.mark_pulled(new, self._fresh.arrived)


def edits_of(connection: sqlite3.Connection, layers: Layers, refs: Iterable[Ref]) -> tuple[Piece, ...]:
    """My edits of features that are to go."""
    return tuple(piece for ref in refs for piece in withdrawing.pieces(connection, layers[ref.layer], [ref.key]))


class _Moved(Exception):  # noqa: N818  # never leaves this module
    """Somebody wrote into the old file after it was read."""


def _version(database: Database) -> int:
    """Another one after any write by others."""
    (found,) = database.connection.execute("PRAGMA data_version").fetchone()
    return int(found)


def _taken_over(database: Database, part: Path, seen: int) -> bool:
    """False where the file was written since ``seen``. Raises ``working_copy.in_edit``, ``working_copy.busy``."""

    def check() -> None:
        if _version(database) != seen:
            raise _Moved
        lease.refuse(database.path)

    try:
        aside.take_over(part, database.path, check)
    except _Moved:
        return False
    return True


@contextmanager
def _written(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction on a file that nobody else has. What is deleted in it is overwritten."""
    connection.execute("PRAGMA synchronous=OFF")
    withdrawing.prepare(connection)
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")


def _always_written(database: Database) -> WorkingCopyError:
    return WorkingCopyError("working_copy.busy", path=str(database.path), reason="it is being written all the time")
