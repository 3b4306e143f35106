"""The land-fund balance: the hub's of a proposal, or of one's own changes from the working copy, without a line."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from commune_planning_plugin.session.context import working_copy, working_copy_to_read
from commune_planning_plugin.session.lookups import Lookup

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.session.local_changes import LocalBalance
    from commune_planning_plugin.store import Ref


class BalanceLookup(Lookup):
    """Its value is a `LocalBalance`. Subjects are a proposal's id, or a plan with the refs of local changes."""

    def load(self, proposal: str) -> None:
        from commune_planning_plugin.session.local_changes import LocalBalance

        self.ask_hub(proposal, lambda calls: LocalBalance(calls.balance(proposal), True))

    def load_local(self, plan: str, refs: Collection[Ref]) -> None:
        """Of local changes; nothing where there is no working copy."""
        path = self._context.state.path
        chosen, only_read = frozenset(refs), self._context.state.only_read is not None
        if path is None:
            self.forget()
            return

        def work(_feedback: JobFeedback) -> LocalBalance:
            from commune_planning_plugin.session.local_changes import balance_of

            with working_copy_to_read(path) if only_read else working_copy(path) as copy:
                return balance_of(copy, plan, chosen)

        self.ask((plan, chosen), work)
