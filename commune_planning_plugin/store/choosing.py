"""What a person has chosen in an open conflict so far, kept in the file: it may take more than a day."""

from __future__ import annotations

import json
import sqlite3
from typing import Optional

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import GEOMETRY, Layer
from commune_planning_plugin.store.model import FEATURE, Choice, Choices, Side, StoredConflict

_DRAWN = "drawn"


def put(connection: sqlite3.Connection, conflict: StoredConflict, choices: Choices) -> None:
    """In place of what was chosen before; a geometry that was drawn stays at hand."""
    shape = choices.get(GEOMETRY)
    drawn = shape if isinstance(shape, bytes) else conflict.drawn
    write(connection, conflict.layer, conflict.key, choices, drawn)


def write(connection: sqlite3.Connection, layer: str, key: str, choices: Choices, drawn: Optional[bytes]) -> None:
    if not choices and drawn is None:
        forget(connection, layer, key)
        return
    connection.execute("INSERT OR REPLACE INTO planning_choice VALUES (?, ?, ?, ?)", (layer, key, text(choices), drawn))


def forget(connection: sqlite3.Connection, layer: str, key: str) -> None:
    connection.execute("DELETE FROM planning_choice WHERE layer = ? AND key = ?", (layer, key))


def text(choices: Choices) -> str:
    return json.dumps({name: _DRAWN if isinstance(choice, bytes) else choice.value for name, choice in choices.items()})


def read(plain: Optional[str], drawn: Optional[bytes]) -> dict[str, Choice]:
    found: dict[str, Choice] = {}
    for name, chosen in json.loads(plain or "{}").items():
        if chosen != _DRAWN:
            found[name] = Side(chosen)
        elif drawn is not None:
            found[name] = drawn
    return found


def still_meant(choices: Choices, before: Optional[str], after: Optional[str]) -> dict[str, Choice]:
    """Those that were chosen with the very values of the province that are there now; its rows as they are kept."""
    one, other = (json.loads(row) if row is not None else {} for row in (before, after))
    return {
        name: choice for name, choice in choices.items() if (one == other if name == FEATURE else one.get(name) == other.get(name))
    }


def completed(layer: Layer, conflict: StoredConflict, choices: Choices) -> dict[str, Choice]:
    """A choice for every attribute in conflict, groups as one.

    Raises ``WorkingCopyError``: ``conflict.undecided`` with ``attributes``, ``conflict.choice`` where what is chosen can't be.
    """
    names = (FEATURE,) if conflict.about_existence else conflict.attributes
    units = {name: _unit(layer, name) for name in choices}
    known = {FEATURE, GEOMETRY, *layer.by_name}
    wrong = sorted(
        name for name, choice in choices.items() if name not in known or (isinstance(choice, bytes) and name != GEOMETRY)
    )
    of_unit: dict[str, Choice] = {}
    for name, choice in choices.items():
        if of_unit.setdefault(units[name], choice) != choice:
            wrong.append(name)
    if wrong:
        raise WorkingCopyError("conflict.choice", layer=layer.id, key=conflict.key, attributes=wrong)
    missing = sorted(name for name in names if _unit(layer, name) not in of_unit)
    if missing:
        raise WorkingCopyError("conflict.undecided", layer=layer.id, key=conflict.key, attributes=missing)
    return {name: of_unit[_unit(layer, name)] for name in names}


def _unit(layer: Layer, name: str) -> str:
    field = layer.by_name.get(name)
    return f"group {field.group}" if field is not None and field.group else name


def all_of(conflict: StoredConflict, side: Side) -> dict[str, Choice]:
    """One side in everything."""
    return dict.fromkeys((FEATURE,) if conflict.about_existence else conflict.attributes, side)
