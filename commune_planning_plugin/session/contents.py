"""What is read out of a working copy, and pulled into it: the background's half of `WorkingCopyController`."""

from __future__ import annotations

import contextlib
import platform
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from commune_planning_plugin.session.context import hub, working_copy, working_copy_to_read
from commune_planning_plugin.store.aside import beginning, beginnings

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.core.schema import Catalogue
    from commune_planning_plugin.store import (
        Checkpoint,
        Damage,
        Draft,
        FeatureProblem,
        Identity,
        LocalChange,
        PullResult,
        Ref,
        Resolution,
        Unsent,
        WorkingCopy,
    )
    from commune_planning_plugin.sync.afresh import Carried


@dataclass(frozen=True)
class Contents:
    """What the session shows of a working copy, read in one go."""

    identity: Identity
    catalogue: Catalogue
    checkpoint: Checkpoint
    last_pull_at: Optional[datetime]
    changes: tuple[LocalChange, ...]
    problems: tuple[FeatureProblem, ...]
    damage: tuple[Damage, ...]
    drafts: tuple[Draft, ...]
    outbox: tuple[Unsent, ...]
    plan_values: Mapping[str, Mapping[str, str]]
    resolutions: tuple[Resolution, ...] = ()
    to_correct: Mapping[str, tuple[Ref, ...]] = field(default_factory=dict)
    only_read: Optional[str] = None


def copy_path(folder: Path, commune: str, hub_id: str) -> Path:
    """The commune's working copy, the last that was begun afresh; without a known hub the one that was used last."""
    if hub_id:
        first = folder / f"{commune}_{hub_id[:8]}.gpkg"
        return max([first, *beginnings(first)], key=beginning)
    found = [file for file in folder.glob(f"{commune}_????????*.gpkg") if beginning(file)]
    return max(found, key=lambda file: file.stat().st_mtime, default=folder / f"{commune}_.gpkg")


def fresh_path(path: Path) -> Path:
    """Beside the working copy at ``path``: where the next one, begun afresh, is to lie."""
    stem = path.stem.rsplit("-", 1)[0] if beginning(path) > 1 else path.stem
    taken = max((beginning(file) for file in beginnings(path)), default=0)
    return path.with_name(f"{stem}-{max(taken, 1) + 1}.gpkg")


def gone(path: Path) -> bool:
    """Whether the file was moved or deleted. A program that still has it open may leave an empty one in its place."""
    return not path.exists() or path.stat().st_size == 0


def may_be_written(path: Path) -> bool:
    from commune_planning_plugin.core.errors import WorkingCopyError
    from commune_planning_plugin.store.places import check_file

    try:
        check_file(path)
    except WorkingCopyError:
        return False
    return True


def first_pull(path: Path, url: str, token: str, commune: str, account: str, feedback: JobFeedback) -> int:
    """How many features came. In a background thread. Raises ``HubError``, ``WorkingCopyError``, ``Cancelled``."""
    from commune_planning_plugin.sync import engine

    engine.first_pull(hub(url, token, feedback), path, commune, account, feedback).close()
    return features_of(path)


def features_of(path: Path) -> int:
    from commune_planning_plugin.store.sql import quoted

    with working_copy(path) as copy:
        tables = [layer.table for layer in copy.catalogue.layers]
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return sum(connection.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()[0] for table in tables)


def fresh_pull(old: Path, path: Path, url: str, token: str, feedback: JobFeedback) -> tuple[int, Carried]:
    """As `first_pull`, with all that was made in the copy at ``old``."""
    from commune_planning_plugin.sync.afresh import begin_afresh

    with working_copy(old) as before:
        carried = begin_afresh(before, hub(url, token, feedback), path, platform.node(), feedback)
    return features_of(path), carried


def later_pull(path: Path, url: str, token: str, feedback: JobFeedback) -> PullResult:
    """In a background thread. Raises as `engine.pull`."""
    from commune_planning_plugin.sync import engine

    with working_copy(path) as copy:
        return engine.pull(copy, hub(url, token, feedback), feedback)


def read_contents(path: Path, only_read: Optional[str] = None) -> Contents:
    """In a background thread; ``only_read`` is the code of why nothing may be written. Raises ``WorkingCopyError``."""
    with working_copy_to_read(path) if only_read else working_copy(path) as copy:
        diff = copy.changes()
        return Contents(
            identity=copy.identity,
            catalogue=copy.catalogue,
            checkpoint=copy.checkpoint,
            last_pull_at=moment(copy.last_pull_at),
            changes=tuple(copy.status()),
            problems=tuple(diff.problems),
            damage=tuple(copy.damage()),
            drafts=tuple(copy.drafts.all()),
            outbox=copy.outbox.unsent(),
            plan_values=plan_values(copy),
            resolutions=copy.conflicts.resolutions(),
            to_correct=copy.outbox.to_correct(),
            only_read=only_read,
        )


def open_contents(path: Path, commune: str, hub_id: str) -> Contents:
    """As `read_contents`, the first time: features drawn without a plan get the commune's own. Of a file that can only
    be read, nothing but that is done.

    Raises ``WorkingCopyError``, also where the file is another commune's, or of another hub than ``hub_id`` (empty: any).
    """
    from commune_planning_plugin.core.errors import WorkingCopyError
    from commune_planning_plugin.store.places import ONLY_READ

    try:
        with working_copy(path) as copy:
            _check(copy, commune, hub_id)
            with contextlib.suppress(WorkingCopyError):
                copy.clean_up()
            if copy.default_plan is None:
                with contextlib.suppress(WorkingCopyError):  # a file in use elsewhere gets it the next time
                    copy.set_default_plan(own_plan(copy.catalogue, copy.identity.commune))
        return read_contents(path)
    except WorkingCopyError as error:
        if error.code not in ONLY_READ:
            raise
        with working_copy_to_read(path) as copy:
            _check(copy, commune, hub_id)
        return read_contents(path, error.code)


def _check(copy: WorkingCopy, commune: str, hub_id: str) -> None:
    from commune_planning_plugin.core.errors import WorkingCopyError

    ours = copy.identity
    if ours.commune != commune:
        raise WorkingCopyError("working_copy.other_commune", path=str(copy.path), found=ours.commune, expected=commune)
    if hub_id and ours.hub_id != hub_id:
        raise WorkingCopyError("working_copy.other_hub", path=str(copy.path), found=ours.hub_url)


def copy_here(path: Path, folder: Path, feedback: JobFeedback) -> Path:
    """The working copy at ``path``, copied into a folder where it can be worked with; the original stays. Raises as `copy_to`."""
    from commune_planning_plugin.store.relocating import copy_to
    from commune_planning_plugin.sync.feedback import Progress

    target, size = folder / path.name, path.stat().st_size
    while target.exists():
        target = fresh_path(target)
    copy_to(path, target, lambda part: feedback.progress(Progress("copy", int(part * size), size)), feedback.cancelled)
    return target


def own_plan(catalogue: Catalogue, commune: str) -> Optional[str]:
    """The plan that new features belong to unless the user says otherwise: the one most of this commune's own."""
    mine = [plan for plan in catalogue.plans if not plan.communes or commune in plan.communes]
    own = sorted(mine, key=lambda plan: (len(plan.communes) or 1000, plan.code))
    return own[0].key if own else None


def repair(copy: WorkingCopy) -> None:
    """Put damaged layers under tracking again; differences to the province become local changes. Raises ``WorkingCopyError``."""
    for layer_id in sorted({damage.layer for damage in copy.damage() if damage.layer}):
        copy.rearm(layer_id)


def moment(text: Optional[str]) -> Optional[datetime]:
    """A stored time, with its zone."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None


def plans_of(changes: Iterable[LocalChange]) -> dict[Ref, str]:
    """The plan of each change that can go into a proposal."""
    from commune_planning_plugin.store import LocalState, Ref

    plans = {}
    for local in changes:
        row = local.row if local.row is not None else local.change.old or {}
        if local.state in (LocalState.LOCAL, LocalState.BOTH):
            plans[Ref(local.change.layer, local.change.key)] = str(row.get("plan") or "")
    return plans


BOUNDARY = "QuyHoach.RanhGioiQuyHoach_A"
"""The layer of plan boundaries: one feature per plan, with the plan's legal codes."""


def plan_values(copy: WorkingCopy) -> dict[str, dict[str, str]]:
    """Legal codes that follow from a feature's plan, by plan key."""
    values = {plan.key: {"maHoSoQH": plan.code} for plan in copy.catalogue.plans}
    if any(layer.id == BOUNDARY for layer in copy.catalogue.layers):
        everywhere = (-1e9, -1e9, 1e9, 1e9)
        for row in copy.rows_meeting(BOUNDARY, everywhere).values():
            known = {name: str(row[name]) for name in ("maThongTinQH", "maHoSoQH") if row.get(name)}
            values.setdefault(str(row.get("plan")), {}).update(known)
    return values


def signature(path: Optional[Path]) -> Optional[tuple[object, ...]]:
    """Changes whenever some program writes the file."""
    if path is None:
        return None
    found: list[object] = []
    for file in (path, Path(f"{path}-wal")):
        try:
            status = file.stat()
            found.append((status.st_mtime_ns, status.st_size))
        except OSError:
            found.append(None)
    return tuple(found)
