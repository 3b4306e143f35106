"""Delegating the head's signature: to whom, for what, from when to when, under which document; and what was delegated before."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from commune_planning_plugin.core.text import LONGEST_TITLE
from commune_planning_plugin.core.workflow import Step
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import button, button_row, fill, text_label
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.sync.authority_documents import Delegation, Delegations

_DELEGATION = Qt.ItemDataRole.UserRole
_ISO = Qt.DateFormat.ISODate
_OPEN = ("in force", "to come")
_USUAL_DAYS = 30


class DelegationsDialog(QDialog):
    """For the head of one or several communes; asks the hub when it is opened, and follows it."""

    def __init__(self, session: Any, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("planning_delegations_dialog")
        self.setWindowTitle(translate("Delegations", "Delegating the signature"))
        self._session = session
        self._commune = _combo("delegation_commune", translate("Delegations", "Commune"))
        self._receiver = _combo("delegation_receiver", translate("Delegations", "Who signs for you"))
        self._acts = {step: _check(f"delegation_{step.value}", text) for step, text in _acts().items()}
        self._first = _day("delegation_from", translate("Delegations", "First day"))
        self._last = _day("delegation_to", translate("Delegations", "Last day"))
        self._last.setDate(QDate.currentDate().addDays(_USUAL_DAYS))
        self._document = self._document_edit()
        self._give = button(translate("Delegations", "&Delegate"), "give_signature_button", "check", act=self._do_give)
        self._hint = text_label(name="delegation_hint")
        self._told = text_label(name="delegations_told")
        self._list = self._delegations_list()
        self._revoke = button(translate("Delegations", "&End it now"), "revoke_signature_button", act=self._do_revoke)
        self._fill_communes()
        self._lay_out()
        self._listen()
        self._load()

    # --- building -----------------------------------------------------------------------------------------------------

    def _document_edit(self) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName("delegation_document")
        made.setMaxLength(LONGEST_TITLE)
        made.setAccessibleName(translate("Delegations", "Number of the delegating document"))
        made.setPlaceholderText(translate("Delegations", "for example 05/GUQ-UBND"))
        return made

    def _delegations_list(self) -> QListWidget:
        made = QListWidget()
        made.setObjectName("delegations_list")
        made.setAccessibleName(translate("Delegations", "Delegations so far"))
        made.setWordWrap(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def _fill_communes(self) -> None:
        describer = Describer(self._session.catalogue)
        for code in self._session.authority.headed:
            self._commune.addItem(describer.commune(code), code)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(translate("Delegations", "&Commune"), self._commune)
        form.addRow(translate("Delegations", "&Who signs for you"), self._receiver)
        for check in self._acts.values():
            form.addRow("", check)
        form.addRow(translate("Delegations", "&First day"), self._first)
        form.addRow(translate("Delegations", "&Last day"), self._last)
        form.addRow(translate("Delegations", "&Number of the document"), self._document)
        box = QWidget()
        box.setLayout(form)
        about = text_label(
            translate(
                "Delegations", "Each signature then says who signed for you and by which document. Nobody signs off their own."
            )
        )
        close = button(translate("Delegations", "Close"), "close_delegations_button", act=self.close)
        so_far = text_label(translate("Delegations", "Delegations so far"), bold=True)
        parts = (about, box, self._hint, button_row(self._give), so_far, self._told, self._list, button_row(self._revoke, close))
        fill(self, *parts, margin=9, spacing=6)
        self.resize(440, 540)

    def _listen(self) -> None:
        self._session.authority.delegations.changed.connect(self.refresh)
        self._session.job_changed.connect(self._enable)
        self._commune.currentIndexChanged.connect(lambda _index: self._load())
        self._document.textChanged.connect(lambda _text: self._enable())
        self._list.currentItemChanged.connect(lambda _now, _before: self._enable())
        for check in self._acts.values():
            check.toggled.connect(lambda _on: self._enable())
        for day in (self._first, self._last):
            day.dateChanged.connect(lambda _date: self._enable())

    # --- showing ------------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        code = self._commune.currentData()
        if code is not None:
            self._session.authority.delegations.load(code)
        self.refresh()

    def refresh(self) -> None:
        lookup, code = self._session.authority.delegations, self._commune.currentData()
        found: Optional[Delegations] = lookup.about(code)
        self._fill_receivers(found)
        self._list.clear()
        for delegation in found.delegations if found is not None else ():
            item = QListWidgetItem(_text(delegation))
            item.setData(_DELEGATION, delegation)
            self._list.addItem(item)
        self._list.setVisible(self._list.count() > 0)
        self._told.setText(_told(found, lookup.failure(code)))
        self._told.setVisible(bool(self._told.text()))
        self._enable()

    def _fill_receivers(self, found: Optional[Delegations]) -> None:
        known = list(found.colleagues) if found is not None else []
        if [self._receiver.itemData(row) for row in range(self._receiver.count())] != [name for name, _ in known]:
            self._receiver.clear()
            for name, full_name in known:
                self._receiver.addItem(full_name, name)

    def _enable(self) -> None:
        missing = self._missing()
        self._hint.setText(missing)
        self._hint.setVisible(bool(missing))
        self._give.setEnabled(not missing and self._session.job is None)
        chosen = self._chosen()
        self._revoke.setEnabled(chosen is not None and chosen.state in _OPEN and self._session.job is None)

    def _missing(self) -> str:
        """What is still to be filled in, one thing at a time."""
        if self._session.authority.delegations.about(self._commune.currentData()) is None:
            return ""
        if self._receiver.currentData() is None:
            return translate("Delegations", "Nobody else in the commune has an account: ask the province's administrator.")
        if not any(check.isChecked() for check in self._acts.values()):
            return translate("Delegations", "Tick what may be signed for you.")
        if self._last.date() < max(self._first.date(), QDate.currentDate()):
            return translate("Delegations", "The last day is before the first, or over.")
        if not self._document.text().strip():
            return translate("Delegations", "Give the number of the delegating document.")
        return ""

    def _chosen(self) -> Optional[Delegation]:
        item = self._list.currentItem()
        return None if item is None else item.data(_DELEGATION)

    # --- doing --------------------------------------------------------------------------------------------------------

    def _do_give(self) -> None:
        acts = tuple(step for step, check in self._acts.items() if check.isChecked())
        days = (self._first.date().toString(_ISO), self._last.date().toString(_ISO))
        who = (self._commune.currentData(), self._receiver.currentData())
        self._session.authority.give(*who, acts, *days, self._document.text().strip())

    def _do_revoke(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._session.authority.revoke(chosen)


def _told(found: Optional[Delegations], error: Any) -> str:
    if error is not None:
        return present(error, "delegations").text
    if found is None:
        return translate("Delegations", "Asking the province…")
    return "" if found.delegations else translate("Delegations", "None so far: you sign everything yourself.")


def _acts() -> dict[Step, str]:
    return {
        Step.SIGN_OFF: translate("Delegations", "sign &off proposals"),
        Step.RETURN: translate("Delegations", "&return them, with a reason"),
        Step.CONSENT: translate("Delegations", "consent to other communes' &proposals"),
    }


def _text(delegation: Delegation) -> str:
    known = {step: text.replace("&", "") for step, text in _acts().items()}
    states = {
        "in force": translate("Delegations", "in force"),
        "to come": translate("Delegations", "to come"),
        "ended": translate("Delegations", "over"),
        "revoked": translate("Delegations", "ended early"),
    }
    return translate("Delegations", "{receiver} for {giver}, {first} – {last} ({state}): {acts}. Document {document}").format(
        receiver=delegation.receiver_name,
        giver=delegation.giver_name,
        first=_shown(delegation.valid_from),
        last=_shown(delegation.valid_to),
        state=states.get(delegation.state, delegation.state),
        acts=", ".join(known[step] for step in delegation.acts if step in known),
        document=delegation.document,
    )


def _shown(day: str) -> str:
    return QDate.fromString(day, _ISO).toString("dd/MM/yyyy")


def _combo(name: str, spoken: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    return made


def _check(name: str, text: str) -> QCheckBox:
    made = QCheckBox(text)
    made.setObjectName(name)
    made.setChecked(True)
    return made


def _day(name: str, spoken: str) -> QDateEdit:
    made = QDateEdit(QDate.currentDate())
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    made.setDisplayFormat("dd/MM/yyyy")
    made.setCalendarPopup(True)
    return made
