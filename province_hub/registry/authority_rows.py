"""The matrix of authority as a table: its columns, read from CSV and written to it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from commune_planning_plugin.core.authority import COMMUNE, PROVINCE, Authority, Level, Party, Row, Territory, contradictions
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.text import readable
from province_hub.registry.faults import Fault, FileRefused
from province_hub.registry.tables import Line, day, read_table

_SELECTORS = ("plan_kind", "plan_level", "territory")
_PARTIES = ("establishes", "appraises", "approves")
_FLAGS = ("separate_appraisal", "signer_may_approve", "post_check")
REQUIRED = ("territory", "approves")
COLUMNS = (*_SELECTORS, *_PARTIES, *_FLAGS, "document", "valid_from", "valid_to", "in_force", "note")
_YES, _NO = {"yes", "true", "1", "có"}, {"no", "false", "0", "không", ""}
_USUAL = {"establishes": "commune", "appraises": "province", "in_force": "yes"}


@dataclass(frozen=True)
class Known:
    """What rows may name: codes of plan kinds and levels by list, communes, and organisations that are open."""

    codes: Mapping[str, Collection[str]]
    communes: Collection[str]
    organisations: Collection[str]


def read_csv(path: Path) -> list[Line]:
    """Raises `FileRefused` as `read_table` does."""
    return read_table(path, REQUIRED, COLUMNS)


def parse(lines: Sequence[Line], known: Known) -> list[Row]:
    """Raises `FileRefused` with all that is wrong, each with its line: ``authority.*``."""
    faults: list[Fault] = []
    rows = [_Cells(place, cells, known, faults).row() for place, cells in lines]
    if not faults:
        places = [place for place, _ in lines]
        faults += [Fault("authority.overlap", places[j], {"other": places[i]}) for i, j in contradictions(rows)]
    if faults:
        raise FileRefused(*faults)
    return rows


def written(rows: Iterable[Row]) -> str:
    """CSV that `parse` makes the same rows of."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(cells(row) for row in rows)
    return out.getvalue()


def cells(row: Row) -> dict[str, str]:
    """The row as the table has it."""
    authority = row.authority
    place = row.commune if row.commune is not None else row.territory.value
    return {
        "plan_kind": row.kind or "",
        "plan_level": row.level or "",
        "territory": place,
        **{name: str(getattr(authority, name)) for name in _PARTIES},
        **{name: _word(getattr(authority, name)) for name in _FLAGS},
        "document": authority.document,
        "valid_from": row.valid_from.isoformat() if row.valid_from else "",
        "valid_to": row.valid_to.isoformat() if row.valid_to else "",
        "in_force": _word(row.in_force),
        "note": row.note,
    }


def _word(flag: bool) -> str:
    return "yes" if flag else "no"


class _Cells:
    """One line on its way to a row; what is wrong goes into ``faults``."""

    def __init__(self, place: str, given: Mapping[str, str], known: Known, faults: list[Fault]) -> None:
        self._place, self._known, self._faults = place, known, faults
        self._texts = {name: " ".join(readable(given.get(name, "")).split()) for name in COLUMNS}
        for name, text in _USUAL.items():
            self._texts[name] = self._texts[name] or text

    def row(self) -> Row:
        territory, commune = self._territory()
        parties = {name: self._read(name, Party.parse, PROVINCE, "authority.party") for name in _PARTIES}
        flags = {name: self._read(name, _flag, False, "authority.flag") for name in _FLAGS}
        authority = Authority(**parties, **flags, document=self._texts["document"])
        kind, level = (self._code(name) for name in ("plan_kind", "plan_level"))
        first, last = (self._read(name, _optional_day, None, "authority.date") for name in ("valid_from", "valid_to"))
        in_force = self._read("in_force", _flag, True, "authority.flag")
        row = Row(authority, kind, level, territory, commune, first, last, in_force, self._texts["note"])
        self._check(row)
        return row

    def _read(self, name: str, read: Callable[[str], Any], otherwise: Any, code: str) -> Any:
        try:
            return read(self._texts[name])
        except (ValueError, InvalidData):
            self._complain(code, value=self._texts[name], column=name)
            return otherwise

    def _complain(self, code: str, **details: Any) -> None:
        self._faults.append(Fault(code, self._place, details))

    def _code(self, name: str) -> Optional[str]:
        text = self._texts[name]
        if not text:
            return None
        if text not in self._known.codes.get(name, ()):
            self._complain("authority.choice", value=text, column=name, choices=", ".join(sorted(self._known.codes.get(name, ()))))
        return text

    def _territory(self) -> tuple[Territory, Optional[str]]:
        text = self._texts["territory"]
        if text.isdecimal():
            if text not in self._known.communes:
                self._complain("commune.unknown", value=text)
            return Territory.COMMUNE, text
        plain = [each.value for each in Territory if each is not Territory.COMMUNE]
        if text not in plain:
            self._complain("authority.choice", value=text, column="territory", choices=", ".join([*plain, "a commune's code"]))
            return Territory.ANY, None
        return Territory(text), None

    def _check(self, row: Row) -> None:
        authority = row.authority
        if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
            self._complain("authority.validity")
        if authority.signer_may_approve and not (authority.approves == COMMUNE and authority.post_check):
            self._complain("authority.signer")
        if not row.in_force:
            return
        if authority.approves != PROVINCE and not authority.document:
            self._complain("authority.document", value=str(authority.approves))
        for party in (authority.appraises, authority.approves):
            if party.level is Level.ORGANISATION and party.name not in self._known.organisations:
                self._complain("authority.organisation", value=party.name)


def _flag(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise ValueError(text)
    return text.lower() in _YES


def _optional_day(text: str) -> Any:
    return day(text) if text else None
