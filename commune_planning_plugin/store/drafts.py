"""Proposals being written, with their files."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.proposal import Attachment, Version
from commune_planning_plugin.core.text import file_name
from commune_planning_plugin.store.building import now
from commune_planning_plugin.store.model import Draft, Ref

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of one attached file; the hub takes no more."""


def read(connection: sqlite3.Connection) -> tuple[Draft, ...]:
    """The one that was written last comes first."""
    found = connection.execute("SELECT document FROM planning_draft ORDER BY updated_at DESC, proposal").fetchall()
    return tuple(from_document(json.loads(document)) for (document,) in found)


def save(connection: sqlite3.Connection, draft: Draft) -> Draft:
    stamped = replace(draft, updated_at=now())
    document = json.dumps(asdict(stamped))  # escaped: what is typed may hold halves of characters
    connection.execute("INSERT OR REPLACE INTO planning_draft VALUES (?, ?, ?)", (draft.proposal, document, stamped.updated_at))
    return stamped


def discard(connection: sqlite3.Connection, proposal: str) -> None:
    """The files stay where a version with them was frozen."""
    connection.execute("DELETE FROM planning_draft WHERE proposal = ?", (proposal,))
    connection.execute(
        "DELETE FROM planning_attachment WHERE proposal = ?1 AND NOT EXISTS (SELECT 1 FROM planning_outbox WHERE proposal = ?1)",
        (proposal,),
    )


def file_of(path: Path) -> tuple[Attachment, bytes]:
    """Raises ``WorkingCopyError``: ``attachment.unreadable`` or ``attachment.too_large``."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise WorkingCopyError("attachment.too_large", path=str(path), size=size, limit=LARGEST_FILE)
        content = path.read_bytes()
    except OSError as error:
        raise WorkingCopyError("attachment.unreadable", path=str(path), reason=str(error)) from error
    return Attachment(hashlib.sha256(content).hexdigest(), file_name(path.name), len(content)), content


def of_version(version: Version, number: int, refs: Iterable[Ref]) -> Draft:
    """A draft of version ``number`` with all that ``version`` says; ``refs`` are its features, as the file calls them."""
    said = (version.title, version.ground, version.reason)
    return Draft(version.proposal, number, version.plan, *said, tuple(refs), version.attachments, linked=version.linked)


def without(draft: Draft, refs: Collection[Ref]) -> Draft:
    """``draft`` without these features."""
    return replace(draft, refs=tuple(ref for ref in draft.refs if ref not in refs))


def put_file(connection: sqlite3.Connection, proposal: str, attachment: Attachment, content: bytes) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO planning_attachment VALUES (?, ?, ?, ?)", (proposal, attachment.sha256, attachment.size, content)
    )


def content_of(connection: sqlite3.Connection, sha256: str) -> bytes:
    """Raises ``WorkingCopyError('attachment.missing')``."""
    row = connection.execute("SELECT content FROM planning_attachment WHERE sha256 = ? LIMIT 1", (sha256,)).fetchone()
    if row is None:
        raise WorkingCopyError("attachment.missing", sha256=[sha256])
    return bytes(row[0])


def from_document(plain: dict[str, Any]) -> Draft:
    """The draft that `asdict` made ``plain`` of; ``plain`` is used up."""
    refs = tuple(Ref(**ref) for ref in plain.pop("refs"))
    files = tuple(Attachment(**file) for file in plain.pop("files"))
    linked = tuple(plain.pop("linked", ()))
    return Draft(**plain, refs=refs, files=files, linked=linked)
