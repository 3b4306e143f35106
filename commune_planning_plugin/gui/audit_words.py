"""What the entries of a proposal's record of acts say was done."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from commune_planning_plugin.gui.labels import step_label
from commune_planning_plugin.gui.language import translate

_ACTIONS: Mapping[str, str] = {
    "record_decision": QT_TRANSLATE_NOOP("Review", "recorded the signed decision"),
    "correct_decision": QT_TRANSLATE_NOOP("Review", "corrected the recorded decision"),
    "make_effective": QT_TRANSLATE_NOOP("Review", "put the decision into force"),
    "task_done": QT_TRANSLATE_NOOP("Review", "noted a task as done"),
    "discussion.comment": QT_TRANSLATE_NOOP("Review", "wrote a remark"),
    "discussion.settle": QT_TRANSLATE_NOOP("Review", "settled a remark"),
    "discussion.reopen": QT_TRANSLATE_NOOP("Review", "opened a remark again"),
    "discussion.verdict": QT_TRANSLATE_NOOP("Review", "gave a verdict on a change"),
    "discussion.ask": QT_TRANSLATE_NOOP("Review", "asked an agency for its opinion"),
    "discussion.unask": QT_TRANSLATE_NOOP("Review", "took back the question to an agency"),
    "discussion.opinion": QT_TRANSLATE_NOOP("Review", "gave an agency's opinion"),
    "discussion.answer": QT_TRANSLATE_NOOP("Review", "answered an opinion"),
}


def action_label(action: str) -> str:
    """In the words of the steps; an action of a newer hub by its name."""
    known = _ACTIONS.get(action)
    if known is not None:
        return translate("Review", known)
    return step_label(action)
