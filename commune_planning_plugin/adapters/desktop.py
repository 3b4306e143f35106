"""What the session needs of QGIS's window: the only holder of ``iface`` besides the plugin itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Optional

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

if TYPE_CHECKING:
    from qgis.core import QgsMapLayer, QgsVectorLayer
    from qgis.gui import QgisInterface, QgsLayerTreeView, QgsMapCanvas
    from qgis.PyQt.QtWidgets import QMainWindow


class Desktop(QObject):
    """QGIS's window as the session sees it."""

    current_layer_changed = pyqtSignal(object)
    """The QgsMapLayer that is active now, or None."""

    def __init__(self, iface: QgisInterface, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._waiting: Optional[Callable[[], None]] = None
        iface.currentLayerChanged.connect(self._tell_current_layer)

    def when_ready(self, start: Callable[[], None]) -> None:
        """Call ``start`` now; while QGIS is starting, once it has opened its first project, which would clear ours away."""
        if self.window.isVisible():
            start()
        else:
            self._waiting = start
            self._iface.initializationCompleted.connect(self._ready)

    def _ready(self) -> None:
        self._iface.initializationCompleted.disconnect(self._ready)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def _tell_current_layer(self, layer: object) -> None:
        """QGIS's signal carries a bare pointer: it can't be joined to ours directly."""
        self.current_layer_changed.emit(layer)

    @property
    def canvas(self) -> QgsMapCanvas:
        return self._iface.mapCanvas()

    @property
    def window(self) -> QMainWindow:
        return self._iface.mainWindow()

    @property
    def layer_tree_view(self) -> QgsLayerTreeView:
        return self._iface.layerTreeView()

    def current_layer(self) -> Optional[QgsMapLayer]:
        return self._iface.activeLayer()

    def draw_in(self, layer: QgsVectorLayer) -> None:
        """Make ``layer`` active and editable, with QGIS's tool for a new feature in hand."""
        self._iface.setActiveLayer(layer)
        if not layer.isEditable():
            layer.startEditing()
        self._iface.actionAddFeature().trigger()

    def reshape_in(self, layer: QgsVectorLayer, fid: int) -> None:
        """Make ``layer`` active and editable, the feature selected, with QGIS's vertex tool in hand."""
        self._iface.setActiveLayer(layer)
        if not layer.isEditable():
            layer.startEditing()
        layer.selectByIds([fid])
        self._iface.actionVertexToolActiveLayer().trigger()

    def go_back_to(self, layer: Optional[QgsMapLayer]) -> None:
        """Leave the tool that is in hand, and make ``layer`` active again where it is still there."""
        self._iface.actionPan().trigger()
        if layer is not None and not sip.isdeleted(layer):
            self._iface.setActiveLayer(layer)

    def close(self) -> None:
        """Let go of QGIS's signals."""
        if self._waiting is not None:
            self._waiting = None
            self._iface.initializationCompleted.disconnect(self._ready)
        self._iface.currentLayerChanged.disconnect(self._tell_current_layer)
