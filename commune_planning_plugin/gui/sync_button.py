"""The badge: how much waits on this computer and how much at the province, and when data is got."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QActionGroup, QMenu, QToolButton, QWidget

from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.quantities import number
from commune_planning_plugin.session.types import PullMode


class SyncButton(QToolButton):
    """``↑3 ↓12 ●2``: pressed, it gets the data; its menu looks now, and sets when data is got without being asked for."""

    def __init__(self, session: Any, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("sync_button")
        self.setIcon(icon("pull"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setMenu(self._made_menu())
        self.clicked.connect(lambda _checked=False: self._press())
        session.discussion.unread_changed.connect(self.refresh)
        for signal in (
            session.changed,
            session.inbox_changed,
            session.local_changes_changed,
            session.proposals_changed,
            session.job_changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        look = menu.addAction(translate("Sync", "&Look now and send what waits"))
        look.triggered.connect(lambda _checked=False: self._session.refresh())
        menu.addSection(translate("Sync", "Get data automatically"))
        group = QActionGroup(menu)
        self._modes = {}
        for mode, text in _mode_texts().items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, chosen=mode: self._session.set_pull_mode(chosen))
            group.addAction(action)
            self._modes[mode.value] = action
        return menu

    def _press(self) -> None:
        if self._session.has_working_copy:
            self._session.pull()
        else:
            self._session.refresh()

    def refresh(self) -> None:
        session, waiting, listing = self._session, self._session.waiting, self._session.inbox_list
        all_known = (*listing.known, *session.followed, *session.proposals)
        unread = session.discussion.unread_of({each.id: each for each in all_known}.values())
        at_least = "" if listing.all_here else "+"
        self.setText(" ".join(part for part in (badge_text(waiting), f"●{number(unread)}{at_least}" if unread else "") if part))
        tip = "\n".join([*_lines(waiting), *_talk_lines(session.discussion.waiting, unread)])
        self.setToolTip(translate("Sync", "Get data to this computer") + "\n" + tip)
        self.setStatusTip(tip)
        self.setAccessibleName(
            translate("Sync", "Waiting to be sent: {here}; waiting to be got: {there}").format(
                here=number(waiting.here), there=number(waiting.there)
            )
        )
        self.setEnabled(plain(session.connection) != "signed_out" and session.job is None)
        self._modes[plain(session.pull_mode)].setChecked(True)


def badge_text(waiting: Any) -> str:
    """Empty where nothing waits."""
    parts = ((waiting.here, "↑"), (waiting.there, "↓"))
    return " ".join(f"{arrow}{number(count)}" for count, arrow in parts if count)


def _lines(waiting: Any) -> list[str]:
    changes, versions, there = waiting.changes, waiting.versions, waiting.there
    return [
        "↑ " + translate("Sync", "%n change(s) here that are in no proposal yet", None, changes),
        "↑ " + translate("Sync", "%n proposal(s) waiting for the network", None, versions),
        "↓ " + translate("Sync", "%n new change(s) at the province", None, there),
    ]


def _talk_lines(waiting: int, unread: int) -> list[str]:
    """Of discussions, where there is something to tell."""
    return [
        *(["↑ " + translate("Sync", "%n remark(s) waiting for the network", None, waiting)] if waiting else []),
        *(["● " + translate("Sync", "%n proposal(s) with something new", None, unread)] if unread else []),
    ]


def _mode_texts() -> dict[PullMode, str]:
    return {
        PullMode.NEWS: translate("Sync", "When there is something &new"),
        PullMode.QUARTER: translate("Sync", "Every &15 minutes"),
        PullMode.BY_HAND: translate("Sync", "Only when I &press the button"),
    }
