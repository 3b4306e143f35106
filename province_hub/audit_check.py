"""Checking an export of the audit: with the file alone, no database and no library."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Optional

from commune_planning_plugin.core.audit_chain import SAID, entry_hash, following
from commune_planning_plugin.core.ed25519 import is_signature
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.key_chain import KeyChange, path
from commune_planning_plugin.core.signed_head import SignedHead


def check(content: bytes) -> list[str]:
    """What is wrong with an export, a sentence each; empty where it is as the hub wrote it. That its key is the hub's is for who
    checks to know: see `head_of`.

    Raises ``InvalidData('export.malformed')``.
    """
    body, _, last = content.rstrip(b"\n").rpartition(b"\n")
    body += b"\n"
    try:
        lines = [json.loads(line) for line in body.splitlines()]
        head, signature = head_of(lines[0]), bytes.fromhex(json.loads(last)["signature"])
        sound = is_signature(signature, body, bytes.fromhex(_key(lines[0])))
        wrong = [] if sound else ["the file was altered: its signature isn't over it"]
        return [*wrong, *_chained(lines, head), *_versions(lines)]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, InvalidData) as error:
        raise InvalidData("export.malformed", reason=str(error)) from error


def head_of(first: Mapping[str, Any]) -> SignedHead:
    """The signed head up to which the export reaches, in its first line."""
    return SignedHead.from_json(first["head"])


def _chained(lines: Sequence[Mapping[str, Any]], head: SignedHead) -> Iterator[str]:
    if not head.is_genuine:
        yield "the head that it reaches up to isn't signed by the key that it names"
    running, ends = lines[0]["before"], dict[str, tuple[int, str]]()
    for entry in (line for line in lines if "hash" in line):
        running = following(running, entry["hash"])
        if "previous" not in entry:
            continue
        name = f"entry {entry['position']} of proposal {entry['proposal']}"
        if entry_hash(entry) != entry["hash"]:
            yield f"{name} was altered"
        position, last = ends.get(entry["proposal"], (entry["position"] - 1, entry["previous"]))
        if (position + 1, last) != (entry["position"], entry["previous"]):
            yield f"{name} doesn't follow the one before it"
        ends[entry["proposal"]] = (entry["position"], entry["hash"])
    if running != head.running:
        yield f"the entries don't lead to the signed head {head.id}: some were altered, removed or put in"


def _versions(lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Each version that an entry names by its hash is the one that the file tells of."""
    told = {(line["about"], each["number"]): each["hash"] for line in lines if "about" in line for each in line["versions"]}
    for entry in (line for line in lines if "previous" in line):
        details = entry["details"]
        known = told.get((entry["proposal"], details.get("version")))
        if known is not None and details.get("hash") not in (None, known):
            name = f"version {details['version']} of proposal {entry['proposal']}"
            yield f"{name} isn't the one that entry {entry['position']} is about"


def followed(content: bytes, key: str) -> Optional[tuple[KeyChange, ...]]:
    """How the key that the file is signed with follows from ``key``, which is known to be the hub's; None where it doesn't.

    Raises as `check`.
    """
    first = json.loads(content.partition(b"\n")[0])
    told = [KeyChange.from_json(each) for each in first.get("keys", ())]
    return path(head_of(first).hub, key, _key(first), told)


def signer(content: bytes) -> str:
    """The public key that a file which was checked names."""
    return _key(json.loads(content.partition(b"\n")[0]))


def _key(first: Mapping[str, Any]) -> str:
    """The file's own; the head that it reaches up to may be older than the hub's key. Older files name the head's alone."""
    return str(first.get("key") or head_of(first).key)


def shown(content: bytes) -> int:
    """How many entries the file shows whole."""
    return sum(set(SAID) <= json.loads(line).keys() for line in content.splitlines())
