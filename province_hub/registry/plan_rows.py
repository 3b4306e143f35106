"""Plans as a table: the columns of the registry, read from CSV or from the command line."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from commune_planning_plugin.core.text import readable
from province_hub.registry.faults import Fault, FileRefused, refusal

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


def read_csv(path: Path) -> list[tuple[str, dict[str, str]]]:
    """Each line's place and cells. Raises `FileRefused`: ``file.missing``, ``file.csv``, ``file.column``, ``file.empty``."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise refusal("file.missing", path=path) from error
    except (UnicodeDecodeError, OSError) as error:
        raise refusal("file.csv", path=path) from error
    first_line = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first_line.count))
    try:
        rows = [(f"line {reader.line_num}", row) for row in reader if any(row.values())]
    except csv.Error as error:
        raise refusal("file.csv", path=path) from error
    _check_header([name.strip() for name in reader.fieldnames or () if name.strip()])
    if not rows:
        raise refusal("file.empty", layer=path.name)
    too_long = [Fault("file.cells", place) for place, row in rows if any(row.get(None, ()))]
    if too_long:
        raise FileRefused(*too_long)
    return [(place, {name.strip(): cell or "" for name, cell in row.items() if name and name.strip()}) for place, row in rows]


def parse(rows: Sequence[tuple[str, Mapping[str, str]]], codes: Codes) -> list[PlanRow]:
    """Raises `FileRefused` with all that is wrong."""
    faults: list[Fault] = []
    parsed = [PlanRow(place, _values(place, cells, codes, faults)) for place, cells in rows]
    uses = Counter(row.code for row in parsed)
    faults += [Fault("plan.twice", row.place, {"value": row.code}) for row in parsed if uses[row.code] > 1 and row.code]
    if faults:
        raise FileRefused(*faults)
    return parsed


def _check_header(names: Sequence[str]) -> None:
    faults = [Fault("file.column", "", {"name": name}) for name in REQUIRED if name not in names]
    faults += [Fault("file.strange", "", {"name": name, "columns": ", ".join(COLUMNS)}) for name in names if name not in COLUMNS]
    if faults:
        raise FileRefused(*faults)


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


def _date(text: str) -> date:
    day_first = re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", text)
    return datetime.strptime(text, "%d/%m/%Y").date() if day_first else date.fromisoformat(text)  # a day


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
    "decision_date": _date,
    "valid_from": _date,
    "valid_to": _date,
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
