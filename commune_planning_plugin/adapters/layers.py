"""The working copy's layers in a QGIS project. They are bound by the custom property ``planning/layer``, never by QGIS's ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Optional

from qgis.core import QgsExpression, QgsFeatureRequest, QgsGeometry, QgsMapLayer, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from commune_planning_plugin.adapters import forms, project_setup
from commune_planning_plugin.adapters.editing import EditWatch
from commune_planning_plugin.adapters.language import titled
from commune_planning_plugin.adapters.layer_tree import PlanningTree, drawn_order, group_title
from commune_planning_plugin.adapters.reference_layers import commune_bounds, is_reference, reference_layers
from commune_planning_plugin.adapters.selection import SelectionWatch
from commune_planning_plugin.adapters.steps import Steps
from commune_planning_plugin.adapters.tracking_guard import SchemaGuard
from commune_planning_plugin.adapters.transaction_guard import TransactionGuard
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import Commune, Layer

if TYPE_CHECKING:
    from commune_planning_plugin.store import Lease

LAYER_PROPERTY = "planning/layer"
WORKING_COPY_GROUP = "working_copy"
REFERENCE_GROUP = "reference"


@dataclass(frozen=True)
class Source:
    """The working copy to show."""

    path: Path
    commune: Commune
    form: forms.FormContext
    only_read: bool = False

    @property
    def definitions(self) -> Mapping[str, Layer]:
        return {layer.id: layer for layer in self.form.catalogue.layers}


class PlanningLayers(QObject):
    """Loads, watches and reloads the layers of one working copy."""

    loaded = pyqtSignal()
    load_failed = pyqtSignal(object)
    """A WorkingCopyError: ``working_copy.missing`` or ``layer.unreadable``."""
    editing_changed = pyqtSignal()
    modified = pyqtSignal()
    """Perhaps `unsaved` is another now."""
    saved = pyqtSignal(str)
    rolled_back = pyqtSignal(str)
    save_retried = pyqtSignal(str, int)
    save_failed = pyqtSignal(str, str)
    lease_refused = pyqtSignal(object)
    schema_refused = pyqtSignal(str)
    transactions_switched_off = pyqtSignal()
    feature_selected = pyqtSignal(str, str)
    """Layer id and key of the one feature selected on the map."""
    removed = pyqtSignal(str)

    def __init__(self, project: QgsProject, take_lease: Callable[[str], Lease], parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._project = project
        self._take_lease = take_lease
        self._tree = PlanningTree(project)
        self._layers: dict[str, QgsVectorLayer] = {}
        self._watches: dict[str, EditWatch] = {}
        self._observers: dict[str, tuple[QObject, ...]] = {}
        self._source: Optional[Source] = None
        self._loading: Optional[Steps] = None
        self._reloading: Optional[Steps] = None
        self._transactions = TransactionGuard(project, self)
        self._transactions.switched_off.connect(self.transactions_switched_off)
        self.editing_changed.connect(self._transactions.check_soon)
        project.layersWillBeRemoved.connect(self._forget_removed)

    # --- loading ------------------------------------------------------------------------------------------------------

    def load(self, source: Source) -> None:
        """Show every layer of ``source`` that the project doesn't show yet, one per turn of the event loop; then ``loaded``."""
        self.stop_loading()
        if self._source is not None and self._source.path != source.path:
            self.remove()
        before, self._source = self._source, source
        errors = (WorkingCopyError,)
        self._loading = Steps(self._load_steps(source, before), self.loaded.emit, self.load_failed.emit, errors, self)

    def stop_loading(self) -> None:
        for steps in (self._loading, self._reloading):
            if steps is not None:
                steps.stop()
        self._loading = self._reloading = None

    def _load_steps(self, source: Source, before: Optional[Source]) -> Iterator[None]:
        if not source.path.exists():
            raise WorkingCopyError("working_copy.missing", path=str(source.path))
        project_setup.set_up_project(self._project, source.form.catalogue)
        self._transactions.start()
        yield
        if before is not None:
            yield from self._follow(before, source)
        self._adopt(source)
        yield
        home = self._tree.group(WORKING_COPY_GROUP, working_copy_title(source.commune), position=0)
        for definition in drawn_order(source.form.catalogue.layers):
            if definition.id not in self._layers:
                yield from self._load_layer(source, definition, home)
        yield from self._load_reference(source)

    def _follow(self, before: Source, source: Source) -> Iterator[None]:
        """Layers that are shown, and that the file or the catalogue has otherwise by now."""
        lists = before.form.catalogue.code_lists != source.form.catalogue.code_lists
        for layer_id, layer in self._layers.items():
            known, definition = before.definitions.get(layer_id), source.definitions.get(layer_id)
            if known is None or definition is None or (known == definition and not lists):
                continue
            if layer.name() == layer_title(known):
                layer.setName(layer_title(definition))
            layer.reload()
            dress(layer, definition, source)
            yield

    def _load_layer(self, source: Source, definition: Layer, home: object) -> Iterator[None]:
        layer = self._opened(source, definition)
        yield
        dress(layer, definition, source)
        yield
        group = self._tree.group(definition.group or definition.dataset, group_title(definition.group), home)
        self._tree.add(layer, group)
        self._bind(definition.id, layer, source)
        yield

    def _opened(self, source: Source, definition: Layer) -> QgsVectorLayer:
        options = QgsVectorLayer.LayerOptions(self._project.transformContext())
        options.loadDefaultStyle = False
        layer = QgsVectorLayer(f"{source.path}|layername={definition.table}", layer_title(definition), "ogr", options)
        if not layer.isValid():
            raise WorkingCopyError("layer.unreadable", layer=definition.id, path=str(source.path))
        layer.setCustomProperty(LAYER_PROPERTY, definition.id)
        layer.setCrs(project_setup.province_crs(source.form.catalogue))
        return layer

    def _load_reference(self, source: Source) -> Iterator[None]:
        shown = {layer.customProperty(LAYER_PROPERTY) for layer in self._project.mapLayers().values()}
        for layer in reference_layers(source.path, self._project):
            if layer.customProperty(LAYER_PROPERTY) not in shown:
                layer.setCrs(project_setup.province_crs(source.form.catalogue))
                group = self._tree.group(REFERENCE_GROUP, QCoreApplication.translate("Layers", "Reference"), position=1)
                self._tree.add(layer, group)
            yield

    def _adopt(self, source: Source) -> None:
        """Bind what a saved project already shows of this working copy."""
        known = source.definitions
        for layer in self._project.mapLayers().values():
            definition = known.get(str(layer.customProperty(LAYER_PROPERTY, "")))
            if definition is not None and definition.id not in self._layers and is_of(layer, source.path):
                dress(layer, definition, source)
                self._bind(definition.id, layer, source)

    def _bind(self, layer_id: str, layer: QgsVectorLayer, source: Source) -> None:
        self._layers[layer_id] = layer
        layer.setReadOnly(source.only_read)
        selection = SelectionWatch(layer, self)
        selection.selected.connect(lambda key: self.feature_selected.emit(layer_id, key))
        watchers = () if source.only_read else self._watch(layer_id, layer)
        self._observers[layer_id] = (selection, *watchers)

    def _watch(self, layer_id: str, layer: QgsVectorLayer) -> tuple[QObject, ...]:
        layer.dataProvider().enterUpdateMode()
        watch = EditWatch(layer, lambda: self._take_lease(layer_id), self)
        watch.editing_changed.connect(self.editing_changed)
        watch.modified.connect(self.modified)
        watch.saved.connect(lambda: self.saved.emit(layer_id))
        watch.rolled_back.connect(lambda: self.rolled_back.emit(layer_id))
        watch.save_retried.connect(lambda attempt: self.save_retried.emit(layer_id, attempt))
        watch.save_failed.connect(lambda reason: self.save_failed.emit(layer_id, reason))
        watch.lease_refused.connect(self.lease_refused)
        self._watches[layer_id] = watch
        guard = SchemaGuard(layer, self)
        guard.refused.connect(lambda: self.schema_refused.emit(layer_id))
        if watch.editing:
            self.editing_changed.emit()
        return watch, guard

    # --- what is shown ------------------------------------------------------------------------------------------------

    @property
    def editing(self) -> tuple[str, ...]:
        """Ids of the layers in edit mode."""
        return tuple(layer_id for layer_id, layer in self._layers.items() if layer.isEditable())

    @property
    def unsaved(self) -> bool:
        """Whether a layer has edits that aren't in the file yet."""
        return any(layer.isModified() for layer in self._layers.values())

    def save(self) -> None:
        """Write all edits into the file; the layers stay in edit mode. What goes wrong is told as with QGIS's own button."""
        for layer in self._layers.values():
            if layer.isModified():
                layer.commitChanges(False)

    def stop_editing(self) -> None:
        """Leave edit mode, in every layer where that loses nothing."""
        for layer in self._layers.values():
            if layer.isEditable() and not layer.isModified():
                layer.rollBack()

    @property
    def complete(self) -> bool:
        """Whether every layer of the working copy is in the project."""
        return self._source is not None and self._source.definitions.keys() <= self._layers.keys()

    @property
    def empty(self) -> bool:
        return not self._layers

    def bounds(self) -> Optional[tuple[float, float, float, float]]:
        """Of the commune, else of all features shown (plans reach far beyond it); metres of the province's CRS, None for none."""
        home = commune_bounds(self._source.path, self._source.commune.code) if self._source is not None else None
        if home is not None:
            return home
        extent = QgsRectangle()
        for layer in self._layers.values():
            if not layer.extent().isEmpty():
                extent.combineExtentWith(layer.extent())
        return None if extent.isEmpty() else (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())

    @property
    def loading(self) -> bool:
        return self._loading is not None and self._loading.running

    def layer(self, layer_id: str) -> Optional[QgsVectorLayer]:
        return self._layers.get(layer_id)

    def id_of(self, layer: Optional[QgsMapLayer]) -> Optional[str]:
        """The planning layer's id, for a layer that is bound here."""
        return next((layer_id for layer_id, own in self._layers.items() if own is layer), None)

    def set_plan(self, plan: Optional[str]) -> None:
        """The plan that newly drawn features belong to."""
        for layer in self._layers.values():
            forms.set_plan(layer, plan)

    def set_read_only(self, read_only: bool) -> None:
        """For the time of an apply. Layers in edit mode stay as they are: their lease keeps the apply away."""
        for layer_id in self._watches:
            layer = self._layers[layer_id]
            if not layer.isEditable():
                layer.setReadOnly(read_only)

    def reload(self) -> None:
        """Show what was written into the file: counts, forms and map."""
        for layer in self._layers.values():
            layer.reload()
            layer.triggerRepaint()

    def reload_all(self) -> None:
        """As `reload`, and boundaries too, one layer per turn of the event loop; what they read is new before that."""
        if self._reloading is not None:
            self._reloading.stop()
        reference = [layer for layer in self._project.mapLayers().values() if is_reference(layer)]
        self._reloading = Steps(
            self._reload_steps([*self._layers.values(), *reference]), lambda: None, lambda _error: None, (), self
        )

    def _reload_steps(self, layers: list[QgsVectorLayer]) -> Iterator[None]:
        for layer in layers:
            if not sip.isdeleted(layer):
                layer.reload()
                layer.triggerRepaint()
            yield

    def reload_layer(self, layer_id: str) -> None:
        layer = self._layers.get(layer_id)
        if layer is not None:
            layer.reload()
            layer.triggerRepaint()

    def fid_of(self, layer_id: str, key: str) -> Optional[int]:
        """The local row of a feature; None where it is deleted or its layer isn't shown."""
        layer = self._layers.get(layer_id)
        if layer is None:
            return None
        request = QgsFeatureRequest(QgsExpression(QgsExpression.createFieldEqualityExpression("key", key)))
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry).setNoAttributes().setLimit(1)
        return next((int(feature.id()) for feature in layer.getFeatures(request)), None)

    def drawn_shape(self, layer_id: str, key: str) -> Optional[bytes]:
        """The feature's geometry as it stands in QGIS, saved or not (WKB); None where it isn't shown or has none."""
        fid = self.fid_of(layer_id, key)
        geometry = self._layers[layer_id].getGeometry(fid) if fid is not None else None
        return None if geometry is None or geometry.isEmpty() else bytes(geometry.asWkb())

    def put_back(self, layer_id: str, key: str, wkb: bytes) -> bool:
        """Take an unsaved reshaping of one feature back, and leave edit mode where nothing else was edited; whether it was left."""
        layer, fid = self._layers[layer_id], self.fid_of(layer_id, key)
        if not layer.isEditable() or fid is None:
            return not layer.isEditable()
        buffer = layer.editBuffer()
        values = {field for number, changed in buffer.changedAttributeValues().items() for field in changed if number != fid}
        values |= buffer.changedAttributeValues().get(fid, {}).keys() - self._following(layer_id)
        others = [buffer.addedFeatures(), values, buffer.deletedFeatureIds()]
        if not any(others) and buffer.changedGeometries().keys() <= {fid}:
            return bool(layer.rollBack())
        if fid in buffer.changedGeometries():
            geometry = QgsGeometry()
            geometry.fromWkb(wkb)
            layer.changeGeometry(fid, geometry)
        return False

    def _following(self, layer_id: str) -> set[int]:
        """Positions of the attributes that QGIS recomputes when a shape changes."""
        definition = self._source.definitions.get(layer_id) if self._source is not None else None
        fields = self._layers[layer_id].fields()
        return {fields.lookupField(field.name) for field in definition.legal_fields if field.derived} if definition else set()

    def select(self, layer_id: str, key: str) -> None:
        """Select this feature alone."""
        fid = self.fid_of(layer_id, key)
        for other, layer in self._layers.items():
            if other != layer_id and layer.selectedFeatureCount():
                layer.removeSelection()
        if fid is not None:
            self._layers[layer_id].selectByIds([fid])

    def clear_selection(self) -> None:
        for layer in self._layers.values():
            if layer.selectedFeatureCount():
                layer.removeSelection()

    # --- end ----------------------------------------------------------------------------------------------------------

    def remove(self) -> None:
        """Take the working copy's layers and the reference group out of the project."""
        self.stop_loading()
        self._tree.remove(WORKING_COPY_GROUP)
        self._tree.remove(REFERENCE_GROUP)
        self._transactions.stop()
        self._source = None

    def let_go(self) -> None:
        """Leave the layers in the project, as ordinary layers."""
        self.stop_loading()
        self._project.layersWillBeRemoved.disconnect(self._forget_removed)
        self._transactions.stop()
        for layer_id in list(self._layers):
            self._forget(layer_id)

    def _forget_removed(self, qgis_ids: list[str]) -> None:
        for layer_id, layer in list(self._layers.items()):
            if layer.id() in qgis_ids:
                self._forget(layer_id)
                self.removed.emit(layer_id)

    def _forget(self, layer_id: str) -> None:
        layer = self._layers.pop(layer_id)
        watch = self._watches.pop(layer_id, None)
        for observer in self._observers.pop(layer_id):
            observer.deleteLater()
        if watch is not None:
            watch.release()
            layer.dataProvider().leaveUpdateMode()


def working_copy_title(commune: Commune) -> str:
    """Names the working copy's group: kind and name of the commune."""
    unit = f"{commune.kind} {commune.name}".strip()
    unit = unit[:1].upper() + unit[1:]
    return QCoreApplication.translate("Layers", "{commune} – working copy").format(commune=unit)


def layer_title(definition: Layer) -> str:
    return titled(definition.title_vi, definition.title_en) or definition.name


def is_of(layer: QgsMapLayer, path: Path) -> bool:
    """Whether the layer reads the file at ``path``."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return False
    return Path(layer.source().split("|", 1)[0]).resolve() == path.resolve()


def dress(layer: QgsVectorLayer, definition: Layer, source: Source) -> None:
    """Official style and form; what the layer is, QGIS tells beside the mouse.

    Layer notes would say it too, with a sign that covers the end of each name in QGIS's list of layers.
    """
    if find_spec("commune_planning_plugin.adapters.styles") is not None:
        from commune_planning_plugin.adapters.styles import apply_style

        apply_style(layer, definition, source.form.catalogue)
    forms.set_form(layer, definition, source.form)
    layer.serverProperties().setAbstract(about(definition, source))


def about(definition: Layer, source: Source) -> str:
    """What the layer is, and what it is not (sample data, no official boundary)."""
    catalogue = source.form.catalogue
    lines = [titled(definition.title_vi, definition.title_en), definition.id, titled(catalogue.notice_vi, catalogue.notice_en)]
    return "\n".join(text for text in lines if text)
