"""What is filled in about opinions: whom to ask and until when, the opinion, the commune's answer, why a request is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Callable, Optional

from qgis.PyQt.QtCore import QDate, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QDateEdit, QFileDialog, QFrame, QLabel, QWidget

from commune_planning_plugin.core.discussion import VIETNAM, AnswerKind, Opinion
from commune_planning_plugin.core.discussion_bodies import MOST_FILES
from commune_planning_plugin.core.text import file_name
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.discussion_words import answer_label, opinion_label
from commune_planning_plugin.gui.draft_readiness import too_long
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, button_row, fill, line, text_label
from commune_planning_plugin.gui.reason_edit import ReasonEdit
from commune_planning_plugin.sync.discussion_client import Term

LARGEST_FILE = 20 << 20
"""Bytes; the hub's own bound."""
UNKNOWN_TERM = timedelta(days=30)
"""Offered where the hub names no term: an agency is rather given too long than too little."""


class Form(QFrame):
    """Fields, a text, and two buttons. ``done`` brings the act's body."""

    done = pyqtSignal(dict)
    left = pyqtSignal()

    def __init__(self, name: str, title: str, send: str, hint: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}_form")
        self._title = text_label(title, f"{name}_title", bold=True)
        self._problem = Notice(Tone.WARNING, f"{name}_problem")
        self._text = ReasonEdit()
        self._text.setObjectName(f"{name}_text")
        self._text.setAccessibleName(hint)
        self._text.setPlaceholderText(hint)
        self._send = button(send, f"{name}_send_button", "send", act=self._do_send)
        self._leave = button(translate("Opinions", "Not now"), f"{name}_leave_button", act=self.left.emit)
        fill(self, self._title, *self._fields(), self._problem, self._text, button_row(self._send, self._leave), margin=4)

    def begin(self, title: str = "") -> None:
        """Empty, and ready to type in."""
        if title:
            self._title.setText(title)
        self._text.clear()
        self._problem.say("")
        self.show()

    def _fields(self) -> Iterable[QWidget]:
        return ()

    def _body(self) -> dict[str, Any]:
        return {}

    def _needs_text(self) -> bool:
        return True

    def text(self) -> str:
        return self._text.toPlainText().strip()

    def _do_send(self) -> None:
        text = self.text()
        if (self._needs_text() and not text) or too_long(text):
            self._problem.say(too_long(text) or translate("Opinions", "Write the words that belong to it."))
            self._text.setFocus()
            return
        self._problem.say("")
        self.done.emit({**self._body(), "text": text})


class AskForm(Form):
    """Which agency, until when, and whether silence counts as agreement."""

    def __init__(self) -> None:
        self._agency = QComboBox()
        self._agency.setObjectName("agency_combo")
        self._agency.setAccessibleName(translate("Opinions", "Agency"))
        self._agency.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._agency.setMinimumContentsLength(14)
        self._due = QDateEdit()
        self._due.setObjectName("due_edit")
        self._due.setAccessibleName(translate("Opinions", "Last day"))
        self._due.setCalendarPopup(True)
        self._due.setDisplayFormat("dd/MM/yyyy")
        self._term: Optional[Term] = None
        self._basis = text_label(name="term_text")
        self._silence = QCheckBox(translate("Opinions", "Silence is agreement"))
        self._silence.setObjectName("silence_check")
        title = translate("Opinions", "Ask for an opinion")
        hint = translate("Opinions", "What it is about (may stay empty)")
        super().__init__("ask", title, translate("Opinions", "&Ask"), hint)

    def _fields(self) -> Iterable[QWidget]:
        return self._agency, line(QLabel(translate("Opinions", "until")), self._due, stretch=1), self._basis, self._silence

    def offer(self, agencies: Iterable[tuple[str, str]], term: Optional[Term] = None) -> None:
        """Id and name of each that can be asked, and the time that the law gives them."""
        self._term = term
        self._basis.setText(_basis_text(term))
        self._basis.setVisible(term is not None)
        self._agency.clear()
        for identity, name in agencies:
            self._agency.addItem(name, identity)
        self._send.setEnabled(bool(self._agency.count()))

    def begin(self, title: str = "") -> None:
        super().begin(title)
        today = datetime.now(VIETNAM).date()
        self._due.setMinimumDate(_qdate(today))
        self._due.setDate(_qdate(self._term.on(today) if self._term is not None else today + UNKNOWN_TERM))
        self._silence.setChecked(True)
        self._agency.setFocus()
        if not self._agency.count():
            self._problem.say(translate("Opinions", "There is no agency that could be asked: the administrator adds them."))

    def _needs_text(self) -> bool:
        return False

    def _body(self) -> dict[str, Any]:
        day = self._due.date()
        due = date(day.year(), day.month(), day.day()).isoformat()
        return {"organisation": self._agency.currentData(), "due": due, "silence_agrees": self._silence.isChecked()}


class OpinionForm(Form):
    """An agency's own opinion, with files."""

    def __init__(self, choose: Optional[Callable[[QWidget], list[str]]] = None) -> None:
        self._choose = choose or _chosen_files
        self._opinion = QComboBox()
        self._opinion.setObjectName("opinion_combo")
        self._opinion.setAccessibleName(translate("Opinions", "Opinion"))
        for each in Opinion:
            self._opinion.addItem(opinion_label(each), each.value)
        self._files: dict[str, tuple[str, bytes]] = {}
        self._named = text_label(name="opinion_files")
        self._add = button(translate("Opinions", "Add &files…"), "opinion_files_button", "file", act=self._do_add)
        hint = translate("Opinions", "Remarks, or why you disagree")
        super().__init__("opinion", translate("Opinions", "Your opinion"), translate("Opinions", "&Give the opinion"), hint)

    def _fields(self) -> Iterable[QWidget]:
        return self._opinion, self._add, self._named

    def begin(self, title: str = "") -> None:
        super().begin(title)
        self._files = {}
        self._opinion.setCurrentIndex(0)
        self._show_files()
        self._opinion.setFocus()

    def contents(self) -> Mapping[str, bytes]:
        """Of the files, by hash."""
        return {name: content for name, (_, content) in self._files.items()}

    def _needs_text(self) -> bool:
        return bool(self._opinion.currentData() != Opinion.AGREE.value)

    def _body(self) -> dict[str, Any]:
        files = [{"sha256": name, "name": title, "size": len(content)} for name, (title, content) in self._files.items()]
        return {"opinion": self._opinion.currentData(), "files": files}

    def _do_add(self) -> None:
        for path in map(Path, self._choose(self)):
            try:
                content = path.read_bytes()
            except OSError:
                self._problem.say(translate("Opinions", "“{name}” can't be read.").format(name=path.name))
                continue
            if len(content) > LARGEST_FILE or len(self._files) >= MOST_FILES:
                self._problem.say(
                    translate("Opinions", "“{name}” is too large, or there are too many files.").format(name=path.name)
                )
                continue
            self._files[sha256(content).hexdigest()] = (file_name(path.name), content)
        self._show_files()

    def _show_files(self) -> None:
        said = [f"{title} ({quantities.size(len(content))})" for title, content in self._files.values()]
        self._named.setText("\n".join(said))
        self._named.setVisible(bool(said))


class AnswerForm(Form):
    """The commune takes a remark up, or explains."""

    def __init__(self) -> None:
        self._kind = QComboBox()
        self._kind.setObjectName("answer_combo")
        self._kind.setAccessibleName(translate("Opinions", "Taken up or explained"))
        for each in AnswerKind:
            self._kind.addItem(answer_label(each), each.value)
        hint = translate("Opinions", "How it was taken up, or the explanation")
        super().__init__("answer", translate("Opinions", "The commune's answer"), translate("Opinions", "&Answer"), hint)

    def _fields(self) -> Iterable[QWidget]:
        return (self._kind,)

    def _body(self) -> dict[str, Any]:
        return {"answer": self._kind.currentData()}


class WithdrawForm(Form):
    """Why an agency isn't asked any more."""

    def __init__(self) -> None:
        title, send = translate("Opinions", "Withdraw the request"), translate("Opinions", "&Withdraw")
        super().__init__("unask", title, send, translate("Opinions", "Why it is withdrawn"))


def _basis_text(term: Optional[Term]) -> str:
    """By which article the day is offered."""
    if term is None:
        return ""
    text = (
        translate("Opinions", "The legal term: {basis} (provisional)")
        if term.provisional
        else translate("Opinions", "The legal term: {basis}")
    )
    return text.format(basis=term.basis)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _chosen_files(parent: QWidget) -> list[str]:
    paths, _ = QFileDialog.getOpenFileNames(parent, translate("Opinions", "Files of the opinion"))
    return list(paths)
