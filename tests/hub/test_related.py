"""What else touches a proposal's ground, and what each account learns of it."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import psycopg
import pytest
import shapely

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.workflow import Step
from province_hub.related import related
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk, refused  # noqa: F401 (fixture)

LOT = tiny.lot_key("22504", 4, 4)
BORDER = tiny.lot_key("22504", 9, 4)


def asked(desk: Desk, name: str, proposal: str) -> dict[str, Any]:
    with desk.database.reading() as conn:
        found: dict[str, Any] = json.loads(json.dumps(related(conn, desk.principal(name), proposal)))
    return found


def sent_by_neighbour(desk: Desk, *changes: Change):
    """By the technician of the other commune, on its own plan, signed off by its head."""
    version = desk.version(*changes, commune="22516", plan=tiny.plan_key("PLAN-22516"), title="Của xã bên")
    desk.submit(version, "vanthang.kt")
    desk.step("vanthang.ct", version, Step.SIGN_OFF)
    return version


def competing(desk: Desk, name: str, version: Any) -> list[tuple[str, list[str], float]]:
    told = asked(desk, name, version.proposal)["competing"]
    return [(each["id"], [feature["key"] for feature in each["features"]], each["area_m2"]) for each in told]


def test_two_on_one_feature_know_of_each_other_before_either_is_decided(desk: Desk):
    one = desk.send(desk.edited(LOT, chucNangSuDungDatMuc2="Yte"))
    other = desk.send(desk.edited(LOT, ghiChu="khác"), title="Cùng lô")
    for name in ("dailanh.kt", "dailanh.ct", "soxd.tham"):
        assert competing(desk, name, one) == [(other.proposal, [LOT], 10_000.0)]
        assert competing(desk, name, other) == [(one.proposal, [LOT], 10_000.0)]
    told = asked(desk, "soxd.tham", one.proposal)["competing"][0]
    assert (told["title"], told["commune_name"], told["state"], told["opens"]) == ("Cùng lô", "Đại Lãnh", "submitted", True)
    assert told["bounds"] == [600_400.0, 1_400_400.0, 600_500.0, 1_400_500.0]


def test_overlapping_ground_is_found_without_a_common_feature(desk: Desk):
    one = desk.send(desk.edited(LOT, ghiChu="x"))
    shape = tiny.square(600_480, 1_400_480, 100)
    other = desk.send(desk.inserted(shape), title="Chồng lên")
    assert competing(desk, "soxd.tham", one) == [(other.proposal, [LOT], 400.0)]


def test_neighbours_that_only_touch_dont_compete(desk: Desk):
    one = desk.send(desk.edited(LOT, ghiChu="x"))
    desk.send(desk.edited(tiny.lot_key("22504", 5, 4), ghiChu="y"))
    assert competing(desk, "soxd.tham", one) == []


def test_what_is_decided_withdrawn_or_bound_doesnt_compete(desk: Desk):
    first = desk.send(desk.edited(LOT, ghiChu="x"))
    second = desk.send(desk.edited(tiny.lot_key("22504", 4, 5), ghiChu="y"), depends_on=(first.proposal,))
    withdrawn = desk.send(desk.edited(LOT, ghiChu="z"))
    desk.step("dailanh.kt", withdrawn, Step.WITHDRAW)
    assert competing(desk, "soxd.tham", first) == competing(desk, "soxd.tham", second) == []


def test_only_the_current_version_counts(desk: Desk):
    one = desk.send(desk.edited(LOT, ghiChu="x"))
    other = desk.send(desk.edited(LOT, ghiChu="y"))
    desk.step("soxd.tham", other, Step.RETURN, reason="Chỗ khác")
    again = desk.version(desk.edited(tiny.lot_key("22504", 0, 0), ghiChu="y"), proposal=other.proposal, number=2)
    desk.submit(again)
    assert competing(desk, "dailanh.kt", one) == []


def test_another_communes_competitor_is_named_but_not_opened(desk: Desk):
    """Number, commune, title, state and which of one's own features: nothing that it contains."""
    shape = geometry.written(shapely.MultiPolygon([shapely.box(600_950, 1_400_400, 601_050, 1_400_500)]))
    theirs = sent_by_neighbour(desk, desk.inserted(shape, "22516", tenDoiTuong="Nội dung riêng", plan=tiny.plan_key("PLAN-22516")))
    mine = desk.send(desk.edited(BORDER, ghiChu="x"))
    told = asked(desk, "dailanh.kt", mine.proposal)["competing"]
    assert [(each["id"], each["opens"], each["area_m2"]) for each in told] == [(theirs.proposal, False, 5_000.0)]
    assert "Nội dung riêng" not in json.dumps(told)
    assert [feature["key"] for feature in told[0]["features"]] == [BORDER]


def test_what_isnt_signed_off_stays_in_its_commune(desk: Desk):
    shape = geometry.written(shapely.MultiPolygon([shapely.box(600_950, 1_400_400, 601_050, 1_400_500)]))
    version = desk.version(desk.inserted(shape, "22516"), commune="22516", plan=tiny.plan_key("PLAN-22516"))
    desk.submit(version, "vanthang.kt")
    mine = desk.send(desk.edited(BORDER, ghiChu="x"))
    for name in ("dailanh.kt", "soxd.tham"):
        assert competing(desk, name, mine) == []
    desk.step("vanthang.ct", version, Step.SIGN_OFF)
    assert len(competing(desk, "dailanh.kt", mine)) == 1


def test_a_hidden_feature_makes_no_competitor_for_who_isnt_cleared(desk: Desk):
    """The other proposal changes one open and one hidden feature; only the hidden one lies on the same ground."""
    hidden = tiny.lot_key("22504", 5, 5)
    desk.direct([desk.edited(hidden, visibility=2)])
    desk.clear("dailanh.kt")
    secret = desk.send(desk.edited(hidden, ghiChu="mật"), desk.edited(tiny.lot_key("22504", 0, 0), ghiChu="x"))
    desk.grant("quantri", "reviewer", None)  # province-wide, not cleared
    over = desk.send(desk.inserted(tiny.square(600_550, 1_400_550, 30)))
    desk.clear("dailanh.kt", False)
    assert competing(desk, "soxd.tham", over) == [(secret.proposal, [over.changes[0].key], 900.0)]
    assert competing(desk, "dailanh.ct", over) == []
    assert competing(desk, "quantri", over) == []


def test_earlier_adjustments_of_the_place_are_counted(desk: Desk, conninfo: str):
    earlier = desk.send(desk.edited(LOT, ghiChu="lần một"))
    desk.approve(earlier)
    desk.direct([desk.edited(LOT, ghiChu="trực tiếp")])
    now = desk.send(desk.edited(LOT, ghiChu="lần ba"), desk.edited(tiny.lot_key("22504", 5, 4), ghiChu="y"))
    told = asked(desk, "soxd.tham", now.proposal)
    assert [(each["id"], each["share"], each["state"]) for each in told["earlier"]] == [(earlier.proposal, 0.5, "approved")]
    assert told["earlier"][0]["revision"] is not None
    assert told["direct"] == 1
    assert told["competing"] == []
    with psycopg.connect(conninfo) as conn:
        conn.execute("UPDATE hub.setting SET value = value || '{\"stability_months\": 1}' WHERE name = 'rule_pack'")
        conn.execute("ALTER TABLE hub.revision DISABLE TRIGGER USER")
        conn.execute("UPDATE hub.revision SET at = at - interval '2 months' WHERE number > 1")
    told = asked(desk, "soxd.tham", now.proposal)
    assert (told["earlier"], told["direct"], told["months"]) == ([], 0, 1)


def test_higher_plans_say_what_the_land_is_for_there(desk: Desk):
    parent = tiny.plan_key("PLAN-22516")
    with desk.database.writing("test") as conn:
        conn.execute("UPDATE hub.plan SET parent = %s WHERE key = %s", (parent, tiny.plan_key("PLAN-22504")))
    above = desk.inserted(tiny.square(600_400, 1_400_400, 60), "22516", chucNangSuDungDatMuc2="SX_Congnghiep")
    hidden = desk.inserted(tiny.square(600_460, 1_400_460, 40), "22516", chucNangSuDungDatMuc2="Quocphong", visibility=2)
    desk.direct([above, hidden])
    version = desk.send(desk.edited(LOT, ghiChu="x"))
    plans = asked(desk, "soxd.tham", version.proposal)["plans"]
    assert [(plan["code"], plan["functions"]) for plan in plans] == [
        (
            "PLAN-22516",
            [{"function": "SX_Congnghiep", "area_m2": 3_600.0}, {"function": "Quocphong", "area_m2": 1_600.0}],
        )
    ]
    assert asked(desk, "dailanh.kt", version.proposal)["plans"][0]["functions"] == [
        {"function": "SX_Congnghiep", "area_m2": 3_600.0}
    ]


def test_near_communes_with_distance_and_share(desk: Desk):
    version = desk.send(desk.edited(BORDER, ghiChu="x"))
    assert asked(desk, "dailanh.kt", version.proposal)["communes"] == [
        {"code": "22516", "name": "Vạn Thắng", "distance_m": 0.0, "area_m2": 0.0}
    ]
    far = desk.send(desk.edited(LOT, ghiChu="x"))
    assert asked(desk, "dailanh.kt", far.proposal)["communes"] == []


def test_restricted_ground_as_far_as_the_caller_may_know(desk: Desk):
    with desk.database.writing("test") as conn:
        conn.execute(
            "UPDATE hub.plan SET no_work_area = ST_GeomFromWKB(%s, 9217) WHERE key = %s",
            (tiny.square(600_450, 1_400_400, 50), tiny.plan_key("PLAN-CROSSING")),
        )
    desk.direct([desk.inserted(tiny.square(600_400, 1_400_400, 20), visibility=level) for level in (1, 2)])
    version = desk.send(desk.edited(LOT, ghiChu="x"))
    told = asked(desk, "soxd.tham", version.proposal)["restricted"]
    assert [(each["kind"], each["area_m2"]) for each in told] == [("hidden", 400.0), ("attributes", 400.0), ("no_work", 2_500.0)]
    told = asked(desk, "dailanh.kt", version.proposal)["restricted"]
    assert [(each["kind"], each["area_m2"]) for each in told] == [("attributes", 400.0)]


def test_what_is_hidden_makes_no_difference_to_who_isnt_cleared(desk: Desk):
    version = desk.send(desk.edited(LOT, ghiChu="x"))
    before = asked(desk, "dailanh.kt", version.proposal)
    desk.direct([desk.inserted(tiny.square(600_400, 1_400_400, 20), visibility=2)])
    assert asked(desk, "dailanh.kt", version.proposal) == before


def test_who_may_not_see_the_proposal_is_told_nothing(desk: Desk):
    version = desk.version(desk.edited(LOT, ghiChu="x"))
    desk.submit(version)
    with desk.database.reading() as conn, refused(404, "not_found"):
        related(conn, desk.principal("soxd.tham"), version.proposal)


def test_ten_thousand_proposals_are_no_trouble(desk: Desk, conninfo: str):
    """Found through indexes: one proposal among 10,000 that lie elsewhere, and among two hundred that meet it."""
    model = desk.send(desk.edited(LOT, ghiChu="x"))
    with psycopg.connect(conninfo) as conn:
        for copied, west in ((10_000, 700_000), (200, 600_400)):
            conn.execute(
                """
                WITH new AS (SELECT gen_random_uuid() AS id, n FROM generate_series(1, %(n)s) n), p AS (
                    INSERT INTO hub.proposal (id, commune, plan, title, ground, author, state, version)
                    SELECT new.id, m.commune, m.plan, m.title, m.ground, m.author, m.state, 1 FROM new, hub.proposal m
                    WHERE m.id = %(model)s RETURNING id
                ), v AS (
                    INSERT INTO hub.proposal_version (proposal, number, hash, content, author, base_number, base_id)
                    SELECT new.id, 1, v.hash, v.content, v.author, v.base_number, v.base_id FROM new, hub.proposal_version v
                    WHERE v.proposal = %(model)s RETURNING proposal
                )
                INSERT INTO hub.proposal_ground (proposal, version, layer, key, ground)
                SELECT new.id, 1, %(layer)s, gen_random_uuid(),
                       ST_MakeEnvelope(%(west)s + 10 * n, 1400400, %(west)s + 10 * n + 8, 1400408, 9217) FROM new
                """,
                {"n": copied, "model": model.proposal, "layer": tiny.LOTS, "west": west},
            )
        conn.execute("ANALYZE")
    began = time.monotonic()
    told = asked(desk, "dailanh.kt", model.proposal)
    took = time.monotonic() - began
    assert len(told["competing"]) == 9  # those within the lot's hundred metres
    assert took < 1.0
    assert uuid.UUID(told["competing"][0]["id"])


@pytest.mark.parametrize("name", ["dailanh.kt", "soxd.tham"])
def test_a_proposal_without_ground_has_nothing_related(desk: Desk, name: str):
    """All that it changes is hidden from one of them: no ground, no error."""
    hidden = tiny.lot_key("22504", 5, 5)
    desk.direct([desk.edited(hidden, visibility=2)])
    desk.clear("dailanh.kt")
    version = desk.send(desk.edited(hidden, ghiChu="mật"))
    desk.clear("dailanh.kt", False)
    asked(desk, "dailanh.ct", version.proposal)
    asked(desk, name, version.proposal)
