"""What can go wrong, as one tree.

PlanningError               anything a person may be told about; ``code`` is stable and translated by the interface
├── InvalidData             a value, geometry or document is not what the schema or the protocol says
├── WorkingCopyError        the local GeoPackage can't be used as asked
└── HubError                the hub refused or did not answer as a hub
    ├── HubUnreachable      no usable answer: try again later, nothing is lost
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


class InvalidData(PlanningError):
    """A value, geometry or document breaks the schema or the protocol."""


class WorkingCopyError(PlanningError):
    """The local GeoPackage can't be used as asked."""


class HubError(PlanningError):
    """The hub refused, or what answered is not a hub."""


class HubUnreachable(HubError):
    """No usable answer came: network, time-out, or a failing server."""


class NotSignedIn(HubError):
    """The token is missing, expired or revoked, or the password is wrong."""
