"""What a reviewer asks for beside the proposal itself: each an answer of its own."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from commune_planning_plugin.core.balance import Balance
from commune_planning_plugin.sync.client import DECISION_S, HubClient
from commune_planning_plugin.sync.review_documents import EarlierVersion, Related
from commune_planning_plugin.sync.transport import Request


class ReviewCalls:
    """Over the client's connection. All raise ``HubError`` and its kinds; ``Refused`` 404 where the hub is older than the call."""

    def __init__(self, client: HubClient) -> None:
        self._client = client

    def balance(self, proposal: str) -> Balance:
        """The land-fund balance of the proposal's whole plan. Raises also ``InvalidData('balance.malformed')``."""
        return Balance.from_json(self._ask(proposal, "balance"))

    def related(self, proposal: str) -> Related:
        """What else touches the proposal's ground, as far as the account may know."""
        return Related.from_json(self._ask(proposal, "related"))

    def version(self, proposal: str, number: int) -> EarlierVersion:
        """What an earlier version asked for. Raises ``Refused`` 404 also where the account may not know of it."""
        layers = {layer.id: layer for layer in self._client.catalogue().layers}
        return EarlierVersion.from_json(layers, self._ask(proposal, f"versions/{number}"))

    def _ask(self, proposal: str, what: str) -> dict[str, Any]:
        path = f"/proposals/{quote(proposal, safe='')}/{what}"
        return self._client.transport.json(Request("GET", path, read_s=DECISION_S))
