"""What a rule looks at, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Optional

from commune_planning_plugin.core.balance import Balance
from commune_planning_plugin.core.changes import Rows
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Values

Bounds = tuple[float, float, float, float]


class Severity(str, Enum):
    """An error stops an approval; the others inform."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """What ``rule`` says about one feature. ``place`` is xmin, ymin, xmax, ymax in metres of the province's CRS."""

    rule: str
    severity: Severity
    layer: str
    key: str
    details: Mapping[str, Any] = field(default_factory=dict)
    place: Optional[Bounds] = None

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "layer": self.layer,
            "key": self.key,
            "details": dict(self.details),
            "place": list(self.place) if self.place is not None else None,
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Finding:
        """Raises ``InvalidData('finding.malformed')``."""
        try:
            place = plain["place"]
            return cls(
                rule=str(plain["rule"]),
                severity=Severity(plain["severity"]),
                layer=str(plain["layer"]),
                key=str(plain["key"]),
                details=dict(plain["details"]),
                place=None if place is None else (float(place[0]), float(place[1]), float(place[2]), float(place[3])),
            )
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise InvalidData("finding.malformed", reason=str(error)) from error


@dataclass(frozen=True)
class Changed:
    """A feature before and after: whole rows, None where it isn't there."""

    layer: Layer
    key: str
    before: Optional[Values]
    after: Optional[Values]

    @property
    def moved(self) -> bool:
        """Whether the ground that it covers for its plan is another now."""
        return _ground(self.before) != _ground(self.after)


def _ground(row: Optional[Values]) -> tuple[Any, Any]:
    return (None, None) if row is None else (row.get("plan"), row.get(GEOMETRY))


@dataclass(frozen=True)
class Case:
    """All that the rules judge together.

    ``surroundings`` are unchanged rows by layer id, at least those of tiling layers whose bounds meet a changed feature's.
    ``codes`` are the valid codes by list; ``rule_pack`` the province's parameters; ``balances`` the land-fund balances that are
    changed, by the key of the plan, of plans that can be summed whole.
    """

    changed: tuple[Changed, ...]
    surroundings: Mapping[str, Rows]
    codes: Mapping[str, frozenset[str]]
    rule_pack: Mapping[str, Any]
    balances: Mapping[str, Balance] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What one rule has computed and another one needs too."""

    def tolerance(self, name: str) -> float:
        """Square metres below which the rules say nothing; half a square metre where the pack doesn't say."""
        return float(self.rule_pack.get(name, 0.5))
