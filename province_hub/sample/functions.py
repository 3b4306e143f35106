"""What land is for: a character for each zone, a main function for each planning cell, and the lots' own functions after both."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from province_hub.sample.plans import Unit

_DATA = Path(__file__).parents[1] / "data"
_MAIN_SHARE = 0.6
_HILLS_EAST = 592_000.0

STREET = "HTKT_DuongGT"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Function:
    """One land function with the figures that a plan gives for it, as text where the standard says so."""

    code: str
    symbol: str
    density: str | None
    storeys: str | None
    far: str | None
    people_per_ha: float
    works_kind: str | None
    works_name: str | None


@cache
def functions() -> dict[str, Function]:
    return {row["code"]: _function(row) for row in _rows("sample_functions.csv")}


@cache
def shares(character: str, main_only: bool = False) -> tuple[tuple[str, ...], Floats]:
    """The functions of a character and the cumulated probability of each."""
    rows = [r for r in _rows("sample_characters.csv") if r["character"] == character and (r["main"] == "1" or not main_only)]
    weights = np.array([float(row["weight"]) for row in rows])
    return tuple(row["code"] for row in rows), np.cumsum(weights) / weights.sum()


def noise(seed: int, wavelength: float) -> Callable[[Floats], Floats]:
    """A smooth field over the plane, uniform in 0 to 1, that changes over ``wavelength`` metres."""
    random = np.random.default_rng(seed)
    angle, phase = random.uniform(0, 2 * np.pi, (2, 12))
    wave = 2 * np.pi / (wavelength * random.uniform(0.6, 1.6, 12))
    direction = np.stack([np.cos(angle), np.sin(angle)]) * wave

    def field(points: Floats) -> Floats:
        height = np.cos(points @ direction + phase).sum(axis=1) / np.sqrt(6.0)
        uniform: Floats = np.clip(0.5 + 0.5 * np.tanh(0.8 * height), 0.0, 1.0 - 1e-9)
        return uniform

    return field


def characters(unit: Unit, centres: Floats, lot_areas: Floats) -> list[str]:
    """The character of each zone, from the plan's profile, how fine its lots are, and where it lies."""
    if unit.sea or unit.commune == "22736":
        return ["sea"] * len(centres)
    profile = unit.plan.profile
    if profile in ("tourism", "industry"):
        return [profile] * len(centres)
    order = np.argsort(np.argsort(lot_areas)) / max(len(lot_areas), 2)
    field = noise(20_250_701, 9_000.0)(centres)
    west = np.clip((_HILLS_EAST - centres[:, 0]) / 30_000.0, 0.0, 0.35)
    return [_character(profile, rank, wild + hills) for rank, wild, hills in zip(order, field, west, strict=True)]


def _character(profile: str, rank: float, wildness: float) -> str:
    centre, settled = {"ward": (0.55, 0.85), "urban": (0.35, 0.7)}.get(profile, (0.15, 0.4))
    if rank < centre:
        return "centre"
    if profile != "commune" and wildness < 0.2:
        return "industry"
    if rank < settled:
        return "settlement"
    return "forest" if wildness > 0.55 else "farmland"


def assigned(
    character: list[str], zone: NDArray[np.int64], cell: NDArray[np.int64], street: NDArray[np.bool_], points: Floats, seed: int
) -> list[str]:
    """The function code of each lot: mostly the main one of its cell, which follows a smooth field; streets are streets."""
    random = np.random.default_rng(seed)
    cells = int(cell.max(initial=0)) + 1
    total = np.bincount(cell, minlength=cells).clip(1)
    middle = np.stack([np.bincount(cell, points[:, axis], cells) / total for axis in (0, 1)], axis=1)
    main = noise(seed % 1_000_003, 2_500.0)(middle)
    as_main = random.random(len(points)) < _MAIN_SHARE
    draw = random.random(len(points))
    return [
        STREET if is_street else _drawn(character[z], main[c] if in_main else value, bool(in_main))
        for z, c, is_street, in_main, value in zip(zone, cell, street, as_main, draw, strict=True)
    ]


def _drawn(character: str, value: float, main: bool) -> str:
    codes, cumulated = shares(character, main)
    return codes[min(int(np.searchsorted(cumulated, value)), len(codes) - 1)]


def _function(row: dict[str, str]) -> Function:
    return Function(
        row["code"],
        row["symbol"],
        row["density"] or None,
        row["storeys"] or None,
        row["far"] or None,
        float(row["people_per_ha"]),
        row["works_kind"] or None,
        row["works_name"] or None,
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
