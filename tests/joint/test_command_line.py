"""The headless command line against a real hub."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from commune_planning_plugin.store.sql import connected
from commune_planning_plugin.sync import __main__ as command_line
from tests.hub.tiny import PASSWORD, plan_key
from tests.joint.conftest import INNER_LOT, TABLE


@pytest.fixture
def call(capsys, monkeypatch):
    monkeypatch.setenv(command_line.PASSWORD, PASSWORD)

    def call(*arguments: Any) -> tuple[int, Any]:
        status = command_line.main([str(argument) for argument in arguments])
        written = capsys.readouterr()
        return status, json.loads(written.err if status else written.out)

    return call


def test_pull_status_submit(call, hub_server, tmp_path: Path) -> None:
    file = tmp_path / "22504.gpkg"
    status, answer = call("pull", file, "--hub", hub_server.url, "--commune", "22504", "--account", "dailanh.kt")
    assert (status, answer["checkpoint"]["number"] > 0) == (0, True)
    connection = connected(file, 1.0)
    connection.execute(f"UPDATE {TABLE} SET tenDoiTuong = 'Chợ' WHERE key = ?", (INNER_LOT,))
    connection.close()
    _, answer = call("status", file)
    assert [(change["key"], change["state"]) for change in answer["changes"]] == [(INNER_LOT, "local")]
    words = ("--title", "Chợ", "--ground", 2, "--reason", "Vì")
    _, answer = call("submit", file, "--plan", plan_key("PLAN-22504"), *words)
    assert [sent["state"] for sent in answer] == ["awaiting_sign_off"]
    _, answer = call("proposals", file)
    assert [summary["title"] for summary in answer] == ["Chợ"]
    assert call("send", file) == (0, [])
    assert call("pull", file)[0] == 0
    status, answer = call("submit", file, "--plan", plan_key("PLAN-22504"), *words, "--json-errors")
    assert (status, answer["code"]) == (1, "proposal.no_changes")


def test_errors_are_told_as_codes(call, hub_server, tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "22504.gpkg"
    assert call("status", file, "--json-errors")[1]["code"] == "working_copy.missing"
    assert call("pull", file, "--json-errors")[1] == {"code": "command.incomplete", "details": {"missing": ["--hub", "--commune"]}}
    monkeypatch.setenv(command_line.PASSWORD, "wrong")
    status, answer = call("pull", file, "--hub", hub_server.url, "--commune", "22504", "--account", "dailanh.kt", "--json-errors")
    assert (status, answer["code"]) == (1, "auth.wrong_password")


def test_a_person_reads_sentences(hub_server, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.delenv(command_line.PASSWORD, raising=False)
    file = str(tmp_path / "22504.gpkg")
    new = ("pull", file, "--hub", hub_server.url, "--commune", "22504", "--account", "dailanh.kt")

    def told(*arguments: str, stdin: str = "") -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        status = command_line.main(arguments)
        written = capsys.readouterr()
        assert bool(status) == bool(written.err)
        return written.err

    assert told("status", file) == "There is no working copy at that path; `pull` makes one. (working_copy.missing)\n"
    assert told("pull", file).startswith("For a working copy that isn't there yet give --hub")
    assert told(*new).endswith("use --password-stdin or set COMMUNE_PLANNING_PASSWORD. (command.no_terminal)\n")
    assert told(*new, "--password-stdin", stdin="wrong\n") == "The name or the password is wrong. (auth.wrong_password)\n"
    assert told(*new, "--password-stdin", stdin=PASSWORD + "\n") == ""
