"""Composing a proposal on one page: changes, ground and reason, findings, files, send. Saved as one types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from commune_planning_plugin.core.text import LONGEST_TITLE
from commune_planning_plugin.gui.authority_text import authority_text
from commune_planning_plugin.gui.balance_line import BalanceLine
from commune_planning_plugin.gui.bound_proposals import dependence_text, linked_text
from commune_planning_plugin.gui.changes_tree import ChangesTree, Entry
from commune_planning_plugin.gui.describe import Describer, shown_title
from commune_planning_plugin.gui.draft_readiness import clash_text, clashing_in, missing_for_sending, send_text, send_tip
from commune_planning_plugin.gui.files_panel import FilesPanel
from commune_planning_plugin.gui.findings_panel import FindingsPanel
from commune_planning_plugin.gui.grounds import grounds
from commune_planning_plugin.gui.labels import Tone, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import (
    Notice,
    Scrolled,
    button,
    button_row,
    column,
    fill,
    line,
    plain_tip,
    set_button_text,
    text_label,
)
from commune_planning_plugin.store import Draft, LocalChange, Ref


class ComposePanel(QFrame):
    """Edits one draft at a time; every change of it goes to the session at once."""

    left = pyqtSignal()
    """The person goes back to the list; the draft is kept."""
    split_asked = pyqtSignal()
    conflicts_asked = pyqtSignal(object)
    """The conflict (its Ref) that is to be decided."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._draft: Optional[Draft] = None
        self._filling = False
        self._back = button(translate("Proposals", "&Back to the list"), "back_button", "back", act=self.leave)
        self._plan = _combo("plan_combo", translate("Proposals", "The plan that is adjusted"))
        self._authority = text_label(name="plan_authority")
        self._split = Notice(Tone.NEWS, "other_plans_notice")
        self._split.add_button(button(translate("Proposals", "&Split by plan"), "split_rest_button", act=self.split_asked.emit))
        self._bound = Notice(Tone.NEWS, "bound_notice")
        self._changes = ChangesTree("changes_list", checkable=True)
        self._ground = _combo("ground_combo", translate("Proposals", "The legal ground of the adjustment"))
        self._law = text_label(name="ground_text")
        self._title = QLineEdit()
        self._reason = QPlainTextEdit()
        self._findings = FindingsPanel(session)
        self._balance = BalanceLine(session)
        self._outside = Notice(Tone.WARNING, "outside_notice")
        self._check = button(translate("Proposals", "&Check"), "check_button", "check", act=self.check)
        tip = translate("Proposals", "See the ticked changes as the reviewer will: on the map, with balance and check")
        self._preview = button(translate("Proposals", "Pre&view"), "preview_draft_button", "review", tip, self._do_preview)
        self._files = FilesPanel()
        self._send = button("", "send_button", "send", act=self._do_send)
        self._send.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._hint = text_label(name="send_hint")
        self._conflicts = Notice(Tone.CONFLICT, "compose_conflicts")
        decide = button(translate("Proposals", "&Decide…"), "decide_conflicts_button", act=self._ask_for_conflicts)
        self._conflicts.add_button(decide)
        self._name_fields()
        self._lay_out()
        self._listen()

    # --- building -----------------------------------------------------------------------------------------------------

    def _name_fields(self) -> None:
        self._title.setObjectName("title_edit")
        self._title.setMaxLength(LONGEST_TITLE)
        self._title.setAccessibleName(translate("Proposals", "Title"))
        self._title.setPlaceholderText(translate("Proposals", "What is adjusted and where, in one line"))
        self._reason.setObjectName("reason_edit")
        self._reason.setAccessibleName(translate("Proposals", "Reason"))
        self._reason.setPlaceholderText(translate("Proposals", "Why the plan has to be adjusted here"))
        self._reason.setTabChangesFocus(True)
        self._reason.setFixedHeight(64)
        self._changes.setFixedHeight(170)

    def _lay_out(self) -> None:
        steps = column(
            _heading(translate("Proposals", "1. Plan and changes")),
            self._plan,
            self._authority,
            self._split,
            self._changes,
            self._bound,
            _heading(translate("Proposals", "2. Ground and reason")),
            self._ground,
            self._law,
            text_label(translate("Proposals", "Title")),
            self._title,
            text_label(translate("Proposals", "Reason")),
            self._reason,
            line(_heading(translate("Proposals", "3. Check and balance")), self._check, self._preview),
            self._findings,
            self._balance,
            self._outside,
            _heading(translate("Proposals", "4. Files")),
            self._files,
            margin=6,
            spacing=4,
        )
        steps.layout().addStretch(1)
        fill(self, button_row(self._back), Scrolled(steps), self._conflicts, self._hint, self._send, margin=6)
        self.layout().setStretch(1, 1)

    def _listen(self) -> None:
        self._plan.activated.connect(lambda _index: self._choose_plan())
        self._changes.checks_changed.connect(self._choose_changes)
        self._changes.chosen.connect(lambda ref: self._session.select(ref) if ref is not None else None)
        self._changes.opened.connect(lambda ref: self._session.zoom_to(ref) if ref is not None else None)
        self._ground.activated.connect(lambda _index: self._edited())
        self._title.textEdited.connect(lambda _text: self._edited())
        self._title.editingFinished.connect(lambda: self._title.setCursorPosition(0))
        self._reason.textChanged.connect(self._edited)
        self._session.authority.of_plan.changed.connect(self._show_authority)
        self._files.add_asked.connect(self._attach)
        self._files.remove_asked.connect(self._detach)

    # --- showing ------------------------------------------------------------------------------------------------------

    @property
    def draft(self) -> Optional[Draft]:
        return self._draft

    def open(self, draft: Draft) -> None:
        """Show ``draft``; a draft without title gets one to start from, and the rules are asked."""
        self._draft = draft if draft.title else replace(draft, title=self._suggested_title(draft))
        if self._draft is not draft:
            self._session.save_draft(self._draft)
        self._fill()
        if self._session.job is None and draft.refs:
            self._session.check(self._draft)

    def _suggested_title(self, draft: Draft) -> str:
        describer = Describer(self._session.catalogue)
        layers = ", ".join(sorted({describer.layer(ref.layer) for ref in draft.refs}))
        return translate("Proposals", "Local adjustment: {layers}").format(layers=layers) if layers else ""

    def _fill(self) -> None:
        draft = self._draft
        if draft is None:
            return
        self._filling = True
        self._title.setText(draft.title)
        self._title.setCursorPosition(0)
        self._reason.setPlainText(draft.reason)
        self._fill_grounds(draft.ground)
        self._fill_plans(draft)
        self._filling = False
        self.refresh()

    def _fill_grounds(self, chosen: Optional[int]) -> None:
        self._ground.clear()
        self._ground.addItem(translate("Proposals", "Choose one of the eight grounds…"), None)
        for ground in grounds():
            self._ground.addItem(f"{ground.number}. {ground.title}", ground.number)
            self._ground.setItemData(self._ground.count() - 1, ground.text, Qt.ItemDataRole.ToolTipRole)
        self._ground.setCurrentIndex(max(0, self._ground.findData(chosen)))

    def _fill_plans(self, draft: Draft) -> None:
        describer = Describer(self._session.catalogue)
        self._plan.clear()
        for plan in self._plans(draft):
            count = len(self._changes_of(plan, draft))
            shown = translate("Proposals", "%n change(s)", None, count)
            self._plan.addItem(f"{describer.plan(plan)} ({shown})", plan)
        self._plan.setCurrentIndex(self._plan.findData(draft.plan))
        self._plan.setToolTip(plain_tip(describer.plan(draft.plan)))

    def _plans(self, draft: Draft) -> list[Optional[str]]:
        return list(dict.fromkeys([draft.plan, *self._session.split()]))

    def _changes_of(self, plan: Optional[str], draft: Draft) -> dict[Ref, LocalChange]:
        """Changes of the plan that this draft may take: those in no other proposal."""
        found, held = {}, self._session.held
        for local in self._session.local_changes:
            ref = Ref(local.change.layer, local.change.key)
            open_ = plain(local.state) in ("local", "both", "conflict") and held.get(ref, draft.proposal) == draft.proposal
            if (open_ or ref in draft.refs) and self._session.plan_of(ref) == plan:
                found[ref] = local
        return found

    def refresh(self) -> None:
        """Follow the session: changes come and go while one composes."""
        self._changes.tell_checks()
        draft = self._follow()
        if draft is None:
            return
        describer = Describer(self._session.catalogue)
        changes = self._changes_of(draft.plan, draft)
        self._changes.show_entries([_entry(ref, local, describer) for ref, local in changes.items()], draft.refs)
        others = sum(len(refs) for plan, refs in self._session.split().items() if plan != draft.plan)
        text = translate("Proposals", "%n change(s) belong to other plans and need proposals of their own.", None, others)
        self._split.say(text if others else "")
        self._show_law()
        self._session.authority.of_plan.load(draft.plan)
        self._show_authority()
        self._files.show_files(draft.files)
        self._show_sending()

    def _follow(self) -> Optional[Draft]:
        """The draft as the session has it: files are added there, and reverted changes leave it."""
        if self._draft is None:
            return None
        known = next((draft for draft in self._session.drafts if draft.proposal == self._draft.proposal), None)
        if known is None:
            self._draft = None
            self.left.emit()
            return None
        there = {Ref(local.change.layer, local.change.key) for local in self._session.local_changes}
        refs = tuple(ref for ref in self._draft.refs if ref in there)
        self._draft = replace(self._draft, files=known.files, refs=refs, linked=known.linked)
        return self._draft

    def _show_authority(self) -> None:
        """Who will appraise and approve it: asked of the hub for each plan, and empty without a connection."""
        plan, commune = self._draft.plan if self._draft is not None else "", self._session.commune
        told = ""
        if plan and commune is not None:
            describer = Describer(self._session.catalogue)
            told = authority_text(self._session.authority.of_plan.about(plan), commune.code, describer)
        self._authority.setText(told)
        self._authority.setVisible(bool(told))

    def _show_law(self) -> None:
        number = self._ground.currentData()
        ground = next((each for each in grounds() if each.number == number), None)
        if ground is None:
            self._law.hide()
            return
        example = translate("Proposals", "Example: {text}").format(text=ground.example)
        evidence = translate("Proposals", "Needed: {text}").format(text=ground.evidence)
        self._law.show()
        self._law.setText(f"{ground.text}.\n{example}.\n{evidence}.")

    def show_findings(self) -> None:
        """The verdict came, or is out of date."""
        draft = self._draft
        checked = draft is not None and self._session.findings_of == draft.proposal
        self._findings.show_findings(self._session.findings if checked else None)
        self._outside.say(self._outside_text() if checked else "")

    def _outside_text(self) -> str:
        """Plans cross commune borders: who will be asked as well."""
        codes = sorted({code for codes in self._session.outside.values() for code in codes})
        if not codes:
            return ""
        describer = Describer(self._session.catalogue)
        text = translate("Proposals", "The changes reach into other communes, which will be asked: {communes}.")
        return text.format(communes=", ".join(describer.commune(code) for code in codes))

    def _show_sending(self) -> None:
        draft = self._draft
        if draft is None:
            return
        missing = missing_for_sending(draft, self._session)
        told = missing or send_tip(draft, self._session)
        told_of_others = (dependence_text(draft, self._session), linked_text(draft))
        self._bound.say("\n".join(text for text in told_of_others if text))
        self._conflicts.say(clash_text(clashing_in(draft, self._session), self._session))
        set_button_text(self._send, send_text(draft), told)
        self._send.setEnabled(not missing)
        self._hint.setText(told)
        self._check.setEnabled(self._session.job is None)
        self._preview.setEnabled(bool(draft.refs) and self._session.job is None)
        self._balance.follow(draft)
        self.show_findings()

    def show_job(self) -> None:
        self._show_sending()

    # --- editing ------------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        if self._filling or self._draft is None:
            return
        reason, ground = self._reason.toPlainText(), self._ground.currentData()
        self._save(replace(self._draft, title=self._title.text(), reason=reason, ground=ground))
        self._show_law()

    def _choose_plan(self) -> None:
        if self._draft is None or self._plan.currentData() == self._draft.plan:
            return
        plan = self._plan.currentData()
        self._save(replace(self._draft, plan=plan, refs=tuple(self._changes_of(plan, self._draft))))
        self._plan.setToolTip(plain_tip(self._plan.currentText()))
        self.refresh()

    def _choose_changes(self) -> None:
        if self._draft is not None:
            self._save(replace(self._draft, refs=_refs(self._changes.checked_handles())))

    def _attach(self, path: Path) -> None:
        if self._draft is not None:
            self._session.attach(self._draft, path)

    def _detach(self, sha256: str) -> None:
        if self._draft is not None:
            self._save(replace(self._draft, files=tuple(file for file in self._draft.files if file.sha256 != sha256)))
            self._files.show_files(self._draft.files)

    def _save(self, draft: Draft) -> None:
        self._draft = draft
        self._session.save_draft(draft)
        self._show_sending()

    # --- leaving ------------------------------------------------------------------------------------------------------

    def check(self) -> None:
        if self._draft is not None:
            self._session.check(self._draft)

    def _do_preview(self) -> None:
        self._changes.tell_checks()
        if self._draft is not None and self._draft.refs:
            self._session.preview.show_draft(self._draft)

    def leave(self) -> None:
        self._changes.tell_checks()
        self._draft = None
        self.left.emit()

    def _ask_for_conflicts(self) -> None:
        if self._draft is not None:
            self.conflicts_asked.emit(next(iter(clashing_in(self._draft, self._session)), None))

    def _do_send(self) -> None:
        self._changes.tell_checks()
        if self._draft is not None:
            self._session.submit(self._draft)


def _refs(handles: Iterable[Any]) -> tuple[Ref, ...]:
    return tuple(handle for handle in handles if isinstance(handle, Ref))


def _entry(ref: Ref, local: LocalChange, describer: Describer) -> Entry:
    conflict = plain(local.state) == "conflict"
    title = shown_title(local.title) or describer.feature(ref.layer, local.row or local.change.old, ref.key)
    chip = translate("Proposals", "⚠ conflict") if conflict else ""
    return Entry(ref, describer.layer(ref.layer), title, plain(local.change.kind), conflict, chip, Tone.CONFLICT)


def _combo(name: str, tip: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setAccessibleName(tip)
    combo.setToolTip(tip)
    combo.setMinimumContentsLength(10)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    combo.view().setTextElideMode(Qt.TextElideMode.ElideMiddle)
    return combo


def _heading(text: str) -> QWidget:
    return text_label(text, bold=True)
