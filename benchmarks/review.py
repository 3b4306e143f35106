"""Measures of the review: a proposal of 500 changes opened, an inbox of 10,000, and the proof of an audit of 100,000 entries."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import islice

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsMapCanvas

from benchmarks.approval import edits
from benchmarks.rig import Hub, timed
from commune_planning_plugin.adapters.map_view import MapView
from commune_planning_plugin.adapters.network import hub_session
from commune_planning_plugin.adapters.review_view import ReviewView
from commune_planning_plugin.core.audit_chain import FIRST, entry_hash, following
from commune_planning_plugin.core.workflow import Step
from commune_planning_plugin.sync.transport import Request
from province_hub import audit_proof
from province_hub.database import Database
from tests.hub import tiny
from tests.hub.many import fill
from tests.hub.workflow import Desk

OPENED, LISTED, COMMUNES, ENTRIES = 500, 10_000, 100, 100_000
TRIES = 3
REVIEWER = "soxd.tham"
_COMMUNES = """
INSERT INTO hub.commune (code, name, kind, geom, area) SELECT 30000 + n, 'Xã ' || n, 'xã', geom, area
FROM hub.commune, generate_series(1, %s) n WHERE code = '22504'
"""
_ASKED = (
    {},
    {"order": "due", "overdue": "true"},
    {"commune": "30050", "state": "submitted"},
    {"text": "so 4711"},
    {"order": "commune", "reverse": "true"},
    {"last_by_me": "true"},
    {"counted": "true"},
)


@dataclass(frozen=True)
class Opened:
    """Milliseconds by the clock, and of processors at the hub and on the desk."""

    wall: float
    hub: float
    desk: float

    def __str__(self) -> str:
        return f"{self.wall:.0f} ms, of processors {self.hub:.0f} ms at the hub and {self.desk:.0f} ms on the desk"


def opened(hub: Hub) -> tuple[Opened, Opened]:
    """From the reviewer's click until all of a proposal of 500 changes stands on the map: hub, line, reading, layers. For the first
    time since the province changed, and again."""
    desk = _sent(hub)
    client = hub.client(hub_session(), REVIEWER)
    catalogue = client.catalogue()
    canvas, project = QgsMapCanvas(), QgsProject()
    view = ReviewView(project, canvas, MapView(canvas))

    def look() -> Opened:
        at_hub, here, began = hub.cpu_s(), time.process_time(), time.perf_counter()
        view.show(client.proposal(desk), catalogue)
        while view.building:
            QgsApplication.processEvents()
        took = Opened(*(1e3 * s for s in (time.perf_counter() - began, hub.cpu_s() - at_hub, time.process_time() - here)))
        view.close()
        return took

    first, again = [], []
    for _ in range(TRIES):
        hub.touch(1)
        first.append(look())
        again.append(look())
    return min(first, key=lambda each: each.wall), min(again, key=lambda each: each.wall)


def _sent(hub: Hub) -> str:
    """A proposal of 500 changes that is before the province."""
    database = Database(tiny.as_application(hub.conninfo))
    try:
        desk = Desk(database, hub.conninfo)
        return desk.send(*islice(edits(desk, OPENED), OPENED)).proposal
    finally:
        database.close()


def balance_ms(hub: Hub) -> tuple[float, float]:
    """The balance of the plan for a proposal of 500 changes: when it is asked for the first time, and after a revision."""
    proposal, client = _sent(hub), hub.client(account=REVIEWER)

    def ask() -> None:
        client.transport.json(Request("GET", f"/proposals/{proposal}/balance"))

    first, after = timed(ask), []
    for _ in range(TRIES):
        hub.touch(10)
        after.append(timed(ask))
    return 1e3 * first, 1e3 * min(after)


def inbox_ms(hub: Hub) -> dict[str, float]:
    """A page of 50 of 10,000 proposals in 100 communes, by what is asked for besides."""
    with psycopg.connect(hub.conninfo) as connection:
        connection.execute(_COMMUNES, (COMMUNES - 2,))
    fill(hub.conninfo, LISTED)
    client = hub.client(account=REVIEWER)

    def page(asked: dict[str, str]) -> float:
        request = Request("GET", "/proposals", params={"box": "inbox", "limit": "50", **asked})
        return 1e3 * min(timed(lambda: client.transport.json(request)) for _ in range(TRIES))

    return {", ".join(f"{name} {value}" for name, value in asked.items()) or "plain": page(asked) for asked in _ASKED}


def verify_s(hub: Hub) -> float:
    """Seconds of the proof that an audit of 100,000 entries is whole."""
    with psycopg.connect(hub.conninfo) as connection:
        columns = ("proposal", "position", "at", "actor", "action", "details", "previous", "hash", "running")
        head = connection.execute("SELECT running FROM hub.audit ORDER BY id DESC LIMIT 1").fetchone()
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        with connection.cursor().copy(sql.SQL("COPY hub.audit ({}) FROM STDIN").format(names)) as copy:
            for row in _entries(head[0] if head else FIRST):
                copy.write_row([row[name] for name in columns])
    with psycopg.connect(hub.conninfo, row_factory=dict_row) as connection:
        problems: list[str] = []
        seconds = timed(lambda: problems.extend(audit_proof.verify(connection)))
    assert problems == [], problems[:3]
    return seconds


def _entries(running: str) -> Iterator[dict[str, object]]:
    begun = datetime(2026, 1, 1, tzinfo=timezone.utc)
    for number in range(ENTRIES // 5):
        proposal, previous = str(uuid.uuid4()), FIRST
        for position, step in enumerate((Step.SUBMIT, Step.SIGN_OFF, Step.OPEN, Step.APPRAISE, Step.APPROVE), 1):
            at = (begun + timedelta(minutes=5 * number + position)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            said = {"proposal": proposal, "position": position, "at": at, "actor": "soxd.duyet", "action": step.value}
            said |= {"details": {"version": 1, "hash": "0" * 64}, "previous": previous}
            previous = entry_hash(said)
            running = following(running, previous)
            yield {**said, "details": '{"version": 1, "hash": "' + "0" * 64 + '"}', "hash": previous, "running": running}
