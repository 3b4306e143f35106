"""Single steps of the schema, taken and taken back over data."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

import psycopg
import pytest
from psycopg.types.json import Jsonb

from commune_planning_plugin.core.workflow import Step
from province_hub import migrations
from province_hub.initialise import RULE_PACK, bring_up_to_date
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

SRID = 9217
_GROUND = "SELECT proposal, version, layer, key, ST_AsText(ST_Normalize(ST_Multi(ground))) FROM hub.{} ORDER BY key"
_COMMUNES = "SELECT proposal, version, commune, veiled FROM hub.{} ORDER BY commune"
_NAMES = """
SELECT conname FROM pg_constraint WHERE conrelid IN ({tables})
UNION SELECT relname FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indrelid IN ({tables}) ORDER BY 1
"""


def rows(conninfo: str, query: str, *tables: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(conninfo) as conn:
        return conn.execute(query.format(*tables).encode()).fetchall()


def names(conninfo: str, *tables: str) -> list[str]:
    """Of the tables' constraints and indexes."""
    listed = ", ".join(f"'hub.{table}'::regclass" for table in tables)
    return [name for (name,) in rows(conninfo, _NAMES.replace("{tables}", listed))]


def touching(desk: Desk) -> None:
    """A proposal that inserts, changes and deletes, over the border to the other commune."""
    lot, border = tiny.lot_key("22504", 0, 0), tiny.lot_key("22504", 9, 9)
    new = desk.inserted(tiny.square(600_000, 1_402_000))
    desk.send(desk.edited(lot, ghiChu="x"), new, desk.deleted(border), desk.road(tiny.SOUTH + 155))


def test_the_steps_are_one_chain():
    """Whatever number a step was written under, none is there twice and each follows the one before."""
    steps = sorted(path.stem[:4] for path in (Path(migrations.__file__).parent / "versions").glob("0*.py"))
    assert steps == [f"{number:04}" for number in range(1, len(steps) + 1)]
    assert migrations.newest() == steps[-1]


def test_what_is_touched_keeps_its_rows_under_the_new_names_and_the_old(desk: Desk, conninfo: str):
    touching(desk)
    desk.database.close()
    ground, communes = rows(conninfo, _GROUND, "proposal_ground"), rows(conninfo, _COMMUNES, "proposal_commune")
    assert (len(ground), [row[2:] for row in communes]) == (4, [("22516", False)])
    named = names(conninfo, "proposal_ground", "proposal_commune")
    assert [name for name in named if not name.startswith(("proposal_ground_", "proposal_commune_"))] == []
    migrations.downgrade(conninfo, SRID, "0015")
    assert rows(conninfo, _GROUND, "proposal_feature") == ground
    assert rows(conninfo, _COMMUNES, "proposal_ground") == communes
    assert "proposal_feature_ground_idx" in names(conninfo, "proposal_feature")
    bring_up_to_date(conninfo)
    assert rows(conninfo, _GROUND, "proposal_ground") == ground
    assert rows(conninfo, _COMMUNES, "proposal_commune") == communes
    assert names(conninfo, "proposal_ground", "proposal_commune") == named


def test_a_hub_taken_back_and_forth_goes_on(desk: Desk, conninfo: str):
    """Under the role that owns nothing: rights stay with the tables."""
    version = desk.send(desk.road(tiny.SOUTH + 155))
    migrations.downgrade(conninfo, SRID, "0015")
    bring_up_to_date(conninfo)
    desk.step("vanthang.ct", version, Step.CONSENT)
    touching(desk)
    assert len(desk.listed("vanthang.ct")) == 2


def test_versions_from_before_are_indexed_by_the_step_of_the_schema(desk: Desk, conninfo: str):
    """As step 0011 finds a database of an older version: the ground is what the version's own documents say."""
    touching(desk)
    desk.database.close()
    before = rows(conninfo, _GROUND, "proposal_ground")
    migrations.downgrade(conninfo, SRID, "0015")
    script = (Path(migrations.__file__).parent / "sql" / "0011_proposal_ground.sql").read_text(encoding="utf-8")
    with psycopg.connect(conninfo) as conn:
        conn.execute("DROP TABLE hub.proposal_feature")
        conn.execute(script.replace("@srid@", str(SRID)).replace("@postgis@", "public").encode())
    assert rows(conninfo, _GROUND, "proposal_feature") == before


def test_a_province_keeps_its_days_to_publish_and_the_laws_rule_comes_back(empty: str):
    migrations.upgrade(empty, SRID, "0017")
    with psycopg.connect(empty) as conn:
        conn.execute("INSERT INTO hub.setting (name, value) VALUES ('days_to_publish', '10')")
        conn.execute(
            "INSERT INTO hub.legal_clock (rule, purpose, duration, unit, basis, valid_from, valid_to) VALUES"
            " ('publish', 'publish', 15, 'day', 'Luật', NULL, NULL), ('consult', 'consult', 15, 'day', 'Luật', NULL, NULL),"
            " ('appraise.plan', 'appraise', 30, 'day', 'Luật', '2025-07-01', '2026-06-30'),"
            " ('approve.tmb', 'approve', 15, 'day', 'NĐ', '2025-07-01', '2026-05-31')"
        )
    migrations.upgrade(empty, SRID)
    kept = "SELECT rule, duration, valid_to::text FROM hub.legal_clock ORDER BY rule"
    expected = [("appraise.plan", 30, None), ("approve.tmb", 15, "2026-05-31"), ("consult", 15, None), ("publish", 10, None)]
    assert rows(empty, kept) == expected  # a day that the province had set stays
    assert rows(empty, "SELECT 1 FROM hub.setting WHERE name = 'days_to_publish'") == []
    assert [year for (year,) in rows(empty, "SELECT year FROM hub.calendar_year ORDER BY year")] == [2025, 2026]
    migrations.downgrade(empty, SRID, "0017")
    assert rows(empty, kept) == expected
    migrations.upgrade(empty, SRID)
    assert rows(empty, kept) == expected


OWN = [{"id": "own", "title_vi": "Của tỉnh", "title_en": "The province's"}]


@pytest.mark.parametrize(
    ("pack", "norms"),
    [
        ({"version": "2025.1", "overlap_tolerance_m2": 0.7}, RULE_PACK["balance_norms"]),
        ({"version": "2025.1", "balance_norms": OWN}, OWN),
        ({"version": "2025.1", "balance_norms": []}, []),
        (None, None),
    ],
    ids=["without", "its own", "none on purpose", "no rule pack"],
)
def test_a_rule_pack_gets_the_norms_that_it_lacks(empty: str, pack: Optional[dict[str, Any]], norms: Any):
    migrations.upgrade(empty, SRID, "0010")
    with psycopg.connect(empty) as conn:
        conn.execute("INSERT INTO hub.setting (name, value) VALUES ('province', '\"Khánh Hòa\"')")
        if pack is not None:
            conn.execute("INSERT INTO hub.setting (name, value) VALUES ('rule_pack', %s)", (Jsonb(pack),))
    migrations.upgrade(empty, SRID)
    settings = dict(rows(empty, "SELECT name, value FROM hub.setting WHERE name IN ('province', 'rule_pack')"))
    expected = {} if pack is None else {"rule_pack": {**pack, "balance_norms": norms}}
    assert settings == {"province": "Khánh Hòa", **expected}
