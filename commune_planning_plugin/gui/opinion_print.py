"""The consolidated table on paper: a page as HTML, as PDF, and lines for a spreadsheet."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from qgis.PyQt.QtCore import QMarginsF
from qgis.PyQt.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from commune_planning_plugin.core.discussion import VIETNAM
from commune_planning_plugin.core.opinion_table import HEADINGS, Row, said
from commune_planning_plugin.core.text import cell
from commune_planning_plugin.sync.proposal_documents import ProposalSummary

_WIDTHS = (4, 16, 9, 13, 24, 11, 18, 5)
"""Per cent of the page."""


def page(summary: ProposalSummary, rows: Sequence[Row], now: datetime) -> str:
    """As the paper file has it; the words are Vietnamese in every interface."""
    about = html.escape(f"{summary.title} – {summary.plan_name} – {summary.commune_name}")
    head = "".join(f'<th width="{width}%">{html.escape(name)}</th>' for name, width in zip(HEADINGS, _WIDTHS))
    lines = "".join(_line(said(row, number)) for number, row in enumerate(rows, 1))
    day = now.astimezone(VIETNAM).strftime("%d/%m/%Y")
    return (
        "<html><body style=\"font-family:'Times New Roman','Liberation Serif',serif; font-size:11pt\">"
        '<h3 align="center">TỔNG HỢP Ý KIẾN – TIẾP THU, GIẢI TRÌNH</h3>'
        f'<p align="center">{about}<br>Hồ sơ số {summary.number}, lần {summary.version}, ngày {day}</p>'
        f'<table border="1" cellspacing="0" cellpadding="4" width="100%"><thead><tr>{head}</tr></thead>{lines}</table>'
        "</body></html>"
    )


def write_pdf(path: Path, markup: str) -> None:
    """A4 across. Raises ``OSError`` where it can't be written."""
    path.write_bytes(b"")
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter)
    writer.setResolution(300)
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setHtml(markup)
    document.print(writer)
    if not path.stat().st_size:
        raise OSError(str(path))


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    """UTF-8 with the mark that spreadsheets know it by; nothing in it is a formula. Raises ``OSError``."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows([cell(each) for each in said(row, number)] for number, row in enumerate(rows, 1))
    path.write_bytes(out.getvalue().encode("utf-8-sig"))


def _line(cells: Sequence[str]) -> str:
    return '<tr valign="top">' + "".join("<td>" + html.escape(each).replace("\n", "<br>") + "</td>" for each in cells) + "</tr>"
