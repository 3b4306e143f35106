"""Proposals of mine and drafts: state, age, and what is asked of me."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.workflow import ON_THE_TABLE
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.authority_text import decision_line, shown_state, waiting_text
from commune_planning_plugin.gui.bound_proposals import base_turned_down, bound_lines
from commune_planning_plugin.gui.chips import TONE_ROLE, ChipDelegate
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.discussion_words import unread_title
from commune_planning_plugin.gui.labels import STATE_TONES, Tone, plain, state_label, step_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, button_row, fill, plain_tip, set_button_text, text_label
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.gui.related_text import competing_text
from commune_planning_plugin.gui.sheet_button import SheetPrinter
from commune_planning_plugin.store import Draft, Ref, Unsent
from commune_planning_plugin.sync.proposal_documents import ProposalSummary

WIDE = 480
"""From this width on, in pixels, the age has a column of its own; below, it stands under the title."""

_ORDER = (
    "refused",
    "returned",
    "draft",
    "queued",
    "awaiting_sign_off",
    "submitted",
    "in_review",
    "appraised",
    "agreed",
    "withdrawn",
    "rejected",
    "approved",
)


_WITH_OTHERS = frozenset({"awaiting_sign_off", "submitted", "in_review", "appraised", "approved"})
"""States in which somebody else takes the next step, if there is one."""


@dataclass(frozen=True)
class Row:
    """A proposal as one line: what the hub says of it, the version that it doesn't have yet, the draft of the next one."""

    proposal: str
    state: str
    title: str
    plan: str
    changes: int
    moment: str
    summary: Optional[ProposalSummary] = None
    draft: Optional[Draft] = None
    unsent: Optional[Unsent] = None


class ProposalsList(QFrame):
    """Emits what the person wants; the dock does it."""

    new_asked = pyqtSignal(object)
    """Refs of the changes that are in no draft."""
    edit_asked = pyqtSignal(object)
    """A `Draft`, or None where none could be made."""
    split_asked = pyqtSignal()
    talk_asked = pyqtSignal(object)
    """A `ProposalSummary` whose discussion is wanted."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._rows: tuple[Row, ...] = ()
        self._asked_about: Optional[tuple[str, str]] = None
        self._new = button("", "new_proposal_button", "compose", act=self._ask_for_new)
        self._split = self._split_notice()
        self._empty = text_label(name="proposals_empty")
        self._as_of = text_label(name="proposals_as_of")
        self._table = self._proposals_table()
        self._details = Notice(Tone.NEWS, "proposal_details")
        self._competing = Notice(Tone.WARNING, "my_competing_notice")
        session.competing.changed.connect(self._show_competing)
        self._edit = button(translate("Proposals", "&Edit and send"), "edit_button", "draw", act=self._ask_to_edit)
        self._send_now = button(translate("Proposals", "&Send now"), "send_now_button", "send", act=session.refresh)
        self._take_back = button(translate("Proposals", "&Back into a draft"), "take_back_button", "revert", act=self._do_take_back)
        self._talk = button("", "talk_button", "info", act=self._ask_to_talk)
        self._sheet = SheetPrinter(session, self._chosen_summary)
        session.job_changed.connect(self._sheet.refresh)
        self._withdraw = button(translate("Proposals", "&Withdraw"), "withdraw_button", "revert", act=self._do_withdraw)
        self._discard = button(translate("Proposals", "Delete &draft"), "discard_button", act=self._do_discard)
        self._lay_out()

    # --- building -----------------------------------------------------------------------------------------------------

    def _split_notice(self) -> Notice:
        notice = Notice(Tone.WARNING, "split_notice")
        self._split_button = notice.add_button(button("", "split_button", "compose", act=self.split_asked.emit))
        return notice

    def _proposals_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setObjectName("proposals_table")
        table.setAccessibleName(translate("Proposals", "My proposals"))
        table.setHorizontalHeaderLabels(
            [translate("Proposals", "Proposal"), translate("Proposals", "State"), translate("Proposals", "Since")]
        )
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setItemDelegateForColumn(1, ChipDelegate(table))
        table.setTabKeyNavigation(False)
        table.setMinimumHeight(140)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        table.itemSelectionChanged.connect(self._show_details)
        table.itemActivated.connect(lambda _item: self._ask_to_edit())
        return table

    def _lay_out(self) -> None:
        actions = button_row(
            self._edit, self._talk, self._sheet.button, self._send_now, self._take_back, self._withdraw, self._discard
        )
        parts = (self._new, self._split, self._empty, self._as_of, self._table, self._details, self._competing, actions)
        fill(self, *parts, margin=6, spacing=6)
        self.layout().setStretchFactor(self._table, 1)
        self.layout().addStretch(0)

    # --- showing ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        chosen = self._chosen()
        self._rows = rows(self._session, Describer(self._session.catalogue))
        self._table.setRowCount(len(self._rows))
        for index, row in enumerate(self._rows):
            self._show_row(index, row)
        self._table.setVisible(bool(self._rows))
        self._empty.setVisible(not self._rows)
        self._empty.setText(_empty_text())
        self._choose(chosen.proposal if chosen else self._asked_of_me())
        self._show_new_button()
        self._show_as_of()
        self._show_details()

    def _show_row(self, index: int, row: Row) -> None:
        count = translate("Proposals", "%n change(s)", None, row.changes)
        since = quantities.age(row.moment) if row.moment else ""
        below = f"{count} · {since}" if since and self.width() < WIDE else count
        unread = self._session.discussion.unread(row.summary) if row.summary is not None else 0
        decision = decision_line(row.summary) if row.summary is not None and row.unsent is None else ""
        lines = (unread_title(row.title, unread), below, decision)
        cells = ("\n".join(filter(None, lines)), _short_state(row), since)
        for number, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(f"{row.title}\n{row.plan}\n{state_label(row.state)}"))
            self._table.setItem(index, number, item)
        tone = Tone.WARNING if _base_turned_down(row) or _objected(row) else STATE_TONES.get(row.state, Tone.PLAIN)
        self._table.item(index, 1).setData(TONE_ROLE, tone.value)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        self._table.setColumnHidden(2, self.width() < WIDE)
        for index, row in enumerate(self._rows):
            self._show_row(index, row)

    def _choose(self, proposal: str) -> None:
        for index, row in enumerate(self._rows):
            if row.proposal == proposal:
                self._table.selectRow(index)
                return
        self._table.clearSelection()

    def _asked_of_me(self) -> str:
        """What came back is shown with its reason and its step, without looking for it."""
        first = self._rows[0] if self._rows else None
        return first.proposal if first is not None and first.state in ("refused", "returned") else ""

    def choose_first(self) -> None:
        """What is asked of me first stands first."""
        self._table.selectRow(0)
        self._table.setFocus()

    def _chosen(self) -> Optional[Row]:
        selected = self._table.selectionModel().selectedRows()
        return self._rows[selected[0].row()] if selected and selected[0].row() < len(self._rows) else None

    def _show_new_button(self) -> None:
        free = len(self._free())
        text = (
            translate("Proposals", "&New proposal of %n change(s)", None, free) if free else translate("Proposals", "&New proposal")
        )
        tip = "" if free else translate("Proposals", "Draw or edit first: a proposal is made of changes")
        set_button_text(self._new, text, tip)
        self._new.setEnabled(bool(free) and self._session.has_working_copy)
        self._new.setVisible(bool(free) or not self._session.held)  # else one in the list is to be gone on with

    def _free(self) -> list[Ref]:
        """Changes that are in no draft and in no proposal, also none that came back."""
        return [ref for refs in self._session.split().values() for ref in refs]

    def _show_as_of(self) -> None:
        """How old the list is, where the hub can't be asked."""
        at = self._session.proposals_at if not self._online() else None
        shown = at is not None and bool(self._session.proposals)
        text = translate("Proposals", "No connection: the list is as of {time}.")
        self._as_of.setText(text.format(time=quantities.clock(at)) if at is not None else "")
        self._as_of.setVisible(shown)

    def _online(self) -> bool:
        return plain(self._session.connection) == "online"

    def show_split(self, plans: Sequence[str], linked: int = 0) -> None:
        """Offer one proposal for each plan, ``linked`` of them decided together; nothing for fewer than two."""
        if len(plans) < 2:
            self._split.say("")
            return
        text = translate(
            "Proposals", "The changes belong to %n plan(s): {names}. A proposal is for one plan only.", None, len(plans)
        )
        told = text.format(names="; ".join(plans))
        if linked:
            told += " " + translate("Proposals", "%n linked proposal(s) share ground, and are decided together.", None, linked)
        self._split.say(told)
        set_button_text(self._split_button, translate("Proposals", "Make %n proposal(s), one for each plan", None, len(plans)))

    def _show_details(self) -> None:
        row = self._chosen()
        self._edit.setVisible(row is not None and _editable(row))
        self._discard.setVisible(row is not None and row.draft is not None)
        unsent = row.unsent if row is not None else None
        self._send_now.setVisible(_queued(unsent))
        self._take_back.setVisible(_queued(unsent))
        self._take_back.setEnabled(unsent is not None and not unsent.attempted)
        self._take_back.setToolTip(_take_back_tip(unsent))
        can = tuple(plain(step) for step in row.summary.can) if row is not None and row.summary is not None else ()
        self._withdraw.setVisible("withdraw" in can)
        self._withdraw.setEnabled(self._session.job is None and self._online())
        self._withdraw.setToolTip("" if self._online() else translate("Proposals", "Only with a connection to the province"))
        self._talk.setVisible(row is not None and row.summary is not None)
        self._sheet.refresh()
        if row is not None and row.summary is not None:
            set_button_text(self._talk, _talk_text(self._session.discussion.unread(row.summary)))
        self._details.say(_details_text(row, Describer(self._session.catalogue)), _details_tone(row))
        self._ask_for_competing(row)

    def _chosen_summary(self) -> Optional[ProposalSummary]:
        row = self._chosen()
        return row.summary if row is not None else None

    def _ask_for_competing(self, row: Optional[Row]) -> None:
        """Of what waits for its decision: whoever else wants to change the same ground should be known to both."""
        waits = row is not None and row.summary is not None and row.summary.state in ON_THE_TABLE and self._online()
        subject = (row.proposal, row.moment) if row is not None and waits else None
        if subject == self._asked_about:
            return
        self._asked_about = subject
        self._competing.say("")
        if row is not None and waits:
            self._session.competing.load(row.proposal)

    def _show_competing(self) -> None:
        row = self._chosen()
        found = self._session.competing.about(row.proposal) if row is not None and self._asked_about is not None else None
        self._competing.say(competing_text(found.competing) if found is not None else "")

    # --- doing --------------------------------------------------------------------------------------------------------

    def _ask_for_new(self) -> None:
        self.new_asked.emit(tuple(self._free()))

    def _ask_to_edit(self) -> None:
        row = self._chosen()
        if row is not None and _editable(row):
            self.edit_asked.emit(self._draft_of(row))

    def _draft_of(self, row: Row) -> Any:
        """The one there is, or one made of what came back."""
        if row.draft is not None:
            return row.draft
        return self._session.take_back(row.unsent) if row.unsent is not None else self._session.revise(row.summary)

    def _ask_to_talk(self) -> None:
        row = self._chosen()
        if row is not None and row.summary is not None:
            self.talk_asked.emit(row.summary)

    def _do_take_back(self) -> None:
        row = self._chosen()
        if row is not None and row.unsent is not None:
            self._session.take_back(row.unsent)

    def _do_withdraw(self) -> None:
        row = self._chosen()
        if row is not None and row.summary is not None:
            self._session.withdraw(row.summary)

    def _do_discard(self) -> None:
        row = self._chosen()
        if row is not None and row.draft is not None:
            self._session.discard_draft(row.proposal)


def rows(session: Any, describer: Describer) -> tuple[Row, ...]:
    """What is asked of me first, then by age."""
    drafts = {draft.proposal: draft for draft in session.drafts}
    waiting = {item.proposal: item for item in session.outbox}
    known = {summary.id for summary in session.proposals}
    found = [_summary_row(summary, drafts.get(summary.id), waiting.get(summary.id)) for summary in session.proposals]
    found += [_unsent_row(item, describer) for proposal, item in waiting.items() if proposal not in known]
    found += [_draft_row(draft, describer) for draft in session.drafts if draft.proposal not in known | waiting.keys()]
    found.sort(key=lambda row: row.moment, reverse=True)
    found.sort(key=lambda row: _ORDER.index(row.state) if row.state in _ORDER else len(_ORDER))
    return tuple(found)


def _talk_text(unread: int) -> str:
    text = translate("Proposals", "Dis&cussion")
    return f"{text} ● {unread}" if unread else text


def _editable(row: Row) -> bool:
    return row.draft is not None or row.state in ("refused", "returned", "withdrawn")


def _queued(unsent: Optional[Unsent]) -> bool:
    return unsent is not None and plain(unsent.state) == "queued"


def _summary_row(summary: ProposalSummary, draft: Optional[Draft], unsent: Optional[Unsent]) -> Row:
    if unsent is not None:
        state, about, moment = plain(unsent.state), (unsent.title, summary.plan_name, unsent.changes), unsent.since
    else:
        state, about, moment = plain(summary.state), (summary.title, summary.plan_name, summary.changes), summary.updated_at
    return Row(summary.id, state, *about, moment, summary, draft, unsent)


def _unsent_row(item: Unsent, describer: Describer) -> Row:
    return Row(item.proposal, plain(item.state), item.title, describer.plan(item.plan), item.changes, item.since, unsent=item)


def _draft_row(draft: Draft, describer: Describer) -> Row:
    plan = describer.plan(draft.plan)
    title = draft.title or translate("Proposals", "Without title: {plan}").format(plan=plan)
    return Row(draft.proposal, "draft", title, plan, len(draft.refs), draft.updated_at, None, draft)


def _short_state(row: Row) -> str:
    if _base_turned_down(row):
        return "⚠ " + translate("Proposals", "Its base came back")
    if _objected(row) and row.summary is not None:
        return "⚠ " + shown_state(row.summary)[0]
    return ("⚠ " if row.state in ("returned", "refused") else "") + state_label(row.state)


def _objected(row: Row) -> bool:
    """Whether the province objects to what the commune approved."""
    return row.summary is not None and row.unsent is None and row.summary.post_check == "objected"


def _base_turned_down(row: Row) -> bool:
    return row.summary is not None and row.unsent is None and base_turned_down(row.summary)


def _take_back_tip(unsent: Optional[Unsent]) -> str:
    if unsent is not None and unsent.attempted:
        return translate("Proposals", "The province may have it already. Send it; it can be withdrawn afterwards.")
    return translate("Proposals", "It is not sent then; you can go on writing it")


def _empty_text() -> str:
    return translate(
        "Proposals", "No proposals yet. A proposal takes your changes to the province: choose them, give ground and reason, send."
    )


def _details_text(row: Optional[Row], describer: Describer) -> str:
    if row is None:
        return ""
    asked = _asked(row, describer)
    if row.unsent is not None:
        return _unsent_text(row.unsent)
    last = row.summary.last_step if row.summary is not None else None
    bound = "\n".join(bound_lines(row.summary)) if row.summary is not None else ""
    if last is None:
        return "\n".join(part for part in (asked, bound) if part)
    happened = f"{last.actor} {step_label(last.step)} ({quantities.day_and_time(last.at)})."
    reason = translate("Proposals", "Reason: {reason}").format(reason=last.reason) if last.reason else ""
    marked = row.summary.redo if row.summary is not None and row.state == "returned" else 0
    redo = translate("Proposals", "%n change(s) to be redone: see the discussion.", None, marked) if marked else ""
    return "\n".join(part for part in (happened, reason, redo, asked, bound) if part)


def _unsent_text(item: Unsent) -> str:
    """Since when it waits and what for, or why the hub didn't take it."""
    if not _queued(item):
        problem = item.problem or {}
        said = present(PlanningError(str(problem.get("code")), **(problem.get("details") or {})))
        again = translate("Proposals", "Its changes and its text are kept: edit it, then send again.")
        return "\n".join(part for part in (f"{said.what} {said.do}".strip(), again) if part)
    since = translate("Proposals", "Finished {time}, not sent yet.").format(time=quantities.clock(item.since))
    itself = translate("Proposals", "It leaves by itself as soon as the province can be reached.")
    return f"{since} {itself}"


def _details_tone(row: Optional[Row]) -> Tone:
    tones = {
        "refused": Tone.BAD,
        "returned": Tone.WARNING,
        "queued": Tone.WARNING,
        "rejected": Tone.BAD,
        "approved": Tone.GOOD,
        "agreed": Tone.GOOD,
    }
    if row is not None and _objected(row):
        return Tone.WARNING
    return tones.get(row.state, Tone.NEWS) if row is not None else Tone.NEWS


def _asked(row: Row, describer: Describer) -> str:
    """What I have to do now, or whom it waits for."""
    if _base_turned_down(row):
        return translate("Proposals", "The proposal that it builds on came back: withdraw this one, then send both anew.")
    texts = {
        "draft": translate("Proposals", "Not sent yet. Complete it and send it to the province."),
        "returned": translate("Proposals", "Correct what is asked for, then send again."),
        "awaiting_sign_off": translate("Proposals", "Nothing to do: the head of the commune has to sign it off."),
        "submitted": translate("Proposals", "Nothing to do: the province has received it."),
        "in_review": translate("Proposals", "Nothing to do: the province is looking at it."),
        "agreed": translate("Proposals", "Nothing to do: it is applied with the last of the linked proposals."),
        "approved": translate("Proposals", "In the province's database. You receive it when you next get data."),
        "withdrawn": translate("Proposals", "Its changes are yours to edit again."),
    }
    waits = waiting_text(row.summary, describer) if row.summary is not None and row.state in _WITH_OTHERS else ""
    return waits or texts.get(row.state, "")
