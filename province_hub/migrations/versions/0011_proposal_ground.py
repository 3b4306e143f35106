"""The ground that proposals touch; norms of the land-fund balance for a rule pack that has none."""

from __future__ import annotations

import json
from pathlib import Path

from alembic import context, op

from province_hub import migrations

revision = "0011"
down_revision = "0010"

_NORMS = Path(__file__).parents[2] / "data" / "balance_norms.json"
_ADD_NORMS = """
UPDATE hub.setting SET value = jsonb_build_object('balance_norms', %s::jsonb) || value WHERE name = 'rule_pack'
"""


def upgrade() -> None:
    migrations.run(op.get_bind(), "0011_proposal_ground.sql", context.config.attributes["srid"])
    norms = json.dumps(json.loads(_NORMS.read_text(encoding="utf-8")), ensure_ascii=False)
    op.get_bind().exec_driver_sql(_ADD_NORMS, (norms,))
