"""The date control: the commune's map as of a former day, what was in force or what the database knew."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QComboBox, QDateEdit, QFrame

from commune_planning_plugin.gui.decision_words import day
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, button_row, fill, text_label
from commune_planning_plugin.session.types import Connection
from commune_planning_plugin.sync.history_calls import PastDay


class PastBar(QFrame):
    """Shows a day of the past, and leads back to today."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._date = QDateEdit(QDate.currentDate())
        self._date.setObjectName("past_date")
        self._date.setCalendarPopup(True)
        self._date.setDisplayFormat("dd/MM/yyyy")
        self._date.setAccessibleName(translate("History", "Day of the past"))
        self._meaning = QComboBox()
        self._meaning.setObjectName("past_meaning")
        self._meaning.addItem(translate("History", "in force on"), True)
        self._meaning.addItem(translate("History", "known to the database on"), False)
        self._meaning.addItem(translate("History", "in force, as known at a time"), None)
        self._as_known = text_label(translate("History", "as the database knew it on"), name="past_as_known")
        self._known = QDateEdit(QDate.currentDate())
        self._known.setObjectName("past_known")
        self._known.setCalendarPopup(True)
        self._known.setDisplayFormat("dd/MM/yyyy")
        self._known.setAccessibleName(self._as_known.text())
        self._meaning.currentIndexChanged.connect(lambda _index: self.refresh())
        self._meaning.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._meaning.setMinimumContentsLength(10)
        self._meaning.setAccessibleName(translate("History", "What is asked of that day"))
        self._show_past = button(translate("History", "Show the &map of that day"), "past_button", "search", act=self._do_show)
        self._today = button(translate("History", "Back to &today"), "today_button", "back", act=session.history.back_to_today)
        self._banner = Notice(Tone.WARNING, "past_banner")
        fill(self, button_row(self._meaning, self._date, self._as_known, self._known, self._show_past, self._today), self._banner)
        session.history.past_changed.connect(self.refresh)
        for signal in (session.changed, session.review_changed, session.job_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        past = self._session.history.past
        self._today.setVisible(past is not None)
        self._banner.say("" if past is None else past_title(past) + "\n" + translate("History", "It can only be read."))
        for widget in (self._as_known, self._known):
            widget.setVisible(self._meaning.currentData() is None)
        why = self._hindrance()
        self._show_past.setEnabled(not why)
        self._show_past.setToolTip(why)

    def _hindrance(self) -> str:
        session = self._session
        if session.commune is None or session.connection is not Connection.ONLINE:
            return translate("History", "The past is kept at the province: it needs a connection, and a sign-in.")
        if session.review is not None:
            return translate("History", "Close the open proposal first.")
        if session.editing:
            return translate("History", "Save your edits and stop drawing first.")
        return "" if session.job is None else translate("History", "Wait until the running step is done.")

    def _do_show(self) -> None:
        meaning = self._meaning.currentData()
        known = self._known.date().toPyDate() if meaning is None else None
        at = PastDay(self._date.date().toPyDate(), meaning is not False, known)
        self._session.history.show_past(at, past_title(at))


def past_title(at: PastDay) -> str:
    if at.legal and at.known is not None:
        told = translate("History", "THE PAST: plan in force on {day}, as the database knew it on {known}")
        return told.format(day=day(at.day), known=day(at.known))
    if at.legal:
        return translate("History", "THE PAST: plan in force on {day}").format(day=day(at.day))
    return translate("History", "THE PAST: what the database knew on {day}").format(day=day(at.day))
