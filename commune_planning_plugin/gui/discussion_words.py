"""Words of discussions: what a thread is about, how it stands, who says what for whom; verdicts, opinions and answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timezone
from typing import Any, Optional

from commune_planning_plugin.core.discussion import Act, ActKind, AnchorKind, Request, RequestState, Thread
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, Layer
from commune_planning_plugin.core.suggestions import suggested
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.labels import Tone, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.sync.proposal_documents import ProposalSummary

Rows = Mapping[tuple[str, str], Optional[Mapping[str, Any]]]
"""By layer and key, a row of each feature, for its name."""


def anchor_title(anchor: Mapping[str, Any], describer: Describer, rows: Rows) -> str:
    """What a thread is about."""
    kind = anchor["kind"]
    if kind == AnchorKind.WHOLE.value:
        return translate("Discussion", "The whole proposal")
    if kind == AnchorKind.PLACE.value:
        return translate("Discussion", "A place on the map")
    feature = describer.feature(anchor["layer"], rows.get((anchor["layer"], anchor["key"])), anchor["key"])
    if kind == AnchorKind.ATTRIBUTE.value:
        return f"{feature} · {describer.field(anchor['layer'], anchor['attribute'])}"
    return feature


def thread_label(thread: Thread) -> str:
    return {
        "open": translate("Discussion", "open"),
        "answered": translate("Discussion", "answered"),
        "settled": translate("Discussion", "settled"),
    }[thread.state.value]


def act_label(kind: ActKind) -> str:
    """What was done to a thread; empty for a remark."""
    return {
        ActKind.SETTLE: translate("Discussion", "settled it"),
        ActKind.REOPEN: translate("Discussion", "opened it again"),
    }.get(kind, "")


THREAD_TONES = {"open": Tone.WARNING, "answered": Tone.NEWS, "settled": Tone.GOOD}
THREAD_MARKS = {"open": "●", "answered": "◐", "settled": "✓"}
"""Beside colour and word: what stands in a list printed in grey."""


def side_label(side: Any) -> str:
    """For whom somebody speaks."""
    return {
        "commune": translate("Discussion", "commune"),
        "province": translate("Discussion", "province"),
        "agency": translate("Discussion", "agency"),
    }.get(plain(side), "")


def suggestion_text(layer: Layer, suggestion: Mapping[str, Any], describer: Describer) -> str:
    """Of what, and which value; a dash where the catalogue doesn't know it (any more)."""
    try:
        name, value = suggested(layer, suggestion)
    except InvalidData:
        return "–"
    if name == GEOMETRY:
        return translate("Discussion", "a shape")
    return f"{describer.field(layer.id, name)} = {describer.value(layer.id, name, value)}"


def verdict_label(verdict: Any) -> tuple[str, Tone]:
    return {
        "fine": (translate("Discussion", "✓ fine"), Tone.GOOD),
        "redo": (translate("Discussion", "↺ redo"), Tone.WARNING),
    }.get(plain(verdict), ("", Tone.PLAIN))


def verdict_text(act: Act) -> str:
    """The verdict, whose and when, and why."""
    about = ", ".join(filter(None, (act.actor_name, quantities.day_and_time(act.at) if act.at else "")))
    return f"{verdict_label(act.body['verdict'])[0]} ({about})" + (f": {act.text}" if act.text else "")


def opinion_label(opinion: Any) -> str:
    return {
        "agree": translate("Opinions", "Agrees"),
        "remarks": translate("Opinions", "Agrees, with remarks"),
        "disagree": translate("Opinions", "Disagrees"),
    }.get(plain(opinion), plain(opinion))


def answer_label(answer: Any) -> str:
    return {
        "accepted": translate("Opinions", "Taken up"),
        "explained": translate("Opinions", "Explained"),
    }.get(plain(answer), plain(answer))


def request_label(request: Request, now: Optional[datetime] = None) -> tuple[str, Tone]:
    """How a request for an opinion stands."""
    state = request.state(now or datetime.now(timezone.utc))
    if state is RequestState.GIVEN and request.opinion is not None:
        said = plain(request.opinion.body["opinion"])
        return opinion_label(said), {"agree": Tone.GOOD, "remarks": Tone.WARNING}.get(said, Tone.BAD)
    return {
        RequestState.WAITING: (translate("Opinions", "Waiting"), Tone.NEWS),
        RequestState.SILENT: (translate("Opinions", "Overdue – counts as agreed"), Tone.GOOD),
        RequestState.OVERDUE: (translate("Opinions", "Overdue, no opinion"), Tone.BAD),
        RequestState.WITHDRAWN: (translate("Opinions", "Withdrawn"), Tone.PLAIN),
    }.get(state, ("", Tone.PLAIN))


def unread_title(title: str, unread: int) -> str:
    """With a mark and a number where others did something since one looked last."""
    news = translate("Discussion", "{count} new").format(count=unread)
    return f"● {news} · {title}" if unread else title


def asked_line(summary: ProposalSummary) -> str:
    """What is asked of one's own agency, or how many agencies are waited for; empty for nothing."""
    opinions = summary.opinions
    if opinions is None:
        return ""
    if opinions.mine is not None:
        text = {
            "waiting": translate("Opinions", "Your opinion until {day}"),
            "given": translate("Opinions", "Opinion given; it can be replaced until {day}"),
            "silent": translate("Opinions", "Overdue since {day} – counts as agreed"),
            "overdue": translate("Opinions", "Overdue since {day}"),
        }.get(opinions.mine.state.value, "")
        return text.format(day=day(opinions.mine.due))
    waiting = opinions.waiting
    if waiting and opinions.due:
        text = translate("Opinions", "%n agency(s) to answer until {day}", None, waiting)
        return text.format(day=day(opinions.due))
    return ""


def day(iso: str) -> str:
    """A day as people write it here."""
    return date.fromisoformat(iso).strftime("%d/%m/%Y")
