"""What became of a plan's features between two states of it: each is kept, modified, split, merged, new or removed.

A feature comes from those that have its key, those that it names as predecessors (also over features that came and went between),
and, where it names none, those that it shares most of the ground with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Optional

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import same_value
from commune_planning_plugin.core.schema import GEOMETRY, LEGAL_TIME, Values

MOST = 0.5
"""Of the smaller of two features: from this share of its ground on, one is what became of the other."""

_BESIDE = frozenset({*LEGAL_TIME, "predecessors", "maDoiTuong", "birth"})
"""Attributes whose change leaves a feature as it was: times, lineage, codes."""


class Fate(str, Enum):
    """What became of a former feature, or where one of now comes from; ``removed`` is a former one alone, ``new`` one of now."""

    KEPT = "kept"
    MODIFIED = "modified"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    REMOVED = "removed"


@dataclass(frozen=True)
class Traced:
    """One feature of a side. ``area`` is its size: m², of a line its length in m, nothing of a point. ``others`` are the keys on
    the other side that it came from, or that came from it."""

    key: str
    fate: Fate
    area: float
    others: tuple[str, ...]


@dataclass(frozen=True)
class Sum:
    """How many features of a fate there are, and their size together, as `Traced` has it."""

    count: int = 0
    area: float = 0.0


@dataclass(frozen=True)
class Lineage:
    """Both sides, by key."""

    before: tuple[Traced, ...]
    after: tuple[Traced, ...]
    sums: tuple[Mapping[Fate, Sum], Mapping[Fate, Sum]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sums", (_sums(self.before), _sums(self.after)))


def lineage(before: Mapping[str, Values], after: Mapping[str, Values], between: Mapping[str, str]) -> Lineage:
    """``before`` and ``after`` are whole rows by key; ``between`` gives the predecessors (joined by commas) that features named
    which are on neither side."""
    links = _named(before, after, between)
    links |= _by_ground(before, after, links)
    came: dict[str, set[str]] = {key: set() for key in after}
    became: dict[str, set[str]] = {key: set() for key in before}
    for old, new in links:
        came[new].add(old)
        became[old].add(new)
    fates = {key: _former(key, before, after, became, came) for key in before}
    now = {key: _present(key, before, after, became, came) for key in after}
    return Lineage(_traced(before, fates, became), _traced(after, now, came))


Links = set[tuple[str, str]]
Relation = Mapping[str, set[str]]


def _named(before: Mapping[str, Values], after: Mapping[str, Values], between: Mapping[str, str]) -> Links:
    links = {(key, key) for key in before.keys() & after.keys()}
    for key, row in after.items():
        links |= {(old, key) for old in _ancestors(str(row.get("predecessors") or ""), before, between)}
    return links


def _ancestors(named: str, before: Mapping[str, Values], between: Mapping[str, str]) -> Iterator[str]:
    waiting, seen = [key for key in named.split(",") if key], set[str]()
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        if key in before:
            yield key
        else:
            waiting += [each for each in between.get(key, "").split(",") if each]


def _by_ground(before: Mapping[str, Values], after: Mapping[str, Values], named: Links) -> Links:
    """Whose ground most of a new feature is, or where most of a former one's ground went, for what nothing else leads anywhere."""
    led, leading = {new for _, new in named}, {old for old, _ in named}
    changed = [key for key in sorted(before) if key not in after or not _same(before[key], after[key])]
    old = [(key, shape) for key in changed if (shape := _shape(before[key]))]
    new = [(key, shape) for key in sorted(after.keys() - before.keys()) if (shape := _shape(after[key]))]
    near = geometry.near_pairs([shape for _, shape in old], [shape for _, shape in new])
    each = ((old[i], new[j]) for i, j in near if old[i][0] not in leading or new[j][0] not in led)
    return {(one[0], other[0]) for one, other in each if _most(one[1], other[1])}


def _most(one: bytes, other: bytes) -> bool:
    smaller = min(geometry.overlap(one, one), geometry.overlap(other, other))
    return smaller > 0 and geometry.overlap(one, other) >= MOST * smaller


def _traced(rows: Mapping[str, Values], fates: Mapping[str, Fate], others: Relation) -> tuple[Traced, ...]:
    keys = sorted(rows)
    sizes = geometry.measures([_shape(rows[key]) or b"" for key in keys])
    return tuple(Traced(key, fates[key], size, tuple(sorted(others[key]))) for key, size in zip(keys, sizes))


def _former(key: str, before: Mapping[str, Values], after: Mapping[str, Values], became: Relation, came: Relation) -> Fate:
    heirs = became[key]
    if len(heirs) != 1:
        return Fate.SPLIT if heirs else Fate.REMOVED
    (heir,) = heirs
    return Fate.MERGED if len(came[heir]) > 1 else _alone(before[key], after[heir], key == heir)


def _present(key: str, before: Mapping[str, Values], after: Mapping[str, Values], became: Relation, came: Relation) -> Fate:
    sources = came[key]
    if len(sources) != 1:
        return Fate.MERGED if sources else Fate.NEW
    (source,) = sources
    return Fate.SPLIT if len(became[source]) > 1 else _alone(before[source], after[key], key == source)


def _alone(old: Values, new: Values, same_key: bool) -> Fate:
    return Fate.KEPT if same_key and _same(old, new) else Fate.MODIFIED


def _same(old: Values, new: Values) -> bool:
    names = (old.keys() | new.keys()) - _BESIDE
    return all(same_value(name, old.get(name), new.get(name)) for name in names)


def _shape(row: Values) -> Optional[bytes]:
    shape = row.get(GEOMETRY)
    return shape if isinstance(shape, bytes) else None


def _sums(side: Iterable[Traced]) -> Mapping[Fate, Sum]:
    found: dict[Fate, Sum] = {}
    for each in side:
        known = found.get(each.fate, Sum())
        found[each.fate] = Sum(known.count + 1, known.area + each.area)
    return found
