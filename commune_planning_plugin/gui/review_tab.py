"""What a tab of the review is: it shows the open review, names itself, and may lead to a change."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QFrame

from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.detail_documents import ProposalDetail


def is_local(detail: ProposalDetail) -> bool:
    """Whether it is one's own changes as a reviewer would see them, and no proposal yet."""
    return detail.summary.state is State.DRAFT


class ReviewTab(QFrame):
    """One of the review's tabs. What is costly is fetched in `load`, which waits until the tab is looked at."""

    change_asked = pyqtSignal(object)
    """The Ref of a change that list and map are to show."""
    changes_asked = pyqtSignal(list)
    """The Refs of several changes, to be selected in the list and shown on the map together."""
    renamed = pyqtSignal()
    """Title or icon is another one: what they tell has come."""

    of_local_changes = False
    """Whether it says something about one's own changes that are no proposal yet."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._detail: Optional[ProposalDetail] = None
        self._loaded: Optional[ProposalDetail] = None

    def show_review(self, detail: Optional[ProposalDetail]) -> None:
        """Show another review, the same one as it is by now, or none. What isn't looked at costs nothing yet."""
        self._detail = detail
        if detail is None:
            self._loaded = None
        elif self.isVisible():
            self._load_once()

    def change_chosen(self, ref: Optional[Ref]) -> None:
        """Another change is the current one of the list."""

    def title(self, detail: ProposalDetail) -> str:
        """What stands on the tab, in a word or two."""
        raise NotImplementedError

    def badge(self, detail: ProposalDetail) -> str:
        """How many things are in it; empty where that says nothing."""
        return ""

    def icon_name(self, detail: ProposalDetail) -> str:
        """A name of `icons.icon`; empty for none."""
        return ""

    def tip(self, detail: ProposalDetail) -> str:
        """More words than the title has room for."""
        return ""

    def load(self, detail: ProposalDetail) -> None:
        """Called once for each detail, when the tab is looked at."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt)
        super().showEvent(event)
        self._load_once()

    def _load_once(self) -> None:
        if self._detail is not None and self._detail is not self._loaded:
            self._loaded = self._detail
            self.load(self._detail)
