"""All that a proposal is decided on: its changes with whole rows, findings, and what lies around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Optional

from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.rules import Finding
from commune_planning_plugin.core.schema import Values
from commune_planning_plugin.core.wire import decode_values
from commune_planning_plugin.store.model import LastChange
from commune_planning_plugin.sync.documents import Layers, Plain, last_change, layer_of, reading, rekeyed
from commune_planning_plugin.sync.proposal_documents import ProposalSummary, StepTaken


@dataclass(frozen=True)
class ReviewConflict:
    """Why a change can't be merged as it is."""

    kind: ConflictKind
    attributes: tuple[str, ...]


@dataclass(frozen=True)
class ReviewItem:
    """One change of a proposal as it would be, or was, applied; whole rows, None where there is none. ``restores``: it brings
    back a feature that was removed. ``last_change`` is the province's side of a conflict, where the hub tells it."""

    layer: str
    key: str
    kind: str
    before: Optional[Values]
    after: Optional[Values]
    conflict: Optional[ReviewConflict]
    restores: bool = False
    last_change: Optional[LastChange] = None

    @classmethod
    def from_json(cls, layers: Layers, plain: Plain) -> ReviewItem:
        with reading("review"):
            layer = layer_of(layers, plain["layer"])
            clash = plain.get("conflict")
            return cls(
                layer=layer.id,
                key=str(plain["key"]),
                kind=str(plain["kind"]),
                before=decode_values(layer, plain["before"]),
                after=decode_values(layer, plain["after"]),
                conflict=ReviewConflict(ConflictKind(clash["kind"]), tuple(clash["attributes"])) if clash else None,
                restores=bool(plain.get("restores", False)),
                last_change=last_change(plain["last_change"]) if plain.get("last_change") else None,
            )


@dataclass(frozen=True)
class ContextRow:
    """A feature near by that the proposal doesn't change."""

    layer: str
    key: str
    row: Values

    @classmethod
    def from_json(cls, layers: Layers, plain: Plain) -> ContextRow:
        with reading("context"):
            layer = layer_of(layers, plain["layer"])
            return cls(layer.id, str(plain["key"]), decode_values(layer, plain["row"]) or {})


@dataclass(frozen=True)
class ProposalDetail:
    """All that a decision is made on. ``result_hash`` names the merge result as shown here; approving carries it. ``document`` is
    the answer as it came."""

    summary: ProposalSummary
    content: Version
    steps: tuple[StepTaken, ...]
    findings: tuple[Finding, ...]
    review: tuple[ReviewItem, ...]
    result_hash: Optional[str]
    context: tuple[ContextRow, ...]
    rekeyed: Mapping[str, str]
    document: Plain = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_json(cls, layers: Layers, plain: Plain) -> ProposalDetail:
        with reading("proposal"):
            return cls(
                summary=ProposalSummary.from_json(plain),
                content=Version.from_json(layers, plain["content"]),
                steps=tuple(StepTaken.from_json(item) for item in plain["steps"]),
                findings=tuple(Finding.from_json(item) for item in plain["findings"]),
                review=tuple(ReviewItem.from_json(layers, item) for item in plain["review"]),
                result_hash=plain["result_hash"],
                context=tuple(ContextRow.from_json(layers, item) for item in plain["context"]),
                rekeyed=rekeyed(plain["rekeyed"]),
                document=plain,
            )
