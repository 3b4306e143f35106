"""What the plugin adds to QGIS's window: four docks tabbed on the right, a toolbar, a menu and messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QDockWidget, QMenu

from commune_planning_plugin.adapters import settings
from commune_planning_plugin.gui.conflicts_dock import ConflictsDock
from commune_planning_plugin.gui.delegations_dialog import DelegationsDialog
from commune_planning_plugin.gui.devices_dialog import DevicesDialog
from commune_planning_plugin.gui.history_dock import HistoryDock
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.messages import Messages
from commune_planning_plugin.gui.present_error import Action
from commune_planning_plugin.gui.proposal_dock import ProposalDock
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.gui.room import Room
from commune_planning_plugin.gui.sync_button import SyncButton
from commune_planning_plugin.gui.working_copy_dock import WorkingCopyDock

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from commune_planning_plugin.session import PlanningSession
    from commune_planning_plugin.store import Ref

CONFLICTS_HEIGHT, CONFLICTS_SHARE = 250, 0.6
"""Pixels below the map, for a list and a few values; of a low map no more than this share."""


class PlanningWindow:
    """Adds everything when made; `remove` takes it away again."""

    def __init__(self, iface: QgisInterface, session: PlanningSession) -> None:
        self._iface = iface
        self._session = session
        self._devices: Optional[DevicesDialog] = None
        self._delegations: Optional[DelegationsDialog] = None
        window = iface.mainWindow()
        self.copy, self.proposals, self.review = (
            WorkingCopyDock(session, window),
            ProposalDock(session, window),
            ReviewDock(session, window),
        )
        self.history = HistoryDock(session, window)
        self.docks: tuple[QDockWidget, ...] = (self.copy, self.proposals, self.review, self.history)
        self.conflicts = ConflictsDock(session, window)
        self._messages = Messages(session, iface.messageBar(), self._ways_out(session), window)
        self._toolbar = iface.addToolBar(_name())
        self._toolbar.setObjectName("planning_toolbar")
        self._sync = SyncButton(session, self._toolbar)
        self._room = Room(window, self.copy)
        self._add_docks()
        self._add_actions()

    def _add_docks(self) -> None:
        for dock in self.docks:
            self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        if self._iface.mainWindow().isVisible():
            self._arrange_once()
        else:  # QGIS puts docks where it remembers them, after plugins are loaded
            self._iface.initializationCompleted.connect(self._arrange_once)
        self._iface.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.conflicts)  # below the map that it needs
        self.conflicts.hide()
        self.copy.conflicts_asked.connect(self._open_conflicts)
        self.proposals.conflicts_asked.connect(self._open_conflicts)
        self.copy.compose_asked.connect(self.proposals.compose)
        self.copy.drafts_asked.connect(self.proposals.continue_draft)
        self.copy.proposals_asked.connect(self.proposals.show_first)
        self.copy.review_asked.connect(lambda: _show(self.review))
        self._came_from: QDockWidget = self.copy
        self._session.preview.opened.connect(self._show_preview)
        self._session.preview.closed.connect(lambda: _show(self._came_from))
        _show(self.copy)

    def _show_preview(self) -> None:
        """Where the person came from is shown again afterwards."""
        in_front = [dock for dock in (self.copy, self.proposals) if not dock.visibleRegion().isEmpty()]
        self._came_from = in_front[0] if in_front else self.copy
        _show(self.review)

    def _arrange_once(self) -> None:
        """Tabbed together and wide enough to read, the first time; from then on where the person puts them."""
        self._room.follow(*self.docks[1:], anew=not settings.docks_arranged())
        if settings.docks_arranged():
            return
        settings.set_docks_arranged()
        window = self._iface.mainWindow()
        for dock in self.docks[1:]:
            window.tabifyDockWidget(self.docks[0], dock)
        self._room.give()
        _show(self.copy)

    def _open_conflicts(self, ref: Optional[Ref] = None) -> None:
        """As low as it can be read, so that the map keeps its room; where the person has moved it, it stays as it is."""
        below = self._iface.mainWindow().dockWidgetArea(self.conflicts) == Qt.DockWidgetArea.BottomDockWidgetArea
        appears = not self.conflicts.isVisible()
        height = min(CONFLICTS_HEIGHT, round(CONFLICTS_SHARE * self._iface.mapCanvas().height()))
        self.conflicts.open_at(ref)
        if appears and below and not self.conflicts.isFloating():
            self._iface.mainWindow().resizeDocks([self.conflicts], [height], Qt.Orientation.Vertical)

    def _add_actions(self) -> None:
        self._menu = QMenu(_name(), self._iface.mainWindow().menuBar())
        self._menu.setObjectName("planning_menu")
        self._iface.mainWindow().menuBar().insertMenu(self._iface.firstRightStandardMenu().menuAction(), self._menu)
        for dock, picture in zip((*self.docks, self.conflicts), ("plugin", "compose", "review", "history", "change_conflict")):
            action = dock.toggleViewAction()
            action.setIcon(icon(picture))
            self._toolbar.addAction(action)
            self._menu.addAction(action)
        self._toolbar.addWidget(self._sync)
        self._menu.addSeparator()
        self._menu.addAction(translate("Devices", "Computers and unsent work…"), self._show_devices)
        self._delegate = self._menu.addAction(translate("Delegations", "Delegate the signature…"), self._show_delegations)
        self._delegate.setObjectName("planning_delegate_action")
        self._session.changed.connect(self._show_own)
        self._show_own()

    def _show_own(self) -> None:
        """What only a commune's head has to do with."""
        self._delegate.setVisible(bool(self._session.authority.headed))

    def _show_delegations(self) -> None:
        _forget(self._delegations)
        self._delegations = DelegationsDialog(self._session, self._iface.mainWindow())
        self._delegations.show()

    def _show_devices(self) -> None:
        _forget(self._devices)
        self._devices = DevicesDialog(self._session, self._iface.mainWindow())
        self._devices.show()

    def _ways_out(self, session: PlanningSession) -> Mapping[Action, Callable[[], object]]:
        def reload_review() -> None:
            if session.review is not None:
                session.open_review(session.review.summary.id)

        return {
            Action.SIGN_IN: self.copy.focus_sign_in,
            Action.RETRY: session.refresh,
            Action.PULL: session.pull,
            Action.REPAIR: session.repair,
            Action.FRESH: session.start_afresh,
            Action.COPY_HERE: session.copy_here,
            Action.SPLIT: self.proposals.split,
            Action.RELOAD_REVIEW: reload_review,
            Action.SHOW_CONFLICTS: self._open_conflicts,
        }

    def remove(self) -> None:
        """The window is as it was."""
        with suppress(TypeError):  # not joined where the window was there before us
            self._iface.initializationCompleted.disconnect(self._arrange_once)
        self._room.remove()
        self._messages.stop()
        self._messages.deleteLater()
        for dock in (*self.docks, self.conflicts):
            self._iface.removeDockWidget(dock)
            dock.deleteLater()
        self._session.changed.disconnect(self._show_own)
        _forget(self._devices)
        _forget(self._delegations)
        self._toolbar.deleteLater()
        self._menu.deleteLater()


def _forget(dialog: Optional[QDialog]) -> None:
    if dialog is not None:
        dialog.close()
        dialog.deleteLater()


def _name() -> str:
    """Of menu and toolbar, as in the message bar."""
    return translate("Errors", "Commune planning")


def _show(dock: QDockWidget) -> None:
    dock.show()
    dock.raise_()
