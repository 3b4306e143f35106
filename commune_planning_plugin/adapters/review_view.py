"""A proposal on the map: a group of its own, and afterwards the map as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFillSymbol,
    QgsLayerTreeNode,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsProject,
    QgsReferencedRectangle,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, Qt

from commune_planning_plugin.adapters.ground_layers import add_rows, ground_layer, ground_rows, memory_layer
from commune_planning_plugin.adapters.language import titled
from commune_planning_plugin.adapters.layer_tree import GROUP_PROPERTY, PlanningTree
from commune_planning_plugin.adapters.map_view import MapView, shape
from commune_planning_plugin.adapters.signs import LOOKS, Sign, sign_title
from commune_planning_plugin.adapters.steps import Steps
from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.schema import GEOMETRY, Catalogue, GeometryType, Layer, Values

if TYPE_CHECKING:
    from qgis.gui import QgsMapCanvas

    from commune_planning_plugin.sync.detail_documents import ProposalDetail, ReviewItem

REVIEW_GROUP = "review"
SIGN_PROPERTY = "planning/sign"
GROUND_OPACITY = 0.6
ROWS_A_STEP = 250
_SIDES = {Sign.BEFORE: "before", Sign.REMOVED: "before", Sign.ADDED: "after", Sign.AFTER: "after", Sign.CONFLICT: "after"}
_ORDER = (Sign.CONFLICT, Sign.ADDED, Sign.AFTER, Sign.REMOVED, Sign.BEFORE)
_LINES = {Qt.PenStyle.SolidLine: "solid", Qt.PenStyle.DashLine: "dash", Qt.PenStyle.DashDotLine: "dash dot"}
_FILLS = {
    Qt.BrushStyle.SolidPattern: "solid",
    Qt.BrushStyle.BDiagPattern: "b_diagonal",
    Qt.BrushStyle.DiagCrossPattern: "diagonal_x",
    Qt.BrushStyle.NoBrush: "no",
}


@dataclass(frozen=True)
class MapState:
    """What showing a proposal changes, as it was before."""

    extent: QgsReferencedRectangle
    shown: tuple[tuple[QgsLayerTreeNode, bool], ...]
    dirty: bool
    crs: QgsCoordinateReferenceSystem
    notice: str


class ReviewView:
    """At most one proposal on the map."""

    def __init__(self, project: QgsProject, canvas: QgsMapCanvas, view: MapView) -> None:
        self._project = project
        self._canvas = canvas
        self._view = view
        self._tree = PlanningTree(project)
        self._before: Optional[MapState] = None
        self._layers: dict[Sign, list[str]] = {}
        self._building: Optional[Steps] = None
        self._shown: Optional[tuple[ProposalDetail, Catalogue]] = None
        self._replaced: frozenset[str] = frozenset()
        self._ground_before: list[QgsVectorLayer] = []
        self._building_before: Optional[Steps] = None

    @property
    def shown(self) -> bool:
        return self._before is not None

    def show(
        self, detail: ProposalDetail, catalogue: Catalogue, replaced: frozenset[str] = frozenset(), still: bool = False
    ) -> None:
        """Show ``detail`` instead of what is shown, and zoom to it; layer by layer, so that nothing waits for a large one.

        ``replaced`` are the map's layers that show the result already; ``still`` leaves the map where it is.
        """
        state = self._before if self._before is not None else self._state()
        self._take_away()
        self._before, self._shown, self._replaced = state, (detail, catalogue), replaced
        if not self._project.crs().isValid() or not self._project.mapLayers():
            self._project.setCrs(self._view.crs)
        self._view.set_notice(titled(catalogue.notice_vi, catalogue.notice_en))
        if not still:
            self._view.zoom_to(bounds_of(detail.review))
        self._building = Steps(self._build(detail, catalogue), lambda: None)

    @property
    def building(self) -> bool:
        """Whether layers are still to come."""
        return self._building is not None and self._building.running

    def _build(self, detail: ProposalDetail, catalogue: Catalogue) -> Iterator[None]:
        title = QCoreApplication.translate("Review", "Proposal {number}: {title}")
        if not detail.summary.number:
            title = QCoreApplication.translate("Review", "My changes, not sent yet")
        group = self._tree.group(REVIEW_GROUP, title.format(number=detail.summary.number, title=detail.summary.title), position=0)
        for sign in _ORDER:
            for layer in self._sign_layers(sign, detail, catalogue):
                self._tree.add(layer, group)
                self._layers.setdefault(sign, []).append(layer.id())
                yield
        ground = self._tree.group("review_ground", QCoreApplication.translate("Review", "Result, with its surroundings"), group)
        for definition, rows in ground_rows(detail, catalogue, after=True):
            yield from self._ground_layer(definition, rows, catalogue, lambda layer: self._tree.add(layer, ground))

    def show_sides(self, before: bool, after: bool) -> None:
        """Which side is drawn; with both, one lies over the other."""
        wanted = {"before": before, "after": after}
        root = self._project.layerTreeRoot()
        for sign, ids in self._layers.items():
            for layer_id in ids:
                node = root.findLayer(layer_id)
                if node is not None:
                    node.setItemVisibilityChecked(wanted[_SIDES[sign]])
        for group in root.findGroups(True):
            if group.customProperty(GROUP_PROPERTY) == "review_ground":
                group.setItemVisibilityChecked(after)

    # --- the map as it was ----------------------------------------------------------------------------------------------

    def prepare_before(self, ready: Callable[[], None]) -> None:
        """Build what `before_layers` needs beyond the signs: the land as it was, in layers that no project has."""
        if self._shown is None or self._ground_before:
            ready()
            return
        detail, catalogue = self._shown

        def build() -> Iterator[None]:
            for definition, rows in ground_rows(detail, catalogue, after=False):
                yield from self._ground_layer(definition, rows, catalogue, self._ground_before.append)

        self._building_before = Steps(build(), ready)

    def before_layers(self) -> list[QgsMapLayer]:
        """What is to be drawn of the time before the changes, topmost first; with it whatever else the map shows now."""
        signs = [layer_id for sign in _ORDER if _SIDES[sign] == "before" for layer_id in self._layers.get(sign, ())]
        own = [self._project.mapLayer(layer_id) for layer_id in signs]
        groups = [g for g in self._project.layerTreeRoot().findGroups(True) if g.customProperty(GROUP_PROPERTY) == REVIEW_GROUP]
        ours = {layer_id for group in groups for layer_id in group.findLayerIds()}
        others = [layer for layer in self._canvas.mapSettings().layers() if layer.id() not in ours | self._replaced]
        return [*(layer for layer in own if layer is not None), *self._ground_before, *others]

    def forget_before(self) -> None:
        """Free what `prepare_before` built."""
        if self._building_before is not None:
            self._building_before.stop()
            self._building_before = None
        self._ground_before.clear()

    def show_marks(self, shown: bool) -> None:
        """Whether the chosen change is marked on the map: over pictures of one side alone its marks would mix both."""
        self._view.set_changes_visible(shown)

    def close(self) -> None:
        """Leave no trace: layers, extent, visibility and the project's "changed" mark are as before `show`."""
        state, self._before = self._before, None
        if state is None:
            return
        self._view.clear()
        self._view.set_notice(state.notice)
        self._take_away()
        living = {id(node) for node in _nodes(self._project)}
        for node, visible in state.shown:
            if id(node) in living and node.itemVisibilityChecked() != visible:
                node.setItemVisibilityChecked(visible)
        self._project.setCrs(state.crs)
        self._canvas.setReferencedExtent(state.extent)
        self._canvas.refresh()
        self._project.setDirty(state.dirty)

    def _take_away(self) -> None:
        if self._building is not None:
            self._building.stop()
            self._building = None
        self.forget_before()
        self._shown = None
        self._layers.clear()
        self._tree.remove(REVIEW_GROUP)

    def _state(self) -> MapState:
        extent = QgsReferencedRectangle(self._canvas.extent(), self._canvas.mapSettings().destinationCrs())
        shown = tuple((node, node.itemVisibilityChecked()) for node in _nodes(self._project))
        return MapState(extent, shown, self._project.isDirty(), self._project.crs(), self._view.notice)

    def _sign_layers(self, sign: Sign, detail: ProposalDetail, catalogue: Catalogue) -> Iterator[QgsVectorLayer]:
        kinds = {layer.id: layer.geometry for layer in catalogue.layers}
        for kind in (GeometryType.POINT, GeometryType.LINES, GeometryType.POLYGONS):
            items = [item for item in detail.review if kinds.get(item.layer) is kind]
            shapes = [(item, wkb) for item in items for drawn, wkb in signs_of(item) if drawn is sign]
            if shapes:
                yield self._sign_layer(sign, kind, shapes)

    def _sign_layer(self, sign: Sign, kind: GeometryType, shapes: Iterable[tuple[ReviewItem, bytes]]) -> QgsVectorLayer:
        fields = "field=key:string&field=layer:string&field=name:string"
        layer = memory_layer(kind, sign_title(sign), fields, self._view.crs, self._project.transformContext())
        layer.setCustomProperty(SIGN_PROPERTY, sign.value)
        features = []
        for item, wkb in shapes:
            row = item.after if item.after is not None else item.before or {}
            feature = QgsFeature(layer.fields())
            feature.setAttributes([item.key, item.layer, row.get("tenDoiTuong")])
            feature.setGeometry(shape(wkb))
            features.append(feature)
        layer.dataProvider().addFeatures(features)
        layer.updateExtents()
        layer.setRenderer(QgsSingleSymbolRenderer(_symbol(sign, kind)))
        layer.setReadOnly(True)
        return layer

    def _ground_layer(
        self, definition: Layer, rows: list[Values], catalogue: Catalogue, place: Callable[[QgsVectorLayer], None]
    ) -> Iterator[None]:
        """The land of one side, in the official colours, so that the signs above keep their meaning."""
        layer = ground_layer(definition, self._view.crs, self._project.transformContext())
        for start in range(0, len(rows), ROWS_A_STEP):
            add_rows(layer, definition, rows[start : start + ROWS_A_STEP])
            yield
        layer.updateExtents()
        if find_spec("commune_planning_plugin.adapters.styles") is not None:
            from commune_planning_plugin.adapters.styles import apply_style

            apply_style(layer, definition, catalogue)
        layer.setOpacity(GROUND_OPACITY)
        layer.setReadOnly(True)
        place(layer)
        yield


def signs_of(item: ReviewItem) -> Iterator[tuple[Sign, bytes]]:
    """The shapes of one change, and what each means."""
    before = (item.before or {}).get(GEOMETRY)
    after = (item.after or {}).get(GEOMETRY)
    if item.conflict is not None and isinstance(after if after is not None else before, bytes):
        yield Sign.CONFLICT, after if isinstance(after, bytes) else before  # type: ignore[misc]
    if isinstance(before, bytes):
        yield (Sign.REMOVED if item.after is None else Sign.BEFORE), before
    if isinstance(after, bytes) and item.conflict is None:
        yield (Sign.ADDED if item.before is None else Sign.AFTER), after


def bounds_of(items: Iterable[ReviewItem]) -> Optional[tuple[float, float, float, float]]:
    """Of all shapes before and after; None where there is none."""
    sides = [row.get(GEOMETRY) for item in items for row in (item.before, item.after) if row is not None]
    return geometry.union_bounds(wkb for wkb in sides if isinstance(wkb, bytes))


def _nodes(project: QgsProject) -> list[QgsLayerTreeNode]:
    root = project.layerTreeRoot()
    return [*root.findGroups(True), *root.findLayers()]


def _symbol(sign: Sign, kind: GeometryType) -> QgsSymbol:
    look = LOOKS[sign]
    line = {"line_style": _LINES[look.line], "line_width": str(look.width), "line_width_unit": "Pixel"}
    if kind is GeometryType.POINT:
        name = "diamond" if sign is Sign.REMOVED else "circle"
        return QgsMarkerSymbol.createSimple({"name": name, "color": look.colour, "size": "4"})
    if kind is GeometryType.LINES:
        return QgsLineSymbol.createSimple({**line, "line_color": look.colour})
    outline = {"outline_style": _LINES[look.line], "outline_width": str(look.width), "outline_width_unit": "Pixel"}
    filling = look.filling()
    colour = f"{filling.red()},{filling.green()},{filling.blue()},{filling.alpha()}"
    return QgsFillSymbol.createSimple({**outline, "outline_color": look.colour, "style": _FILLS[look.fill], "color": colour})
