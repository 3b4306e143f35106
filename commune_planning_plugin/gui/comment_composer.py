"""Where a remark is written: an answer in the thread, or a new one about the whole, a change, an attribute or a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QComboBox, QFrame, QLineEdit, QMenu, QShortcut, QToolButton

from commune_planning_plugin.core.discussion_bodies import hash_of, place_anchor, suggestable
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, Catalogue, Field, FieldType, Layer, Value, canonical_value
from commune_planning_plugin.core.wire import encode_values
from commune_planning_plugin.gui.describe import HIDDEN, Describer
from commune_planning_plugin.gui.discussion_words import Rows, anchor_title
from commune_planning_plugin.gui.draft_readiness import too_long
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, button_row, fill, line, text_label
from commune_planning_plugin.gui.reason_edit import ReasonEdit

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
        self._thread = ""
        self._anchor: Optional[Mapping[str, Any]] = None
        self._shape: Optional[bytes] = None
        self._places = ""
        self._about = text_label(name="composer_about")
        self._new = self._new_button()
        self._back = button("", "composer_back_button", "revert", translate("Discussion", "Back to the thread"), self._forget)
        self._back.setAccessibleName(translate("Discussion", "Back to the thread"))
        self._problem = Notice(Tone.WARNING, "composer_problem")
        self._text = ReasonEdit()
        self._text.setObjectName("comment_edit")
        self._text.setAccessibleName(translate("Discussion", "Your remark"))
        self._value = QLineEdit()
        self._choice = QComboBox()
        for widget in (self._value, self._choice):
            widget.setObjectName(f"suggested_{'value' if widget is self._value else 'choice'}")
            widget.setAccessibleName(translate("Discussion", "Suggested value"))
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choice.setMinimumContentsLength(12)
        self._sketch = button(translate("Discussion", "&Draw a suggestion"), "sketch_button", "draw", act=self._draw)
        self._take = button(translate("Discussion", "&Use what is drawn"), "use_sketch_button", "ok", act=self._map.take)
        self._cancel = button(translate("Discussion", "Stop drawing"), "stop_sketch_button", act=self._map.cancel)
        self._send = button(translate("Discussion", "S&end"), "send_comment_button", "send", act=self._do_send)
        self._send.setToolTip(translate("Discussion", "Ctrl+Enter. Without a connection it waits here and leaves by itself."))
        self._lay_out()
        self._map.sketched.connect(self._sketched)
        self._map.sketch_ended.connect(self._show)

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
        fill(self, line(self._about, self._new, self._back), self._problem, self._text, self._value, self._choice, buttons)
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

    def set_thread(self, thread: str) -> None:
        """The thread that an answer goes to; empty for none."""
        self._thread = thread
        self._show()

    def begin(self, anchor: Mapping[str, Any], text: str = "") -> None:
        """A new remark about ``anchor``."""
        self._map.cancel()
        self._anchor, self._shape, self._places = anchor, None, ""
        self._offer_values()
        if text:
            self._text.setPlainText(text)
        self._show()
        self._text.setFocus()

    def write_again(self, text: str) -> None:
        """What was refused, to be corrected."""
        self._text.setPlainText(text)
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
        self._anchor, self._shape, self._places = None, None, shape
        self._show()
        self._map.draw(shape)
        self._show()

    def _describer(self) -> Describer:
        return Describer(self._session.catalogue)

    # --- suggestions --------------------------------------------------------------------------------------------------

    def _layer(self) -> Optional[Layer]:
        catalogue: Optional[Catalogue] = self._session.catalogue
        wanted = (self._anchor or {}).get("layer")
        return next((layer for layer in catalogue.layers if layer.id == wanted), None) if catalogue is not None else None

    def _field(self) -> Optional[Field]:
        """The attribute that a value can be suggested for."""
        layer, name = self._layer(), (self._anchor or {}).get("attribute")
        row = self._row()
        if layer is None or name is None or row is None or not suggestable(layer, name):
            return None
        return layer.by_name[name]

    def _row(self) -> Optional[Mapping[str, Any]]:
        anchor = self._anchor or {}
        return self._rows.get((anchor.get("layer", ""), anchor.get("key", "")))

    def _offer_values(self) -> None:
        field = self._field()
        self._value.clear()
        self._choice.clear()
        if field is None or not field.code_list:
            return
        self._choice.addItem(translate("Discussion", "No value suggested"), None)
        codes = self._session.catalogue.code_lists.get(field.code_list, ())
        describer, layer = self._describer(), (self._anchor or {})["layer"]
        for code in codes:
            self._choice.addItem(describer.value(layer, field.name, code.code), code.code)

    def _draw(self) -> None:
        row, anchor = self._row(), self._anchor or {}
        shape = (row or {}).get(GEOMETRY)
        if isinstance(shape, bytes):
            self._map.reshape(anchor["layer"], self._shape or shape)
            self._show()

    def _sketched(self, wkb: bytes) -> None:
        if not self.isVisible():
            return
        if self._places:
            self.begin(place_anchor(self._places, wkb))
        else:
            self._shape = wkb
        self._show()
        self._text.setFocus()

    def _suggestion(self) -> Optional[dict[str, Any]]:
        """Raises ``InvalidData`` where the suggested value is none of the attribute's."""
        layer, row = self._layer(), self._row()
        if layer is None or row is None:
            return None
        if self._shape is not None:
            name, value = GEOMETRY, self._shape
        else:
            field = self._field()
            raw = None if field is None else self._choice.currentData() if field.code_list else _typed(field, self._value.text())
            if field is None or raw is None:
                return None
            name, value = field.name, canonical_value(field, raw)
        return {"values": encode_values({name: value}), "over": hash_of(layer, name, row.get(name))}

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
            suggestion = self._suggestion()
        except InvalidData:
            self._problem.say(translate("Discussion", "The suggested value doesn't fit the attribute."))
            self._value.setFocus()
            return
        body: dict[str, Any] = {"text": text}
        if self._anchor is not None:
            body["anchor"] = dict(self._anchor)
            if suggestion is not None:
                body["suggestion"] = suggestion
        elif self._thread:
            body["thread"] = self._thread
        else:
            body["anchor"] = {"kind": "whole"}
        self.written.emit(body)

    def clear(self) -> None:
        """What was written is on its way."""
        self._text.clear()
        self._forget()

    def _forget(self) -> None:
        self._anchor, self._shape, self._places = None, None, ""
        self._map.cancel()
        self._problem.say("")
        self._offer_values()
        self._show()

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        fresh = self._anchor is not None or bool(self._places)
        self._about.setText(self._about_text())
        self._back.setVisible(fresh)
        self._text.setPlaceholderText(
            translate("Discussion", "Write a remark") if fresh or not self._thread else translate("Discussion", "Write an answer")
        )
        field, drawing = self._field(), self._map.drawing
        self._value.setVisible(field is not None and not field.code_list)
        self._value.setPlaceholderText(translate("Discussion", "Suggested value (if any)"))
        self._choice.setVisible(field is not None and bool(field.code_list))
        can_draw = (self._anchor or {}).get("kind") == "change" and isinstance((self._row() or {}).get(GEOMETRY), bytes)
        self._sketch.setVisible(can_draw and not drawing)
        self._take.setVisible(drawing and not self._places)
        self._cancel.setVisible(drawing)

    def _about_text(self) -> str:
        if self._places and self._anchor is None:
            return translate("Discussion", "Draw the place on the map.")
        if self._anchor is None:
            return translate("Discussion", "Answer:") if self._thread else ""
        about = anchor_title(self._anchor, self._describer(), self._rows)
        text = translate("Discussion", "New, about: {what}").format(what=about)
        return text + " · " + translate("Discussion", "with a drawn suggestion") if self._shape is not None else text


def _typed(field: Field, text: str) -> Value:
    """What somebody typed as the attribute's type; None for nothing. Raises ``InvalidData``."""
    clean = text.strip()
    if not clean:
        return None
    if field.type is FieldType.BOOLEAN:
        raise InvalidData("value.type", field=field.name)
    if field.type in (FieldType.TEXT, FieldType.DATE, FieldType.DATETIME, FieldType.UUID, FieldType.UUIDS):
        return clean
    try:
        number = float(clean.replace(" ", "").replace(",", "."))
    except ValueError as error:
        raise InvalidData("value.type", field=field.name) from error
    return int(number) if number.is_integer() and field.type not in (FieldType.FLOAT32, FieldType.FLOAT64) else number
