"""The one place that turns an error's code into words: what happened, whether anything is lost, what to do now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Optional

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.gui import error_texts, quantities
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.labels import state_label
from commune_planning_plugin.gui.language import translate


class Action(str, Enum):
    """The way out that a message offers as a button."""

    SIGN_IN = "sign_in"
    RETRY = "retry"
    PULL = "pull"
    REPAIR = "repair"
    FRESH = "fresh"
    COPY_HERE = "copy_here"
    SPLIT = "split"
    RELOAD_REVIEW = "reload_review"
    SHOW_CONFLICTS = "show_conflicts"


@dataclass(frozen=True)
class Presentation:
    """``details`` is for whoever helps the user: code, what was tried, values. Not translated."""

    code: str
    what: str
    lost: str
    do: str
    details: str
    action: Optional[Action] = None
    brief: str = ""

    @property
    def short(self) -> str:
        """For one line beside a button that says what to do; the whole where there is no such button."""
        if self.brief:
            return self.brief
        return " ".join(part for part in (self.what, self.lost) if part) if self.action is not None else self.text

    @property
    def text(self) -> str:
        """The sentences in the order in which a person asks for them."""
        return " ".join(part for part in (self.what, self.lost, self.do) if part)


def present(error: PlanningError, context: str = "", describer: Optional[Describer] = None) -> Presentation:
    """``context`` is what was tried. A code that nobody wrote words for gets a general, true sentence."""
    words = error_texts.words(_worded(error, context))
    values = _Shown(_readable(error.details, describer or Describer(None)))
    return Presentation(
        code=error.code,
        what=words.what.format_map(values),
        lost=words.lost.format_map(values) if words.lost is not None else translate("Errors", "No data is lost."),
        do=words.do.format_map(values),
        details=_technical(error, context),
        action=Action(words.action) if words.action else None,
        brief=words.brief,
    )


def _worded(error: PlanningError, context: str) -> str:
    """The code whose words fit: some mean another thing to who meets them elsewhere."""
    if error.code == "proposal.conflict" and "refs" in error.details:
        return "proposal.unresolved"
    if error.code == "changed_since_seen" and "proposal" in error.details:
        return "proposal.linked_changed"
    if error.code == "working_copy.in_edit" and context in ("resolve", "undo", "revert"):
        return "working_copy.being_edited"
    return error.code


def action_label(action: Action) -> str:
    """The button's text."""
    return {
        Action.SIGN_IN: translate("Errors", "Sign in"),
        Action.RETRY: translate("Errors", "Try again"),
        Action.PULL: translate("Errors", "Get data"),
        Action.REPAIR: translate("Errors", "Bring back the record"),
        Action.FRESH: translate("Errors", "Get a fresh working copy"),
        Action.COPY_HERE: translate("Errors", "Copy to this computer"),
        Action.SPLIT: translate("Errors", "Split by plan"),
        Action.RELOAD_REVIEW: translate("Errors", "Look again"),
        Action.SHOW_CONFLICTS: translate("Errors", "Show conflicts"),
    }[action]


class _Shown(dict):  # type: ignore[type-arg]
    """A value that the error doesn't carry leaves a question mark, never an exception."""

    def __missing__(self, name: str) -> str:
        return "?"


def _readable(details: Mapping[str, Any], describer: Describer) -> dict[str, str]:
    shown = {name: _text(value) for name, value in details.items()}
    shown.update({name: quantities.day_and_time(details[name]) for name in ("seen_at", "agreed_at") if name in details})
    if "layer" in details:
        shown["layer"] = describer.layer(str(details["layer"]))
        if "field" in details:
            shown["field"] = describer.field(str(details["layer"]), str(details["field"]))
    elif isinstance(details.get("layers"), (list, tuple)):
        shown["layer"] = _several([describer.layer(str(layer)) for layer in details["layers"]])
    if "obstacles" in details:
        shown["obstacles"] = _obstacles(details["obstacles"], describer)
    if "communes" in details:
        shown["communes"] = ", ".join(describer.commune(str(code)) for code in details["communes"])
    if isinstance(details.get("plans"), (Mapping, list, tuple)):
        shown["plans"] = ", ".join(describer.plan(str(key)) for key in details["plans"])
    if isinstance(details.get("refs"), (list, tuple)):
        shown["count"] = str(len(details["refs"]))
    if "conflicts" in details and not isinstance(details["conflicts"], (str, int)):
        shown["conflicts"] = str(len(details["conflicts"]))
    if "state" in details:
        shown["state"] = state_label(details["state"])
    return shown


def _obstacles(obstacles: Iterable[Mapping[str, Any]], describer: Describer) -> str:
    """Layers, each with those of its attributes that are in the way."""
    of_layers: dict[str, list[str]] = {}
    for each in obstacles:
        names = of_layers.setdefault(describer.layer(each["layer"]), [])
        names += [describer.field(each["layer"], each["field"])] if each["field"] else []
    return "; ".join(f"{layer} ({', '.join(names)})" if names else layer for layer, names in of_layers.items())


_NAMED = 2


def _several(names: list[str]) -> str:
    """The first ones, and how many more there are."""
    shown, more = names[:_NAMED], len(names) - _NAMED
    return ", ".join(shown) + (translate("Errors", " and %n more", None, more) if more > 0 else "")


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(_holder(item) for item in value)
    return str(value)


def _holder(item: Any) -> str:
    """Who holds a layer in edit mode: the computer and program that a lease names, else the thing itself."""
    host = getattr(item, "host", None)
    return f"{host} ({getattr(item, 'process', '')})" if host else str(item)


def _technical(error: PlanningError, context: str) -> str:
    lines = [f"code: {error.code}", f"context: {context}" if context else "", f"kind: {type(error).__name__}"]
    if error.details:
        lines.append("details: " + json.dumps(dict(error.details), ensure_ascii=False, default=str, indent=2))
    if error.__cause__ is not None:
        lines.append(f"cause: {error.__cause__!r}")
    return "\n".join(part for part in lines if part)
