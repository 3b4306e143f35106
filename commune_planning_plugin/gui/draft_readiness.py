"""Whether a draft can be sent, why not, and what sending it will do in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commune_planning_plugin.core.text import LONGEST_TEXT, readable
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.describe import Describer, shown_title
from commune_planning_plugin.gui.labels import job_label, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.store import Draft, Ref


def missing_for_sending(draft: Draft, session: Any) -> str:
    """The first thing that stands in the way, as a sentence; empty where nothing does."""
    for stands_in_the_way, sentence in (_work(draft, session), *_content(draft), *_changes(draft, session)):
        if stands_in_the_way:
            return sentence
    return ""


def _work(_draft: Draft, session: Any) -> tuple[bool, str]:
    job = session.job
    if job is None:
        return False, ""
    return True, translate("Proposals", "Wait until this is done: {job}.").format(job=job_label(job.code, job.stage))


def _content(draft: Draft) -> tuple[tuple[bool, str], ...]:
    return (
        (not draft.refs, translate("Proposals", "Tick at least one change.")),
        (not draft.plan, translate("Proposals", "Choose the plan.")),
        (draft.ground is None, translate("Proposals", "Choose the ground.")),
        (not draft.title.strip(), translate("Proposals", "Write a title.")),
        (not draft.reason.strip(), translate("Proposals", "Write the reason.")),
        (bool(too_long(draft.reason)), too_long(draft.reason)),
    )


def too_long(reason: str) -> str:
    """A sentence where a reason has more characters than the hub takes; empty where it fits."""
    excess = len(readable(reason).strip()) - LONGEST_TEXT
    if excess <= 0:
        return ""
    text = translate("Proposals", "Shorten the reason by %n character(s): at most {limit} can be sent.", None, excess)
    return text.format(limit=quantities.number(LONGEST_TEXT))


def _changes(draft: Draft, session: Any) -> tuple[tuple[bool, str], ...]:
    clashing = len(clashing_in(draft, session))
    chosen = {(ref.layer, ref.key) for ref in draft.refs}
    broken = sum((problem.layer, problem.key) in chosen for problem in session.problems)
    return (
        (bool(clashing), translate("Proposals", "Decide %n conflict(s) first.", None, clashing)),
        (
            bool(broken),
            translate("Proposals", "Correct %n feature(s) that can't be sent, see the dock Working copy.", None, broken),
        ),
        (bool(session.damage), translate("Proposals", "Bring back the record of changes first, in the dock Working copy.")),
    )


def clashing_in(draft: Draft, session: Any) -> tuple[Ref, ...]:
    """Those of the draft's features that somebody else changed too, and that aren't decided."""
    states = {Ref(local.change.layer, local.change.key): plain(local.state) for local in session.local_changes}
    return tuple(ref for ref in draft.refs if states.get(ref) == "conflict")


NAMED = 5
"""Features that a sentence names before it only counts."""


def clash_text(refs: Sequence[Ref], session: Any) -> str:
    """Which conflicts stand in the way; empty for none."""
    if not refs:
        return ""
    titles = {Ref(local.change.layer, local.change.key): shown_title(local.title) for local in session.local_changes}
    named = ", ".join(titles[ref] for ref in refs[:NAMED]) + (" …" if len(refs) > NAMED else "")
    text = translate(
        "Proposals", "Somebody else changed %n of these feature(s) too: {names}. Decide first; nothing is lost.", None, len(refs)
    )
    return text.format(names=named)


def send_text(draft: Draft) -> str:
    """Names what will be sent, in numbers."""
    if not draft.refs:
        return translate("Proposals", "&Send to the province")
    changes = translate("Proposals", "%n change(s)", None, len(draft.refs))
    layers = translate("Proposals", "on %n layer(s)", None, len({ref.layer for ref in draft.refs}))
    return translate("Proposals", "&Send {changes} {layers}").format(changes=changes, layers=layers)


def send_tip(draft: Draft, session: Any) -> str:
    """The plan as well, which is too long for a button."""
    plan = Describer(session.catalogue).plan(draft.plan)
    sentence = translate("Proposals", "{what}, of the plan “{plan}”, to the province")
    return sentence.format(what=send_text(draft).replace("&", ""), plan=plan)
