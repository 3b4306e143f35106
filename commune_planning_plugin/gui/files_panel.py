"""Files of a proposal: names and sizes, add, remove."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QFrame, QListWidget, QListWidgetItem

from commune_planning_plugin.core.proposal import Attachment
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import button, button_row, fill, plain_tip, text_label


class FilesPanel(QFrame):
    """Chooses files in the system's own dialog, which doesn't block QGIS."""

    add_asked = pyqtSignal(object)
    """A `Path`; once for each chosen file."""
    remove_asked = pyqtSignal(str)
    """The SHA-256 that names the file."""

    def __init__(self) -> None:
        super().__init__()
        self._dialog: Optional[QFileDialog] = None
        self._empty = text_label(translate("Proposals", "Decisions, minutes, drawings: the evidence for the ground."))
        self._list = QListWidget()
        self._list.setObjectName("files_list")
        self._list.setAccessibleName(translate("Proposals", "Files of the proposal"))
        self._list.setFixedHeight(60)
        self._add = button(translate("Proposals", "&Add a file…"), "add_file_button", "file", act=self.choose)
        self._remove = button(translate("Proposals", "Re&move"), "remove_file_button", act=self._do_remove)
        self._list.itemSelectionChanged.connect(self._show_remove)
        fill(self, self._empty, self._list, button_row(self._add, self._remove))

    def show_files(self, files: Sequence[Attachment]) -> None:
        self._list.clear()
        for file in files:
            item = QListWidgetItem(icon("file"), f"{file.name} ({quantities.size(file.size)})")
            item.setToolTip(plain_tip(file.name))
            item.setData(Qt.ItemDataRole.UserRole, file.sha256)
            self._list.addItem(item)
        self._list.setVisible(bool(files))
        self._empty.setVisible(not files)
        self._show_remove()

    def _show_remove(self) -> None:
        self._remove.setVisible(bool(self._list.selectedItems()))

    def choose(self) -> None:
        self._dialog = QFileDialog(self, translate("Proposals", "Add files to the proposal"))
        self._dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._dialog.filesSelected.connect(self._add_each)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.open()

    def _add_each(self, names: Sequence[str]) -> None:
        for name in names:
            self.add_asked.emit(Path(name))

    def _do_remove(self) -> None:
        for item in self._list.selectedItems():
            self.remove_asked.emit(item.data(Qt.ItemDataRole.UserRole))
