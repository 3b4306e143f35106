"""Suggestions in discussions: another value of one attribute, or another shape, of the feature that a thread is about."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Optional

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, SYSTEM_FIELDS, Layer, Value
from commune_planning_plugin.core.wire import content_hash, decode_values, encode_values


class Standing(str, Enum):
    """How a suggestion stands to what the feature is now."""

    OPEN = "open"
    THERE = "there"
    """The feature is as suggested."""
    MOVED_ON = "moved_on"
    """It is neither as suggested nor as it was then."""


def check_form(suggestion: Any) -> None:
    """What can be said without knowing the thread. Raises ``InvalidData('act.malformed')``."""
    if not isinstance(suggestion, Mapping) or set(suggestion) != {"values", "over"}:
        raise InvalidData("act.malformed", field="suggestion")
    values, over = suggestion["values"], suggestion["over"]
    if not isinstance(values, Mapping) or len(values) != 1 or not all(isinstance(name, str) for name in values):
        raise InvalidData("act.malformed", field="suggestion")
    if not isinstance(over, str) or len(over) != 64:
        raise InvalidData("act.malformed", field="suggestion")


def check_suggestion(layers: Mapping[str, Layer], layer: Optional[str], suggestion: Mapping[str, Any]) -> None:
    """``layer`` is that of the feature which the thread is about, None for a thread about none. Raises
    ``InvalidData``: ``act.malformed``, or what the value has wrong."""
    definition = layers.get(layer) if layer is not None else None
    if definition is None:
        raise InvalidData("act.malformed", field="suggestion")
    (name,) = suggestion["values"]
    if not suggestable(definition, name):
        raise InvalidData("act.malformed", field="suggestion")
    value = (decode_values(definition, suggestion["values"]) or {})[name]
    if value is None and (name == GEOMETRY or definition.by_name[name].required):
        raise InvalidData("act.malformed", field="suggestion")


def suggestable(layer: Layer, name: str) -> bool:
    """Whether a value of this attribute can be suggested: not what is computed, allocated or kept by the system."""
    field = layer.by_name.get(name)
    system = {each.name for each in SYSTEM_FIELDS}
    return name == GEOMETRY or (field is not None and name not in system and field.derived is None and not field.allocated)


def hash_of(layer: Layer, name: str, value: Value) -> str:
    """Names one value of a feature, or its shape: what a suggestion is to stand instead of."""
    encoded = encode_values({name: value}) or {}
    return content_hash([layer.id, name, encoded[name]])


def suggested(layer: Layer, suggestion: Mapping[str, Any]) -> tuple[str, Value]:
    """Name and value of a checked suggestion."""
    values = decode_values(layer, suggestion["values"]) or {}
    return next(iter(values.items()))


def standing(layer: Layer, now: Value, suggestion: Mapping[str, Any]) -> Standing:
    """Of a checked suggestion; ``now`` is the attribute's value, or the shape, in canonical form."""
    name, value = suggested(layer, suggestion)
    if geometry.same(now, value) if name == GEOMETRY else now == value:  # type: ignore[arg-type]  # shapes are bytes
        return Standing.THERE
    return Standing.OPEN if hash_of(layer, name, now) == suggestion["over"] else Standing.MOVED_ON
