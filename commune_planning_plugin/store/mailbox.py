"""What a person said about proposals and the hub hasn't answered yet, and what was opened before: a small SQLite of its own.

Reviewers have no working copy. One file for each hub and account; any number of QGIS windows use it at once. What is put in is on
the disk when the call returns, and leaves it when the hub has answered, or the person takes it back.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any, Optional

from commune_planning_plugin.core.discussion import Act
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.wire import canonical_json
from commune_planning_plugin.store.sql import Database

WAIT_S = 5.0
"""How long another window's write is waited for; each is a few rows."""

_DAMAGED = frozenset({"working_copy.not_a_working_copy", "working_copy.damaged"})

REVIEWS_KEPT = 40
"""Opened proposals that can be read without a connection; those opened longest ago go."""

_TABLES = """
CREATE TABLE IF NOT EXISTS item (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, proposal TEXT NOT NULL, document BLOB NOT NULL,
    state TEXT NOT NULL, problem TEXT, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS file (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS kept (
    name TEXT NOT NULL, kind TEXT NOT NULL, document BLOB NOT NULL, at TEXT NOT NULL, PRIMARY KEY (name, kind));
CREATE TABLE IF NOT EXISTS mark (proposal TEXT PRIMARY KEY, seen INTEGER NOT NULL, told INTEGER NOT NULL DEFAULT 0);
"""
_ITEMS = "SELECT id, proposal, document, state, problem, at FROM item"


class ItemState(str, Enum):
    """``sent`` ones are kept until the hub shows them, so that a restored hub gets again what it has lost."""

    QUEUED = "queued"
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True)
class Item:
    """One act that waits, or was refused: ``document`` is the exact body that is sent, ``problem`` the hub's code and details."""

    id: str
    proposal: str
    document: bytes
    state: ItemState
    problem: Optional[Mapping[str, Any]]
    at: str

    @property
    def act(self) -> Act:
        return Act.from_json({**json.loads(self.document), "id": self.id})

    @property
    def files(self) -> tuple[str, ...]:
        """SHA-256 of each file that it names."""
        return tuple(file["sha256"] for file in self.act.body.get("files", ()))


@dataclass(frozen=True)
class Kept:
    """A document as the hub gave it, and when."""

    document: Any
    at: datetime


class Mailbox:
    """Belongs to the thread that opened it. Every way in raises ``WorkingCopyError``."""

    def __init__(self, path: Path) -> None:
        _create(path)
        self._database = Database(path, WAIT_S)

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Mailbox]:
        """The file is made where there is none."""
        box = cls(path)
        try:
            yield box
        finally:
            box.close()

    def close(self) -> None:
        self._database.close()

    def damage(self) -> Optional[str]:
        """Where the file is that was in this one's place and can't be read any more; told once."""
        found = self._kept("damage", "damage")
        if found is not None:
            with self._database.writing() as db:
                db.execute("DELETE FROM kept WHERE kind = 'damage'")
        return str(found.document) if found is not None else None

    # --- what I said --------------------------------------------------------------------------------------------------

    def put(self, proposal: str, act: Act, files: Optional[Mapping[str, bytes]] = None, instead: Optional[str] = None) -> None:
        """Let ``act`` wait for the hub, with the contents of its ``files`` by hash; ``instead`` of one that was refused."""
        document = canonical_json({"kind": act.kind.value, "version": act.version, "body": dict(act.body)})
        with self._database.writing() as db:
            if instead is not None:
                _drop(db, instead)
            for name, content in (files or {}).items():
                db.execute("INSERT OR IGNORE INTO file VALUES (?, ?)", (name, content))
            row = (act.id, proposal, document, ItemState.QUEUED.value, _now())
            db.execute("INSERT OR IGNORE INTO item (id, proposal, document, state, at) VALUES (?, ?, ?, ?, ?)", row)

    def waiting(self) -> tuple[Item, ...]:
        """What is to be sent, in its order."""
        return self._items("WHERE state = ? ORDER BY number", ItemState.QUEUED.value)

    def unanswered(self, proposal: Optional[str] = None) -> tuple[Item, ...]:
        """What waits or was refused, of one proposal or of all, in its order."""
        states = (ItemState.QUEUED.value, ItemState.REFUSED.value)
        return self._items("WHERE state IN (?, ?) AND (? IS NULL OR proposal = ?) ORDER BY number", *states, proposal, proposal)

    def answered(self, item: str, proposal_document: Optional[Mapping[str, Any]] = None) -> None:
        """The hub has it; ``proposal_document`` is how it shows it, and joins the kept discussion."""
        with self._database.writing() as db:
            found = db.execute("SELECT proposal FROM item WHERE id = ?", (item,)).fetchone()
            db.execute("UPDATE item SET state = ?, problem = NULL WHERE id = ?", (ItemState.SENT.value, item))
            if found is not None and proposal_document is not None:
                _join(db, found[0], proposal_document)
            _drop_unnamed_files(db)

    def refused(self, item: str, code: str, details: Mapping[str, Any]) -> None:
        """The hub said no: it stays, with the reason, until the person writes it anew or discards it."""
        problem = json.dumps({"code": code, "details": dict(details)}, ensure_ascii=False, default=str)
        with self._database.writing() as db:
            update = "UPDATE item SET state = ?, problem = ? WHERE id = ? AND state = ?"
            db.execute(update, (ItemState.REFUSED.value, problem, item, ItemState.QUEUED.value))

    def discard(self, item: str) -> None:
        """Take back what waits or was refused; what the hub has stays there."""
        with self._database.writing() as db:
            _drop(db, item)

    def content(self, name: str) -> Optional[bytes]:
        """Of a file by its SHA-256."""
        with self._database.reading() as db:
            row = db.execute("SELECT content FROM file WHERE sha256 = ?", (name,)).fetchone()
        return bytes(row[0]) if row else None

    # --- what was there -----------------------------------------------------------------------------------------------

    def take_discussion(self, proposal: str, document: Mapping[str, Any]) -> int:
        """Keep what the hub tells. What it answered once and doesn't name among ``mine`` any more, it has lost: that is sent again;
        how many."""
        mine = set(document["mine"])
        with self._database.writing() as db:
            _keep(db, proposal, "discussion", document)
            sent = db.execute("SELECT id FROM item WHERE proposal = ? AND state = ?", (proposal, ItemState.SENT.value)).fetchall()
            lost = [(ItemState.QUEUED.value, item) for (item,) in sent if item not in mine]
            db.executemany("UPDATE item SET state = ? WHERE id = ?", lost)
        return len(lost)

    def discussion(self, proposal: str) -> Optional[Kept]:
        return self._kept(proposal, "discussion")

    def keep_review(self, proposal: str, detail: Mapping[str, Any]) -> None:
        """An opened proposal, for a time without connection."""
        with self._database.writing() as db:
            _keep(db, proposal, "review", detail)
            old = "SELECT name FROM kept WHERE kind = 'review' ORDER BY at DESC LIMIT -1 OFFSET ?"
            db.execute(f"DELETE FROM kept WHERE kind = 'review' AND name IN ({old})", (REVIEWS_KEPT,))

    def review(self, proposal: str) -> Optional[Kept]:
        return self._kept(proposal, "review")

    def keep(self, name: str, document: Any) -> None:
        """A document that is no proposal's: the catalogue, the inbox."""
        with self._database.writing() as db:
            _keep(db, name, "other", document)

    def kept(self, name: str) -> Optional[Kept]:
        return self._kept(name, "other")

    def seen_as(self, cleared: bool) -> None:
        """Who isn't cleared any more keeps nothing of what was shown before."""
        before = self.kept("cleared")
        if before is not None and before.document and not cleared:
            self.forget_all()
        if before is None or before.document != cleared:
            self.keep("cleared", cleared)

    def forget_all(self) -> None:
        """Everything that was kept for a time without connection; one's own words that wait stay."""
        with self._database.writing() as db:
            db.execute("DELETE FROM kept")

    def forget_shown(self) -> None:
        """Opened proposals and discussions: something in them may be out of sight by now."""
        with self._database.writing() as db:
            db.execute("DELETE FROM kept WHERE kind IN ('review', 'discussion')")

    def forget(self, proposal: str) -> None:
        """What the hub doesn't show any more isn't kept either; one's own words that wait stay."""
        with self._database.writing() as db:
            db.execute("DELETE FROM kept WHERE name = ?", (proposal,))
            db.execute("DELETE FROM mark WHERE proposal = ?", (proposal,))

    # --- how far I have read ------------------------------------------------------------------------------------------

    def mark(self, proposal: str, seen: int) -> None:
        """Looked at up to this audit entry; told to the hub at the next contact."""
        with self._database.writing() as db:
            db.execute("INSERT OR IGNORE INTO mark (proposal, seen) VALUES (?, ?)", (proposal, seen))
            db.execute("UPDATE mark SET seen = max(seen, ?) WHERE proposal = ?", (seen, proposal))

    def marks(self) -> Mapping[str, int]:
        """Those that the hub hasn't been told."""
        with self._database.reading() as db:
            return dict(db.execute("SELECT proposal, seen FROM mark WHERE seen > told").fetchall())

    def marked(self, proposal: str, seen: int) -> None:
        """The hub has been told."""
        with self._database.writing() as db:
            db.execute("UPDATE mark SET told = max(told, ?) WHERE proposal = ?", (seen, proposal))

    def _items(self, condition: str, *values: Any) -> tuple[Item, ...]:
        with self._database.reading() as db:
            rows = db.execute(f"{_ITEMS} {condition}", values).fetchall()
        return tuple(_item(row) for row in rows)

    def _kept(self, name: str, kind: str) -> Optional[Kept]:
        with self._database.reading() as db:
            row = db.execute("SELECT document, at FROM kept WHERE name = ? AND kind = ?", (name, kind)).fetchone()
        document = _unpacked(row[0]) if row else None
        return Kept(document, datetime.fromisoformat(row[1])) if document is not None else None


def mailbox_path(folder: Path, hub_id: str, account: str) -> Path:
    """One file for each hub and account."""
    return folder / f"mail_{sha256(f'{hub_id}|{account}'.encode()).hexdigest()[:16]}.sqlite"


def _create(path: Path) -> None:
    """A file that can't be read is put aside, so that what comes is kept; see `Mailbox.damage`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _make_tables(path)
    except WorkingCopyError as error:
        if error.code not in _DAMAGED:
            raise
        aside = path.with_name(f"{path.stem}.damaged-{uuid.uuid4().hex[:8]}{path.suffix}")
        for end in ("-journal", ""):  # a journal would be played into the new file
            with suppress(FileNotFoundError):
                path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
        _make_tables(path, aside)


def _make_tables(path: Path, aside: Optional[Path] = None) -> None:
    """In one transaction; who comes second finds them."""
    path.touch(mode=0o600)
    database = Database(path, WAIT_S)
    try:
        with database.writing() as db:
            for statement in _TABLES.split(";"):
                db.execute(statement)
            if aside is not None:
                _keep(db, "damage", "damage", str(aside))
    finally:
        database.close()


def _item(row: Sequence[Any]) -> Item:
    item, proposal, document, state, problem, at = row
    return Item(item, proposal, bytes(document), ItemState(state), json.loads(problem) if problem else None, at)


def _drop(db: sqlite3.Connection, item: str) -> None:
    db.execute("DELETE FROM item WHERE id = ? AND state <> ?", (item, ItemState.SENT.value))
    _drop_unnamed_files(db)


def _drop_unnamed_files(db: sqlite3.Connection) -> None:
    """A refused item's files stay with it."""
    wanted = db.execute("SELECT document FROM item WHERE state <> ?", (ItemState.SENT.value,)).fetchall()
    named = {file["sha256"] for (document,) in wanted for file in json.loads(document)["body"].get("files", ())}
    for (name,) in db.execute("SELECT sha256 FROM file").fetchall():
        if name not in named:
            db.execute("DELETE FROM file WHERE sha256 = ?", (name,))


def _keep(db: sqlite3.Connection, name: str, kind: str, document: Any) -> None:
    packed = zlib.compress(json.dumps(document, ensure_ascii=False).encode(), 6)
    db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", (name, kind, packed, _now()))


def _unpacked(packed: bytes) -> Any:
    """None where it is damaged: the hub tells it again."""
    try:
        return json.loads(zlib.decompress(packed))
    except (zlib.error, ValueError):
        return None


def _join(db: sqlite3.Connection, proposal: str, act: Mapping[str, Any]) -> None:
    row = db.execute("SELECT document FROM kept WHERE name = ? AND kind = 'discussion'", (proposal,)).fetchone()
    if row is None:
        return
    document = _unpacked(row[0])
    if document is not None and all(each["id"] != act["id"] for each in document["acts"]):
        joined = {**document, "acts": [*document["acts"], dict(act)], "mine": [*document["mine"], act["id"]]}
        _keep(db, proposal, "discussion", joined)


def _now() -> str:
    return datetime.now(timezone.utc).isoformat()
