"""What the primary button says of each next step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from commune_planning_plugin.gui.language import translate


class StepWords(NamedTuple):
    """An icon's name, and sources of translation."""

    icon: str
    text: str
    tip: str = ""


_SIGN_IN = StepWords("sign_in", QT_TRANSLATE_NOOP("WorkingCopy", "&Sign in"))
_WORDS: Mapping[str, StepWords] = {
    "choose_commune": StepWords(
        "search",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Choose a commune"),
        QT_TRANSLATE_NOOP("WorkingCopy", "The commune whose plans you work on"),
    ),
    "pull": StepWords(
        "pull",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Get data to this computer"),
        QT_TRANSLATE_NOOP("WorkingCopy", "Bring the commune's planning data from the province to this computer"),
    ),
    "copy_here": StepWords(
        "pull",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Copy to this computer"),
        QT_TRANSLATE_NOOP(
            "WorkingCopy", "The file can only be read where it lies: go on with a copy of it; the file stays as it is"
        ),
    ),
    "repair": StepWords(
        "warning",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Bring back the record"),
        QT_TRANSLATE_NOOP(
            "WorkingCopy", "Compare the damaged layers with what the province sent; what differs is listed as your changes"
        ),
    ),
    "draw": StepWords(
        "draw",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Start drawing"),
        QT_TRANSLATE_NOOP("WorkingCopy", "Make the land-use layer editable with the tool for a new feature"),
    ),
    "save": StepWords(
        "save",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Save what you have drawn"),
        QT_TRANSLATE_NOOP("WorkingCopy", "Write your edits of all planning layers to this computer; you can go on drawing"),
    ),
    "stop_drawing": StepWords(
        "ok",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Finish drawing"),
        QT_TRANSLATE_NOOP("WorkingCopy", "All is saved: leave edit mode, then make a proposal of your changes"),
    ),
    "resolve": StepWords(
        "change_conflict",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Decide the conflicts"),
        QT_TRANSLATE_NOOP("WorkingCopy", "Go to the first feature that somebody else changed too"),
    ),
    "compose": StepWords(
        "compose",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Make a proposal"),
        QT_TRANSLATE_NOOP("WorkingCopy", "Put the changes into a proposal for the province"),
    ),
    "finish": StepWords(
        "compose",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Go on with the draft"),
        QT_TRANSLATE_NOOP("WorkingCopy", "Finish the draft proposal, then send it"),
    ),
    "correct": StepWords(
        "draw",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Correct what came back"),
        QT_TRANSLATE_NOOP("WorkingCopy", "A proposal came back: see why, correct it and send it again"),
    ),
    "review": StepWords(
        "review",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Open what waits for review"),
        QT_TRANSLATE_NOOP("WorkingCopy", "Proposals wait for your decision"),
    ),
    "give_opinion": StepWords(
        "review",
        QT_TRANSLATE_NOOP("WorkingCopy", "&Give the opinion that is asked for"),
        QT_TRANSLATE_NOOP("WorkingCopy", "Proposals wait for your agency's opinion"),
    ),
}


def step_words(step: str) -> StepWords:
    """In the interface's language; without a step of its own it is the way in."""
    words = _WORDS.get(step, _SIGN_IN)
    return StepWords(words.icon, translate("WorkingCopy", words.text), words.tip and translate("WorkingCopy", words.tip))
