"""A hub's database as the first version of the schema had it, so that all later steps can be taken once more."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from province_hub import migrations

_COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables t USING (table_schema, table_name)
WHERE table_schema = 'hub' AND t.table_type = 'BASE TABLE' AND table_name <> 'schema_version'
"""
_VIEWS = "SELECT table_name FROM information_schema.views WHERE table_schema = 'hub'"


def take_back(conninfo: str) -> None:
    """Drop what later steps have added: views, tables, columns and settings. What else they changed they change again."""
    with _first_version() as first, psycopg.connect(first) as conn:
        then = {tuple(row) for row in conn.execute(_COLUMNS)}
    with psycopg.connect(conninfo) as conn:
        now = {tuple(row) for row in conn.execute(_COLUMNS)}
        for (name,) in conn.execute(_VIEWS).fetchall():
            conn.execute(sql.SQL("DROP VIEW hub.{} CASCADE").format(sql.Identifier(name)))
        for name in sorted({table for table, _ in now} - {table for table, _ in then}):
            conn.execute(sql.SQL("DROP TABLE hub.{} CASCADE").format(sql.Identifier(name)))
        for table, column in sorted(each for each in now - then if any(each[0] == known for known, _ in then)):
            conn.execute(sql.SQL("ALTER TABLE hub.{} DROP COLUMN {} CASCADE").format(*map(sql.Identifier, (table, column))))
        conn.execute("DELETE FROM hub.setting WHERE name = 'read_from'")
        conn.execute("UPDATE hub.schema_version SET version_num = '0001'")


@contextmanager
def _first_version() -> Iterator[str]:
    name = f"hub_first_{uuid.uuid4().hex[:8]}"
    with psycopg.connect("dbname=postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            migrations.upgrade(make_conninfo(dbname=name), 9217, "0001")
            yield make_conninfo(dbname=name)
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
