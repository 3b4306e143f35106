"""What else touches a proposal's ground."""

from __future__ import annotations

from commune_planning_plugin.session.lookups import Lookup


class RelatedLookup(Lookup):
    """Its value is a `Related`; its subjects are proposals' ids."""

    def load(self, proposal: str) -> None:
        self.ask_hub(proposal, lambda calls: calls.related(proposal))
