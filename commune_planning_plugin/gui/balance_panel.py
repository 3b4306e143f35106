"""The land-fund balance on the screen: as a table, as bars, and plot by plot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHeaderView,
    QScrollArea,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
)

from commune_planning_plugin.core.balance import LAYER, Balance, Fate
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.balance_chart import BalanceChart, tip_of
from commune_planning_plugin.gui.balance_rows import (
    HECTARE,
    BalanceRow,
    balance_rows,
    closing_text,
    fate_text,
    norm_texts,
    plot_names,
    table_text,
    total_row,
)
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, bold_font, button, button_row, fill, plain_tip, text_label
from commune_planning_plugin.store import Ref

WIDE = 560
"""From this width on, in pixels, the shares have columns of their own; below, they stand in the tooltip and in the bars."""
TABLE, BARS, PLOTS = range(3)
FUNCTION_ROLE = int(Qt.ItemDataRole.UserRole) + 3


class BalancePanel(QFrame):
    """Shows one balance, or says why there is none."""

    plots_chosen = pyqtSignal(list)
    """Refs of the touched plots that a line is about."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._balance: Optional[Balance] = None
        self._rows: list[BalanceRow] = []
        self._dialog: Optional[QFileDialog] = None
        self._closing = Notice(Tone.PLAIN, "balance_closing")
        self._norms = Notice(Tone.PLAIN, "balance_norms")
        self._rounding = text_label(name="balance_rounding")
        self._table = _table("balance_table", translate("Balance", "Land functions before and after"))
        self._plots = _table("balance_plots", translate("Balance", "Touched plots before and after"))
        self._chart = BalanceChart()
        self._pages = QStackedWidget()
        for page in (self._table, _scrolled(self._chart), self._plots):
            self._pages.addWidget(page)
        self._views = self._view_buttons()
        tip = translate("Balance", "Copies the table, to be pasted into a document or a spreadsheet")
        self._copy = button(translate("Balance", "Cop&y"), "copy_balance_button", tip=tip, act=self.copy)
        self._save = button(translate("Balance", "E&xport CSV…"), "export_balance_button", "save", act=self._ask_where)
        self._bar = button_row(*self._views.buttons(), self._copy, self._save)
        fill(self, self._closing, self._norms, self._bar, self._pages, self._rounding, spacing=3)
        self.layout().setStretchFactor(self._pages, 1)
        self._table.itemSelectionChanged.connect(self._function_selected)
        self._chart.chosen.connect(self._choose_function)
        self._plots.itemSelectionChanged.connect(self._plot_selected)

    def _view_buttons(self) -> QButtonGroup:
        group = QButtonGroup(self)
        named = (
            (TABLE, "balance_table_button", translate("Balance", "Ta&ble")),
            (BARS, "balance_bars_button", translate("Balance", "Ba&rs")),
            (PLOTS, "balance_plots_button", translate("Balance", "P&lots")),
        )
        for page, name, text in named:
            made = button(text, name, act=lambda page=page: self._pages.setCurrentIndex(page))
            made.setParent(self)  # a group owns nothing
            made.setCheckable(True)
            made.setChecked(page == TABLE)
            group.addButton(made, page)
        return group

    # --- showing ------------------------------------------------------------------------------------------------------

    def show_text(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Instead of a balance: it is on its way, or can't be had."""
        self._balance = None
        self._closing.say(text, tone)
        self._norms.say("")
        for widget in (self._bar, self._pages, self._rounding):
            widget.hide()

    def show_balance(self, balanced: Balance, whole: bool) -> None:
        """``whole``: of all of the plan's ground."""
        self._balance = balanced
        self._rows = balance_rows(balanced, self._session.catalogue)
        text, well = closing_text(balanced, whole)
        self._closing.say(text, Tone.GOOD if well else Tone.BAD)
        norms = norm_texts(balanced)
        lines = (f"{'✓' if met else '✗'} {told}" for told, met in norms)
        self._norms.say("\n".join(lines), Tone.GOOD if all(met for _, met in norms) else Tone.WARNING)
        self._norms.setToolTip(plain_tip("\n".join(sorted({norm.source for norm in balanced.norms}))))
        self._fill_table()
        self._fill_plots(balanced)
        self._chart.show_rows(self._rows)
        told = translate("Balance", "Figures are rounded to 0.01 ha so that each column adds up to its total.")
        self._rounding.setText(told)
        self._table.setToolTip(told)
        for widget in (self._bar, self._pages):
            widget.show()
        self._fold()

    def _fill_table(self) -> None:
        heads = (
            translate("Balance", "Function"),
            translate("Balance", "Before"),
            translate("Balance", "After"),
            translate("Balance", "±"),
            translate("Balance", "% before"),
            translate("Balance", "% after"),
            translate("Balance", "± points"),
        )
        rows = [*self._rows, total_row(self._rows)]
        _begin(self._table, heads, len(rows))
        for number, row in enumerate(rows):
            title = _cell(row.title, tip_of(row))
            if row.colour:
                title.setIcon(_swatch(row.colour))
                title.setData(FUNCTION_ROLE, row.function)
            self._table.setItem(number, 0, title)
            for column, text in enumerate(row.cells, 1):
                cell = _cell(text, tip_of(row), right=True)
                if (column == 3 and row.difference) or not row.colour:
                    cell.setFont(bold_font(self.font()))
                self._table.setItem(number, column, cell)

    def _fill_plots(self, balanced: Balance) -> None:
        heads = (
            translate("Balance", "Plot"),
            translate("Balance", "Before"),
            translate("Balance", "After"),
            translate("Balance", "What becomes of it"),
        )
        touched = [line for line in balanced.plots if line.fate is not Fate.KEPT]
        names, titles = plot_names(balanced), {row.function: row.title for row in self._rows}
        _begin(self._plots, heads, len(touched) + 1)
        for number, line in enumerate(touched):
            sides = [_side(plot, titles) for plot in (line.before, line.after)]
            for column, text in enumerate((names[line.key], *sides, fate_text(line, names))):
                cell = _cell(text, text)
                cell.setData(FUNCTION_ROLE, line.key)
                self._plots.setItem(number, column, cell)
        still = [line.after.area_m2 for line in balanced.plots if line.fate is Fate.KEPT and line.after is not None]
        count, area = balanced.kept.plots + len(still), balanced.kept.area_m2 + sum(still)
        text = translate("Balance", "%n other plot(s) stay as they are", None, count)
        self._plots.setItem(len(touched), 0, _cell(f"{text}: {quantities.area(area)}", text))
        self._plots.setSpan(len(touched), 0, 1, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        for column in (4, 5, 6):
            self._table.setColumnHidden(column, self.width() < WIDE)
        self._rounding.setVisible(self.width() >= WIDE and self._balance is not None)

    # --- choosing and taking along ------------------------------------------------------------------------------------

    def _function_selected(self) -> None:
        item = self._table.item(self._table.currentRow(), 0)
        if item is not None and item.data(FUNCTION_ROLE) is not None and self._table.selectedItems():
            self._tell(item.data(FUNCTION_ROLE))

    def _choose_function(self, function: str) -> None:
        """By a click on its bars: the table shows it as well."""
        for number, row in enumerate(self._rows):
            if row.function == function:
                self._table.selectRow(number)

    def _tell(self, function: str) -> None:
        if self._balance is not None:
            lines = (line for line in self._balance.plots if line.fate is not Fate.KEPT)
            sides = ((line.key, (line.before, line.after)) for line in lines)
            keys = [key for key, pair in sides if any(plot is not None and plot.function == function for plot in pair)]
            self.plots_chosen.emit([Ref(LAYER, key) for key in keys])

    def _plot_selected(self) -> None:
        keys = {item.data(FUNCTION_ROLE) for item in self._plots.selectedItems()} - {None}
        if keys:
            self.plots_chosen.emit([Ref(LAYER, key) for key in sorted(keys)])

    def copy(self) -> None:
        """The table as text into the clipboard."""
        QGuiApplication.clipboard().setText(table_text(self._rows, "\t"))

    def _ask_where(self) -> None:
        self._dialog = QFileDialog(self, translate("Balance", "Export the balance"), "", "CSV (*.csv)")
        self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._dialog.setDefaultSuffix("csv")
        self._dialog.fileSelected.connect(lambda name: self.export(Path(name)))
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.open()

    def export(self, path: Path) -> None:
        """With a byte order mark: spreadsheets read Vietnamese letters by it."""
        try:
            path.write_text(table_text(self._rows, ";"), encoding="utf-8-sig")
        except OSError as error:
            text = translate("Balance", "The file couldn't be written: {reason}. Choose another place.")
            self._closing.say(text.format(reason=error.strerror or str(error)), Tone.BAD)


def _table(name: str, told: str) -> QTableWidget:
    table = QTableWidget()
    table.setObjectName(name)
    table.setAccessibleName(told)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setWordWrap(True)
    table.setMinimumHeight(110)
    table.verticalHeader().hide()
    table.horizontalHeader().setMinimumSectionSize(30)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table


def _scrolled(chart: BalanceChart) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(chart)
    return area


def _begin(table: QTableWidget, heads: Sequence[str], rows: int) -> None:
    table.clear()
    table.clearSpans()
    table.setColumnCount(len(heads))
    table.setHorizontalHeaderLabels(list(heads))
    table.setRowCount(rows)
    for column in range(len(heads)):
        stretched = not column or table.objectName() == "balance_plots"
        mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.ResizeToContents
        table.horizontalHeader().setSectionResizeMode(column, mode)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)


def _cell(text: str, tip: str, right: bool = False) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(plain_tip(tip))
    if right:
        item.setTextAlignment(int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
    return item


def _side(plot: Any, titles: dict[str, str]) -> str:
    if plot is None:
        return "–"
    return f"{titles.get(plot.function, plot.function)}\n{quantities.number(plot.area_m2 / HECTARE, 2)} ha"


def _swatch(colour: str) -> QIcon:
    picture = QPixmap(12, 12)
    picture.fill(QColor(colour))
    painter = QPainter(picture)
    painter.setPen(QColor("#404040"))
    painter.drawRect(0, 0, 11, 11)
    painter.end()
    return QIcon(picture)
