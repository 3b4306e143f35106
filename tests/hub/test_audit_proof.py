"""Whoever writes the audit anew is found, whatever rights they have in the database: by its order, and by what witnesses kept."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from starlette.testclient import TestClient

from commune_planning_plugin.core.audit_chain import FIRST, entry_hash, following
from commune_planning_plugin.core.signed_head import SignedHead
from commune_planning_plugin.core.workflow import Step
from province_hub import application_role, audit, audit_check, audit_proof, heads, migrations, signing
from province_hub.app import API
from province_hub.audit_proof import Witness
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.test_cli import Command, command  # noqa: F401
from tests.hub.workflow import Desk, make_desk  # noqa: F401

Rewrite = Callable[..., None]
STEP = next((Path(migrations.__file__).parent / "sql").glob("*_audit_order.sql"))


@pytest.fixture
def key(desk: Desk, tmp_path: Path) -> signing.SigningKey:
    with desk.database.writing("test") as conn:
        made = signing.ready(conn, tmp_path / "state")
    assert made is not None
    return made


@pytest.fixture
def proposals(desk: Desk, key: signing.SigningKey) -> list[str]:
    """Two proposals whose entries alternate: submit, submit, sign off, sign off, open, open."""
    sent = [desk.version(desk.edited(tiny.lot_key("22504", n, 2), tenDoiTuong="Công viên")) for n in (2, 4)]
    for version in sent:
        desk.submit(version)
    for version in sent:
        desk.step("dailanh.ct", version, Step.SIGN_OFF)
    for version in sent:
        desk.step("soxd.tham", version, Step.OPEN)
    return [version.proposal for version in sent]


@pytest.fixture
def witness(desk: Desk, proposals: list[str], key: signing.SigningKey) -> Witness:
    """What a desk keeps that was in contact now."""
    with desk.database.writing("test") as conn:
        head = heads.newest(conn, key)
    assert head is not None
    return Witness(head, "may-1.json")


@pytest.fixture
def rewrite(desk: Desk) -> Rewrite:
    """As a superuser does it who switches off what is in the way."""

    def run(statement: str, *values: Any) -> None:
        with psycopg.connect(desk.conninfo) as conn:
            for table in ("audit", "audit_head", "revision"):
                conn.execute(f"ALTER TABLE hub.{table} DISABLE TRIGGER append_only".encode())
            conn.execute(statement.encode(), values)
            for table in ("audit", "audit_head", "revision"):
                conn.execute(f"ALTER TABLE hub.{table} ENABLE ALWAYS TRIGGER append_only".encode())

    return run


def wrong(desk: Desk, *witnesses: Witness) -> list[str]:
    with desk.database.reading() as conn:
        return audit_proof.verify(conn, witnesses)


def hashed_anew(desk: Desk, rewrite: Rewrite) -> None:
    """Every chain and the order of all made to agree with what the rows say now."""
    with psycopg.connect(desk.conninfo, row_factory=dict_row) as conn:
        rows = conn.execute("SELECT *, proposal::text FROM hub.audit ORDER BY id").fetchall()
    running, ends = FIRST, dict[str, tuple[int, str]]()
    for row in map(audit.as_said, rows):
        position, previous = ends.get(row["proposal"], (0, FIRST))
        row = {**row, "position": position + 1, "previous": previous}
        digest = entry_hash(row)
        running = following(running, digest)
        ends[row["proposal"]] = (row["position"], digest)
        values = (row["position"], previous, digest, running, row["id"])
        rewrite("UPDATE hub.audit SET position = %s, previous = %s, hash = %s, running = %s WHERE id = %s", *values)


def test_a_clean_audit_is_whole(desk: Desk, witness: Witness) -> None:
    assert wrong(desk, witness) == []
    assert witness.head.is_genuine


def test_an_altered_entry(desk: Desk, proposals: list[str], rewrite: Rewrite) -> None:
    rewrite("UPDATE hub.audit SET actor = 'khác' WHERE proposal = %s AND position = 2", proposals[0])
    assert wrong(desk) == [f"audit of proposal {proposals[0]}: entry 2 was altered"]


def test_a_removed_entry(desk: Desk, proposals: list[str], rewrite: Rewrite) -> None:
    rewrite("DELETE FROM hub.audit WHERE proposal = %s AND position = 2", proposals[0])
    assert wrong(desk) == [
        f"audit, order of all entries: between entry 1 of proposal {proposals[1]} and entry 2 of proposal {proposals[1]}"
        " entries were removed or put in",
        f"audit of proposal {proposals[0]}: entry 2 is missing",
        f"audit of proposal {proposals[0]}: entry 3 doesn't follow the one before it",
    ]


def test_a_whole_proposal_that_is_gone(desk: Desk, proposals: list[str], rewrite: Rewrite) -> None:
    rewrite("DELETE FROM hub.audit WHERE proposal = %s", proposals[0])
    told = wrong(desk)[0]
    assert f"and entry 1 of proposal {proposals[1]} entries were removed" in told
    assert proposals[0] not in told.split(" and ")[0]


def test_an_entry_put_in_between(desk: Desk, proposals: list[str], rewrite: Rewrite) -> None:
    """With a chain of its own that is right by itself."""
    said = {"proposal": tiny.lot_key("22504", 1, 1), "position": 1, "at": "2026-01-01T00:00:00.000000Z", "actor": "soxd.duyet"}
    said |= {"action": "approve", "details": {}, "previous": FIRST}
    digest = entry_hash(said)
    rewrite("UPDATE hub.audit SET id = DEFAULT WHERE id = (SELECT max(id) FROM hub.audit)")
    rewrite(
        "INSERT INTO hub.audit (id, proposal, position, at, actor, action, details, previous, hash, running)"
        " OVERRIDING SYSTEM VALUE SELECT max(id) - 1, %s, 1, %s, %s, %s, '{}', %s, %s, repeat('1', 64) FROM hub.audit",
        *(said[name] for name in ("proposal", "at", "actor", "action", "previous")),
        digest,
    )
    told = "\n".join(wrong(desk))
    assert f"and entry 1 of proposal {said['proposal']} entries were removed or put in" in told


def test_a_cut_tail(desk: Desk, proposals: list[str], witness: Witness, rewrite: Rewrite) -> None:
    rewrite("DELETE FROM hub.audit WHERE proposal = %s AND position = 3", proposals[1])
    about = f"now it ends at {witness.head.id - 1} (entry 3 of proposal {proposals[0]}): its tail was cut"
    assert [about in line for line in wrong(desk, witness)] == [True, True]
    rewrite("DELETE FROM hub.audit_head")
    (told,) = wrong(desk, witness)
    assert told.startswith("witness may-1.json: on ")
    assert wrong(desk) == []  # nobody but a witness can know


def test_an_audit_that_was_written_anew(desk: Desk, proposals: list[str], witness: Witness, rewrite: Rewrite) -> None:
    rewrite("UPDATE hub.audit SET actor = 'khác' WHERE proposal = %s AND position = 2", proposals[0])
    hashed_anew(desk, rewrite)
    (own, theirs) = wrong(desk, witness)
    assert own.startswith("witness the hub's own record: ")
    assert f"entry 2 of proposal {proposals[0]}" in theirs
    rewrite("DELETE FROM hub.audit_head")
    assert wrong(desk) == []
    assert wrong(desk, witness) == [theirs]


def test_between_two_witnesses_it_is_known_where(
    desk: Desk, proposals: list[str], key: signing.SigningKey, rewrite: Rewrite
) -> None:
    with desk.database.writing("test") as conn:
        older = heads.newest(conn, key)
    other = desk.send(desk.edited(tiny.lot_key("22504", 6, 2), tenDoiTuong="Chợ"))
    with desk.database.writing("test") as conn:
        newer = heads.newest(conn, key)
    assert older is not None
    assert newer is not None
    rewrite("UPDATE hub.audit SET actor = 'khác' WHERE proposal = %s AND position = 2", other.proposal)
    hashed_anew(desk, rewrite)
    told = wrong(desk, Witness(newer, "máy xã"), Witness(older, "máy xã"))[-1]
    assert told.endswith(
        f"written anew since the witness of entry {older.id} still agrees, among entry 1 of proposal {other.proposal},"
        f" entry 2 of proposal {other.proposal}"
    )


@pytest.mark.parametrize(
    "forged", [{"running": "0" * 64}, {"id": 10_000}, {"at": "2020-01-01T00:00:00Z"}, {"signature": "0" * 128}]
)
def test_a_forged_witness(desk: Desk, witness: Witness, forged: dict[str, Any]) -> None:
    (told,) = wrong(desk, replace(witness, head=replace(witness.head, **forged)))
    assert told.endswith("its signature is forged")


def test_a_witness_by_another_key(desk: Desk, witness: Witness, tmp_path: Path) -> None:
    other = signing.make(tmp_path / "other")
    head = replace(witness.head, key=other.public, running="0" * 64)
    (told,) = wrong(desk, Witness(replace(head, signature=other.sign(head.signed)), "giả"))
    assert told.endswith("it is signed with a key that isn't the hub's")


def test_a_revision_that_was_made_anew(desk: Desk, witness: Witness, rewrite: Rewrite) -> None:
    rewrite("UPDATE hub.revision SET id = gen_random_uuid() WHERE number = %s", witness.head.revision)
    assert [re.sub("of .* is", "is", line) for line in wrong(desk, witness)][-1] == (
        f"witness may-1.json: revision {witness.head.revision} is gone or another one"
    )


def test_an_older_hub_gets_its_order_once(desk: Desk, proposals: list[str]) -> None:
    with psycopg.connect(desk.conninfo) as conn:
        before = conn.execute("SELECT array_agg(running ORDER BY id) FROM hub.audit").fetchone()
        conn.execute("ALTER TABLE hub.audit DROP COLUMN running; DROP TABLE hub.audit_head, hub.audit_key")
        conn.execute(STEP.read_bytes())
        assert conn.execute("SELECT array_agg(running ORDER BY id) FROM hub.audit").fetchone() == before
    with desk.administrating() as conn:
        application_role.follow(conn)
    desk.send(desk.edited(tiny.lot_key("22504", 6, 2), tenDoiTuong="Chợ"))
    assert wrong(desk) == []


class TestTheKey:
    def test_its_file_is_its_owners_alone(self, key: signing.SigningKey, tmp_path: Path) -> None:
        assert stat.S_IMODE((tmp_path / "state" / signing.FILE).stat().st_mode) == 0o600

    def test_it_stays(self, desk: Desk, key: signing.SigningKey, tmp_path: Path) -> None:
        with desk.database.writing("test") as conn:
            again = signing.ready(conn, tmp_path / "state")
        assert again is not None
        assert again.public == key.public

    def test_without_it_nothing_is_signed_until_another_is_wanted(
        self,
        desk: Desk,
        key: signing.SigningKey,
        proposals: list[str],
        tmp_path: Path,
        command: Command,  # noqa: F811
    ) -> None:
        (tmp_path / "state" / signing.FILE).rename(tmp_path / "gone")
        with desk.database.writing("test") as conn:
            assert signing.ready(conn, tmp_path / "state") is None
            assert heads.newest(conn, None) is None  # of what is new since
        assert "isn't at" in command("doctor").stdout
        assert command("audit", "key").exit_code == 1
        assert command("audit", "key", "renew").exit_code == 1  # nobody is there to endorse another
        replaced = command("audit", "key", "lost", "--reason", "Máy chủ hỏng")
        assert replaced.exit_code == 0, replaced.output
        assert replaced.stdout.splitlines()[0] != key.public
        assert command("doctor").exit_code == 0

    def test_everybody_who_is_signed_in_may_see_the_public_one(self, hub: TestClient, tmp_path: Path) -> None:
        answer = hub.get(f"{API}/audit/key", headers=sign_in(hub, "dailanh.kt")).json()
        made = signing.load(tmp_path / "state")
        assert made is not None
        assert answer == {"key": made.public, "keys": [made.public], "changes": []}


def test_a_head_is_told_with_what_is_asked_for(hub: TestClient, desk: Desk) -> None:
    headers = sign_in(hub, "dailanh.kt")
    fresh = hub.get(f"{API}/audit/heads", headers=headers).json()
    assert (fresh["running"], fresh["restored_at"]) == ({}, None)
    desk.send(desk.edited(tiny.lot_key("22504", 6, 2), tenDoiTuong="Chợ"))
    first = hub.get(f"{API}/audit/heads", headers=headers).json()["head"]
    assert SignedHead.from_json(first).is_genuine
    assert first["id"] == fresh["head"]["id"] + 2
    desk.send(desk.edited(tiny.lot_key("22504", 8, 2), tenDoiTuong="Chợ"))
    told = hub.get(f"{API}/audit/heads?id={first['id']}&id=999", headers=headers).json()
    assert told["running"] == {str(first["id"]): first["running"]}
    assert told["head"]["id"] == first["id"] + 2


def test_who_may_see_a_proposal_may_see_its_chain(hub: TestClient, desk: Desk) -> None:
    version = desk.send(desk.edited(tiny.lot_key("22504", 6, 2), tenDoiTuong="Chợ"))
    path = f"{API}/proposals/{version.proposal}/audit"
    entries = hub.get(path, headers=sign_in(hub, "soxd.tham")).json()["entries"]
    assert [entry["action"] for entry in entries] == ["submit", "sign_off"]
    assert [entry_hash(entry) for entry in entries] == [entry["hash"] for entry in entries]
    assert hub.get(path, headers=sign_in(hub, "vanthang.kt")).status_code == 404


class TestExport:
    @pytest.fixture
    def file(self, desk: Desk, proposals: list[str], key: signing.SigningKey, tmp_path: Path, command: Command) -> Path:  # noqa: F811
        path = tmp_path / "ho-so.jsonl"
        done = command("audit", "export", str(path), "--proposal", proposals[0])
        assert (done.exit_code, done.stdout) == (0, f"3 entries are in {path}.\n"), done.output
        return path

    def test_it_checks_without_a_database(self, file: Path, key: signing.SigningKey, command: Command) -> None:  # noqa: F811
        assert audit_check.check(file.read_bytes()) == []
        done = command("audit", "check", str(file), "--key", key.public, database="host=/nowhere")
        assert done.exit_code == 0, done.output
        assert command("audit", "check", str(file), "--key", "0" * 64).exit_code == 1

    def test_it_has_versions_and_decisions_and_of_others_the_hashes_alone(self, file: Path, proposals: list[str]) -> None:
        lines = [json.loads(line) for line in file.read_bytes().splitlines()]
        assert [line.get("action") for line in lines if "hash" in line] == ["submit", None, "sign_off", None, "open", None]
        (about,) = [line for line in lines if "about" in line]
        assert (about["about"], [v["number"] for v in about["versions"]]) == (proposals[0], [1])
        assert [step["step"] for step in about["steps"]] == ["submit", "sign_off", "open"]
        assert proposals[1] not in file.read_text("utf-8")

    @pytest.mark.parametrize("number", range(8))
    def test_whatever_is_changed_in_it_is_found(self, file: Path, number: int) -> None:
        lines = file.read_bytes().splitlines(keepends=True)
        changed = lines[number].replace(b'"id":', b'"id" :') if number < 7 else lines[number].replace(b"2", b"3")
        assert changed != lines[number]
        assert audit_check.check(b"".join([*lines[:number], changed, *lines[number + 1 :]])) != []
        assert audit_check.check(b"".join([*lines[:number], *lines[number + 1 :]])) != [] if number else True

    def test_signed_anew_with_another_key_its_entries_still_have_to_lead_to_the_head(self, file: Path) -> None:
        lines = file.read_bytes().splitlines(keepends=True)
        told = audit_check.check(b"".join([lines[0], *lines[2:]]))
        assert any("don't lead to the signed head" in line for line in told)

    def test_it_checks_by_hand_as_the_manual_says(self, file: Path, key: signing.SigningKey, tmp_path: Path) -> None:
        manual = (Path(__file__).parents[2] / "docs" / "audit.md").read_text("utf-8")
        blocks = re.findall(r"(?:^    .*\n|^\n)+", manual, flags=re.MULTILINE)
        shell = next(textwrap.dedent(block) for block in blocks if "openssl" in block)
        python = next(textwrap.dedent(block) for block in blocks if "hashlib" in block)
        (tmp_path / "key.pem").write_text(key.public_pem, "ascii")
        for command_line in (["sh", "-e"], [sys.executable, "-"]):
            text = shell if command_line[0] == "sh" else python
            done = subprocess.run(command_line, input=text, cwd=tmp_path, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
        file.write_bytes(file.read_bytes().replace(b"soxd.tham", b"soxd.khac"))
        for command_line, text in ((["sh", "-e"], shell), ([sys.executable, "-"], python)):
            assert subprocess.run(command_line, input=text, cwd=tmp_path, capture_output=True, text=True, check=False).returncode

    def test_as_a_witness_it_names_the_entry(
        self,
        desk: Desk,
        file: Path,
        proposals: list[str],
        rewrite: Rewrite,
        command: Command,  # noqa: F811
    ) -> None:
        assert command("audit", "verify", "--witness", str(file)).stdout == "The audit is whole.\n"
        rewrite("UPDATE hub.audit SET actor = 'khác' WHERE proposal = %s AND position = 3", proposals[0])
        hashed_anew(desk, rewrite)
        rewrite("DELETE FROM hub.audit_head")
        assert command("audit", "verify").exit_code == 0
        done = command("audit", "verify", "--witness", str(file))
        assert f"witness {file.name}: entry 3 of proposal {proposals[0]} was written anew" in done.stdout
        assert f"entry 2 of proposal {proposals[0]} was" not in done.stdout

    def test_as_an_altered_witness_it_accuses_nobody(self, file: Path, command: Command) -> None:  # noqa: F811
        lines = file.read_bytes().splitlines(keepends=True)
        entry = json.loads(lines[2])
        file.write_bytes(b"".join([*lines[:2], json.dumps({**entry, "hash": "0" * 64}).encode() + b"\n", *lines[3:]]))
        done = command("audit", "verify", "--witness", str(file))
        assert (done.exit_code, "was altered" in done.stderr, done.stdout) == (1, True, ""), done.output

    @pytest.mark.parametrize("end_of_line", ["\u2028", "\u2029", "\x85", "\x0b"])
    def test_whatever_was_said_it_is_a_witness(
        self,
        desk: Desk,
        proposals: list[str],
        key: signing.SigningKey,
        tmp_path: Path,
        command: Command,  # noqa: F811
        end_of_line: str,
    ) -> None:
        version = desk.send(desk.edited(tiny.lot_key("22504", 6, 2), tenDoiTuong="x"), title=f"Điều chỉnh{end_of_line}cục bộ")
        path = tmp_path / "x.jsonl"
        assert command("audit", "export", str(path), "--proposal", version.proposal).exit_code == 0
        assert audit_check.check(path.read_bytes()) == []
        done = command("audit", "verify", "--witness", str(path))
        assert done.stdout == "The audit is whole.\n", done.output

    def test_of_what_was_signed_before_the_key_was_renewed(
        self,
        desk: Desk,
        proposals: list[str],
        witness: Witness,
        tmp_path: Path,
        command: Command,  # noqa: F811
    ) -> None:
        path = tmp_path / "x.jsonl"
        renewed = command("audit", "key", "renew").stdout.split()[0]
        assert command("audit", "export", str(path), "--proposal", proposals[0]).exit_code == 0
        done = command("audit", "check", str(path), "--key", renewed)
        assert done.exit_code == 0, done.output
        assert command("audit", "verify", "--witness", str(path)).stdout == "The audit is whole.\n"

    def test_what_an_account_may_not_see_stays_hashed(
        self,
        desk: Desk,
        proposals: list[str],
        tmp_path: Path,
        command: Command,  # noqa: F811
    ) -> None:
        path = tmp_path / "x.jsonl"
        done = command("audit", "export", str(path), "--account", "vanthang.kt")
        assert done.stdout == f"0 entries are in {path}.\n", done.output
        assert audit_check.check(path.read_bytes()) == []
        assert "dailanh" not in path.read_text("utf-8")

    def test_of_days(self, desk: Desk, proposals: list[str], tmp_path: Path, command: Command) -> None:  # noqa: F811
        path = tmp_path / "x.jsonl"
        told = command("audit", "export", str(path), "--from", "2020-01-01").stdout
        assert int(told.split()[0]) >= 6
        assert command("audit", "export", str(path), "--to", "2020-01-01").exit_code == 1
        assert "Invalid value for '--proposal'" in command("audit", "export", str(path), "--proposal", "0f8c").output


def test_a_restore_is_announced(hub: TestClient, desk: Desk, command: Command) -> None:  # noqa: F811
    assert command("audit", "restored", "Bản sao lưu ngày 1/11").exit_code == 0
    told = hub.get(f"{API}/audit/heads", headers=sign_in(hub, "dailanh.kt")).json()
    assert told["restored_at"] is not None
    assert told["head"] is not None
    assert wrong(desk) == []


def test_a_file_that_is_no_witness_is_told(command: Command, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "x.json"
    for content in (b"", b"[]", b"{", b"\xff", b'{"a": 1}', b"[1]", b"[" * 100_000):
        path.write_bytes(content)
        done = command("audit", "verify", "--witness", str(path))
        assert (done.exit_code, "holds no head" in done.stderr) == (1, True), done.output
