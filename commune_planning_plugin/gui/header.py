"""The head of the working copy dock: commune, hub, what waits here, what waits there, last pull."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.describe import commune_title
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import text_label
from commune_planning_plugin.gui.sync_button import SyncButton


class Header(QWidget):
    """Reads the session; changes nothing but asks to sign out, and for data."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._commune = text_label(name="header_commune", bold=True)
        self._hub = text_label(name="header_hub")
        self._hub_icon = QLabel()
        self._local = text_label(name="header_local")
        self._news = text_label(name="header_news")
        self._pull = text_label(name="header_pull")
        self._sign_out = self._sign_out_button()
        self._sync = SyncButton(session)
        self._sync.setAutoRaise(True)
        self._lay_out()

    def _sign_out_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("sign_out_button")
        button.setIcon(icon("sign_out"))
        button.setAutoRaise(True)
        button.setToolTip(translate("WorkingCopy", "Sign out (the working copy stays on this computer)"))
        button.setAccessibleName(translate("WorkingCopy", "Sign out"))
        button.clicked.connect(lambda _checked=False: self._session.sign_out())
        return button

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(6)
        layout.setVerticalSpacing(2)
        layout.addWidget(self._commune, 0, 0, 1, 2)
        layout.addWidget(self._sync, 0, 2, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._sign_out, 0, 3, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._hub_icon, 1, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._hub, 1, 1, 1, 3)
        for row, label in enumerate((self._local, self._news, self._pull), start=2):
            layout.addWidget(label, row, 0, 1, 4)
        layout.setColumnStretch(1, 1)

    def refresh(self) -> None:
        session = self._session
        commune = session.commune
        name = commune_title(commune.name, commune.kind) if commune else translate("WorkingCopy", "No commune chosen")
        self._commune.setText(name[:1].upper() + name[1:])
        self._hub.setText(self._hub_text())
        online = plain(session.connection) == "online"
        self._hub_icon.setPixmap(icon("online" if online else "offline").pixmap(14, 14))
        self._sign_out.setVisible(session.account is not None)
        here = session.has_working_copy
        self._sync.setVisible(here)
        for label, text in ((self._local, self._local_text()), (self._news, self._news_text()), (self._pull, self._pull_text())):
            label.setText(text)
            label.setVisible(here and bool(text))

    def _hub_text(self) -> str:
        session = self._session
        who = session.account.full_name if session.account else ""
        state = plain(session.connection)
        if state == "online":
            return translate("WorkingCopy", "Connected to the province · {name}").format(name=who)
        if state == "offline" and session.offline_since is not None:
            since = quantities.clock(session.offline_since)
            return translate("WorkingCopy", "No connection since {time}; you can go on working").format(time=since)
        if state == "offline":
            return translate("WorkingCopy", "No connection; you can go on working")
        return translate("WorkingCopy", "Not signed in")

    def _local_text(self) -> str:
        changes, unsent = len(self._session.local_changes), self._session.unsent
        waiting = translate("WorkingCopy", "%n change(s) on this computer", None, changes)
        if self._session.damage:  # what a damaged layer holds isn't known before the repair: zero would read as lost
            waiting = translate("WorkingCopy", "Changes on this computer: kept, counted after the repair")
        if self._session.unsaved:
            waiting += " · " + translate("WorkingCopy", "edits not saved yet")
        if unsent:
            waiting += " · " + translate("WorkingCopy", "%n proposal(s) not sent yet", None, unsent)
        if self._session.only_read:
            waiting += " · " + translate("WorkingCopy", "open for reading only")
        return waiting

    def _news_text(self) -> str:
        news = self._session.news
        if news is None:
            return ""
        if not news:
            return translate("WorkingCopy", "Nothing new at the province")
        return translate("WorkingCopy", "%n new change(s) at the province", None, news)

    def _pull_text(self) -> str:
        moment = self._session.last_pull_at
        if moment is None:
            return ""
        self._pull.setToolTip(quantities.day_and_time(moment))
        return translate("WorkingCopy", "Last data from the province: {age}").format(age=quantities.age(moment))
