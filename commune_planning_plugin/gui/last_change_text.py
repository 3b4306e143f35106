"""How a feature came to be as the province has it, as a sentence."""

from __future__ import annotations

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.store import LastChange


def last_change_text(last: LastChange) -> str:
    """In which revision, when, by whom, in which proposal."""
    text = translate("Conflicts", "The province's last change: {time}, revision {number}, by {name}.")
    if not last.by:
        text = translate(
            "Conflicts", "The province's last change: {time}, revision {number}; the province's database was edited directly."
        )
    elif last.title is not None:
        text = translate("Conflicts", "The province's last change: {time}, revision {number}, by {name}, proposal “{title}”.")
    return text.format(time=quantities.day_and_time(last.at), number=last.revision, name=last.by, title=last.title)
