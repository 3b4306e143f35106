"""Bodies of requests: unpacked and counted as they stream in, so that no sender makes the hub hold more than its bounds."""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Optional

from anyio import to_thread
from fastapi.security.utils import get_authorization_scheme_param
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from province_hub.errors import Problem
from province_hub.identity import of_bearer
from province_hub.limits import Limits

_MARKS = (b",", b"[", b"{")


def values_in(body: bytes) -> int:
    """At least as many as the JSON document that ``body`` is a part of has values there."""
    return sum(body.count(mark) for mark in _MARKS)


class BodyLimit:
    """Counts a request's body as it streams in, unpacking gzip within the same bound; Content-Length is only a hint.

    Documents are read before anybody is asked who they are: what is larger than the common bound is read from the signed-in alone.
    Raises `Problem` 401, 413 ``too_large``, 415 ``encoding.unsupported`` or 422 ``invalid`` from the receive that meets it.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        bounds = self._bounds(scope)
        stated = headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > bounds.size:
            if int(stated) <= 4 * bounds.size:
                await _drain(receive, int(stated))
            raise Problem(413, "too_large", limit=bounds.size)
        encoding = headers.get("content-encoding", "identity").lower()
        if encoding not in ("identity", "gzip"):
            raise Problem(415, "encoding.unsupported", supported=["gzip"])
        counted = _Unpacked(receive, bounds) if encoding == "gzip" else _Counted(receive, bounds)
        await self.app(_without_encoding(scope) if encoding == "gzip" else scope, counted, send)

    def _bounds(self, scope: Scope) -> _Bounds:
        size = self.limits.body_of(scope["path"])
        return _Bounds(size, self.limits.values_of(scope["path"]), self.limits.body, partial(_admit, scope))


@dataclass(frozen=True)
class _Bounds:
    """Bytes, JSON values (None: any number), and after how many bytes ``admit`` is asked, which raises `Problem` 401."""

    size: int
    values: Optional[int]
    common: int
    admit: Callable[[], Awaitable[None]]


class _Counted:
    """A receive that refuses what is beyond its bounds; the rest of the body is read then, so that the sender hears why."""

    def __init__(self, receive: Receive, bounds: _Bounds) -> None:
        self.receive = receive
        self.bounds = bounds
        self.size = 0
        self.values = 0
        self.admitted = False

    async def __call__(self) -> Message:
        message = await self.receive()
        if message["type"] != "http.request":
            return message
        more = message.get("more_body", False)
        try:
            body = self.unpacked(message.get("body", b""), more)
            await self._count(body)
        except Problem:
            if more:
                await _drain(self.receive, self.bounds.size)
            raise
        return {**message, "body": body}

    def unpacked(self, chunk: bytes, more: bool) -> bytes:
        return chunk

    async def _count(self, body: bytes) -> None:
        self.size += len(body)
        if self.size > self.bounds.size:
            raise Problem(413, "too_large", limit=self.bounds.size)
        if self.bounds.values is not None:
            self.values += values_in(body)
            if self.values > self.bounds.values:
                raise Problem(413, "too_large", limit=self.bounds.values, parameter="values")
        if self.size > self.bounds.common and not self.admitted:
            await self.bounds.admit()
            self.admitted = True


class _Unpacked(_Counted):
    """A receive that unpacks gzip, never more than is still allowed."""

    def __init__(self, receive: Receive, bounds: _Bounds) -> None:
        super().__init__(receive, bounds)
        self.stream = zlib.decompressobj(wbits=31)

    def unpacked(self, chunk: bytes, more: bool) -> bytes:
        left = self.bounds.size - self.size
        try:
            body = self.stream.decompress(chunk, left + 1)
        except zlib.error as error:
            raise Problem(422, "invalid", code="request.encoding") from error
        if self.stream.unused_data or (not more and len(body) <= left and not self.stream.eof):
            raise Problem(422, "invalid", code="request.encoding")
        return body


async def _admit(scope: Scope) -> None:
    scheme, secret = get_authorization_scheme_param(Headers(scope=scope).get("authorization"))
    if scheme.lower() != "bearer":
        raise Problem(401, "auth.required")
    await to_thread.run_sync(of_bearer, scope["app"].state.database, secret)


def _without_encoding(scope: Scope) -> Scope:
    dropped = (b"content-encoding", b"content-length")
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name.lower() not in dropped]}


async def _drain(receive: Receive, most: int) -> None:
    """Read what is being sent anyway, so that the answer reaches the sender instead of a broken connection."""
    while most > 0:
        message = await receive()
        most -= len(message.get("body", b""))
        if not message.get("more_body", False):
            return
