"""Which features the log touches between two revisions, found once for all pages of a feed.

The log up to a revision never changes, so that what was found stays true as long as it is kept.
"""

from __future__ import annotations

import threading
import uuid
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from province_hub import revisions
from province_hub.database import HubConnection

BATCH = 500
_FEATURES_KEPT = 1_000_000
"""About 75 bytes each."""

_NET = """
SELECT layer, array_agg(key ORDER BY key) AS keys, array_agg(first ORDER BY key) AS firsts, array_agg(last ORDER BY key) AS lasts
FROM (
    SELECT c.layer, uuid_send(c.key) AS key, min(c.id) AS first, max(c.id) AS last
    FROM hub.change_log c WHERE c.transaction = ANY(%(transactions)s) AND c.layer = ANY(%(layers)s) GROUP BY 1, 2
) net GROUP BY 1 ORDER BY layer COLLATE "C"
"""


@dataclass(frozen=True)
class Net:
    """The touched features of one layer in order of their keys, each with the first and the last entry of the log about it."""

    layer: str
    keys: list[bytes]
    firsts: array[int]
    lasts: array[int]

    def after(self, key: str) -> int:
        """Where the features after ``key`` begin."""
        return bisect_right(self.keys, uuid.UUID(key).bytes)


@dataclass(frozen=True)
class Entry:
    """One touched feature."""

    layer: str
    first: int
    last: int


@dataclass(frozen=True)
class Range:
    """Revisions after ``after`` up to ``to``, by number; ``ids`` are theirs, which no other database has."""

    after: int
    to: int
    ids: tuple[str, str]


class NetChanges:
    """Keeps the lists that were asked for last."""

    def __init__(self, most: int = _FEATURES_KEPT) -> None:
        self._most = most
        self._kept: dict[tuple[Range, tuple[str, ...]], list[Net]] = {}
        self._lock = threading.Lock()

    def entries(self, conn: HubConnection, span: Range, layers: Iterable[str], place: tuple[str, str]) -> Iterator[list[Entry]]:
        """The touched features after ``place`` (layer and key), in batches."""
        nets = self._found(conn, span, tuple(sorted(layers)))
        layer, key = place
        entries = (
            Entry(net.layer, net.firsts[n], net.lasts[n])
            for net in nets[bisect_left([net.layer for net in nets], layer) :]
            for n in range(net.after(key) if net.layer == layer else 0, len(net.keys))
        )
        while batch := list(islice(entries, BATCH)):
            yield batch

    def _found(self, conn: HubConnection, span: Range, layers: tuple[str, ...]) -> list[Net]:
        asked = (span, layers)
        with self._lock:
            nets = self._kept.pop(asked, None)
        if nets is None:
            nets = _read(conn, span, layers)
        with self._lock:
            self._kept[asked] = nets
            while len(self._kept) > 1 and sum(len(net.keys) for kept in self._kept.values() for net in kept) > self._most:
                self._kept.pop(next(iter(self._kept)))
        return nets


def _read(conn: HubConnection, span: Range, layers: tuple[str, ...]) -> list[Net]:
    span_of = revisions.transactions(conn, span.after, span.to)
    rows = conn.execute(_NET, {"transactions": span_of, "layers": list(layers)}).fetchall()
    return [Net(row["layer"], row["keys"], array("q", row["firsts"]), array("q", row["lasts"])) for row in rows]
