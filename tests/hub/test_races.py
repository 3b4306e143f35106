"""Two things at the same moment, over real connections to a real server: one of the allowed outcomes, never half, never double."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier
from typing import Any

import httpx
import psycopg
import pytest

from commune_planning_plugin.core.proposal import Version
from province_hub import accounts
from province_hub.app import API
from province_hub.database import Database
from tests.hub import tiny
from tests.hub.api_fixtures import HubServer, sign_in
from tests.hub.test_concurrency import APPROVALS, _held, _wait_for_lock
from tests.hub.test_dependent import two
from tests.hub.test_linked import LOT, pair
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

ROUNDS = 5
"""Of each race that has no fixed order."""

pytestmark = pytest.mark.usefixtures("whole_log")


class People:
    """Everybody at a browser of their own."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=60)
        self._known: dict[str, dict[str, str]] = {}

    def headers(self, name: str) -> dict[str, str]:
        if name not in self._known:
            self._known[name] = sign_in(self.http, name)
        return self._known[name]

    def step(self, name: str, version: Version, step: str, **given: Any) -> httpx.Response:
        body = {"request": str(uuid.uuid4()), "version": version.number, "reason": "Vì", **given}
        return self.http.post(f"{API}/proposals/{version.proposal}/{step}", json=body, headers=self.headers(name))

    def approval(self, version: Version, name: str = "soxd.duyet") -> Callable[[], httpx.Response]:
        """Of what there is to be seen now."""
        seen = self.http.get(f"{API}/proposals/{version.proposal}", headers=self.headers(name)).json()["result_hash"]
        return lambda: self.step(name, version, "approve", result_hash=seen)

    def submission(self, version: Version, name: str = "dailanh.kt") -> Callable[[], httpx.Response]:
        path, headers = f"{API}/proposals/{version.proposal}/versions/{version.number}", self.headers(name)
        return lambda: self.http.put(path, json=version.to_json(), headers=headers)


@pytest.fixture
def people(hub_server: HubServer) -> Iterator[People]:
    made = People(hub_server.url)
    yield made
    made.http.close()


def together(*calls: Callable[[], Any]) -> list[Any]:
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait(10)
        return call()

    with ThreadPoolExecutor(len(calls)) as many:
        return list(many.map(run, calls))


def told(answer: httpx.Response) -> str:
    """The state that a step led to, or the code of its refusal."""
    return str(answer.json()["state"] if answer.status_code == 200 else answer.json()["code"])


def state(desk: Desk, version: Version) -> str:
    return str(desk.detail("dailanh.kt", version)["state"])


def revisions_of(database: Database, version: Version) -> int:
    """How many revisions name the proposal."""
    with database.reading() as conn:
        row = conn.execute("SELECT count(*) AS n FROM hub.revision WHERE proposal = %s", (version.proposal,)).fetchone()
    return int(row["n"]) if row else 0


@contextmanager
def while_it_waits(database: Database, call: Callable[[], Any], lock: str = APPROVALS) -> Iterator[Future[Any]]:
    """``call`` has begun, and waits for its turn until the block is left."""
    with psycopg.connect(database.conninfo) as other, ThreadPoolExecutor(1) as one:
        holder = _held(other, lock)
        result = one.submit(call)
        try:
            _wait_for_lock(database, holder)
            yield result
        finally:
            other.execute("SELECT pg_advisory_unlock_all()")
        result.result(30)


def test_an_approval_against_a_direct_edit_of_the_same_feature(people: People, desk: Desk, database: Database) -> None:
    """Whoever comes second meets the other's value: the approval as a conflict, the edit as what it writes over."""
    for column in range(ROUNDS):
        lot = tiny.lot_key("22504", column, 2)
        version = desk.send(desk.edited(lot, tenDoiTuong="hồ sơ"))
        edit = desk.edited(lot, tenDoiTuong="SQL", ghiChu="SQL")
        answer, _ = together(people.approval(version), lambda e=edit: desk.direct([e]))
        row = desk.row(lot) or {}
        assert (row["tenDoiTuong"], row["ghiChu"]) == ("SQL", "SQL")
        assert told(answer) in ("approved", "proposal.conflict", "changed_since_seen")
        assert revisions_of(database, version) == (answer.status_code == 200)
        assert state(desk, version) == ("approved" if answer.status_code == 200 else "submitted")


def test_an_approval_against_a_direct_deletion_of_the_same_feature(people: People, desk: Desk, database: Database) -> None:
    for column in range(ROUNDS):
        lot = tiny.lot_key("22504", column, 2)
        version = desk.send(desk.edited(lot, tenDoiTuong="hồ sơ"))
        deletion = desk.deleted(lot)
        answer, _ = together(people.approval(version), lambda d=deletion: desk.direct([d]))
        assert desk.row(lot) is None
        assert told(answer) in ("approved", "proposal.conflict", "changed_since_seen")
        assert revisions_of(database, version) == (answer.status_code == 200)


@pytest.mark.parametrize(("name", "step", "ends"), [("soxd.tham", "return", "returned"), ("dailanh.kt", "withdraw", "withdrawn")])
def test_an_approval_against_what_takes_the_proposal_away(
    people: People, desk: Desk, database: Database, name: str, step: str, ends: str
) -> None:
    for column in range(ROUNDS):
        lot = tiny.lot_key("22504", column, 3)
        version = desk.send(desk.edited(lot, tenDoiTuong="hồ sơ"))
        approved, taken = together(people.approval(version), lambda v=version: people.step(name, v, step))
        assert sorted((told(approved), told(taken))) in (["approved", "proposal.state"], ["proposal.state", ends])
        written = (desk.row(lot) or {})["tenDoiTuong"] == "hồ sơ"
        assert (written, revisions_of(database, version)) == (told(approved) == "approved", told(approved) == "approved")
        assert state(desk, version) == ("approved" if written else ends)


def test_linked_proposals_agreed_on_at_the_same_time(people: People, desk: Desk, database: Database) -> None:
    """The first is agreed on, the second applies both: in one revision, whichever is which."""
    one, other = pair(desk)
    before = len(desk.rows())
    answers = together(people.approval(one), people.approval(other))
    assert sorted(map(told, answers)) == ["agreed", "approved"]
    assert {state(desk, version) for version in (one, other)} == {"approved"}
    assert ((desk.row(LOT) or {})["tenDoiTuong"], len(desk.rows())) == ("một", before + 1)
    summaries = {item["revision"] for item in desk.listed("dailanh.kt")}
    assert len(summaries) == 1


def test_the_last_of_linked_approvals_against_the_others_return(people: People, desk: Desk, database: Database) -> None:
    """Agreed on and then returned: the last approval applies both, or is agreed on alone and waits."""
    one, other = pair(desk)
    assert told(people.approval(one)()) == "agreed"
    approved, returned = together(people.approval(other), lambda: people.step("soxd.tham", one, "return"))
    both = {state(desk, version) for version in (one, other)}
    if told(approved) == "approved":
        assert (both, told(returned)) == ({"approved"}, "proposal.state")
    else:
        assert (told(approved), told(returned)) == ("agreed", "returned")
        assert both <= {"agreed", "in_review", "returned"}
        assert (desk.row(LOT) or {})["tenDoiTuong"] != "một"


def test_the_same_linked_approval_twice_while_the_other_is_agreed_on(people: People, desk: Desk, database: Database) -> None:
    one, other = pair(desk)
    assert told(people.approval(one)()) == "agreed"
    answers = together(people.approval(other), people.approval(other))
    assert sorted(map(told, answers)) == ["approved", "proposal.state"]
    assert revisions_of(database, other) + revisions_of(database, one) == 1


def test_dependent_proposals_approved_at_the_same_time(people: People, desk: Desk, database: Database) -> None:
    """The second is applied after the first, or waits for it; never the other way round."""
    first, second = two(desk)
    below, above = together(people.approval(first), people.approval(second))
    assert told(below) == "approved"
    assert told(above) in ("approved", "proposal.depends")
    if told(above) == "proposal.depends":
        assert (desk.row(LOT) or {})["tenDoiTuong"] == "một"
        assert told(people.approval(second)()) == "approved"
    assert (desk.row(LOT) or {})["tenDoiTuong"] == "hai"
    assert revisions_of(database, first) == revisions_of(database, second) == 1


def test_a_new_lot_that_a_copied_file_sends_too(people: People, desk: Desk, database: Database) -> None:
    """The same key and birth in two proposals, at the same time: one feature, and nobody writes over it unseen."""
    for column in range(ROUNDS):
        drawn = desk.inserted(tiny.square(600_000 + 150 * column, 1_401_500), tenDoiTuong="gốc")
        elsewhere = replace(drawn, new={**(drawn.new or {}), "tenDoiTuong": "bản sao"})
        versions = [desk.version(drawn), desk.version(elsewhere)]
        sent = together(*(people.submission(version) for version in versions))
        assert [answer.json()["rekeyed"] for answer in sent] == [{}, {}]
        for version in versions:
            assert told(people.step("dailanh.ct", version, "sign_off")) == "submitted"
        before = len(desk.rows())
        answers = together(*(people.approval(version) for version in versions))
        assert sorted(map(told, answers)) == ["approved", "changed_since_seen"]
        approved = versions[0] if told(answers[0]) == "approved" else versions[1]
        assert len(desk.rows()) == before + 1
        assert (desk.row(drawn.key) or {})["tenDoiTuong"] == (approved.changes[0].new or {})["tenDoiTuong"]
        assert [revisions_of(database, version) for version in versions] == [v is approved for v in versions]
        assert told(people.approval(versions[versions[0] is approved])()) == "approved"  # of what is to be seen by now


def test_a_new_lot_that_a_copied_file_sends_unchanged(people: People, desk: Desk, database: Database) -> None:
    drawn = desk.inserted(tiny.square(600_000, 1_401_500), tenDoiTuong="gốc")
    versions = [desk.send(drawn), desk.send(drawn)]
    before = len(desk.rows())
    answers = together(*(people.approval(version) for version in versions))
    assert len(desk.rows()) == before + 1
    assert "approved" in map(told, answers)
    assert {told(answer) for answer in answers} <= {"approved", "changed_since_seen", "proposal.conflict"}
    assert sum(revisions_of(database, version) for version in versions) == 1


def test_an_account_that_is_shut_while_its_approval_waits_decides_nothing(
    people: People, desk: Desk, database: Database, owned: Database
) -> None:
    version = desk.send(desk.edited(LOT, tenDoiTuong="hồ sơ"))
    with while_it_waits(database, people.approval(version)) as waiting, owned.writing("admin") as conn:
        accounts.disable(conn, "soxd.duyet")
    assert (waiting.result().status_code, told(waiting.result())) == (401, "auth.disabled")
    assert (state(desk, version), revisions_of(database, version)) == ("submitted", 0)


def test_who_signs_out_while_an_approval_waits_decides_nothing(people: People, desk: Desk, database: Database) -> None:
    """A computer that was left or lost: its sessions end at once, what they have begun included."""
    version = desk.send(desk.edited(LOT, tenDoiTuong="hồ sơ"))
    with while_it_waits(database, people.approval(version)) as waiting:
        assert people.http.delete(f"{API}/sessions/current", headers=people.headers("soxd.duyet")).status_code == 204
    assert (waiting.result().status_code, told(waiting.result())) == (401, "auth.revoked")
    assert (state(desk, version), revisions_of(database, version)) == ("submitted", 0)


def test_an_account_that_is_shut_during_its_approval(people: People, desk: Desk, database: Database, owned: Database) -> None:
    """Approved before it was shut, or not at all."""
    version = desk.send(desk.edited(LOT, tenDoiTuong="hồ sơ"))

    def shut() -> None:
        with owned.writing("admin") as conn:
            accounts.disable(conn, "soxd.duyet")

    answer, _ = together(people.approval(version), shut)
    assert told(answer) in ("approved", "auth.disabled", "auth.revoked")
    with database.reading() as conn:
        row = conn.execute(
            "SELECT count(*) AS n FROM hub.proposal_step s JOIN hub.account a ON a.id = s.actor"
            " WHERE s.step = 'approve' AND s.at > a.disabled_at"
        ).fetchone()
    assert row == {"n": 0}
    assert revisions_of(database, version) == (told(answer) == "approved")


def test_a_right_that_is_taken_away_while_an_approval_waits(
    people: People, desk: Desk, database: Database, owned: Database
) -> None:
    version = desk.send(desk.edited(LOT, tenDoiTuong="hồ sơ"))
    with while_it_waits(database, people.approval(version)) as waiting, owned.writing("admin") as conn:
        accounts.set_roles(conn, "soxd.duyet", accounts.parse_roles(["observer"]))
    assert (waiting.result().status_code, told(waiting.result())) == (403, "rights.missing")
    assert (state(desk, version), revisions_of(database, version)) == ("submitted", 0)


@pytest.mark.parametrize(("role", "code"), [("technician:22516", "rights.territory"), ("observer", "rights.missing")])
def test_a_commune_that_is_taken_away_while_a_version_is_sent(
    people: People, desk: Desk, database: Database, owned: Database, role: str, code: str
) -> None:
    version = desk.version(desk.edited(LOT, tenDoiTuong="hồ sơ"))
    sending, lock = people.submission(version), f"proposal:{version.proposal}"
    with while_it_waits(database, sending, lock) as waiting, owned.writing("admin") as conn:
        accounts.set_roles(conn, "dailanh.kt", accounts.parse_roles([role]))
    assert (waiting.result().status_code, told(waiting.result())) == (403, code)
    with database.reading() as conn:
        assert conn.execute("SELECT 1 FROM hub.proposal").fetchone() is None
