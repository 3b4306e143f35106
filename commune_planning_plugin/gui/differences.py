"""What a change does to its feature, as lines of a comparison table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

from commune_planning_plugin.core.changes import ChangeKind, same_value
from commune_planning_plugin.core.schema import GEOMETRY, Values
from commune_planning_plugin.gui.comparison_table import Line
from commune_planning_plugin.gui.describe import Describer, whole
from commune_planning_plugin.gui.language import translate


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
    clashing = conflict is not None and GEOMETRY in conflict.attributes
    if old == new and not clashing:
        return []
    shapes = [old, new] if conflict is None else [old, new, (conflict.remote or {}).get(GEOMETRY)]
    return [_shape_line(describer, change.layer, shapes, clashing)]


def _shape_line(describer: Describer, layer: str, shapes: Sequence[Any], clashing: bool) -> Line:
    measures = tuple(describer.shape_measure(layer, shape) for shape in shapes)
    sentence = describer.shape_sentence(layer, shapes[0], shapes[1])
    return Line(describer.shape_title(layer), measures, True, clashing, sentence)


def _side(describer: Describer, layer: str, name: str, row: Optional[Mapping[str, Any]]) -> str:
    return describer.value(layer, name, row.get(name)) if row else "–"


def review_lines(describer: Describer, item: Any, everything: bool) -> list[Line]:
    """Lines for a `ReviewItem`: what differs, or every attribute with what differs marked."""
    before, after = item.before, item.after
    clashing = frozenset(item.conflict.attributes) if item.conflict is not None else frozenset()
    shapes = ((before or {}).get(GEOMETRY), (after or {}).get(GEOMETRY))
    lines = [] if shapes[0] == shapes[1] else [_shape_line(describer, item.layer, shapes, GEOMETRY in clashing)]
    for name in describer.field_names(item.layer) or whole(before, after):
        one, other = (before or {}).get(name), (after or {}).get(name)
        changed = not same_value(name, one, other)
        if everything or changed:
            values = (_side(describer, item.layer, name, before), _side(describer, item.layer, name, after))
            lines.append(Line(describer.field(item.layer, name), values, changed, name in clashing))
    return lines
