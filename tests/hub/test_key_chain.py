"""The hub's signing keys follow one another: by endorsement, or by a loss that is recorded; whatever else is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from commune_planning_plugin.core.key_chain import KeyChange
from province_hub import audit, audit_check, audit_proof, heads, key_chain, signing
from province_hub.audit_proof import Witness
from province_hub.signing import SigningKey
from tests.hub import tiny
from tests.hub.test_cli import Command, command  # noqa: F401
from tests.hub.workflow import Desk, make_desk  # noqa: F401

Sign = Callable[[SigningKey], Witness]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture(name="key")
def first_key(desk: Desk, state: Path) -> SigningKey:
    with desk.database.writing("test") as conn:
        made = signing.ready(conn, state)
    assert made is not None
    return made


@pytest.fixture
def sign(desk: Desk) -> Sign:
    """Something happens, and a desk is given the head of it."""
    places = iter(range(9))

    def done(key: SigningKey) -> Witness:
        desk.submit(desk.version(desk.edited(tiny.lot_key("22504", next(places), 2), tenDoiTuong="Công viên")))
        with desk.database.writing("test") as conn:
            head = heads.newest(conn, key)
        assert head is not None
        return Witness(head, "may-1.json")

    return done


def wrong(desk: Desk, *witnesses: Witness) -> list[str]:
    with desk.database.reading() as conn:
        return audit_proof.verify(conn, witnesses)


def renewed(desk: Desk, state: Path) -> SigningKey:
    with desk.database.writing("test") as conn:
        made = key_chain.renew(conn, state, "quantri")
    signing.take_up(state)
    return made


def taken_over(desk: Desk, change: KeyChange, action: str = key_chain.RENEWED) -> None:
    """An intruder with all rights writes a key into the hub, with a story."""
    with psycopg.connect(desk.conninfo) as conn:
        conn.execute("INSERT INTO hub.audit_key (public_key) VALUES (%s)", (change.key,))
    with desk.database.writing("test") as conn:
        audit.append(conn, heads.hub_id(conn), "quantri", action, change.to_json())


def statement(desk: Desk, former: str, key: str) -> KeyChange:
    with desk.database.reading() as conn:
        return KeyChange(heads.hub_id(conn), former, key, "2026-01-01T00:00:00Z")


def test_renewed_twice_all_heads_are_the_hubs(desk: Desk, key: SigningKey, state: Path, sign: Sign):
    kept = [sign(key)]
    for _ in range(2):
        made = renewed(desk, state)
        kept.append(sign(made))
    assert len({witness.head.key for witness in kept}) == 3
    assert wrong(desk, *kept) == []
    loaded = signing.load(state)
    assert loaded is not None
    assert loaded.public == made.public


def test_the_former_key_signs_nothing_any_more(desk: Desk, key: SigningKey, state: Path, sign: Sign):
    sign(key)
    renewed(desk, state)
    with desk.database.writing("test") as conn:
        assert heads.newest(conn, key) is None


def test_a_forged_endorsement(desk: Desk, key: SigningKey, tmp_path: Path, sign: Sign):
    sign(key)
    other = signing.make(tmp_path / "other")
    taken_over(desk, replace(statement(desk, key.public, other.public), signature="0" * 128))
    assert [line for line in wrong(desk) if line.endswith("is forged")] != []


def test_an_endorsement_of_something_else(desk: Desk, key: SigningKey, state: Path, tmp_path: Path, sign: Sign):
    """The signature is the former key's own, but over another key."""
    sign(key)
    other, third = signing.make(tmp_path / "other"), signing.make(tmp_path / "third")
    about_other = statement(desk, key.public, other.public)
    taken_over(desk, replace(about_other, key=third.public, signature=key.sign(about_other.signed)))
    assert [line for line in wrong(desk) if line.endswith("is forged")] != []


def test_an_endorsement_by_an_unrelated_key(desk: Desk, key: SigningKey, tmp_path: Path, sign: Sign):
    sign(key)
    stranger, other = signing.make(tmp_path / "stranger"), signing.make(tmp_path / "other")
    said = statement(desk, stranger.public, other.public)
    taken_over(desk, replace(said, signature=stranger.sign(said.signed)))
    (told,) = wrong(desk)
    assert f"was endorsed by key {stranger.public[:12]}, but the hub's key was {key.public[:12]}" in told


def test_an_endorsement_by_a_key_that_was_replaced(desk: Desk, key: SigningKey, state: Path, tmp_path: Path, sign: Sign):
    """Who has stolen a former key can't put another after it."""
    sign(key)
    present, other = renewed(desk, state), signing.make(tmp_path / "other")
    said = statement(desk, key.public, other.public)
    taken_over(desk, replace(said, signature=key.sign(said.signed)))
    (told,) = wrong(desk)
    assert f"but the hub's key was {present.public[:12]} then" in told


def test_a_key_without_endorsement(desk: Desk, key: SigningKey, tmp_path: Path, sign: Sign):
    sign(key)
    other = signing.make(tmp_path / "other")
    with psycopg.connect(desk.conninfo) as conn:
        conn.execute("INSERT INTO hub.audit_key (public_key) VALUES (%s)", (other.public,))
    sign(other)
    (told,) = wrong(desk)
    assert f"key {other.public[:12]} took the place of {key.public[:12]} without its endorsement" in told


def test_a_loss_is_no_fault_and_is_told(desk: Desk, key: SigningKey, state: Path, sign: Sign, command: Command):  # noqa: F811
    before = sign(key)
    (state / signing.FILE).unlink()
    assert command("audit", "key", "renew").exit_code == 1
    assert command("audit", "key", "lost", "--reason", "  ").exit_code == 1
    assert command("audit", "key", "lost", "--reason", "Máy chủ hỏng").exit_code == 0
    made = signing.load(state)
    assert made is not None
    assert wrong(desk, before, sign(made)) == []
    told = command("audit", "verify").stdout.splitlines()
    assert told[0].startswith("Note: key ")
    assert told[0].endswith("Máy chủ hỏng")
    assert told[1] == "The audit is whole."


def test_whoever_has_the_lost_key_signs_nothing_after(desk: Desk, key: SigningKey, state: Path, sign: Sign):
    sign(key)
    with desk.database.writing("test") as conn:
        key_chain.replace_lost(conn, state, "quantri", "bị lộ")
    with psycopg.connect(desk.conninfo) as conn:
        conn.execute("ALTER TABLE hub.audit_key DISABLE TRIGGER append_only")
        conn.execute("UPDATE hub.audit_key SET since = now() + interval '1 hour' WHERE public_key = %s", (key.public,))
        conn.execute("ALTER TABLE hub.audit_key ENABLE ALWAYS TRIGGER append_only")
    sign(key)
    assert any("which was lost by then" in line for line in wrong(desk))


def test_a_key_that_was_taken_up_without_a_word_can_be_owned_up_to(desk: Desk, key: SigningKey, state: Path, sign: Sign):
    sign(key)
    (state / signing.FILE).unlink()
    other = signing.make(state)
    with desk.database.writing("test") as conn:
        signing.add(conn, other.public)
    assert len(wrong(desk)) == 1
    with desk.database.writing("test") as conn:
        assert key_chain.replace_lost(conn, state, "quantri", "thay khoá trước đây").public == other.public
    assert wrong(desk) == []


def test_a_renewal_that_was_interrupted_is_finished(desk: Desk, key: SigningKey, state: Path):
    """Before the commit it never was; after it the next start takes the key up."""
    with desk.database.writing("test") as conn:
        key_chain.renew(conn, state, "quantri")
        conn.rollback()
    with desk.database.writing("test") as conn:
        again = signing.ready(conn, state)
        assert again is not None
        assert again.public == key.public
    with desk.database.writing("test") as conn:
        made = key_chain.renew(conn, state, "quantri")
    with desk.database.writing("test") as conn:
        again = signing.ready(conn, state)
        assert again is not None
        assert again.public == made.public
    assert wrong(desk) == []


def test_an_export_is_checked_with_a_key_of_before(
    desk: Desk,
    key: SigningKey,
    state: Path,
    sign: Sign,
    command: Command,  # noqa: F811
    tmp_path: Path,
):
    sign(key)
    renewed(desk, state)
    path = tmp_path / "x.jsonl"
    assert command("audit", "export", str(path)).exit_code == 0
    assert audit_check.check(path.read_bytes()) == []
    done = command("audit", "check", str(path), "--key", key.public, database="host=/nowhere")
    assert (done.exit_code, "endorsed by it" in done.stdout) == (0, True), done.output
    assert command("audit", "check", str(path), "--key", "0" * 64).exit_code == 1
    lines = path.read_bytes().splitlines(keepends=True)
    first = json.loads(lines[0])
    first["keys"][0]["signature"] = "0" * 128
    forged = json.dumps(first, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    assert audit_check.followed(b"".join([forged, *lines[1:]]), key.public) is None
