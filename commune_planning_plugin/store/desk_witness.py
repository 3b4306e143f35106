"""Signed heads of a hub's audit that this computer keeps beside its working copies: reviewers have none. One small file for each
hub, whoever signs in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from commune_planning_plugin.store.sql import Database
from commune_planning_plugin.store.witness_book import TABLE, WitnessBook

WAIT_S = 5.0
"""How long another window's write is waited for."""
_PREFIX = "witness_"


def witness_path(folder: Path, hub_id: str) -> Path:
    return folder / f"{_PREFIX}{sha256(hub_id.encode()).hexdigest()[:16]}.sqlite"


def is_witness(path: Path) -> bool:
    """Whether the file is one of these, by its name."""
    return path.name.startswith(_PREFIX) and path.suffix == ".sqlite"


@contextmanager
def opened(path: Path) -> Iterator[WitnessBook]:
    """The file is made where there is none. Raises ``WorkingCopyError``, and ``OSError`` where it can't be made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    database = Database(path, WAIT_S)
    try:
        with database.writing() as connection:
            connection.execute(TABLE)
        yield WitnessBook(database)
    finally:
        database.close()
