"""Pull and submit: what passes between one working copy and its hub.

Each function may be stopped or killed anywhere: the working copy is at a revision, and what was to be sent
is sent at the next call.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Optional

from commune_planning_plugin.core.errors import HubError, InvalidData, PlanningError, Refused, WorkingCopyError
from commune_planning_plugin.core.schema import Catalogue
from commune_planning_plugin.store import StagedPull, WorkingCopy
from commune_planning_plugin.store.model import Identity, OutboxItem, OutboxState, PullResult, Ref, RemoteChange
from commune_planning_plugin.store.places import prepare_folder
from commune_planning_plugin.sync import contact
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.feed import ChangeFeed
from commune_planning_plugin.sync.feedback import SILENT, Feedback, Progress, stop_if_cancelled
from commune_planning_plugin.sync.proposal_documents import VersionAnswer
from commune_planning_plugin.sync.rebase import reason_for, rebase

ATTEMPTS = 3
"""How often a pull is begun anew where a feature that it takes away was edited meanwhile."""


@dataclass(frozen=True)
class SendResult:
    """What became of a queued version: the hub's receipt, or its refusal."""

    item: OutboxItem
    answer: Optional[VersionAnswer]
    problem: Optional[Refused]


def first_pull(client: HubClient, path: Path, commune: str, account: str, feedback: Feedback = SILENT) -> WorkingCopy:
    """A new working copy of ``commune`` at ``path``, ready to edit; ``account`` is the name that signed in.

    Raises ``HubError`` (a part that was downloaded is kept for the next call), ``WorkingCopyError`` where ``path`` can't be used,
    ``Cancelled``.
    """
    prepare_folder(path)  # before anything is downloaded into it
    try:
        return _first_pull(client, path, commune, account, feedback)
    except InvalidData:  # the hub's layers changed since a part of the snapshot was downloaded
        return _first_pull(client, path, commune, account, feedback)


def _first_pull(client: HubClient, path: Path, commune: str, account: str, feedback: Feedback) -> WorkingCopy:
    """As `first_pull`. Raises ``InvalidData`` where the snapshot, which is forgotten then, isn't of the hub's layers."""
    catalogue = client.catalogue()
    download = path.with_name(f"{path.name}.download")
    snapshot = client.download_snapshot(commune, download, feedback)
    identity = Identity(catalogue.hub_id, client.base_url, commune, account)

    def built(fraction: float) -> None:
        feedback.progress(Progress("build", done_features=int(fraction * snapshot.features), total_features=snapshot.features))

    facts = (identity, catalogue, snapshot.checkpoint)
    try:
        made = WorkingCopy.create(path, snapshot.path, *facts, built, feedback.cancelled, snapshot.packed, snapshot.cleared)
    except InvalidData:
        snapshot.forget()
        raise
    finally:
        snapshot.path.unlink(missing_ok=True)
    snapshot.forget()
    return made


def pull(working_copy: WorkingCopy, client: HubClient, feedback: Feedback = SILENT) -> PullResult:
    """Bring the province's changes since the checkpoint into the working copy, merged with what was drawn here.

    Where the hub can't tell them (it was restored from a backup, the area is another one), the working copy goes on from a fresh
    snapshot instead, and ``fresh`` of the result says why. Raises ``HubError``, ``WorkingCopyError`` (``working_copy.in_edit``,
    ``working_copy.busy``, damage, and as `check_same_hub`), ``Cancelled``.
    """
    check_undamaged(working_copy)
    attempts = 1
    while True:  # what was edited while its withdrawal was being handed over is handed over anew
        try:
            result = _pull_once(working_copy, client, feedback)
            break
        except WorkingCopyError as error:
            if error.code != "pull.edited_meanwhile" or attempts >= ATTEMPTS:
                raise
            attempts += 1
    _note_last_changes(working_copy, client)
    return result


def _note_last_changes(working_copy: WorkingCopy, client: HubClient) -> None:
    """Whose changes the conflicts are with. The pull is done without that, too: an older hub doesn't tell, a line may break."""
    reached, told = working_copy.checkpoint, {}
    keys: dict[str, list[str]] = {}
    for conflict in working_copy.conflicts.open():
        keys.setdefault(conflict.layer, []).append(conflict.key)
    try:
        for layer, of_layer in keys.items():
            found = client.last_changes(working_copy.identity.commune, layer, of_layer, reached.number)
            told.update({Ref(layer, key): last for key, last in found.items()})
        if told:
            working_copy.conflicts.note_last_changes(reached, told)
    except PlanningError:
        return


def _pull_once(working_copy: WorkingCopy, client: HubClient, feedback: Feedback) -> PullResult:
    try:
        return _pull_changes(working_copy, client, feedback)
    except PlanningError as error:
        reason = reason_for(error)
        if reason is None:
            raise
    return rebase(working_copy, client, reason, feedback)


def _pull_changes(working_copy: WorkingCopy, client: HubClient, feedback: Feedback) -> PullResult:
    catalogue = client.catalogue()
    try:
        staged = _staged(working_copy, client, catalogue, feedback)
    except InvalidData:
        if client.catalogue() is catalogue:
            raise
        staged = _staged(working_copy, client, client.catalogue(), feedback)  # the hub's layers changed under the feed
    stop_if_cancelled(feedback)
    contact.seal(working_copy, client, staged.withdrawn, staged.sealed, platform.node())  # without its receipt nothing goes
    feedback.progress(Progress("apply", total_features=staged.count))
    return working_copy.apply(staged, cancelled=feedback.cancelled)


def _staged(working_copy: WorkingCopy, client: HubClient, catalogue: Catalogue, feedback: Feedback) -> StagedPull:
    check_same_hub(working_copy, catalogue)
    feed = ask(working_copy, client, feedback)
    return working_copy.stage(_watched(feed, feedback), feed.revisions, feed.target, feedback.cancelled, catalogue)


def send_outbox(working_copy: WorkingCopy, client: HubClient, feedback: Feedback = SILENT) -> list[SendResult]:
    """Send what is queued, in order, each version after its files. What the hub refuses is recorded, and the rest is sent.

    Raises ``HubError`` where there is no hub to talk to: what is not recorded as sent stays queued.
    """
    queued = [item for item in working_copy.outbox.items() if item.state is OutboxState.QUEUED]
    results = []
    for done, item in enumerate(queued):
        stop_if_cancelled(feedback)
        feedback.progress(Progress("send", done_features=done, total_features=len(queued)))
        result = _send(working_copy, client, item, feedback)
        results += [result] if result is not None else []
    return results


def check_undamaged(working_copy: WorkingCopy) -> None:
    """Raises ``WorkingCopyError('tracking.lost')`` with the ``damage``, before anything is asked of the hub."""
    damage = working_copy.damage()
    if damage:
        raise WorkingCopyError("tracking.lost", layers=[one.layer for one in damage], damage=damage)


def check_same_hub(working_copy: WorkingCopy, catalogue: Catalogue) -> None:
    """Raises ``WorkingCopyError``: ``working_copy.other_hub``, or ``schema.incompatible`` where the hub's layers have no place for
    what this file holds: with ``layers``, ``fields``, the number of ``edits`` and the ``path`` of a GeoPackage with all of them."""
    if catalogue.hub_id != working_copy.identity.hub_id:
        raise WorkingCopyError("working_copy.other_hub", expected=working_copy.identity.hub_id, found=catalogue.hub_id)
    obstacles = working_copy.evolution(catalogue).obstacles
    if obstacles:
        saved = working_copy.save_edits()
        raise WorkingCopyError(
            "schema.incompatible",
            layers=sorted({obstacle.layer for obstacle in obstacles}),
            fields=sorted({obstacle.field for obstacle in obstacles if obstacle.field is not None}),
            obstacles=[asdict(obstacle) for obstacle in obstacles],
            edits=saved.count,
            path=str(saved.path),
        )


def ask(working_copy: WorkingCopy, client: HubClient, feedback: Feedback = SILENT) -> ChangeFeed:
    """The province's changes since the working copy's checkpoint, in its area, to what it may have.

    Raises ``Refused`` where the hub can't tell: see `reason_for`.
    """
    code = working_copy.identity.commune
    epoch = next((commune.area_epoch for commune in working_copy.catalogue.communes if commune.code == code), None)
    also, cleared = tuple(working_copy.also_keys()), working_copy.cleared
    return client.changes(code, working_copy.checkpoint, also, epoch, feedback=feedback, cleared=cleared)


def _watched(feed: ChangeFeed, feedback: Feedback) -> Iterator[RemoteChange]:
    """The feed's changes, reported as they pass."""
    changes: Iterable[RemoteChange] = feed
    for done, change in enumerate(changes):
        stop_if_cancelled(feedback)
        if done % 256 == 0:
            feedback.progress(Progress("changes", feed.received_bytes, None, done, max(feed.count, done)))
        yield change


def _send(working_copy: WorkingCopy, client: HubClient, item: OutboxItem, feedback: Feedback) -> Optional[SendResult]:
    """None where it was taken back meanwhile."""
    try:
        _send_files(working_copy, client, item, feedback)
        if not working_copy.outbox.begin(item.proposal, item.number):
            return None
        answer = client.put_version(item.proposal, item.number, item.body, feedback)
    except Refused as refused:
        if refused.status not in _FINAL or refused.code.startswith("upload."):
            raise
        _put_back(working_copy, item, refused)
        return SendResult(item, None, refused)
    if answer.hash != item.hash:
        raise HubError("proposal.content_differs", proposal=item.proposal, number=item.number)
    working_copy.outbox.sent(item.proposal, item.number, answer.document)
    return SendResult(item, answer, None)


def _put_back(working_copy: WorkingCopy, item: OutboxItem, refused: Refused) -> None:
    """Where the hub has another version of that number, from another computer, mine becomes a draft of the next one."""
    following = contact.next_number(refused)
    if following is not None:
        working_copy.contact_book.set_aside(item.proposal, item.number, following)
    else:
        working_copy.outbox.refused(item.proposal, item.number, {"code": refused.code, "details": refused.details})


_FINAL = frozenset({403, 404, 409, 413, 422})
"""Statuses that are about what was sent: sending the same again is answered the same. Others are about now."""


def _send_files(working_copy: WorkingCopy, client: HubClient, item: OutboxItem, feedback: Feedback) -> None:
    """What the hub hasn't got yet, each file from where an earlier try stopped."""
    sizes = {file["sha256"]: file["size"] for file in json.loads(item.body)["attachments"]}
    states = client.file_states(list(sizes)) if sizes else {}
    total = sum(sizes.values())
    done = sum(size for name, size in sizes.items() if states[name].stored)
    for name, size in sizes.items():
        if states[name].stored:
            continue

        def told(received: int, before: int = done) -> None:
            feedback.progress(Progress("attachments", before + received, total))

        stop_if_cancelled(feedback)
        client.put_attachment(name, working_copy.drafts.content_of(name), states[name].received, feedback, told)
        done += size
        feedback.progress(Progress("attachments", done, total))
