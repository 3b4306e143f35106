"""What lies between a desk and its hub: lines that lose answers, are slow, break off. Proxies in userspace."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

L = TypeVar("L", bound="Line")


class Line:
    """Takes connections at ``url`` while it is `serving`; what comes on one is up to `_carry`, in a thread of its own."""

    def __init__(self) -> None:
        self.url = ""

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0

    @contextmanager
    def serving(self: L) -> Iterator[L]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
            yield self
            listener.shutdown(socket.SHUT_RDWR)
        self.end()

    def end(self) -> None:
        """Nobody is served any more."""

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                here, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(here,), daemon=True).start()

    def _carry(self, here: socket.socket) -> None:
        raise NotImplementedError


def connected(url: str) -> socket.socket:
    place = urlsplit(url)
    return socket.create_connection((place.hostname or "", place.port or 80))


def copied(source: socket.socket, target: socket.socket) -> None:
    """All that comes, until one of both ends."""
    with suppress(OSError):
        while block := source.recv(1 << 16):
            target.sendall(block)
        target.shutdown(socket.SHUT_WR)


class Relay(Line):
    """Passes requests on to ``target``, and the answers as `passed` says."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self._target = target

    def passed(self, block: bytes) -> bytes:
        """What arrives instead of ``block``; nothing breaks the connection."""
        return block

    def asked(self) -> None:
        """A part of a request has gone through."""

    def _carry(self, here: socket.socket) -> None:
        with suppress(OSError), here, connected(self._target) as there:
            threading.Thread(target=self._upward, args=(here, there), daemon=True).start()
            while block := there.recv(1 << 16):
                arriving = self.passed(block)
                if not arriving:
                    break
                here.sendall(arriving)
            here.shutdown(socket.SHUT_RDWR)  # to close it is not enough while it is read from

    def _upward(self, here: socket.socket, there: socket.socket) -> None:
        with suppress(OSError):
            while block := here.recv(1 << 16):
                there.sendall(block)
                self.asked()


class CuttingProxy(Relay):
    """Breaks the connection instead of passing the answers to the next ``cut`` requests."""

    cut = lost = 0

    def passed(self, block: bytes) -> bytes:
        if self.cut <= 0:
            return block
        self.cut -= 1
        self.lost += 1
        return b""


_BLOCK = 1400


@dataclass(frozen=True)
class Weakness:
    """``rate`` in bytes a second each way (None: as fast as it goes); about one block in ``stall_every`` waits ``stall_s``, as
    after a loss; a connection is cut after about ``cut_after`` bytes."""

    rate: float | None = None
    stall_every: int = 0
    stall_s: float = 0.0
    cut_after: int = 0
    seed: int = 1


@dataclass
class Counted:
    """Bytes that have passed: ``up`` to the hub, ``down`` from it; and how many connections were cut."""

    up: int = 0
    down: int = 0
    cuts: int = 0
    connections: int = 0


class _Bucket:
    """Lets through ``rate`` bytes a second, for all connections together."""

    def __init__(self, rate: float | None) -> None:
        self._rate = rate
        self._free_at = 0.0
        self._lock = threading.Lock()

    def take(self, count: int) -> None:
        if self._rate is None:
            return
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic()) + count / self._rate
            wait = self._free_at - time.monotonic()
        time.sleep(max(0.0, wait))


@dataclass
class WeakLine(Line):
    """A line as it is in the countryside: slow both ways, with stalls, and cut now and then. Passes what comes on to ``target``;
    ``weakness`` may be changed on the way. ``cut_now`` ends all connections."""

    target: str
    weakness: Weakness = Weakness()
    counted: Counted = field(default_factory=Counted)

    def __post_init__(self) -> None:
        super().__init__()
        self._random = random.Random(self.weakness.seed)
        self._buckets = {"up": _Bucket(self.weakness.rate), "down": _Bucket(self.weakness.rate)}
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def end(self) -> None:
        self.cut_now()

    def cut_now(self) -> None:
        for line in list(self._open):
            _close(line)

    def _carry(self, here: socket.socket) -> None:
        there = connected(self.target)
        for line in (here, there):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)  # else a whole file hides in buffers
            self._open.add(line)
        self.counted.connections += 1
        left = [self._until_cut()]
        ways = [
            threading.Thread(target=self._copy, args=(here, there, "up", left), daemon=True),
            threading.Thread(target=self._copy, args=(there, here, "down", left), daemon=True),
        ]
        for way in ways:
            way.start()
        for way in ways:
            way.join()
        self._open -= {here, there}

    def _until_cut(self) -> float:
        with self._lock:
            spread = self._random.uniform(0.5, 1.5)
        return self.weakness.cut_after * spread if self.weakness.cut_after else float("inf")

    def _copy(self, source: socket.socket, target: socket.socket, way: str, left: list[float]) -> None:
        with suppress(OSError):
            while block := source.recv(_BLOCK):
                self._delay(len(block), way)
                target.sendall(block)
                setattr(self.counted, way, getattr(self.counted, way) + len(block))
                left[0] -= len(block)
                if left[0] < 0:
                    self.counted.cuts += 1
                    break
        _close(source)
        _close(target)

    def _delay(self, count: int, way: str) -> None:
        self._buckets[way].take(count)
        weakness = self.weakness
        with self._lock:
            stalls = weakness.stall_every and self._random.randrange(weakness.stall_every) == 0
        if stalls:
            time.sleep(weakness.stall_s)


def _close(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        line.close()
