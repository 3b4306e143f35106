"""What the working copy gives out and takes in: plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Optional, Union

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.proposal import Attachment
from commune_planning_plugin.core.schema import Values
from commune_planning_plugin.core.workflow import State, outcome
from commune_planning_plugin.store.gpkg import Bounds


@dataclass(frozen=True)
class Checkpoint:
    """The revision that a working copy has reached: number and random id."""

    number: int
    id: str


@dataclass(frozen=True)
class Identity:
    """What a working copy is a copy of, and for whom."""

    hub_id: str
    hub_url: str
    commune: str
    account: str


@dataclass(frozen=True)
class Ref:
    """One feature, by its layer's id and its key."""

    layer: str
    key: str


def by_layer(refs: Iterable[Ref]) -> dict[str, list[str]]:
    """Keys, in their order."""
    found: dict[str, list[str]] = {}
    for ref in refs:
        found.setdefault(ref.layer, []).append(ref.key)
    return found


@dataclass(frozen=True)
class FeatureProblem:
    """A touched feature that can't be proposed as it is: ``code`` says why, ``place`` where (None where nobody can tell)."""

    layer: str
    key: Optional[str]
    fid: int
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)
    place: Optional[Bounds] = None


class LocalState(str, Enum):
    """Where a local change stands. ``BOTH``: part of a pending proposal, and edited on since."""

    LOCAL = "local"
    IN_PROPOSAL = "in_proposal"
    BOTH = "both"
    CONFLICT = "conflict"


class Side(str, Enum):
    """Whose values a person takes."""

    MINE = "mine"
    PROVINCE = "province"


Choice = Union[Side, bytes]
"""What a person takes of one attribute: a side's value or, of the geometry, a newly drawn one (ISO WKB)."""

Choices = Mapping[str, Choice]
"""By attribute. One of a group speaks for the whole group; `FEATURE` is chosen where one side deleted the feature."""

FEATURE = "feature"
"""Whether the feature stays: in its place no attribute can be chosen where one side deleted it."""


@dataclass(frozen=True)
class LastChange:
    """How a feature came to be as the province has it: in which revision, when (ISO 8601, UTC), by whom (empty where
    the province's database was edited directly); ``title`` is that of the proposal, None where the account may not read it."""

    revision: int
    at: str
    by: str
    title: Optional[str] = None


@dataclass(frozen=True)
class StoredConflict:
    """A clash that waits for a person; ``base`` and ``remote`` are whole rows, None where the feature was not there.

    ``choices`` are what was chosen so far, ``drawn`` the geometry that was drawn for it, chosen or not. ``parts`` are the local
    features that took over ground of it (the lots that it was split into), which the decision concerns as well. ``refused``: there
    is no clash of edits; a constraint of the file, put there by another program, didn't take what the province has.
    ``last_change`` is the province's, None where the hub hasn't told.
    """

    layer: str
    key: str
    kind: ConflictKind
    attributes: tuple[str, ...]
    base: Optional[Values]
    remote: Optional[Values]
    choices: Choices = field(default_factory=dict)
    drawn: Optional[bytes] = None
    parts: tuple[Ref, ...] = ()
    refused: bool = False
    last_change: Optional[LastChange] = None

    @property
    def about_existence(self) -> bool:
        """Whether one side deleted the feature: then only that is decided."""
        return self.kind in (ConflictKind.DELETED_HERE, ConflictKind.DELETED_AT_PROVINCE)


@dataclass(frozen=True)
class Resolution:
    """A resolved conflict that can still be undone; resolutions of one ``batch`` were made together, a later one has more."""

    ref: Ref
    batch: int
    at: str


@dataclass(frozen=True)
class LocalChange:
    """A change as a person sees it in the list. ``row`` is my whole row, None after a delete.

    ``proposals`` wait for an answer about the feature, each standing on those before; ``later`` is what was changed since.
    """

    change: Change
    title: str
    place: Optional[Bounds]
    state: LocalState
    proposals: tuple[str, ...] = ()
    conflict: Optional[StoredConflict] = None
    row: Optional[Values] = None
    later: Optional[Change] = None

    @property
    def proposal(self) -> Optional[str]:
        """The last that waits."""
        return self.proposals[-1] if self.proposals else None

    @property
    def proposable(self) -> Change:
        """What a new proposal would say of it."""
        return self.later if self.state is LocalState.BOTH and self.later is not None else self.change


@dataclass(frozen=True)
class Damage:
    """A layer whose edits are no longer surely recorded. Codes: ``layer.missing``, ``tracking.lost``, ``schema.changed``,
    ``registration.lost``, ``index.lost``, ``tracking.off`` (``layer`` is then empty)."""

    layer: str
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LocalDiff:
    """All changes against the province. Layers named by ``damage`` are left out: see `WorkingCopy.compare_with_snapshot`."""

    changes: tuple[Change, ...]
    problems: tuple[FeatureProblem, ...]
    damage: tuple[Damage, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A proposal being written; ``number`` is the version it will be sent as, ``linked`` the proposals that share its ground."""

    proposal: str
    number: int
    plan: Optional[str] = None
    title: str = ""
    ground: Optional[int] = None
    reason: str = ""
    refs: tuple[Ref, ...] = ()
    files: tuple[Attachment, ...] = ()
    updated_at: str = ""
    linked: tuple[str, ...] = ()


class OutboxState(str, Enum):
    """Where a frozen version is on its way."""

    QUEUED = "queued"
    SENT = "sent"
    DECIDED = "decided"
    REFUSED = "refused"


@dataclass(frozen=True)
class OutboxItem:
    """A frozen version, as the exact bytes to send. ``decision`` is the proposal's state once decided."""

    proposal: str
    number: int
    body: bytes
    hash: str
    state: OutboxState
    problem: Optional[dict[str, Any]] = None
    decision: Optional[str] = None
    pulled: bool = False


@dataclass(frozen=True)
class Standing:
    """Where a version stands at the hub, whose newest of the proposal is ``newest``. ``state`` None: the hub doesn't have it."""

    proposal: str
    number: int
    state: Optional[State]
    newest: Optional[int]

    @property
    def came_to(self) -> Optional[State]:
        """None while it is waited for, or has to be sent."""
        return None if self.state is None or self.newest is None else outcome(self.number, self.newest, self.state)


@dataclass(frozen=True)
class Unsent:
    """What a person is to know of a version that the hub doesn't have: ``state`` is QUEUED, or REFUSED with the hub's ``problem``.

    ``attempted`` says that it was on its way once: the hub may have it, though its answer was lost.
    """

    proposal: str
    number: int
    title: str
    plan: str
    changes: int
    since: str
    state: OutboxState
    attempted: bool = False
    problem: Optional[dict[str, Any]] = None


@dataclass(frozen=True)
class RemoteChange:
    """The province's net change of one feature: insert, update, delete, left_area, withdrawn; ``new`` has what was touched."""

    layer: str
    key: str
    kind: str
    new: Optional[Values]


@dataclass(frozen=True)
class Revision:
    """One of the revisions that a pull brings; ``proposal`` and ``version`` where it came from an approval."""

    number: int
    id: str
    proposal: Optional[str] = None
    version: Optional[int] = None


@dataclass(frozen=True)
class PullResult:
    """What a pull did to the file, in features.

    ``merged``: my edits and the province's now stand together; ``left``: they still exist, but outside the commune's area.
    ``fresh``: why the file went on from a fresh snapshot; then only `merged` and `conflicts` are counted. Empty otherwise.
    ``sealed``: hidden from me now, my edits of them are at the hub.
    """

    inserted: int = 0
    updated: int = 0
    deleted: int = 0
    merged: int = 0
    conflicts: int = 0
    left: int = 0
    sealed: int = 0
    fresh: str = ""
