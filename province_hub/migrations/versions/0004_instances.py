"""Working copies in contact, and their unsent work."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0004_instances.sql", context.config.attributes["srid"])
