"""Small values that the session shows to the docks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Optional


class Connection(str, Enum):
    """Whether the hub can be used now."""

    SIGNED_OUT = "signed_out"
    ONLINE = "online"
    OFFLINE = "offline"


class NextStep(str, Enum):
    """The one step that the primary button offers; ``NOTHING`` where there is no work to do here."""

    SIGN_IN = "sign_in"
    CHOOSE_COMMUNE = "choose_commune"
    PULL = "pull"
    DRAW = "draw"
    SAVE = "save"
    STOP_DRAWING = "stop_drawing"
    COPY_HERE = "copy_here"
    REPAIR = "repair"
    RESOLVE = "resolve"
    FINISH = "finish"
    CORRECT = "correct"
    COMPOSE = "compose"
    REVIEW = "review"
    GIVE_OPINION = "give_opinion"
    NOTHING = "nothing"


class MasterPassword(str, Enum):
    """What QGIS will do, in a dialog of its own, when a sign-in is to be remembered."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    CHOSEN = "chosen"
    """There is none yet: the person makes one up."""


class PullMode(str, Enum):
    """When the province's data is got without being asked for."""

    NEWS = "news"
    QUARTER = "quarter"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class Waiting:
    """What waits both ways: ``here`` changes and versions that the province hasn't got, ``there`` what it has new for this desk."""

    changes: int
    versions: int
    there: int

    @property
    def here(self) -> int:
        return self.changes + self.versions


@dataclass(frozen=True)
class JobState:
    """What runs now. ``code`` names it: sign_in, pull, submit, check, revert, resolve, undo, open_review, decide, withdraw.

    ``stage`` is a part of a pull (download, build, changes, stage, apply). Numbers are None where they are not known; ``fraction``
    is from 0 to 1, ``remaining_s`` in seconds.
    """

    code: str
    stage: str = ""
    fraction: Optional[float] = None
    done_bytes: Optional[int] = None
    total_bytes: Optional[int] = None
    done_features: Optional[int] = None
    total_features: Optional[int] = None
    remaining_s: Optional[float] = None
    cancellable: bool = False
