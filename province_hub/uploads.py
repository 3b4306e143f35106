"""Files on their way in: parts of a file that is named by its SHA-256, kept for each sender until the whole is used.

A part may be sent again, so that a lost answer costs one part; a sender that comes back asks how much has arrived.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

from province_hub import proposals, quotas
from province_hub.bodies import values_in
from province_hub.database import HubConnection
from province_hub.errors import Problem
from province_hub.identity import Principal
from province_hub.limits import Limits

_EXPIRE = "DELETE FROM hub.upload WHERE updated_at < clock_timestamp() - make_interval(days => %s)"
_BEGIN = """
INSERT INTO hub.upload (sha256, account, size) VALUES (%(sha256)s, %(account)s, %(size)s)
ON CONFLICT (sha256, account) DO UPDATE SET updated_at = clock_timestamp() RETURNING size, received
"""
_PART = """
INSERT INTO hub.upload_part (sha256, account, position, content) VALUES (%(sha256)s, %(account)s, %(position)s, %(content)s)
"""
_GROW = "UPDATE hub.upload SET received = %(received)s WHERE sha256 = %(sha256)s AND account = %(account)s"
_FORGET = "DELETE FROM hub.upload WHERE sha256 = %(sha256)s AND account = %(account)s"
_RECEIVED = "SELECT sha256, received FROM hub.upload WHERE account = %s AND sha256 = ANY(%s)"
_STORED = "SELECT sha256 FROM hub.attachment WHERE sha256 = ANY(%s)"
_ABOUT_TO_BE_NAMED = "UPDATE hub.attachment SET last_sent_at = clock_timestamp() WHERE sha256 = ANY(%s)"
_WHOLE = """
SELECT p.content FROM hub.upload u JOIN hub.upload_part p USING (sha256, account)
WHERE u.sha256 = %(sha256)s AND u.account = %(account)s AND u.received = u.size ORDER BY p.position
"""


@dataclass(frozen=True)
class Part:
    """``offset`` is where ``content`` begins in the file of ``size`` bytes."""

    sha256: str
    size: int
    offset: int
    content: bytes


def add(conn: HubConnection, caller: Principal, part: Part, limits: Limits) -> int:
    """How many bytes of the file have arrived.

    Raises `Problem`: 409 ``upload.offset`` where something before the part is missing, 413 ``files.full``, 422 ``upload.size``.
    """
    if part.offset == 0:
        conn.execute(_EXPIRE, (limits.upload_days,))
    named = {"sha256": part.sha256, "account": caller.id}
    received = _begun(conn, part, named)
    quotas.check_uploads(conn, caller.id, limits)
    if part.offset > received:
        raise Problem(409, "upload.offset", received=received)
    if part.offset + len(part.content) > part.size:
        raise Problem(422, "upload.size", size=part.size)
    fresh = part.content[received - part.offset :]
    if fresh:
        conn.execute(_PART, {**named, "position": received, "content": fresh})
        conn.execute(_GROW, {**named, "received": received + len(fresh)})
    return received + len(fresh)


def _begun(conn: HubConnection, part: Part, named: dict[str, str]) -> int:
    """How much has arrived before; the upload's row is held from here on. Of another size it can't be the same file."""
    for _ in range(2):
        row = conn.execute(_BEGIN, {**named, "size": part.size}).fetchone()
        if row is not None and row["size"] == part.size:
            return int(row["received"])
        conn.execute(_FORGET, named)
    raise Problem(409, "upload.offset", received=0)


def states(conn: HubConnection, caller: Principal, names: Sequence[str]) -> list[dict[str, Any]]:
    """Of each file: whether the hub has it already, as far as the caller may know, or else how much of it has arrived.

    Who asks about a file is about to name it: its age counts from now."""
    received = {row["sha256"]: row["received"] for row in conn.execute(_RECEIVED, (caller.id, list(names)))}
    held = {row["sha256"] for row in conn.execute(_STORED, (list(names),)).fetchall()}
    stored = {name for name in held if proposals.may_read_attachment(conn, caller, name)}
    conn.execute(_ABOUT_TO_BE_NAMED, (list(stored),))
    return [{"sha256": name, "received": received.get(name, 0), "stored": name in stored} for name in names]


def whole(conn: HubConnection, caller: Principal, sha256: str) -> Optional[bytes]:
    """The caller's file, once all of it has arrived and is what its name says; else None, and one that is not is forgotten."""
    named = {"sha256": sha256, "account": caller.id}
    content = b"".join(row["content"] for row in conn.execute(_WHOLE, named))
    if not content:
        return None
    if hashlib.sha256(content).hexdigest() != sha256:
        conn.execute(_FORGET, named)
        return None
    return content


def forget(conn: HubConnection, caller: Principal, sha256: str) -> None:
    conn.execute(_FORGET, {"sha256": sha256, "account": caller.id})


def document(packed: bytes, limits: Limits) -> dict[str, Any]:
    """The JSON object in a gzip file. Raises `Problem` 413 ``too_large``, or 422 ``invalid`` where it is none."""
    limit = limits.version_body
    stream = zlib.decompressobj(wbits=31)
    try:
        plain = stream.decompress(packed, limit + 1)
        if len(plain) > limit or values_in(plain) > limits.json_values:
            raise Problem(413, "too_large", limit=limit)
        read = json.loads(plain) if stream.eof else None
    except (zlib.error, ValueError, RecursionError) as error:
        raise Problem(422, "invalid", code="request.encoding") from error
    if not isinstance(read, dict):
        raise Problem(422, "invalid", code="request.malformed")
    return read
