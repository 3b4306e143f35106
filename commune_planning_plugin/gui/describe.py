"""Layers, attributes, values and shapes in the user's words, from the hub's catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Optional

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, Catalogue, Derived, Field, FieldType, GeometryType, Layer, Values
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.language import interface_language, translate
from commune_planning_plugin.gui.shape_words import shape_words
from commune_planning_plugin.store.diffing import NEW_TITLE

HIDDEN = frozenset({GEOMETRY, "birth", "visibility"})
"""Attributes that no table of values shows: the shape has a sentence of its own, the others mean nothing to a person."""

_NAMES = ("kyHieuLoDat", "tenDoiTuong", "tenMocGioi", "kyHieu", "maDoiTuong")


class Describer:
    """Words for everything a catalogue names; without a catalogue it falls back to the technical names."""

    def __init__(self, catalogue: Optional[Catalogue]) -> None:
        self._layers = {layer.id: layer for layer in catalogue.layers} if catalogue else {}
        self._plans = {plan.key: plan for plan in catalogue.plans} if catalogue else {}
        self._communes = {commune.code: commune for commune in catalogue.communes} if catalogue else {}
        self._codes = catalogue.code_lists if catalogue else {}
        self._organisations = catalogue.organisations if catalogue else {}

    def layer(self, layer_id: str) -> str:
        layer = self._layers.get(layer_id)
        return (_own_language(layer.title_vi, layer.title_en) or layer.name) if layer else layer_id

    def field(self, layer_id: str, name: str) -> str:
        if name == GEOMETRY:
            return translate("Common", "Shape")
        field = self._field(layer_id, name)
        return (_own_language(field.title_vi, field.title_en) if field else "") or name

    def plan(self, key: Optional[str]) -> str:
        plan = self._plans.get(key or "")
        return plan.name if plan else translate("Common", "unknown plan")

    def commune(self, code: str) -> str:
        """With its kind in front, once: xã Đại Lãnh."""
        commune = self._communes.get(code)
        return commune_title(commune.name, commune.kind) if commune else code

    def organisation(self, code: str) -> str:
        """By the name that the province gave it; a code that it doesn't name stays as it is."""
        return self._organisations.get(code, code)

    def field_names(self, layer_id: str) -> list[str]:
        """Attributes that a person reads, in the order of the standard."""
        layer = self._layers.get(layer_id)
        return [field.name for field in layer.fields if field.name not in HIDDEN] if layer else []

    def feature(self, layer_id: str, row: Optional[Mapping[str, Any]], key: str) -> str:
        """The feature's name or code; else the layer's title with the beginning of the key."""
        names = (str(row[name]) for name in _NAMES if row and row.get(name))
        return next(names, f"{self.layer(layer_id)} {key[:8]}")

    def value(self, layer_id: str, name: str, value: Any) -> str:
        """What stands in a cell: titles of codes, the plan's name, areas in m² and ha; a dash for nothing."""
        if value is None or value == "":
            return "–"
        if name == "plan":
            return self.plan(value)
        field = self._field(layer_id, name)
        if field is None:
            return str(value)
        return self._field_value(field, value)

    def _field_value(self, field: Field, value: Any) -> str:
        if field.code_list:
            title = self._code_title(field.code_list, str(value))
            return f"{title} ({value})" if title else str(value)
        if field.type is FieldType.BOOLEAN:
            return translate("Common", "yes") if value else translate("Common", "no")
        if field.type is FieldType.DATE:
            return "/".join(reversed(str(value).split("-")))
        if field.type is FieldType.DATETIME:
            return quantities.day_and_time(str(value))
        if isinstance(value, (int, float)):
            return _quantity(field.derived, value)
        return str(value)

    def _code_title(self, code_list: str, code: str) -> str:
        for entry in self._codes.get(code_list, ()):
            if entry.code == code:
                return _own_language(entry.title_vi, entry.title_en)
        return ""

    def shape_words(self, layer_id: str, before: Any, after: Any, measured: bool = True) -> str:
        """How a shape that both sides have changed, in a surveyor's words; empty where there is nothing to say."""
        layer = self._layers.get(layer_id)
        if layer is None or not isinstance(before, bytes) or not isinstance(after, bytes) or before == after:
            return ""
        return shape_words(layer.geometry, before, after, measured)

    def shape_title(self, layer_id: str) -> str:
        """What is measured of the layer's shapes."""
        layer = self._layers.get(layer_id)
        titles = {
            GeometryType.POLYGONS: translate("Common", "Shape (area)"),
            GeometryType.LINES: translate("Common", "Shape (length)"),
            GeometryType.POINT: translate("Common", "Place"),
        }
        return titles[layer.geometry] if layer else self.field(layer_id, GEOMETRY)

    def measures_shape(self, layer_id: str, name: str) -> bool:
        """Whether the attribute only repeats what is measured of the shape."""
        field = self._field(layer_id, name)
        return field is not None and field.derived in (Derived.AREA, Derived.LENGTH)

    def shape_measure(self, layer_id: str, shape: Any) -> str:
        """Area, length or coordinates of one shape; a dash for none."""
        layer = self._layers.get(layer_id)
        return _measure(layer, shape) if layer and shape else "–"

    def measures_together(self, layer_id: str, shapes: Iterable[Any]) -> str:
        """Area or length of several shapes in sum; a dash for none, and for points."""
        layer = self._layers.get(layer_id)
        known = [shape for shape in shapes if isinstance(shape, bytes)]
        kinds = {GeometryType.POLYGONS: (Derived.AREA, quantities.area), GeometryType.LINES: (Derived.LENGTH, quantities.length)}
        if layer is None or not known or layer.geometry not in kinds:
            return "–"
        kind, told = kinds[layer.geometry]
        try:
            return told(sum(geometry.derive(shape, kind) for shape in known))
        except InvalidData:
            return translate("Common", "unreadable shape")

    def _field(self, layer_id: str, name: str) -> Optional[Field]:
        layer = self._layers.get(layer_id)
        return layer.by_name.get(name) if layer else None


def shown_title(title: str) -> str:
    """A local change's title; a new feature that has no name yet is called so in the interface's language."""
    return translate("Common", "new feature") if title == NEW_TITLE else title


def commune_title(name: str, kind: str) -> str:
    """Names come with and without their kind in front."""
    return name if not kind or name.lower().startswith(kind.lower()) else f"{kind} {name}"


def whole(before: Optional[Values], after: Optional[Values]) -> list[str]:
    """Names of both sides that a person reads, each once."""
    return [name for name in dict.fromkeys([*(before or {}), *(after or {})]) if name not in HIDDEN]


def _own_language(vi: str, en: str) -> str:
    return (vi if interface_language() == "vi" else en) or vi or en


def _quantity(derived: Optional[Derived], value: float) -> str:
    if derived is Derived.AREA:
        return quantities.area(value)
    if derived is Derived.LENGTH:
        return quantities.length(value)
    return quantities.plain_number(value)


def _measure(layer: Layer, wkb: bytes) -> str:
    try:
        if layer.geometry is GeometryType.POLYGONS:
            return quantities.area(geometry.derive(wkb, Derived.AREA))
        if layer.geometry is GeometryType.LINES:
            return quantities.length(geometry.derive(wkb, Derived.LENGTH))
        return f"{_coordinate(wkb, Derived.X)}; {_coordinate(wkb, Derived.Y)}"
    except InvalidData:
        return translate("Common", "unreadable shape")


def _coordinate(wkb: bytes, kind: Derived) -> str:
    return quantities.number(geometry.derive(wkb, kind), 2)
