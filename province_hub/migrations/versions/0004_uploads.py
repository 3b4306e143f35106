"""Files that arrive in parts."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0004_uploads.sql", context.config.attributes["srid"])
