"""The areas that communes had before."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0007_former_areas.sql", context.config.attributes["srid"])
