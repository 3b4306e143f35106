"""A real HTTP server on loopback that answers as it is told, also wrongly."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Optional
from urllib.parse import parse_qs, urlsplit

PROTOCOL = {"X-Planning-Protocol": "1"}


@dataclass
class Asked:
    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        packed = self.headers.get("Content-Encoding") == "gzip"
        return json.loads(gzip.decompress(self.body) if packed else self.body)


@dataclass
class Answer:
    """``cut`` breaks the connection after so many bytes of the body, ``stall`` waits so many seconds before anything is sent."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: dict(PROTOCOL))
    cut: Optional[int] = None
    stall: float = 0.0
    drop: bool = False


def document(plain: Any, status: int = 200, **headers: str) -> Answer:
    return Answer(status, json.dumps(plain).encode(), {**PROTOCOL, "Content-Type": "application/json", **headers})


def problem(status: int, code: str, details: Any = None, **headers: str) -> Answer:
    plain = {"type": "about:blank", "title": code, "status": status, "code": code, "details": details or {}, "request_id": "r1"}
    return Answer(status, json.dumps(plain).encode(), {**PROTOCOL, "Content-Type": "application/problem+json", **headers})


def html(status: int = 200, **headers: str) -> Answer:
    return Answer(status, b"<!doctype html><title>Welcome</title>", {"Content-Type": "text/html", **headers})


def ndjson(*lines: Any) -> Answer:
    body = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    return Answer(200, gzip.compress(body), {**PROTOCOL, "Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"})


class TinyHub:
    """``on[method, path]`` gives the usual answer, ``next`` answers the next requests instead, in order."""

    def __init__(self) -> None:
        self.on: dict[tuple[str, str], Callable[[Asked], Answer]] = {}
        self.next: list[Answer] = []
        self.asked: list[Asked] = []
        self.url = ""

    def answers(self, method: str, path: str, answer: Answer) -> None:
        self.on[method, path] = lambda _asked: answer

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        if self.next:
            return self.next.pop(0)
        known = self.on.get((asked.method, asked.path))
        return known(asked) if known else problem(404, "not_found")

    @contextmanager
    def serving(self, tls: Optional[ssl.SSLContext] = None) -> Iterator[TinyHub]:
        server = _Server(("127.0.0.1", 0), _handler(self))
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the tests."""


def _handler(hub: TinyHub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self._send(hub.answer(Asked(self.command, parts.path.removeprefix("/api/v1"), query, self.headers, body)))

        def _send(self, answer: Answer) -> None:
            time.sleep(answer.stall)
            if answer.drop:
                self._reset()
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in answer.headers and answer.status not in (204, 304):
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body[: answer.cut])
            if answer.cut is not None:
                self.close_connection = True

        def _reset(self) -> None:
            """The connection breaks off without an answer."""
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 (http.server calls them by these names)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


class SnapshotRoute:
    """The snapshot route as the protocol says, with Range and If-Range; ``spoil`` may change an answer."""

    def __init__(self, content: bytes, number: int = 7, identity: str = "id-7") -> None:
        self.packed = gzip.compress(content, mtime=0)
        self.size = len(content)
        self.number, self.identity = number, identity
        self.spoil: Callable[[Answer], Answer] = lambda answer: answer

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.packed).hexdigest()}"'

    def __call__(self, asked: Asked) -> Answer:
        if "revision" in asked.query and asked.query["revision"] != str(self.number):
            return problem(404, "snapshot.gone")
        headers = {
            **PROTOCOL,
            "ETag": self.etag,
            "X-Planning-Checkpoint": f"{self.number} {self.identity}",
            "X-Planning-Features": "3",
            "X-Planning-Size": str(self.size),
            "X-Planning-Area-Epoch": "1",
            "Accept-Ranges": "bytes",
        }
        wanted = re.match(r"bytes=(\d+)-(\d*)", asked.headers.get("Range", ""))
        if not wanted or asked.headers.get("If-Range", self.etag) != self.etag:
            return self.spoil(Answer(200, self.packed, headers))
        first = int(wanted.group(1))
        last = min(int(wanted.group(2) or len(self.packed)), len(self.packed) - 1)
        headers["Content-Range"] = f"bytes {first}-{last}/{len(self.packed)}"
        return self.spoil(Answer(206, self.packed[first : last + 1], headers))
