"""The past, as calls and their answers: what happened to a feature, and a layer as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Optional
from urllib.parse import quote

from commune_planning_plugin.core.lineage import Fate, Sum
from commune_planning_plugin.core.schema import Layer, Values
from commune_planning_plugin.core.wire import decode_values
from commune_planning_plugin.sync.client import DECISION_S, HubClient
from commune_planning_plugin.sync.documents import Plain, reading
from commune_planning_plugin.sync.transport import Request

Bounds = tuple[float, float, float, float]
_NAMES = ("kyHieuLoDat", "tenDoiTuong", "tenMocGioi", "kyHieu", "maDoiTuong")
"""What a person may know a feature by, in this order."""


@dataclass(frozen=True)
class FeatureRevision:
    """What a revision made of a feature. ``kind`` is ``insert``, ``update``, ``delete`` or ``effective`` (legal times were
    written); ``again``: the insert brought it back. ``row`` is the whole row after it. Proposal and decision are None where
    there is none, or it isn't the account's to read."""

    revision: int
    at: str
    by: str
    kind: str
    row: Optional[Values]
    changed: tuple[str, ...]
    proposal: Optional[str] = None
    number: Optional[int] = None
    title: Optional[str] = None
    decision: Optional[str] = None
    effective: Optional[date] = None
    in_force: bool = False
    again: bool = False

    @classmethod
    def from_json(cls, layer: Layer, plain: Plain) -> FeatureRevision:
        with reading("history"):
            proposal, ruled = plain["proposal"] or {}, plain["decision"] or {}
            return cls(
                revision=int(plain["revision"]),
                at=str(plain["at"]),
                by=str(plain["by"]),
                kind=str(plain["kind"]),
                row=decode_values(layer, plain["row"]),
                changed=tuple(map(str, plain["changed"])),
                proposal=proposal.get("id"),
                number=proposal.get("number"),
                title=proposal.get("title"),
                decision=ruled.get("number"),
                effective=date.fromisoformat(ruled["effective"]) if ruled else None,
                in_force=bool(ruled.get("made_effective", False)),
                again=bool(plain.get("again", False)),
            )


@dataclass(frozen=True)
class FeatureHistory:
    """The newest first; ``before`` asks for the older ones, None at the end."""

    revisions: tuple[FeatureRevision, ...]
    before: Optional[int] = None


@dataclass(frozen=True)
class PastDay:
    """A day, and what is asked of it: what was in force (``legal``), or what the database knew at its end. What was in force may be
    asked as it was ``known`` at another day's end: later decisions and corrections don't count then."""

    day: date
    legal: bool
    known: Optional[date] = None

    @property
    def params(self) -> dict[str, str]:
        known = {"as_of": self.known.isoformat()} if self.legal and self.known is not None else {}
        return {"on" if self.legal else "as_of": self.day.isoformat(), **known}


@dataclass(frozen=True)
class TracedFeature:
    """One feature of a plan that isn't as it was: ``fate`` and ``area`` as in `core.lineage`, ``former`` whether it is of the
    earlier side; ``again``: it had been removed before, and was brought back."""

    key: str
    fate: Fate
    area: float
    name: str
    former: bool
    others: tuple[str, ...]
    bounds: Optional[Bounds]
    again: bool = False


@dataclass(frozen=True)
class PlanLineage:
    """Counts and sizes by class, of the earlier and the later side, and what isn't kept."""

    before: Mapping[Fate, Sum]
    after: Mapping[Fate, Sum]
    features: tuple[TracedFeature, ...]

    @classmethod
    def from_json(cls, plain: Plain) -> PlanLineage:
        with reading("lineage"):
            sides = [
                {Fate(fate): Sum(int(each["count"]), float(each["area"])) for fate, each in plain["sums"][side].items()}
                for side in ("before", "after")
            ]
            features = [_traced(item, former) for name, former in (("former", True), ("present", False)) for item in plain[name]]
            return cls(sides[0], sides[1], tuple(features))


def _traced(item: Plain, former: bool) -> TracedFeature:
    others, again = tuple(map(str, item["others"])), bool(item.get("again", False))
    return TracedFeature(
        str(item["key"]), Fate(item["fate"]), float(item["area"]), _name(item), former, others, _bounds(item), again
    )


def _name(item: Plain) -> str:
    return next((str(item[each]) for each in _NAMES if item.get(each)), str(item["key"])[:8])


def _bounds(item: Plain) -> Optional[Bounds]:
    box = item["bounds"]
    return (float(box[0]), float(box[1]), float(box[2]), float(box[3])) if box is not None else None


@dataclass(frozen=True)
class Revision:
    """One that changed something in the commune. ``effective``: it only wrote down legal times. The proposal is None where there is
    none, or it isn't the account's to read."""

    revision: int
    at: str
    by: str
    effective: bool
    number: Optional[int] = None
    title: Optional[str] = None

    @classmethod
    def from_json(cls, plain: Plain) -> Revision:
        proposal = plain["proposal"] or {}
        named = proposal.get("number"), proposal.get("title")
        return cls(int(plain["revision"]), str(plain["at"]), str(plain["by"]), bool(plain["effective"]), *named)


@dataclass(frozen=True)
class Revisions:
    """The newest first; ``before`` asks for the older ones, None at the end."""

    revisions: tuple[Revision, ...]
    before: Optional[int] = None


@dataclass(frozen=True)
class ChangedFeature:
    """What a revision did to a feature: ``insert``, ``update`` or ``delete``."""

    layer: str
    key: str
    kind: str
    name: str
    bounds: Optional[Bounds]


@dataclass(frozen=True)
class RevisionFeatures:
    """``next`` is the last one's layer and key where there are more."""

    features: tuple[ChangedFeature, ...]
    next: Optional[tuple[str, str]] = None


class HistoryCalls:
    """Over the client's connection. All raise ``HubError`` and its kinds; ``Refused`` 404 where the hub is older than the call."""

    def __init__(self, client: HubClient, commune: str) -> None:
        self._client = client
        self._commune = commune

    def history(self, layer: Layer, key: str, before: Optional[int] = None) -> FeatureHistory:
        """Raises ``Refused`` 404 where the province doesn't have the feature, or it isn't the account's to see."""
        params = {"commune": self._commune, **({} if before is None else {"before": str(before)})}
        path = f"/layers/{quote(layer.id, safe='')}/features/{key}/history"
        plain = self._client.transport.json(Request("GET", path, params, read_s=DECISION_S))
        with reading("history"):
            found = tuple(FeatureRevision.from_json(layer, item) for item in plain["revisions"])
            return FeatureHistory(found, plain["before"])

    def revisions(self, before: Optional[int] = None) -> Revisions:
        """Those that changed something in the commune."""
        path = f"/communes/{quote(self._commune, safe='')}/revisions"
        params = {} if before is None else {"before": str(before)}
        plain = self._client.transport.json(Request("GET", path, params, read_s=DECISION_S))
        with reading("revisions"):
            return Revisions(tuple(map(Revision.from_json, plain["revisions"])), plain["before"])

    def revision(self, number: int, after: Optional[tuple[str, str]] = None) -> RevisionFeatures:
        """The features that it changed, in the order of layer and key."""
        path = f"/communes/{quote(self._commune, safe='')}/revisions/{number}"
        params = {} if after is None else {"layer": after[0], "key": after[1]}
        plain = self._client.transport.json(Request("GET", path, params, read_s=DECISION_S))
        with reading("revisions"):
            found = tuple(
                ChangedFeature(str(item["layer"]), str(item["key"]), str(item["kind"]), _name(item), _bounds(item))
                for item in plain["features"]
            )
            following = plain["next"]
            return RevisionFeatures(found, (str(following[0]), str(following[1])) if following is not None else None)

    def lineage(self, layer: str, plan: str, before: PastDay, after: PastDay) -> PlanLineage:
        """Both days ask the same: what was in force, or what the database knew."""
        days = {"before": before.day.isoformat(), "after": after.day.isoformat(), "legal": str(after.legal).lower()}
        params = {"layer": layer, "plan": plan, **days}
        path = f"/communes/{quote(self._commune, safe='')}/lineage"
        return PlanLineage.from_json(self._client.transport.json(Request("GET", path, params, read_s=DECISION_S)))

    def features(self, layer: Layer, at: PastDay) -> Iterator[tuple[str, Values]]:
        """Keys and rows of the commune's features then, page by page."""
        cursor: Optional[str] = None
        while True:
            params = {"commune": self._commune, **at.params, **({} if cursor is None else {"cursor": cursor})}
            path = f"/layers/{quote(layer.id, safe='')}/features"
            lines = self._client.transport.send(Request("GET", path, params, read_s=DECISION_S)).content.splitlines()
            with reading("features"):
                documents = [json.loads(line) for line in lines]
                cursor = documents[-1]["cursor"]
                for item in documents[1:-1]:
                    yield str(item["key"]), decode_values(layer, item["row"]) or {}
            if cursor is None:
                return
