"""What proposals say of each other, and all proposals of a revision."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0006_bound_proposals.sql", context.config.attributes["srid"])
