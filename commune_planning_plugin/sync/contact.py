"""Contact: the working copy shows what it is and waits for, and leaves its unsent work for the day that this computer dies.

Each function may be stopped or killed anywhere, and be repeated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Optional

from commune_planning_plugin.core.errors import HubError, InvalidData, Refused, WorkingCopyError
from commune_planning_plugin.core.workflow import CLOSED, State
from commune_planning_plugin.store import WorkingCopy
from commune_planning_plugin.store.model import OutboxItem, Ref, Standing
from commune_planning_plugin.store.restoring import Restored, UnderWay
from commune_planning_plugin.store.standing import is_held, waits
from commune_planning_plugin.store.unsent import CHANGE, DRAFT, FILE, SENT, Name, Piece, draft_of
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.contact_documents import Meeting, Offer, TakenOver
from commune_planning_plugin.sync.witnessing import AuditTold, Doubt, asked, witness

CALL_BYTES = 1 << 20
"""About how much unsent work goes in one call, before compression."""

FILES_AT_ONCE = 1
"""How many of the drafts' files a contact takes along: the next one takes the next."""

FULL = frozenset({"drafts.full", "files.full"})
"""The account has as much at the hub as it may have; what is more stays on this computer alone."""


MOST_NAMED = 5_000
"""Versions in one contact: the hub takes no more. The newest count."""


@dataclass(frozen=True)
class Met:
    """What a contact brought. ``copied``: this file is a copy, and these queued proposals became drafts (None: it is none).

    ``requeued``: versions that a restored hub doesn't know. ``taken``: news that unsent work was brought to another computer.
    ``doubt``: the hub's audit isn't the one that was seen here before.
    """

    copied: Optional[tuple[str, ...]] = None
    requeued: int = 0
    taken: Optional[TakenOver] = None
    offers: tuple[Offer, ...] = ()
    doubt: Optional[Doubt] = None


def meet(copy: WorkingCopy, client: HubClient, device: str) -> Met:
    """The first thing of a contact, before anything is sent. A hub that doesn't know contacts yet is passed over.

    Raises ``HubError``, ``WorkingCopyError``.
    """
    copied, meeting = _met(copy, client, device, waits)
    if meeting is None:
        return Met()
    requeued = copy.contact_book.settle(meeting.versions)
    _compare_backup(copy, meeting)
    news = meeting.taken is not None and copy.contact_book.told_taken(meeting.taken.at)
    return Met(copied, requeued, meeting.taken if news else None, meeting.offers, _doubt(copy, meeting))


def _doubt(copy: WorkingCopy, meeting: Meeting) -> Optional[Doubt]:
    """An older hub tells nothing of its audit."""
    if meeting.audit is None:
        return None
    approved = [each.proposal for each in meeting.versions if each.came_to is State.APPROVED]
    return witness(copy.witnesses, copy.identity.hub_id, AuditTold.from_json(meeting.audit), approved)


def standing(copy: WorkingCopy, client: HubClient, device: str) -> tuple[Standing, ...]:
    """A contact of its own, of which nothing is noted: where all versions stand that the hub is held to know, pulled ones included.

    None of them where another account pulls than the one that the working copy is of. Raises as `meet`.
    """
    if client.me().name != copy.identity.account:
        return ()
    _, meeting = _met(copy, client, device, is_held)
    return meeting.versions if meeting is not None else ()


def _met(
    copy: WorkingCopy, client: HubClient, device: str, named: Callable[[OutboxItem], bool]
) -> tuple[Optional[tuple[str, ...]], Optional[Meeting]]:
    """What became drafts where this file is a copy of another (None: it is none), and the hub's answer about ``named`` versions."""
    copied: Optional[tuple[str, ...]] = None
    meeting = _meeting(copy, client, device, named)
    if meeting is not None and meeting.copy:
        copied = copy.contact_book.become_copy()
        meeting = _meeting(copy, client, device, named)
    if meeting is not None and meeting.copy:
        raise HubError("contact.refused", instance=copy.instance)
    return copied, meeting


def _meeting(copy: WorkingCopy, client: HubClient, device: str, named: Callable[[OutboxItem], bool]) -> Optional[Meeting]:
    card = copy.contact_book.card()
    versions = [item for item in copy.outbox.items() if named(item)][-MOST_NAMED:]
    body = {
        "commune": copy.identity.commune,
        "device": device,
        "nonce": card.nonce,
        "next": card.next,
        "contacts": card.contacts,
        "versions": [{"proposal": item.proposal, "number": item.number, "hash": item.hash} for item in versions],
        "heads": asked(copy.witnesses),
        "attachments": [name for kind, name in copy.unsent_work.handed_over() if kind == FILE],
    }
    try:
        meeting = client.contact(card.instance, body)
    except Refused as refused:
        if refused.status == HTTPStatus.NOT_FOUND:
            return None
        raise
    if not meeting.copy:
        copy.contact_book.renew(card)
    return meeting


def _compare_backup(copy: WorkingCopy, meeting: Meeting) -> None:
    """What the hub lost in a restore, or never got, is handed over anew."""
    work = copy.unsent_work
    believed = work.handed_over()
    lines = sorted(f"{kind} {name} {content}" for (kind, name), content in believed.items() if kind != FILE)
    if hashlib.sha256("\n".join(lines).encode()).hexdigest() != meeting.backup:
        work.forget_handed_over()
    elif meeting.attachments:
        work.note_handed_over(gone=[(FILE, sha256) for sha256 in meeting.attachments])


def back_up(copy: WorkingCopy, client: HubClient) -> int:
    """Hand over what is new in the unsent work; the last thing of a contact. How many pieces went.

    A piece that the hub refuses stays here and holds nobody up. Raises ``HubUnreachable``, ``NotSignedIn``, ``WorkingCopyError``,
    and ``Refused`` with a code of `FULL` where the hub keeps no more for this account.
    """
    work = copy.unsent_work
    pieces, known = work.pieces(), work.handed_over()
    fresh = [piece for piece in pieces if known.get(piece.name) != piece.hash]
    gone = sorted(name for name in known.keys() - {piece.name for piece in pieces} if name[0] != FILE)
    sent = 0
    try:
        for part in _parts(fresh):
            sent += _hand_over(copy, client, part)
        _let_go(copy, client, gone)
        _send_files(copy, client, known)
    except Refused as refused:
        if refused.code == "drafts.full":
            _let_go(copy, client, gone)  # it makes room for the next time
        if refused.status not in (HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_ENTITY_TOO_LARGE) or refused.code in FULL:
            raise
    return sent


def _let_go(copy: WorkingCopy, client: HubClient, gone: Sequence[Name]) -> None:
    if gone:
        client.put_backup(copy.instance, {"items": [], "gone": [{"kind": kind, "id": name} for kind, name in gone]})
        copy.unsent_work.note_handed_over(gone=gone)


def _hand_over(copy: WorkingCopy, client: HubClient, pieces: Sequence[Piece]) -> int:
    try:
        client.put_backup(copy.instance, {"items": [_document(piece) for piece in pieces], "gone": []})
    except Refused as refused:
        if refused.status == HTTPStatus.NOT_FOUND or refused.code in FULL:
            raise
        return sum(_hand_over(copy, client, [piece]) for piece in pieces) if len(pieces) > 1 else 0
    copy.unsent_work.note_handed_over(pieces)
    return len(pieces)


def _parts(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    part: list[Piece] = []
    size = 0
    for piece in pieces:
        part.append(piece)
        size += len(str(piece.document))
        if size >= CALL_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part


def _document(piece: Piece) -> dict[str, Any]:
    return {"kind": piece.kind, "id": piece.id, "hash": piece.hash, "document": piece.document}


def _send_files(copy: WorkingCopy, client: HubClient, known: Mapping[Name, str]) -> None:
    work = copy.unsent_work
    missing = [sha256 for sha256 in work.files() if (FILE, sha256) not in known]
    for sha256 in missing[:FILES_AT_ONCE]:
        client.put_attachment(sha256, copy.drafts.content_of(sha256))
        work.note_handed_over(files=[sha256])


def seal(copy: WorkingCopy, client: HubClient, withdrawn: Sequence[Ref], pieces: Sequence[Piece], device: str) -> None:
    """Hand over ``pieces``, the edits of features that were hidden from this account and are to be taken from here, and take back
    what was handed over of them openly.

    Raises ``HubError`` where the hub doesn't take them: the features have to wait.
    """
    names = {(CHANGE, f"{ref.layer}/{ref.key}") for ref in withdrawn}
    open_still = sorted(names & copy.unsent_work.handed_over().keys())
    if pieces or open_still:
        meet(copy, client, device)
    if pieces:
        items = [{"id": piece.id, "hash": piece.hash, "document": piece.document} for piece in pieces]
        client.put_backup(copy.instance, {"items": items}, sealed=True)
    _let_go(copy, client, open_still)


def restore(copy: WorkingCopy, client: HubClient, instance: str) -> Restored:
    """Bring the unsent work of ``instance`` into this working copy, and tell the hub what is here now.

    Raises ``HubError``, ``WorkingCopyError('working_copy.in_edit')``; nothing is half done.
    """
    plain = client.backup(instance)
    restored = bring(copy, client, _pieces(plain), copy)
    taken = {piece.name for piece in restored.taken}
    items = [{name: item[name] for name in ("kind", "id", "hash")} for item in plain if (item["kind"], item["id"]) in taken]
    client.taken(instance, {"by": copy.instance, "items": items})
    return restored


def bring(copy: WorkingCopy, client: HubClient, pieces: Sequence[Piece], beside: WorkingCopy) -> Restored:
    """Bring pieces into ``copy``, with their files as the working copy ``beside`` or the hub has them. Raises as `restore`."""
    under_way = {piece.name: found for piece in pieces if piece.kind == SENT for found in _under_way(client, piece)}
    return copy.restore(pieces, under_way, _files(beside, client, pieces))


def _pieces(plain: Sequence[Mapping[str, Any]]) -> tuple[Piece, ...]:
    """Raises ``HubError('answer.malformed')``."""
    try:
        return tuple(Piece(str(item["kind"]), str(item["id"]), dict(item["document"])) for item in plain)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidData("answer.malformed", document="backup", reason=repr(error)) from error


def _under_way(client: HubClient, piece: Piece) -> Iterator[UnderWay]:
    """The version, where it still is the proposal's newest and waits for a decision; one that the caller may not see is none."""
    try:
        detail = client.proposal(str(piece.document["proposal"]))
    except Refused:
        return
    summary = detail.summary
    newest = (summary.version, summary.hash) == (piece.document["number"], piece.document["hash"])
    if newest and summary.state not in CLOSED and detail.content.hash == summary.hash:
        yield UnderWay(detail.content, {"rekeyed": dict(detail.rekeyed)})


def _files(copy: WorkingCopy, client: HubClient, pieces: Sequence[Piece]) -> dict[str, bytes]:
    """The drafts' files; one that never reached the hub is missing, and the draft says so when it is sent."""
    found: dict[str, bytes] = {}
    for sha256 in {file.sha256 for piece in pieces if piece.kind == DRAFT for file in draft_of(piece.document).files}:
        try:
            found[sha256] = _file(copy, client, sha256)
        except Refused:
            continue
    return found


def _file(copy: WorkingCopy, client: HubClient, sha256: str) -> bytes:
    try:
        return copy.drafts.content_of(sha256)
    except WorkingCopyError:
        return client.attachment(sha256)


def next_number(refused: Refused) -> Optional[int]:
    """The number under which a version can go, where the hub has another one under its own; None for other refusals."""
    following = refused.details.get("next")
    return following if refused.code == "proposal.content_differs" and isinstance(following, int) else None
