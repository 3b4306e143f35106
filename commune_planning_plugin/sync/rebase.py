"""Going on from a fresh snapshot where the hub can't tell what has changed since a working copy's checkpoint.

After a restore the hub may have lost more than the checkpoint: versions that were sent, and decisions about them. What it doesn't
know is sent again; a version has the same bytes then, so that nothing is there twice.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Optional

from commune_planning_plugin.core.errors import InvalidData, PlanningError
from commune_planning_plugin.core.schema import Catalogue
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store import Fresh, WorkingCopy
from commune_planning_plugin.store.deciding import LEFT_AREA
from commune_planning_plugin.store.model import Checkpoint, OutboxItem, PullResult, Ref, RemoteChange
from commune_planning_plugin.store.withdrawing import WITHDRAWN
from commune_planning_plugin.sync import contact
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.feedback import SILENT, Feedback, Progress
from commune_planning_plugin.sync.proposal_documents import ProposalSummary

RESTORED, AREA, CLEARANCE, INCOMPLETE = "restored", "area", "clearance", "incomplete"
_REASONS = {"area_epoch": AREA, "clearance": CLEARANCE}


def reason_for(error: PlanningError) -> Optional[str]:
    """Why a pull that failed with ``error`` needs a fresh snapshot; None where that wouldn't help."""
    if error.code == "checkpoint.unknown":
        return _REASONS.get(str(error.details.get("reason")), RESTORED)
    return INCOMPLETE if error.code == "pull.incomplete" else None


def rebase(working_copy: WorkingCopy, client: HubClient, reason: str, feedback: Feedback = SILENT) -> PullResult:
    """Download a snapshot, and go on from it with all that was made here. Until the end the working copy is as it was.

    Raises ``HubError`` (what was downloaded is kept for the next call), ``Cancelled``, and as `WorkingCopy.rebase`.
    """
    path, commune, catalogue = working_copy.path, working_copy.identity.commune, client.catalogue()
    snapshot = client.download_snapshot(commune, path.with_name(f"{path.name}.download"), feedback)

    def built(fraction: float) -> None:
        feedback.progress(Progress("build", done_features=int(fraction * snapshot.features), total_features=snapshot.features))

    try:
        standing = contact.standing(working_copy, client, platform.node())
        known = {summary.id: summary for summary in client.proposals("mine")}
        absent = asked(client, commune, working_copy.absent_from(snapshot.path))
        withdrawn = [ref for ref, news in absent.items() if news.kind == WITHDRAWN]
        sealed = working_copy.edits_of(withdrawn)
        contact.seal(working_copy, client, withdrawn, sealed, platform.node())  # without its receipt nothing goes
        fresh = Fresh(
            snapshot.path,
            _as_of(catalogue, commune, snapshot.area_epoch),
            snapshot.checkpoint,
            absent,
            _arrived(working_copy.outbox.items(), known, snapshot.checkpoint),
            standing,
            snapshot.packed,
            sealed,
            snapshot.cleared,
        )
        result = working_copy.rebase(fresh, built, feedback.cancelled)
    except InvalidData:
        snapshot.forget()
        raise
    finally:
        snapshot.path.unlink(missing_ok=True)
    snapshot.forget()
    return replace(result, fresh=reason)


def _arrived(items: Iterable[OutboxItem], known: Mapping[str, ProposalSummary], reached: Checkpoint) -> tuple[tuple[str, int], ...]:
    """My versions whose approval the snapshot has."""
    found = []
    for item in items:
        summary = known.get(item.proposal)
        if summary is None or item.pulled or (summary.version, summary.state) != (item.number, State.APPROVED):
            continue
        if (summary.revision or 0) <= reached.number:
            found.append((item.proposal, item.number))
    return tuple(found)


def asked(client: HubClient, commune: str, absent: Mapping[Ref, Optional[str]]) -> dict[Ref, RemoteChange]:
    """What has become of each of ``absent``: it lies outside the area, was hidden from this account, or isn't there."""
    births: dict[str, dict[str, Optional[str]]] = {}
    for ref, birth in absent.items():
        births.setdefault(ref.layer, {})[ref.key] = birth
    told: dict[Ref, RemoteChange] = {}
    for layer, of_layer in births.items():
        found = client.features(commune, layer, of_layer)
        for key in of_layer:
            row = found.rows.get(key)
            kind = WITHDRAWN if key in found.withdrawn else "delete" if row is None else LEFT_AREA
            told[Ref(layer, key)] = RemoteChange(layer, key, kind, row)
    return told


def _as_of(catalogue: Catalogue, commune: str, epoch: int) -> Catalogue:
    """With the area that the snapshot is of: it may be another one than when the catalogue was fetched."""
    communes = tuple(replace(one, area_epoch=epoch) if one.code == commune else one for one in catalogue.communes)
    return replace(catalogue, communes=communes)
