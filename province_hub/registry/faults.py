"""What is wrong with a file: all of it at once, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from commune_planning_plugin.core.errors import PlanningError


@dataclass(frozen=True)
class Fault:
    """``place`` is a line or feature as the file's owner finds it, or empty for the file as a whole."""

    code: str
    place: str = ""
    details: dict[str, Any] = field(default_factory=dict)


class FileRefused(PlanningError):  # noqa: N818  # reads as what happened
    """Nothing was taken over from a file, because of its ``faults``."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("file.refused", faults=faults)
        self.faults = faults


def refusal(code: str, **details: Any) -> FileRefused:
    """The one fault of a file as a whole."""
    return FileRefused(Fault(code, "", details))
