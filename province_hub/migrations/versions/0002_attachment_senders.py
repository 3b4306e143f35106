"""Who has sent which file."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0002_attachment_senders.sql", context.config.attributes["srid"])
