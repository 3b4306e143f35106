"""The past, for the dock *History*: what happened to a feature, the map as of a day, and the way back to a former state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.adapters.past_view import PastView
from commune_planning_plugin.core.balance import LAYER
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import GEOMETRY
from commune_planning_plugin.session.context import Context, hub
from commune_planning_plugin.session.lookups import Lookup
from commune_planning_plugin.store import LocalState

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.map_view import Bounds
    from commune_planning_plugin.adapters.past_view import LayerRows
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.core.schema import Catalogue, Layer
    from commune_planning_plugin.store import Ref
    from commune_planning_plugin.sync.history_calls import FeatureHistory, FeatureRevision, PastDay, PlanLineage


class HistoryController(QObject):
    """``revisions`` are about a feature (its Ref); ``past`` is the day that the map shows, None for today."""

    past_changed = pyqtSignal()

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self.revisions = Lookup(context, self)
        self.lineage = Lookup(context, self)
        self.past: Optional[PastDay] = None
        self._view = PastView(context.project, context.view)
        self._drawn = False

    def load(self, ref: Ref) -> None:
        state = self._context.state
        layer = self._layer(ref.layer)
        if layer is None or state.commune is None:
            self.revisions.forget()
            return
        url, token, code = state.hub_url, state.token, state.commune.code

        def work(feedback: JobFeedback) -> FeatureHistory:
            from commune_planning_plugin.sync.history_calls import HistoryCalls

            return HistoryCalls(hub(url, token, feedback), code).history(layer, ref.key)

        self.revisions.ask(ref, work)

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
        """As local changes in the working copy, unsaved, in one undo step; what stands in the way is told as ``failed``."""
        from commune_planning_plugin.adapters import restoring

        try:
            definition, layer = self._to_edit(ref, entry)
            restoring.restore(layer, definition, ref.key, entry.row or {}, name)
        except WorkingCopyError as error:
            self._context.signals.failed.emit(error, "edit")
            return
        self.leave()
        self._context.signals.noticed.emit("history.restored", {"revision": entry.revision})

    def _to_edit(self, ref: Ref, entry: FeatureRevision) -> tuple[Layer, object]:
        state = self._context.state
        local = next((c for c in state.local_changes if (c.change.layer, c.change.key) == (ref.layer, ref.key)), None)
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

    def compare(self, plan: str, before: PastDay, after: PastDay) -> None:
        """What became of the plan's lots between two days; the answer is `lineage`, about the three."""
        state = self._context.state
        if state.commune is None:
            return
        url, token, code = state.hub_url, state.token, state.commune.code

        def work(feedback: JobFeedback) -> PlanLineage:
            from commune_planning_plugin.sync.history_calls import HistoryCalls

            return HistoryCalls(hub(url, token, feedback), code).lineage(LAYER, plan, before, after)

        self.lineage.ask((plan, before, after), work)

    def zoom_to(self, bounds: Optional[Bounds]) -> None:
        self._context.view.zoom_to(bounds)

    # --- the map as of a day ------------------------------------------------------------------------------------------

    def show_past(self, at: PastDay, title: str) -> None:
        """Fetch the commune's layers as they were, and show them instead of today's."""
        state = self._context.state
        if state.commune is None or state.catalogue is None:
            return
        url, token, code, catalogue = state.hub_url, state.token, state.commune.code, state.catalogue

        def work(feedback: JobFeedback) -> LayerRows:
            from commune_planning_plugin.sync.history_calls import HistoryCalls

            calls = HistoryCalls(hub(url, token, feedback), code)
            return {layer.id: [row for _, row in calls.features(layer, at)] for layer in catalogue.layers}

        self._context.jobs.start("past", work, lambda rows: self._show_past(at, rows, catalogue, title))

    def _show_past(self, at: PastDay, rows: LayerRows, catalogue: Catalogue, title: str) -> None:
        self.leave()
        self._view.show(rows, catalogue, title)
        self.past = at
        self.past_changed.emit()

    def back_to_today(self) -> None:
        self._view.close()
        self.past = None
        self.past_changed.emit()

    def stop(self) -> None:
        self.leave()
        self._view.close()

    def _layer(self, layer_id: str) -> Optional[Layer]:
        catalogue = self._context.state.catalogue
        return next((layer for layer in catalogue.layers if layer.id == layer_id), None) if catalogue is not None else None
