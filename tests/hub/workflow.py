"""Proposals made and moved on in the tiny province, as its accounts would."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Optional

import psycopg
import pytest
import shapely
from psycopg import sql
from psycopg.rows import dict_row

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Change, diff_row
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.merge import recomputed
from commune_planning_plugin.core.proposal import Attachment, Version
from commune_planning_plugin.core.schema import Layer, Value, Values
from commune_planning_plugin.core.workflow import Step
from province_hub import lists, proposals, steps, versions
from province_hub.approval import approve
from province_hub.database import Database, HubConnection
from province_hub.errors import Problem
from province_hub.identity import Principal, mandates_of, principal_of
from province_hub.layer_tables import layers, read_rows, write_rows
from province_hub.revisions import latest
from province_hub.steps import Request
from tests.hub import tiny


class Desk:
    """What tests do to the hub, by account name."""

    def __init__(self, database: Database, conninfo: str) -> None:
        self.database, self.conninfo = database, conninfo
        with database.reading() as conn:
            self.layers = layers(conn)

    def principal(self, name: str) -> Principal:
        with self.database.reading() as conn:
            row = conn.execute("SELECT * FROM hub.account WHERE name = %s", (name,)).fetchone()
            assert row is not None
            roles = conn.execute("SELECT role, commune FROM hub.role WHERE account = %s", (row["id"],)).fetchall()
            mandates = mandates_of(conn, row["id"])
        return principal_of(row, roles, mandates=mandates)

    @contextmanager
    def administrating(self) -> Iterator[HubConnection]:
        """A transaction of who owns the database."""
        with psycopg.connect(self.conninfo, row_factory=dict_row) as conn:
            yield conn

    def grant(self, name: str, role: str, commune: Optional[str]) -> None:
        with self.administrating() as conn:
            conn.execute(
                "INSERT INTO hub.role SELECT id, %s, %s FROM hub.account WHERE name = %s ON CONFLICT DO NOTHING",
                (role, commune, name),
            )

    def clear(self, name: str, cleared: bool = True) -> None:
        with self.administrating() as conn:
            conn.execute("UPDATE hub.account SET cleared = %s WHERE name = %s", (cleared, name))

    @property
    def lots(self) -> Layer:
        return self.layers[tiny.LOTS]

    def row(self, key: str, layer: str = tiny.LOTS) -> Optional[Values]:
        with self.database.reading() as conn:
            return read_rows(conn, self.layers[layer], sql.SQL("l.key = %s"), (key,)).get(key)

    def rows(self) -> dict[str, Values]:
        with self.database.reading() as conn:
            return read_rows(conn, self.lots, sql.SQL("true"))

    def edited(self, key: str, layer: str = tiny.LOTS, **values: Value) -> Change:
        """An update of the feature as it is now."""
        row = self.row(key, layer)
        assert row is not None
        change = diff_row(self.layers[layer], key, row, recomputed(self.layers[layer], {**row, **values}))
        assert change is not None
        return change

    def inserted(self, shape: bytes, commune: str = "22504", key: Optional[str] = None, **values: Value) -> Change:
        key = key or str(uuid.uuid4())
        row = tiny.row_of(self.lots, commune, key, shape, chucNangSuDungDatMuc1="DanDung", chucNangSuDungDatMuc2="CayxanhCC")
        return Change(tiny.LOTS, key, None, {**row, "birth": str(uuid.uuid4()), "maDoiTuong": "tạm", **values})

    def road(self, y: float, west: float = 600_950, east: float = 601_050, **values: Value) -> Change:
        """A road of 22504's plan from ``west`` to ``east``: by default over the border to 22516."""
        layer, key = self.layers[tiny.ROADS], str(uuid.uuid4())
        shape = geometry.written(shapely.MultiLineString([[(west, y), (east, y)]]))
        row = tiny.row_of(layer, "22504", key, shape, tenDoiTuong="Đường liên xã", tenDuong="Đường số 2")
        return Change(layer.id, key, None, {**row, "birth": str(uuid.uuid4()), "maDoiTuong": "tạm", **values})

    def deleted(self, key: str) -> Change:
        return Change(tiny.LOTS, key, self.row(key), None)

    def direct(self, changes: Iterable[Change]) -> None:
        """An edit with SQL, past the hub."""
        by_layer: dict[str, list[Change]] = {}
        for change in changes:
            by_layer.setdefault(change.layer, []).append(change)
        with self.database.writing("dba") as conn:
            for layer, each in by_layer.items():
                write_rows(conn, self.layers[layer], each)

    def version(self, *changes: Change, **given: Any) -> Version:
        with self.database.reading() as conn:
            number, checkpoint = latest(conn)
        values: dict[str, Any] = {
            "proposal": str(uuid.uuid4()),
            "number": 1,
            "commune": "22504",
            "plan": tiny.plan_key("PLAN-22504"),
            "title": "Điều chỉnh cục bộ",
            "ground": 1,
            "reason": "Mở rộng công viên",
            "base_number": number,
            "base_id": checkpoint,
            "attachments": (),
        }
        return Version(**{**values, **given}, changes=changes)

    def shut(self) -> None:
        """Let 22504's plan cover its lots and nothing else."""
        with self.administrating() as conn:
            shape = tiny.square(tiny.COMMUNES["22504"][1], tiny.SOUTH, tiny.SIDE)
            conn.execute("UPDATE hub.plan SET geom = ST_GeomFromWKB(%s, 9217) WHERE key = %s", (shape, tiny.plan_key("PLAN-22504")))

    def submit(self, version: Version, name: str = "dailanh.kt") -> dict[str, Any]:
        principal = self.principal(name)
        return versions.accept(self.database, principal, version.proposal, version.number, version.to_json())

    def step(self, name: str, version: Version, step: Step, **given: Any) -> dict[str, Any]:
        request = Request(given.pop("request", str(uuid.uuid4())), version.proposal, step, version.number, **given)
        take = approve if step is Step.APPROVE else steps.take
        return take(self.database, self.principal(name), request)

    def send(self, *changes: Change, **given: Any) -> Version:
        """Submitted by the technician and signed off by the head: before the province."""
        version = self.version(*changes, **given)
        self.submit(version)
        self.step("dailanh.ct", version, Step.SIGN_OFF)
        return version

    def detail(self, name: str, version: Version) -> dict[str, Any]:
        with self.database.reading() as conn:
            return proposals.detail(conn, self.principal(name), version.proposal)

    def listed(self, name: str, box: str = "all") -> list[dict[str, Any]]:
        with self.database.reading() as conn:
            return lists.page(conn, self.principal(name), lists.Wanted(box), None, 1 << 20).proposals

    def approve(self, version: Version, **given: Any) -> dict[str, Any]:
        seen = given.pop("result_hash", None) or self.detail("soxd.duyet", version)["result_hash"]
        return self.step("soxd.duyet", version, Step.APPROVE, result_hash=seen, **{"without_consent": True, **given})

    def attach(self, content: bytes, name: str) -> Attachment:
        digest = hashlib.sha256(content).hexdigest()
        with self.database.writing("test") as conn:
            conn.execute(
                "INSERT INTO hub.attachment (sha256, size, content, created_by) SELECT %s, %s, %s, id FROM hub.account LIMIT 1",
                (digest, len(content), content),
            )
        return Attachment(digest, name, len(content))


@pytest.fixture(name="desk")
def make_desk(database: Database, conninfo: str) -> Desk:
    return Desk(database, conninfo)


@contextmanager
def refused(status: int, code: str) -> Iterator[dict[str, Any]]:
    """Expects the problem; its details come in the mapping that it yields."""
    details: dict[str, Any] = {}
    with pytest.raises(Problem) as caught:
        yield details
    details.update(caught.value.details)
    assert (caught.value.status_code, caught.value.code) == (status, code), details


@contextmanager
def invalid(code: str) -> Iterator[None]:
    with pytest.raises(InvalidData) as caught:
        yield
    assert caught.value.code == code


def state_of(database: Database) -> Mapping[str, Any]:
    """Counts that a refused step must leave as they were."""
    counts = "SELECT (SELECT count(*) FROM hub.{}) AS n"
    with database.reading() as conn:
        return {
            table: (conn.execute(counts.format(table)).fetchone() or {})["n"]
            for table in ("revision", "change_log", "proposal_step", "audit", "proposal_version", "setting")
        }
