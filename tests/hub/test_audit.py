"""The audit's chains: complete, and broken by whatever is changed afterwards."""

from __future__ import annotations

import psycopg
import pytest

from commune_planning_plugin.core.workflow import Step
from province_hub import audit_proof
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk  # noqa: F401


@pytest.fixture
def proposal(desk: Desk) -> str:
    version = desk.send(desk.edited(tiny.lot_key("22504", 2, 2), tenDoiTuong="Công viên"))
    desk.step("soxd.tham", version, Step.OPEN)
    desk.approve(version)
    return version.proposal


def _wrong(desk: Desk) -> list[str]:
    with desk.database.reading() as conn:
        return audit_proof.verify(conn)


def _tamper(desk: Desk, statement: str) -> None:
    with psycopg.connect(desk.conninfo) as conn:
        conn.execute("ALTER TABLE hub.audit DISABLE TRIGGER append_only")
        conn.execute(statement)
        conn.execute("ALTER TABLE hub.audit ENABLE ALWAYS TRIGGER append_only")


def test_each_step_has_its_entry(desk: Desk, proposal: str):
    with desk.database.reading() as conn:
        query = "SELECT actor, action, details FROM hub.audit WHERE proposal = %s ORDER BY position"
        rows = conn.execute(query, (proposal,)).fetchall()
    assert [(row["actor"], row["action"]) for row in rows] == [
        ("dailanh.kt", "submit"),
        ("dailanh.ct", "sign_off"),
        ("soxd.tham", "open"),
        ("soxd.duyet", "approve"),
    ]
    assert {"authority", "revision", "result_hash", "hash", "version"} == set(rows[-1]["details"])
    assert _wrong(desk) == []


def test_the_database_refuses_changes(desk: Desk, proposal: str):
    with psycopg.connect(desk.conninfo) as conn, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        conn.execute("UPDATE hub.audit SET actor = 'khác'")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE hub.audit SET actor = 'khác' WHERE position = 2", "entry 2 was altered"),
        ("UPDATE hub.audit SET at = at + interval '1 day' WHERE position = 4", "entry 4 was altered"),
        ("UPDATE hub.audit SET details = details || '{\"version\": 7}' WHERE position = 1", "entry 1 was altered"),
        ("DELETE FROM hub.audit WHERE position = 2", "entry 2 is missing"),
        ("DELETE FROM hub.audit WHERE position = 1", "entry 1 is missing"),
        ("UPDATE hub.audit SET previous = repeat('0', 64) WHERE position = 3", "entry 3 doesn't follow the one before it"),
    ],
)
def test_whatever_is_changed_is_found(desk: Desk, proposal: str, statement: str, said: str):
    _tamper(desk, statement)
    assert f"audit of proposal {proposal}: {said}" in _wrong(desk)
