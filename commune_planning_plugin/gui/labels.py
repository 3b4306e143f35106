"""Words for kinds, states, steps and severities; the vocabulary of the workflow, each word in one place."""

from __future__ import annotations

from enum import Enum
from typing import Any

from commune_planning_plugin.gui.language import translate


class Tone(str, Enum):
    """How a chip or a notice is coloured; its words and icon say the same."""

    PLAIN = "plain"
    NEWS = "news"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    CONFLICT = "conflict"


def plain(value: Any) -> str:
    """The text of an enum or of a text."""
    return str(getattr(value, "value", value))


def kind_label(kind: Any) -> str:
    """What a change does to its feature."""
    labels = {
        "insert": translate("Common", "added"),
        "update": translate("Common", "changed"),
        "delete": translate("Common", "removed"),
    }
    return labels.get(plain(kind), plain(kind))


def local_state_label(state: Any) -> str:
    """Where a local change is."""
    labels = {
        "local": translate("Common", "new here"),
        "in_proposal": translate("Common", "in a proposal"),
        "both": translate("Common", "in a proposal, changed again"),
        "conflict": translate("Common", "conflict"),
    }
    return labels.get(plain(state), plain(state))


LOCAL_TONES = {"local": Tone.NEWS, "in_proposal": Tone.PLAIN, "both": Tone.WARNING, "conflict": Tone.CONFLICT}


def state_label(state: Any) -> str:
    """A proposal's state, as users say it."""
    labels = {
        "draft": translate("Common", "Draft"),
        "queued": translate("Common", "Waiting for the network"),
        "awaiting_sign_off": translate("Common", "Awaiting signature"),
        "submitted": translate("Common", "Sent"),
        "in_review": translate("Common", "In review"),
        "returned": translate("Common", "Returned"),
        "approved": translate("Common", "Approved"),
        "rejected": translate("Common", "Rejected"),
        "withdrawn": translate("Common", "Withdrawn"),
    }
    return labels.get(plain(state), plain(state))


STATE_TONES = {
    "draft": Tone.PLAIN,
    "queued": Tone.WARNING,
    "awaiting_sign_off": Tone.NEWS,
    "submitted": Tone.NEWS,
    "in_review": Tone.NEWS,
    "returned": Tone.WARNING,
    "approved": Tone.GOOD,
    "rejected": Tone.BAD,
    "withdrawn": Tone.PLAIN,
}


def step_label(step: Any) -> str:
    """What somebody did to a proposal."""
    labels = {
        "submit": translate("Common", "sent it"),
        "sign_off": translate("Common", "signed it off"),
        "open": translate("Common", "opened it for review"),
        "return": translate("Common", "returned it"),
        "reject": translate("Common", "rejected it"),
        "approve": translate("Common", "approved it"),
        "withdraw": translate("Common", "withdrew it"),
    }
    return labels.get(plain(step), plain(step))


def severity_label(severity: Any) -> str:
    labels = {
        "error": translate("Common", "Error"),
        "warning": translate("Common", "Warning"),
        "info": translate("Common", "Note"),
    }
    return labels.get(plain(severity), plain(severity))


def conflict_label(kind: Any) -> str:
    """How both sides clash, as a sentence."""
    labels = {
        "attributes": translate("Common", "Somebody else changed the same attributes."),
        "deleted_here": translate("Common", "You removed this feature, and somebody else changed it."),
        "deleted_at_province": translate("Common", "You changed this feature, and somebody else removed it at the province."),
        "inserted_twice": translate("Common", "The province has a feature of the same name already."),
    }
    return labels.get(plain(kind), translate("Common", "Somebody else changed this feature too."))


def job_label(code: str, stage: str) -> str:
    """What runs now."""
    stages = {
        "download": translate("Common", "Downloading the commune's data"),
        "build": translate("Common", "Preparing the working copy"),
        "changes": translate("Common", "Downloading what is new at the province"),
        "stage": translate("Common", "Comparing with your changes"),
        "apply": translate("Common", "Writing to the working copy"),
        "attachments": translate("Common", "Sending the files"),
        "version": translate("Common", "Sending the changes"),
    }
    return stages.get(stage) or _job_names().get(code) or translate("Common", "Working…")


def _job_names() -> dict[str, str]:
    return {
        "sign_in": translate("Common", "Signing in"),
        "pull": translate("Common", "Getting data"),
        "submit": translate("Common", "Preparing the proposal"),
        "send": translate("Common", "Sending to the province"),
        "check": translate("Common", "Checking against the planning rules"),
        "revert": translate("Common", "Reverting changes"),
        "resolve": translate("Common", "Resolving the conflict"),
        "repair": translate("Common", "Bringing back the record of changes"),
        "attach": translate("Common", "Adding the file"),
        "open_review": translate("Common", "Opening the proposal"),
        "decide": translate("Common", "Recording the decision"),
        "withdraw": translate("Common", "Withdrawing the proposal"),
    }
