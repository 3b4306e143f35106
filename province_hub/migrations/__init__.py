"""The hub's database, step by step. Steps are plain SQL under ``sql/``, run by Alembic, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

_HERE = Path(__file__).parent


def upgrade(conninfo: str, srid: int, step: str = "head") -> None:
    """Bring the database to ``step``, the newest one unless another is given.

    ``srid`` is the province's coordinate system, and only counts the first time.
    """
    _run_alembic(conninfo, srid, command.upgrade, step)


def downgrade(conninfo: str, srid: int, step: str) -> None:
    """Take the database back to ``step``, with all that is in it. Only steps from 0016 on can be taken back."""
    _run_alembic(conninfo, srid, command.downgrade, step)


def _run_alembic(conninfo: str, srid: int, move: Callable[[Config, str], None], step: str) -> None:
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(conninfo), poolclass=NullPool)
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(_HERE))
        config.attributes.update(connection=connection, srid=srid)
        move(config, step)


def newest() -> str:
    """The step that a database is at when it is up to date."""
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    return str(ScriptDirectory.from_config(config).get_current_head())


def run(connection: Connection, name: str, srid: int) -> None:
    """Run one file of ``sql/``, with the coordinate system and PostGIS's schema put in."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)  # noqa: S101  # the engine is ours
    schema = raw.execute(
        "SELECT nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'postgis'"
    ).fetchone()
    text = (_HERE / "sql" / name).read_text(encoding="utf-8")
    postgis = sql.Identifier(schema[0] if schema else "public").as_string(raw)
    raw.execute(text.replace("@srid@", str(int(srid))).replace("@postgis@", postgis).encode())
