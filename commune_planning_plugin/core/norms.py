"""Norms of the land-fund balance: how much of a plan's ground certain land functions must have. They are data of the rule pack."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Areas = Mapping[str, float]
"""Square metres by land function."""


@dataclass(frozen=True)
class Norm:
    """``functions`` together have more than ``above_percent`` of the plan's ground.

    It concerns plans of the ``levels`` and ``kinds`` (codes of the plan lists), and of these where ``main_functions`` are given
    those whose largest land function is one of them. An empty selection is no selection.
    """

    id: str
    functions: frozenset[str]
    above_percent: float
    title_vi: str = ""
    title_en: str = ""
    source: str = ""
    levels: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    main_functions: frozenset[str] = frozenset()

    def concerns(self, areas: Areas) -> bool:
        """Whether the plan's largest land function is one that the norm is for."""
        largest = max(sorted(areas), key=lambda function: areas[function], default="")
        return not self.main_functions or largest in self.main_functions


@dataclass(frozen=True)
class NormResult:
    """What the norm says about both sides; percentages of all plots' ground."""

    id: str
    title_vi: str
    title_en: str
    source: str
    functions: tuple[str, ...]
    above_percent: float
    before_percent: float
    after_percent: float

    @property
    def met_before(self) -> bool:
        return self.before_percent > self.above_percent

    @property
    def met_after(self) -> bool:
        return self.after_percent > self.above_percent

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "functions": list(self.functions)}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> NormResult:
        """Raises ``KeyError``, ``TypeError`` or ``ValueError``."""
        return cls(
            id=str(plain["id"]),
            title_vi=str(plain["title_vi"]),
            title_en=str(plain["title_en"]),
            source=str(plain["source"]),
            functions=tuple(map(str, plain["functions"])),
            above_percent=float(plain["above_percent"]),
            before_percent=float(plain["before_percent"]),
            after_percent=float(plain["after_percent"]),
        )


def norms_of(rule_pack: Mapping[str, Any], level: str, kind: str) -> tuple[Norm, ...]:
    """The pack's ``balance_norms`` for plans of this level and kind. What can't be read as a norm is none."""
    listed = rule_pack.get("balance_norms")
    norms = _read(listed) if isinstance(listed, list) else ()
    return tuple(n for n in norms if (not n.levels or level in n.levels) and (not n.kinds or kind in n.kinds))


def _read(listed: list[Any]) -> Iterator[Norm]:
    for plain in listed:
        try:
            yield Norm(
                id=str(plain["id"]),
                functions=_codes(plain["functions"]),
                above_percent=float(plain["above_percent"]),
                title_vi=str(plain.get("title_vi", "")),
                title_en=str(plain.get("title_en", "")),
                source=str(plain.get("source", "")),
                levels=_codes(plain.get("levels", ())),
                kinds=_codes(plain.get("kinds", ())),
                main_functions=_codes(plain.get("main_functions", ())),
            )
        except (AttributeError, KeyError, TypeError, ValueError):
            continue


def _codes(listed: Any) -> frozenset[str]:
    return frozenset(map(str, listed))


def judged(norm: Norm, before: Areas, after: Areas) -> NormResult:
    """``before`` and ``after`` are the whole plan's."""
    shares = (_percent(norm.functions, before), _percent(norm.functions, after))
    return NormResult(
        norm.id, norm.title_vi, norm.title_en, norm.source, tuple(sorted(norm.functions)), norm.above_percent, *shares
    )


def _percent(functions: frozenset[str], areas: Areas) -> float:
    total = math.fsum(areas.values())
    return 100.0 * math.fsum(area for function, area in areas.items() if function in functions) / total if total else 0.0
