"""Plans as a table: the columns of the registry, read from CSV or from the command line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commune_planning_plugin.core.text import readable
from province_hub.registry.faults import Fault, FileRefused
from province_hub.registry.tables import Line, day, read_table

REQUIRED = ("code", "name", "level", "kind")
COLUMNS = (*REQUIRED, "status", "decision", "decision_date", "parent", "communes", "stated_area_ha", "valid_from", "valid_to")
LONGEST_CODE = 15
"""Characters of the standard's field maHoSoQH."""

_LISTS = {"level": "plan_level", "kind": "plan_kind", "status": "plan_registration"}
_MAY_BE_EMPTY = {"decision": "", "status": "approved"}

Codes = Mapping[str, Mapping[str, str]]
"""By list: codes and titles, both in lower case, with the code each stands for."""


@dataclass(frozen=True)
class PlanRow:
    """``values`` holds the columns that were given: text, dates, hectares, and ``communes`` as a tuple of codes."""

    place: str
    values: Mapping[str, Any]

    @property
    def code(self) -> str:
        return str(self.values["code"])


def read_csv(path: Path) -> list[Line]:
    """Raises `FileRefused` as `read_table` does."""
    return read_table(path, REQUIRED, COLUMNS)


def parse(rows: Sequence[tuple[str, Mapping[str, str]]], codes: Codes) -> list[PlanRow]:
    """Raises `FileRefused` with all that is wrong."""
    faults: list[Fault] = []
    parsed = [PlanRow(place, _values(place, cells, codes, faults)) for place, cells in rows]
    uses = Counter(row.code for row in parsed)
    faults += [Fault("plan.twice", row.place, {"value": row.code}) for row in parsed if uses[row.code] > 1 and row.code]
    if faults:
        raise FileRefused(*faults)
    return parsed


def _values(place: str, cells: Mapping[str, str], codes: Codes, faults: list[Fault]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, cell in cells.items():
        text = " ".join(readable(cell).split())
        try:
            values[name] = _READ.get(name, _text)(text) if text else _empty(name)
            if name in _LISTS and text:
                values[name] = codes[_LISTS[name]][text.lower()]
        except (ValueError, KeyError):
            choices = ", ".join(sorted(set(codes[_LISTS[name]].values()))) if name in _LISTS else ""
            faults.append(Fault(f"plan.{_COMPLAINTS.get(name, name)}", place, {"value": text, "column": name, "choices": choices}))
            values[name] = ""
    if values.get("valid_from") and values.get("valid_to") and values["valid_to"] < values["valid_from"]:
        faults.append(Fault("plan.validity", place))
    return values


def _empty(name: str) -> Any:
    if name in REQUIRED:
        raise ValueError(name)
    return () if name == "communes" else _MAY_BE_EMPTY.get(name)


def _text(text: str) -> str:
    return text


def _code(text: str) -> str:
    if len(text) > LONGEST_CODE:
        raise ValueError(text)
    return text


def _hectares(text: str) -> float:
    """``1234.5`` or ``1234,5``; a separator of thousands can't be told from that of decimals and isn't guessed."""
    if not re.fullmatch(r"\d+([.,]\d+)?", text):
        raise ValueError(text)
    return float(text.replace(",", "."))


def _communes(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(re.split(r"[\s,;]+", text.strip(" ,;"))))
    return tuple(code.zfill(5) if code.isdecimal() else code for code in found)


_READ: dict[str, Callable[[str], Any]] = {
    "code": _code,
    "decision_date": day,
    "valid_from": day,
    "valid_to": day,
    "stated_area_ha": _hectares,
    "communes": _communes,
}
_COMPLAINTS = {
    "decision_date": "date",
    "valid_from": "date",
    "valid_to": "date",
    "level": "choice",
    "kind": "choice",
    "status": "choice",
}
