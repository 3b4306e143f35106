"""What the plugin adds to QGIS's window: three docks tabbed on the right, a toolbar, a menu and messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDockWidget

from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.messages import Messages
from commune_planning_plugin.gui.present_error import Action
from commune_planning_plugin.gui.proposal_dock import ProposalDock
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.gui.working_copy_dock import WorkingCopyDock

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from commune_planning_plugin.session import PlanningSession

NAME = "Quy hoạch xã"
"""Of menu and toolbar: a proper name, the same in each language."""


class PlanningWindow:
    """Adds everything when made; `remove` takes it away again."""

    def __init__(self, iface: QgisInterface, session: PlanningSession) -> None:
        self._iface = iface
        window = iface.mainWindow()
        self.copy, self.proposals, self.review = (
            WorkingCopyDock(session, window),
            ProposalDock(session, window),
            ReviewDock(session, window),
        )
        self.docks: tuple[QDockWidget, ...] = (self.copy, self.proposals, self.review)
        self._messages = Messages(session, iface.messageBar(), self._ways_out(session), window)
        self._toolbar = iface.addToolBar(NAME)
        self._toolbar.setObjectName("planning_toolbar")
        self._add_docks()
        self._add_actions()

    def _add_docks(self) -> None:
        names: list[str] = []
        for dock in self.docks:
            self._iface.addTabifiedDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock, list(names))
            names.append(dock.objectName())
        self.copy.compose_asked.connect(self.proposals.compose)
        self.copy.drafts_asked.connect(self.proposals.continue_draft)
        self.copy.review_asked.connect(lambda: _show(self.review))
        _show(self.copy)

    def _add_actions(self) -> None:
        for dock, picture in zip(self.docks, ("plugin", "compose", "review")):
            action = dock.toggleViewAction()
            action.setIcon(icon(picture))
            self._toolbar.addAction(action)
            self._iface.addPluginToMenu(NAME, action)

    def _ways_out(self, session: PlanningSession) -> Mapping[Action, Callable[[], object]]:
        def reload_review() -> None:
            if session.review is not None:
                session.open_review(session.review.summary.id)

        return {
            Action.SIGN_IN: self.copy.focus_sign_in,
            Action.RETRY: session.refresh,
            Action.PULL: session.pull,
            Action.REPAIR: session.repair,
            Action.SPLIT: self.proposals.split,
            Action.RELOAD_REVIEW: reload_review,
            Action.SHOW_CONFLICTS: self.copy.show_conflicts,
        }

    def remove(self) -> None:
        """The window is as it was."""
        self._messages.stop()
        self._messages.deleteLater()
        for dock in self.docks:
            self._iface.removePluginMenu(NAME, dock.toggleViewAction())
            self._iface.removeDockWidget(dock)
            dock.deleteLater()
        self._toolbar.deleteLater()


def _show(dock: QDockWidget) -> None:
    dock.show()
    dock.raise_()
