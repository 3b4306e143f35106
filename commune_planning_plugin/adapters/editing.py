"""Edit sessions on the working copy's layers: the lease that keeps pulls away, and saves that find the file locked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Optional

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from commune_planning_plugin.core.errors import WorkingCopyError

if TYPE_CHECKING:
    from commune_planning_plugin.store import Lease

SAVE_ATTEMPTS = 3
RETRY_AFTER_MS = 400


class EditWatch(QObject):
    """Watches one layer: holds its lease from the start of editing to its end, or to the layer's removal."""

    editing_changed = pyqtSignal()
    modified = pyqtSignal()
    """There is something to save now, or no longer; also told where it stays as it was."""
    saved = pyqtSignal()
    rolled_back = pyqtSignal()
    save_retried = pyqtSignal(int)
    """The file was locked; the save is tried again, for the n-th time."""
    save_failed = pyqtSignal(str)
    """It stayed locked, or something else is wrong; the edits are still in the edit buffer."""
    lease_refused = pyqtSignal(object)
    """The WorkingCopyError: editing was ended again before anything was drawn."""

    def __init__(self, layer: QgsVectorLayer, take_lease: Callable[[], Lease], parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._layer = layer
        self._take_lease = take_lease
        self._lease: Optional[Lease] = None
        self._attempt = 0
        self._saving = False
        layer.editingStarted.connect(self._started)
        layer.editingStopped.connect(self._stopped)
        layer.beforeCommitChanges.connect(self._before_save)
        layer.afterCommitChanges.connect(self._after_save)
        layer.afterRollBack.connect(self._after_rollback)
        layer.layerModified.connect(self.modified)
        layer.undoStack().indexChanged.connect(self._undone)
        if layer.isEditable():
            self._started()

    @property
    def editing(self) -> bool:
        return self._lease is not None

    def release(self) -> None:
        """Give the lease back, whatever state the layer is in."""
        if self._lease is not None:
            self._lease.release()
            self._lease = None

    def _started(self) -> None:
        if self._lease is None:
            try:
                self._lease = self._take_lease()
            except WorkingCopyError as error:
                self.lease_refused.emit(error)
                QTimer.singleShot(0, self._give_up_editing)
                return
        self.editing_changed.emit()

    def _give_up_editing(self) -> None:
        if self._lease is None and self._layer.isEditable():
            self._layer.rollBack()

    def _stopped(self) -> None:
        self.release()
        self.editing_changed.emit()

    def _undone(self, _index: int) -> None:
        self.modified.emit()

    def _before_save(self, stop_editing: bool) -> None:
        self._saving = True
        QTimer.singleShot(0, lambda: self._after_attempt(stop_editing))

    def _after_save(self) -> None:
        self._saving = False
        self._attempt = 0
        self.saved.emit()
        self.modified.emit()

    def _after_rollback(self) -> None:
        self._saving = False
        self._attempt = 0
        self.rolled_back.emit()

    def _after_attempt(self, stop_editing: bool) -> None:
        """Runs when QGIS's save is over: still ``_saving`` means that it failed."""
        if not self._saving:
            return
        self._saving = False
        reasons = " ".join(self._layer.commitErrors())
        self._attempt += 1
        if "lock" not in reasons.lower() or self._attempt >= SAVE_ATTEMPTS:
            self._attempt = 0
            self.save_failed.emit(reasons)
            return
        self.save_retried.emit(self._attempt)
        QTimer.singleShot(RETRY_AFTER_MS * self._attempt, lambda: self._save_again(stop_editing))

    def _save_again(self, stop_editing: bool) -> None:
        if self._layer.isEditable() and self._layer.isModified():
            self._layer.commitChanges(stop_editing)
