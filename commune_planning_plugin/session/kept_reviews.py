"""Opening a proposal: at the hub, and kept from there for a time without connection."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Optional

from commune_planning_plugin.core.errors import HubUnreachable, WorkingCopyError
from commune_planning_plugin.core.schema import Catalogue
from commune_planning_plugin.core.workflow import Step

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from commune_planning_plugin.sync.client import HubClient
    from commune_planning_plugin.sync.detail_documents import ProposalDetail

CATALOGUE = "catalogue"


@dataclass(frozen=True)
class Opened:
    """A proposal with the catalogue that explains it; ``at`` says when it was kept, where the hub couldn't be asked now."""

    detail: ProposalDetail
    catalogue: Catalogue
    at: Optional[datetime] = None


def opened_or_kept(client: HubClient, proposal: str, box: Optional[Path]) -> Opened:
    """As the hub has it; without connection as it was opened last. Raises ``HubError`` where it wasn't."""
    try:
        catalogue = client.catalogue()
        detail = client.proposal(proposal)
    except HubUnreachable:
        kept = _kept(box, proposal) if box is not None else None
        if kept is None:
            raise
        return kept
    if box is not None:
        with suppress(WorkingCopyError):  # a full or write-protected disk keeps nobody from looking
            _keep(box, proposal, detail.document, catalogue)
    return Opened(detail, catalogue)


def taken_up(client: HubClient, detail: ProposalDetail) -> ProposalDetail:
    """The proposal as it is once it is taken into review. Raises ``HubError``.

    It isn't asked for anew: taking it into review changes nothing of its changes. The hub judges all of them for that, so nobody
    waits for it who wants to look at them.
    """
    summary = client.step(detail.summary.id, Step.OPEN, str(uuid.uuid4()), detail.summary.version)
    taken = () if summary.last_step is None else (summary.last_step,)
    return replace(detail, summary=summary, steps=(*detail.steps, *taken))


def _keep(path: Path, proposal: str, document: Mapping[str, Any], catalogue: Catalogue) -> None:
    from commune_planning_plugin.store.mailbox import Mailbox

    plain = catalogue.to_json()
    with Mailbox.open(path) as box:
        box.keep_review(proposal, document)
        kept = box.kept(CATALOGUE)
        if kept is None or kept.document != plain:
            box.keep(CATALOGUE, plain)


def _kept(path: Path, proposal: str) -> Optional[Opened]:
    from commune_planning_plugin.store.mailbox import Mailbox
    from commune_planning_plugin.sync.detail_documents import ProposalDetail

    with Mailbox.open(path) as box:
        review, catalogue = box.review(proposal), box.kept(CATALOGUE)
    if review is None or catalogue is None:
        return None
    known = Catalogue.from_json(catalogue.document)
    detail = ProposalDetail.from_json({layer.id: layer for layer in known.layers}, review.document)
    return Opened(replace(detail, summary=replace(detail.summary, can=())), known, review.at)
