"""What a change does to its feature, as lines of a comparison table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Optional

from commune_planning_plugin.core.changes import ChangeKind, same_value
from commune_planning_plugin.core.schema import GEOMETRY, Values
from commune_planning_plugin.gui.comparison_table import Line
from commune_planning_plugin.gui.describe import Describer, whole
from commune_planning_plugin.gui.labels import kind_label, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.last_change_text import last_change_text


def local_sides(conflict: Optional[Any]) -> list[str]:
    """Headers for a local change: what it was, what I made of it and, in a conflict, what the province has."""
    sides = [translate("Common", "Original"), translate("Common", "Commune's")]
    if conflict is None:
        return sides
    return ["\n".join(side.rsplit(" ", 1)) for side in (*sides, translate("Common", "Province's"))]


def local_lines(describer: Describer, local: Any) -> list[Line]:
    """Lines for a `LocalChange`; of an insert or a removal only attributes with a value."""
    change, conflict = local.change, local.conflict
    old, new = _original(change, conflict), change.new
    remote: Optional[Values] = conflict.remote if conflict is not None else None
    clashing = frozenset(conflict.attributes) if conflict is not None else frozenset()
    lines = _shape_lines(describer, change, conflict)
    for name in whole(old, new):
        if lines and describer.measures_shape(change.layer, name) and name not in clashing:
            continue
        values = [_side(describer, change.layer, name, old), _side(describer, change.layer, name, new)]
        if conflict is not None:
            values.append(_side(describer, change.layer, name, remote))
        if change.kind is ChangeKind.UPDATE or name in clashing or any(value != "–" for value in values):
            lines.append(Line(describer.field(change.layer, name), tuple(values), conflict=name in clashing))
    return lines


def _original(change: Any, conflict: Optional[Any]) -> Optional[Values]:
    """Of what I touched, the values that I started from; since a conflict came, ``change.old`` is what the province has."""
    if conflict is None or conflict.base is None or change.old is None:
        return change.old  # type: ignore[no-any-return]
    return {name: conflict.base.get(name) for name in change.old}


def _shape_lines(describer: Describer, change: Any, conflict: Optional[Any]) -> list[Line]:
    old, new = (_original(change, conflict) or {}).get(GEOMETRY), (change.new or {}).get(GEOMETRY)
    if conflict is None:
        return _shapes_compared(describer, change.layer, old, new, False)
    clashing = GEOMETRY in conflict.attributes
    if old == new and not clashing:
        return []
    shapes = (old, new, (conflict.remote or {}).get(GEOMETRY))
    sides = tuple(describer.shape_measure(change.layer, shape) for shape in shapes)
    if len(set(sides)) == 1:  # measures alone would say that nothing differs
        sides = (sides[0], *(describer.shape_words(change.layer, old, shape) or "–" for shape in shapes[1:]))
    return [Line(describer.shape_title(change.layer), sides, True, clashing)]


def _shapes_compared(describer: Describer, layer: str, before: Any, after: Any, clashing: bool) -> list[Line]:
    """Both measures where they differ, and below them, or alone, what happened to the shape."""
    if before == after:
        return []
    measures = (describer.shape_measure(layer, before), describer.shape_measure(layer, after))
    words = describer.shape_words(layer, before, after)
    lines = [] if words and measures[0] == measures[1] else [Line(describer.shape_title(layer), measures, True, clashing)]
    if words:
        lines.append(Line(describer.field(layer, GEOMETRY), (words,), True, clashing))
    return lines


def _side(describer: Describer, layer: str, name: str, row: Optional[Mapping[str, Any]]) -> str:
    return describer.value(layer, name, row.get(name)) if row else "–"


def review_lines(describer: Describer, item: Any, everything: bool) -> list[Line]:
    """Lines for a `ReviewItem`: what differs, or every attribute with what differs marked."""
    before, after = item.before, item.after
    clashing = frozenset(item.conflict.attributes) if item.conflict is not None else frozenset()
    shapes = ((before or {}).get(GEOMETRY), (after or {}).get(GEOMETRY))
    lines = _shapes_compared(describer, item.layer, *shapes, GEOMETRY in clashing)
    for name in describer.field_names(item.layer) or whole(before, after):
        one, other = (before or {}).get(name), (after or {}).get(name)
        changed = not same_value(name, one, other)
        said = bool(lines) and describer.measures_shape(item.layer, name)
        if everything or (changed and not said):
            values = (_side(describer, item.layer, name, before), _side(describer, item.layer, name, after))
            lines.append(Line(describer.field(item.layer, name), values, changed, name in clashing))
    return lines


def of_one_side(item: Any, sides: list[str], lines: list[Line]) -> tuple[list[str], list[Line]]:
    """What was added has no before, what was removed no after: a column of dashes says nothing."""
    missing = 0 if item.before is None else 1 if item.after is None else None
    if missing is None:
        return sides, lines
    return [sides[1 - missing]], [replace(each, values=(each.values[1 - missing],)) for each in lines]


def clash_sides() -> list[str]:
    """Headers of `clash_lines`."""
    return [translate("Review", "Province now"), translate("Review", "Proposed")]


def clash_lines(describer: Describer, item: Any, everything: bool) -> list[Line]:
    """`review_lines` of a `ReviewItem` with a conflict: what clashes comes first, then who changed it at the province."""
    lines = review_lines(describer, item, everything)
    told = () if item.last_change is None else (last_change_text(item.last_change),)
    whose = [Line(translate("Review", "Province's change"), told, changed=False)] if told else []
    return [*(line for line in lines if line.conflict), *whose, *(line for line in lines if not line.conflict)]


def version_lines(describer: Describer, item: Any, earlier: Any, everything: bool) -> list[Line]:
    """Lines for a change that an earlier version (its `Change`) wanted otherwise: before, as it was wanted, as it is wanted now."""
    before, after = item.before, item.after
    wanted = None if earlier.new is None else {**(before or {}), **earlier.new}
    sides = (before, wanted, after)
    shapes = [(row or {}).get(GEOMETRY) for row in sides]
    lines = []
    if shapes[1] != shapes[2]:
        measures = tuple(describer.shape_measure(item.layer, shape) for shape in shapes)
        lines.append(Line(describer.shape_title(item.layer), measures, True))
        words = describer.shape_words(item.layer, shapes[1], shapes[2])
        if words:
            lines.append(Line(describer.field(item.layer, GEOMETRY), (words,), True))
    for name in describer.field_names(item.layer) or whole(before, after):
        values = [(row or {}).get(name) for row in sides]
        changed = not same_value(name, values[1], values[2])
        if (changed and not (lines and describer.measures_shape(item.layer, name))) or everything:
            lines.append(
                Line(describer.field(item.layer, name), tuple(_side(describer, item.layer, name, row) for row in sides), changed)
            )
    return lines


def summary_lines(describer: Describer, items: Sequence[Any]) -> list[Line]:
    """Several `ReviewItem`s together: how many of each kind, their ground, and per attribute that any of them changes the value
    that all have, or how many there are."""
    kinds = Counter(plain(item.kind) for item in items)
    told = ", ".join(f"{kinds[kind]} {kind_label(kind)}" for kind in ("insert", "update", "delete") if kinds[kind])
    lines = [Line(translate("Review", "Changes"), (told,))]
    for layer in sorted({item.layer for item in items}):
        own = [item for item in items if item.layer == layer]
        lines += _ground_line(describer, layer, own)
        for name in describer.field_names(layer):
            pairs = [tuple((row or {}).get(name) for row in (item.before, item.after)) for item in own]
            changed = [pair for pair in pairs if not same_value(name, *pair)]
            if changed and not describer.measures_shape(layer, name):
                sides = (_together(describer, layer, name, [pair[side] for pair in changed]) for side in (0, 1))
                lines.append(Line(f"{describer.field(layer, name)} ({len(changed)})", tuple(sides)))
    return lines


def _ground_line(describer: Describer, layer: str, items: Sequence[Any]) -> list[Line]:
    sides = [
        describer.measures_together(layer, [(row or {}).get(GEOMETRY) for row in rows])
        for rows in zip(*((item.before, item.after) for item in items))
    ]
    return [Line(f"{describer.layer(layer)} ({len(items)})", tuple(sides))] if any(side != "–" for side in sides) else []


def _together(describer: Describer, layer: str, name: str, values: Sequence[Any]) -> str:
    told = dict.fromkeys(describer.value(layer, name, value) for value in values)
    if len(told) == 1:
        return next(iter(told))
    count = len(told)
    return translate("Review", "%n different values", None, count)
