"""Keeps a working copy layer's columns as they are: deleting one breaks the tracking, adding one can't be exchanged."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal


class SchemaGuard(QObject):
    """Takes back what adds, deletes or renames a field while ``layer`` is edited, before it can be saved.

    QGIS offers no switch for a provider's schema capabilities; the edit buffer's undo stack is what it does offer.
    """

    refused = pyqtSignal()

    def __init__(self, layer: QgsVectorLayer, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._layer = layer
        self._waiting = False
        layer.attributeAdded.connect(self._check_soon)
        layer.attributeDeleted.connect(self._check_soon)
        layer.beforeCommitChanges.connect(self._check)

    def _check_soon(self, _index: int) -> None:
        """Not at once: the field calculator adds the field within an edit command, which must end first."""
        if not self._waiting and self._layer.editBuffer() is not None:
            self._waiting = True
            QTimer.singleShot(0, self._check)

    def _check(self, _stop_editing: bool = False) -> None:
        self._waiting = False
        if not self._touched():
            return
        stack = self._layer.undoStack()
        while self._touched() and stack.canUndo():
            stack.undo()
        self.refused.emit()

    def _touched(self) -> bool:
        buffer = self._layer.editBuffer()
        return buffer is not None and bool(
            buffer.addedAttributes() or buffer.deletedAttributeIds() or (buffer.isModified() and self._renamed())
        )

    def _renamed(self) -> bool:
        provider = {field.name() for field in self._layer.dataProvider().fields()}
        own = {field.name() for index, field in enumerate(self._layer.fields()) if self._is_stored(index)}
        return not own <= provider

    def _is_stored(self, index: int) -> bool:
        fields = self._layer.fields()
        return bool(fields.fieldOrigin(index) == fields.FieldOrigin.OriginProvider)
