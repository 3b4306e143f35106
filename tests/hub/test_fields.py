"""Attributes that a layer gets, or that change, while communes hold copies of it."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import Result
from psycopg import sql

from commune_planning_plugin.core.changes import Change
from province_hub.database import Database
from province_hub.layer_tables import layers, read_rows, write_rows
from province_hub.verify import verify
from tests.hub import tiny
from tests.hub.edits import Open
from tests.hub.test_cli import Command, command, one  # noqa: F401 (fixture)

TABLE = '"QuyHoach"."ChucNangSuDungDat_A"'
KEY = tiny.lot_key("22504", 2, 2)


def added(command: Command, *more: str, name: str = "mucDoUuTien", kind: str = "text") -> Result:  # noqa: F811
    return command("add-field", tiny.LOTS, name, kind, "--title-vi", "Mức độ ưu tiên", "--title-en", "Priority", *more)


def test_an_attribute_is_added_and_told(command: Command, database: Database, whole_log: None) -> None:  # noqa: F811
    done = added(command, "--length", "20", "--code-list", "land_use", "--required")
    assert (done.exit_code, done.stdout) == (0, f"{tiny.LOTS} has the attribute mucDoUuTien.\n"), done.stderr
    with database.reading() as conn:
        field = layers(conn)[tiny.LOTS].by_name["mucDoUuTien"]
    told = (field.title_vi, field.title_en, field.length, field.code_list, field.required, field.default)
    assert told == ("Mức độ ưu tiên", "Priority", 20, "land_use", True, None)


def test_without_a_default_nothing_becomes_a_revision(command: Command, conninfo: str, whole_log: None) -> None:  # noqa: F811
    before = one(conninfo, "SELECT max(number) AS n FROM hub.revision")
    added(command)
    assert one(conninfo, "SELECT max(number) AS n FROM hub.revision") == before
    assert one(conninfo, f'SELECT count("mucDoUuTien") AS n FROM {TABLE}') == {"n": 0}


def test_a_default_is_an_ordinary_edit_of_every_feature(command: Command, conninfo: str, connect: Open, whole_log: None) -> None:  # noqa: F811
    before = one(conninfo, "SELECT max(number) AS n FROM hub.revision")
    assert added(command, "--default", "vừa").exit_code == 0
    assert one(conninfo, "SELECT max(number) AS n FROM hub.revision") == {"n": before["n"] + 1}
    logged = "SELECT count(*) AS n FROM hub.change_log WHERE old ? 'mucDoUuTien' AND new->>'mucDoUuTien' = 'vừa'"
    assert one(conninfo, logged) == {"n": 200}
    conn = connect()
    conn.execute(f"INSERT INTO {TABLE} (plan, geom) SELECT plan, geom FROM {TABLE} WHERE key = %s", (KEY,))
    conn.commit()
    assert one(conninfo, f"""SELECT count(*) AS n FROM {TABLE} WHERE "mucDoUuTien" = 'vừa'""") == {"n": 201}


@pytest.mark.parametrize(
    ("kind", "default", "kept"),
    [("int32", "3", 3), ("float64", "0.5", 0.5), ("boolean", "true", True), ("date", "2026-01-31", "2026-01-31"),
     ("datetime", "2026-01-31T00:00:00Z", "2026-01-31T00:00:00.000000Z")],
)  # fmt: skip
def test_a_default_of_each_type(command: Command, database: Database, kind: str, default: str, kept: Any) -> None:  # noqa: F811
    assert added(command, "--default", default, kind=kind).exit_code == 0
    with database.reading() as conn:
        layer = layers(conn)[tiny.LOTS]
        assert layer.by_name["mucDoUuTien"].default == kept
        assert {row["mucDoUuTien"] for row in read_rows(conn, layer, sql.SQL("true")).values()} == {kept}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("QuyHoach.CayXanh_P", "a", "text"), "the hub has no layer"),
        ((tiny.LOTS, "tendoituong", "text"), "already"),
        ((tiny.LOTS, "KEY", "text"), "can't be the name"),
        ((tiny.LOTS, "planning_x", "text"), "can't be the name"),
        ((tiny.LOTS, "a b", "text"), "can't be the name"),
        ((tiny.LOTS, "a", "uuids"), "can't have this type"),
        ((tiny.LOTS, "a", "int32", "--length", "3"), "the length"),
        ((tiny.LOTS, "a", "text", "--code-list", "nothing"), "no code list nothing"),
        ((tiny.LOTS, "a", "int16", "--default", "70000"), "no value of a's type"),
        ((tiny.LOTS, "a", "int16", "--default", "viel"), "no value of a's type"),
        ((tiny.LOTS, "a", "text", "--length", "2", "--default", "dài"), "longer than 2"),
    ],
)
def test_what_can_not_be_added_is_told_plainly(command: Command, arguments: tuple[str, ...], said: str) -> None:  # noqa: F811
    done = command("add-field", *arguments, "--title-vi", "A")
    assert done.exit_code == 1
    assert said in done.stderr


def test_a_column_made_by_hand_is_not_taken_over(command: Command, connect: Open) -> None:  # noqa: F811
    conn = connect()
    conn.execute(f'ALTER TABLE {TABLE} ADD COLUMN "mucDoUuTien" text')
    conn.commit()
    assert "already" in added(command).stderr


def test_a_title_and_a_larger_length(command: Command, database: Database, conninfo: str) -> None:  # noqa: F811
    arguments = (tiny.LOTS, "kyHieuLoDat", "--title-vi", "Số hiệu", "--length", "300", "--required")
    assert command("change-field", *arguments).exit_code == 0
    with database.writing("test") as conn:
        layer = layers(conn)[tiny.LOTS]
        field = layer.by_name["kyHieuLoDat"]
        assert (field.title_vi, field.length, field.required) == ("Số hiệu", 300, True)
        write_rows(conn, layer, [Change(tiny.LOTS, KEY, {"kyHieuLoDat": "C3"}, {"kyHieuLoDat": "x" * 300})])
    assert "only become larger" in command("change-field", tiny.LOTS, "kyHieuLoDat", "--length", "299").stderr
    assert "no attribute nothing" in command("change-field", tiny.LOTS, "nothing", "--length", "2").stderr


def test_the_log_goes_through_a_change_of_columns_within_one_session(connect: Open, command: Command, conninfo: str) -> None:  # noqa: F811
    conn = connect(autocommit=True)  # its triggers have run before, with the columns as they were
    conn.execute(f'UPDATE {TABLE} SET "ghiChu" = %s WHERE key = %s', ("e\u0302", KEY))
    added(command, "--default", "vừa")
    conn.execute(f'UPDATE {TABLE} SET "mucDoUuTien" = %s WHERE key = %s', ("e\u0302", KEY))
    assert one(conninfo, f'SELECT "mucDoUuTien" AS v FROM {TABLE} WHERE key = %s', KEY) == {"v": "ê"}
    assert verify(connect()) == []
