"""Beginning afresh where a working copy can't become what the hub's layers are now: a new file, with all that was made in the old.

It may be stopped or killed anywhere, and be done again: until the end the former file is the commune's, and nothing in it is lost.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from commune_planning_plugin.store import WorkingCopy
from commune_planning_plugin.store.building import retained_snapshot
from commune_planning_plugin.store.model import Ref
from commune_planning_plugin.store.unsent import CHANGE, Piece
from commune_planning_plugin.store.withdrawing import WITHDRAWN
from commune_planning_plugin.sync import contact, engine
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.feedback import SILENT, Feedback
from commune_planning_plugin.sync.rebase import asked


@dataclass(frozen=True)
class Carried:
    """What was taken along. ``left``: what the new layers have no place for; it stays in the former file. ``sealed``: edits of
    features that were hidden from the account since; they are at the hub."""

    changes: int = 0
    drafts: int = 0
    conflicts: int = 0
    left: int = 0
    sealed: int = 0


def begin_afresh(old: WorkingCopy, client: HubClient, path: Path, device: str, feedback: Feedback = SILENT) -> Carried:
    """A working copy at ``path``, with the edits, drafts and versions under way of ``old``; what waits to be sent goes before.

    Raises as `engine.first_pull`, `send_outbox`, `check_undamaged` and `contact.restore`; nothing is at ``path`` then.
    """
    engine.check_undamaged(old)
    account = client.me().name
    if account == old.identity.account:
        contact.meet(old, client, device)
        engine.send_outbox(old, client, feedback)
    growing = path.with_name(f"{path.stem}.beginning{path.suffix}")  # until all is in it, it isn't the commune's
    _remove(growing)
    try:
        with engine.first_pull(client, growing, old.identity.commune, account, feedback) as new:
            carried, withdrawn = _carried(old, new, client, device)
        retained_snapshot(growing).replace(retained_snapshot(path))
        growing.replace(path)
    finally:
        _remove(growing)
    with WorkingCopy.open(path) as new:
        new.forget(withdrawn)
    return carried


def _carried(old: WorkingCopy, new: WorkingCopy, client: HubClient, device: str) -> tuple[Carried, list[Ref]]:
    """And the features that were hidden from the account."""
    absent = asked(client, old.identity.commune, old.absent_from(new.path))
    withdrawn = [ref for ref, news in absent.items() if news.kind == WITHDRAWN]
    sealed = old.edits_of(withdrawn)
    contact.seal(old, client, withdrawn, sealed, device)
    pieces = [piece for piece in old.unsent_work.pieces() if not _is_of(piece, withdrawn)]
    restored = contact.bring(new, client, pieces, old)
    new.witnesses.take_over(old.witnesses.all())
    contact.meet(new, client, device)
    _tell_taken(old, new, client, restored.taken)
    return Carried(restored.changes, restored.drafts, restored.conflicts, len(restored.clashes), len(sealed)), withdrawn


def _is_of(piece: Piece, withdrawn: Collection[Ref]) -> bool:
    return piece.kind == CHANGE and Ref(str(piece.document["layer"]), str(piece.document["key"])) in withdrawn


def _tell_taken(old: WorkingCopy, new: WorkingCopy, client: HubClient, taken: Sequence[Piece]) -> None:
    """What the hub keeps of the former file's work isn't offered: it is here already."""
    kept = old.unsent_work.handed_over()
    items = [{"kind": each.kind, "id": each.id, "hash": each.hash} for each in taken if kept.get(each.name) == each.hash]
    if items:
        client.taken(old.instance, {"by": new.instance, "items": items})


def _remove(growing: Path) -> None:
    for file in growing.parent.glob(f"{growing.name}*"):
        file.unlink(missing_ok=True)
