"""Original, mine and the province's side by side, with a choice in each line that needs one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from qgis.PyQt.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QMouseEvent, QPainter, QPen, QPixmap, QResizeEvent
from qgis.PyQt.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QLabel, QRadioButton, QScrollArea, QWidget

from commune_planning_plugin.adapters.signs import LOOKS, Sign
from commune_planning_plugin.core.schema import GEOMETRY
from commune_planning_plugin.gui.chips import tint
from commune_planning_plugin.gui.conflict_units import Unit
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import plain_tip, text_label
from commune_planning_plugin.store import Choice, Choices, Side

NARROW = 430
"""Below this width, in pixels, a line's title stands above its values."""
DRAWN = "drawn"


class ConflictTable(QScrollArea):
    """Shows one conflict. It holds no choices: they come with `show_units` and go out by ``chosen``."""

    chosen = pyqtSignal(str, object)
    """An attribute's name and `Side`, or ``"drawn"``."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(translate("Conflicts", "Original, the commune's and the province's"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(90)
        self._units: Sequence[Unit] = ()
        self._cells: dict[str, dict[object, ChoiceCell]] = {}
        self._narrow: Optional[bool] = None

    def show_units(self, units: Sequence[Unit], choices: Choices) -> None:
        """Only what changed is made anew, so that the keyboard's place is kept."""
        narrow = self.viewport().width() < NARROW
        if tuple(units) != tuple(self._units) or narrow is not self._narrow:
            self._units, self._narrow = tuple(units), narrow
            self._build()
        for name, cells in self._cells.items():
            choice = choices.get(name)
            for value, cell in cells.items():
                cell.set_chosen(value == DRAWN if isinstance(choice, bytes) else value is choice)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        return QSize(260, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        if self._narrow is not None and (self.viewport().width() < NARROW) is not self._narrow:
            chosen = {name: value for name, cells in self._cells.items() for value, cell in cells.items() if cell.is_chosen}
            self._narrow = self.viewport().width() < NARROW
            self._build()
            for name, value in chosen.items():
                self._cells[name][value].set_chosen(True)

    # --- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        first = 0 if self._narrow else 1
        for column, stretch in enumerate((3, 3, 4, 4)[1 - first :]):
            grid.setColumnStretch(column, stretch)
        self._cells = {}
        row = self._add_head(grid, first)
        for unit in self._units:
            row = self._add_unit(grid, row, first, unit)
        grid.setRowStretch(row, 1)
        self.setWidget(content)

    def _add_head(self, grid: QGridLayout, first: int) -> int:
        heads = (
            (translate("Conflicts", "Original"), Sign.BEFORE),
            (translate("Conflicts", "Commune's"), Sign.AFTER),
            (translate("Conflicts", "Province's"), Sign.PROVINCE),
        )
        for column, (text, sign) in enumerate(heads):
            grid.addWidget(_head(text, sign), 0, first + column)
        return 1

    def _add_unit(self, grid: QGridLayout, row: int, first: int, unit: Unit) -> int:
        title = text_label(unit.title, bold=bool(unit.name))
        title.setMinimumWidth(70)
        if first:
            grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        else:
            grid.addWidget(title, row, 0, 1, 3)
            row += 1
        grid.addWidget(_value_label(unit.values[0], False), row, first, Qt.AlignmentFlag.AlignTop)
        if not unit.name:
            for column in (1, 2):
                label = _value_label(unit.values[column], unit.changed[column])
                label.setToolTip(translate("Conflicts", "Both sides stand together here; nothing is to be decided"))
                grid.addWidget(label, row, first + column, Qt.AlignmentFlag.AlignTop)
            return row + 1
        return self._add_choices(grid, row, first, unit)

    def _add_choices(self, grid: QGridLayout, row: int, first: int, unit: Unit) -> int:
        group = QButtonGroup(grid.parentWidget())
        cells: dict[object, ChoiceCell] = {}
        for column, (side, who) in enumerate(((Side.MINE, _mine()), (Side.PROVINCE, _theirs())), start=1):
            cells[side] = ChoiceCell(unit, unit.values[column], who, bold=unit.changed[column])
            grid.addWidget(cells[side], row, first + column)
        if unit.drawn:
            row += 1
            cells[DRAWN] = ChoiceCell(unit, unit.drawn, "", sign=Sign.DRAWN)
            grid.addWidget(cells[DRAWN], row, first + 1, 1, 2)
        for value, cell in cells.items():
            group.addButton(cell.radio)
            cell.radio.setObjectName(f"{unit.name}_{getattr(value, 'value', value)}_radio")
            cell.radio.clicked.connect(lambda _on=False, value=value: self.chosen.emit(unit.name, value))
        self._cells[unit.name] = cells
        return row + 1


class ChoiceCell(QFrame):
    """A value to be taken: a radio button beside a text that wraps; a click anywhere on it chooses."""

    def __init__(self, unit: Unit, text: str, who: str, bold: bool = False, sign: Optional[Sign] = None) -> None:
        super().__init__()
        self.setObjectName("choice_cell")
        self.radio = QRadioButton()
        self.radio.setAccessibleName(", ".join(part for part in (unit.title.replace("\n", " "), who, text) if part))
        self.radio.setToolTip(plain_tip(text))
        self.radio.toggled.connect(lambda _on: self._show_state())
        self._label = _value_label(text, bold)
        self._label.installEventFilter(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 2, 4, 2)
        layout.setSpacing(4)
        layout.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        if sign is not None:
            layout.addWidget(_swatch(sign), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._label, 1, Qt.AlignmentFlag.AlignTop)
        self._show_state()

    @property
    def is_chosen(self) -> bool:
        return bool(self.radio.isChecked())

    def set_chosen(self, on: bool) -> None:
        group = self.radio.group()
        if group is not None and not on:
            group.setExclusive(False)  # an exclusive group keeps one chosen
        self.radio.setChecked(on)
        if group is not None:
            group.setExclusive(True)

    def _show_state(self) -> None:
        tone = Tone.GOOD if self.radio.isChecked() else Tone.CONFLICT
        ground, edge = tint(tone, 70 if self.radio.isChecked() else 30), tint(tone, 255)
        rgba = f"rgba({ground.red()}, {ground.green()}, {ground.blue()}, {ground.alpha()})"
        width = 3 if self.radio.isChecked() else 1
        style = "solid" if self.radio.isChecked() else "dashed"
        self.setStyleSheet(f"QFrame#choice_cell {{ background: {rgba}; border-left: {width}px {style} {edge.name()}; }}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        super().mouseReleaseEvent(event)
        self.radio.click()

    def eventFilter(self, watched: Any, event: QEvent) -> bool:  # noqa: N802 (Qt)
        """The text can be selected with the mouse; a plain click on it chooses."""
        if event.type() == QEvent.Type.MouseButtonRelease and not self._label.hasSelectedText():
            self.radio.click()
        return bool(super().eventFilter(watched, event))


def _mine() -> str:
    return translate("Conflicts", "Commune's")


def _theirs() -> str:
    return translate("Conflicts", "Province's")


def _value_label(text: str, bold: bool) -> QLabel:
    label = text_label(text, bold=bold)
    label.setMinimumWidth(40)
    return label


def _head(text: str, sign: Sign) -> QWidget:
    box = QWidget()
    layout = QHBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 2)
    layout.setSpacing(4)
    layout.addWidget(_swatch(sign))
    label = text_label(text, bold=True)
    label.setMinimumWidth(40)
    layout.addWidget(label, 1)
    return box


def _swatch(sign: Sign) -> QLabel:
    """How the map draws this side."""
    look, ratio = LOOKS[sign], 2
    picture = QPixmap(26 * ratio, 14 * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor("#f4f4f2"))  # as light as a map: the signs are made for that
    painter = QPainter(picture)
    painter.setPen(QPen(look.stroke(), 2, look.line))
    painter.setBrush(look.filling())
    painter.drawRect(QRectF(2, 2, 21, 9))
    painter.end()
    label = QLabel()
    label.setPixmap(picture)
    return label


def value_of(choice: object, drawn: Optional[bytes]) -> Optional[Choice]:
    """What the table says was chosen, as it is kept."""
    return drawn if choice == DRAWN else choice  # type: ignore[return-value]


__all__ = ["DRAWN", "GEOMETRY", "ChoiceCell", "ConflictTable", "value_of"]
