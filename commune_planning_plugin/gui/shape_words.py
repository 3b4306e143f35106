"""What became of a shape, in words and figures: "area unchanged; 2 corners moved, up to 3.5 m"."""

from __future__ import annotations

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import Derived, GeometryType
from commune_planning_plugin.core.shape_change import ShapeChange, shape_change
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.language import translate

AS_BEFORE_M = 0.005
"""A corner nearer than this to the former line (half a centimetre) lies on it for whoever reads centimetres."""


def shape_words(kind: GeometryType, before: bytes, after: bytes, measured: bool = True) -> str:
    """For two shapes of one kind, WKB; with the difference of what is ``measured``. Empty where one of them can't be read."""
    try:
        change = shape_change(before, after)
        measure = _measure(kind, before, after)
    except InvalidData:
        return ""
    if kind is GeometryType.POINT:
        return translate("Common", "moved by {distance}").format(distance=quantities.length(change.farthest or 0.0))
    return "; ".join(part for part in (measure if measured else "", *_corners(change)) if part)


def _measure(kind: GeometryType, before: bytes, after: bytes) -> str:
    if kind is GeometryType.POLYGONS:
        difference = geometry.derive(after, Derived.AREA) - geometry.derive(before, Derived.AREA)
        size, unchanged = f"{quantities.number(abs(difference), 1)} m²", translate("Common", "area unchanged")
        larger, smaller = translate("Common", "{size} larger"), translate("Common", "{size} smaller")
        nothing = abs(difference) < 0.05
    elif kind is GeometryType.LINES:
        difference = geometry.derive(after, Derived.LENGTH) - geometry.derive(before, Derived.LENGTH)
        size, unchanged = quantities.length(abs(difference)), translate("Common", "length unchanged")
        larger, smaller = translate("Common", "{size} longer"), translate("Common", "{size} shorter")
        nothing = abs(difference) < AS_BEFORE_M
    else:
        return ""
    return unchanged if nothing else (larger if difference > 0 else smaller).format(size=size)


def _corners(change: ShapeChange) -> list[str]:
    if change.shift is not None:
        return [translate("Common", "moved as a whole by {distance}").format(distance=quantities.length(change.shift))]
    moved, added, removed = change.moved, change.added, change.removed
    farthest = quantities.length(change.farthest or 0.0)
    told = translate("Common", "%n corner(s) moved, up to {distance}", None, moved).format(distance=farthest)
    return [
        told if moved else "",
        translate("Common", "%n corner(s) added", None, added) if added else "",
        translate("Common", "%n corner(s) removed", None, removed) if removed else "",
        _line(change),
    ]


def _line(change: ShapeChange) -> str:
    """Where corners only came or went: whether that changes anything on the ground."""
    if change.moved:
        return ""
    if change.deviation is None:
        return translate("Common", "the same corners, joined otherwise")
    if change.deviation < AS_BEFORE_M:
        return translate("Common", "on the former line")
    return translate("Common", "up to {distance} off the former line").format(distance=quantities.length(change.deviation))
