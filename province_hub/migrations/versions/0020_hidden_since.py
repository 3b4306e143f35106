"""What becomes restricted after a version was sent is known with the version."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0020_hidden_since.sql", context.config.attributes["srid"])


def downgrade() -> None:
    """What was noted stays noted."""
    op.execute("DROP TRIGGER note_hidden ON hub.change_log")
    op.execute("DROP FUNCTION hub.note_hidden")
