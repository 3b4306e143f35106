"""Changes grouped by layer: icon, name, what happens to the feature, and a state chip; the same tree in all three docks."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Optional

from qgis.PyQt.QtCore import QEvent, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QWidget

from commune_planning_plugin.gui.chips import TONE_ROLE, ChipDelegate
from commune_planning_plugin.gui.icons import change_icon
from commune_planning_plugin.gui.labels import Tone, kind_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import bold_font, plain_tip

HANDLE_ROLE = int(Qt.ItemDataRole.UserRole) + 10
NAME, KIND, STATE = range(3)
NARROW = 400
"""Below this width, in pixels, names and states leave no room for a third column."""


@dataclass(frozen=True)
class Entry:
    """A line of the tree. ``handle`` comes back in the tree's signals; ``layer`` and ``title`` are what is shown."""

    handle: Hashable
    layer: str
    title: str
    kind: str
    conflict: bool = False
    chip: str = ""
    tone: Tone = Tone.PLAIN


class ChangesTree(QTreeWidget):
    """Keeps selection, check marks and filter over a refresh. ``checkable`` gives each change a box."""

    chosen = pyqtSignal(object)
    """The handle of the current change, or None."""
    opened = pyqtSignal(object)
    """A change was double-clicked, or Enter pressed on it."""
    hovered = pyqtSignal(object)
    """The handle under the mouse; None when the mouse leaves."""
    checks_changed = pyqtSignal()
    """Told once for all boxes that change together; `tell_checks` doesn't wait for it."""

    def __init__(self, name: str, checkable: bool = False, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._checkable = checkable
        self._items: dict[Hashable, QTreeWidgetItem] = {}
        self._filter = ""
        self._shown: Optional[tuple[object, ...]] = None
        self._quiet = False
        self._lay_out()
        self.currentItemChanged.connect(lambda *_: self._tell(self.chosen, self.currentItem()))
        self.itemActivated.connect(lambda item, _column: self._tell(self.opened, item))
        self.itemEntered.connect(lambda item, _column: self._tell(self.hovered, item))
        self.itemChanged.connect(self._item_changed)
        self._tell_checks = QTimer(self)
        self._tell_checks.setSingleShot(True)
        self._tell_checks.timeout.connect(self.checks_changed)

    def _lay_out(self) -> None:
        self.setColumnCount(3)
        self.setHeaderLabels([translate("Common", "Feature"), translate("Common", "Change"), translate("Common", "State")])
        self.setAccessibleName(translate("Common", "Changes by layer"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setIndentation(12)
        self.setMouseTracking(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setItemDelegateForColumn(STATE, ChipDelegate(self))
        self.setMinimumHeight(110)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(KIND, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.ResizeToContents)

    # --- content ------------------------------------------------------------------------------------------------------

    def show_entries(self, entries: Sequence[Entry], checked: Optional[Collection[Hashable]] = None) -> None:
        """Show ``entries``; of a checkable tree those in ``checked`` are ticked."""
        shown = (tuple(entries), tuple(checked or ()))
        if shown == self._shown:
            return
        self._shown = shown
        current, selected = self.current_handle(), set(self.selected_handles())
        self._quiet = True
        self.clear()
        self._items = {}
        layers = {title: self._layer_item(title, entries) for title in sorted({entry.layer for entry in entries})}
        icons = {kind: change_icon(*kind) for kind in {(entry.kind, entry.conflict) for entry in entries}}
        ticked = frozenset(checked or ())
        for entry in entries:
            item = self._change_item(entry, icons[entry.kind, entry.conflict], entry.handle in ticked)
            self._items[entry.handle] = item
        for title, layer in layers.items():
            layer.addChildren([self._items[entry.handle] for entry in _in_order(entries) if entry.layer == title])
        self.expandAll()
        self._restore(current, selected)
        self._quiet = False
        self.setColumnHidden(STATE, not any(entry.chip for entry in entries))
        self._fold()
        if self._filter:
            self.filter(self._filter)
        if self.current_handle() != current:
            self.chosen.emit(self.current_handle())

    def _layer_item(self, title: str, entries: Iterable[Entry]) -> QTreeWidgetItem:
        count = sum(entry.layer == title for entry in entries)
        item = QTreeWidgetItem(self, [f"{title} ({count})"])
        item.setFirstColumnSpanned(True)
        item.setFont(NAME, bold_font(self.font()))
        item.setToolTip(NAME, plain_tip(title))
        if self._checkable:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
        return item

    def _change_item(self, entry: Entry, picture: QIcon, ticked: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem([entry.title, kind_label(entry.kind), entry.chip])
        item.setData(NAME, HANDLE_ROLE, entry.handle)
        item.setIcon(NAME, picture)
        if entry.chip:
            item.setData(STATE, TONE_ROLE, entry.tone.value)
        told = ", ".join(part for part in (entry.title, kind_label(entry.kind), entry.chip) if part)
        for column in range(3):
            item.setToolTip(column, plain_tip(told))
        item.setData(NAME, int(Qt.ItemDataRole.AccessibleTextRole), told)
        if self._checkable:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(NAME, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        return item

    def _restore(self, current: Optional[Hashable], selected: Collection[Hashable]) -> None:
        if current in self._items:
            self.setCurrentItem(self._items[current])
        self.blockSignals(True)  # each of them would tell
        for handle in selected:
            if handle in self._items:
                self._items[handle].setSelected(True)
        self.blockSignals(False)
        self.itemSelectionChanged.emit()

    # --- selection ----------------------------------------------------------------------------------------------------

    def current_handle(self) -> Optional[Hashable]:
        return _handle(self.currentItem())

    def selected_handles(self) -> list[Hashable]:
        """The selected changes; a selected layer stands for all its changes that the filter shows."""
        found: dict[Hashable, None] = {}
        for item in self.selectedItems():
            children = [item.child(index) for index in range(item.childCount())]
            for each in children or [item]:
                if _handle(each) is not None and not each.isHidden():
                    found[_handle(each)] = None
        return list(found)

    def checked_handles(self) -> list[Hashable]:
        return [handle for handle, item in self._items.items() if item.checkState(NAME) == Qt.CheckState.Checked]

    def tell_checks(self) -> None:
        if self._tell_checks.isActive():
            self._tell_checks.stop()
            self.checks_changed.emit()

    def select_handle(self, handle: Optional[Hashable]) -> None:
        """Make a change the current one without telling: the map told us."""
        self._quiet = True
        item = self._items.get(handle)
        self.setCurrentItem(item)
        if item is None:
            self.clearSelection()
        else:
            self.scrollToItem(item)
        self._quiet = False

    def select_handles(self, handles: Collection[Hashable]) -> None:
        """As `select_handle`, of several: the first one is the current one."""
        items = [self._items[handle] for handle in handles if handle in self._items]
        if not items:
            return
        self.select_handle(_handle(items[0]))
        self._quiet = True
        for item in items[1:]:
            item.setSelected(True)
        self._quiet = False

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) change that is shown, over layers, round the ends."""
        shown = [handle for handle in self._in_order() if not self._items[handle].isHidden()]
        if not shown:
            return
        current = self.current_handle()
        start = shown.index(current) + by if current in shown else (0 if by > 0 else -1)
        self.setCurrentItem(self._items[shown[start % len(shown)]])

    def step_to_end(self, first: bool) -> None:
        """Go to the first or the last change that is shown."""
        shown = [handle for handle in self._in_order() if not self._items[handle].isHidden()]
        if shown:
            self.setCurrentItem(self._items[shown[0 if first else -1]])

    def following(self, passed: Collection[Hashable]) -> Optional[Hashable]:
        """The first change after the current one that isn't ``passed``, round the end; None where all are."""
        shown = self._in_order()
        current = self.current_handle()
        start = shown.index(current) if current in shown else 0
        return next((handle for handle in [*shown[start:], *shown[:start]] if handle not in passed), None)

    def set_chip(self, handle: Hashable, chip: str, tone: Tone) -> None:
        """Another state for one change, without making the tree anew."""
        item = self._items.get(handle)
        if item is not None:
            item.setText(STATE, chip)
            item.setData(STATE, TONE_ROLE, tone.value)
            self._shown = None

    def _in_order(self) -> list[Hashable]:
        iterator, found = QTreeWidgetItemIterator(self), []
        while iterator.value() is not None:
            handle = _handle(iterator.value())
            if handle is not None:
                found.append(handle)
            iterator += 1
        return found

    def filter(self, text: str) -> None:
        """Show only changes whose texts contain ``text``; accents and case don't count."""
        self._filter = text
        wanted = folded(text)
        for item in self._items.values():
            told = " ".join(item.text(column) for column in range(3)) + " " + item.parent().text(NAME)
            item.setHidden(wanted not in folded(told))
        for index in range(self.topLevelItemCount()):
            layer = self.topLevelItem(index)
            layer.setHidden(all(layer.child(row).isHidden() for row in range(layer.childCount())))

    # --- size and events -------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """Small: the layout gives the tree what room there is."""
        return QSize(260, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """In a narrow dock the icon alone tells the kind of change, beside the tooltip; names need the room."""
        self.setColumnHidden(KIND, self.width() < NARROW and not self.isColumnHidden(STATE))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt)
        super().leaveEvent(event)
        self.hovered.emit(None)

    def _tell(self, signal: pyqtSignal, item: Optional[QTreeWidgetItem]) -> None:
        if not self._quiet:
            signal.emit(_handle(item))

    def _item_changed(self, _item: QTreeWidgetItem, column: int) -> None:
        if self._checkable and column == NAME and not self._quiet:
            self._tell_checks.start(0)  # once for a whole layer, which changes box by box


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.title, str(entry.handle)))


def _handle(item: Optional[QTreeWidgetItem]) -> Optional[Hashable]:
    return item.data(NAME, HANDLE_ROLE) if item is not None else None


def folded(text: str) -> str:
    """Without accents and case, as one searches."""
    flat = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in flat if not unicodedata.combining(letter))
