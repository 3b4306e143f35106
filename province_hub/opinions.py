"""Agencies' opinions: what an approval waits for, and the consolidated table (tổng hợp ý kiến – tiếp thu, giải trình)."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from commune_planning_plugin.core.discussion import VIETNAM
from commune_planning_plugin.core.opinion_table import HEADINGS, Row, rows, said
from commune_planning_plugin.core.text import cell
from province_hub import organisations
from province_hub.database import HubConnection
from province_hub.discussion import said_about_opinions
from province_hub.errors import Problem
from province_hub.identity import Principal
from province_hub.rights import may_see
from province_hub.stored import Stored, find

_STYLE = (
    "body{font-family:'Times New Roman',serif;font-size:12pt}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #000;padding:4px;vertical-align:top;text-align:left}h1{font-size:14pt;text-align:center}"
)


def check_none_waits(conn: HubConnection, proposal: str) -> None:
    """Raises `Problem` 409 ``opinions.pending`` with the ``organisations`` that have until their due date."""
    waiting = said_about_opinions(conn, proposal).waiting(datetime.now(timezone.utc))
    if waiting:
        names = _names(conn)
        about = [{"name": names.get(each.organisation, ""), "due": each.due.isoformat()} for each in waiting]
        raise Problem(409, "opinions.pending", organisations=about)


def table(conn: HubConnection, principal: Principal, proposal: str) -> tuple[Stored, list[Row]]:
    """A line for each request, with what the agency said last and what the commune answered. Raises `Problem` 404."""
    stored = find(conn, proposal)
    if stored is None or not may_see(principal, stored.standing):
        raise Problem(404, "not_found")
    return stored, rows(said_about_opinions(conn, proposal), _names(conn), datetime.now(timezone.utc))


def _names(conn: HubConnection) -> dict[str, str]:
    return {each["id"]: each["name"] for each in organisations.listed(conn)}


def as_json(found: Sequence[Row]) -> list[dict[str, Any]]:
    return [row.to_json() for row in found]


def as_csv(found: Sequence[Row]) -> str:
    """With a mark that spreadsheets know UTF-8 by. What begins like a formula is made text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows([cell(each) for each in said(row, number)] for number, row in enumerate(found, 1))
    return "\ufeff" + out.getvalue()


def as_html(stored: Stored, found: Sequence[Row]) -> str:
    """A page for the paper file."""
    about = f"{stored.row['title']} – {stored.row['plan_name']} – {stored.row['commune_name']}"
    head = "".join(f"<th>{html.escape(name)}</th>" for name in HEADINGS)
    lines = "".join(_line(said(row, number)) for number, row in enumerate(found, 1))
    day = datetime.now(VIETNAM).strftime("%d/%m/%Y")
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{html.escape(about)}</title>'
        f"<style>{_STYLE}</style></head>"
        f"<body><h1>TỔNG HỢP Ý KIẾN – TIẾP THU, GIẢI TRÌNH</h1><p>{html.escape(about)}</p><p>Hồ sơ số {stored.row['number']}, "
        f"lần {stored.version}, ngày {day}</p><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></body></html>"
    )


def _line(cells: Sequence[str]) -> str:
    return "<tr>" + "".join("<td>" + html.escape(each).replace("\n", "<br>") + "</td>" for each in cells) + "</tr>"
