"""Words for each error code, in the interface's language: fetched when they are needed, so that they follow it."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import replace

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from commune_planning_plugin.gui.error_words_decision import DECISION
from commune_planning_plugin.gui.error_words_discussion import DISCUSSION
from commune_planning_plugin.gui.error_words_hub import ACCOUNT, HUB, PULL, Words
from commune_planning_plugin.gui.error_words_work import DAMAGE, FEATURES, PROPOSAL, WORKING_COPY
from commune_planning_plugin.gui.language import translate

_TABLE: Mapping[str, Words] = ChainMap(
    *map(dict, (ACCOUNT, HUB, PULL, WORKING_COPY, DAMAGE, PROPOSAL, FEATURES, DECISION, DISCUSSION))
)
_GENERAL = Words(
    QT_TRANSLATE_NOOP("Errors", "Something unexpected happened, and the step was not carried out."),
    QT_TRANSLATE_NOOP("Errors", "Try again. If it happens again, send the details to the province's support."),
    "retry",
)
_BAD_DATA = Words(
    QT_TRANSLATE_NOOP("Errors", "A value or shape can't be used as it is, so the step was not carried out."),
    QT_TRANSLATE_NOOP("Errors", "Correct it in the working copy. The details name the place."),
)
_FAMILIES = {
    "geometry": _BAD_DATA,
    "value": _BAD_DATA,
    "field": _BAD_DATA,
    "hub": HUB["hub.unreachable"],
    "auth": ACCOUNT["auth.required"],
    "rights": ACCOUNT["rights.missing"],
    "text": PROPOSAL["text.unreadable"],
    "working_copy": WORKING_COPY["working_copy.damaged"],
}


def words(code: str) -> Words:
    """For a code without words of its own: those of its family, else a general sentence."""
    found = _TABLE.get(code) or _FAMILIES.get(code.partition(".")[0], _GENERAL)
    lost = None if found.lost is None else _shown(found.lost)
    return replace(found, what=_shown(found.what), do=_shown(found.do), lost=lost, brief=_shown(found.brief))


def _shown(text: str) -> str:
    return translate("Errors", text) if text else ""


def known_codes() -> frozenset[str]:
    """Every code that has words of its own."""
    return frozenset(_TABLE)
