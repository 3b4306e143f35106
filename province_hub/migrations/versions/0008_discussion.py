"""What people say about proposals, and agencies."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0008_discussion.sql", context.config.attributes["srid"])
