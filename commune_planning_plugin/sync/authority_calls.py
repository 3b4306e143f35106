"""The hub's calls about authority: whose a plan is, and heads' signatures in other hands."""

from __future__ import annotations

import json
from urllib.parse import quote

from commune_planning_plugin.core.authority import Authority
from commune_planning_plugin.sync.authority_documents import Delegation, Delegations, Given
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.documents import reading
from commune_planning_plugin.sync.transport import Request

_JSON = {"Content-Type": "application/json"}


class AuthorityCalls:
    """Over the client's connection. All raise ``HubError`` and its kinds; ``Refused`` 404 where the hub is older than the call."""

    def __init__(self, client: HubClient) -> None:
        self._client = client

    def of_plan(self, plan: str, commune: str) -> Authority:
        """Who appraises and approves an adjustment of the plan (by key) by the commune, today."""
        plain = self._client.transport.json(Request("GET", "/authority", {"plan": plan, "commune": commune}))
        with reading("authority"):
            return Authority.from_json(plain["authority"])

    def delegations(self, commune: str) -> Delegations:
        plain = self._client.transport.json(Request("GET", "/delegations", {"commune": commune}))
        with reading("delegations"):
            return Delegations.from_json(plain)

    def give(self, given: Given) -> Delegation:
        """A repeat under the same id is answered as the first time."""
        body = json.dumps(given.to_json()).encode()
        plain = self._client.transport.json(Request("PUT", f"/delegations/{quote(given.id, safe='')}", None, _JSON, body))
        with reading("delegation"):
            return Delegation.from_json(plain)

    def revoke(self, delegation: str) -> Delegation:
        """It ends at once; ending it again changes nothing."""
        plain = self._client.transport.json(
            Request("POST", f"/delegations/{quote(delegation, safe='')}/revoke", None, _JSON, b"{}")
        )
        with reading("delegation"):
            return Delegation.from_json(plain)
