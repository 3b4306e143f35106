"""Whose a proposal is to decide, what it waits for, and who signed for whom, as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from commune_planning_plugin.core.authority import Authority, Awaited, Level, Party, awaited
from commune_planning_plugin.core.discussion import RequestState
from commune_planning_plugin.core.workflow import BEFORE_DECISION, ON_THE_TABLE, State, Step
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.discussion_words import day
from commune_planning_plugin.gui.labels import STATE_TONES, Tone, plain, state_label, step_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.sync.proposal_documents import ProposalSummary, StepTaken


def authority_text(authority: Optional[Authority], commune: str, describer: Describer) -> str:
    """“Authority: …”; ``commune`` is the code of the one that adjusts the plan. Empty where the hub is older than the matrix."""
    if authority is None:
        return ""
    who = _body(authority.approves, commune, describer)
    text = translate("Authority", "Authority: {who} approves").format(who=who)
    if authority.separate_appraisal:
        by = _office(authority.appraises, commune, describer)
        text += "; " + translate("Authority", "appraised by {who} before").format(who=by)
    if authority.post_check:
        text += "; " + translate("Authority", "the province checks afterwards")
    if authority.document:
        return f"{text} – " + translate("Authority", "by {document}").format(document=authority.document)
    return text


def waiting_text(summary: ProposalSummary, describer: Describer) -> str:
    """“Waits for: …”, one sentence; empty where nothing is waited for, or an older hub doesn't say whose it is."""
    if summary.authority is None:
        return ""
    if summary.post_check == "objected":
        return translate("Authority", "The province objects to the approval. What was approved stays in force.")
    checked = translate("Authority", "The province has checked the approval.") if summary.post_check == "checked" else ""
    asked = [consent.commune for consent in summary.missing if consent.asked]
    found = awaited(summary.state, summary.authority, summary.commune, asked, summary.post_check, summary.referred)
    mine = {plain(step) for step in summary.can}
    acts = [*_before(summary)]
    if Step.APPRAISE.value in mine and not any(each.step.value in mine for each in found):  # who may only put it forward
        acts.append(_my_act(Step.APPRAISE))
    acts += (_my_act(each.step) if each.step.value in mine else _act(each, describer) for each in found)
    acts += _after(summary, describer)
    waits = translate("Authority", "Waits for: {acts}").format(acts="; ".join(acts)) if acts else ""
    return " ".join(filter(None, (checked, _referred_text(summary), waits)))


def _referred_text(summary: ProposalSummary) -> str:
    """Why the province decides what is the commune's; what it is about isn't said."""
    if not summary.referred:
        return ""
    return translate("Authority", "The decision has gone to the province: not all that is changed may be shown in the commune.")


def _before(summary: ProposalSummary) -> Iterator[str]:
    """What keeps the decision waiting: agencies that were asked, and other proposals."""
    if summary.state in BEFORE_DECISION:
        opinions = summary.opinions
        own = opinions.mine if opinions is not None and opinions.mine is not None else None
        mine = own is not None and own.state is RequestState.WAITING
        if own is not None and mine:
            yield translate("Authority", "your agency's opinion by {day}").format(day=day(own.due))
        count = opinions.waiting - mine if opinions is not None else 0
        if opinions is not None and count and opinions.due:
            yield translate("Authority", "%n agency(s) to answer by {day}", None, count).format(day=day(opinions.due))
        for other in summary.depends_on:
            if other.state in ON_THE_TABLE and other.number is not None:
                yield translate("Authority", "the decision on no. {number}, which it builds on").format(number=other.number)
    if summary.state is State.AGREED:
        for other in summary.linked:
            if other.state in BEFORE_DECISION and other.number is not None:
                yield translate("Authority", "the decision on no. {number}, which it is linked with").format(number=other.number)


def _after(summary: ProposalSummary, describer: Describer) -> Iterator[str]:
    """What follows an approval: the signed decision, and its coming into force."""
    if summary.state is not State.APPROVED or not summary.tells_decision or summary.authority is None:
        return
    who = _body(summary.authority.approves, summary.commune, describer)
    if summary.decision is None:
        yield translate("Authority", "{who} records the signed decision").format(who=who)
    elif not summary.decision.made_effective:
        yield translate("Authority", "{who} puts decision {number} into force").format(who=who, number=summary.decision.number)


def _my_act(step: Step) -> str:
    return {
        Step.SIGN_OFF: translate("Authority", "your signature"),
        Step.SUBMIT: translate("Authority", "you to correct it and send it again"),
        Step.CONSENT: translate("Authority", "your commune's consent"),
        Step.APPRAISE: translate("Authority", "your appraisal"),
        Step.APPROVE: translate("Authority", "your approval"),
        Step.POST_CHECK: translate("Authority", "your check afterwards"),
    }[step]


def decision_line(summary: ProposalSummary) -> str:
    """Of an approved proposal, which decision followed, or that it is to come; else empty, as of an older hub."""
    decision = summary.decision
    if plain(summary.state) != State.APPROVED.value or not summary.tells_decision:
        return ""
    if decision is None:
        return translate("Authority", "Decision: still to be recorded")
    text = (
        translate("Authority", "Decision {number} of {date}, in force from {effective}")
        if decision.made_effective
        else translate("Authority", "Decision {number} of {date}, not in force yet")
    )
    return text.format(number=decision.number, date=day(decision.date), effective=day(decision.effective))


def _act(each: Awaited, describer: Describer) -> str:
    of_commune = each.party.level is Level.COMMUNE
    commune = describer.commune(each.party.name)
    who = commune if of_commune else _body(each.party, "", describer)
    head = translate("Authority", "the head of {commune}").format(commune=commune) if of_commune else who
    return {
        Step.SIGN_OFF: translate("Authority", "{who} signs off").format(who=head),
        Step.SUBMIT: translate("Authority", "{who} sends it again").format(who=who),
        Step.CONSENT: translate("Authority", "{who} consents").format(who=head),
        Step.APPRAISE: translate("Authority", "{who} appraises").format(who=_office(each.party, "", describer)),
        Step.APPROVE: translate("Authority", "{who} approves").format(who=head),
        Step.POST_CHECK: translate("Authority", "{who} checks afterwards").format(who=who),
    }[each.step]


def _body(party: Party, commune: str, describer: Describer) -> str:
    """The one that decides; ``commune`` is the code of the proposal's own."""
    if party.level is Level.ORGANISATION:
        return describer.organisation(party.name)
    if party.level is Level.COMMUNE:
        name = describer.commune(party.name or commune)
        return translate("Authority", "the People's Committee of {commune}").format(commune=name)
    return translate("Authority", "the province")


def _office(party: Party, commune: str, describer: Describer) -> str:
    """The one that appraises."""
    if party.level is Level.ORGANISATION:
        return describer.organisation(party.name)
    if party.level is Level.COMMUNE:
        return translate("Authority", "the office of {commune}").format(commune=describer.commune(party.name or commune))
    return translate("Authority", "the Department of Construction")


def missing_text(summary: ProposalSummary) -> str:
    """The communes that haven't consented, by name."""
    return ", ".join(consent.name for consent in summary.missing)


def shown_state(summary: ProposalSummary) -> tuple[str, Tone]:
    """The chip of a proposal: its state, or what comes after its approval."""
    if summary.post_check == "waiting" and plain(summary.state) == "approved":
        return translate("Authority", "To be checked afterwards"), Tone.NEWS
    if summary.post_check == "objected":
        return translate("Authority", "The province objects"), Tone.WARNING
    state = plain(summary.state)
    if "consent" in {plain(step) for step in summary.can}:
        return translate("Authority", "Your consent is asked"), Tone.NEWS
    return state_label(state), STATE_TONES.get(state, Tone.PLAIN)


def step_text(step: StepTaken, describer: Describer) -> str:
    """Who did what, and for whom: “A, for B by document 5/GUQ, signed it off”."""
    who = step.actor
    if step.on_behalf_of:
        for_whom = translate("Authority", "{name}, for {giver} by document {document},")
        who = for_whom.format(name=who, giver=step.on_behalf_of, document=step.document or "")
    text = f"{who} {step_label(step.step)}"
    if step.communes and step.step in (Step.APPROVE, Step.AGREE):
        names = ", ".join(map(describer.commune, step.communes))
        text += " " + translate("Authority", "(decided without the consent of {communes})").format(communes=names)
    return text
