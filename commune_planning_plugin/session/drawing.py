"""Between the map and the lists: showing layers, starting to draw, selecting and zooming."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from qgis.core import QgsMapLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QObject

from commune_planning_plugin.adapters import project_setup
from commune_planning_plugin.adapters.forms import FormContext
from commune_planning_plugin.adapters.language import titled
from commune_planning_plugin.adapters.layers import Source
from commune_planning_plugin.adapters.map_view import Bounds
from commune_planning_plugin.adapters.signs import Sign
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.geometry import union_bounds
from commune_planning_plugin.core.schema import GEOMETRY
from commune_planning_plugin.session.contents import own_plan
from commune_planning_plugin.session.context import Context
from commune_planning_plugin.store import Ref

if TYPE_CHECKING:
    from commune_planning_plugin.session.working_copy import WorkingCopyController
    from commune_planning_plugin.store import LocalChange

LAND_USE = "QuyHoach.ChucNangSuDungDat_A"


class DrawingController(QObject):
    """Owns what is shown and selected on the map."""

    def __init__(self, context: Context, copy: WorkingCopyController, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = context.state
        self._copy = copy
        self._draw_when_loaded: Optional[str] = None
        self._zoom_when_loaded = False
        self._selected: Optional[Ref] = None
        self._connect()

    def _connect(self) -> None:
        layers, signals = self._context.layers, self._context.signals
        self._copy.opened.connect(self._opened)
        self._copy.evolved.connect(self.show_layers)
        layers.loaded.connect(self._loaded)
        layers.load_failed.connect(lambda error: signals.failed.emit(error, "layers"))
        layers.editing_changed.connect(self._editing_changed)
        layers.modified.connect(self._modified)
        layers.saved.connect(self._saved)
        layers.rolled_back.connect(lambda _layer_id: self._copy.read_soon())
        layers.save_retried.connect(
            lambda layer, attempt: signals.noticed.emit("save.retried", {"layer": layer, "attempt": attempt})
        )
        layers.save_failed.connect(
            lambda layer, reason: signals.failed.emit(PlanningError("save.failed", layer=layer, reason=reason), "save")
        )
        layers.lease_refused.connect(lambda error: signals.failed.emit(error, "edit"))
        layers.schema_refused.connect(lambda layer: signals.noticed.emit("schema.locked", {"layer": layer}))
        layers.transactions_switched_off.connect(lambda: signals.noticed.emit("project.transactions_off", {}))
        layers.feature_selected.connect(self._selected_on_map)
        signals.local_changes_changed.connect(self._show_again)
        layers.removed.connect(self._layer_removed)
        self._context.desktop.current_layer_changed.connect(self._current_layer_changed)
        self._context.project.readProject.connect(self._project_read)

    # --- layers -------------------------------------------------------------------------------------------------------

    def source(self) -> Optional[Source]:
        """What to show; None without a working copy."""
        state = self._state
        if state.path is None or state.commune is None or state.catalogue is None or state.checkpoint is None:
            return None
        catalogue = self._copy.catalogue or state.catalogue
        plan = own_plan(catalogue, state.commune.code)
        form = FormContext(catalogue, state.commune.code, plan, self._copy.plan_values)
        return Source(state.path, state.commune, form, state.only_read is not None)

    def _opened(self) -> None:
        self._zoom_when_loaded = not self._context.layers.complete
        self.show_layers()

    def show_layers(self) -> None:
        source = self.source()
        if source is None:
            return
        self._context.view.crs = project_setup.province_crs(source.form.catalogue)
        self._context.view.set_notice(titled(source.form.catalogue.notice_vi, source.form.catalogue.notice_en))
        self._context.layers.load(source)

    def _loaded(self) -> None:
        self._current_layer_changed(self._context.desktop.current_layer())
        self._context.signals.changed.emit()
        if self._zoom_when_loaded:
            self._zoom_when_loaded = False
            self._context.view.zoom_to(self._context.layers.bounds())
        wanted, self._draw_when_loaded = self._draw_when_loaded, None
        if wanted is not None:
            self.start(wanted)

    def _layer_removed(self, _layer_id: str) -> None:
        if self._context.layers.empty:
            self._context.view.close()
        self._editing_changed()

    def _project_read(self) -> None:
        """Another project may show our layers too: they are watched again."""
        if any(layer.customProperty("planning/layer") for layer in self._context.project.mapLayers().values()):
            self.show_layers()

    def start(self, layer_id: Optional[str] = None) -> None:
        wanted = layer_id or LAND_USE
        layer = self._context.layers.layer(wanted)
        if layer is not None:
            self._context.desktop.draw_in(layer)
        elif self._draw_when_loaded is None and self.source() is not None:
            self._draw_when_loaded = wanted
            self.show_layers()

    def _editing_changed(self) -> None:
        self._state.editing = bool(self._context.layers.editing)
        self._state.unsaved = self._context.layers.unsaved
        self._state.redrawing = self._state.redrawing and self._state.editing
        self._context.signals.changed.emit()

    def _modified(self) -> None:
        """With each stroke: only what is another is told."""
        unsaved = self._context.layers.unsaved
        if unsaved != self._state.unsaved:
            self._state.unsaved = unsaved
            self._context.signals.changed.emit()

    def _saved(self, layer_id: str) -> None:
        """Keys of pasted and split features are made by the file itself: read them back."""
        self._context.layers.reload_layer(layer_id)
        self._copy.read_soon()

    def _current_layer_changed(self, layer: Optional[QgsMapLayer]) -> None:
        layer_id = self._context.layers.id_of(layer)
        catalogue = self._copy.catalogue or self._state.catalogue  # the hub's may lack a layer by now
        if layer_id is not None and catalogue is not None:
            tiling = catalogue.layer(layer_id).tiling
            project_setup.keep_from_overlapping(self._context.project, layer, tiling)
        elif isinstance(layer, QgsVectorLayer):
            project_setup.keep_from_overlapping(self._context.project, None, False)

    # --- selection ----------------------------------------------------------------------------------------------------

    def change(self, ref: Ref) -> Optional[LocalChange]:
        """The local change of a feature."""
        each = self._state.local_changes
        return next((local for local in each if (local.change.layer, local.change.key) == (ref.layer, ref.key)), None)

    def zoom_to(self, ref: Ref) -> None:
        local = self.change(ref)
        if local is not None:
            self._context.view.zoom_to(self._place(local))
            self._context.view.flash(sides(local))
        self.select(ref)

    def _place(self, local: LocalChange) -> Optional[Bounds]:
        """Around all that is shown of it."""
        if local.conflict is None:
            return local.place
        shapes = [_wkb((row or {}).get(GEOMETRY)) for row in (local.conflict.base, local.conflict.remote, local.row)]
        return union_bounds(wkb for wkb in [*shapes, *self._parts(local)] if wkb is not None) or local.place

    def select(self, ref: Optional[Ref]) -> None:
        if ref == self._selected:
            return
        self._selected = ref
        if ref is None:
            self._context.layers.clear_selection()
        else:
            self._context.layers.select(ref.layer, ref.key)
        self._show(ref)
        self._context.signals.selected.emit(ref)

    def _selected_on_map(self, layer_id: str, key: str) -> None:
        ref = Ref(layer_id, key)
        if ref == self._selected:
            return
        self._selected = ref
        self._show(ref)
        self._context.signals.selected.emit(ref)

    def _show(self, ref: Optional[Ref]) -> None:
        local = self.change(ref) if ref is not None else None
        if local is None:
            self._context.view.clear()
            return
        before, after = sides(local)
        if local.conflict is not None:
            self.show_conflict(local)
        else:
            self._context.view.show_change(before, after)
        self._context.view.flash((after or before,))

    def _show_again(self) -> None:
        """What is selected may look otherwise now, or be gone."""
        if self._selected is None or self._context.review_view.shown:
            return
        local = self.change(self._selected)
        if local is None:
            self._context.view.clear()
        elif local.conflict is not None:
            self.show_conflict(local)
        else:
            self._context.view.show_change(*sides(local))

    def show_conflict(self, local: LocalChange) -> None:
        """What both started from, mine with all its parts where it was split, the province's, and what was drawn for it."""
        conflict, view = local.conflict, self._context.view
        if conflict is None:
            return
        mine, theirs = (_wkb((row or {}).get(GEOMETRY)) for row in (local.row, conflict.remote))
        if mine is not None and theirs is not None and GEOMETRY not in conflict.attributes and conflict.drawn is None:
            view.show_change(mine, mine, conflict=True)
            return
        base = _wkb((conflict.base or {}).get(GEOMETRY))
        drawn = _wkb(self._state.choices_of(local).get(GEOMETRY))
        view.show_conflict(base, {Sign.AFTER: [mine, *self._parts(local)], Sign.PROVINCE: [theirs], Sign.DRAWN: [drawn]})

    def _parts(self, local: LocalChange) -> list[Optional[bytes]]:
        """The other features that the conflicting one was split into."""
        found = (self.change(ref) for ref in getattr(local.conflict, "parts", ()) if ref.key != local.change.key)
        return [_wkb((part.row or {}).get(GEOMETRY)) for part in found if part is not None]

    def stop(self) -> None:
        self._context.desktop.current_layer_changed.disconnect(self._current_layer_changed)
        self._context.project.readProject.disconnect(self._project_read)


def sides(local: LocalChange) -> tuple[Optional[bytes], Optional[bytes]]:
    """The feature's geometry before and after the local change; the same one twice where only attributes changed."""
    after = local.row.get(GEOMETRY) if local.row is not None else None
    old = local.change.old
    before = old.get(GEOMETRY, after) if old is not None else None
    return _wkb(before), _wkb(after)


def _wkb(value: object) -> Optional[bytes]:
    return value if isinstance(value, bytes) else None
