"""Where a remark's suggestion is made: what of the feature it is about, and the value that it should have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFrame, QLineEdit

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, Catalogue, Field, FieldType, Layer, Value
from commune_planning_plugin.core.suggestions import hash_of, suggestable, suggested
from commune_planning_plugin.core.wire import encode_values
from commune_planning_plugin.gui.describe import HIDDEN, Describer
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import fill
from commune_planning_plugin.gui.typed_values import typed, written

Row = Mapping[str, Any]
NOTHING = ""
"""What a suggestion is about while there is none."""


class SuggestionEditor(QFrame):
    """Hidden where a thread is about no feature."""

    changed = pyqtSignal()
    """What is suggested is something else now."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._subject: Optional[tuple[str, str]] = None
        self._row: Row = {}
        self._shape: Optional[bytes] = None
        self._about = _combo("suggestion_about", translate("Discussion", "What the suggestion is about"))
        self._value = QLineEdit()
        self._value.setObjectName("suggested_value")
        self._value.setAccessibleName(translate("Discussion", "Suggested value"))
        self._choice = _combo("suggested_choice", translate("Discussion", "Suggested value"))
        fill(self, self._about, self._value, self._choice)
        self._about.currentIndexChanged.connect(self._offer)
        self.show_feature(None, None)

    def show_feature(self, anchor: Optional[Mapping[str, Any]], row: Optional[Row]) -> None:
        """What the thread is about, and the feature as it is asked for now; what was entered for the same feature stays."""
        layer = self._layer_named((anchor or {}).get("layer"))
        subject = (layer.id, str((anchor or {})["key"])) if layer is not None and row is not None else None
        self._row = row or {}
        if subject != self._subject:
            self._subject, self._shape = subject, None
            self._list(layer, str((anchor or {}).get("attribute", "")))
        self.setVisible(subject is not None)

    def clear(self) -> None:
        self._shape = None
        self._about.setCurrentIndex(0)
        self._offer()

    def set_shape(self, wkb: bytes) -> None:
        """As it was drawn."""
        self._shape = wkb
        self._choose(GEOMETRY)
        self._offer()

    def restore(self, suggestion: Mapping[str, Any]) -> None:
        """What was suggested in words that the hub refused."""
        layer = self._layer()
        if layer is None:
            return
        try:
            name, value = suggested(layer, suggestion)
        except InvalidData:
            return
        if isinstance(value, bytes):
            self.set_shape(value)
        elif self._choose(name):
            self._value.setText(written(layer.by_name[name], value))
            self._choice.setCurrentIndex(self._choice.findData(value))

    @property
    def shape(self) -> Optional[bytes]:
        """Where drawing starts: the suggested shape, else the feature's; None where none can be suggested."""
        own = self._row.get(GEOMETRY)
        drawable = self._subject is not None and self._name() in (NOTHING, GEOMETRY) and isinstance(own, bytes)
        return (self._shape or own) if drawable else None

    @property
    def drawn(self) -> bool:
        return self._name() == GEOMETRY and self._shape is not None

    def suggestion(self) -> Optional[dict[str, Any]]:
        """As a comment's body has it; None for none.

        Raises ``InvalidData``: the value is none of the attribute's, or the one that it has (``suggestion.same``).
        """
        layer, name = self._layer(), self._name()
        if layer is None or name == NOTHING or (name == GEOMETRY and self._shape is None):
            return None
        value = self._shape if name == GEOMETRY else self._entered(layer.by_name[name])
        if value == self._row.get(name):
            raise InvalidData("suggestion.same", field=name)
        return {"values": encode_values({name: value}), "over": hash_of(layer, name, self._row.get(name))}

    # --- inside ---------------------------------------------------------------------------------------------------------

    def _layer_named(self, wanted: Any) -> Optional[Layer]:
        catalogue: Optional[Catalogue] = self._session.catalogue
        return next((layer for layer in catalogue.layers if layer.id == wanted), None) if catalogue is not None else None

    def _layer(self) -> Optional[Layer]:
        return self._layer_named(self._subject[0]) if self._subject is not None else None

    def _name(self) -> str:
        return str(self._about.currentData() or NOTHING)

    def _choose(self, name: str) -> bool:
        at = self._about.findData(name)
        if at >= 0:
            self._about.setCurrentIndex(at)
        return at >= 0

    def _list(self, layer: Optional[Layer], first: str) -> None:
        """Everything of the feature; ``first`` is the attribute that the thread is about."""
        self._about.blockSignals(True)
        self._about.clear()
        self._about.addItem(translate("Discussion", "No suggestion"), NOTHING)
        if layer is not None:
            describer = Describer(self._session.catalogue)
            names = [name for name in describer.field_names(layer.id) if name not in HIDDEN and suggestable(layer, name)]
            for name in sorted([GEOMETRY, *names], key=lambda name: name != first):
                words = translate("Discussion", "Suggest: {attribute}")
                self._about.addItem(words.format(attribute=describer.field(layer.id, name)), name)
        self._about.blockSignals(False)
        self._offer()

    def _offer(self) -> None:
        """The widget that fits the attribute, with the value that it has."""
        layer, name = self._layer(), self._name()
        field = layer.by_name.get(name) if layer is not None else None
        choices = self._choices(layer, field) if layer is not None and field is not None else ()
        self._choice.clear()
        for words, value in choices:
            self._choice.addItem(words, value)
        self._value.setVisible(field is not None and not choices)
        self._choice.setVisible(bool(choices))
        if field is not None:
            self._value.setText(written(field, self._row.get(name)))
            self._value.setPlaceholderText(_hint(field))
            self._choice.setCurrentIndex(max(0, self._choice.findData(self._row.get(name))))
        self.changed.emit()

    def _choices(self, layer: Layer, field: Field) -> Sequence[tuple[str, Value]]:
        """Of a boolean or a code list; none for what is typed."""
        describer = Describer(self._session.catalogue)
        codes = self._session.catalogue.code_lists.get(field.code_list or "", ())
        values = [True, False] if field.type is FieldType.BOOLEAN else [entry.code for entry in codes]
        found: list[tuple[str, Value]] = [(describer.value(layer.id, field.name, value), value) for value in values]
        empty = [] if field.required or not found else [(translate("Discussion", "(empty)"), None)]
        return [*found, *empty]

    def _entered(self, field: Field) -> Value:
        value: Value = typed(field, self._value.text()) if not self._choice.count() else self._choice.currentData()
        if value is None and field.required:
            raise InvalidData("value.type", field=field.name)
        return value


def _hint(field: Field) -> str:
    if field.type is FieldType.DATE:
        return translate("Discussion", "day/month/year")
    return "" if field.required else translate("Discussion", "Left empty: the attribute is to be empty")


def _combo(name: str, accessible: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made
