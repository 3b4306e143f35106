"""Download of a commune's snapshot: it goes on where it stopped, also after a restart, and nothing unverified gets its final name.

Two files lie beside the target until `SnapshotInfo.forget`: ``<name>.part``, the compressed bytes so far, and
``<name>.part.json``, of which snapshot they are.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Optional

import requests

from commune_planning_plugin.core.errors import Cancelled, HubError, HubUnreachable, PlanningError, Refused
from commune_planning_plugin.store.model import Checkpoint
from commune_planning_plugin.store.places import unwritable
from commune_planning_plugin.sync.feedback import Feedback, Progress, stop_if_cancelled
from commune_planning_plugin.sync.pace import Pace, Perseverance
from commune_planning_plugin.sync.transport import Request, Transport, translated

BUILD_S = 300.0
"""How long the hub may take to build a snapshot that nobody has asked for yet."""

_BLOCK = 1 << 14
_FIRST_PART = 256 << 10
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)$")
_CLEARED = {"true": True, "false": False}
_SHA256 = re.compile(r'"([0-9a-f]{64})"$')


@dataclass(frozen=True)
class SnapshotInfo:
    """A verified, unpacked snapshot; ``packed`` is the same as it came, compressed: while it is there, nothing is fetched again.

    ``cleared``: whether it has what only a cleared account may see; None where the hub doesn't say.
    """

    path: Path
    packed: Path
    checkpoint: Checkpoint
    features: int
    area_epoch: int
    cleared: Optional[bool] = None

    def forget(self) -> None:
        """Remove all that is left of it."""
        for path in (self.path, self.packed, self.packed.with_name(f"{self.packed.name}.json")):
            path.unlink(missing_ok=True)


@dataclass(frozen=True)
class _Description:
    """Which snapshot a part is of. ``length`` counts compressed bytes, ``size`` unpacked ones."""

    commune: str
    sha256: str
    length: int
    size: int
    features: int
    number: int
    id: str
    area_epoch: int
    cleared: Optional[bool]

    @classmethod
    def of(cls, commune: str, response: requests.Response, length: int) -> _Description:
        """Raises ``HubError('hub.not_a_hub')`` where a header is missing or not what the protocol says."""
        try:
            match = _SHA256.match(response.headers["ETag"])
            number, identity = response.headers["X-Planning-Checkpoint"].split()
            return cls(
                commune=commune,
                sha256=match.group(1) if match else _malformed("ETag"),
                length=length,
                size=int(response.headers["X-Planning-Size"]),
                features=int(response.headers["X-Planning-Features"]),
                number=int(number),
                id=identity,
                area_epoch=int(response.headers["X-Planning-Area-Epoch"]),
                cleared=_CLEARED.get(response.headers.get("X-Planning-Cleared", "")),
            )
        except (KeyError, ValueError) as error:
            raise HubError("hub.not_a_hub", url=response.url, reason=repr(error)) from error


def _malformed(name: str) -> str:
    raise ValueError(name)


class _Part:
    """The bytes so far and their description, both on disk."""

    def __init__(self, target: Path, commune: str) -> None:
        self.path = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.part.json")
        self.description = self._read(commune)
        if self.description is None:
            self.forget()

    def _read(self, commune: str) -> Optional[_Description]:
        try:
            description = _Description(**json.loads(self._note.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        fits = description.commune == commune and self.done <= description.length
        return description if fits else None

    @property
    def done(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def complete(self) -> bool:
        return self.description is not None and self.done == self.description.length

    def begin(self, description: _Description) -> None:
        self.forget()
        self.path.touch()
        self._note.write_text(json.dumps(asdict(description)), "utf-8")
        self.description = description

    def forget(self) -> None:
        self.description = None
        self._note.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)


class SnapshotDownload:
    """One commune's snapshot into ``into``, a plain GeoPackage that is there whole or not at all."""

    def __init__(self, transport: Transport, commune: str, into: Path, feedback: Feedback) -> None:
        self._transport = transport
        self._commune = commune
        self._into = into
        self._feedback = feedback
        self._part = _Part(into, commune)
        self._in_parts = transport.part_bytes is not None
        self._pace = Pace(transport.part_bytes or 1, _FIRST_PART)
        self._perseverance = Perseverance(feedback, transport.backoff_s)

    def run(self) -> SnapshotInfo:
        """Raises ``HubError``: ``snapshot.damaged`` where what arrived is not what the hub sent (the part is removed), and
        those of the transport (the part is kept); ``WorkingCopyError`` as `unwritable`, and ``Cancelled`` (kept too)."""
        try:
            return self._run()
        except OSError as error:
            raise unwritable(error, self._into) from error

    def _run(self) -> SnapshotInfo:
        while not self._part.complete:
            stop_if_cancelled(self._feedback)
            self._fetch_on()
        description = self._part.description
        if description is None:  # pragma: no cover (a complete part has one)
            raise HubError("snapshot.damaged")
        self._unpack(description)
        checkpoint = Checkpoint(description.number, description.id)
        of = (description.features, description.area_epoch, description.cleared)
        return SnapshotInfo(self._into, self._part.path, checkpoint, *of)

    def _fetch_on(self) -> None:
        """As `_fetch`; after a break it is tried again as long as something arrives."""
        before, began = self._part.done, time.monotonic()
        try:
            self._fetch()
        except HubUnreachable as error:
            self._pace.broke()
            if self._part.done > before:
                self._perseverance.went()
            self._perseverance.broke(error)
        else:
            self._pace.went(self._part.done - before, time.monotonic() - began)
            self._perseverance.went()

    def _fetch(self) -> None:
        """Ask for what is missing, or the next part of it, and append it."""
        try:
            response = self._transport.send(self._request())
        except Refused as refused:
            if self._part.description is None or refused.code != "snapshot.gone":
                raise
            self._part.forget()
            return
        with response:
            expected = self._place(response)
            self._append(response, expected)

    def _request(self) -> Request:
        headers = {"Accept": "application/gzip", "Accept-Encoding": "identity"}
        start, known = self._part.done, self._part.description
        headers["Range"] = f"bytes={start}-{start + self._pace.size - 1 if self._in_parts else ''}"  # its answer names the length
        if known:
            headers["If-Range"] = f'"{known.sha256}"'
        return Request(
            "GET",
            f"/communes/{self._commune}/snapshot",
            params={"revision": known.number} if known else None,
            headers=headers,
            read_s=BUILD_S,
            stream=True,
            accepted=(HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT),
        )

    def _place(self, response: requests.Response) -> int:
        """How many bytes the answer has; a whole answer, or the first part, begins the download anew."""
        if response.status_code == HTTPStatus.OK:
            length = _length(response)
            self._part.begin(_Description.of(self._commune, response, length))
            return length
        match = _CONTENT_RANGE.match(response.headers.get("Content-Range", ""))
        first, last, total = (int(number) for number in match.groups()) if match else (0, -1, 0)
        described = _Description.of(self._commune, response, total)
        if self._part.description is None and first == 0:
            self._part.begin(described)
        if described != self._part.description or first != self._part.done or last < first:
            self._part.forget()
            raise HubError("snapshot.damaged", reason="another part than asked for")
        return last - first + 1

    def _append(self, response: requests.Response, expected: int) -> None:
        received = 0
        with self._part.path.open("ab") as file:
            for block in self._blocks(response):
                received += len(block)
                if received > expected:
                    break
                file.write(block)
                self._report(file.tell())
                stop_if_cancelled(self._feedback)
        if received > expected:
            self._part.forget()
            raise HubError("snapshot.damaged", reason="longer than stated")
        if received < expected:
            raise HubUnreachable("hub.unreachable", url=response.url, reason=f"cut off after {received} of {expected} bytes")

    def _blocks(self, response: requests.Response) -> Iterator[bytes]:
        try:
            yield from response.iter_content(_BLOCK)
        except requests.RequestException as error:
            raise translated(error, self._transport.base_url) from error

    def _report(self, done: int) -> None:
        known = self._part.description
        if known:
            self._feedback.progress(Progress("download", done, known.length, total_features=known.features))

    def _unpack(self, description: _Description) -> None:
        unpacked = self._into.with_name(f"{self._into.name}.unpacking")
        try:
            _check_and_unpack(self._part.path, unpacked, description, self._feedback)
            unpacked.replace(self._into)
        except (PlanningError, zlib.error) as error:
            if isinstance(error, Cancelled):
                raise
            self._part.forget()
            raise HubError("snapshot.damaged", reason=str(error)) from error
        finally:
            unpacked.unlink(missing_ok=True)


def _length(response: requests.Response) -> int:
    stated = response.headers.get("Content-Length", "")
    if not stated.isdigit():
        raise HubError("hub.not_a_hub", url=response.url, reason="no Content-Length")
    return int(stated)


def _check_and_unpack(packed: Path, unpacked: Path, description: _Description, feedback: Feedback) -> None:
    """Raises ``HubError('snapshot.damaged')`` or ``zlib.error``; never writes more than the stated size."""
    digest, inflater, size = hashlib.sha256(), zlib.decompressobj(wbits=31), 0
    with packed.open("rb") as source, unpacked.open("wb") as target:
        for block in iter(lambda: source.read(_BLOCK), b""):
            stop_if_cancelled(feedback)
            digest.update(block)
            size += target.write(_inflated(inflater, block, description.size - size))
    if digest.hexdigest() != description.sha256:
        raise HubError("snapshot.damaged", reason="checksum")
    if size != description.size or not inflater.eof:
        raise HubError("snapshot.damaged", reason="size")


def _inflated(inflater: Any, block: bytes, room: int) -> bytes:
    data: bytes = inflater.decompress(block, room + 1)
    if len(data) > room:
        raise HubError("snapshot.damaged", reason="size")
    return data
