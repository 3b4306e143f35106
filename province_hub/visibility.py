"""What a caller may see of a feature.

0 is public; of 1 others than cleared accounts get the true geometry with a few named attributes; 2 doesn't exist for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Optional

from psycopg import sql

PUBLIC, ATTRIBUTES_HIDDEN, EXISTENCE_HIDDEN = 0, 1, 2
SHOWN_ALWAYS = frozenset(
    {"key", "geom", "birth", "plan", "valid_from", "valid_to", "visibility", "maThongTinQH", "maHoSoQH", "maDoiTuong"}
)
"""What stays readable where attributes are hidden: whose the feature is, and since when."""


def level_of(row: Mapping[str, Any]) -> int:
    """How hidden a whole row is."""
    level = row.get("visibility")
    return level if isinstance(level, int) else PUBLIC


def visible(row: Optional[Mapping[str, Any]], cleared: bool) -> Optional[dict[str, Any]]:
    """The part of a whole row (geometry included) that a caller may see; None where nothing about it may be known."""
    if row is None or (not cleared and row["visibility"] >= EXISTENCE_HIDDEN):
        return None
    if cleared or row["visibility"] == PUBLIC:
        return dict(row)
    return {name: value if name in SHOWN_ALWAYS else None for name, value in row.items()}


def row_condition(cleared: bool, alias: str = "l") -> sql.Composable:
    """The SQL condition for rows of a layer table whose existence a caller may know."""
    if cleared:
        return sql.SQL("true")
    return sql.SQL("{}.visibility < {}").format(sql.Identifier(alias), sql.Literal(EXISTENCE_HIDDEN))


def masked(names: Sequence[str]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """A function that empties what others than cleared accounts don't see in a tuple of the attributes ``names``."""
    at = names.index("visibility")
    hidden = [index for index, name in enumerate(names) if name not in SHOWN_ALWAYS]

    def mask(row: tuple[Any, ...]) -> tuple[Any, ...]:
        if row[at] == PUBLIC:
            return row
        values = list(row)
        for index in hidden:
            values[index] = None
        return tuple(values)

    return mask
