"""Features that stand in each other's way: a unique index of another program's, and a pull by which they swap a value."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from commune_planning_plugin.store.deciding import Context, Decision
from commune_planning_plugin.store.rows import ATTRIBUTES

Write = Callable[[Decision], str]
TRIES = 10
"""How often it is tried with fewer: who changes places with many others, one of which can't move, may have to be asked."""


def written_together(context: Context, refused: Sequence[Decision], write: Write) -> list[tuple[Decision, str]]:
    """Those of the ``refused`` that can be written once all of them have let go of the values that they give up, with what
    ``write`` said. The others are as they were."""
    trying = list(refused)
    for _ in range(TRIES):
        with context.table.attempt() as undo:
            written, failed = _tried(context, trying, write)
            if failed:
                undo()
        if not failed:
            return written
        trying = [decision for decision in trying if decision.change.key not in failed]
    return []


def _tried(context: Context, trying: Sequence[Decision], write: Write) -> tuple[list[tuple[Decision, str]], set[str]]:
    """What could be written, and the keys of what could not."""
    written: list[tuple[Decision, str]] = []
    failed: set[str] = set()

    def attempt(step: Callable[[Decision], object], decision: Decision) -> None:
        try:
            step(decision)
        except sqlite3.IntegrityError:
            if not context.table.connection.in_transaction:
                raise
            failed.add(decision.change.key)

    for decision in trying:
        attempt(lambda each: _let_go(context, each), decision)
    for decision in trying:
        attempt(lambda each: written.append((each, write(each))), decision)
    return written, failed


def _let_go(context: Context, decision: Decision) -> None:
    """NULL, which no unique index refuses, in each attribute that is to have another value."""
    current, mine, before = context.current(decision.change.key), decision.mine, decision.seen.current
    if current is None or mine is None or before is None or decision.keep or mine == before:
        return
    free = tuple(old if at < ATTRIBUTES or old == new else None for at, (old, new) in enumerate(zip(before, mine)))
    context.table.write(current.fid, free, before)
