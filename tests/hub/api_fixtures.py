"""The hub as its callers see it: in this process, and as a real server on a loopback port."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from province_hub.app import API, create_app
from province_hub.settings import Settings
from tests.hub.tiny import PASSWORD

__all__ = ["HubServer", "hub", "hub_app", "hub_server", "sign_in"]


@dataclass(frozen=True)
class HubServer:
    """``url`` has no path."""

    url: str
    app: FastAPI


def sign_in(client: httpx.Client, name: str) -> dict[str, str]:
    """The headers of requests by the account ``name``."""
    answer = client.post(f"{API}/sessions", json={"name": name, "password": PASSWORD, "device": "test"})
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


@pytest.fixture
def hub_app(application: str, tmp_path: Path) -> FastAPI:
    return create_app(Settings(database=application, state=tmp_path / "state"))


@pytest.fixture
def hub(hub_app: FastAPI) -> Iterator[TestClient]:
    with TestClient(hub_app) as client:
        yield client


@pytest.fixture
def hub_server(hub_app: FastAPI) -> Iterator[HubServer]:
    server = uvicorn.Server(uvicorn.Config(hub_app, host="127.0.0.1", port=0, log_level="warning", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield HubServer(f"http://127.0.0.1:{port}", hub_app)
    server.should_exit = True
    thread.join()
