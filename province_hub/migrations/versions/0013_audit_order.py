"""One order over all chains of the audit, and signed heads."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0013_audit_order.sql", context.config.attributes["srid"])
