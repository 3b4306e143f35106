"""The working copy: one commune's planning data in a local GeoPackage that any program may edit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Optional, Union

from commune_planning_plugin.core.balance import LAYER as PLOTS
from commune_planning_plugin.core.balance import Extent
from commune_planning_plugin.core.changes import Change, Rows
from commune_planning_plugin.core.geometry import Ground
from commune_planning_plugin.core.schema import Catalogue, Layer, Values
from commune_planning_plugin.store import (
    aside,
    building,
    evolving,
    health,
    lease,
    leftovers,
    listing,
    migrating,
    neighbours,
    places,
    plots,
    pulling,
    rebasing,
    references,
    restoring,
    reverting,
    salvage,
    state,
    taking_out,
    withdrawing,
)
from commune_planning_plugin.store.conflict_book import ConflictBook
from commune_planning_plugin.store.contact_book import ContactBook
from commune_planning_plugin.store.drafting import Drafts
from commune_planning_plugin.store.evolving import Evolution
from commune_planning_plugin.store.gpkg import Bounds
from commune_planning_plugin.store.model import (
    Checkpoint,
    Damage,
    Identity,
    LocalChange,
    LocalDiff,
    PullResult,
    Ref,
    RemoteChange,
    by_layer,
)
from commune_planning_plugin.store.pulling import StagedPull
from commune_planning_plugin.store.rebasing import Fresh
from commune_planning_plugin.store.restoring import Restored, UnderWay
from commune_planning_plugin.store.rows import Table
from commune_planning_plugin.store.sending import Outbox
from commune_planning_plugin.store.sql import Database, connected
from commune_planning_plugin.store.taking_out import SavedEdits
from commune_planning_plugin.store.unsent import Piece, UnsentWork
from commune_planning_plugin.store.witness_book import WitnessBook

LONGEST_APPLY_S = 2.0
"""A pull that would keep the file locked for longer is applied to a copy of it."""


def _nothing(_fraction: float) -> None:
    return None


def _never() -> bool:
    return False


class WorkingCopy:
    """One open file. Belongs to the thread that opened it; opening is cheap, so each thread opens its own.

    Every method raises ``WorkingCopyError``: ``working_copy.missing`` when the file was moved away under us, ``working_copy.busy``
    when another program is writing, ``working_copy.disk_full``, ``working_copy.damaged``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stamp: Optional[str] = None
        self._read_catalogue = self.catalogue

    @classmethod
    def create(
        cls,
        path: Union[str, Path],
        snapshot: Union[str, Path],
        identity: Identity,
        catalogue: Catalogue,
        checkpoint: Checkpoint,
        progress: Callable[[float], None] = _nothing,
        cancelled: Callable[[], bool] = _never,
        packed: Optional[Path] = None,
        cleared: Optional[bool] = None,
    ) -> WorkingCopy:
        """Build index and tracking for the plain ``snapshot`` and move it to ``path``; the compressed snapshot stays beside it:
        ``packed``, which is taken away then, or one made here. ``cleared``: whether it is what a cleared account sees.

        Cancelled (``Cancelled``) or killed, it leaves nothing at ``path``. Raises ``WorkingCopyError``: ``working_copy.exists``,
        ``working_copy.network_share``, ``working_copy.read_only``; ``InvalidData('snapshot.malformed')``.
        """
        building.create(Path(path), Path(snapshot), identity, catalogue, checkpoint, progress, cancelled, packed, cleared)
        return cls.open(path)

    @classmethod
    def open(cls, path: Union[str, Path], expected: Optional[Identity] = None, wait: float = 0.0) -> WorkingCopy:
        """``wait`` is how many seconds another program's lock is waited for; none on the main thread.

        A file of an older version of the plugin is brought up to date, edits included; see `migrating.migrate` for what it raises.
        Raises ``WorkingCopyError``: ``working_copy.missing``, ``.read_only``, ``.network_share``, ``.not_a_working_copy``,
        ``.damaged``, ``.newer``, ``.other_hub``, ``.other_commune``.
        """
        path = Path(path)
        places.check_file(path)
        database = Database(path, wait)
        try:
            with database.reading() as connection:
                state.check(connection, path, expected)
            migrating.migrate(database)
            return cls(database)
        except BaseException:
            database.close()
            raise

    @classmethod
    def open_to_read(cls, path: Union[str, Path], wait: float = 0.0) -> WorkingCopy:
        """Where `open` raises one of `places.ONLY_READ`: nothing is written, and what would write raises ``.read_only``.

        Raises as `open`, and ``working_copy.read_only`` for a file of an older version of the plugin.
        """
        path = Path(path)
        places.check_readable(path)
        database = Database(path, wait, reading=True)
        try:
            with database.reading() as connection:
                state.check(connection, path, None)
                state.check_current(connection, path)
            return cls(database)
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> WorkingCopy:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        return self._database.path

    @property
    def catalogue(self) -> Catalogue:
        """As the file has it now: another thread's or program's pull may have changed it."""
        with self._database.reading() as connection:
            stamp = state.get(connection, "catalogue_stamp")
            if stamp != self._stamp:
                self._read_catalogue, self._stamp = state.catalogue(connection), stamp
            return self._read_catalogue

    @cached_property
    def identity(self) -> Identity:
        with self._database.reading() as connection:
            return state.identity(connection)

    @property
    def checkpoint(self) -> Checkpoint:
        with self._database.reading() as connection:
            return state.checkpoint(connection)

    @property
    def cleared(self) -> bool:
        """Whether it has what only a cleared account may see."""
        with self._database.reading() as connection:
            return state.cleared(connection)

    @property
    def instance(self) -> str:
        """Names this file among all copies."""
        return self._fact("instance") or ""

    @property
    def last_pull_at(self) -> Optional[str]:
        return self._fact("last_pull_at")

    @property
    def default_plan(self) -> Optional[str]:
        """The plan that a new feature gets when it is drawn without one."""
        return self._fact("default_plan")

    def set_default_plan(self, plan: Optional[str]) -> None:
        with self._database.writing() as connection:
            state.put(connection, default_plan=plan)

    def damage(self) -> list[Damage]:
        """Layers whose edits are no longer surely recorded; look before a pull and a submit."""
        with self._database.reading() as connection:
            return health.damage(connection, self._layers)

    def changes(self) -> LocalDiff:
        """Everything that differs from the province. Takes time by edits, not by features."""
        with self._database.reading() as connection:
            return listing.changes(connection, self.catalogue)

    def status(self) -> tuple[LocalChange, ...]:
        """As `changes`, for a person's eye: with title, place and where each stands."""
        with self._database.reading() as connection:
            return listing.status(connection, self.catalogue)

    def revert(self, refs: Iterable[Ref]) -> None:
        """Bring back the province's rows. Raises ``working_copy.in_edit`` while one of the layers is being edited anywhere."""
        with self._database.writing() as connection:
            for layer_id, keys in by_layer(refs).items():
                lease.refuse(self.path, layer_id)
                reverting.revert(connection, self.catalogue.layer(layer_id), keys)

    def compare_with_snapshot(self, layer_id: str) -> LocalDiff:
        """All changes of a layer whose tracking is lost, by full comparison with what the province sent. Takes time by features.

        Raises ``working_copy.no_snapshot``, ``layer.missing``.
        """
        with self._database.reading() as connection:
            pairs, problems = salvage.compare(connection, self.catalogue.layer(layer_id), self.path)
        return listing.local_diff(pairs, problems, self.catalogue)

    def rearm(self, layer_id: str) -> None:
        """Put a damaged layer under tracking again, with its present rows; what differs from the province are local changes then.

        Raises ``working_copy.no_snapshot``, ``layer.missing``, ``working_copy.in_edit``.
        """
        with self._database.writing() as connection:
            lease.refuse(self.path, layer_id)
            salvage.rearm(connection, self.catalogue.layer(layer_id), self.path)

    def export_edits(self, layer_id: str, into: Union[str, Path]) -> int:
        """Copy all rows of a layer, as they are, into a new GeoPackage; gives their number. Raises ``working_copy.exists``."""
        with self._database.reading() as connection:
            return taking_out.export(connection, self.catalogue.layer(layer_id), Path(into))

    def save_edits(self) -> SavedEdits:
        """All local edits in a GeoPackage beside the working copy, for whatever comes; the same edits are saved once."""
        with self._database.reading() as connection:
            return taking_out.save_edits(connection, self.catalogue, self.path)

    def row(self, ref: Ref) -> Optional[Values]:
        """The feature as it is in the file; None where it isn't there or can't be read."""
        with self._database.reading() as connection:
            found = Table(connection, self.catalogue.layer(ref.layer)).by_key(ref.key)
            return found.row if found is not None else None

    def rows_meeting(self, layer_id: str, *places: Bounds) -> Rows:
        """Rows of a layer whose bounds meet one of ``places`` (metres), edits included."""
        with self._database.reading() as connection:
            return Table(connection, self.catalogue.layer(layer_id)).meeting(places)

    def rows_of_plan(self, layer_id: str, plan: str) -> Rows:
        """The plan's rows of a layer, edits included."""
        with self._database.reading() as connection:
            return Table(connection, self.catalogue.layer(layer_id)).of_plan(plan)

    def plot_sums(self, plan: str, without: Collection[str], apart: Optional[Ground] = None) -> dict[str, Extent]:
        """By land function, the plan's plots that are here, besides those with the keys ``without`` and what lies ``apart``."""
        layer = self._layers.get(PLOTS)
        with self._database.reading() as connection:
            return plots.sums(connection, layer, plan, without, apart) if layer is not None else {}

    def communes_of(self, change: Change) -> tuple[str, ...]:
        """Codes of the other communes in which the feature lies or lay: they are to be asked."""
        row = self.row(Ref(change.layer, change.key))
        rows = [values for values in (change.old, change.new, row) if values is not None]
        return neighbours.communes_of(self._neighbours, self.identity.commune, rows)

    def proposed_lineage(self, changes: Iterable[Change]) -> Mapping[str, tuple[str, ...]]:
        """For each inserted feature the keys of those whose ground it took over."""
        return neighbours.lineage(changes)

    def stage(
        self,
        changes: Iterable[RemoteChange],
        revisions: Sequence[Any],
        target: Checkpoint,
        cancelled: Callable[[], bool] = _never,
        catalogue: Optional[Catalogue] = None,
    ) -> StagedPull:
        """Decode and merge, without a write. ``revisions`` have ``proposal`` and ``version`` as in `Revision`.

        ``catalogue`` is the hub's, of which the changes are; its layers must be ones that the file's can become (see `evolution`).
        ``cancelled`` is asked at each feature; raises ``Cancelled``.
        """
        arrived = list(changes)  # all of them first: what is read below must not keep others from writing while pages load
        with self._database.reading() as connection:
            health.refuse(health.damage(connection, self._layers))
            ours, theirs = self.catalogue, catalogue or self.catalogue
            layers = {layer.id: layer for layer in theirs.layers}
            with evolving.foreseen(connection, ours, theirs):
                staged = pulling.stage(connection, layers, arrived, revisions, target, cancelled)
            return replace(staged, catalogue=catalogue)

    def apply(self, staged: StagedPull, leases_checked: bool = True, cancelled: Callable[[], bool] = _never) -> PullResult:
        """Write layers, rows, conflicts and checkpoint in one transaction: killed or cancelled anywhere, the file is at a revision.

        Raises ``working_copy.in_edit`` with ``holders``, ``working_copy.checkpoint_moved`` when another pull came first (this one
        applied twice included), ``working_copy.busy``, ``tracking.lost``, ``pull.edited_meanwhile``.
        """
        if staged.seconds_to_apply > LONGEST_APPLY_S and leases_checked and not staged.withdrawn:
            lease.refuse(self.path)
            with self._database.reading() as connection:
                health.refuse(health.damage(connection, self._layers))
            return rebasing.apply(self._database, lambda connection: self._applied(connection, staged, cancelled))
        withdrawing.prepare(self._database.connection)
        hanging = references.left_hanging(self._database.connection, bool(staged.withdrawn))
        with hanging, self._database.writing() as connection:
            if leases_checked:
                lease.refuse(self.path)
            health.refuse(health.damage(connection, self._layers))
            result = self._applied(connection, staged, cancelled)
        self.finish_erasing()
        return result

    def finish_erasing(self) -> bool:
        """Erase what a pull could not: withdrawn features beside the file and in its log. False: to be tried again."""
        return leftovers.erase(self._database.connection, self.path)

    def _applied(self, connection: sqlite3.Connection, staged: StagedPull, cancelled: Callable[[], bool]) -> PullResult:
        ours = self.catalogue
        theirs = staged.catalogue or ours
        if theirs != ours:
            evolving.evolve(connection, ours, theirs)
            state.put_catalogue(connection, theirs)
        return pulling.apply(connection, {layer.id: layer for layer in theirs.layers}, staged, cancelled)

    def evolution(self, catalogue: Catalogue) -> Evolution:
        """What the hub's ``catalogue`` has made of this file's layers; with obstacles in it no pull is possible."""
        return evolving.between(self.catalogue, catalogue)

    def absent_from(self, snapshot: Path) -> Mapping[Ref, Optional[str]]:
        """Features of which something was made here, copies beside the file included, and that a plain snapshot has no row of, with
        their birth ids where these are known. Raises ``tracking.lost``."""
        with self._database.reading() as connection, closing(connected(snapshot, 0.0)) as fresh:
            health.refuse(health.damage(connection, self._layers))
            layers = self._layers.values()
            return rebasing.absent(connection, layers, fresh, leftovers.mentioned(self.path, layers))

    def forget(self, withdrawn: Iterable[Ref]) -> None:
        """This file was begun afresh: those that it followed are to hold nothing of ``withdrawn``, and to show no more than it."""
        withdrawing.prepare(self._database.connection)
        with self._database.writing() as connection:
            withdrawing.erase(connection, self._layers, tuple(withdrawn))
            leftovers.narrow_later(connection)
        self.finish_erasing()

    def edits_of(self, refs: Iterable[Ref]) -> tuple[Piece, ...]:
        """What somebody made of these features, to be sealed before they go."""
        with self._database.reading() as connection:
            return rebasing.edits_of(connection, self._layers, refs)

    def rebase(
        self, fresh: Fresh, progress: Callable[[float], None] = _nothing, cancelled: Callable[[], bool] = _never
    ) -> PullResult:
        """Go on from another snapshot, with every edit, draft and version carried over; see `store/rebasing`.

        Cancelled (``Cancelled``) or killed, the file is as before. A copy of it stays beside it until the next start, without what
        the fresh snapshot doesn't show and nobody edited. Raises ``rebase.unverified``, ``working_copy.in_edit``,
        ``working_copy.busy``, ``tracking.lost``, ``pull.edited_meanwhile``.
        """
        lease.refuse(self.path)
        with self._database.reading() as connection:
            health.refuse(health.damage(connection, self._layers))
        result = rebasing.rebase(self._database, self._layers, fresh, building.Watch(progress, cancelled))
        self.finish_erasing()
        return result

    def clean_up(self) -> None:
        """Remove what a killed process left beside the file, and copies of how it was before this start."""
        aside.clean_up(self.path, building.retained_snapshot(self.path, self._fact("snapshot")))

    def also_keys(self) -> tuple[str, ...]:
        """Features outside the area that are kept here because they were edited."""
        with self._database.reading() as connection:
            return tuple(key for (key,) in connection.execute("SELECT key FROM planning_also ORDER BY key"))

    @property
    def drafts(self) -> Drafts:
        """Proposals being written."""
        return Drafts(self._database, self.catalogue)

    @property
    def outbox(self) -> Outbox:
        """Frozen versions, until their decision has been pulled."""
        return Outbox(self._database, self.catalogue)

    @property
    def conflicts(self) -> ConflictBook:
        """What both sides changed, until a person has decided."""
        return ConflictBook(self._database, self.catalogue)

    @property
    def contact_book(self) -> ContactBook:
        """What it shows of itself at each contact with the hub."""
        return ContactBook(self._database, self._layers)

    @property
    def witnesses(self) -> WitnessBook:
        """Signed heads of the hub's audit, as they were seen here."""
        return WitnessBook(self._database)

    @property
    def unsent_work(self) -> UnsentWork:
        """What is not at the hub yet, as pieces that can be kept there."""
        return UnsentWork(self._database, self.catalogue)

    def restore(
        self, pieces: Sequence[Piece], under_way: Mapping[tuple[str, str], UnderWay], files: Mapping[str, bytes]
    ) -> Restored:
        """Bring unsent work of another working copy into this one; see `restoring`. Raises ``working_copy.in_edit``."""
        with self._database.writing() as connection:
            for layer_id in restoring.edited_layers(pieces):
                lease.refuse(self.path, layer_id)
            health.refuse(health.damage(connection, self._layers))
            return restoring.restore(connection, self._layers, pieces, under_way, files)

    @property
    def _layers(self) -> dict[str, Layer]:
        return {layer.id: layer for layer in self.catalogue.layers}

    @cached_property
    def _neighbours(self) -> tuple[neighbours.Neighbour, ...]:
        with self._database.reading() as connection:
            return neighbours.read(connection)

    def _fact(self, name: str) -> Optional[str]:
        with self._database.reading() as connection:
            return state.get(connection, name)
