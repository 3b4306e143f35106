"""What `make stop` has to find."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from demo import __main__ as demo
from demo import services


def test_a_hub_in_the_foreground_is_known_to_stop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hub = services.Hub("dbname=none", tmp_path)
    hub.state.mkdir()
    hub.note.write_text(json.dumps({"port": 1, "pid": 1}))  # of the one that ran in the background before
    monkeypatch.setattr(hub, "stop", lambda: None)
    monkeypatch.setattr(demo, "ready", lambda *_, **__: hub)
    monkeypatch.setattr(services.subprocess, "Popen", lambda *_, **__: SimpleNamespace(pid=4711, wait=lambda: 0))
    demo.serve(10)
    assert json.loads(hub.note.read_text()) == {"port": 1, "pid": 4711}
