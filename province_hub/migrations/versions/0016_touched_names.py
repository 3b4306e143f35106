"""Tables of what a version touches are named after what they hold: communes, and ground."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"

_RENAMED = (
    ("proposal_ground", "proposal_commune", ("proposal_version", "commune"), ("commune",)),
    ("proposal_feature", "proposal_ground", ("proposal_version",), ("key", "ground")),
)
"""Each table's name before and after, with its foreign keys and indexes; the second takes the name that the first leaves."""


def upgrade() -> None:
    for before, after, keys, indexes in _RENAMED:
        _rename(before, after, keys, indexes)


def downgrade() -> None:
    for before, after, keys, indexes in reversed(_RENAMED):
        _rename(after, before, keys, indexes)


def _rename(name: str, other: str, keys: tuple[str, ...], indexes: tuple[str, ...]) -> None:
    op.execute(f"ALTER TABLE hub.{name} RENAME TO {other}")
    for part in ("pkey", *(f"{index}_idx" for index in indexes)):
        op.execute(f"ALTER INDEX hub.{name}_{part} RENAME TO {other}_{part}")
    for key in keys:
        op.execute(f"ALTER TABLE hub.{other} RENAME CONSTRAINT {name}_{key}_fkey TO {other}_{key}_fkey")
