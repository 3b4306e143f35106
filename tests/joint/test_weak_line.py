"""Over a slow line that breaks, everything arrives: once, as it was, and without beginning again."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import shapely

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import Cancelled, HubUnreachable
from commune_planning_plugin.store import Draft, OutboxState, Ref
from commune_planning_plugin.store.gpkg import blob_of
from commune_planning_plugin.store.sql import connected
from commune_planning_plugin.sync import engine
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.feedback import Progress
from commune_planning_plugin.sync.transport import plain_session
from province_hub.database import Database
from tests.hub.api_fixtures import HubServer
from tests.hub.tiny import LOTS, PASSWORD, SOUTH, plan_key
from tests.joint.conftest import TABLE, Desk
from tests.lines import WeakLine, Weakness

KBIT_256 = 256_000 / 8
FASTER = 8
"""How much faster than 256 kbit/s the tests' line is; ``PLANNING_TRUE_SPEED=1`` takes it as it is."""
RATE = KBIT_256 if os.environ.get("PLANNING_TRUE_SPEED") else FASTER * KBIT_256
ROUGH = Weakness(RATE, stall_every=150, stall_s=0.3, cut_after=300_000, seed=4)
FILES = (600_000, 300_000, 100_000)
CHANGES = 1000


class Watched:
    def __init__(self, stop: Callable[[Progress], bool] = lambda _progress: False) -> None:
        self.seen: list[Progress] = []
        self._stop = stop

    def progress(self, progress: Progress) -> None:
        self.seen.append(progress)

    def cancelled(self) -> bool:
        return bool(self.seen) and self._stop(self.seen[-1])


def through(line: WeakLine, name: str) -> HubClient:
    """Another client, as after a restart of the program."""
    client = HubClient(line.url, plain_session(backoff_s=0.05))
    client.sign_in(name, PASSWORD, "test")
    return client


@contextmanager
def weak(server: HubServer, weakness: Weakness) -> Iterator[WeakLine]:
    with WeakLine(server.url, weakness).serving() as line:
        yield line


def draw_and_freeze(desk: Desk, folder: Path, count: int = CHANGES, files: tuple[int, ...] = FILES) -> str:
    """``count`` new lots, small ones beside each other, and files that can't be compressed."""
    proposal = str(uuid.uuid4())
    plan = plan_key("PLAN-22504")
    kept = []
    for number, size in enumerate(files):
        path = folder / f"{number}.pdf"
        path.write_bytes(os.urandom(size))
        kept.append(desk.copy.drafts.attach(proposal, path))
    keys = _new_lots(desk, plan, count)
    refs = tuple(Ref(LOTS, key) for key in keys)
    desk.copy.outbox.freeze(Draft(proposal, 1, plan, "Điều chỉnh lớn", 2, "Theo thực tế", refs, tuple(kept)))
    return proposal


def _new_lots(desk: Desk, plan: str, count: int) -> list[str]:
    """Round lots of 16 corners with coordinates of their own, 20 m apart in the sea of the plan's south."""
    connection = connected(desk.copy.path, 5.0)
    known = {row[0] for row in connection.execute(f"SELECT key FROM {TABLE}")}
    for number in range(count):
        x, y = 600_010.123 + 20 * (number % 40), SOUTH - 190 + 20 * (number // 40) / 3
        shape = shapely.Point(x, y).buffer(2.9 + number / 1e4, quad_segs=4)
        blob = blob_of(geometry.written(shapely.MultiPolygon([shape])), 9217)
        values = (blob, plan, f"Lô {number}", "DanDung", "O_Nhomnhao", uuid.uuid4().hex)
        connection.execute(
            f"INSERT INTO {TABLE} (geom, plan, tenDoiTuong, chucNangSuDungDatMuc1, chucNangSuDungDatMuc2, ghiChu)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            values,
        )
    connection.commit()
    made = [row[0] for row in connection.execute(f"SELECT key FROM {TABLE}") if row[0] not in known]
    connection.close()
    return made


def send_until_done(desk: Desk, line: WeakLine, watched: Watched) -> int:
    """As a session does, a new program each time; how many contacts it took."""
    for contact in range(1, 30):
        try:
            engine.send_outbox(desk.copy, through(line, desk.name), watched)
        except HubUnreachable:
            continue
        return contact
    raise AssertionError("nothing gets through")


def test_a_large_submit_ends_over_a_slow_line_that_breaks(
    desk: Desk, hub_server: HubServer, tmp_path: Path, database: Database, record_property
) -> None:
    proposal = draw_and_freeze(desk, tmp_path)
    watched = Watched()
    with weak(hub_server, ROUGH) as line:
        began = time.monotonic()
        contacts = send_until_done(desk, line, watched)
        spent = time.monotonic() - began
    figures = {"seconds": round(spent, 1), "contacts": contacts, **vars(line.counted)}
    record_property("weak_line", figures)
    assert line.counted.cuts >= 3
    assert [item.state for item in desk.copy.outbox.items()] == [OutboxState.SENT]
    assert line.counted.up < 2 * sum(FILES), "what had arrived was sent again"
    with database.reading() as conn:
        (row,) = conn.execute("SELECT jsonb_array_length(content -> 'changes') AS n FROM hub.proposal_version").fetchall()
        assert row["n"] == CHANGES
        named = conn.execute("SELECT sha256, size FROM hub.attachment JOIN hub.proposal_attachment USING (sha256)").fetchall()
        assert sorted(row["size"] for row in named) == sorted(FILES)
    (summary,) = desk.client.proposals("mine")
    assert (summary.id, summary.version) == (proposal, 1)
    _progress_is_told(watched.seen)


def _progress_is_told(seen: list[Progress]) -> None:
    files = [progress for progress in seen if progress.stage == "attachments"]
    assert files[-1].done_bytes == files[-1].total_bytes == sum(FILES)
    assert {"attachments", "version"} <= {progress.stage for progress in seen}
    done = [progress.done_bytes or 0 for progress in files]
    assert max(after - before for before, after in zip(done, done[1:])) <= 4 * RATE + 1


def test_of_a_piece_that_breaks_off_the_hub_keeps_what_came(desk: Desk, hub_server: HubServer, tmp_path: Path) -> None:
    content = os.urandom(900_000)
    sha256 = hashlib.sha256(content).hexdigest()
    with weak(hub_server, Weakness()) as line:
        client = through(line, desk.name)
        line.cut_now()
        line.weakness = Weakness(cut_after=100_000)  # far less than a piece, from the second on
        client.put_attachment(sha256, content)
    assert line.counted.cuts >= 5
    assert line.counted.up < 1.7 * len(content)
    assert desk.client.file_states([sha256])[sha256].stored


def test_sending_is_stopped_within_a_piece_and_gone_on_with(desk: Desk, hub_server: HubServer, tmp_path: Path) -> None:
    draw_and_freeze(desk, tmp_path, count=3, files=(400_000,))
    with weak(hub_server, Weakness(RATE)) as line:
        client = through(line, desk.name)
        stopped = Watched(lambda progress: (progress.done_bytes or 0) >= 150_000)
        with pytest.raises(Cancelled):
            engine.send_outbox(desk.copy, client, stopped)
        before = line.counted.up
        watched = Watched()
        engine.send_outbox(desk.copy, through(line, desk.name), watched)
        assert line.counted.up - before < 300_000
    assert next(progress for progress in watched.seen if progress.stage == "attachments").done_bytes >= 150_000
    assert [item.state for item in desk.copy.outbox.items()] == [OutboxState.SENT]


def test_a_file_that_the_hub_has_is_not_sent_again(desk: Desk, hub_server: HubServer, tmp_path: Path) -> None:
    draw_and_freeze(desk, tmp_path, count=1, files=(300_000,))
    content = (tmp_path / "0.pdf").read_bytes()
    desk.client.put_attachment(hashlib.sha256(content).hexdigest(), content)
    with weak(hub_server, Weakness()) as line:
        engine.send_outbox(desk.copy, through(line, desk.name))
        assert line.counted.up < 20_000
    assert [item.state for item in desk.copy.outbox.items()] == [OutboxState.SENT]


def test_a_snapshot_cut_at_half_is_gone_on_from_by_another_process(
    desk_of: Callable[..., Desk], hub_server: HubServer, database: Database, tmp_path: Path
) -> None:
    _fill_with_chance(database)
    whole = _snapshot(hub_server, tmp_path / "whole.gpkg")
    with weak(hub_server, Weakness()) as line:
        client = through(line, "dailanh.kt")
        stopped = Watched(lambda progress: (progress.done_bytes or 0) >= (progress.total_bytes or 0) / 2)
        with pytest.raises(Cancelled):
            client.download_snapshot("22504", tmp_path / "s.gpkg", stopped)
        line.cut_now()
        length, kept = stopped.seen[-1].total_bytes or 0, (tmp_path / "s.gpkg.part").stat().st_size
        assert length / 2 <= kept < length
        fetched = _fetched_by_another_process(line, tmp_path / "s.gpkg")
    assert (tmp_path / "s.gpkg").read_bytes() == whole
    assert fetched <= length - kept + (1 << 14) + 4_000, "what had been fetched was fetched again"


def _fill_with_chance(database: Database) -> None:
    """What can't be compressed much."""
    chance = " || ".join(["gen_random_uuid()::text"] * 6)
    with database.writing("dba") as conn:
        conn.execute(f'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "ghiChu" = {chance}')


def _snapshot(server: HubServer, path: Path) -> bytes:
    client = HubClient(server.url, plain_session())
    client.sign_in("dailanh.kt", PASSWORD, "test")
    return client.download_snapshot("22504", path).path.read_bytes()


def _fetched_by_another_process(line: WeakLine, path: Path) -> int:
    """Bytes on the wire from the hub, headers and all."""
    code = (
        "import sys; from pathlib import Path; from tests.joint.test_weak_line import PASSWORD, HubClient, plain_session;"
        "client = HubClient(sys.argv[1], plain_session()); client.sign_in('dailanh.kt', PASSWORD, 'test');"
        "client.download_snapshot('22504', Path(sys.argv[2]))"
    )
    before = line.counted.down
    subprocess.run([sys.executable, "-c", code, line.url, str(path)], check=True, timeout=60)
    return line.counted.down - before


def test_a_pull_ends_over_a_line_that_breaks_within_each_page(desk: Desk, hub_server: HubServer, database: Database) -> None:
    _fill_with_chance(database)
    with weak(hub_server, Weakness(seed=3)) as line:
        client = through(line, desk.name)
        client.catalogue()
        line.cut_now()
        line.weakness = Weakness(cut_after=14_000)
        result = engine.pull(desk.copy, client)
    assert line.counted.cuts >= 2
    assert result.updated >= 100
