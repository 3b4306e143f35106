"""Working copies in contact, and their unsent work."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0005_instances.sql", context.config.attributes["srid"])
