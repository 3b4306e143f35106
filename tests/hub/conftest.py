"""A real PostgreSQL server is needed: ``sh scripts/pg.sh run`` starts a throw-away one and says where it is by PGHOST."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row

from province_hub.database import Database, HubConnection
from province_hub.initialise import initialise
from province_hub.verify import verify
from tests.hub import tiny
from tests.hub.api_fixtures import *  # noqa: F403
from tests.hub.edits import Open
from tests.hub.tiny import as_application


def _administrate(statement: str, *names: str) -> None:
    with psycopg.connect("dbname=postgres", autocommit=True) as conn:
        conn.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture(scope="session")
def template() -> Iterator[str]:
    """Name of a database with the tiny province in it, to be cloned."""
    name = f"hub_template_{uuid.uuid4().hex[:8]}"
    _administrate("CREATE DATABASE {}", name)
    conninfo = make_conninfo(dbname=name)
    initialise(conninfo, application=as_application(conninfo))
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        tiny.load(conn)
    yield name
    _administrate("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def conninfo(template: str) -> Iterator[str]:
    """A database of this test's own, with the tiny province, as its owner connects."""
    name = f"hub_test_{uuid.uuid4().hex[:12]}"
    _administrate("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
    yield make_conninfo(dbname=name)
    _administrate("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def empty() -> Iterator[str]:
    """A database with nothing in it."""
    name = f"hub_empty_{uuid.uuid4().hex[:12]}"
    _administrate("CREATE DATABASE {}", name)
    yield make_conninfo(dbname=name)
    _administrate("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def application(conninfo: str) -> str:
    """How the hub connects: under the role that owns nothing."""
    return as_application(conninfo)


@pytest.fixture
def database(application: str) -> Iterator[Database]:
    """The hub's own way to its database."""
    database = Database(application)
    yield database
    database.close()


@pytest.fixture
def owned(conninfo: str) -> Iterator[Database]:
    """For what administrators do."""
    database = Database(conninfo)
    yield database
    database.close()


@pytest.fixture
def connect(conninfo: str) -> Iterator[Open]:
    """Opens further connections, all closed at the end."""
    opened = []

    def open_one(autocommit: bool = False, **parameters: Any) -> HubConnection:
        conn = psycopg.connect(make_conninfo(conninfo, **parameters), autocommit=autocommit, row_factory=dict_row)
        opened.append(conn)
        return conn

    yield open_one
    for conn in opened:
        conn.close()


@pytest.fixture
def conn(connect: Open) -> HubConnection:
    """A plain connection, as a database administrator has it."""
    return connect()


@pytest.fixture
def whole_log(conninfo: str) -> Iterator[None]:
    """Whatever a test does, afterwards the log must lead to the tables."""
    yield
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        assert verify(conn) == []
