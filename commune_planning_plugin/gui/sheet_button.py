"""The button that asks where a proposal's change sheet is to be written, and has it printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton, QWidget

from commune_planning_plugin.gui.change_sheet import print_sheet
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import button
from commune_planning_plugin.sync.proposal_documents import ProposalSummary


class SheetPrinter:
    """``chosen`` says of which proposal; None for none that the hub knows."""

    def __init__(self, session: Any, chosen: Callable[[], Optional[ProposalSummary]]) -> None:
        self._session, self._chosen = session, chosen
        self._dialog: Optional[QFileDialog] = None
        tip = translate("Sheet", "All about this proposal as a PDF for the file: maps, values, findings, remarks, decision")
        self.button: QPushButton = button(
            translate("Sheet", "Change s&heet (PDF)…"), "change_sheet_button", "file", tip, self._ask_where
        )

    def refresh(self) -> None:
        self.button.setVisible(self._chosen() is not None)
        self.button.setEnabled(self._session.job is None)

    def print_to(self, path: Path) -> None:
        summary = self._chosen()
        if summary is not None:
            self._session.sheet.make(summary.id, path, print_sheet)

    def _ask_where(self) -> None:
        summary = self._chosen()
        if summary is None:
            return
        window: QWidget = self.button.window()
        name = translate("Sheet", "change-sheet-{number}-{version}.pdf").format(number=summary.number, version=summary.version)
        self._dialog = QFileDialog(window, translate("Sheet", "Write the change sheet"), name, "PDF (*.pdf)")
        self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._dialog.setDefaultSuffix("pdf")
        self._dialog.fileSelected.connect(lambda chosen: self.print_to(Path(chosen)))
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.open()
