"""Settling what both sides have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commune_planning_plugin.session.conflicts import ConflictController
    from commune_planning_plugin.session.state import SessionState
    from commune_planning_plugin.store import Choices, Ref, Resolution, Side


class ConflictsFace:
    _state: SessionState
    _conflicts: ConflictController

    @property
    def pending_choices(self) -> Mapping[Ref, Choices]:
        """What was chosen in conflicts and isn't in the working copy yet: it goes before what the conflicts themselves say."""
        return self._state.pending_choices

    def choose(self, ref: Ref, choices: Choices) -> None:
        """Keep what is chosen so far: in memory at once, in the working copy soon after."""
        self._conflicts.choose(ref, choices)

    def resolve(self, chosen: Mapping[Ref, Union[Side, Choices]]) -> None:
        """Job ``resolve``: these conflicts are settled, all or none, each for a side or attribute by attribute."""
        self._conflicts.resolve(chosen)

    @property
    def resolutions(self) -> tuple[Resolution, ...]:
        """What can be undone, the latest first."""
        return self._state.resolutions

    def undo_resolve(self) -> None:
        """Job ``undo``: the conflicts that were settled last, together, are open again, with rows and choices as before."""
        self._conflicts.undo()

    def redraw(self, ref: Ref) -> None:
        """Start editing the feature's shape with QGIS's vertex tool."""
        self._conflicts.redraw(ref)

    def use_drawn(self, ref: Ref) -> None:
        """Choose the shape that the feature has in QGIS now; mine stays as it was until the conflict is settled."""
        self._conflicts.use_drawn(ref)
