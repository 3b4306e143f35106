"""Registry, accounts, log and revisions, proposals, audit."""

from __future__ import annotations

from alembic import op

from province_hub import migrations

revision = "0001"
down_revision = None


def upgrade() -> None:
    srid = op.get_context().config.attributes["srid"]
    for name in ("0001_srids.sql", "0001_tables.sql", "0001_tracking.sql"):
        migrations.run(op.get_bind(), name, srid)
