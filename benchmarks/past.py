"""Measures of the past: a layer as it was known or in force, a feature's history, and what became of a plan's lots."""

from __future__ import annotations

import psycopg
from psycopg import sql

from benchmarks.rig import COMMUNE, LOTS, SCHEMA, Hub, best_of
from commune_planning_plugin.sync.transport import Request
from tests.hub import tiny

REVISIONS, CHANGED = 20, 200
TRIES = 3


def past_ms(hub: Hub) -> dict[str, float]:
    """Milliseconds, once ``REVISIONS`` times ``CHANGED`` lots were changed: all lots as they are, as they were, and on a day;
    a feature's history; what became of the plan's lots since."""
    with psycopg.connect(hub.conninfo) as connection:
        before = connection.execute("SELECT max(number) FROM hub.revision").fetchone()
    for _ in range(REVISIONS):
        hub.touch(CHANGED, move=True)
    with psycopg.connect(hub.conninfo) as connection:
        now = connection.execute("SELECT max(number) FROM hub.revision").fetchone()
        lots = sql.Identifier(SCHEMA, LOTS)
        key = connection.execute(sql.SQL("SELECT key::text FROM {} ORDER BY key LIMIT 1").format(lots)).fetchone()
    assert before is not None
    assert now is not None
    assert key is not None
    layer = f"/layers/{SCHEMA}.{LOTS}/features"
    sides = {"before": str(before[0]), "after": str(now[0]), "legal": "false"}
    asked: dict[str, tuple[str, dict[str, str]]] = {
        "now": (layer, {"as_of": str(now[0])}),
        "as_of": (layer, {"as_of": str(before[0])}),
        "on": (layer, {"on": "2026-01-01"}),
        "history": (f"{layer}/{key[0]}/history", {}),
        "lineage": (f"/communes/{COMMUNE}/lineage", {"layer": f"{SCHEMA}.{LOTS}", "plan": tiny.plan_key("PLAN-22504"), **sides}),
    }
    client = hub.client()

    def ask(path: str, params: dict[str, str]) -> None:
        client.transport.send(Request("GET", path, params={"commune": COMMUNE, **params}))

    return {name: 1e3 * best_of(TRIES, lambda given=given: ask(*given)) for name, given in asked.items()}  # type: ignore[misc]
