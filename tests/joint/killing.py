"""A process that kills itself at its n-th boundary: before or after a commit, a file's move or removal, a request to the hub."""

from __future__ import annotations

import os
import signal
import sqlite3
import traceback
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import requests

Work = Callable[[], object]


def at_each_boundary(case: Callable[[Callable[[Work], bool]], None]) -> int:
    """Run ``case`` once for each boundary: the function that it is given runs work in a process of its own that is killed there,
    and says whether it was. Ends with the first case that nothing killed; gives the number of those killed.
    """
    for boundary in count():
        killed: list[bool] = []

        def run(work: Work, boundary: int = boundary, killed: list[bool] = killed) -> bool:
            killed.append(_killed_at(boundary, work))
            return killed[-1]

        case(run)
        assert killed
        if not any(killed):
            return boundary
    raise AssertionError


def whole(work: Work) -> None:
    """In a process of its own that nobody kills."""
    assert not _killed_at(-1, work)


def _killed_at(boundary: int, work: Work) -> bool:
    child = os.fork()
    if child == 0:
        status = 1
        try:
            _arm(boundary)
            work()
            status = 0
        except BaseException:  # noqa: BLE001 (told, and the status says it)
            traceback.print_exc()
        finally:
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    if os.WIFSIGNALED(ended):
        assert os.WTERMSIG(ended) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(ended) == 0, "the work failed by itself: see its traceback above"
    return False


def _arm(boundary: int) -> None:
    passed = count()

    def reached() -> None:
        if next(passed) == boundary:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def watched(*given: Any, **named: Any) -> Any:
            reached()
            result = original(*given, **named)
            reached()
            return result

        setattr(owner, name, watched)

    class Connection(sqlite3.Connection):
        def execute(self, statement: str, *given: Any) -> sqlite3.Cursor:
            boundary_here = statement.startswith("COMMIT")
            if boundary_here:
                reached()
            cursor = super().execute(statement, *given)
            if boundary_here:
                reached()
            return cursor

    connect = sqlite3.connect
    sqlite3.connect = lambda *given, **named: connect(*given, factory=Connection, **named)  # type: ignore[assignment]
    for owner, name in ((Path, "replace"), (Path, "unlink"), (requests.Session, "request"), (psycopg.Connection, "commit")):
        around(owner, name)
