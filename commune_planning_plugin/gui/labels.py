"""Words for kinds, states, steps and severities; the vocabulary of the workflow, each word in one place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from commune_planning_plugin.gui.language import translate


class Tone(str, Enum):
    """How a chip or a notice is coloured; its words and icon say the same."""

    PLAIN = "plain"
    NEWS = "news"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    CONFLICT = "conflict"


_KINDS: Mapping[str, str] = {
    "insert": QT_TRANSLATE_NOOP("Common", "added"),
    "update": QT_TRANSLATE_NOOP("Common", "changed"),
    "delete": QT_TRANSLATE_NOOP("Common", "removed"),
}
_LOCAL_STATES: Mapping[str, str] = {
    "local": QT_TRANSLATE_NOOP("Common", "new here"),
    "in_proposal": QT_TRANSLATE_NOOP("Common", "in a proposal"),
    "both": QT_TRANSLATE_NOOP("Common", "in a proposal, changed again"),
    "conflict": QT_TRANSLATE_NOOP("Common", "conflict"),
}
_STATES: Mapping[str, str] = {
    "draft": QT_TRANSLATE_NOOP("Common", "Draft"),
    "queued": QT_TRANSLATE_NOOP("Common", "Waiting to be sent"),
    "refused": QT_TRANSLATE_NOOP("Common", "Not accepted"),
    "awaiting_sign_off": QT_TRANSLATE_NOOP("Common", "Awaiting signature"),
    "submitted": QT_TRANSLATE_NOOP("Common", "Sent"),
    "in_review": QT_TRANSLATE_NOOP("Common", "In review"),
    "appraised": QT_TRANSLATE_NOOP("Common", "Put forward for approval"),
    "agreed": QT_TRANSLATE_NOOP("Common", "Agreed, waits for a linked proposal"),
    "returned": QT_TRANSLATE_NOOP("Common", "Returned"),
    "approved": QT_TRANSLATE_NOOP("Common", "Approved"),
    "rejected": QT_TRANSLATE_NOOP("Common", "Rejected"),
    "withdrawn": QT_TRANSLATE_NOOP("Common", "Withdrawn"),
}
_STEPS: Mapping[str, str] = {
    "submit": QT_TRANSLATE_NOOP("Common", "sent it"),
    "sign_off": QT_TRANSLATE_NOOP("Common", "signed it off"),
    "open": QT_TRANSLATE_NOOP("Common", "opened it for review"),
    "return": QT_TRANSLATE_NOOP("Common", "returned it"),
    "reject": QT_TRANSLATE_NOOP("Common", "rejected it"),
    "approve": QT_TRANSLATE_NOOP("Common", "approved it"),
    "withdraw": QT_TRANSLATE_NOOP("Common", "withdrew it"),
    "agree": QT_TRANSLATE_NOOP("Common", "agreed to it, together with the proposals it is linked with"),
    "apply": QT_TRANSLATE_NOOP("Common", "completed it with the last of the linked proposals"),
    "reopen": QT_TRANSLATE_NOOP("Common", "put it back into review: a linked proposal changed"),
    "appraise": QT_TRANSLATE_NOOP("Common", "appraised it and put it forward for approval"),
    "consent": QT_TRANSLATE_NOOP("Common", "consented for their commune"),
    "post_check": QT_TRANSLATE_NOOP("Common", "checked it after the approval"),
    "object": QT_TRANSLATE_NOOP("Common", "objected after the approval"),
}
_SEVERITIES: Mapping[str, str] = {
    "error": QT_TRANSLATE_NOOP("Common", "Error"),
    "warning": QT_TRANSLATE_NOOP("Common", "Warning"),
    "info": QT_TRANSLATE_NOOP("Common", "Note"),
}
_CONFLICTS: Mapping[str, str] = {
    "attributes": QT_TRANSLATE_NOOP("Common", "Somebody else changed the same attributes."),
    "deleted_here": QT_TRANSLATE_NOOP("Common", "You removed this feature, and somebody else changed it."),
    "deleted_at_province": QT_TRANSLATE_NOOP("Common", "You changed this feature, and somebody else removed it at the province."),
    "inserted_twice": QT_TRANSLATE_NOOP("Common", "The province has a feature of the same name already."),
}
_STAGES: Mapping[str, str] = {
    "download": QT_TRANSLATE_NOOP("Common", "Downloading the commune's data"),
    "build": QT_TRANSLATE_NOOP("Common", "Preparing the working copy"),
    "changes": QT_TRANSLATE_NOOP("Common", "Downloading what is new at the province"),
    "stage": QT_TRANSLATE_NOOP("Common", "Comparing with your changes"),
    "apply": QT_TRANSLATE_NOOP("Common", "Writing to the working copy"),
    "attachments": QT_TRANSLATE_NOOP("Common", "Sending the files"),
    "version": QT_TRANSLATE_NOOP("Common", "Sending the changes"),
}
_JOBS: Mapping[str, str] = {
    "sign_in": QT_TRANSLATE_NOOP("Common", "Signing in"),
    "pull": QT_TRANSLATE_NOOP("Common", "Getting data"),
    "submit": QT_TRANSLATE_NOOP("Common", "Preparing the proposal"),
    "send": QT_TRANSLATE_NOOP("Common", "Sending to the province"),
    "check": QT_TRANSLATE_NOOP("Common", "Checking against the planning rules"),
    "revert": QT_TRANSLATE_NOOP("Common", "Reverting changes"),
    "resolve": QT_TRANSLATE_NOOP("Common", "Resolving the conflict"),
    "undo": QT_TRANSLATE_NOOP("Common", "Opening the conflict again"),
    "copy_here": QT_TRANSLATE_NOOP("Common", "Copying the working copy"),
    "repair": QT_TRANSLATE_NOOP("Common", "Bringing back the record of changes"),
    "restore": QT_TRANSLATE_NOOP("Common", "Bringing the work of another computer here"),
    "backups": QT_TRANSLATE_NOOP("Common", "Asking for unsent work"),
    "assign": QT_TRANSLATE_NOOP("Common", "Handing over"),
    "devices": QT_TRANSLATE_NOOP("Common", "Asking where you are signed in"),
    "past": QT_TRANSLATE_NOOP("Common", "Fetching the map of that day"),
    "revoke": QT_TRANSLATE_NOOP("Common", "Signing out there"),
    "attach": QT_TRANSLATE_NOOP("Common", "Adding the file"),
    "preview": QT_TRANSLATE_NOOP("Common", "Preparing the preview"),
    "open_review": QT_TRANSLATE_NOOP("Common", "Opening the proposal"),
    "change_sheet": QT_TRANSLATE_NOOP("Common", "Printing the change sheet"),
    "decide": QT_TRANSLATE_NOOP("Common", "Recording the decision"),
    "withdraw": QT_TRANSLATE_NOOP("Common", "Withdrawing the proposal"),
    "give_signature": QT_TRANSLATE_NOOP("Common", "Delegating the signature"),
    "revoke_signature": QT_TRANSLATE_NOOP("Common", "Ending the delegation"),
}

LOCAL_TONES = {"local": Tone.NEWS, "in_proposal": Tone.PLAIN, "both": Tone.WARNING, "conflict": Tone.CONFLICT}
STATE_TONES = {
    "draft": Tone.PLAIN,
    "queued": Tone.WARNING,
    "refused": Tone.BAD,
    "awaiting_sign_off": Tone.NEWS,
    "submitted": Tone.NEWS,
    "in_review": Tone.NEWS,
    "appraised": Tone.NEWS,
    "agreed": Tone.GOOD,
    "returned": Tone.WARNING,
    "approved": Tone.GOOD,
    "rejected": Tone.BAD,
    "withdrawn": Tone.PLAIN,
}


def plain(value: Any) -> str:
    """The text of an enum or of a text."""
    return str(getattr(value, "value", value))


def _label(table: Mapping[str, str], value: Any) -> str:
    """In the interface's language; what the table doesn't know stays as it is."""
    known = table.get(plain(value))
    return plain(value) if known is None else translate("Common", known)


def kind_label(kind: Any) -> str:
    """What a change does to its feature."""
    return _label(_KINDS, kind)


def local_state_label(state: Any) -> str:
    """Where a local change is."""
    return _label(_LOCAL_STATES, state)


def state_label(state: Any) -> str:
    """A proposal's state, as users say it."""
    return _label(_STATES, state)


def step_label(step: Any) -> str:
    """What somebody did to a proposal."""
    return _label(_STEPS, step)


def severity_label(severity: Any) -> str:
    return _label(_SEVERITIES, severity)


def conflict_label(kind: Any) -> str:
    """How both sides clash, as a sentence."""
    known = _CONFLICTS.get(plain(kind), QT_TRANSLATE_NOOP("Common", "Somebody else changed this feature too."))
    return translate("Common", known)


def refused_label() -> str:
    """That the file, and no edit of somebody, stands against what the province has."""
    return translate(
        "Common", "The province changed this; a constraint that another program put on the table doesn't allow it here."
    )


def divided_label(count: int) -> str:
    """That a clash concerns local features which took over its ground too."""
    return translate("Common", "It was divided here: the decision concerns %n other feature(s) too.", None, count)


def job_label(code: str, stage: str) -> str:
    """What runs now."""
    known = _STAGES.get(stage) or _JOBS.get(code) or QT_TRANSLATE_NOOP("Common", "Working…")
    return translate("Common", known)
