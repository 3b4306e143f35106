"""How many changes a version has, beside it."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0017_changes_counted.sql", context.config.attributes["srid"])


def downgrade() -> None:
    op.execute("ALTER TABLE hub.proposal_version DROP COLUMN changes")
    for index in ("proposal_step_actor_idx", "proposal_step_delegation_idx", "proposal_coalesce_number_idx"):
        op.execute(f"DROP INDEX hub.{index}")
