"""Whose a proposal is to decide, what it waits for, and who signed for whom, as sentences."""

from __future__ import annotations

from typing import Optional

from commune_planning_plugin.core.authority import Authority, Awaited, Level, Party, awaited
from commune_planning_plugin.core.workflow import Step
from commune_planning_plugin.gui.describe import Describer
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
    if summary.post_check == "checked":
        return translate("Authority", "The province has checked the approval.")
    asked = [consent.commune for consent in summary.missing if consent.asked]
    found = awaited(summary.state, summary.authority, summary.commune, asked, summary.post_check)
    acts = "; ".join(_act(each, describer) for each in found)
    return translate("Authority", "Waits for: {acts}").format(acts=acts) if acts else ""


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
        return party.name
    if party.level is Level.COMMUNE:
        name = describer.commune(party.name or commune)
        return translate("Authority", "the People's Committee of {commune}").format(commune=name)
    return translate("Authority", "the province")


def _office(party: Party, commune: str, describer: Describer) -> str:
    """The one that appraises."""
    if party.level is Level.ORGANISATION:
        return party.name
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
