"""The past, read from tables and log as they are: against the whole log replayed the long way."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from typing import Any, Optional

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.conninfo import make_conninfo
from starlette.testclient import TestClient

from commune_planning_plugin.core.decision import Figures, Scope
from commune_planning_plugin.core.legal_time import FeatureVersion, in_force, legal_start
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.schema import Values
from province_hub import as_of
from province_hub.app import API
from province_hub.area import area_of
from province_hub.as_of import COUNTRY, Moment, Place
from province_hub.database import Database
from province_hub.layer_tables import logged_row
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.conftest import _administrate
from tests.hub.office import Office, make_office  # noqa: F401
from tests.hub.workflow import Desk, make_desk  # noqa: F401

TODAY = datetime.now(COUNTRY).date()
KEYS = [tiny.lot_key("22504", column, 0) for column in range(3)]
DAYS = st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))
EDITS = st.tuples(st.sampled_from(["direct", "proposal"]), st.sampled_from([0, 1, 2]), st.sampled_from(["edit", "renew"]))
ENDS = st.one_of(st.none(), DAYS)
STEPS = st.one_of(
    st.tuples(EDITS, ENDS, ENDS), st.tuples(st.just("effect"), st.integers(0, 5), DAYS), st.tuples(st.just("hide"), DAYS)
)


def read(database: Database, at: Moment, cleared: bool = True, plan: Optional[str] = None) -> dict[str, Values]:
    with database.reading() as conn:
        place = Place(area_of(conn, "22504"), cleared, plan)
        layer = Desk(database, database.conninfo).lots
        return dict(as_of.features(conn, layer, place, at))


class Reference:
    """Replays the whole log for each question, as the definition reads."""

    def __init__(self, office: Office) -> None:
        self.layer = office.desk.lots
        with office.database.reading() as conn:
            self.entries = conn.execute(
                "SELECT r.number, r.at, c.key::text, c.new, ST_AsBinary(c.new_geom, 'NDR') AS shape,"
                " ST_Intersects(c.new_geom, (SELECT area FROM hub.commune WHERE code = '22504')) AS inside"
                " FROM hub.change_log c JOIN hub.revision r USING (transaction) WHERE c.layer = %s ORDER BY r.number, c.id",
                (self.layer.id,),
            ).fetchall()
            self.proposals = {
                row["revision"]: row["id"]
                for row in conn.execute("SELECT revision, id::text FROM hub.proposal WHERE revision IS NOT NULL")
            }
            self.effects = conn.execute(
                "SELECT e.revision, e.wrote, d.proposal::text, d.effective FROM hub.decision_effect e"
                " JOIN hub.decision d ON d.id = e.decision ORDER BY e.made_at"
            ).fetchall()

    def known(self, at: Moment) -> dict[str, Values]:
        found: dict[str, Any] = {}
        for entry in self.entries:
            if entry["number"] <= at.revision:
                found[entry["key"]] = entry
        return self.shown({key: logged_row(self.layer, e["new"], e["shape"]) for key, e in found.items() if e["inside"]})

    def in_force(self, at: Moment) -> dict[str, Values]:
        assert at.on is not None
        effective = {each["proposal"]: each["effective"] for each in self.effects if each["revision"] <= at.revision}
        silent = {each["revision"] for each in self.effects if each["wrote"]}
        versions: dict[str, dict[int, tuple[FeatureVersion, bool]]] = {}
        for entry in self.entries:
            if entry["number"] > at.revision or entry["number"] in silent:
                continue
            proposal = self.proposals.get(entry["number"])
            row = logged_row(self.layer, entry["new"], entry["shape"])
            day = entry["at"].astimezone(COUNTRY).date()
            start = legal_start(proposal is not None, effective.get(proposal or ""), row, day)
            if row is not None and proposal is not None and start is not None:
                end = row["valid_to"]
                kept = end if isinstance(end, str) and end >= start.isoformat() else None
                row = {**row, "valid_from": start.isoformat(), "valid_to": kept}
            versions.setdefault(entry["key"], {})[entry["number"]] = (
                FeatureVersion(entry["number"], start, row),
                bool(entry["inside"]),
            )
        found = {}
        for key, each in versions.items():
            chosen = in_force((version for version, _ in each.values()), at.on)
            if chosen is not None and each[chosen.revision][1]:
                found[key] = chosen.row
        return self.shown(found)

    def shown(self, rows: dict[str, Optional[Values]]) -> dict[str, Values]:
        return {key: row for key, row in sorted(rows.items()) if row is not None}


@contextmanager
def own_province(template: str) -> Iterator[Office]:
    name = f"hub_past_{uuid.uuid4().hex[:12]}"
    _administrate("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
    database = Database(make_conninfo(dbname=name))
    try:
        yield Office(Desk(database, database.conninfo))
    finally:
        database.close()
        _administrate("DROP DATABASE {} WITH (FORCE)", name)


class Story:
    """What happens to three lots, step by step."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.keys = list(KEYS)
        self.approved: list[Version] = []
        self.count = 0

    def take(self, step: Any) -> None:
        if step[0] == "effect":
            self.effect(*step[1:])
        elif step[0] == "hide":
            self.dated(step[1])
        else:
            (how, number, what), start, end = step
            self.edit(how, number, what, start, end)

    def edit(self, how: str, number: int, what: str, start: Optional[date], end: Optional[date]) -> None:
        self.count += 1
        desk, key = self.office.desk, self.keys[number]
        if what == "renew":
            gone, new = self.office.renewed(key)
            self.keys[number] = new.key
            changes = [gone, new]
        else:
            times = {"valid_from": start.isoformat() if start else None, "valid_to": end.isoformat() if end else None}
            if start and end and end < start:
                times["valid_to"] = None
            changes = [desk.edited(key, tenDoiTuong=f"lần {self.count}", **(times if how == "direct" else {}))]
        if how == "direct":
            desk.direct(changes)
        else:
            self.approved.append(self.office.approved(*changes))

    def effect(self, number: int, day: date) -> None:
        if not self.approved:
            return
        version = self.approved[number % len(self.approved)]
        records = self.office.document(version)["records"]
        correction = {"supersedes": records[-1]["id"], "reason": "Sai ngày"} if records else {}
        signed = min(day, TODAY)
        decision = self.office.decision(Figures({}, 1, scope=Scope.CHANGED), date=signed, effective=day, **correction)
        self.office.record(version, decision)
        self.office.effect(version, "soxd.duyet", waiver="Số liệu theo bản vẽ")

    def dated(self, day: date) -> None:
        """A direct edit of the legal time alone."""
        key = self.keys[0]
        row = self.office.desk.row(key) or {}
        if row.get("valid_from") != day.isoformat():
            self.office.desk.direct([self.office.desk.edited(key, valid_from=day.isoformat(), valid_to=None)])


@given(st.lists(STEPS, min_size=2, max_size=9))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_moment_is_as_the_whole_log_says(template: str, steps: list[Any]):
    with own_province(template) as office:
        story = Story(office)
        for step in steps:
            story.take(step)
        reference = Reference(office)
        newest = reference.entries[-1]["number"]
        for number in range(1, newest + 1):
            assert read(office.database, Moment(number)) == reference.known(Moment(number)), number
            for offset in range(-4, 5, 2):
                at = Moment(number, TODAY + timedelta(days=offset))
                assert read(office.database, at) == reference.in_force(at), at


def test_what_is_approved_is_in_force_from_its_day_on_and_deleted_states_end_then(office: Office):
    gone, new = office.renewed(KEYS[0])
    version = office.approved(gone, new)
    yesterday, today, tomorrow = (TODAY + timedelta(days=n) for n in (-1, 0, 1))
    with office.database.reading() as conn:
        now = as_of.moment(conn, None, None).revision

    def lots(at: Moment) -> set[str]:
        return read(office.database, at).keys() & {KEYS[0], new.key}

    assert lots(Moment(now)) == {new.key}
    assert lots(Moment(now, tomorrow)) == {KEYS[0]}
    office.record(version, office.decision(Figures({}, 1, scope=Scope.CHANGED), date=yesterday, effective=tomorrow))
    office.effect(version)
    after = Moment(now + 1, today)
    assert lots(after) == {KEYS[0]}
    assert lots(Moment(now + 1, tomorrow)) == {new.key}
    assert lots(Moment(now, tomorrow)) == {KEYS[0]}, "what the database didn't know then"
    assert lots(Moment(now + 1, yesterday)) == set(), "nothing was known of before the first load"


def test_what_is_hidden_now_or_was_then_isnt_told(office: Office):
    desk = office.desk
    with office.database.reading() as conn:
        first = as_of.moment(conn, None, None).revision
    desk.direct([desk.edited(KEYS[0], visibility=2)])
    desk.direct([desk.edited(KEYS[1], visibility=1, tenDoiTuong="Bí mật")])
    desk.direct([desk.edited(KEYS[2], visibility=2)])
    desk.direct([desk.edited(KEYS[2], visibility=0)])
    for at in (Moment(first), Moment(first + 4), Moment(first + 4, TODAY)):
        rows = read(office.database, at, cleared=False)
        assert KEYS[0] not in rows
        assert rows[KEYS[1]]["tenDoiTuong"] is None
        assert KEYS[2] in rows
    assert KEYS[2] not in read(office.database, Moment(first + 3), cleared=False)
    assert read(office.database, Moment(first + 3))[KEYS[2]]["visibility"] == 2
    desk.direct([desk.deleted(KEYS[0])])
    assert KEYS[0] not in read(office.database, Moment(first), cleared=False)


def test_a_plan_and_what_lies_in_the_area(office: Office):
    desk = office.desk
    far = tiny.square(605_000, 1_405_000)
    with office.database.reading() as conn:
        first = as_of.moment(conn, None, None).revision
    desk.direct([desk.edited(KEYS[0], geom=far)])
    assert KEYS[0] in read(office.database, Moment(first))
    assert KEYS[0] not in read(office.database, Moment(first + 1))
    neighbours = tiny.lot_key("22516", 0, 0)
    assert neighbours in read(office.database, Moment(first))
    mine = read(office.database, Moment(first), plan=tiny.plan_key("PLAN-22504"))
    assert (len(mine), neighbours in mine) == (100, False)


@pytest.mark.parametrize("page", [2_000, 1 << 20])
def test_pages_are_of_one_moment(office: Office, hub_app: Any, page: int):
    from dataclasses import replace

    with TestClient(hub_app) as hub:
        hub_app.state.limits = replace(hub_app.state.limits, page=page)
        headers, found = sign_in(hub, "dailanh.kt"), {}
        query: dict[str, str] = {"commune": "22504", "plan": tiny.plan_key("PLAN-22504")}
        while True:
            answer = hub.get(f"{API}/layers/{tiny.LOTS}/features", params=query, headers=headers)
            assert answer.status_code == 200, answer.text
            lines = [json.loads(line) for line in answer.text.splitlines()]
            assert (lines[0]["type"], lines[-1]["type"]) == ("page", "end")
            found.update({line["key"]: line["row"] for line in lines[1:-1]})
            if not lines[-1]["cursor"]:
                break
            query["cursor"] = lines[-1]["cursor"]
            office.desk.direct([office.desk.edited(KEYS[0], ghiChu=str(len(found)))])
        assert len(found) == 100
        assert found[KEYS[0]]["ghiChu"] is None


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"as_of": "x"}, 422),
        ({"as_of": "99999"}, 409),
        ({"as_of": "2026-13-01"}, 422),
        ({"as_of": "0001-01-01T00:00:00Z"}, 200),
        ({"as_of": "9999-12-31"}, 200),
        ({"on": "nie"}, 422),
        ({"on": "0001-01-01"}, 200),
        ({"cursor": "x"}, 422),
        ({"plan": "x"}, 422),
        ({"commune": "22516"}, 403),
    ],
)
def test_what_is_asked_wrongly(hub: TestClient, query: dict[str, str], status: int):
    answer = hub.get(f"{API}/layers/{tiny.LOTS}/features", params={"commune": "22504", **query}, headers=sign_in(hub, "dailanh.kt"))
    assert answer.status_code == status, answer.text


def told(office: Office, hub: TestClient, key: str, name: str = "dailanh.kt") -> Any:
    url = f"{API}/layers/{tiny.LOTS}/features/{key}/history?commune=22504"
    return hub.get(url, headers=sign_in(hub, name))


def test_a_features_history_names_who_when_why_and_what(office: Office, hub: TestClient):
    version = office.approved(office.greened())
    office.desk.direct([office.desk.edited(KEYS[0], ghiChu="sửa tay")])
    office.record(version)
    answer = told(office, hub, KEYS[0]).json()
    kinds = [(entry["kind"], entry["changed"], entry["by"]) for entry in answer["revisions"]]
    assert kinds[0] == ("update", ["ghiChu"], "dba")
    assert kinds[1] == ("update", ["chucNangSuDungDatMuc2"], "Nguyễn Thị Hạnh")
    assert kinds[2][0] == "insert"
    approved = answer["revisions"][1]
    assert approved["proposal"] == {"id": version.proposal, "number": 1, "title": "Điều chỉnh cục bộ"}
    assert approved["decision"]["number"] == "12/QĐ-UBND"
    assert approved["decision"]["made_effective"] is False
    assert approved["row"]["chucNangSuDungDatMuc2"] == "CayxanhCC"
    assert answer["before"] is None


def test_being_put_into_force_is_part_of_the_history(office: Office, hub: TestClient):
    version = office.approved(office.greened())
    office.record(version)
    office.effect(version)
    newest = told(office, hub, KEYS[0]).json()["revisions"][0]
    assert (newest["kind"], newest["changed"], newest["by"]) == ("effective", ["valid_from"], "Phạm Thu Thủy")
    assert newest["decision"]["made_effective"] is True
    assert newest["proposal"]["id"] == version.proposal


def test_a_history_keeps_what_was_hidden(office: Office, hub: TestClient):
    desk = office.desk
    desk.direct([desk.edited(KEYS[0], visibility=2, tenDoiTuong="Bí mật")])
    assert told(office, hub, KEYS[0]).status_code == 404
    assert told(office, hub, KEYS[0], "soxd.tham").json()["revisions"][0]["row"]["tenDoiTuong"] == "Bí mật"
    desk.direct([desk.edited(KEYS[0], visibility=0, tenDoiTuong="Công khai")])
    answer = told(office, hub, KEYS[0])
    assert [entry["kind"] for entry in answer.json()["revisions"]] == ["insert", "delete", "insert"]
    assert "Bí mật" not in answer.text
    desk.direct([desk.edited(KEYS[0], visibility=1)])
    assert "Công khai" not in told(office, hub, KEYS[0]).text
    assert told(office, hub, KEYS[0], "vanthang.kt").status_code == 403
    assert told(office, hub, str(uuid.uuid4())).status_code == 404
    assert told(office, hub, tiny.lot_key("22516", 9, 9)).status_code == 404


def test_of_days_and_times(office: Office):
    with office.database.reading() as conn:
        newest = as_of.moment(conn, None, None).revision
        assert as_of.moment(conn, TODAY.isoformat(), None).revision == newest
        assert as_of.moment(conn, (TODAY - timedelta(days=1)).isoformat(), None).revision == 0
        now = datetime.now(timezone.utc)
        assert as_of.moment(conn, now.isoformat(), None).revision == newest
