"""How much a request may ask of the hub."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from province_hub.errors import Problem
from province_hub.settings import Settings

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, times in seconds unless the name says otherwise; sizes of bodies count after decompression.

    Of one account are `sessions`, `unfinished_uploads`, `unnamed_files` and `drafts`, the latter three with their bytes.
    """

    session_days: int = 30
    sessions: int = 50
    failures_per_name: int = 10
    failures_per_address: int = 50
    failure_window: int = 900
    body: int = MIB
    version_body: int = 64 * MIB
    attachment: int = 20 * MIB
    unfinished_uploads: int = 100
    unfinished_upload_bytes: int = 256 * MIB
    upload_days: int = 7
    unnamed_files: int = 1000
    unnamed_file_bytes: int = 2048 * MIB
    drafts: int = 100_000
    draft_bytes: int = 512 * MIB
    page: int = MIB
    list_page: int = 256 << 10
    also_keys: int = 1500
    longest_wait: int = 30
    waiting_of_account: int = 40
    waiting: int = 2000
    poll_interval: float = 0.5
    trusted_s: float = 4.0
    snapshots_kept: int = 3
    tidy_interval: float = 6 * 3600

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        return cls(
            session_days=settings.token_days,
            version_body=settings.body_bytes,
            attachment=settings.attachment_bytes,
            page=settings.page_bytes,
        )

    def body_of(self, path: str) -> int:
        if "/attachments/" in path:
            return self.attachment
        return self.version_body if "/versions/" in path or "/drafts/" in path else self.body


class BodyLimit:
    """Counts a request's body as it streams in, unpacking gzip within the same bound; Content-Length is only a hint.

    Raises `Problem` 413 ``too_large``, 415 ``encoding.unsupported`` or 422 ``invalid`` from the receive that meets it.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = self.limits.body_of(scope["path"])
        stated = headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > limit:
            await _drain(receive, 4 * limit, int(stated))
            raise Problem(413, "too_large", limit=limit)
        encoding = headers.get("content-encoding", "identity").lower()
        if encoding not in ("identity", "gzip"):
            raise Problem(415, "encoding.unsupported", supported=["gzip"])
        body: _Counted = _Unpacked(receive, limit) if encoding == "gzip" else _Counted(receive, limit)
        await self.app(_without_encoding(scope) if encoding == "gzip" else scope, body, send)


class _Counted:
    """A receive that refuses more than ``limit`` bytes."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self.receive = receive
        self.limit = limit
        self.left = limit

    async def __call__(self) -> Message:
        message = await self.receive()
        if message["type"] != "http.request":
            return message
        body = self.unpacked(message.get("body", b""), message.get("more_body", False))
        self.left -= len(body)
        if self.left < 0:
            raise Problem(413, "too_large", limit=self.limit)
        return {**message, "body": body}

    def unpacked(self, chunk: bytes, more: bool) -> bytes:
        return chunk


class _Unpacked(_Counted):
    """A receive that unpacks gzip, never more than is still allowed."""

    def __init__(self, receive: Receive, limit: int) -> None:
        super().__init__(receive, limit)
        self.stream = zlib.decompressobj(wbits=31)

    def unpacked(self, chunk: bytes, more: bool) -> bytes:
        try:
            body = self.stream.decompress(chunk, self.left + 1)
        except zlib.error as error:
            raise Problem(422, "invalid", code="request.encoding") from error
        if self.stream.unused_data or (not more and len(body) <= self.left and not self.stream.eof):
            raise Problem(422, "invalid", code="request.encoding")
        return body


def _without_encoding(scope: Scope) -> Scope:
    dropped = (b"content-encoding", b"content-length")
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name.lower() not in dropped]}


async def _drain(receive: Receive, budget: int, stated: int) -> None:
    """Read what is being sent anyway, so that the answer reaches the sender instead of a broken connection."""
    while 0 < stated <= budget:
        message = await receive()
        stated -= len(message.get("body", b""))
        if not message.get("more_body", False):
            return
