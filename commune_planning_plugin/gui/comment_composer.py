"""Where a remark is written: an answer in the thread, or a new one about the whole, a change, an attribute or a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QFrame, QMenu, QShortcut, QToolButton

from commune_planning_plugin.core.discussion import Thread
from commune_planning_plugin.core.discussion_bodies import place_anchor
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.gui.describe import HIDDEN, Describer
from commune_planning_plugin.gui.discussion_words import Rows, anchor_title
from commune_planning_plugin.gui.draft_readiness import too_long
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, button_row, fill, line, text_label
from commune_planning_plugin.gui.reason_edit import ReasonEdit
from commune_planning_plugin.gui.suggestion_editor import SuggestionEditor

Ref = tuple[str, str]


class CommentComposer(QFrame):
    """Emits what was written; keeps it until the panel says that it is on its way."""

    written = pyqtSignal(dict)
    """A comment's body: with ``anchor`` where it begins a thread."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._map = session.discussion.map
        self._session = session
        self._rows: Rows = {}
        self._ref: Optional[Ref] = None
        self._thread: Optional[Thread] = None
        self._anchor: Optional[Mapping[str, Any]] = None
        self._places = ""
        self._about = text_label(name="composer_about")
        self._new = self._new_button()
        self._back = button("", "composer_back_button", "revert", translate("Discussion", "Back to the thread"), self._forget)
        self._back.setAccessibleName(translate("Discussion", "Back to the thread"))
        self._problem = Notice(Tone.WARNING, "composer_problem")
        self._text = ReasonEdit()
        self._text.setObjectName("comment_edit")
        self._text.setAccessibleName(translate("Discussion", "Your remark"))
        self._suggestion = SuggestionEditor(session)
        self._sketch = button(translate("Discussion", "&Draw a suggestion"), "sketch_button", "draw", act=self._draw)
        self._take = button(translate("Discussion", "&Use what is drawn"), "use_sketch_button", "ok", act=self._map.take)
        self._cancel = button(translate("Discussion", "Stop drawing"), "stop_sketch_button", act=self._map.cancel)
        self._send = button(translate("Discussion", "S&end"), "send_comment_button", "send", act=self._do_send)
        self._send.setToolTip(translate("Discussion", "Ctrl+Enter. Without a connection it waits here and leaves by itself."))
        self._lay_out()
        self._map.sketched.connect(self._sketched)
        self._map.sketch_ended.connect(self._show)
        self._suggestion.changed.connect(self._show_buttons)

    def _new_button(self) -> QToolButton:
        made = QToolButton()
        made.setObjectName("new_remark_button")
        made.setText(translate("Discussion", "&New remark"))
        made.setIcon(icon("compose"))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setMenu(QMenu(made))
        made.menu().aboutToShow.connect(self._fill_menu)
        return made

    def _lay_out(self) -> None:
        buttons = button_row(self._send, self._sketch, self._take, self._cancel)
        fill(self, line(self._about, self._new, self._back), self._problem, self._text, self._suggestion, buttons)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, self._do_send)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # --- what it is about ---------------------------------------------------------------------------------------------

    def set_features(self, rows: Rows) -> None:
        """Those that a remark can be about, with their rows as they are asked for."""
        self._rows = rows
        self._show()

    def set_change(self, ref: Optional[Ref]) -> None:
        """The change that is current elsewhere: what a new remark is about at first."""
        self._ref = ref if ref in self._rows else None

    def set_thread(self, thread: Optional[Thread]) -> None:
        """The thread that an answer goes to."""
        self._thread = thread
        self._show()

    def begin(self, anchor: Mapping[str, Any]) -> None:
        """A new remark about ``anchor``."""
        self._map.cancel()
        self._anchor, self._places = anchor, ""
        self._suggestion.clear()
        self._show()
        self._text.setFocus()

    def write_again(self, body: Mapping[str, Any]) -> None:
        """What was refused, to be corrected: an answer in the present thread, or what began one."""
        if "anchor" in body:
            self.begin(body["anchor"])
        self._text.setPlainText(str(body.get("text") or ""))
        if "suggestion" in body:
            self._suggestion.restore(body["suggestion"])
        self._text.setFocus()

    def _fill_menu(self) -> None:
        menu = self._new.menu()
        menu.clear()
        menu.addAction(translate("Discussion", "About the &whole proposal"), lambda: self.begin({"kind": "whole"}))
        if self._ref is not None:
            layer, key = self._ref
            change = {"kind": "change", "layer": layer, "key": key}
            title = anchor_title(change, self._describer(), self._rows)
            menu.addAction(translate("Discussion", "About “{feature}”").format(feature=title), lambda: self.begin(change))
            attributes = menu.addMenu(translate("Discussion", "About an &attribute of it"))
            for name, words in self._attributes(layer):
                anchor = {**change, "kind": "attribute", "attribute": name}
                attributes.addAction(words, lambda anchor=anchor: self.begin(anchor))
        menu.addSeparator()
        for shape, words in (
            ("point", translate("Discussion", "At a &point on the map")),
            ("lines", translate("Discussion", "Along a &line on the map")),
            ("polygons", translate("Discussion", "In an a&rea of the map")),
        ):
            menu.addAction(words, lambda shape=shape: self._begin_place(shape))

    def _attributes(self, layer: str) -> Sequence[tuple[str, str]]:
        describer = self._describer()
        return [(name, describer.field(layer, name)) for name in describer.field_names(layer) if name not in HIDDEN]

    def _begin_place(self, shape: str) -> None:
        self._anchor, self._places = None, shape
        self._show()
        self._map.draw(shape)
        self._show()

    def _describer(self) -> Describer:
        return Describer(self._session.catalogue)

    # --- suggestions --------------------------------------------------------------------------------------------------

    def _subject(self) -> Optional[Mapping[str, Any]]:
        """The anchor of the new thread, or of the one that is answered."""
        if self._places:
            return None
        return self._anchor if self._anchor is not None else self._thread.anchor if self._thread is not None else None

    def _draw(self) -> None:
        shape, anchor = self._suggestion.shape, self._subject()
        if shape is not None and anchor is not None:
            self._map.reshape(anchor["layer"], shape)
            self._show()

    def _sketched(self, wkb: bytes) -> None:
        if not self.isVisible():
            return
        if self._places:
            self.begin(place_anchor(self._places, wkb))
        else:
            self._suggestion.set_shape(wkb)
        self._show()
        self._text.setFocus()

    # --- sending ------------------------------------------------------------------------------------------------------

    def _do_send(self) -> None:
        self._problem.say("")
        text = self._text.toPlainText().strip()
        if self._places and self._anchor is None:
            self._problem.say(translate("Discussion", "Draw the place on the map first."))
            return
        if not text or too_long(text):
            self._problem.say(too_long(text) or translate("Discussion", "Write what there is to say; then send."))
            self._text.setFocus()
            return
        try:
            suggestion = self._suggestion.suggestion()
        except InvalidData as error:
            self._problem.say(_why_not(error))
            self._suggestion.setFocus()
            return
        self.written.emit({"text": text, **self._where(), **({"suggestion": suggestion} if suggestion is not None else {})})

    def _where(self) -> dict[str, Any]:
        if self._anchor is not None:
            return {"anchor": dict(self._anchor)}
        return {"thread": self._thread.id} if self._thread is not None else {"anchor": {"kind": "whole"}}

    def clear(self) -> None:
        """What was written is on its way."""
        self._text.clear()
        self._forget()

    def _forget(self) -> None:
        self._anchor, self._places = None, ""
        self._map.cancel()
        self._problem.say("")
        self._suggestion.clear()
        self._show()

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        fresh = self._anchor is not None or bool(self._places)
        self._back.setVisible(fresh)
        self._text.setPlaceholderText(
            translate("Discussion", "Write a remark")
            if fresh or self._thread is None
            else translate("Discussion", "Write an answer")
        )
        anchor = self._subject() or {}
        self._suggestion.show_feature(anchor, self._rows.get((anchor.get("layer", ""), anchor.get("key", ""))))
        self._show_buttons()

    def _show_buttons(self) -> None:
        drawing = self._map.drawing
        self._sketch.setVisible(self._suggestion.shape is not None and not drawing)
        self._take.setVisible(drawing and not self._places)
        self._cancel.setVisible(drawing)
        self._about.setText(self._about_text())

    def _about_text(self) -> str:
        if self._places and self._anchor is None:
            return translate("Discussion", "Draw the place on the map.")
        if self._anchor is not None:
            what = anchor_title(self._anchor, self._describer(), self._rows)
            text = translate("Discussion", "New, about: {what}").format(what=what)
        else:
            text = translate("Discussion", "Answer:") if self._thread is not None else ""
        return text + " · " + translate("Discussion", "with a drawn suggestion") if self._suggestion.drawn else text


def _why_not(error: InvalidData) -> str:
    if error.code == "suggestion.same":
        return translate("Discussion", "The attribute has the suggested value already: enter another one, or suggest nothing.")
    return translate("Discussion", "The suggested value doesn't fit the attribute.")
