"""The registry of plans, from tables and files, on a real PostGIS."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import psycopg
import pytest
import shapely
from psycopg.rows import dict_row

from tests.hub.test_cli import Command, command, one  # noqa: F401 (fixture)
from tests.hub.tiny import plan_key
from tests.hub.vector_files import square, write

HEAD = "code,name,level,kind,status,decision,decision_date,parent,communes,stated_area_ha"
SEA = shapely.box(600_200, 1_399_000, 600_800, 1_400_500)
"""Half in the first commune, half where there is no commune."""


def csv(folder: Path, *lines: str, encoding: str = "utf-8") -> str:
    file = folder / "quy hoạch.csv"
    file.write_bytes("\n".join(lines).encode(encoding))
    return str(file)


def plans(conninfo: str) -> dict[str, dict]:
    query = """
        SELECT p.*, q.code AS above, ST_AsText(p.geom) AS wkt,
               ARRAY(SELECT commune FROM hub.plan_commune WHERE plan = p.key ORDER BY 1) AS communes
        FROM hub.plan p LEFT JOIN hub.plan q ON q.key = p.parent"""
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        return {row["code"]: row for row in conn.execute(query)}


def epochs(conninfo: str) -> dict[str, int]:
    with psycopg.connect(conninfo) as conn:
        return dict(conn.execute("SELECT code, area_epoch FROM hub.commune").fetchall())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_taken_over_children_before_parents(command: Command, conninfo: str, tmp_path: Path, separator: str) -> None:  # noqa: F811
    name = unicodedata.normalize("NFD", "Quy hoạch chung xã Đại Lãnh")
    lines = (
        HEAD,
        f"56QHC0010001,{name},Quy hoạch chung,2,,12/QĐ-UBND,10/11/2025,56QHT0000001,22504 22516,1234.5",
        "56QHT0000001,Quy hoạch tỉnh,0,0,approved,318/QĐ-TTg,2023-03-29,,,",
        "",
    )
    file = csv(tmp_path, *(line.replace(",", separator) for line in lines), encoding="utf-8-sig")
    assert command("plans", "import", file, "--dry-run").stdout.endswith("Nothing is changed: this was a dry run.\n")
    assert "56QHC0010001" not in plans(conninfo)
    done = command("plans", "import", file)
    assert (done.exit_code, done.stdout) == (0, "added: 2 (56QHC0010001 56QHT0000001)\nDone.\n"), done.stderr
    plan = plans(conninfo)["56QHC0010001"]
    assert (plan["name"], plan["level"], plan["kind"]) == ("Quy hoạch chung xã Đại Lãnh", "1", "2")
    assert (plan["status"], plan["above"], plan["communes"]) == ("approved", "56QHT0000001", ["22504", "22516"])
    assert (plan["decision"], str(plan["decision_date"]), plan["stated_area_ha"]) == ("12/QĐ-UBND", "2025-11-10", 1234.5)
    assert command("plans", "import", file).stdout == "Done.\n"
    assert "56QHC0010001   1      2     approved  56QHT0000001           22504 22516" in command("plans", "list").stdout


def test_columns_that_are_not_there_stay_and_the_key_too(command: Command, conninfo: str, tmp_path: Path) -> None:  # noqa: F811
    before = plans(conninfo)["PLAN-22504"]
    done = command("plans", "import", csv(tmp_path, "code,name,level,kind", "PLAN-22504,Tên mới,2,1"))
    assert done.stdout == "changed: 1 (PLAN-22504)\nDone.\n"
    after = plans(conninfo)["PLAN-22504"]
    assert after == {**before, "name": "Tên mới", "folded": "ten moi", "level": "2", "kind": "1"}
    assert str(after["key"]) == plan_key("PLAN-22504")
    assert set(epochs(conninfo).values()) == {1}


def test_an_outline_reaches_out_to_the_sea_of_its_commune(command: Command, conninfo: str, tmp_path: Path) -> None:  # noqa: F811
    outline = str(write(tmp_path / "ranh.gpkg", [SEA], ma=["56QPK0010002"]))
    given = ("--name", "Phân khu", "--level", "2", "--kind", "3", "--communes", "22504", "--code-field", "ma")
    done = command("plans", "add", "56QPK0010002", *given, "--boundary", outline)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines()[1:3] == [
        "outline taken over: 1 (56QPK0010002)",
        "desks that need a fresh working copy: 1 (22504)",
    ]
    assert epochs(conninfo) == {"22504": 2, "22516": 1}
    reached = "SELECT ST_Covers(area, ST_MakeEnvelope(600200, 1399000, 600800, 1400000, 9217)) AS sea FROM hub.commune"
    assert one(conninfo, reached + " WHERE code = '22504'") == {"sea": True}
    assert one(conninfo, reached + " WHERE code = '22516'") == {"sea": False}
    again = command("plans", "add", "56QPK0010002", *given, "--boundary", outline)
    assert "desks that" not in again.stdout
    left = command("plans", "add", "56QPK0010002", *given[:6], "--communes", "22516")
    assert "desks that need a fresh working copy: 2 (22504 22516)" in left.stdout


def test_a_plan_on_land_alone_changes_no_area_twice(command: Command, conninfo: str, tmp_path: Path) -> None:  # noqa: F811
    file = write(tmp_path / "xã.gpkg", [square(0), square(1)], code=["22504", "22516"], name=["Xã A", "Xã B"])
    outline = str(write(tmp_path / "ranh.gpkg", [square(0, side=300)], code=["PLAN-22504"]))
    table = csv(tmp_path, "code,name,level,kind", "PLAN-22504,A,1,2")
    assert command("plans", "import", table, "--boundaries", outline).exit_code == 0
    settled = epochs(conninfo)
    outline = str(write(tmp_path / "ranh 2.gpkg", [square(0, side=500)], code=["PLAN-22504"]))
    done = command("plans", "import", table, "--boundaries", outline)
    assert "outline taken over: 1 (PLAN-22504)" in done.stdout
    assert plans(conninfo)["PLAN-22504"]["wkt"].count("600500") >= 1
    assert command("communes", "import", str(file)).exit_code == 0
    assert epochs(conninfo) == settled


@pytest.mark.parametrize(
    ("lines", "sentences"),
    [
        (("code,name,level", "A,x,1"), ["the column kind is missing"]),
        (("code,name,level,kind,cấp", "A,x,1,1,1"), ["cấp is none of the columns"]),
        (("code,name,level,kind",), ["has nothing in it"]),
        (("code,name,level,kind", "A,x,1,1,1"), ["line 2: there are more cells than columns"]),
        (("code,name,level,kind", ",x,1,1"), ["line 2: “” is no plan code"]),
        (("code,name,level,kind", "1234567890123456,x,1,1"), ["line 2: “1234567890123456” is no plan code"]),
        (
            ("code,name,level,kind", "A,,9,", "A,x,1,1"),
            ["line 2: the plan has no name", "line 2: “9” is none", "line 2: “” is none"],
        ),
        (("code,name,level,kind", "A,x,1,1", "", "A,y,1,1"), ["line 2: the plan A is there", "line 4: the plan A is there"]),
        ((HEAD, "A,x,1,1,done,,31/02/2025,,,1.234.5"), ["line 2: “done”", "line 2: “31/02/2025”", "line 2: “1.234.5” is no area"]),
        (
            (HEAD, "A,x,1,1,,,,NONE,,", "B,x,1,1,,,,B,99999,"),
            ["there is no plan NONE", "no commune 99999", "B would be above itself"],
        ),
        ((HEAD, "A,x,1,1,,,,B,,", "B,x,1,1,,,,A,,"), ["line 2: the plan A would be", "line 3: the plan B would be"]),
        (("code,name,level,kind,valid_from,valid_to", "A,x,1,1,2025-02-01,2025-01-01"), ["valid_to is before valid_from"]),
    ],
)
def test_a_bad_table_changes_nothing(command, conninfo: str, tmp_path: Path, lines, sentences) -> None:  # noqa: F811
    before = plans(conninfo)
    done = command("plans", "import", csv(tmp_path, *lines))
    assert done.exit_code == 1, done.stdout
    assert all(line.startswith("province_hub: ") for line in done.stderr.splitlines())
    assert all(sentence in done.stderr for sentence in sentences), done.stderr
    assert plans(conninfo) == before


def test_files_that_do_not_do(command: Command, conninfo: str, tmp_path: Path) -> None:  # noqa: F811
    assert "there is no file" in command("plans", "import", str(tmp_path / "none.csv")).stderr
    old = csv(tmp_path, "code,name,level,kind", "A,Qui ho\u00e2ch,1,1", encoding="cp1258")
    assert "is no CSV file in UTF-8" in command("plans", "import", old).stderr
    before = plans(conninfo)
    table = csv(tmp_path, "code,name,level,kind", "A,x,1,1")
    twice = str(write(tmp_path / "ranh.gpkg", [square(0), square(1), square(2)], code=["A", "A", "B"]))
    told = command("plans", "import", table, "--boundaries", twice).stderr
    assert "feature 1: the plan A is there more than once" in told
    assert "feature 3: there is no plan B" in told
    assert plans(conninfo) == before


def test_the_levels_and_kinds_of_all_plans_have_titles(command: Command, conninfo: str) -> None:  # noqa: F811
    """Three levels and the short form, five kinds, and what stands above them."""
    codes = "SELECT string_agg(code, '' ORDER BY code) AS codes FROM hub.code WHERE list = %s"
    assert one(conninfo, codes, "plan_level") == {"codes": "01234"}
    assert one(conninfo, codes, "plan_kind") == {"codes": "012345"}
