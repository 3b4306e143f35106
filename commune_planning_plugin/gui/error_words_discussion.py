"""Words for what concerns discussions and agencies' opinions. Sources of translation, as in `error_words_hub`."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from commune_planning_plugin.gui.error_words_hub import UPDATE, Words

_KEPT = QT_TRANSLATE_NOOP("Errors", "What you wrote is kept here: write it anew or discard it.")

DISCUSSION: Mapping[str, Words] = {
    "discussion.closed": Words(
        QT_TRANSLATE_NOOP("Errors", "The proposal is decided; nothing can be added to its discussion."), _KEPT
    ),
    "discussion.too_many": Words(
        QT_TRANSLATE_NOOP("Errors", "Your account has said as much as the hub takes in a day."),
        QT_TRANSLATE_NOOP("Errors", "What you wrote waits here and leaves by itself later."),
    ),
    "discussion.full": Words(QT_TRANSLATE_NOOP("Errors", "This proposal's discussion is as long as the hub keeps."), _KEPT),
    "thread.unknown": Words(QT_TRANSLATE_NOOP("Errors", "The remark that this answers isn't there (any more)."), _KEPT),
    "anchor.unknown": Words(QT_TRANSLATE_NOOP("Errors", "The proposal has no such change in this version."), _KEPT),
    "act.malformed": Words(QT_TRANSLATE_NOOP("Errors", "The hub doesn't understand what was said."), UPDATE),
    "opinions.pending": Words(
        QT_TRANSLATE_NOOP("Errors", "Agencies that were asked still have time for their opinion; nothing was approved."),
        QT_TRANSLATE_NOOP("Errors", "Wait until their last day, or withdraw the request in the tab Opinions and say why."),
    ),
    "opinions.overdue": Words(QT_TRANSLATE_NOOP("Errors", "The last day for this opinion is over."), _KEPT),
    "opinions.withdrawn": Words(QT_TRANSLATE_NOOP("Errors", "The province has withdrawn its request for this opinion."), _KEPT),
    "opinions.asked_already": Words(
        QT_TRANSLATE_NOOP("Errors", "This agency has been asked already, and has still time to answer."), _KEPT
    ),
    "opinions.unknown": Words(QT_TRANSLATE_NOOP("Errors", "The request or opinion that this belongs to isn't there."), _KEPT),
    "opinions.due": Words(
        QT_TRANSLATE_NOOP("Errors", "The last day for an opinion lies in the past, or more than a year ahead."),
        QT_TRANSLATE_NOOP("Errors", "Choose another day."),
    ),
    "organisation.unknown": Words(QT_TRANSLATE_NOOP("Errors", "This agency can't be asked (any more)."), _KEPT),
    "suggestion.no_feature": Words(
        QT_TRANSLATE_NOOP("Errors", "The feature that the suggestion is for isn't in your working copy."),
        QT_TRANSLATE_NOOP("Errors", "Look at the suggestion on the map and draw it yourself where it still makes sense."),
    ),
    "suggestion.moved_on": Words(
        QT_TRANSLATE_NOOP("Errors", "The feature has changed since the suggestion was made, so it was not taken over."),
        QT_TRANSLATE_NOOP("Errors", "Look at the suggestion on the map and draw it yourself where it still makes sense."),
    ),
    "suggestion.not_editable": Words(
        QT_TRANSLATE_NOOP("Errors", "The layer can't be edited now, so the suggestion was not taken over."),
        QT_TRANSLATE_NOOP("Errors", "Wait until what runs is done, then try again."),
    ),
    "mailbox.damaged": Words(
        QT_TRANSLATE_NOOP("Errors", "The file in which your remarks wait can't be read any more; it was put aside: {path}"),
        QT_TRANSLATE_NOOP("Errors", "Look whether your last remarks are there, and write again what is missing."),
        lost=QT_TRANSLATE_NOOP("Errors", "What had been sent is safe at the province."),
    ),
    "file.not_written": Words(
        QT_TRANSLATE_NOOP("Errors", "The file could not be written."),
        QT_TRANSLATE_NOOP("Errors", "Choose another folder, or close the file where it is open."),
    ),
}
