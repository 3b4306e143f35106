"""What else touches a proposal's ground, in sentences."""

from __future__ import annotations

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.balance_rows import function_title
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.labels import state_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.sync.review_documents import HigherPlan, Meeting, NearCommune, Related, RestrictedGround

NAMED = 3
"""Competing proposals that a notice names before it only counts."""


def competing_text(meetings: tuple[Meeting, ...]) -> str:
    """One sentence for all that wait for a decision about the same ground; empty where none does."""
    if not meetings:
        return ""
    named = "; ".join(_name(meeting) for meeting in meetings[:NAMED]) + ("; …" if len(meetings) > NAMED else "")
    text = translate("Related", "%n other proposal(s) wait for a decision on the same ground: {named}.", None, len(meetings))
    return text.format(named=named)


def competing_brief(meetings: tuple[Meeting, ...]) -> str:
    """`competing_text` in a few words: which ones."""
    if not meetings:
        return ""
    named = "; ".join(_name(meeting) for meeting in meetings[:NAMED]) + ("; …" if len(meetings) > NAMED else "")
    return translate("Related", "Same ground: {named}").format(named=named)


def _name(meeting: Meeting) -> str:
    text = translate("Related", "no. {number} ({commune}, {state})")
    return text.format(number=meeting.number, commune=meeting.commune_name, state=state_label(meeting.state))


def meeting_text(meeting: Meeting) -> str:
    """A competing proposal as a line."""
    text = translate("Related", "No. {number} · {title}\n{commune} · {state} · %n feature(s), {area}", None, len(meeting.features))
    return text.format(
        number=meeting.number,
        title=meeting.title,
        commune=meeting.commune_name,
        state=state_label(meeting.state),
        area=quantities.area(meeting.area_m2),
    )


def earlier_text(meeting: Meeting) -> str:
    """An earlier adjustment as a line, with its decision where one is recorded."""
    text = translate("Related", "{what} · {title}\n{commune} · {share} % of the ground, {area}")
    by_number = translate("Related", "Proposal no. {number}").format(number=meeting.number)
    decision = translate("Related", "Decision {number}").format(number=meeting.decision) if meeting.decision else by_number
    return text.format(
        what=decision,
        title=meeting.title,
        commune=meeting.commune_name,
        share=quantities.number(100 * (meeting.share or 0.0), 1),
        area=quantities.area(meeting.area_m2),
    )


def adjusted_text(related: Related) -> str:
    """How often the place was adjusted."""
    times = len(related.earlier) + related.direct
    text = translate("Related", "Adjusted %n time(s) in the last {months} months", None, times)
    told = text.format(months=related.months)
    if related.direct:
        told += translate("Related", ", of these {count} directly in the database").format(count=related.direct)
    return told


def plan_text(plan: HigherPlan, describer: Describer) -> str:
    """A higher plan and what the ground is for in it."""
    functions = ", ".join(f"{function_title(code, describer)} {quantities.area(area)}" for code, area in plan.functions)
    return f"{plan.name}\n" + (functions or translate("Related", "says nothing of this ground"))


def restricted_text(ground: RestrictedGround) -> str:
    """Restricted ground, as far as one may know of it."""
    text = {
        "attributes": translate("Related", "{area} of features whose attributes aren't public"),
        "hidden": translate("Related", "{area} of features that others don't see"),
        "no_work": translate("Related", "{area} in the no-work area of the plan “{name}”"),
    }.get(ground.kind, "{area}")
    return text.format(area=quantities.area(ground.area_m2), name=ground.name or "")


def commune_text(commune: NearCommune) -> str:
    """A neighbour whose border is near or crossed."""
    if commune.area_m2 >= 0.5:
        return translate("Related", "{name}: {area} lie in it").format(name=commune.name, area=quantities.area(commune.area_m2))
    return translate("Related", "{name}: {distance} away").format(name=commune.name, distance=quantities.length(commune.distance_m))


def count(related: Related) -> int:
    """What the tab's title counts: things that a reviewer should look at."""
    return len(related.competing) + len(related.earlier) + len(related.restricted) + len(related.communes)
