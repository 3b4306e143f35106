"""Unsent work of another computer: offered here, or given to a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from commune_planning_plugin.session.state import SessionState
    from commune_planning_plugin.session.working_copy import WorkingCopyController
    from commune_planning_plugin.sync.contact_documents import CommuneBackups, Offer


class UnsentElsewhereFace:
    _state: SessionState
    _copy: WorkingCopyController

    @property
    def offer(self) -> Optional[Offer]:
        """Unsent work from another computer that can be brought into this working copy; None where there is none."""
        return self._state.offer()

    def restore(self, offer: Offer) -> None:
        """Job ``restore``: bring it here as edits and drafts of one's own; what clashes is a conflict."""
        self._copy.restore(offer)

    def put_off(self, offer: Offer) -> None:
        """Don't offer it again until that computer has been in contact, or QGIS starts anew."""
        self._copy.put_off(offer)

    @property
    def may_assign(self) -> bool:
        """Whether the account may give unsent work of the commune to a colleague."""
        return self._state.may_assign()

    def load_backups(self) -> None:
        """Job ``backups``: whose unsent work there is in the commune; `backups` has it afterwards."""
        self._copy.load_backups()

    @property
    def backups(self) -> Optional[CommuneBackups]:
        return self._state.backups

    def assign(self, instance: str, account: str) -> None:
        """Job ``assign``: let the colleague take the unsent work over."""
        self._copy.assign(instance, account)
