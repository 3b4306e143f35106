"""Drawing, and where the map looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from commune_planning_plugin.session.context import Context
    from commune_planning_plugin.session.drawing import DrawingController
    from commune_planning_plugin.session.state import SessionState
    from commune_planning_plugin.store import Ref


class MapFace:
    _state: SessionState
    _context: Context
    _drawing: DrawingController

    @property
    def editing(self) -> bool:
        """Whether a layer of the working copy is in edit mode here."""
        return self._state.editing

    @property
    def unsaved(self) -> bool:
        """Whether edits are in QGIS alone, in no file yet."""
        return self._state.unsaved

    def start_drawing(self, layer_id: Optional[str] = None) -> None:
        """Make the layer (default: land-use function) active and editable, with QGIS's own tool for a new feature."""
        self._drawing.start(layer_id)

    def save_edits(self) -> None:
        """Write what was drawn into the working copy; one goes on drawing."""
        self._context.layers.save()

    def stop_drawing(self) -> None:
        """Leave edit mode where all is saved."""
        self._context.layers.stop_editing()

    def show_layers(self) -> None:
        """Load the working copy's layers into the project where they are missing, and zoom to the commune."""
        self._drawing.show_layers()

    def zoom_to(self, ref: Ref) -> None:
        """Zoom to the local change and flash it."""
        self._drawing.zoom_to(ref)

    def zoom_to_place(self, bounds: tuple[float, float, float, float]) -> None:
        """xmin, ymin, xmax, ymax in the province's CRS: for what has no row to select."""
        self._context.view.zoom_to(bounds)

    def select(self, ref: Optional[Ref]) -> None:
        """Select the feature on the map too, and flash it; emits ``selected``."""
        self._drawing.select(ref)
