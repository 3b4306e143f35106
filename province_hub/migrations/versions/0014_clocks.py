"""Legal clocks, due dates, and what lists are found by."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0014_clocks.sql", context.config.attributes["srid"])
