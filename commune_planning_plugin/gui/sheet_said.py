"""Of a change sheet: what was found, what was said, the land-fund balance and the decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from commune_planning_plugin.core.discussion import Act, Request, Thread
from commune_planning_plugin.core.reconciliation import reconcile
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.balance_rows import balance_rows, closing_text, norm_texts, total_row
from commune_planning_plugin.gui.decision_words import amount, line_title, record_text, state_text, verdict
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.discussion_words import (
    act_label,
    anchor_title,
    answer_label,
    day,
    opinion_label,
    request_label,
    side_label,
    suggestion_text,
    thread_label,
    verdict_text,
)
from commune_planning_plugin.gui.findings_text import finding_text
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.sheet_html import paragraph, swatch, table, words
from commune_planning_plugin.gui.sheet_pages import Block
from commune_planning_plugin.session.change_sheet import SheetData


def findings(data: SheetData) -> Iterator[Block]:
    describer = Describer(data.catalogue)
    rows = {(item.layer, item.key): item.after or item.before for item in data.detail.review}
    if not data.detail.findings:
        yield Block((paragraph(words(translate("Sheet", "The planning rules found nothing."))),))
    for finding in data.detail.findings:
        about = describer.feature(finding.layer, rows.get((finding.layer, finding.key)), finding.key)
        yield Block((paragraph(f"• {words(about)}: {words(finding_text(finding, describer))}"),))


def remarks(data: SheetData) -> Iterator[Block]:
    """A block for each thread, in the order in which they were begun."""
    if not data.talk_known:
        yield Block((paragraph(words(translate("Sheet", "What was said about it isn't known here."))),))
    describer = Describer(data.catalogue)
    rows = {(item.layer, item.key): item.after or item.before for item in data.detail.review}
    for number, thread in enumerate(data.discussion.threads, 1):
        head = f"<b>{number}. {words(anchor_title(thread.anchor, describer, rows))}</b> – {words(thread_label(thread))}"
        acts = [*thread.comments, *([thread.last] if thread.last is not None else [])]
        yield Block((paragraph("<br>".join([head, *(_said(act, thread, data, describer) for act in acts)])),))


def earlier_verdicts(data: SheetData) -> Iterator[Block]:
    """What versions before this one were returned with."""
    describer = Describer(data.catalogue)
    rows = {(item.layer, item.key): item.after or item.before for item in data.detail.review}
    for (number, ref), act in sorted(data.discussion.verdicts.items(), key=lambda each: each[0][0]):
        if number < data.detail.summary.version and data.discussion.verdict(number, ref) is not None:
            version = translate("Discussion", "version {number}").format(number=number)
            about = f"{describer.feature(ref[0], rows.get(ref), ref[1])}, {version}"
            yield Block((paragraph(f"• {words(about)}: {words(verdict_text(act))}"),))


def _said(act: Act, thread: Thread, data: SheetData, describer: Describer) -> str:
    when = quantities.day_and_time(act.at) if act.at else ""
    version = translate("Discussion", "version {number}").format(number=act.version)
    about = ", ".join(filter(None, (side_label(act.side), when, version)))
    done = act_label(act.kind)
    told = ". ".join(filter(None, (done, act.text)))
    line = f"<i>{words(act.actor_name or act.actor)}</i> ({words(about)}): {words(told)}"
    layer = next((each for each in data.catalogue.layers if thread.ref is not None and each.id == thread.ref[0]), None)
    if layer is None or "suggestion" not in act.body:
        return line
    suggestion = translate("Discussion", "Suggested: {what}").format(what=suggestion_text(layer, act.body["suggestion"], describer))
    return f"{line}<br>▸ {words(suggestion)}"


def opinions(data: SheetData, now: datetime) -> Iterator[Block]:
    heads = (
        translate("Opinions", "Agency"),
        translate("Sheet", "Until"),
        translate("Sheet", "Opinion"),
        translate("Sheet", "The commune's answer"),
    )
    rows = [_opinion(request, data, now) for request in data.discussion.requests]
    if rows:
        yield Block((table(heads, rows, (24, 12, 34, 30)),))


def _opinion(request: Request, data: SheetData, now: datetime) -> tuple[str, ...]:
    opinion = request.opinion
    said = request_label(request, now)[0]
    if opinion is not None:
        by = ", ".join(filter(None, (opinion.actor_name, quantities.day_and_time(opinion.at) if opinion.at else "")))
        said = "\n".join(filter(None, (opinion_label(opinion.body["opinion"]), opinion.text, f"({by})")))
    answer = data.discussion.answers.get(opinion.id) if opinion is not None else None
    answered = f"{answer_label(answer.body['answer'])}: {answer.text}" if answer is not None else ""
    organisation = data.organisations.get(request.organisation, "")
    return tuple(map(words, (organisation, day(request.asked.body["due"]), said, answered)))


def balance(data: SheetData) -> Iterator[Block]:
    if data.balance is None:
        yield Block((paragraph(words(translate("Sheet", "The land-fund balance could not be had for this sheet."))),))
        return
    heads = (
        translate("Balance", "Function"),
        translate("Sheet", "Before, ha"),
        translate("Sheet", "After, ha"),
        translate("Balance", "±"),
        translate("Balance", "% before"),
        translate("Balance", "% after"),
        translate("Balance", "± points"),
    )
    rows = balance_rows(data.balance, data.catalogue)
    cells = [(swatch(row.colour) + words(row.title), *map(words, row.cells)) for row in rows]
    total = total_row(rows)
    cells.append(tuple(f"<b>{words(each)}</b>" for each in (total.title, *total.cells)))
    lines = [closing_text(data.balance, True)[0]]
    lines += [f"{'✓' if met else '✗'} {told}" for told, met in norm_texts(data.balance)]
    yield Block((table(heads, cells, (34, 11, 11, 11, 11, 11, 11), right=range(1, 7)), paragraph("<br>".join(map(words, lines)))))


def decision(data: SheetData) -> Iterator[Block]:
    papers = data.papers
    if papers is None:
        if data.detail.summary.state is State.APPROVED:
            yield Block((paragraph(words(translate("Sheet", "The decision's record could not be had for this sheet."))),))
        return
    current = papers.current
    lines = [state_text(papers)[0], *([record_text(current)] if current is not None else [])]
    yield Block((paragraph("<br>".join(map(words, lines))),))
    measured = papers.measured.get(current.decision.figures.scope) if current is not None else None
    if current is None or measured is None:
        return
    describer = Describer(data.catalogue)
    compared = reconcile(current.decision.figures, measured, papers.tolerance)
    heads = (
        translate("Decision", "Figure"),
        translate("Decision", "Decision"),
        translate("Decision", "Map"),
        translate("Decision", "Comparison"),
    )
    rows = [
        tuple(
            map(words, (line_title(describer, line, True), amount(line, line.stated), amount(line, line.measured), verdict(line)))
        )
        for line in compared.lines
    ]
    if rows:
        yield Block((table(heads, rows, (46, 14, 14, 26), right=(1, 2)),))
