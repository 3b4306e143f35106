"""Runs the steps on the connection that `province_hub.migrations.upgrade` opened."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

connection = context.config.attributes["connection"]
connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('hub.migrations', 0))"))
connection.execute(text("CREATE SCHEMA IF NOT EXISTS hub"))
connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
context.configure(connection=connection, version_table="schema_version", version_table_schema="hub")
with context.begin_transaction():
    context.run_migrations()
connection.commit()
