"""A reviewer's desk witnesses the hub's audit, without a working copy."""

from __future__ import annotations

import psycopg
from psycopg.rows import dict_row

from province_hub import audit, heads
from tests.joint.test_witness import Hub
from tests.plugin.conftest import wait_until
from tests.plugin.hub_fixtures import *  # noqa: F403
from tests.plugin.hub_fixtures import HubServer
from tests.plugin.test_session_with_hub import make, settle, sign_in  # noqa: F401 (fixture)


def test_an_audit_that_was_written_anew_is_told_once(hub_server: HubServer, make, conninfo: str):  # noqa: F811
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        audit.append(conn, heads.hub_id(conn), "quantri", heads.RESTORED, {"note": "thử"})
    desk = make()
    told: list[str] = []
    desk.failed.connect(lambda error, _context: told.append(error.code))
    sign_in(desk, hub_server.url, "soxd.tham")
    settle(desk)
    assert told == []
    Hub(conninfo).forge()
    desk._account.contact()
    wait_until(lambda: bool(told), 20)
    settle(desk)
    desk._account.contact()
    settle(desk)
    assert told == ["audit.none_agrees"]
