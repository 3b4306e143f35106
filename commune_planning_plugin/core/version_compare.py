"""What differs between two versions of a proposal, change by change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from commune_planning_plugin.core.changes import Change, same_value

Key = tuple[str, str]
"""Layer id and feature key."""


class Standing(str, Enum):
    """A change of either version, as seen from the newer one."""

    SAME = "same"
    ALTERED = "altered"
    NEW = "new"
    DROPPED = "dropped"


def compare(older: Iterable[Change], newer: Iterable[Change]) -> dict[Key, Standing]:
    """By feature. What the newer version leaves the feature as counts; where it starts from may have moved on meanwhile."""
    before = {(change.layer, change.key): change for change in older}
    after = {(change.layer, change.key): change for change in newer}
    found = dict.fromkeys(before.keys() - after.keys(), Standing.DROPPED)
    for key, change in after.items():
        known = before.get(key)
        found[key] = Standing.NEW if known is None else Standing.SAME if asks_the_same(known, change) else Standing.ALTERED
    return found


def asks_the_same(one: Change, other: Change) -> bool:
    """Whether two changes of one feature ask for the same values."""
    return one.kind is other.kind and _equal(one.new or {}, other.new or {})


def _equal(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return one.keys() == other.keys() and all(same_value(name, value, other[name]) for name, value in one.items())  # type: ignore[arg-type]
