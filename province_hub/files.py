"""Files that a record names: held by the hub, and known to who names them."""

from __future__ import annotations

from collections.abc import Collection

from province_hub.database import HubConnection
from province_hub.errors import Problem
from province_hub.identity import Principal
from province_hub.proposals import may_read_attachment

_HELD = """
SELECT sha256, size FROM hub.attachment WHERE sha256 = ANY(%s)
ORDER BY sha256 FOR KEY SHARE -- housekeeping removes none of them while this transaction lives
"""


def require_files(conn: HubConnection, principal: Principal, named: Collection[str]) -> dict[str, int]:
    """Their sizes. Naming a file would let the account read it: one that it neither sent nor may read is missing.

    Raises `Problem` 409 ``attachment.missing``.
    """
    sizes = {row["sha256"]: row["size"] for row in conn.execute(_HELD, (list(named),))}
    missing = sorted(sha256 for sha256 in named if sha256 not in sizes or not may_read_attachment(conn, principal, sha256))
    if missing:
        raise Problem(409, "attachment.missing", sha256=missing)
    return sizes
