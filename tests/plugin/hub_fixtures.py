"""A real hub for the session: on the server that PGHOST names, or on a throw-away one."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row

from province_hub.initialise import initialise
from tests.hub import tiny
from tests.hub.api_fixtures import HubServer, hub_app, hub_server
from tests.hub.conftest import application, conninfo

__all__ = ["HubServer", "application", "conninfo", "hub_app", "hub_server", "postgres", "template"]

SCRIPT = Path(__file__).parents[2] / "scripts" / "pg.sh"


@pytest.fixture(scope="session")
def postgres() -> Iterator[None]:
    """PGHOST and the like are set while tests run."""
    if os.environ.get("PGHOST"):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder:
        home = str(Path(folder) / "c")
        Path(folder).chmod(0o755)
        said = subprocess.run(["sh", str(SCRIPT), "start", home], capture_output=True, text=True, check=True).stdout
        names = dict(word.split("=", 1) for line in said.splitlines() for word in shlex.split(line) if word.startswith("PG"))
        os.environ.update(names)
        try:
            yield
        finally:
            subprocess.run(["sh", str(SCRIPT), "stop", home], check=True, capture_output=True)
            for name in names:
                os.environ.pop(name, None)


@pytest.fixture(scope="session")
def template(postgres: None) -> Iterator[str]:
    """Name of a database with the tiny province in it, to be cloned."""
    name = f"hub_template_{uuid.uuid4().hex[:8]}"
    with psycopg.connect("dbname=postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    conninfo = make_conninfo(dbname=name)
    initialise(conninfo, application=tiny.as_application(conninfo))
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        tiny.load(conn)
    yield name
    with psycopg.connect("dbname=postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
