"""The decision at the bottom of a review: sign off or approve, return, reject; the reason is asked for where it is compulsory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QFrame, QPushButton

from commune_planning_plugin.core.decision import Decision
from commune_planning_plugin.core.discussion import ActKind
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.gui.authority_text import missing_text, waiting_text
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.discussion_words import asked_line
from commune_planning_plugin.gui.draft_readiness import too_long
from commune_planning_plugin.gui.labels import Tone, plain, state_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, button_row, fill, plain_tip, set_button_text, slim
from commune_planning_plugin.gui.reason_edit import ReasonEdit
from commune_planning_plugin.sync.detail_documents import ProposalDetail

Clash = tuple[str, str, tuple[str, ...]]
"""Layer, key and attributes."""
NAMED = 5
"""Features that a reason names; more would not be read."""


class DecisionBar(QFrame):
    """Shows the steps that the hub allows me; what I may not do isn't there. An agency's step is its opinion."""

    opinion_asked = pyqtSignal()
    """The person wants to give the opinion of the agency."""
    refreshed = pyqtSignal()
    """What may be done now may be other than before."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._detail: Optional[ProposalDetail] = None
        self._problem = Notice(Tone.WARNING, "decision_notice")
        tip = translate("Review", "Writes the reason for you; read it, then return")
        text = translate("Review", "Return for the con&flicts…")
        session.discussion.changed.connect(lambda _proposal: self._detail is not None and self.refresh(self._detail))
        self._for_conflicts = self._problem.add_button(button(text, "return_conflicts_button", tip=tip, act=self._word_conflicts))
        text = translate("Opinions", "&Give the opinion…")
        self._give = self._problem.add_button(button(text, "give_opinion_button", "compose", act=self.opinion_asked.emit))
        self._clashes: tuple[Clash, ...] = ()
        self._folded = self._asked = False
        self.approvable = False
        """Whether nothing stands against an approval by the person, as far as is known here."""
        self._reason = ReasonEdit()
        self._reason.setObjectName("reason_edit")
        self._reason.setAccessibleName(translate("Review", "Reason of the decision"))
        self._reason.textChanged.connect(self._forget_problem)
        self._sign_off = button("", "sign_off_button", "check", act=self._do_sign_off)
        self._approve = button("", "approve_button", "ok", act=self._do_approve)
        self._appraise, self._consent, self._post_check, self._object = self._steps_of_authority()
        self._without = QCheckBox()
        self._without.setObjectName("without_consent_check")
        self._without.toggled.connect(lambda _on: self._look_again())
        self._return = button(translate("Review", "Re&turn"), "return_button", act=self._do_return)
        self._reject = button(translate("Review", "Re&ject"), "reject_button", act=self._do_reject)
        self._return.setToolTip(translate("Review", "Back to the commune, to be corrected as the reason says"))
        self._reject.setToolTip(translate("Review", "Refuse for good, with the reason"))
        for narrow in (self._return, self._reject):
            slim(narrow)
        self._steps = {
            "sign_off": self._sign_off,
            "consent": self._consent,
            "appraise": self._appraise,
            "approve": self._approve,
            "post_check": self._post_check,
            "return": self._return,
            "reject": self._reject,
            "object": self._object,
        }
        self._buttons = button_row(*self._steps.values(), spacing=3)
        fill(self, self._problem, self._reason, self._without, self._buttons, margin=4)

    def _steps_of_authority(self) -> tuple[QPushButton, ...]:
        """Put forward, consent, and the province's look at what a commune approved."""
        tip = translate("Review", "Appraised: it may be approved. It goes to who approves")
        appraise = button(translate("Review", "Put for&ward"), "appraise_button", "ok", tip, self._do_appraise)
        tip = translate("Review", "Your commune, which the changes reach into, has nothing against them")
        consent = button(translate("Review", "C&onsent"), "consent_button", "ok", tip, self._do_consent)
        tip = translate("Review", "The province has looked at what the commune approved, and objects to nothing")
        checked = button(translate("Review", "C&hecked"), "post_check_button", "ok", tip, self._do_post_check)
        tip = translate("Review", "The commune is told the reason; what was approved stays in force")
        return appraise, consent, checked, button(translate("Review", "O&bject"), "object_button", "", tip, self._do_object)

    def refresh(self, detail: ProposalDetail) -> None:
        can = frozenset(plain(step) for step in detail.summary.can)
        found = tuple((item.layer, item.key, item.conflict.attributes) for item in detail.review if item.conflict is not None)
        if found or detail is not self._detail:
            self._clashes = found
        self._detail = detail
        self._name_in_numbers(detail)
        for step, target in self._steps.items():
            target.setVisible(step in can and not (step == "appraise" and "approve" in can))  # one way forward is enough
            target.setEnabled(self._session.job is None)
        decides = bool(can & self._steps.keys())
        self._reason.setVisible(decides and not self._without_reason)
        self._reason.setPlaceholderText(_placeholder("object" in can))
        self._buttons.setVisible(decides)
        self._problem.say(*self._foretold(detail, decides))
        self._ask_for_consents(detail, "approve" in can)
        ready = not self._clashes and not _errors(detail) and not self._awaited()
        agreed = self._without.isChecked() or not detail.summary.missing
        self.approvable = ready and agreed and "approve" in can
        self._approve.setEnabled(self._session.job is None and self.approvable)
        self._for_conflicts.setVisible(bool(self._clashes) and "return" in can)
        self._give.setVisible(self._gives(detail))
        self.refreshed.emit()

    def fold(self, folded: bool) -> None:
        """Where room is scarce the reason isn't there until it is asked for."""
        self._folded = folded
        self._look_again()

    @property
    def _without_reason(self) -> bool:
        return self._folded and not self._asked and not self._reason.toPlainText()

    def _ask_for_consents(self, detail: ProposalDetail, approves: bool) -> None:
        """Who approves without the consent of a commune that is touched, says so."""
        names = missing_text(detail.summary)
        self._without.setVisible(approves and bool(names))
        text = translate("Review", "Decide without the consent of {communes}").format(communes=names)
        room = max(240, self.width() - 40)
        self._without.setText(self._without.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room))
        self._without.setToolTip(plain_tip(text))

    def _name_in_numbers(self, detail: ProposalDetail) -> None:
        count, plan = len(detail.review), detail.summary.plan_name
        tip = translate("Review", "%n change(s) go into the province's database, plan “{plan}”", None, count).format(plan=plan)
        set_button_text(self._approve, translate("Review", "&Approve %n change(s)", None, count), tip)
        tip = translate("Review", "%n change(s) go to the province, signed off by you", None, count)
        set_button_text(self._sign_off, translate("Review", "&Sign off %n change(s)", None, count), tip)

    def _foretold(self, detail: ProposalDetail, decides: bool) -> tuple[str, Tone]:
        """What the hub will say, before it is asked."""
        if not decides and asked_line(detail.summary) and self._session.discussion.may(detail.summary.id, ActKind.OPINION):
            return asked_line(detail.summary), Tone.NEWS
        if not decides and detail.summary.state is State.APPROVED:
            return translate("Review", "Approved. The signed decision and its coming into force: tab “Decision”."), Tone.GOOD
        if not decides:
            waits = waiting_text(detail.summary, Describer(self._session.catalogue))
            text = translate("Review", "There is nothing for you to decide here. {standing}.")
            return text.format(standing=waits or state_label(detail.summary.state)), Tone.NEWS
        clashing = len(self._clashes)
        if clashing:
            clash = translate("Review", "%n change(s) clash with the province's data: {features}.", None, clashing)
            do = translate("Review", "Nothing is overwritten: return it for the commune to decide.")
            return f"{clash.format(features=self._named_clashes())} {do}", Tone.CONFLICT
        errors = _errors(detail)
        if errors:
            return translate(
                "Review", "The planning rules find %n error(s); it can't be approved like this.", None, errors
            ), Tone.BAD
        awaited = self._awaited()
        if awaited and "approve" in {plain(step) for step in detail.summary.can}:
            return translate("Opinions", "%n agency(s) still to answer; the approval waits for them.", None, awaited), Tone.WARNING
        marked = self._marked()
        if marked:
            text = translate(
                "Review", "%n change(s) are marked to be redone: a return carries them with their reasons.", None, marked
            )
            return text, Tone.WARNING
        return "", Tone.WARNING

    def hear_conflicts(self, clashes: Iterable[Mapping[str, Any]]) -> None:
        """The hub found them at the approval, since the proposal was opened: ``layer``, ``key``, ``attributes`` of each."""
        self._clashes = tuple(
            (str(one["layer"]), str(one["key"]), tuple(one.get("attributes", ()))) for one in clashes if isinstance(one, Mapping)
        )
        if self._detail is not None:
            self.refresh(self._detail)

    def _word_conflicts(self) -> None:
        """The reason in words that the technician can act on; nothing is returned yet."""
        if self._detail is None:
            return
        what = translate("Review", "The province's data has changed since: {features}.").format(features=self._named_clashes())
        do = translate("Review", "Please get the data, decide the conflicts and send again.")
        self._reason.setPlainText(f"{what} {do}")
        self._reason.show()
        self._return.setFocus()

    def _named_clashes(self) -> str:
        """Features with the attributes that clash."""
        describer = Describer(self._session.catalogue)
        review = self._detail.review if self._detail is not None else ()
        rows = {(item.layer, item.key): item.after or item.before for item in review}
        named = [
            describer.feature(layer, rows.get((layer, key)), key) + _fields(describer, layer, attributes)
            for layer, key, attributes in self._clashes[:NAMED]
        ]
        return "; ".join(named) + ("; …" if len(self._clashes) > NAMED else "")

    def _forget_problem(self) -> None:
        if self._reason.toPlainText().strip():
            self._look_again()

    def _look_again(self) -> None:
        if self._session.review is not None:
            self.refresh(self._session.review)

    def clear(self) -> None:
        self._asked = False
        self._reason.clear()
        self._without.setChecked(False)

    # --- deciding -----------------------------------------------------------------------------------------------------

    def _do_sign_off(self) -> None:
        if self._fits():
            self._session.sign_off(self._reason.toPlainText().strip() or None)

    def _do_appraise(self) -> None:
        if self._fits():
            self._session.authority.appraise(self._said())

    def _do_consent(self) -> None:
        if self._fits():
            self._session.authority.consent(self._said())

    def _do_post_check(self) -> None:
        if self._fits():
            self._session.authority.post_check(self._said())

    def _do_object(self) -> None:
        if self._has_reason(translate("Review", "Write what the province objects to; then object.")):
            self._session.authority.object(self._said())

    def _said(self) -> Optional[str]:
        return self._reason.toPlainText().strip() or None

    def _do_approve(self) -> None:
        if self._without.isVisibleTo(self):
            self._session.authority.approve_without_consent()
        else:
            self._session.approve()

    def approve_with(self, decision: Decision, document: Path) -> None:
        """As the button *Approve* does, with what was signed."""
        if self.approvable:
            self._session.decisions.approve_with(decision, document, self._without.isVisibleTo(self))

    def _do_return(self) -> None:
        if self._marked() and not self._reason.toPlainText().strip():
            self._session.return_("")
        elif self._has_reason(translate("Review", "Write what has to be corrected; then return.")):
            self._session.return_(self._reason.toPlainText().strip())

    def _marked(self) -> int:
        """How many changes of the version are marked to be redone: a return says why by them."""
        if self._detail is None:
            return 0
        summary = self._detail.summary
        return len(self._session.discussion.talk(summary.id).discussion.redo(summary.version))

    def _awaited(self) -> int:
        """How many agencies have still time for their opinion."""
        talk = self._session.discussion.talk(self._detail.summary.id if self._detail is not None else "")
        return len(talk.discussion.waiting(datetime.now(timezone.utc)))

    def _gives(self, detail: ProposalDetail) -> bool:
        organisation = getattr(self._session.account, "organisation", None)
        own = self._session.discussion.talk(detail.summary.id).discussion.of_organisation(organisation) if organisation else None
        may = self._session.discussion.may(detail.summary.id, ActKind.OPINION)
        return own is not None and may and own.takes_opinion(datetime.now(timezone.utc))

    def _do_reject(self) -> None:
        if self._has_reason(translate("Review", "Write why it is refused; then reject.")):
            self._session.reject(self._reason.toPlainText().strip())

    def _fits(self) -> bool:
        excess = too_long(self._reason.toPlainText())
        if excess:
            self._problem.say(excess, Tone.WARNING)
            self._reason.setFocus()
        return not excess

    def _has_reason(self, otherwise: str) -> bool:
        if self._reason.toPlainText().strip():
            return self._fits()
        self._asked = True
        self._reason.show()
        self._problem.say(otherwise, Tone.WARNING)
        self._reason.setFocus()
        return False


def _placeholder(objects: bool) -> str:
    if objects:
        return translate("Review", "Reason (compulsory to object)")
    return translate("Review", "Reason (compulsory to return or reject)")


def _fields(describer: Describer, layer: str, attributes: Iterable[str]) -> str:
    shown = ", ".join(describer.field(layer, name) for name in attributes)
    return f" ({shown})" if shown else ""


def _errors(detail: ProposalDetail) -> int:
    return sum(plain(finding.severity) == "error" for finding in detail.findings)
