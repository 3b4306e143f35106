"""Years whose days off are announced; one room for the days that publication takes."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0018_calendar_years.sql", context.config.attributes["srid"])


def downgrade() -> None:
    """The days to publish stay with their clock, and a law's rule as long as the law has it."""
    op.execute("DROP TABLE hub.calendar_year")
