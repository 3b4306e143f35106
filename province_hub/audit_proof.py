"""The proof that nobody has written the audit anew: its chains, their one order, and what witnesses kept of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commune_planning_plugin.core.audit_chain import FIRST, Fault, faults_of, following
from commune_planning_plugin.core.signed_head import SignedHead
from province_hub import heads, key_chain, signing
from province_hub.audit import as_said
from province_hub.database import HubConnection

_ALL = """
SELECT id, proposal::text, position, at, actor, action, details, previous, hash, running FROM hub.audit ORDER BY id
"""
_BATCH = 2_000
_NAMED = 5
"""How many entries a sentence names."""


@dataclass(frozen=True)
class Witness:
    """A signed head that somebody kept; ``source`` says who. ``entries`` are hashes by id, where an export named them as well."""

    head: SignedHead
    source: str
    entries: Mapping[int, str] = field(default_factory=dict)


@dataclass
class Walked:
    """What was found on the way over all entries: per id its place, its hash and the hash over all up to it."""

    wrong: list[str] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=dict)
    running: dict[int, str] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return next(reversed(self.running), 0)


def verify(conn: HubConnection, witnesses: Sequence[Witness] = (), keys: Collection[str] = ()) -> list[str]:
    """What is wrong, a sentence each; empty where all is well. The heads that the hub itself keeps are witnesses, too.

    ``keys`` are the hub's public keys beside those that the database names.
    """
    walked = _walk(conn)
    known = {*keys, *signing.public_keys(conn)}
    own = [Witness(head, "the hub's own record") for head in heads.kept(conn)]
    revisions = {row["number"]: row["id"] for row in conn.execute("SELECT number, id::text FROM hub.revision")}
    told = [_heard(witness, known, heads.hub_id(conn)) for witness in [*own, *witnesses]]
    trusted = [w for w, problem in zip([*own, *witnesses], told, strict=True) if problem is None]
    wrong = [*walked.wrong, *key_chain.problems(conn), *(problem for problem in told if problem is not None)]
    for source in dict.fromkeys(witness.source for witness in trusted):
        mine = sorted((w for w in trusted if w.source == source), key=lambda w: w.head.id)
        wrong += [*_compared(walked, mine), *_entries(walked, mine), *_revisions(revisions, mine)]
    return wrong


def _walk(conn: HubConnection) -> Walked:
    walked = Walked()
    ends: dict[str, Mapping[str, Any]] = {}
    running, before = FIRST, "the beginning"
    with conn.cursor(name="audit_proof") as cursor:
        cursor.itersize = _BATCH
        cursor.execute(_ALL)
        for entry in map(as_said, cursor):
            walked.wrong += _in_its_chain(entry, ends.get(entry["proposal"]))
            name = f"entry {entry['position']} of proposal {entry['proposal']}"
            if entry["running"] != following(running, entry["hash"]):
                walked.wrong.append(f"audit, order of all entries: between {before} and {name} entries were removed or put in")
            ends[entry["proposal"]] = entry
            running, before = entry["running"], name
            walked.names[entry["id"]], walked.hashes[entry["id"]], walked.running[entry["id"]] = name, entry["hash"], running
    return walked


def _in_its_chain(entry: Mapping[str, Any], before: Mapping[str, Any] | None) -> Iterator[str]:
    about = f"audit of proposal {entry['proposal']}"
    for fault in faults_of(entry, before):
        if fault is Fault.MISSING:
            yield f"{about}: entry {before['position'] + 1 if before else 1} is missing"
        elif fault is Fault.NOT_FOLLOWING:
            yield f"{about}: entry {entry['position']} doesn't follow the one before it"
        else:
            yield f"{about}: entry {entry['position']} was altered"


def _heard(witness: Witness, keys: Collection[str], hub: str) -> str | None:
    """Why a witness can't be believed."""
    head = witness.head
    about = f"witness {witness.source}, head {head.id} of {head.at}"
    if not head.is_genuine:
        return f"{about}: its signature is forged"
    if head.key not in keys:
        return f"{about}: it is signed with a key that isn't the hub's"
    if head.hub != hub:
        return f"{about}: it is of another hub"
    return None


def _compared(walked: Walked, witnesses: Sequence[Witness]) -> Iterator[str]:
    """``witnesses`` are one source's, in order. Where one doesn't agree, later ones can't either."""
    agreed = 0
    for head in (witness.head for witness in witnesses):
        if walked.running.get(head.id) == head.running:
            agreed = head.id
            continue
        about = f"witness {witnesses[0].source}: on {head.at} the audit reached to entry {head.id}"
        if head.id > walked.last:
            yield f"{about}, now it ends at {walked.last} ({walked.names.get(walked.last, 'nothing')}): its tail was cut"
        elif head.id not in walked.running:
            yield f"{about}, which is gone: {_between(walked, agreed, head.id)}"
        else:
            yield f"{about}, and said something else: {_between(walked, agreed, head.id)}"
        return


def _between(walked: Walked, agreed: int, until: int) -> str:
    named = [name for number, name in walked.names.items() if agreed < number <= until]
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f"written anew since the witness of entry {agreed} still agrees, among {', '.join(named[:_NAMED]) or 'none'}{more}"


def _entries(walked: Walked, witnesses: Sequence[Witness]) -> Iterator[str]:
    """An export names each entry's hash: what differs is known exactly."""
    for witness in witnesses:
        for number, digest in witness.entries.items():
            if walked.hashes.get(number) != digest:
                name = walked.names.get(number)
                what = f"{name} was written anew" if name else f"entry {number} is gone"
                yield f"witness {witness.source}: {what}"


def _revisions(revisions: Mapping[int, str], witnesses: Sequence[Witness]) -> Iterator[str]:
    for head in (witness.head for witness in witnesses):
        if revisions.get(head.revision) != head.revision_id:
            yield f"witness {witnesses[0].source}: revision {head.revision} of {head.at} is gone or another one"
            return
