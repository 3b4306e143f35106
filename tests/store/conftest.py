"""A working copy of ten lots, and ways to write into it as other programs do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Union
from weakref import WeakKeyDictionary

import pytest

from commune_planning_plugin.core.changes import Rows
from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store import WorkingCopy
from commune_planning_plugin.store.diffing import prepared
from commune_planning_plugin.store.model import Standing
from commune_planning_plugin.store.rows import Table
from commune_planning_plugin.store.sql import connected
from tests.store.snapshots import LOTS, make_working_copy

_BESIDE: WeakKeyDictionary[WorkingCopy, sqlite3.Connection] = WeakKeyDictionary()


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[WorkingCopy]:
    with make_working_copy(tmp_path) as made:
        yield made


@pytest.fixture(params=[True, False], ids=["recursive", "plain"])
def writer(copy: WorkingCopy, request: pytest.FixtureRequest) -> Iterator[sqlite3.Connection]:
    """Another program's connection, with `recursive_triggers` as GDAL has it and as Python has it."""
    connection = connected(copy.path, 5.0)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute(f"PRAGMA recursive_triggers={'ON' if request.param else 'OFF'}")
    connection.execute(f"PRAGMA foreign_keys={'ON' if request.param else 'OFF'}")
    yield connection
    connection.close()


def decided(copy: WorkingCopy, proposal: str, number: int, state: Union[State, str]) -> None:
    """The hub has said what the version came to."""
    copy.contact_book.settle([Standing(proposal, number, State(state), number)])


def beside(copy: WorkingCopy) -> sqlite3.Connection:
    """Another connection to the copy's file, made once: it reads the schema only then."""
    if copy not in _BESIDE:
        _BESIDE[copy] = connected(copy.path, 5.0)
    return _BESIDE[copy]


def rows_of(copy: WorkingCopy, layer: Layer = LOTS) -> Rows:
    """All rows as they are in the file now, read beside the working copy's own connection."""
    return {each.key: each.row for each in Table(beside(copy), layer).everything()}


def proposed_rows(copy: WorkingCopy, province: Rows) -> Rows:
    """All rows as a person means them: with what follows from the geometry, and without what isn't theirs to change."""
    return {key: prepared(LOTS, province.get(key), row) for key, row in rows_of(copy).items()}
