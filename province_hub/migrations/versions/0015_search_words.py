"""Names without marks, to search by."""

from __future__ import annotations

from alembic import context, op

from province_hub import migrations

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    migrations.run(op.get_bind(), "0015_search_words.sql", context.config.attributes["srid"])
