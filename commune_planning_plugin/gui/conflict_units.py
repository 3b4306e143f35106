"""A conflict as the lines that a person decides: what is one value is one line, with the three values in the person's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

from commune_planning_plugin.core.changes import same_value
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Values
from commune_planning_plugin.gui.describe import HIDDEN, Describer
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.store import FEATURE, Choices, LocalChange, StoredConflict


@dataclass(frozen=True)
class Unit:
    """One line. ``name`` is what is chosen by, empty where both sides already stand together and nothing is to be chosen.

    ``changed`` says of base, mine and the province's whether they differ from the base; ``drawn`` is a third choice.
    """

    name: str
    title: str
    values: tuple[str, str, str]
    changed: tuple[bool, bool, bool] = (False, True, True)
    drawn: str = ""


def units_of(describer: Describer, layer: Layer, local: LocalChange, choices: Choices) -> list[Unit]:
    """What is to be decided first, then what else differs."""
    conflict = local.conflict
    if conflict is None:
        return []
    rows = (conflict.base, local.row, conflict.remote)
    names = [name for name in _names(layer) if name == GEOMETRY or name not in HIDDEN]
    if conflict.about_existence:
        decided = [_existence(conflict.kind)]
        rest = [name for name in names if _differs(name, rows) and not _derived(layer, name)]
    else:
        groups = _groups(layer, _clashing(layer, conflict))
        decided = [_unit(describer, layer, group, rows, choices, local) for group in groups]
        rest = [name for name in names if name not in conflict.attributes and _differs(name, rows) and not _derived(layer, name)]
    return [*decided, *(_line(describer, layer, (name,), rows) for name in rest)]


def to_decide(layer: Layer, conflict: StoredConflict) -> tuple[str, ...]:
    """The names that are chosen by, without the words of `units_of`."""
    if conflict.about_existence:
        return (FEATURE,)
    return tuple(group[0] for group in _groups(layer, _clashing(layer, conflict)))


def _clashing(layer: Layer, conflict: StoredConflict) -> list[str]:
    return [name for name in _names(layer) if name in conflict.attributes]


def _names(layer: Layer) -> list[str]:
    """In the order of the standard, the shape first."""
    return [GEOMETRY, *(field.name for field in layer.fields)]


def _existence(kind: ConflictKind) -> Unit:
    kept_here = translate("Conflicts", "Keep the feature, with the commune's changes")
    kept_there = translate("Conflicts", "Keep the feature, as the province changed it")
    gone = translate("Conflicts", "Remove the feature")
    here = kind is ConflictKind.DELETED_HERE
    values = ("–", gone if here else kept_here, kept_there if here else gone)
    return Unit(FEATURE, translate("Conflicts", "The feature"), values)


def _groups(layer: Layer, names: list[str]) -> list[tuple[str, ...]]:
    """Names that are one value together."""
    found: dict[str, list[str]] = {}
    for name in names:
        field = layer.by_name.get(name)
        found.setdefault(f"group {field.group}" if field is not None and field.group else name, []).append(name)
    return [tuple(group) for group in found.values()]


Rows = tuple[Optional[Values], Optional[Values], Optional[Values]]


def _unit(describer: Describer, layer: Layer, names: tuple[str, ...], rows: Rows, choices: Choices, local: LocalChange) -> Unit:
    line = _line(describer, layer, names, rows)
    drawn = ""
    if names[0] == GEOMETRY and local.conflict is not None:
        chosen = choices.get(GEOMETRY)
        wkb = chosen if isinstance(chosen, bytes) else local.conflict.drawn
        drawn = translate("Conflicts", "Drawn anew: {size}").format(size=describer.shape_measure(layer.id, wkb)) if wkb else ""
    return Unit(names[0], line.title, line.values, line.changed, drawn)


def _line(describer: Describer, layer: Layer, names: tuple[str, ...], rows: Rows) -> Unit:
    base = rows[0]
    values = tuple(_value(describer, layer, names, row, (base or {}).get(GEOMETRY)) for row in rows)
    changed = tuple(row is not None and any(not _same(name, base, row) for name in names) for row in rows)
    title = describer.shape_title(layer.id) if names[0] == GEOMETRY else "\n".join(describer.field(layer.id, n) for n in names)
    return Unit("", title, values, changed)  # type: ignore[arg-type]


def _value(describer: Describer, layer: Layer, names: tuple[str, ...], row: Optional[Values], base: Any) -> str:
    if row is None:
        return "–"
    if names[0] == GEOMETRY:
        shape = row.get(GEOMETRY)
        told = (describer.shape_measure(layer.id, shape), describer.shape_words(layer.id, base, shape, measured=False))
        return "\n".join(filter(None, told))
    return "\n".join(describer.value(layer.id, name, row.get(name)) for name in names)


def _differs(name: str, rows: Rows) -> bool:
    present = [row for row in rows if row is not None]
    return any(not _same(name, present[0], row) for row in present[1:])


def _same(name: str, one: Optional[Mapping[str, Any]], other: Mapping[str, Any]) -> bool:
    return same_value(name, (one or {}).get(name), other.get(name))


def _derived(layer: Layer, name: str) -> bool:
    field = layer.by_name.get(name)
    return field is not None and field.derived is not None
