"""What can go wrong, as one tree.

PlanningError               anything a person may be told about; ``code`` is stable and translated by the interface
├── InvalidData             a value, geometry or document is not what the schema or the protocol says
├── WorkingCopyError        the local GeoPackage can't be used as asked
├── Cancelled               the person stopped it; nothing is half done
└── HubError                the hub refused or did not answer as a hub
    ├── HubUnreachable      no usable answer: try again later, nothing is lost
    ├── Refused             the hub understood and said no; the code is the hub's own
    └── NotSignedIn         the token is missing, expired or revoked, or the password is wrong
"""

from __future__ import annotations

from typing import Any


class PlanningError(Exception):
    """Carries a stable dotted ``code`` and plain ``details``; never a sentence for the user."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.details.items())
        return f"{self.code} ({shown})" if shown else self.code


class InvalidData(PlanningError):  # noqa: N818  # reads as what happened
    """A value, geometry or document breaks the schema or the protocol."""


class WorkingCopyError(PlanningError):
    """The local GeoPackage can't be used as asked."""


class Cancelled(PlanningError):  # noqa: N818  # reads as what happened
    """The person stopped it; nothing is half done."""

    def __init__(self) -> None:
        super().__init__("cancelled")


class HubError(PlanningError):
    """The hub refused, or what answered is not a hub."""


class HubUnreachable(HubError):  # noqa: N818  # reads as what happened
    """No usable answer came: network, time-out, or a failing server."""


class Refused(HubError):  # noqa: N818  # reads as what happened
    """The hub understood and said no. ``code`` and ``details`` are those of its problem document."""

    def __init__(self, code: str, status: int, **details: Any) -> None:
        super().__init__(code, **details)
        self.status = status


class NotSignedIn(HubError):  # noqa: N818  # reads as what happened
    """The token is missing, expired or revoked, or the password is wrong."""
