"""An earlier version of the proposal under review."""

from __future__ import annotations

from commune_planning_plugin.session.lookups import Lookup


class VersionLookup(Lookup):
    """Its value is an `EarlierVersion`; its subjects are a proposal's id and a number."""

    def load(self, proposal: str, number: int) -> None:
        self.ask_hub((proposal, number), lambda calls: calls.version(proposal, number))
