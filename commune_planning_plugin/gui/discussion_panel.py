"""A proposal's discussion: its threads in step with the map, what was said in one, and where one's own words are written."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QSplitter

from commune_planning_plugin.adapters.discussion_view import Note
from commune_planning_plugin.adapters.signs import Sign
from commune_planning_plugin.core.discussion import Act, ActKind, Thread, ThreadState
from commune_planning_plugin.core.discussion_bodies import place_of
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, Layer
from commune_planning_plugin.core.suggestions import standing, suggested
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.comment_composer import CommentComposer
from commune_planning_plugin.gui.conversation import Conversation, SuggestionWords
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.discussion_words import Rows, suggestion_text
from commune_planning_plugin.gui.labels import Tone, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, button_row, column, fill, text_label
from commune_planning_plugin.gui.thread_list import ThreadList
from commune_planning_plugin.store import Ref


class DiscussionPanel(QFrame):
    """``takes``: suggestions are taken over into the working copy here, on the technician's desk."""

    change_asked = pyqtSignal(object)
    """The Ref that the chosen thread is about."""

    def __init__(self, session: Any, takes: bool = False) -> None:
        super().__init__()
        self._session = session
        self._takes = takes
        self._proposal, self._version = "", 1
        self._rows: Rows = {}
        self._told = Notice(Tone.NEWS, "discussion_notice")
        self._empty = text_label(name="discussion_empty")
        self._threads = ThreadList()
        self._words = Conversation()
        self._settle = button("", "settle_button", "ok", act=self._do_settle)
        self._composer = CommentComposer(session)
        self._lay_out()
        self._threads.chosen.connect(lambda _thread: self._choose(zoom=True))
        self._threads.opened.connect(lambda _thread: self._choose(zoom=True))
        self._words.asked.connect(self._do_asked)
        self._composer.written.connect(self._post)
        session.discussion.changed.connect(self._changed)

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._threads)
        splitter.addWidget(column(self._words, button_row(self._settle)))
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setChildrenCollapsible(False)
        self._splitter = splitter
        fill(self, self._told, self._empty, splitter, self._composer)
        self.layout().setStretch(2, 1)

    # --- showing ------------------------------------------------------------------------------------------------------

    def show_proposal(self, proposal: str, version: int, rows: Rows) -> None:
        """``rows`` are the features that it changes, each as it is asked for (or as it was, where it is removed)."""
        if proposal != self._proposal:
            self._composer.clear()
        self._proposal, self._version, self._rows = proposal, version, rows
        self._composer.set_features(rows)
        self.refresh()

    def refresh(self) -> None:
        if not self._proposal:
            return
        talk = self._session.discussion.talk(self._proposal)
        waiting = frozenset(item.act.body["thread"] for item in talk.items if "thread" in item.act.body)
        threads = talk.discussion.threads
        self._threads.show_threads(threads, Describer(self._session.catalogue), self._rows, waiting)
        self._splitter.setVisible(bool(threads))
        self._empty.setVisible(not threads)
        self._empty.setText(self._empty_text())
        self._told.say(*self._standing(talk))
        self._composer.setVisible(self._may_write())
        self._show_thread()
        self._show_notes()

    def set_change(self, ref: Optional[Ref]) -> None:
        """The change that is current elsewhere: its thread is chosen here too."""
        pair = (ref.layer, ref.key) if ref is not None else None
        self._composer.set_change(pair)
        threads = self._session.discussion.talk(self._proposal).discussion.threads if self._proposal else ()
        about = next((thread for thread in threads if thread.ref == pair and pair is not None), None)
        if about is not None and about.id != self._threads.current():
            self._threads.choose(about.id)
            self._show_thread()

    def _changed(self, proposal: str) -> None:
        if proposal == self._proposal:
            self.refresh()

    def _may_write(self) -> bool:
        """Without word from the hub it is taken for granted; the hub decides."""
        told = self._session.discussion.talk(self._proposal).told
        return told is None or ActKind.COMMENT in told.can

    def _empty_text(self) -> str:
        if not self._may_write():
            return translate("Discussion", "Nothing was said about this proposal.")
        return translate("Discussion", "Nothing was said yet. Ask about the whole, a change, an attribute or a place on the map.")

    def _standing(self, talk: Any) -> tuple[str, Tone]:
        if plain(self._session.connection) == "online":
            return "", Tone.NEWS
        if talk.at is None:
            return translate("Discussion", "No connection: what others said isn't known here. What you write waits."), Tone.WARNING
        text = translate("Discussion", "No connection: as of {time}. What you write waits here and leaves by itself.")
        return text.format(time=quantities.clock(talk.at)), Tone.WARNING

    def _thread(self) -> Optional[Thread]:
        found: Optional[Thread] = self._session.discussion.talk(self._proposal).discussion.thread(self._threads.current())
        return found

    def _show_thread(self) -> None:
        thread, talk = self._thread(), self._session.discussion.talk(self._proposal)
        self._words.show_thread(thread, talk.item, self._suggested, self._takes)
        self._composer.set_thread(thread)
        self._settle.setVisible(thread is not None and self._may_write())
        if thread is not None:
            settled = thread.state is ThreadState.SETTLED
            self._settle.setText(translate("Discussion", "&Open again") if settled else translate("Discussion", "&Settled"))

    # --- map ----------------------------------------------------------------------------------------------------------

    def _shape_of(self, thread: Thread) -> Optional[bytes]:
        place = place_of(thread.anchor)
        shape = place if place is not None else (self._rows.get(thread.ref or ("", "")) or {}).get(GEOMETRY)
        return shape if isinstance(shape, bytes) else None

    def _show_notes(self) -> None:
        threads = self._session.discussion.talk(self._proposal).discussion.threads
        shapes = ((number, thread, self._shape_of(thread)) for number, thread in enumerate(threads, 1))
        self._session.discussion.map.show_notes(
            [Note(t.id, number, wkb, t.state is ThreadState.SETTLED) for number, t, wkb in shapes if wkb is not None]
        )

    def _choose(self, zoom: bool) -> None:
        self._show_thread()
        thread = self._thread()
        if thread is None:
            return
        place = place_of(thread.anchor)
        self._session.discussion.map.show(place, Sign.REMARK, zoom)
        if thread.ref is not None:
            self._composer.set_change(thread.ref)
            self.change_asked.emit(Ref(*thread.ref))
        newest = next((act for act in reversed(thread.comments) if _draws(act)), None)
        if newest is not None:
            self._show_suggestion(newest, zoom=False)

    def _show_suggestion(self, act: Act, zoom: bool = True) -> None:
        """The suggested shape; of a value, the feature that it is for."""
        found, thread = self._read(act), self._thread()
        if found is None or thread is None:
            return
        drawn = isinstance(found[2], bytes)
        shape = found[2] if drawn else self._shape_of(thread)
        self._session.discussion.map.show(shape, Sign.SUGGESTED if drawn else Sign.REMARK, zoom)

    def _read(self, act: Act) -> Optional[tuple[Layer, str, Any]]:
        """Layer, attribute and value of a suggestion; None where the catalogue doesn't know them (any more)."""
        catalogue, thread = self._session.catalogue, self._thread()
        about = thread.ref[0] if thread is not None and thread.ref is not None else None
        layer = next((each for each in catalogue.layers if each.id == about), None) if catalogue is not None else None
        if layer is None or "suggestion" not in act.body:
            return None
        try:
            return (layer, *suggested(layer, act.body["suggestion"]))
        except InvalidData:
            return None

    def _suggested(self, act: Act) -> SuggestionWords:
        found, thread = self._read(act), self._thread()
        if found is None or thread is None:
            return SuggestionWords("–")
        layer, name, _value = found
        words = suggestion_text(layer, act.body["suggestion"], Describer(self._session.catalogue))
        row = self._rows.get(thread.ref or ("", ""))
        now = standing(layer, row.get(name), act.body["suggestion"]) if row is not None else None
        return SuggestionWords(words, now)

    # --- doing --------------------------------------------------------------------------------------------------------

    def _post(self, body: dict[str, Any]) -> None:
        posted = self._session.discussion.post(self._proposal, self._version, ActKind.COMMENT, body)
        if posted is not None:
            self._composer.clear()

    def _do_settle(self) -> None:
        thread = self._thread()
        if thread is not None:
            kind = ActKind.REOPEN if thread.state is ThreadState.SETTLED else ActKind.SETTLE
            self._session.discussion.post(self._proposal, self._version, kind, {"thread": thread.id})

    def _do_asked(self, do: str, act_id: str) -> None:
        thread = self._thread()
        act = next((each for each in thread.comments if each.id == act_id), None) if thread is not None else None
        if do == "discard":
            self._session.discussion.discard(self._proposal, act_id)
        elif act is not None and do == "edit":
            self._write_again(act)
        elif act is not None and do == "show":
            self._show_suggestion(act)
        elif act is not None and do == "take" and thread is not None and thread.ref is not None:
            self._session.discussion.map.take_over(Ref(*thread.ref), act.body["suggestion"])

    def _write_again(self, act: Act) -> None:
        self._session.discussion.discard(self._proposal, act.id)
        self._composer.write_again(act.body)


def _draws(act: Act) -> bool:
    return GEOMETRY in (act.body.get("suggestion") or {}).get("values", {})
