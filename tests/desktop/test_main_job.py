"""The main job, end to end, in real QGIS windows on a virtual screen: what `make demo` shows, judged by what it leaves behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import dict_row

from demo.services import DEMO, ROOT, Cluster, Hub

SIZE = "10000"
LOTS = '"QuyHoach"."ChucNangSuDungDat_A"'


@pytest.fixture(scope="module")
def local() -> Iterator[Path]:
    """Services and desks of this test's own, so that nobody's demo is disturbed."""
    folder = ROOT / "build" / "desktop"
    yield folder
    run(folder, "--stop")


def run(local: Path, *words: str) -> str:
    environment = {**os.environ, "PLANNING_LOCAL": str(local)}
    environment.pop("DISPLAY", None)
    done = subprocess.run(
        [sys.executable, "-m", "demo", *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.timeout(1000)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_change_goes_from_one_commune_through_the_province_to_its_neighbour(local: Path, language: str) -> None:
    out = ROOT / "build" / f"desktop-{language}"
    told = run(local, "--size", SIZE, "--out", str(out), "--language", language)
    for step in ("proposal sent to the province", "signed off by the head", "approved", "the approved lot is in the neighbour"):
        assert step in told
    pictures = sorted(file.name for file in out.glob("*.png"))
    assert len(pictures) >= 15
    assert not [name for name in pictures if "stuck" in name]
    assert all((out / name).stat().st_size > 20_000 for name in pictures)

    cluster = Cluster(local)
    with psycopg.connect(cluster.conninfo(DEMO), row_factory=dict_row) as conn:
        new = conn.execute(f'SELECT * FROM {LOTS} WHERE "kyHieuLoDat" = %s', ("DV-DEMO-01",)).fetchall()
        assert len(new) == 1
        assert new[0]["maDoiTuong"].startswith(f"{new[0]['maHoSoQH']}-ChucNangSuDungDat_A-")
        last = conn.execute("SELECT * FROM hub.revision ORDER BY number DESC LIMIT 1").fetchone()
        assert last is not None
        assert last["proposal"] is not None
        overlapping = conn.execute(
            f"""SELECT count(*) AS pairs FROM {LOTS} a JOIN {LOTS} b ON a.key < b.key AND a.plan = b.plan
                AND ST_Intersects(a.geom, b.geom) AND ST_Area(ST_Intersection(a.geom, b.geom)) > 0.5
                WHERE a.plan = %s""",
            (new[0]["plan"],),
        ).fetchone()
        assert overlapping is not None
        assert overlapping["pairs"] == 0


@pytest.mark.timeout(400)
def test_other_days_offline_returned_corrected_and_rejected(local: Path) -> None:
    """On what the job before has left."""
    out = ROOT / "build" / "desktop-en"
    told = run(local, "--later", "--size", SIZE, "--out", str(out), "--language", "en")
    for step in ("sent into the outbox", "returned with a reason", "version 2 sent", "version 2 signed off", "rejected"):
        assert step in told
    assert not list(out.glob("*stuck*"))
    with psycopg.connect(Cluster(local).conninfo(DEMO), row_factory=dict_row) as conn:
        states = conn.execute("SELECT state, version FROM hub.proposal ORDER BY number").fetchall()
    assert [(row["state"], row["version"]) for row in states] == [("approved", 1), ("rejected", 2)]


@pytest.mark.timeout(600)
def test_conflicts_with_the_province_are_compared_decided_undone_and_sent(local: Path) -> None:
    out = ROOT / "build" / "desktop-conflicts"
    told = run(local, "--conflicts", "--size", SIZE, "--out", str(out))
    steps = (
        "three features were changed",
        "vertex tool",
        "applied",
        "undone",
        "all conflicts decided",
        "what was decided is proposed",
    )
    assert all(step in told for step in steps)
    assert not list(out.glob("*stuck*"))
    with psycopg.connect(Cluster(local).conninfo(DEMO), row_factory=dict_row) as conn:
        sent = conn.execute("SELECT state FROM hub.proposal").fetchall()
    assert [row["state"] for row in sent] == ["awaiting_sign_off"]


def test_the_log_replays_to_the_tables_afterwards(local: Path) -> None:
    Hub(Cluster(local).conninfo(DEMO), local).run("verify")


@pytest.mark.timeout(900)
def test_a_whole_review_with_agencies_a_return_a_conflict_and_a_decision(local: Path) -> None:
    out = ROOT / "build" / "desktop-review"
    told = run(local, "--review", "--size", SIZE, "--out", str(out))
    steps = (
        "two agencies are asked",
        "opinion given: remarks",
        "a remark with a drawn suggestion",
        "returned with what has to be redone",
        "lot DVDL-V01.23: the suggested shape taken over with one click",
        "version 2 signed off",
        "a conflict at the approval: nothing was applied",
        "returned for the conflict",
        "decided by the commune",
        "version 3 signed off",
    )
    assert [step for step in steps if step not in told] == []
    assert not list(out.glob("*stuck*"))
    with psycopg.connect(Cluster(local).conninfo(DEMO), row_factory=dict_row) as conn:
        decided = conn.execute("SELECT id, version FROM hub.proposal WHERE state = 'approved' ORDER BY number").fetchall()
        assert [row["version"] for row in decided] == [3, 1]  # the competing one first, which the other then clashed with
        actions = conn.execute("SELECT action FROM hub.audit WHERE proposal = %s ORDER BY position", (decided[0]["id"],)).fetchall()
        assert [row["action"] for row in actions if not row["action"].startswith("discussion.")] == [
            *("submit", "sign_off", "open", "return") * 2,
            *("submit", "sign_off", "open", "approve"),
            *("record_decision", "make_effective"),
        ]
        kept = conn.execute(f'SELECT "ghiChu", "danSo" FROM {LOTS} WHERE "kyHieuLoDat" = %s', ("DVDL-V01.23",)).fetchone()
        assert kept == {"ghiChu": "Giữ lối đi công cộng 4 m phía Tây", "danSo": 120}  # as decided, and the direct edit beside it
        lots = conn.execute(f'SELECT valid_from FROM {LOTS} WHERE "kyHieuLoDat" = %s', ("DV-DEMO-01",)).fetchall()
        assert [row["valid_from"] is not None for row in lots] == [True]
