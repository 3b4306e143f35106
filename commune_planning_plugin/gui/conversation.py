"""What was said in one thread: who, for whom, when, on which version; suggestions as links, and what waits or was refused."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Optional

from qgis.PyQt.QtCore import QSize, QUrl, pyqtSignal
from qgis.PyQt.QtWidgets import QTextBrowser

from commune_planning_plugin.core.discussion import Act, Thread
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.suggestions import Standing
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.discussion_words import act_label, side_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.store.mailbox import Item, ItemState


@dataclass(frozen=True)
class SuggestionWords:
    """A suggestion in words, and how it stands to what is asked for now; None where that isn't known."""

    what: str
    now: Optional[Standing] = None


Suggested = Callable[[Act], SuggestionWords]


class Conversation(QTextBrowser):
    """Words of others are shown as they are: nothing in them is markup."""

    asked = pyqtSignal(str, str)
    """What to do with which act: ``show``, ``take``, ``edit`` or ``discard``."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("conversation")
        self.setAccessibleName(translate("Discussion", "What was said"))
        self.setOpenLinks(False)
        self.setMinimumHeight(72)
        self.anchorClicked.connect(self._clicked)

    def show_thread(
        self, thread: Optional[Thread], item: Callable[[str], Optional[Item]], suggested: Suggested, takes: bool
    ) -> None:
        """``takes``: suggestions can be taken over here."""
        if thread is None:
            self.clear()
            return
        acts = [*thread.comments, *([thread.last] if thread.last is not None else [])]
        self.setHtml("".join(_told(act, item(act.id), suggested, takes) for act in acts))
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        return QSize(220, 84)

    def _clicked(self, url: QUrl) -> None:
        do, _, act = url.toString().partition(":")
        self.asked.emit(do, act)


def _told(act: Act, item: Optional[Item], suggested: Suggested, takes: bool) -> str:
    parts = [_head(act)]
    if act.text:
        parts.append(html.escape(act.text).replace("\n", "<br>"))
    if act.body.get("suggestion"):
        parts.append(_suggestion(act, suggested, takes))
    if item is not None:
        parts.append(_standing(item))
    return f'<p style="margin:0 0 8px 0">{"<br>".join(parts)}</p>'


def _head(act: Act) -> str:
    done = act_label(act.kind)
    who = f"<b>{html.escape(act.actor_name or act.actor)}</b>"
    when = quantities.day_and_time(act.at) if act.at else ""
    version = translate("Discussion", "version {number}").format(number=act.version)
    about = " · ".join(part for part in (side_label(act.side), when, version) if part)
    return f'{who} {html.escape(done)} <span style="color:gray">{html.escape(about)}</span>'


def _suggestion(act: Act, suggested: Suggested, takes: bool) -> str:
    told = suggested(act)
    words = translate("Discussion", "Suggested: {what}").format(what=told.what)
    links = [_link("show", act.id, translate("Discussion", "show"))]
    if takes and told.now is not Standing.THERE:
        links.append(_link("take", act.id, translate("Discussion", "take it over")))
    now = {
        Standing.THERE: "✓ " + translate("Discussion", "it is so now"),
        Standing.MOVED_ON: "⚠ " + translate("Discussion", "has changed since"),
    }.get(told.now)
    return f"▸ {html.escape(words)}{f' – {html.escape(now)}' if now else ''} ({' · '.join(links)})"


def _standing(item: Item) -> str:
    """That it waits, or why the hub didn't take it, with the ways out."""
    discard = _link("discard", item.id, translate("Discussion", "discard"))
    if item.state is not ItemState.REFUSED:
        waits = translate("Discussion", "Waits for the connection")
        return f"<i>↑ {html.escape(waits)}</i> ({discard})"
    problem = item.problem or {}
    said = present(PlanningError(str(problem.get("code")), **(problem.get("details") or {})))
    edit, refused = _link("edit", item.id, translate("Discussion", "write it anew")), translate("Discussion", "Not accepted:")
    return f"⚠ {html.escape(refused)} {html.escape(said.what)} ({edit} · {discard})"


def _link(do: str, act: str, words: str) -> str:
    return f'<a href="{do}:{act}">{html.escape(words)}</a>'
