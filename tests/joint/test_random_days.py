"""Random days of a province: no edit is lost, none is there twice, nobody is overwritten unseen.

``PLANNING_RANDOM_DAYS=first-last`` are the seeds to run instead of a few that are always the same.
"""

from __future__ import annotations

import os
import random
import uuid
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.joint.random_days import HAPPENINGS, MISHAPS, Day

FIRST, LAST = (int(part) for part in os.environ.get("PLANNING_RANDOM_DAYS", "1-2").split("-"))
STEPS = 30


@pytest.mark.parametrize("seed", range(FIRST, LAST + 1))
def test_a_random_day_loses_nothing(template: str, tmp_path: Path, seed: int) -> None:
    name = f"hub_day_{uuid.uuid4().hex[:12]}"
    _administrate("CREATE DATABASE {} TEMPLATE {}", name, template)
    chance = random.Random(seed)
    try:
        with Day(make_conninfo(dbname=name), tmp_path).running() as province:
            for _ in range(STEPS):
                happens, which, choice, mishap = (
                    chance.choice(HAPPENINGS), chance.randrange(10), chance.randrange(20), chance.choice(MISHAPS),
                )  # fmt: skip
                print(f"{happens.__name__}({which}, {choice}, {mishap!r})")  # noqa: T201 (shown where it fails)
                happens(province, which, choice, mishap)
                province.check()
            print("finish")  # noqa: T201
            province.finish()
    finally:
        _administrate("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _administrate(statement: str, *names: str) -> None:
    with psycopg.connect("dbname=postgres", autocommit=True) as conn:
        conn.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
