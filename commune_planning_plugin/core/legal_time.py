"""Legal time: which state of a feature was in force on a day.

The plan in force on day D is, for each feature, its newest version, by revision, whose legal start is not after D. A version is
what a revision left of the feature; having been deleted is one too. Its legal start is

* the effective date of the decision, for what a proposal's approval wrote, once the decision was made effective; until then there
  is none: what is approved and not yet effective is in force on no day;
* the row's own ``valid_from``, for what no proposal wrote (an import, a direct edit); where that is empty or the row was deleted,
  the day of the transaction.

A revision that only writes down legal times makes no version of its own. A version ends where one that is newer starts, and after
its row's ``valid_to``, the last day of its being in force.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Optional

from commune_planning_plugin.core.schema import Values


@dataclass(frozen=True)
class FeatureVersion:
    """``start`` is None while it isn't in force on any day; ``row`` None where the feature was deleted."""

    revision: int
    start: Optional[date]
    row: Optional[Values]


def legal_start(proposed: bool, effective: Optional[date], row: Optional[Values], transaction_day: date) -> Optional[date]:
    """When a version starts to be in force. ``effective`` is its proposal's, where it was ``proposed``."""
    if proposed:
        return effective
    own = row.get("valid_from") if row is not None else None
    return date.fromisoformat(own) if isinstance(own, str) else transaction_day


def in_force(versions: Iterable[FeatureVersion], day: date) -> Optional[FeatureVersion]:
    """Which of one feature's versions it is; None where none is, or where the feature was gone or had ended by then."""
    started = [version for version in versions if version.start is not None and version.start <= day]
    newest = max(started, key=lambda version: version.revision, default=None)
    if newest is None or newest.row is None:
        return None
    end = newest.row.get("valid_to")
    return None if isinstance(end, str) and date.fromisoformat(end) < day else newest
