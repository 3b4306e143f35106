"""What the hub tells a reviewer beside the proposal, as values. Areas are in m², bounds in metres of the province's system.

Each ``from_json`` raises ``InvalidData('answer.malformed')``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.wire import decode_change
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store.model import Ref
from commune_planning_plugin.sync.documents import Layers, layer_of, reading

Plain = Mapping[str, Any]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Meeting:
    """Another proposal on the same ground. ``features`` are those of the proposal asked about that it meets.

    ``opens``: whether the account may open it. ``share`` is the part of the ground, of an earlier one.
    """

    id: str
    number: int
    title: str
    commune_name: str
    state: State
    opens: bool
    features: tuple[Ref, ...]
    area_m2: float
    bounds: Optional[Bounds]
    decision: Optional[str]
    revision: Optional[int]
    share: Optional[float] = None

    @classmethod
    def from_json(cls, plain: Plain) -> Meeting:
        with reading("related"):
            bounds = plain["bounds"]
            return cls(
                id=str(plain["id"]),
                number=int(plain["number"]),
                title=str(plain["title"]),
                commune_name=str(plain["commune_name"]),
                state=State(plain["state"]),
                opens=bool(plain["opens"]),
                features=tuple(Ref(str(item["layer"]), str(item["key"])) for item in plain["features"]),
                area_m2=float(plain["area_m2"]),
                bounds=None if bounds is None else (float(bounds[0]), float(bounds[1]), float(bounds[2]), float(bounds[3])),
                decision=plain.get("decision"),
                revision=plain.get("revision"),
                share=None if plain.get("share") is None else float(plain["share"]),
            )


@dataclass(frozen=True)
class HigherPlan:
    """A plan above, with the land functions (code, m²) that the ground has in it."""

    code: str
    name: str
    functions: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class RestrictedGround:
    """``kind`` is ``attributes``, ``hidden`` or ``no_work``; ``name`` is that of a no-work area's plan."""

    kind: str
    name: Optional[str]
    features: int
    area_m2: float


@dataclass(frozen=True)
class NearCommune:
    """A commune whose border is near; ``area_m2`` is what lies in it."""

    code: str
    name: str
    distance_m: float
    area_m2: float


@dataclass(frozen=True)
class Related:
    """What else touches a proposal's ground. ``direct`` counts revisions without a proposal, within ``months``."""

    competing: tuple[Meeting, ...]
    earlier: tuple[Meeting, ...]
    months: int
    direct: int
    plans: tuple[HigherPlan, ...]
    restricted: tuple[RestrictedGround, ...]
    communes: tuple[NearCommune, ...]

    @classmethod
    def from_json(cls, plain: Plain) -> Related:
        with reading("related"):
            return cls(
                competing=tuple(Meeting.from_json(item) for item in plain["competing"]),
                earlier=tuple(Meeting.from_json(item) for item in plain["earlier"]),
                months=int(plain["months"]),
                direct=int(plain["direct"]),
                plans=tuple(_plan(item) for item in plain["plans"]),
                restricted=tuple(
                    RestrictedGround(str(item["kind"]), item["name"], int(item["features"]), float(item["area_m2"]))
                    for item in plain["restricted"]
                ),
                communes=tuple(
                    NearCommune(str(item["code"]), str(item["name"]), float(item["distance_m"]), float(item["area_m2"]))
                    for item in plain["communes"]
                ),
            )


def _plan(plain: Plain) -> HigherPlan:
    functions = tuple((str(item["function"]), float(item["area_m2"])) for item in plain["functions"])
    return HigherPlan(str(plain["code"]), str(plain["name"]), functions)


@dataclass(frozen=True)
class EarlierVersion:
    """A version as it was sent; its changes by the keys that the hub gave."""

    number: int
    submitted_at: str
    author: str
    title: str
    ground: int
    reason: str
    changes: tuple[Change, ...]

    @classmethod
    def from_json(cls, layers: Layers, plain: Plain) -> EarlierVersion:
        with reading("version"):
            changes = tuple(decode_change(layer_of(layers, item["layer"]), item) for item in plain["changes"])
            return cls(
                number=int(plain["number"]),
                submitted_at=str(plain["submitted_at"]),
                author=str(plain["author"]),
                title=str(plain["title"]),
                ground=int(plain["ground"]),
                reason=str(plain["reason"]),
                changes=changes,
            )
