"""The empty poll, which every desk asks all day: against a bare FastAPI that asks the database for 1, under the same load."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from benchmarks.rig import COMMUNE, Hub

BARE = """
import os, sys
from contextlib import asynccontextmanager
import uvicorn
from fastapi import FastAPI, Request
from psycopg_pool import ConnectionPool

@asynccontextmanager
async def lifespan(app):
    with ConnectionPool(os.environ["PROVINCE_HUB_DATABASE"], min_size=1, max_size=8) as pool:
        app.state.pool = pool
        yield

app = FastAPI(lifespan=lifespan)

@app.get("/one")
def one(request: Request):
    with request.app.state.pool.connection() as connection:
        return {"one": connection.execute("SELECT 1").fetchone()[0]}

uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]))
"""
CALLERS, SECONDS, ROUNDS = 32, 1.5, 6


@dataclass(frozen=True)
class Polls:
    """Seconds of processor-bound time for each call at full load; ``ratio`` is the poll's against the bare service's."""

    poll_s: float
    bare_s: float
    revoked_s: float

    @property
    def ratio(self) -> float:
        return self.poll_s / self.bare_s


def measure(hub: Hub) -> Polls:
    """The quietest of some rounds each, one process serving each; ``revoked_s`` is how long a revoked token still got answers."""
    with bare(hub.conninfo) as bare_url, httpx.Client(base_url=hub.url) as client:
        headers = _signed_in(client)
        asked = {"commune": COMMUNE}
        seen = client.get("/api/v1/news", params=asked, headers=headers).json()["seen"]
        poll = f"/api/v1/news?commune={COMMUNE}&seen={seen}"
        pairs = [(_loaded(hub.url, poll, headers), _loaded(bare_url, "/one", {})) for _ in range(ROUNDS)]
        revoked = _revoked_after(client, poll, headers)
    return Polls(min(mine for mine, _ in pairs), min(theirs for _, theirs in pairs), revoked)


def _signed_in(client: httpx.Client) -> dict[str, str]:
    from benchmarks.rig import ACCOUNT
    from tests.hub import tiny

    answer = client.post("/api/v1/sessions", json={"name": ACCOUNT, "password": tiny.PASSWORD, "device": "benchmark"})
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def _revoked_after(client: httpx.Client, poll: str, headers: dict[str, str]) -> float:
    client.get(poll, headers=headers)
    began = time.perf_counter()
    client.delete("/api/v1/sessions/current", headers=headers)
    while client.get(poll, headers=headers).status_code == 200:
        time.sleep(0.02)
    return time.perf_counter() - began


@contextmanager
def bare(conninfo: str) -> Iterator[str]:
    """The service that is compared with, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PROVINCE_HUB_DATABASE": conninfo}
    process = subprocess.Popen(
        [sys.executable, "-c", BARE, str(port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url)
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            httpx.get(f"{url}/one")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the bare service did not start")


def _loaded(url: str, path: str, headers: dict[str, str]) -> float:
    """Seconds a call while as many callers as fit ask without pause."""
    return asyncio.run(_ask_all(url, path, headers))


async def _ask_all(url: str, path: str, headers: dict[str, str]) -> float:
    place, until = urlsplit(url), time.perf_counter() + SECONDS
    lines = [f"GET {path} HTTP/1.1", "Host: hub", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    question = "\r\n".join(lines).encode()

    async def caller() -> int:
        """Speaks as little HTTP as will do: the measure is of the server."""
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        answered = 0
        while time.perf_counter() < until:
            writer.write(question)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head.decode())
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.split(b":")[1]))
            answered += 1
        writer.close()
        return answered

    began = time.perf_counter()
    counts = await asyncio.gather(*(caller() for _ in range(CALLERS)))
    return (time.perf_counter() - began) / sum(counts)


def main() -> None:
    """By itself: ``sh scripts/pg.sh run python -m benchmarks.polls``."""
    import tempfile

    from benchmarks.rig import hub_of

    with tempfile.TemporaryDirectory(prefix="bench") as folder, hub_of(1_000, Path(folder)) as hub:
        polls = measure(hub)
    sys.stdout.write(f"polls {polls.ratio:.2f} ({1e3 * polls.poll_s:.2f} ms / {1e3 * polls.bare_s:.2f} ms); ")
    sys.stdout.write(f"a revoked token was answered for {polls.revoked_s:.1f} s\n")


if __name__ == "__main__":
    main()
