"""The working copy: a GeoPackage that any program may edit, and that knows what changed. Only sqlite3, no QGIS."""

from __future__ import annotations

from commune_planning_plugin.store.lease import Holder, Lease, held
from commune_planning_plugin.store.model import (
    FEATURE,
    Checkpoint,
    Choice,
    Choices,
    Damage,
    Draft,
    FeatureProblem,
    Identity,
    LastChange,
    LocalChange,
    LocalDiff,
    LocalState,
    OutboxItem,
    OutboxState,
    PullResult,
    Ref,
    RemoteChange,
    Resolution,
    Revision,
    Side,
    StoredConflict,
    Unsent,
)
from commune_planning_plugin.store.pulling import StagedPull
from commune_planning_plugin.store.rebasing import Fresh
from commune_planning_plugin.store.working_copy import WorkingCopy

__all__ = [
    "FEATURE",
    "Checkpoint",
    "Choice",
    "Choices",
    "Damage",
    "Draft",
    "FeatureProblem",
    "Fresh",
    "Holder",
    "Identity",
    "LastChange",
    "Lease",
    "LocalChange",
    "LocalDiff",
    "LocalState",
    "OutboxItem",
    "OutboxState",
    "PullResult",
    "Ref",
    "RemoteChange",
    "Resolution",
    "Revision",
    "Side",
    "StagedPull",
    "StoredConflict",
    "Unsent",
    "WorkingCopy",
    "held",
]
