"""The chosen commune's file on this computer, what was changed in it, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from commune_planning_plugin.core.schema import Commune
    from commune_planning_plugin.session.account import AccountController
    from commune_planning_plugin.session.state import SessionState
    from commune_planning_plugin.session.working_copy import WorkingCopyController
    from commune_planning_plugin.store import Checkpoint, Damage, FeatureProblem, LocalChange, Ref


class WorkingCopyFace:
    _state: SessionState
    _account: AccountController
    _copy: WorkingCopyController

    @property
    def commune(self) -> Optional[Commune]:
        return self._state.commune

    def choose_commune(self, code: str) -> None:
        """Take this commune from now on; opens its working copy where there is one."""
        from commune_planning_plugin.adapters import settings

        settings.set_commune(code)
        self._copy.choose_code(code)
        self._account.contact()

    @property
    def checkpoint(self) -> Optional[Checkpoint]:
        """Up to which revision the working copy has everything; None without a working copy."""
        return self._state.checkpoint

    @property
    def last_pull_at(self) -> Optional[datetime]:
        return self._state.last_pull_at

    @property
    def working_copy_path(self) -> Optional[Path]:
        """Where the chosen commune's working copy lies or will lie."""
        return self._state.path

    @property
    def has_working_copy(self) -> bool:
        return self._state.checkpoint is not None

    @property
    def only_read(self) -> bool:
        """Whether the working copy lies where it can be read and nothing can be written: see `copy_here`."""
        return self._state.only_read is not None

    def copy_here(self) -> None:
        """Job ``copy_here``: copy the working copy, whole and verified, to this computer's own disk and go on with that."""
        self._copy.copy_here()

    def pull(self) -> None:
        """Job ``pull``: the first one makes the working copy and loads its layers; later ones bring the province's changes."""
        self._copy.pull()

    def start_afresh(self) -> None:
        """Job ``pull``: a fresh working copy beside the present one, which stays as it is."""
        self._copy.start_afresh()

    @property
    def local_changes(self) -> tuple[LocalChange, ...]:
        return self._state.local_changes

    @property
    def problems(self) -> tuple[FeatureProblem, ...]:
        """Features that can't be sent as they are (empty, curved, unreadable geometry, no plan …)."""
        return self._state.problems

    def revert(self, refs: Iterable[Ref]) -> None:
        """Job ``revert``: these features are again as the province has them."""
        self._copy.revert(refs)

    @property
    def damage(self) -> tuple[Damage, ...]:
        """Layers of the working copy whose tracking or schema was lost: no pull and no submit until put right."""
        return self._state.damage

    def repair(self) -> None:
        """Job ``repair``: bring back the tracking of damaged layers, by comparison with the retained snapshot."""
        self._copy.repair()

    def title_of(self, layer_id: str) -> str:
        """The layer's title in the interface's language."""
        return self._state.title_of(layer_id)
