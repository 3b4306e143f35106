"""Housekeeping removes what nobody asks for again, and never a file that a version names."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import psycopg
import pytest
from starlette.testclient import TestClient

from province_hub.app import API, create_app
from province_hub.limits import Limits
from province_hub.settings import Settings
from province_hub.tidy import Removed, tidy
from tests.hub.api_fixtures import sign_in
from tests.hub.edits import Open
from tests.hub.test_cli import Command, command, one  # noqa: F401 (fixture)
from tests.hub.test_files_of_others import CONTENT, FILE, PATH, submit
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

OTHER = b"never named"
OTHER_HASH = hashlib.sha256(OTHER).hexdigest()


def put(hub: TestClient, content: bytes, name: str = "dailanh.kt") -> None:
    path = f"{API}/attachments/{hashlib.sha256(content).hexdigest()}"
    assert hub.put(path, content=content, headers=sign_in(hub, name)).status_code in (200, 201)


def aged(conninfo: str, days: int = 40) -> None:
    """Everything that is there gets older."""
    with psycopg.connect(conninfo) as conn:
        conn.execute("UPDATE hub.attachment SET last_sent_at = last_sent_at - make_interval(days => %s)", (days,))
        conn.execute("UPDATE hub.login_attempt SET at = at - make_interval(days => %s)", (days,))
        conn.execute("UPDATE hub.token SET expires_at = expires_at - make_interval(days => %s)", (days + 30,))


def files(conninfo: str) -> list[str]:
    with psycopg.connect(conninfo) as conn:
        return [row[0] for row in conn.execute("SELECT sha256 FROM hub.attachment ORDER BY 1")]


def test_old_things_go_and_what_a_version_names_stays(command: Command, conninfo: str, hub: TestClient, desk: Desk) -> None:  # noqa: F811
    put(hub, CONTENT)
    put(hub, OTHER)
    assert submit(hub, desk, "dailanh.kt", "22504").status_code == 200
    assert command("tidy").stdout == "Removed: 0 sign-in attempts, 0 sessions, 0 files.\n"
    aged(conninfo)
    assert command("tidy", "--days", "100").stdout == "Removed: 0 sign-in attempts, 0 sessions, 0 files.\n"
    assert command("tidy").stdout == "Removed: 3 sign-in attempts, 3 sessions, 1 files.\n"
    assert files(conninfo) == [FILE.sha256]
    assert hub.get(PATH, headers=sign_in(hub, "dailanh.kt")).content == CONTENT
    assert command("verify").exit_code == 0


def test_sending_a_file_again_makes_it_young(conninfo: str, hub: TestClient, connect: Open) -> None:
    put(hub, OTHER)
    aged(conninfo)
    put(hub, OTHER, "vanthang.kt")
    assert tidy(connect()).files == 0


def test_a_session_that_was_ended_is_kept_a_while(conninfo: str, hub: TestClient, connect: Open) -> None:
    """So that its desk hears why it is signed out."""
    headers = sign_in(hub, "dailanh.kt")
    hub.delete(f"{API}/sessions/current", headers=headers)
    assert tidy(connect()) == Removed(0, 0, 0)
    assert hub.get(f"{API}/me", headers=headers).json()["code"] == "auth.revoked"


def test_a_version_that_names_a_file_right_now_keeps_it(conninfo: str, hub: TestClient, connect: Open) -> None:
    put(hub, OTHER)
    aged(conninfo)
    submitting, tidying = connect(), connect()
    submitting.execute("SELECT FROM hub.attachment WHERE sha256 = %s FOR KEY SHARE", (OTHER_HASH,))
    assert tidy(tidying).files == 0
    tidying.commit()
    submitting.commit()
    assert files(conninfo) == [OTHER_HASH]
    assert tidy(tidying).files == 1


def test_the_serving_hub_tidies_by_itself(conninfo: str, application: str, hub: TestClient, tmp_path: Path) -> None:
    put(hub, OTHER)
    aged(conninfo)
    quick = create_app(Settings(database=application, state=tmp_path / "other"), Limits(tidy_interval=0.05))
    with TestClient(quick):
        until = time.monotonic() + 20
        while files(conninfo) and time.monotonic() < until:
            time.sleep(0.05)
    assert files(conninfo) == []


@pytest.mark.parametrize("days", ["0", "-1"])
def test_nothing_of_today_can_be_removed(command: Command, days: str) -> None:  # noqa: F811
    assert command("tidy", "--days", days).exit_code == 2
