"""A decision's figures in words: in hectares, with what deviates said beside."""

from __future__ import annotations

from datetime import date
from typing import Optional

from commune_planning_plugin.core.balance import FUNCTION_FIELDS, LAYER
from commune_planning_plugin.core.decision import HECTARE
from commune_planning_plugin.core.reconciliation import Kind, Line
from commune_planning_plugin.gui import balance_rows, quantities
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.sync.decision_calls import DecisionPapers, DecisionRecord


def day(value: Optional[date]) -> str:
    """As Vietnamese documents write it."""
    return value.strftime("%d/%m/%Y") if value is not None else "–"


def hectares(square_metres: float) -> str:
    return quantities.number(square_metres / HECTARE, 2)


def function_title(describer: Describer, code: str) -> str:
    return describer.value(LAYER, FUNCTION_FIELDS[0], code) if code else translate("Decision", "No land function")


def line_title(describer: Describer, line: Line, both_sides: bool, with_code: bool = True) -> str:
    """What the line is about; before and after are told apart where both are compared. A narrow table has no room for codes."""
    if line.kind is Kind.LOTS:
        return translate("Decision", "Number of lots")
    if line.kind is Kind.BOUNDARY:
        return translate("Decision", "Area of the boundary (ha)")
    function = line.function or ""
    title = function_title(describer, function) if with_code else balance_rows.function_title(function, describer)
    if not both_sides:
        return title
    pattern = (
        translate("Decision", "{function}, before") if line.kind is Kind.BEFORE else translate("Decision", "{function}, after")
    )
    return pattern.format(function=title)


def amount(line: Line, value: float) -> str:
    return quantities.number(value) if line.kind is Kind.LOTS else hectares(value)


def verdict(line: Line) -> str:
    """Whether both agree, and if not, by how much, and what is allowed."""
    if line.agrees:
        return translate("Decision", "agrees")
    sign = "+" if line.deviation > 0 else "−"
    if line.kind is Kind.LOTS:
        return translate("Decision", "differs: {sign}{count} lots").format(sign=sign, count=quantities.number(abs(line.deviation)))
    told = translate("Decision", "differs: {sign}{difference} ha ({allowed} allowed)")
    return told.format(sign=sign, difference=hectares(abs(line.deviation)), allowed=hectares(line.tolerance))


def state_text(papers: DecisionPapers) -> tuple[str, Tone]:
    """Where the decision stands, and how that is to be taken."""
    current, effect = papers.current, papers.effect
    if current is None:
        if "record" in papers.can:
            return translate("Decision", "Approved. Next: record the signed decision."), Tone.NEWS
        return translate("Decision", "Approved. The signed decision hasn't been recorded yet."), Tone.PLAIN
    if effect is None:
        return translate("Decision", "Recorded, and not in force yet: the plan in force is still the one before."), Tone.NEWS
    told = translate("Decision", "In force from {day}; put into force by {name}, {time}.")
    text = told.format(day=day(current.decision.effective), name=effect.by, time=quantities.day_and_time(effect.at))
    if effect.waiver:
        text += "\n" + translate("Decision", "Though the map differs: {reason}").format(reason=effect.waiver)
    return text, Tone.GOOD


def record_text(record: DecisionRecord) -> str:
    """Number, days, signature, file and who recorded it, a line each."""
    decision = record.decision
    lines = [
        translate("Decision", "Decision {number} of {date}, in force from {effective}").format(
            number=decision.number, date=day(decision.date), effective=day(decision.effective)
        ),
        translate("Decision", "Signed by {name}, {office}").format(name=decision.signer, office=decision.office),
        translate("Decision", "File: {name} · SHA-256 {hash}…").format(name=decision.file_name, hash=decision.sha256[:12]),
        translate("Decision", "Recorded by {name}, {time}").format(name=record.by, time=quantities.day_and_time(record.at)),
    ]
    if decision.reason:
        lines.append(translate("Decision", "Correction: {reason}").format(reason=decision.reason))
    return "\n".join(lines)
