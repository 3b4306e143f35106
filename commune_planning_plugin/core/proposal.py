"""A proposal: changes of one plan with ground and reason, frozen by version."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional, TypeVar

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.core.wire import content_hash, decode_change, encode_change, sorted_changes

_T = TypeVar("_T")

GROUNDS = range(1, 9)
"""The eight conditions for adjusting a plan (Law 47/2024/QH15, article 45)."""


@dataclass(frozen=True)
class Attachment:
    """A file of a version, named by its content."""

    sha256: str
    name: str
    size: int


@dataclass(frozen=True)
class Version:
    """What is submitted, and frozen by it: all that a decision is about.

    ``base_number`` and ``base_id`` are the checkpoint that the changes were made on. ``depends_on`` names the undecided proposals
    that they stand on as well; ``linked`` those of other plans that share its ground and are applied with it or not at all.
    """

    proposal: str
    number: int
    commune: str
    plan: str
    title: str
    ground: int
    reason: str
    base_number: int
    base_id: str
    changes: tuple[Change, ...]
    attachments: tuple[Attachment, ...] = ()
    depends_on: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        named = {"depends_on": sorted(self.depends_on), "linked": sorted(self.linked)}
        return {
            "proposal": self.proposal,
            "number": self.number,
            "commune": self.commune,
            "plan": self.plan,
            "title": self.title,
            "ground": self.ground,
            "reason": self.reason,
            "base": {"number": self.base_number, "id": self.base_id},
            "changes": [encode_change(change) for change in sorted_changes(self.changes)],
            "attachments": [{"sha256": a.sha256, "name": a.name, "size": a.size} for a in self.attachments],
            **{name: proposals for name, proposals in named.items() if proposals},
        }

    @classmethod
    def from_json(cls, layers: Mapping[str, Layer], plain: Mapping[str, Any]) -> Version:
        """Raises ``InvalidData``: ``version.malformed``, ``layer.unknown``, or what a change has wrong."""
        try:
            changes = tuple(decode_change(_layer(layers, item["layer"]), item) for item in _of(list, plain["changes"]))
            return cls(
                proposal=_of(str, plain["proposal"]),
                number=_of(int, plain["number"]),
                commune=_of(str, plain["commune"]),
                plan=_of(str, plain["plan"]),
                title=_of(str, plain["title"]),
                ground=_of(int, plain["ground"]),
                reason=_of(str, plain["reason"]),
                base_number=_of(int, plain["base"]["number"]),
                base_id=_of(str, plain["base"]["id"]),
                changes=changes,
                attachments=tuple(_attachment(item) for item in _of(list, plain["attachments"])),
                depends_on=_named(plain, "depends_on"),
                linked=_named(plain, "linked"),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidData("version.malformed", reason=str(error)) from error

    @property
    def hash(self) -> str:
        """Names the content: the same content has the same hash, whoever computes it."""
        return content_hash(self.to_json())


def _of(kind: type[_T], value: Any) -> _T:
    """``value`` itself: a conversion would make another content of it than the one that was sent. ``True`` is no number."""
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} expected, {type(value).__name__} found")
    return value


def _named(plain: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Proposals by id, none twice. Where there are none, nothing is said of them."""
    given = _of(list, plain.get(name, []))
    ids = tuple(_of(str, item) for item in given)
    if sorted(set(ids)) != list(ids) or any(str(uuid.UUID(item)) != item for item in ids) or (name in plain and not ids):
        raise ValueError(f"{name}: proposals in order, each once, expected")
    return ids


def _attachment(plain: Mapping[str, Any]) -> Attachment:
    return Attachment(_of(str, plain["sha256"]), _of(str, plain["name"]), _of(int, plain["size"]))


def _layer(layers: Mapping[str, Layer], layer_id: Any) -> Layer:
    layer: Optional[Layer] = layers.get(_of(str, layer_id))
    if layer is None:
        raise InvalidData("layer.unknown", layer=layer_id)
    return layer
