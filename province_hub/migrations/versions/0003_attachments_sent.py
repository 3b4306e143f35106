"""When a file was last sent."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0003_attachments_sent.sql", context.config.attributes["srid"])
