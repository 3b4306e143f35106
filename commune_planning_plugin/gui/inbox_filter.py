"""What narrows the inbox down: a search box, and below it what is rarely changed."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QToolButton

from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import button_row, fill, line
from commune_planning_plugin.sync.list_calls import InboxFilter

AGES = (0, 3, 7, 15, 30)
Offered = tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]], Sequence[tuple[str, str]]]
"""Communes, plans and states: codes with their titles."""


class InboxFilterBar(QFrame):
    """Remembers nothing itself: who holds it is told of each change."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._filling = False
        self._text = QLineEdit()
        self._text.setObjectName("inbox_search")
        self._text.setClearButtonEnabled(True)
        self._text.setPlaceholderText(translate("Review", "Find: number, title, commune, author"))
        self._text.setAccessibleName(translate("Review", "Find a proposal"))
        self._text.setToolTip(translate("Review", "Accents don't matter"))
        self._more = QToolButton()
        self._more.setObjectName("inbox_more_filters")
        self._more.setText(translate("Review", "&Filter"))
        self._more.setCheckable(True)
        self._commune, self._plan, self._state, self._age = (
            _combo(name, told)
            for name, told in (
                ("inbox_commune_filter", translate("Review", "Commune")),
                ("inbox_plan_filter", translate("Review", "Plan")),
                ("inbox_state_filter", translate("Review", "State")),
                ("inbox_age_filter", translate("Review", "Age")),
            )
        )
        self._overdue = QCheckBox(translate("Review", "Over&due"))
        self._overdue.setObjectName("inbox_overdue_filter")
        self._mine = QCheckBox(translate("Review", "Taken up by &me"))
        self._mine.setObjectName("inbox_mine_filter")
        self._all = button_row(self._commune, self._plan, self._state, self._age, self._overdue, self._mine)
        self._all.hide()
        fill(self, line(self._text, self._more), self._all)
        self._listen()

    def _listen(self) -> None:
        self._text.textChanged.connect(lambda _text: self._tell())
        self._more.toggled.connect(self._all.setVisible)
        for combo in (self._commune, self._plan, self._state, self._age):
            combo.activated.connect(lambda _index: self._tell())
        for check in (self._overdue, self._mine):
            check.toggled.connect(lambda _on: self._tell())

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()

    @property
    def value(self) -> InboxFilter:
        return InboxFilter(
            self._text.text().strip(),
            str(self._commune.currentData() or ""),
            str(self._plan.currentData() or ""),
            str(self._state.currentData() or ""),
            int(self._age.currentData() or 0),
            self._overdue.isChecked(),
            self._mine.isChecked(),
        )

    def show_value(self, wanted: InboxFilter, offered: Offered) -> None:
        """``offered`` are communes, plans and states; what is chosen stays on offer though nothing of it is left."""
        self._filling = True
        if self._text.text().strip() != wanted.text:
            self._text.setText(wanted.text)
        communes, plans, states = offered
        _offer(self._commune, translate("Review", "All communes"), communes, wanted.commune)
        _offer(self._plan, translate("Review", "All plans"), plans, wanted.plan)
        _offer(self._state, translate("Review", "All states"), states, wanted.state)
        ages = [(days, translate("Review", "%n day(s) or more", None, days)) for days in AGES if days]
        _offer(self._age, translate("Review", "Any age"), ages, wanted.days)
        self._overdue.setChecked(wanted.overdue)
        self._mine.setChecked(wanted.mine)
        if InboxFilter(text=wanted.text) != wanted:
            self._more.setChecked(True)
        self._filling = False


def _combo(name: str, told: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setAccessibleName(told)
    combo.setToolTip(told)
    combo.setMinimumContentsLength(9)
    combo.setMaximumWidth(190)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo


def _offer(combo: QComboBox, everything: str, pairs: Sequence[tuple[object, str]], chosen: object) -> None:
    wanted = [(None, everything), *pairs]
    if chosen and chosen not in dict(pairs):
        wanted.append((chosen, str(chosen)))
    if [(combo.itemData(index), combo.itemText(index)) for index in range(combo.count())] != wanted:
        combo.clear()
        for data, text in wanted:
            combo.addItem(text, data)
    combo.setCurrentIndex(max(0, combo.findData(chosen) if chosen else 0))
