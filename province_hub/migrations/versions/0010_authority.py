"""The matrix of authority, delegations, consents and the post-check."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0010_authority.sql", context.config.attributes["srid"])
