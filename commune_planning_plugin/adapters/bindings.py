"""What Python's Qt objects need before other threads meet them."""

from __future__ import annotations

from typing import TypeVar

from qgis.PyQt.QtCore import QObject

T = TypeVar("T", bound=QObject)


def settled(made: T) -> T:
    """``made``, whose (dis)connectNotify won't ask for the interpreter any more.

    The bindings look once for reimplementations in Python, and take the interpreter for it. Qt calls disconnectNotify where it
    ends a receiver in another thread, holding a lock that the main thread may be waiting for with the interpreter in hand: both
    then wait for ever. Here nobody holds a lock, and what was looked for is remembered.
    """
    made.destroyed.connect(made.deleteLater)
    made.destroyed.disconnect(made.deleteLater)
    return made
