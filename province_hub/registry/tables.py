"""Tables that an administrator keeps: CSV in UTF-8, with a comma, a semicolon or a tab between the cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path

from province_hub.registry.faults import Fault, FileRefused, refusal

Line = tuple[str, dict[str, str]]
"""The place as the file's owner finds it, and the cells by column."""


def read_table(path: Path, required: Collection[str], columns: Sequence[str]) -> list[Line]:
    """A CSV file's lines. It needs the columns ``required`` and may have any of ``columns``.

    Raises `FileRefused`: ``file.missing``, ``file.csv``, ``file.column``, ``file.empty``."""
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
    _check_header(required, columns, [name.strip() for name in reader.fieldnames or () if name.strip()])
    if not rows:
        raise refusal("file.empty", layer=path.name)
    too_long = [Fault("file.cells", place) for place, row in rows if any(row.get(None, ()))]
    if too_long:
        raise FileRefused(*too_long)
    return [(place, {name.strip(): cell or "" for name, cell in row.items() if name and name.strip()}) for place, row in rows]


def _check_header(required: Collection[str], columns: Sequence[str], names: Sequence[str]) -> None:
    faults = [Fault("file.column", "", {"name": name}) for name in required if name not in names]
    faults += [Fault("file.strange", "", {"name": name, "columns": ", ".join(columns)}) for name in names if name not in columns]
    if faults:
        raise FileRefused(*faults)


def day(text: str) -> date:
    """``2025-11-10`` or ``10/11/2025``. Raises ``ValueError``."""
    day_first = re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", text)
    return datetime.strptime(text, "%d/%m/%Y").date() if day_first else date.fromisoformat(text)  # a day
