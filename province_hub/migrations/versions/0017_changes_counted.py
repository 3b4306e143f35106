"""How many changes a version has, beside it."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0017_changes_counted.sql", context.config.attributes["srid"])
