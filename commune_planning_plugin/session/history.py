"""The past, for the dock *History*: what happened to a feature, the map as of a day, and the way back to a former state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.adapters.layer_tree import drawn_order
from commune_planning_plugin.adapters.past_view import PastView
from commune_planning_plugin.adapters.picking import FeaturePicker
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import GEOMETRY, LEGAL_TIME
from commune_planning_plugin.session.context import Context
from commune_planning_plugin.session.lookups import Lookup
from commune_planning_plugin.session.past_calls import asking
from commune_planning_plugin.session.revision_list import RevisionList
from commune_planning_plugin.store import LocalState, Ref

if TYPE_CHECKING:
    from qgis.core import QgsVectorLayer

    from commune_planning_plugin.adapters.map_view import Bounds
    from commune_planning_plugin.adapters.past_view import LayerRows
    from commune_planning_plugin.core.schema import Catalogue, Layer, Values
    from commune_planning_plugin.store import LocalChange
    from commune_planning_plugin.sync.history_calls import FeatureRevision, HistoryCalls, PastDay


class HistoryController(QObject):
    """``revisions`` are about a feature (its Ref); ``past`` is the day that the map shows, None for today."""

    past_changed = pyqtSignal()
    picking_changed = pyqtSignal()
    picked = pyqtSignal(object)
    """The Ref of a feature that was clicked on the map."""

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self.revisions = Lookup(context, self)
        self.lineage = Lookup(context, self)
        self.past: Optional[PastDay] = None
        self._view = PastView(context.project, context.view)
        self._drawn = False
        self.updates = RevisionList(context, self)
        self._picker = FeaturePicker(context.desktop.canvas, self._on_map)
        self._picker.picked.connect(lambda layer, key: self.picked.emit(Ref(layer, key)))
        for signal in (self._picker.activated, self._picker.deactivated):
            signal.connect(self.picking_changed)

    # --- a feature ----------------------------------------------------------------------------------------------------

    @property
    def picking(self) -> bool:
        """Whether a click on the map chooses a feature, of the past where that is shown."""
        return self._picker.isActive()

    def pick(self, on: bool) -> None:
        if on:
            self._picker.take_up()
        else:
            self._picker.put_down()

    def _on_map(self) -> list[tuple[str, QgsVectorLayer]]:
        if self._view.shown:
            return self._view.layers
        catalogue = self._context.state.catalogue
        each = drawn_order(catalogue.layers) if catalogue is not None else []
        found = ((definition.id, self._context.layers.layer(definition.id)) for definition in each)
        return [(layer_id, layer) for layer_id, layer in found if layer is not None]

    def load(self, ref: Ref) -> None:
        layer = self._layer(ref.layer)
        if layer is None or self._context.state.commune is None:
            self.revisions.forget()
            return
        self.revisions.ask(ref, asking(self._context, lambda calls: calls.history(layer, ref.key)))

    def load_older(self) -> None:
        """What came before the oldest revision that is known of the feature."""
        ref, known = self.revisions.subject, self.revisions.value
        layer = self._layer(ref.layer) if isinstance(ref, Ref) else None
        if layer is None or known is None or known.before is None or self._context.state.commune is None:
            return
        work = asking(self._context, lambda calls: calls.history(layer, ref.key, known.before))
        self.revisions.grow(work, lambda newer, older: replace(older, revisions=(*newer.revisions, *older.revisions)))

    def show(self, entry: FeatureRevision, newest: Optional[FeatureRevision]) -> None:
        """Draw a version over the newest one's outline."""
        then, now = ((each.row or {}).get(GEOMETRY) if each is not None else None for each in (entry, newest))
        self._drawn = True
        self._context.view.show_change(*(wkb if isinstance(wkb, bytes) else None for wkb in (now, then)))

    def leave(self) -> None:
        """Nothing of a version stays on the map."""
        if self._drawn:
            self._drawn = False
            self._context.view.clear()

    def restore(self, ref: Ref, entry: FeatureRevision, name: str) -> None:
        """As local changes in the working copy, unsaved, in one undo step; what stands in the way is told as ``failed``.

        A feature that was removed, at the province or here, comes back under its own key.
        """
        from commune_planning_plugin.adapters import restoring

        try:
            definition, layer = self._to_edit(ref, entry)
            restoring.restore(layer, definition, ref.key, entry.row or {}, name, self._removed(ref))
        except WorkingCopyError as error:
            self._context.signals.failed.emit(error, "edit")
            return
        self.leave()
        self._context.signals.noticed.emit("history.restored", {"revision": entry.revision})

    def _removed(self, ref: Ref) -> Optional[Values]:
        """The legal times that the province has of a feature that is gone here; None of one that isn't gone."""
        local, history = self._local(ref), self.revisions.about(ref)
        if local is not None:
            gone = local.change.new is None
            return {name: (local.change.old or {}).get(name) for name in LEGAL_TIME} if gone else None
        return {} if history is not None and history.revisions and history.revisions[0].row is None else None

    def _local(self, ref: Ref) -> Optional[LocalChange]:
        each = self._context.state.local_changes
        return next((c for c in each if (c.change.layer, c.change.key) == (ref.layer, ref.key)), None)

    def _to_edit(self, ref: Ref, entry: FeatureRevision) -> tuple[Layer, object]:
        state, local = self._context.state, self._local(ref)
        if local is not None and local.state is LocalState.CONFLICT:
            raise WorkingCopyError("restore.conflict", layer=ref.layer, key=ref.key)
        cleared = state.account is not None and state.account.cleared
        if entry.row is None or (entry.row.get("visibility") and not cleared):
            raise WorkingCopyError("restore.hidden", layer=ref.layer, key=ref.key)
        definition, layer = self._layer(ref.layer), self._context.layers.layer(ref.layer)
        if state.only_read is not None or definition is None or layer is None:
            raise WorkingCopyError("restore.locked", layer=ref.layer)
        return definition, layer

    # --- a whole plan -------------------------------------------------------------------------------------------------

    def compare(self, layer: str, plan: str, before: PastDay, after: PastDay) -> None:
        """What became of the plan's features of a layer between two days; the answer is `lineage`, about the four."""
        if self._context.state.commune is not None:
            work = asking(self._context, lambda calls: calls.lineage(layer, plan, before, after))
            self.lineage.ask((layer, plan, before, after), work)

    def zoom_to(self, bounds: Optional[Bounds]) -> None:
        self._context.view.zoom_to(bounds)

    # --- the map as of a day ------------------------------------------------------------------------------------------

    def show_past(self, at: PastDay, title: str) -> None:
        """Fetch the commune's layers as they were, and show them instead of today's."""
        catalogue = self._context.state.catalogue
        if self._context.state.commune is None or catalogue is None:
            return

        def rows(calls: HistoryCalls) -> LayerRows:
            return {layer.id: [row for _, row in calls.features(layer, at)] for layer in catalogue.layers}

        work = asking(self._context, rows)
        self._context.jobs.start("past", work, lambda rows: self._show_past(at, rows, catalogue, title))

    def _show_past(self, at: PastDay, rows: LayerRows, catalogue: Catalogue, title: str) -> None:
        self.leave()
        self._view.show(rows, catalogue, title)
        self.past = at
        self.pick(True)
        self.past_changed.emit()

    def back_to_today(self) -> None:
        self._view.close()
        self.pick(False)
        self.past = None
        self.past_changed.emit()

    def stop(self) -> None:
        self.leave()
        self.pick(False)
        self._view.close()

    def _layer(self, layer_id: str) -> Optional[Layer]:
        catalogue = self._context.state.catalogue
        return next((layer for layer in catalogue.layers if layer.id == layer_id), None) if catalogue is not None else None
