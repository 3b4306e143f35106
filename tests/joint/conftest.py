"""A real hub on a real PostGIS, real working copies, and people who use them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.store import Draft, OutboxItem, Ref, WorkingCopy
from commune_planning_plugin.store.sql import connected
from commune_planning_plugin.sync import engine
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.proposal_documents import ProposalSummary
from commune_planning_plugin.sync.transport import plain_session
from province_hub.database import Database
from tests.hub.api_fixtures import HubServer, hub_app, hub_server  # noqa: F401 (fixtures)
from tests.hub.conftest import application, conninfo, template  # noqa: F401 (fixtures)
from tests.hub.tiny import LOTS, PASSWORD, lot_key, plan_key

TABLE = "QuyHoach_ChucNangSuDungDat_A"


@dataclass
class Desk:
    """One person's desk: a client that is signed in, and a working copy of the commune."""

    client: HubClient
    copy: WorkingCopy
    commune: str
    name: str
    drafts: list[Draft] = field(default_factory=list)

    def edit(self, statement: str, *values: Any) -> int:
        """As any program that writes rows; how many were changed."""
        connection = connected(self.copy.path, 5.0)
        try:
            return connection.execute(statement, values).rowcount
        finally:
            connection.close()

    def rename(self, key: str, name: str) -> None:
        assert self.edit(f"UPDATE {TABLE} SET tenDoiTuong = ? WHERE key = ?", name, key) == 1

    def name_of(self, key: str) -> Any:
        row = self.copy.row(Ref(LOTS, key))
        return row["tenDoiTuong"] if row else None

    def freeze(self, *keys: str, title: str = "Điều chỉnh") -> OutboxItem:
        refs = tuple(Ref(LOTS, key) for key in keys)
        return self.copy.outbox.freeze(
            Draft(str(uuid.uuid4()), 1, plan_key(f"PLAN-{self.commune}"), title, 2, "Theo thực tế", refs)
        )

    def send(self) -> list[engine.SendResult]:
        return engine.send_outbox(self.copy, self.client)

    def pull(self) -> Any:
        return engine.pull(self.copy, self.client)


@dataclass
class Province:
    """Those who decide."""

    head: HubClient
    approver: HubClient

    def approve(self, proposal: str) -> ProposalSummary:
        """Sign off, open, look and approve."""
        number = self.head.proposal(proposal).summary.version
        take(self.head, proposal, Step.SIGN_OFF, number)
        take(self.approver, proposal, Step.OPEN, number)
        seen = self.approver.proposal(proposal)
        assert seen.result_hash
        return take(
            self.approver, proposal, Step.APPROVE, number, result_hash=seen.result_hash, without_consent=bool(seen.summary.missing)
        )


def take(client: HubClient, proposal: str, step: Step, version: int, **more: Any) -> ProposalSummary:
    return client.step(proposal, step, str(uuid.uuid4()), version, **more)


def signed_in(url: str, name: str) -> HubClient:
    client = HubClient(url, plain_session(backoff_s=0.01))
    client.sign_in(name, PASSWORD, "test")
    return client


@pytest.fixture
def database(conninfo: str) -> Iterator[Database]:  # noqa: F811
    """For what administrators do; the hub itself serves under its own role."""
    database = Database(conninfo)
    yield database
    database.close()


@pytest.fixture
def desk_of(hub_server: HubServer, tmp_path: Path) -> Iterator[Callable[..., Desk]]:  # noqa: F811
    made: list[Desk] = []

    def make(name: str = "dailanh.kt", commune: str = "22504", url: str = "") -> Desk:
        client = signed_in(url or hub_server.url, name)
        copy = engine.first_pull(client, tmp_path / f"{name}_{len(made)}.gpkg", commune, name)
        made.append(Desk(client, copy, commune, name))
        return made[-1]

    yield make
    for desk in made:
        desk.copy.close()


@pytest.fixture
def desk(desk_of: Callable[..., Desk]) -> Desk:
    return desk_of()


@pytest.fixture
def province(hub_server: HubServer) -> Province:  # noqa: F811
    return Province(signed_in(hub_server.url, "dailanh.ct"), signed_in(hub_server.url, "soxd.duyet"))


BORDER_LOT = lot_key("22504", 9, 0)
"""Also in the neighbour's area: the margin reaches over the border."""

INNER_LOT = lot_key("22504", 2, 2)

APPROVED = State.APPROVED
