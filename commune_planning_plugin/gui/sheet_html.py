"""Rich text for paper: headings, pairs and tables; every word of a person is escaped here."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from commune_planning_plugin.gui.sheet_pages import Block, Text

_TABLE = '<table border="1" cellspacing="0" cellpadding="3" width="100%" style="border-collapse:collapse; border-color:#808080">'


def words(text: str) -> str:
    """As it was written: nothing in it is markup."""
    return html.escape(text).replace("\n", "<br>")


def swatch(colour: str) -> str:
    return f'<span style="background-color:{colour}">&nbsp;&nbsp;&nbsp;&nbsp;</span>&nbsp;'


def heading(text: str) -> Text:
    return Text(f'<h3 style="margin:6px 0 3px 0">{words(text)}</h3>')


def paragraph(markup: str) -> Text:
    return Text(f'<p style="margin:0 0 3px 0">{markup}</p>')


def pairs(rows: Iterable[tuple[str, str]]) -> Text:
    """What it is, and its value; a pair without a value isn't shown."""
    lines = (
        f'<tr valign="top"><td width="27%"><b>{words(name)}</b></td><td>{words(value)}</td></tr>' for name, value in rows if value
    )
    return Text(f'<table cellspacing="0" cellpadding="2" width="100%">{"".join(lines)}</table>')


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int], right: Sequence[int] = ()) -> Text:
    """Cells are markup, the last one of a shorter row spans the rest; ``widths`` are per cent."""
    head = "".join(f'<th width="{width}%" bgcolor="#eeeeee">{words(name)}</th>' for name, width in zip(heads, widths))
    lines = "".join(f'<tr valign="top">{_cells(row, len(heads), right)}</tr>' for row in rows)
    return Text(f"{_TABLE}<thead><tr>{head}</tr></thead>{lines}</table>")


def _cells(row: Sequence[str], columns: int, right: Sequence[int]) -> str:
    spans = [*([1] * (len(row) - 1)), columns - len(row) + 1]
    return "".join(
        f'<td colspan="{span}" align="{"right" if at in right else "left"}">{markup}</td>'
        for at, (markup, span) in enumerate(zip(row, spans))
    )


def section(title: str, blocks: Iterable[Block]) -> Iterable[Block]:
    """The heading stays with what comes first; nothing where nothing comes."""
    first = True
    for block in blocks:
        yield Block((heading(title), *block.parts)) if first else block
        first = False
