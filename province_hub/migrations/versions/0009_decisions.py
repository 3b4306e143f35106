"""What follows an approval."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0009_decisions.sql", context.config.attributes["srid"])
