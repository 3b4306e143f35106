"""What a proposal stands on and what it is decided with, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from commune_planning_plugin.core.workflow import ON_THE_TABLE, State
from commune_planning_plugin.gui.describe import shown_title
from commune_planning_plugin.gui.labels import plain, state_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.store import Draft, Ref
from commune_planning_plugin.sync.proposal_documents import OtherProposal, ProposalSummary

_TURNED_DOWN = frozenset({State.RETURNED, State.REJECTED, State.WITHDRAWN})


def bound_lines(summary: ProposalSummary) -> list[str]:
    """A sentence for each other proposal; none for most."""
    return [_line(*each).format(name=_name(each[1])) for each in _others(summary)]


def bound_links(summary: ProposalSummary) -> str:
    """The same as rich text, where those that can be opened are links to their ids."""
    return "<br>".join(escape(_line(*each)).format(name=_link(each[1])) for each in _others(summary))


def base_turned_down(summary: ProposalSummary) -> bool:
    """Whether the proposal still waits, though one that it stands on came back."""
    return summary.state in ON_THE_TABLE and any(other.state in _TURNED_DOWN for other in summary.depends_on)


def _others(summary: ProposalSummary) -> Iterable[tuple[bool, OtherProposal]]:
    yield from ((True, other) for other in summary.depends_on)
    yield from ((False, other) for other in summary.linked)


def _line(base: bool, _other: OtherProposal) -> str:
    return translate("Proposals", "Builds on {name}.") if base else translate("Proposals", "Linked with {name}: decided together.")


def _name(other: OtherProposal) -> str:
    if other.number is None or other.state is None:
        return translate("Proposals", "a proposal that isn't at the province yet")
    text = translate("Proposals", "proposal no. {number} ({state})")
    return text.format(number=other.number, state=state_label(other.state))


def _link(other: OtherProposal) -> str:
    name = escape(_name(other))
    return name if other.number is None else f'<a href="{escape(other.id)}">{name}</a>'


def dependence_text(draft: Draft, session: Any) -> str:
    """Which of the draft's changes go on from proposals that aren't decided, and from which; empty where none does."""
    chosen = set(draft.refs)
    both = [c for c in session.local_changes if plain(c.state) == "both" and Ref(c.change.layer, c.change.key) in chosen]
    if not both:
        return ""
    text = translate(
        "Proposals", "%n change(s) go on from {names}, not decided yet: this proposal is decided after that.", None, len(both)
    )
    titles = _titles(session)
    bases = sorted({titles.get(proposal, "…") for local in both for proposal in local.proposals})
    return text.format(names="; ".join(bases))


def _titles(session: Any) -> Mapping[str, str]:
    known = {summary.id: f"{summary.number}. {summary.title}" for summary in session.proposals}
    return {**{item.proposal: shown_title(item.title) for item in session.outbox}, **known}


def linked_text(draft: Draft) -> str:
    """That the draft is decided together with others; empty where it isn't."""
    if not draft.linked:
        return ""
    count = len(draft.linked)
    return translate("Proposals", "It shares ground with %n other proposal(s): they are linked, and decided together.", None, count)
