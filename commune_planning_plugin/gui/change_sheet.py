"""The change sheet on paper: everything about a proposal for the file, in the interface's language, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timezone
from functools import partial
from pathlib import Path

from commune_planning_plugin.gui import quantities, sheet_said
from commune_planning_plugin.gui.authority_text import authority_text, shown_state, step_text
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.grounds import ground_title
from commune_planning_plugin.gui.labels import kind_label
from commune_planning_plugin.gui.language import interface_language, translate
from commune_planning_plugin.gui.sheet_changes import ChangeBlocks
from commune_planning_plugin.gui.sheet_html import pairs, paragraph, section, table, words
from commune_planning_plugin.gui.sheet_pages import Block, Text, write_pages
from commune_planning_plugin.session.change_sheet import SheetData
from commune_planning_plugin.sync.feedback import Feedback, Progress, stop_if_cancelled


def print_sheet(data: SheetData, path: Path, feedback: Feedback) -> int:
    """Write the PDF; how many pages it has. Raises ``OSError``, ``Cancelled``."""
    changes = ChangeBlocks(data)
    whole, done = 2 * len(data.detail.review), 0

    def counted(blocks: Iterator[Block]) -> Iterator[Block]:
        nonlocal done
        for block in blocks:
            yield block
            done += 1
            feedback.progress(Progress("sheet", done_features=done // 2, total_features=whole // 2))

    return write_pages(
        path,
        lambda: sheet_blocks(data, changes, counted, datetime.now(timezone.utc)),
        foot_text(data),
        translate("Sheet", "Page {number}/{count}"),
        partial(stop_if_cancelled, feedback),
    )


def sheet_blocks(data: SheetData, changes: ChangeBlocks, counted: partial, now: datetime) -> Iterator[Block]:
    yield Block(_head(data, now))
    yield from section(translate("Sheet", "Steps"), _steps(data))
    yield from section(translate("Sheet", "Overview"), changes.overview())
    limit = changes.limit_text()
    if limit:
        yield Block((paragraph(f"<i>{words(limit)}</i>"),))
    title = translate("Sheet", "Changes ({count})").format(count=quantities.number(len(data.detail.review)))
    yield from section(title, counted(changes.changes()))
    yield from section(translate("Sheet", "Findings of the planning rules"), sheet_said.findings(data))
    yield from section(translate("Sheet", "Verdicts on earlier versions"), sheet_said.earlier_verdicts(data))
    yield from section(translate("Sheet", "Remarks and answers"), sheet_said.remarks(data))
    yield from section(translate("Sheet", "Agencies' opinions"), sheet_said.opinions(data, now))
    yield from section(translate("Sheet", "Land-fund balance of the plan"), sheet_said.balance(data))
    yield from section(translate("Sheet", "Decision"), sheet_said.decision(data))


def foot_text(data: SheetData) -> str:
    """Which proposal, which version, and the hash of the result that is decided on; where there is none, of what was sent."""
    detail = data.detail
    number = translate("Sheet", "No. {number}, version {version}").format(
        number=detail.summary.number, version=detail.summary.version
    )
    of_what = translate("Sheet", "result") if detail.result_hash else translate("Sheet", "no result to decide on; content")
    return f"{number} · {of_what} SHA-256 {detail.result_hash or detail.summary.hash}"


def _head(data: SheetData, now: datetime) -> tuple[Text, ...]:
    detail, describer = data.detail, Describer(data.catalogue)
    summary = detail.summary
    kinds = Counter(item.kind for item in detail.review)
    rows = (
        (translate("Sheet", "Proposal"), summary.title),
        (translate("Sheet", "Number, version"), f"{summary.number}, {summary.version}"),
        (translate("Sheet", "Commune"), summary.commune_name),
        (translate("Sheet", "Plan"), summary.plan_name),
        (translate("Sheet", "Sent by"), f"{summary.author.full_name}, {quantities.day_and_time(summary.created_at)}"),
        (translate("Sheet", "Ground"), ground_title(detail.content.ground)),
        (translate("Sheet", "Reason"), detail.content.reason),
        (translate("Sheet", "State"), f"{shown_state(summary)[0]}, {quantities.day_and_time(summary.updated_at)}"),
        (translate("Sheet", "To be decided by"), quantities.day_and_time(summary.due_at) if summary.due_at else ""),
        *_authority(authority_text(summary.authority, summary.commune, describer)),
        (translate("Sheet", "Changes"), ", ".join(f"{count} {kind_label(kind)}" for kind, count in kinds.items())),
        (translate("Sheet", "Applied in revision"), str(summary.revision) if summary.revision is not None else ""),
        (translate("Sheet", "Files"), "\n".join(file.name for file in detail.content.attachments)),
    )
    name = translate("Sheet", "CHANGE SHEET OF A PLANNING PROPOSAL")
    title = f'<h2 align="center" style="margin:0">{words(name)}</h2>'
    notice = data.catalogue.notice_vi if interface_language() == "vi" else data.catalogue.notice_en
    below = f'<p align="center" style="margin:0 0 6px 0"><i>{words(_printed(data, now))}<br>{words(notice)}</i></p>'
    return (Text(title + below), pairs(rows))


def _authority(text: str) -> Iterator[tuple[str, str]]:
    """The sentence names itself at its beginning."""
    name, _, said = text.partition(": ")
    yield name, said


def _printed(data: SheetData, now: datetime) -> str:
    if data.at is not None:
        text = translate("Sheet", "Printed {time} by {name} without a connection: as it was known here {at}")
        return text.format(time=quantities.day_and_time(now), name=data.printed_by, at=quantities.day_and_time(data.at))
    return translate("Sheet", "Printed {time} by {name}").format(time=quantities.day_and_time(now), name=data.printed_by)


def _steps(data: SheetData) -> Iterator[Block]:
    describer = Describer(data.catalogue)
    heads = (translate("Sheet", "When"), translate("Sheet", "What"), translate("Sheet", "Reason"))
    said = ((quantities.day_and_time(step.at), step_text(step, describer), step.reason or "") for step in data.detail.steps)
    rows = [tuple(map(words, each)) for each in said]
    if rows:
        yield Block((table(heads, rows, (18, 42, 40)),))
