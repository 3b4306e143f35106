"""A decision as it was signed: number, dates, who signed, and the figures that it states.

Areas are in m²; a decision writes hectares.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Optional

from commune_planning_plugin.core.errors import InvalidData

HECTARE = 10_000.0
"""m²."""

LAST_DAY = datetime.date(2999, 12, 31)
"""Whatever is reckoned from a decision's days is a day, too."""

_MOST = 1e12
_LONGEST_CODE = 250


class Scope(str, Enum):
    """What the stated figures are about: the whole plan, or the features that the proposal changed."""

    PLAN = "plan"
    CHANGED = "changed"


@dataclass(frozen=True)
class FunctionArea:
    """Of one land function, in m²; ``before`` is None where a decision states the new areas alone."""

    after: float
    before: Optional[float] = None


@dataclass(frozen=True)
class Figures:
    """By land function, the number of lots and the boundary's area in m²; what isn't stated is missing."""

    areas: Mapping[str, FunctionArea] = field(default_factory=dict)
    lots: Optional[int] = None
    boundary: Optional[float] = None
    scope: Scope = Scope.PLAN

    @property
    def empty(self) -> bool:
        return not self.areas and self.lots is None and self.boundary is None

    def to_json(self) -> dict[str, Any]:
        areas = {code: {"before": area.before, "after": area.after} for code, area in sorted(self.areas.items())}
        return {"areas": areas, "lots": self.lots, "boundary": self.boundary, "scope": self.scope.value}

    @classmethod
    def from_json(cls, plain: Any) -> Figures:
        """Raises ``InvalidData('decision.malformed')``."""
        try:
            areas = {_code(code): _area(item) for code, item in plain["areas"].items()}
            scope = Scope(plain.get("scope", Scope.PLAN.value))
            return cls(areas, _count(plain.get("lots")), _square_metres(plain.get("boundary")), scope)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InvalidData("decision.malformed", reason=str(error)) from error


@dataclass(frozen=True)
class Decision:
    """``effective`` is the first day in force; the signed document is the attachment ``sha256``. A correction names the record that
    it ``supersedes``, and why."""

    number: str
    date: datetime.date
    effective: datetime.date
    signer: str
    office: str
    sha256: str
    file_name: str
    figures: Figures
    supersedes: Optional[str] = None
    reason: Optional[str] = None

    def __post_init__(self) -> None:
        if self.effective < self.date:
            raise InvalidData("decision.dates", date=self.date.isoformat(), effective=self.effective.isoformat())

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "date": self.date.isoformat(),
            "effective": self.effective.isoformat(),
            "signer": self.signer,
            "office": self.office,
            "file": {"sha256": self.sha256, "name": self.file_name},
            "figures": self.figures.to_json(),
            "supersedes": self.supersedes,
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, plain: Any) -> Decision:
        """Raises ``InvalidData``: ``decision.malformed``, or ``decision.dates`` where it is in force before it was signed."""
        try:
            file = plain["file"]
            texts = {name: _text(plain[name]) for name in ("number", "signer", "office")}
            return cls(
                **texts,
                date=_day(plain["date"]),
                effective=_day(plain["effective"]),
                sha256=_text(file["sha256"]),
                file_name=_text(file["name"]),
                figures=Figures.from_json(plain["figures"]),
                supersedes=_optional(plain.get("supersedes")),
                reason=_optional(plain.get("reason")),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InvalidData("decision.malformed", reason=str(error)) from error


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError(f"text expected, {type(value).__name__} found")
    return value


def _day(value: Any) -> datetime.date:
    day = datetime.date.fromisoformat(_text(value))
    if day > LAST_DAY:
        raise ValueError(f"a day up to {LAST_DAY.isoformat()} expected")
    return day


def _optional(value: Any) -> Optional[str]:
    return None if value is None else _text(value)


def _count(value: Any) -> Optional[int]:
    if value is not None and (type(value) is not int or not 0 <= value <= _MOST):
        raise ValueError("lots: a number expected")
    return None if value is None else int(value)


def _code(value: Any) -> str:
    if len(_text(value)) > _LONGEST_CODE or "\x00" in value:
        raise ValueError("a land function's code expected")
    return str(value)


def _area(plain: Mapping[str, Any]) -> FunctionArea:
    after = _square_metres(plain["after"])
    if after is None:
        raise ValueError("after: an area expected")
    return FunctionArea(after, _square_metres(plain.get("before")))


def _square_metres(value: Any) -> Optional[float]:
    if value is None:
        return None
    if type(value) not in (int, float) or not 0 <= value <= _MOST:
        raise ValueError("an area in square metres expected")
    return float(value)
