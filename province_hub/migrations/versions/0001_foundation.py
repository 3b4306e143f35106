"""Registry, accounts, log and revisions, proposals, audit."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0001"
down_revision = None


def upgrade() -> None:
    for name in ("0001_srids.sql", "0001_tables.sql", "0001_tracking.sql"):
        migrations.run(op.get_bind(), name, context.config.attributes["srid"])
