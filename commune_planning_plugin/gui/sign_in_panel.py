"""Signing in, inside the dock: hub address, name, password; Enter works."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QCheckBox, QFormLayout, QFrame, QLineEdit, QWidget

from commune_planning_plugin.gui.labels import Tone, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, fill, text_label
from commune_planning_plugin.session.types import MasterPassword


class SignInPanel(QFrame):
    """The password is given to the session and forgotten here."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._hub_url = self._edit("hub_url_edit", translate("WorkingCopy", "Address of the province's hub, for example https://…"))
        self._hub_url.setPlaceholderText(translate("WorkingCopy", "https://… as the province has told you"))
        self._name = self._edit("name_edit", translate("WorkingCopy", "The account name that the province gave you"))
        self._password = self._edit("password_edit", translate("WorkingCopy", "Capital letters count"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._remember = self._remember_check()
        self._foretold = Notice(Tone.NEWS, "master_password_notice")
        self._problem = Notice(Tone.WARNING, "sign_in_problem")
        self._button = button(translate("WorkingCopy", "&Sign in"), "sign_in_button", "sign_in", act=self.sign_in)
        self._lay_out()
        self._forget_problem_when_typing()

    def _edit(self, name: str, tip: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setObjectName(name)
        edit.setToolTip(tip)
        edit.returnPressed.connect(self.sign_in)
        return edit

    def _remember_check(self) -> QCheckBox:
        check = QCheckBox(translate("WorkingCopy", "&Remember me on this computer"))
        check.setObjectName("remember_check")
        check.setToolTip(translate("WorkingCopy", "Otherwise you sign in again each time QGIS is opened"))
        check.setChecked(self._session.remembers)
        check.toggled.connect(lambda _checked: self._foretell())
        return check

    def _foretell(self) -> None:
        """QGIS's own dialog explains nothing that a technician would understand: said before it comes."""
        asked = plain(self._session.master_password) if self._remember.isChecked() else ""
        self._foretold.say(_master_password_texts().get(asked, ""))

    def _lay_out(self) -> None:
        purpose = text_label(
            translate("WorkingCopy", "Sign in with the account that the province gave you, to get your commune's data.")
        )
        fields = QWidget()
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, edit in (
            (translate("WorkingCopy", "&Hub"), self._hub_url),
            (translate("WorkingCopy", "&Account"), self._name),
            (translate("WorkingCopy", "&Password"), self._password),
        ):
            form.addRow(title, edit)
            edit.setAccessibleName(title.replace("&", ""))
        fill(self, purpose, fields, self._remember, self._problem, self._button, self._foretold)

    def _forget_problem_when_typing(self) -> None:
        for edit in (self._hub_url, self._name, self._password):
            edit.textEdited.connect(lambda _text: self._problem.say(""))

    def refresh(self) -> None:
        """Offer what was used last, without touching what is being typed."""
        if not self._hub_url.text():
            self._hub_url.setText(self._session.hub_url)
        if not self._name.text():
            self._name.setText(self._session.account_name)
        self._button.setEnabled(self._session.job is None)
        if self.isVisible():
            self._foretell()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt)
        super().showEvent(event)
        self._foretell()

    def sign_in(self) -> None:
        url, name, password = self._hub_url.text().strip(), self._name.text().strip(), self._password.text()
        missing = next((edit for edit, text in self._filled(url, name, password) if not text), None)
        if missing is not None:
            self._problem.say(translate("WorkingCopy", "Please fill in: {field}.").format(field=missing.accessibleName()))
            missing.setFocus()
            return
        self._password.clear()
        self._session.sign_in(url, name, password, self._remember.isChecked())

    def _filled(self, url: str, name: str, password: str) -> tuple[tuple[QLineEdit, str], ...]:
        return (self._hub_url, url), (self._name, name), (self._password, password)

    def say_problem(self, text: str) -> None:
        """Why signing in failed, beside the fields."""
        self._problem.say(text)
        self._password.setFocus()

    def focus_first_empty(self) -> None:
        empty = [edit for edit in (self._hub_url, self._name, self._password) if not edit.text()]
        (empty or [self._password])[0].setFocus()


def _master_password_texts() -> dict[str, str]:
    """What QGIS will ask, what to type, and what if it is forgotten."""
    forgotten = translate("WorkingCopy", "Forgotten? Take the tick away and sign in with your account: no data is lost.")
    asks = translate("WorkingCopy", "QGIS will ask for a “master password”, which locks what it remembers on this computer.")
    first = translate("WorkingCopy", "It isn't your account's: make one up and type it twice, or press Cancel.")
    again = translate("WorkingCopy", "QGIS may ask for the “master password” that you made up on this computer.")
    return {MasterPassword.CHOSEN.value: f"{asks} {first} {forgotten}", MasterPassword.ASKED.value: f"{again} {forgotten}"}
