"""Conflicts as a person settles them: choices kept as they are made, applied together, undone; a shape drawn with QGIS's tools."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Union

from qgis.PyQt.QtCore import QObject

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import PlanningError, WorkingCopyError
from commune_planning_plugin.core.schema import GEOMETRY
from commune_planning_plugin.session.context import LOCK_WAIT_S, Context, Debounce, working_copy

if TYPE_CHECKING:
    from commune_planning_plugin.session.drawing import DrawingController
    from commune_planning_plugin.session.working_copy import WorkingCopyController
    from commune_planning_plugin.store import Choices, Ref, Side

SAVE_AFTER_MS = 300


class ConflictController(QObject):
    """Owns the state's ``pending_choices``."""

    def __init__(
        self, context: Context, copy: WorkingCopyController, drawing: DrawingController, parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._context, self._copy, self._drawing = context, copy, drawing
        self._state = context.state
        self._save_soon = Debounce(SAVE_AFTER_MS, self._save, self)

    # --- choosing -----------------------------------------------------------------------------------------------------

    def choose(self, ref: Ref, choices: Choices) -> None:
        self._state.pending_choices[ref] = dict(choices)
        self._save_soon.start()

    def _save(self) -> None:
        path, pending = self._state.path, dict(self._state.pending_choices)
        if path is not None and pending:
            self._context.jobs.quiet(
                lambda _feedback: write_choices(path, pending), lambda _done: self._saved(pending), self._not_saved
            )

    def _saved(self, written: Mapping[Ref, Choices]) -> None:
        if all(self._state.pending_choices.get(ref) is choices for ref, choices in written.items()):
            self._copy.read()  # what the file has is overlaid until it has been read

    def _not_saved(self, error: PlanningError) -> None:
        if error.code == "working_copy.busy":
            self._save_soon.start()
        else:
            self._context.signals.failed.emit(error, "resolve")

    def stop(self) -> None:
        """Write at once what waits to be written."""
        self._save_soon.stop()
        path, pending = self._state.path, self._state.pending_choices
        if path is not None and pending and path.exists():
            write_choices(path, pending, wait=1.0)
            pending.clear()

    # --- settling -----------------------------------------------------------------------------------------------------

    def resolve(self, chosen: Mapping[Ref, Union[Side, Choices]]) -> None:
        decided = dict(chosen)
        self._save_soon.stop()
        self._copy.write("resolve", lambda copy: copy.conflicts.resolve_all(decided), {"count": len(decided)})

    def undo(self) -> None:
        """What was settled last, as one step."""
        latest = self._state.resolutions[:1]
        refs = [each.ref for each in self._state.resolutions if each.batch == latest[0].batch]
        if refs:
            self._copy.write("undo", lambda copy: copy.conflicts.undo(refs), {"count": len(refs)})

    # --- drawing ------------------------------------------------------------------------------------------------------

    def redraw(self, ref: Ref) -> None:
        layers = self._context.layers
        layer, fid = layers.layer(ref.layer), layers.fid_of(ref.layer, ref.key)
        if layer is not None and fid is not None:
            self._drawing.zoom_to(ref)
            self._state.redrawing = True
            self._context.desktop.reshape_in(layer, fid)

    def use_drawn(self, ref: Ref) -> None:
        local, layers = self._drawing.change(ref), self._context.layers
        wkb, mine = layers.drawn_shape(ref.layer, ref.key), (local.row or {}).get(GEOMETRY) if local is not None else None
        if local is None or wkb is None or not isinstance(mine, bytes) or self._copy.catalogue is None:
            return
        try:
            drawn = geometry.normalised(wkb, self._copy.catalogue.layer(ref.layer).geometry)
        except PlanningError as error:
            self._context.signals.failed.emit(error, "resolve")
            return
        left = layers.put_back(ref.layer, ref.key, mine)
        self._state.redrawing = False
        self.choose(ref, {**self._state.choices_of(local), GEOMETRY: drawn})
        self._drawing.show_conflict(local)
        self._context.signals.local_changes_changed.emit()
        if not left:
            self._context.signals.noticed.emit("conflict.still_editing", {"layer": ref.layer})


def write_choices(path: Path, pending: Mapping[Ref, Choices], wait: float = LOCK_WAIT_S) -> None:
    """Raises ``WorkingCopyError``; a conflict that is gone by now needs no choice."""
    with working_copy(path, wait) as copy:
        for ref, choices in pending.items():
            try:
                copy.conflicts.choose(ref, choices)
            except WorkingCopyError as error:
                if error.code != "conflict.unknown":
                    raise
