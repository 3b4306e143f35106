"""The eight grounds for adjusting a plan (Law 47/2024/QH15, article 45), with an example and the evidence that each needs."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from commune_planning_plugin.gui.language import interface_language

_FILE = Path(__file__).parents[1] / "resources" / "grounds.csv"


@dataclass(frozen=True)
class Ground:
    """In the interface's language. ``text`` is the law's."""

    number: int
    title: str
    text: str
    example: str
    evidence: str


def grounds() -> tuple[Ground, ...]:
    """In the order of the law."""
    return _read(interface_language())


def ground_title(number: int) -> str:
    """Number and title; the number alone for one that the law doesn't have."""
    return next((f"{ground.number}. {ground.title}" for ground in grounds() if ground.number == number), str(number))


@lru_cache(maxsize=2)
def _read(language: str) -> tuple[Ground, ...]:
    names = ("title", "text", "example", "evidence")
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Ground(int(row["ground"]), *(row[f"{name}_{language}"] for name in names)) for row in csv.DictReader(file))
