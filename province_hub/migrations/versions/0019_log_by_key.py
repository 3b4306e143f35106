"""The log's newest entry of a feature is one look into an index, however much has been logged of others since."""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.execute("CREATE INDEX IF NOT EXISTS change_log_key_id_idx ON hub.change_log (key, id)")
    op.execute("DROP INDEX IF EXISTS hub.change_log_key_idx")


def downgrade() -> None:
    op.execute("CREATE INDEX change_log_key_idx ON hub.change_log (key)")
    op.execute("DROP INDEX hub.change_log_key_id_idx")
