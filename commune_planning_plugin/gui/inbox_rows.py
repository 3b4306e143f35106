"""Lines of the inbox: what stands in each column, what they are sorted by, and which of them a filter lets through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, Optional

from commune_planning_plugin.core.discussion import VIETNAM
from commune_planning_plugin.core.schema import Catalogue
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.authority_text import decision_line, shown_state
from commune_planning_plugin.gui.changes_tree import folded
from commune_planning_plugin.gui.discussion_words import asked_line
from commune_planning_plugin.gui.labels import plain, state_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.sync.list_calls import InboxFilter
from commune_planning_plugin.sync.proposal_documents import ProposalSummary

TITLE, COMMUNE, PLAN, CHANGES, DUE, AGE, STATE = range(7)
_folded = lru_cache(maxsize=40_000)(folded)
"""The same lines are searched at each key."""


def passing(
    listed: Iterable[ProposalSummary], wanted: InboxFilter, me: str, now: Optional[datetime] = None
) -> list[ProposalSummary]:
    """Those that the filter lets through, in their order. ``me`` is the account's full name."""
    moment = now or datetime.now(timezone.utc)
    before, words = moment - timedelta(days=wanted.days), folded(wanted.text).split()
    return [
        summary
        for summary in listed
        if (not wanted.commune or summary.commune == wanted.commune)
        and (not wanted.plan or summary.plan == wanted.plan)
        and (not wanted.state or plain(summary.state) == wanted.state)
        and (not wanted.days or quantities.as_datetime(summary.updated_at) <= before)
        and (not wanted.overdue or is_overdue(summary, moment))
        and (not wanted.mine or (summary.last_step is not None and summary.last_step.actor == me))
        and (not words or _has(_folded(_searched(summary)), words))
    ]


def _has(text: str, words: Iterable[str]) -> bool:
    """Word by word, as the hub looks."""
    return all(word in text for word in words)


def _searched(summary: ProposalSummary) -> str:
    return f"{summary.number} {summary.title} {summary.commune_name} {summary.plan_name} {summary.author.full_name}"


def is_overdue(summary: ProposalSummary, now: Optional[datetime] = None) -> bool:
    """Whether its day is over; never where the hub tells of none."""
    return summary.due_at is not None and quantities.as_datetime(summary.due_at) < (now or datetime.now(timezone.utc))


def due_text(summary: ProposalSummary) -> str:
    """The last day, marked where it is over, and where rule or calendar are not official yet."""
    if summary.due_at is None:
        return "–"
    last = quantities.as_datetime(summary.due_at).astimezone(VIETNAM) - timedelta(microseconds=1)  # it is due at its end
    day = last.strftime("%d/%m/%Y")
    told = translate("Review", "{day} (provisional)").format(day=day) if summary.due_provisional else day
    return f"⚠ {told}" if is_overdue(summary) else told


def cells(summary: ProposalSummary) -> tuple[str, ...]:
    """By column, where each thing has one of its own."""
    return (
        summary.title,
        summary.commune_name,
        summary.plan_name,
        quantities.number(summary.changes),
        due_text(summary),
        quantities.age(summary.updated_at),
        shown_state(summary)[0],
    )


def folded_title(summary: ProposalSummary, title: str) -> str:
    """All of it in one column of three lines, and more where an agency is asked or a decision follows."""
    changes = summary.changes
    count = translate("Review", "%n change(s)", None, changes)
    due = translate("Review", "due {day}").format(day=due_text(summary)) if summary.due_at is not None else ""
    last = " · ".join(filter(None, (count, quantities.age(summary.updated_at), due, shown_state(summary)[0])))
    where = f"{summary.commune_name} · {summary.plan_name}"
    return "\n".join(filter(None, (title, where, last, asked_line(summary), decision_line(summary))))


def tip(summary: ProposalSummary) -> str:
    """What is too long for a column."""
    number = translate("Review", "No. {number}").format(number=summary.number)
    where = f"{summary.commune_name} · {summary.plan_name}"
    return "\n".join(filter(None, (f"{number} · {summary.title}", where, shown_state(summary)[0], decision_line(summary))))


NEVER = "9999"
SORT: Mapping[int, Callable[[ProposalSummary], Any]] = {
    TITLE: lambda summary: (_folded(summary.title), summary.number),
    COMMUNE: lambda summary: (_folded(summary.commune_name), summary.number),
    PLAN: lambda summary: (_folded(summary.plan_name), summary.number),
    CHANGES: lambda summary: (summary.changes, summary.number),
    DUE: lambda summary: (summary.due_at or NEVER, summary.updated_at),
    AGE: lambda summary: summary.updated_at,
    STATE: lambda summary: (shown_state(summary)[0], summary.updated_at),
}
"""By column. Ages go by the moment: what waits longest comes first."""
HUB_ORDER = {TITLE: "title", COMMUNE: "commune", PLAN: "plan", CHANGES: "changes", DUE: "due", AGE: "waiting", STATE: "state"}
"""What the hub calls the same."""


def named(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Codes with their titles, each once, by title."""
    return sorted(dict(pairs).items(), key=lambda pair: folded(pair[1]))


def choices(listed: Sequence[ProposalSummary]) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str]]]:
    """Communes, plans and states that occur."""
    return (
        named((summary.commune, summary.commune_name) for summary in listed),
        named((summary.plan, summary.plan_name) for summary in listed),
        named((plain(summary.state), state_label(summary.state)) for summary in listed),
    )


def all_choices(
    catalogue: Catalogue, states: Iterable[str], commune: str
) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str]]]:
    """As `choices`, where only the beginning of the list is here: what there is in the province, plans of the ``commune`` alone."""
    plans = (plan for plan in catalogue.plans if not commune or commune in plan.communes)
    return (
        named((each.code, each.name) for each in catalogue.communes),
        named((plan.key, plan.name) for plan in plans),
        named((state, state_label(state)) for state in states),
    )
