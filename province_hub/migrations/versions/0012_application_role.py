"""A role of its own for the application."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0012_application_role.sql", context.config.attributes["srid"])
