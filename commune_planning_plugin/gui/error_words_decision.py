"""Words for what concerns decisions, the commune's tasks and the past. Sources of translation, as in `error_words_hub`."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from commune_planning_plugin.gui.error_words_hub import UPDATE, Words

_LOOK_AGAIN = QT_TRANSLATE_NOOP("Errors", "Open the decision again and look at what is recorded now.")

DECISION: Mapping[str, Words] = {
    "decision.differs": Words(
        QT_TRANSLATE_NOOP("Errors", "The map differs from what the decision states, so it was not put into force."),
        QT_TRANSLATE_NOOP(
            "Errors", "Correct the record or ask for a new proposal; an approver may confirm the difference with a reason."
        ),
    ),
    "decision.exists": Words(QT_TRANSLATE_NOOP("Errors", "A decision has been recorded for this proposal already."), _LOOK_AGAIN),
    "decision.superseded": Words(
        QT_TRANSLATE_NOOP("Errors", "Somebody else has recorded the decision anew meanwhile."), _LOOK_AGAIN
    ),
    "decision.in_force": Words(QT_TRANSLATE_NOOP("Errors", "This decision is in force already."), _LOOK_AGAIN),
    "decision.dates": Words(
        QT_TRANSLATE_NOOP("Errors", "A decision can't be in force before the day on which it was signed."),
        QT_TRANSLATE_NOOP("Errors", "Correct one of the two days."),
    ),
    "decision.malformed": Words(QT_TRANSLATE_NOOP("Errors", "The hub doesn't understand the decision as it was sent."), UPDATE),
    "restore.gone": Words(
        QT_TRANSLATE_NOOP("Errors", "The province has this feature, but your working copy doesn't, so nothing was changed."),
        QT_TRANSLATE_NOOP("Errors", "Get the data anew and try again; what lies outside your commune's area can't be edited here."),
    ),
    "restore.locked": Words(
        QT_TRANSLATE_NOOP("Errors", "The layer can't be edited now, so nothing was brought back."),
        QT_TRANSLATE_NOOP("Errors", "Wait until the data is written, or open a working copy that can be edited."),
    ),
    "restore.conflict": Words(
        QT_TRANSLATE_NOOP("Errors", "Somebody else has changed this feature too: decide on that first."),
        QT_TRANSLATE_NOOP("Errors", "Resolve the conflict, then bring the former state back."),
    ),
    "restore.hidden": Words(
        QT_TRANSLATE_NOOP("Errors", "Part of this former state isn't shown to your account, so it can't be brought back."),
        QT_TRANSLATE_NOOP("Errors", "Ask somebody at the province who may see all of it."),
    ),
    "task.done": Words(
        QT_TRANSLATE_NOOP("Errors", "A colleague has marked this task as done already."),
        QT_TRANSLATE_NOOP("Errors", "Refresh the list to see who and when."),
    ),
}
