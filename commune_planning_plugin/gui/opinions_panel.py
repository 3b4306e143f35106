"""Agencies' opinions on a proposal: who was asked and until when, what each said, the commune's answers; and the paper of it."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QFileDialog, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from commune_planning_plugin.core.discussion import ActKind, Request
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.opinion_table import rows
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.chips import TONE_ROLE, ChipDelegate
from commune_planning_plugin.gui.discussion_words import answer_label, day, opinion_label, request_label
from commune_planning_plugin.gui.labels import Tone, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.opinion_forms import AnswerForm, AskForm, Form, OpinionForm, WithdrawForm
from commune_planning_plugin.gui.opinion_print import page, write_csv, write_pdf
from commune_planning_plugin.gui.parts import Notice, button, button_row, fill, plain_tip, text_label
from commune_planning_plugin.sync.proposal_documents import ProposalSummary

AGENCY, STATE, DUE = range(3)
WIDE = 460
"""From this width on, in pixels, the last day has a column of its own; below, it stands under the agency."""
Save = Callable[[QWidget, str, str], str]


class OpinionsPanel(QFrame):
    """Shows what the account may do with the chosen request; the hub decides again when it comes there."""

    def __init__(self, session: Any, save: Optional[Save] = None) -> None:
        super().__init__()
        self._session = session
        self._save = save or _chosen_path
        self._summary: Optional[ProposalSummary] = None
        self._told = Notice(Tone.NEWS, "opinions_notice")
        self._empty = text_label(name="opinions_empty")
        self._table = self._requests_table()
        self._words = text_label(name="opinion_words")
        self._ask, self._opinion, self._answer, self._withdraw = AskForm(), OpinionForm(), AnswerForm(), WithdrawForm()
        self._forms: tuple[Form, ...] = (self._ask, self._opinion, self._answer, self._withdraw)
        self._do_ask = button(translate("Opinions", "&Ask an agency…"), "ask_button", "compose", act=self._begin_ask)
        self._do_give = button(translate("Opinions", "&Give the opinion…"), "give_button", "compose", act=self._begin_opinion)
        self._do_answer = button(translate("Opinions", "An&swer…"), "answer_button", "compose", act=self._begin_answer)
        self._do_withdraw = button(translate("Opinions", "Wit&hdraw…"), "unask_button", "revert", act=self._begin_withdraw)
        self._pdf = button(translate("Opinions", "&Print (PDF)…"), "opinions_pdf_button", "file", act=self._do_pdf)
        self._csv = button(translate("Opinions", "Table (CS&V)…"), "opinions_csv_button", "save", act=self._do_csv)
        self._lay_out()
        self._listen()

    def _requests_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setObjectName("opinions_table")
        table.setAccessibleName(translate("Opinions", "Agencies' opinions"))
        table.setHorizontalHeaderLabels(
            [translate("Opinions", "Agency"), translate("Opinions", "Opinion"), translate("Opinions", "Last day")]
        )
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setItemDelegateForColumn(STATE, ChipDelegate(table))
        table.setTabKeyNavigation(False)
        table.setMinimumHeight(90)
        table.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = table.horizontalHeader()
        header.setSectionResizeMode(AGENCY, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(DUE, QHeaderView.ResizeMode.ResizeToContents)
        table.itemSelectionChanged.connect(self._show_chosen)
        return table

    def _lay_out(self) -> None:
        actions = button_row(self._do_give, self._do_answer, self._do_ask, self._do_withdraw, self._pdf, self._csv)
        fill(self, self._told, self._empty, self._table, self._words, *self._forms, actions)
        self.layout().setStretchFactor(self._table, 1)
        self.layout().addStretch(0)
        for form in self._forms:
            form.hide()
            form.left.connect(self._show_forms)

    def _listen(self) -> None:
        self._ask.done.connect(lambda body: self._post(ActKind.ASK, body))
        self._opinion.done.connect(self._post_opinion)
        self._answer.done.connect(self._post_answer)
        self._withdraw.done.connect(lambda body: self._post_about(ActKind.UNASK, body))
        self._session.discussion.changed.connect(self._changed)

    # --- showing ------------------------------------------------------------------------------------------------------

    def show_proposal(self, summary: ProposalSummary) -> None:
        if self._summary is None or self._summary.id != summary.id:
            self._show_forms()
        self._summary = summary
        self.refresh()

    def _changed(self, proposal: str) -> None:
        if self._summary is not None and proposal == self._summary.id:
            self.refresh()

    def _talk(self) -> Any:
        return self._session.discussion.talk(self._summary.id if self._summary is not None else "")

    def refresh(self) -> None:
        talk, chosen = self._talk(), self._chosen()
        requests = talk.discussion.requests
        self._table.setRowCount(len(requests))
        for row, request in enumerate(requests):
            self._show_row(row, request)
        wanted = chosen.id if chosen is not None else self._first_of_mine()
        self._table.selectRow(next((n for n, each in enumerate(requests) if each.id == wanted), 0))
        for widget in (self._pdf, self._csv):
            widget.setVisible(bool(requests))
        self._empty.setVisible(not requests)
        self._empty.setText(self._empty_text())
        self._told.say(*self._standing())
        self._show_chosen()

    def _show_row(self, number: int, request: Request) -> None:
        state, tone = request_label(request)
        waits = "↑ " if any(self._talk().item(act.id) for act in (request.asked, *request.opinions)) else ""
        due = day(request.asked.body["due"])
        agency = self._agency(request)
        named = agency if self.width() >= WIDE else agency + "\n" + translate("Opinions", "until {day}").format(day=due)
        for column, text in ((AGENCY, named), (STATE, waits + state), (DUE, due)):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(f"{agency}\n{state}\n{due}"))
            self._table.setItem(number, column, item)
        self._table.item(number, STATE).setData(TONE_ROLE, tone.value)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        self._table.setColumnHidden(DUE, self.width() < WIDE)
        for row, request in enumerate(self._talk().discussion.requests if self._summary is not None else ()):
            self._show_row(row, request)

    def _agency(self, request: Request) -> str:
        return self._talk().organisation(request.organisation) or request.organisation[:8]

    def _first_of_mine(self) -> str:
        mine = self._mine()
        return mine.id if mine is not None else ""

    def _mine(self) -> Optional[Request]:
        account = self._session.account
        organisation = getattr(account, "organisation", None)
        found: Optional[Request] = self._talk().discussion.of_organisation(organisation) if organisation else None
        return found

    def _chosen(self) -> Optional[Request]:
        selected = self._table.selectionModel().selectedRows()
        requests = self._talk().discussion.requests if self._summary is not None else ()
        return requests[selected[0].row()] if selected and selected[0].row() < len(requests) else None

    def _empty_text(self) -> str:
        if self._may(ActKind.ASK):
            return translate("Opinions", "No agency was asked. The approval waits for those that are asked, until their last day.")
        return translate("Opinions", "No agency was asked about this proposal.")

    def _standing(self) -> tuple[str, Tone]:
        if plain(self._session.connection) != "online":
            return translate("Opinions", "No connection: what you write waits here and leaves by itself."), Tone.WARNING
        mine = self._mine()
        if mine is not None and mine.takes_opinion(datetime.now(timezone.utc)) and self._may(ActKind.OPINION):
            if mine.opinion is None:
                text = translate("Opinions", "Your agency's opinion is asked for until {day}.")
            else:
                text = translate("Opinions", "Your agency has given its opinion; it can be replaced until {day}.")
            return text.format(day=day(mine.asked.body["due"])), Tone.NEWS
        waiting = len(self._talk().discussion.waiting(datetime.now(timezone.utc)))
        if not waiting:
            return "", Tone.NEWS
        return translate("Opinions", "%n agency(s) still to answer; the approval waits for them.", None, waiting), Tone.NEWS

    def _may(self, kind: ActKind) -> bool:
        return self._summary is not None and bool(self._session.discussion.may(self._summary.id, kind))

    def _show_chosen(self) -> None:
        request, now = self._chosen(), datetime.now(timezone.utc)
        self._words.setText(self._words_of(request))
        filling = any(not form.isHidden() for form in self._forms)
        self._words.setVisible(request is not None)
        self._table.setVisible(bool(self._table.rowCount()) and not filling)
        mine = self._mine()
        gives = mine is not None and self._may(ActKind.OPINION) and mine.takes_opinion(now)
        answers = request is not None and request.opinion is not None and self._may(ActKind.ANSWER)
        withdraws = request is not None and request.withdrawn is None and self._may(ActKind.UNASK)
        can = {self._do_ask: self._may(ActKind.ASK), self._do_give: gives, self._do_answer: answers, self._do_withdraw: withdraws}
        for action, possible in can.items():
            action.setVisible(possible and not filling)  # a form has the buttons that matter meanwhile

    def _words_of(self, request: Optional[Request]) -> str:
        if request is None:
            return ""
        asked = translate("Opinions", "Asked by {name}.").format(name=request.asked.actor_name)
        parts = [f"{asked} {request.asked.text}".strip()]
        for act in request.opinions:
            files = "; ".join(file["name"] for file in act.body.get("files", ()))
            when = quantities.day_and_time(act.at) if act.at else translate("Opinions", "waits for the connection")
            said = f"{opinion_label(act.body['opinion'])} ({act.actor_name}, {when})"
            parts.append(": ".join(part for part in (said, act.text) if part) + (f"\n▪ {files}" if files else ""))
            answer = self._talk().discussion.answers.get(act.id)
            if answer is not None:
                parts.append(f"→ {answer_label(answer.body['answer'])} ({answer.actor_name}): {answer.text}")
        if request.withdrawn is not None:
            withdrawn = translate("Opinions", "Withdrawn by {name}: {reason}")
            parts.append(withdrawn.format(name=request.withdrawn.actor_name, reason=request.withdrawn.text))
        return "\n".join(parts)

    # --- doing --------------------------------------------------------------------------------------------------------

    def _show_forms(self, shown: Optional[Form] = None) -> None:
        """A form takes the table's room while it is filled in."""
        for form in self._forms:
            form.setVisible(form is shown)
        self._show_chosen()

    def _begin_ask(self) -> None:
        talk = self._talk()
        now = datetime.now(timezone.utc)
        waiting = {request.organisation for request in talk.discussion.waiting(now)}
        known = talk.told.organisations if talk.told is not None else ()
        agencies = ((each.id, each.name) for each in known if not each.closed and each.id not in waiting)
        self._ask.offer(agencies, talk.told.term if talk.told is not None else None)
        self._show_forms(self._ask)
        self._ask.begin()

    def give(self) -> None:
        """Ready to write one's own agency's opinion."""
        if not self._do_give.isHidden():
            self._begin_opinion()

    def _begin_opinion(self) -> None:
        self._show_forms(self._opinion)
        self._opinion.begin()

    def _begin_answer(self) -> None:
        request = self._chosen()
        if request is not None:
            self._show_forms(self._answer)
            self._answer.begin(translate("Opinions", "Answer to {agency}").format(agency=self._agency(request)))

    def _begin_withdraw(self) -> None:
        request = self._chosen()
        if request is not None:
            self._show_forms(self._withdraw)
            title = translate("Opinions", "Withdraw the request to {agency}")
            self._withdraw.begin(title.format(agency=self._agency(request)))

    def _post_opinion(self, body: dict[str, Any]) -> None:
        mine = self._mine()
        if mine is not None:
            files = {"files": body["files"]} if body["files"] else {}
            plain_body = {"request": mine.id, "opinion": body["opinion"], "text": body["text"], **files}
            self._post(ActKind.OPINION, plain_body, self._opinion.contents())

    def _post_answer(self, body: dict[str, Any]) -> None:
        request = self._chosen()
        if request is not None and request.opinion is not None:
            self._post(ActKind.ANSWER, {**body, "opinion_id": request.opinion.id})

    def _post_about(self, kind: ActKind, body: dict[str, Any]) -> None:
        request = self._chosen()
        if request is not None:
            self._post(kind, {**body, "request": request.id})

    def _post(self, kind: ActKind, body: dict[str, Any], files: Any = None) -> None:
        if self._summary is None:
            return
        if self._session.discussion.post(self._summary.id, self._summary.version, kind, body, files) is not None:
            self._show_forms()

    # --- paper --------------------------------------------------------------------------------------------------------

    def _lines(self) -> list[Any]:
        talk = self._talk()
        known = talk.told.organisations if talk.told is not None else ()
        return rows(talk.discussion, {each.id: each.name for each in known}, datetime.now(timezone.utc))

    def _do_pdf(self) -> None:
        summary = self._summary
        if summary is not None:
            markup = page(summary, self._lines(), datetime.now(timezone.utc))
            self._write("pdf", lambda path: write_pdf(path, markup))

    def _do_csv(self) -> None:
        self._write("csv", lambda path: write_csv(path, self._lines()))

    def _write(self, suffix: str, write: Callable[[Path], None]) -> None:
        number = self._summary.number if self._summary is not None else 0
        chosen = self._save(self, f"tong-hop-y-kien-{number}.{suffix}", suffix)
        if not chosen:
            return
        try:
            write(Path(chosen))
        except OSError as error:
            self._session.failed.emit(PlanningError("file.not_written", path=chosen, reason=str(error)), "opinions")
        else:
            self._session.noticed.emit("opinions.written", {"path": chosen})


def _chosen_path(parent: QWidget, name: str, suffix: str) -> str:
    path, _ = QFileDialog.getSaveFileName(parent, translate("Opinions", "Save the table of opinions"), name, f"*.{suffix}")
    return path
