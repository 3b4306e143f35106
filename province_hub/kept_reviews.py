"""What judging a version came to, kept while nothing that it was made of changes: a review is opened more than once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Optional

from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.core.wire import content_hash
from province_hub.database import HubConnection
from province_hub.plan_sums import PlanSums
from province_hub.relations import partners
from province_hub.reviewing import codes, setting
from province_hub.revisions import latest
from province_hub.stored import Content, Stored

MOST_ROWS = 20_000
"""Rows in all that is kept: about 100 MB."""

_PLAN = "SELECT md5(p::text) AS state FROM hub.plan p WHERE p.key = %s"

Verdict = Mapping[str, Any]
"""The parts of a proposal's document that come of judging it: ``review``, ``findings``, ``result_hash`` and ``context``."""


class KeptReviews:
    """For all threads of a hub's process; what was asked for longest ago goes first."""

    def __init__(self, most_rows: int = MOST_ROWS) -> None:
        self.sums = PlanSums()
        self._most_rows = most_rows
        self._kept: OrderedDict[Hashable, Verdict] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: Optional[Hashable], make: Callable[[], Verdict]) -> Verdict:
        """The verdict of that ``key``; nothing is kept without one. Nobody may change what is given."""
        with self._lock:
            known = self._kept.get(key) if key is not None else None
            if known is not None:
                self._kept.move_to_end(key)
                return known
        made = make()
        if key is not None and _rows(made) <= self._most_rows:
            with self._lock:
                self._kept[key] = made
                while sum(map(_rows, self._kept.values())) > self._most_rows:
                    self._kept.popitem(last=False)
        return made


def _rows(verdict: Verdict) -> int:
    return len(verdict["review"]) + len(verdict["context"])


def key_of(conn: HubConnection, schema: Mapping[str, Layer], stored: Stored, current: Content, cleared: bool) -> Optional[Hashable]:
    """All that a verdict is made of: the version, what its author sees, the province's revision, the rules with their codes, the
    plan, the layers, and whether the caller is ``cleared``. None where other proposals have a say in it.

    In a transaction that sees one unchanging state alone: elsewhere the revision may be another one by the next statement.
    """
    version = current.version
    if version.depends_on or version.linked or partners(conn, stored.id):
        return None
    rules = content_hash([setting(conn, "rule_pack"), {name: sorted(each) for name, each in codes(conn).items()}])
    plan = conn.execute(_PLAN, (version.plan,)).fetchone()
    touched = tuple(schema[name].fingerprint for name in sorted({change.layer for change in version.changes}))
    asked = (stored.id, version.number, stored.row["hash"], content_hash(dict(current.new_keys)), current.author_cleared)
    return (*asked, latest(conn), rules, plan and plan["state"], touched, cleared)
