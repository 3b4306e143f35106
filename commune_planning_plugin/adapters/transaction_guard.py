"""Keeps QGIS's transaction groups off while the project shows a working copy.

An automatic group writes each edit at once and holds the file's write lock until the save: no pull, draft or other program could
write for hours, and a save in one layer would save all. A buffered group saves all layers or none: a feature that the file refuses
would keep every other layer's edits from being saved. QGIS knows the mode for a whole project only.
"""

from __future__ import annotations

from typing import Optional

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal


class TransactionGuard(QObject):
    """Follows the project from `start` to `stop`; while a layer is edited QGIS refuses, and it is tried again."""

    switched_off = pyqtSignal()

    def __init__(self, project: QgsProject, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._project = project
        self._on = False

    def start(self) -> None:
        if not self._on:
            self._on = True
            self._project.transactionModeChanged.connect(self.check_soon)
        self.check()

    def stop(self) -> None:
        if self._on:
            self._on = False
            self._project.transactionModeChanged.disconnect(self.check_soon)

    def check_soon(self) -> None:
        """Not within the change that is told of."""
        QTimer.singleShot(0, self.check)

    def check(self) -> None:
        if not self._on or self._project.transactionMode() == Qgis.TransactionMode.Disabled:
            return
        if self._project.setTransactionMode(Qgis.TransactionMode.Disabled):
            self.switched_off.emit()
