"""Earlier versions of a proposal, as each account may read them."""

from __future__ import annotations

import json
import uuid
from typing import Any

from commune_planning_plugin.core.workflow import Step
from province_hub.earlier_versions import earlier_version
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk, refused  # noqa: F401 (fixture)

LOT, OTHER = tiny.lot_key("22504", 4, 4), tiny.lot_key("22504", 5, 5)


def asked(desk: Desk, name: str, proposal: str, number: int = 1) -> dict[str, Any]:
    with desk.database.reading() as conn:
        return earlier_version(conn, desk.principal(name), proposal, number)


def returned(desk: Desk, *changes: Any, by: str = "soxd.tham") -> Any:
    version = desk.send(*changes) if by == "soxd.tham" else desk.version(*changes)
    if by != "soxd.tham":
        desk.submit(version)
    desk.step(by, version, Step.RETURN, reason="Thiếu")
    return version


def again(desk: Desk, version: Any, *changes: Any) -> Any:
    second = desk.version(*changes, proposal=version.proposal, number=2, title="Lần hai")
    desk.submit(second)
    desk.step("dailanh.ct", second, Step.SIGN_OFF)
    return second


def test_the_first_version_stays_readable_after_the_second(desk: Desk):
    first = returned(desk, desk.edited(LOT, ghiChu="một"), desk.edited(OTHER, ghiChu="hai"))
    again(desk, first, desk.edited(LOT, ghiChu="ba"))
    told = asked(desk, "soxd.tham", first.proposal)
    assert (told["number"], told["title"], told["author"]) == (1, "Điều chỉnh cục bộ", "Nguyễn Thị Hạnh")
    assert sorted((change["key"], change["new"]["ghiChu"]) for change in told["changes"]) == sorted([(LOT, "một"), (OTHER, "hai")])
    assert [change["new"]["ghiChu"] for change in asked(desk, "soxd.tham", first.proposal, 2)["changes"]] == ["ba"]


def test_the_province_doesnt_read_what_the_head_never_signed_off(desk: Desk):
    first = returned(desk, desk.edited(LOT, ghiChu="chưa ký"), by="dailanh.ct")
    again(desk, first, desk.edited(LOT, ghiChu="đã ký"))
    assert asked(desk, "dailanh.ct", first.proposal)["changes"]
    with refused(404, "not_found"):
        asked(desk, "soxd.tham", first.proposal)


def test_what_is_hidden_stays_hidden_in_earlier_versions(desk: Desk):
    desk.direct([desk.edited(OTHER, visibility=2)])
    desk.clear("dailanh.kt")
    first = returned(desk, desk.edited(LOT, ghiChu="mở"), desk.edited(OTHER, ghiChu="mật"))
    again(desk, first, desk.edited(LOT, ghiChu="mở"))
    assert "mật" in json.dumps(asked(desk, "soxd.tham", first.proposal), ensure_ascii=False)
    told = asked(desk, "dailanh.ct", first.proposal)
    assert [change["key"] for change in told["changes"]] == [LOT]
    assert OTHER not in json.dumps(told)


def test_keys_are_those_that_the_hub_gave(desk: Desk):
    taken = tiny.lot_key("22504", 0, 0)
    first = returned(desk, desk.inserted(tiny.square(600_000, 1_402_000), key=taken))
    key = asked(desk, "soxd.tham", first.proposal)["changes"][0]["key"]
    assert key != taken
    assert str(uuid.UUID(key)) == key


def test_there_is_no_version_that_wasnt_sent(desk: Desk):
    version = desk.send(desk.edited(LOT, ghiChu="x"))
    with refused(404, "not_found"):
        asked(desk, "soxd.tham", version.proposal, 2)
    with refused(404, "not_found"):
        asked(desk, "vanthang.kt", version.proposal)
