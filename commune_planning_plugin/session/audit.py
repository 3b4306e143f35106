"""Whether the audit of the proposal under review is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commune_planning_plugin.session.context import hub, working_copy
from commune_planning_plugin.session.lookups import Lookup

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.sync.audit_calls import AuditChain


class AuditLookup(Lookup):
    """Its value is an `AuditChain`; its subjects are proposals' ids."""

    def load(self, proposal: str) -> None:
        from commune_planning_plugin.adapters import settings

        state = self._context.state
        path, url, token, hub_id = state.path, state.hub_url, state.token, state.hub_id
        folder = settings.working_folder()

        def work(feedback: JobFeedback) -> AuditChain:
            from commune_planning_plugin.sync.audit_calls import audit_chain
            from commune_planning_plugin.sync.desk_witnessing import kept_here

            client, kept = hub(url, token, feedback), kept_here(folder, hub_id) if hub_id else ()
            if path is None or not path.exists():
                return audit_chain(client, proposal, kept)
            with working_copy(path) as copy:
                return audit_chain(client, proposal, (*kept, *copy.witnesses.all()))

        self.ask(proposal, work)
