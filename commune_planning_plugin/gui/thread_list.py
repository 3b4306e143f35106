"""The threads of a discussion as a list: a mark for how each stands, what it is about, how many said something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from commune_planning_plugin.core.discussion import Thread, ThreadState
from commune_planning_plugin.gui.chips import TONE_ROLE, ChipDelegate
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.discussion_words import THREAD_MARKS, THREAD_TONES, Rows, anchor_title, thread_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import plain_tip

THREAD_ROLE = int(Qt.ItemDataRole.UserRole) + 20
TITLE, STATE = range(2)


class ThreadList(QTreeWidget):
    """Numbered as the bubbles on the map are. What is open comes first, then what is answered, then what is settled."""

    chosen = pyqtSignal(str)
    """The thread that is current now; empty for none."""
    opened = pyqtSignal(str)
    """Double-clicked, or Enter: shown on the map."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("thread_list")
        self.setColumnCount(2)
        self.setHeaderLabels([translate("Discussion", "About"), translate("Discussion", "State")])
        self.setAccessibleName(translate("Discussion", "Remarks"))
        self.setRootIsDecorated(False)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegateForColumn(STATE, ChipDelegate(self))
        self.setMinimumHeight(72)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(lambda item, _former: self._tell(self.chosen, item))
        self.itemActivated.connect(lambda item, _column: self._tell(self.opened, item))
        self._quiet = False

    def show_threads(self, threads: Sequence[Thread], describer: Describer, rows: Rows, waiting: frozenset[str]) -> None:
        """``waiting`` are threads in which something waits here for the hub."""
        current = self.current()
        self._quiet = True
        self.clear()
        for number, thread in in_order(threads):
            self.addTopLevelItem(_item(number, thread, describer, rows, thread.id in waiting))
        self._select(current)
        if self.currentItem() is None:
            self._select(self._first())
        self._quiet = False

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """What is written below needs the room more; it grows where there is some."""
        return QSize(220, 84)

    def current(self) -> str:
        item = self.currentItem()
        return str(item.data(TITLE, THREAD_ROLE)) if item is not None else ""

    def choose(self, thread: str) -> None:
        """Make it the current one without telling."""
        self._quiet = True
        self._select(thread)
        self._quiet = False

    def _select(self, thread: str) -> None:
        for index in range(self.topLevelItemCount()):
            if self.topLevelItem(index).data(TITLE, THREAD_ROLE) == thread:
                self.setCurrentItem(self.topLevelItem(index))
                return

    def _first(self) -> str:
        first = self.topLevelItem(0)
        return str(first.data(TITLE, THREAD_ROLE)) if first is not None else ""

    def _tell(self, signal: object, item: Optional[QTreeWidgetItem]) -> None:
        if not self._quiet:
            signal.emit(str(item.data(TITLE, THREAD_ROLE)) if item is not None else "")  # type: ignore[attr-defined]


def in_order(threads: Sequence[Thread]) -> list[tuple[int, Thread]]:
    """Each with its number, which is the order in which they were begun."""
    order = list(ThreadState)
    return sorted(enumerate(threads, 1), key=lambda each: (order.index(each[1].state), each[0]))


def _item(number: int, thread: Thread, describer: Describer, rows: Rows, waits: bool) -> QTreeWidgetItem:
    state = thread.state.value
    mark = "↑" if waits else THREAD_MARKS[state]
    title = f"{number}  {anchor_title(thread.anchor, describer, rows)}"
    said = len(thread.comments)
    item = QTreeWidgetItem([title, f"{mark} {thread_label(thread)}"])
    item.setData(TITLE, THREAD_ROLE, thread.id)
    item.setData(STATE, TONE_ROLE, THREAD_TONES[state].value)
    told = f"{title} – {thread_label(thread)} – " + translate("Discussion", "%n remark(s)", None, said)
    for column in (TITLE, STATE):
        item.setToolTip(column, plain_tip(told + "\n" + thread.comments[0].text[:300]))
    item.setData(TITLE, int(Qt.ItemDataRole.AccessibleTextRole), told)
    return item
