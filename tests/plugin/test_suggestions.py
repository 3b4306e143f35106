"""A suggested value of each kind: entered in the remark, carried as JSON, taken over into the working copy, undone, saved."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from qgis.core import QgsVectorLayer

from commune_planning_plugin.adapters.taking_over import set_value, standing_value
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import Field, FieldType, Layer
from commune_planning_plugin.core.suggestions import Standing, check_suggestion, hash_of, standing, suggestable, suggested
from commune_planning_plugin.core.wire import canonical_json, encode_values
from commune_planning_plugin.gui.suggestion_editor import SuggestionEditor
from commune_planning_plugin.gui.typed_values import typed, written
from commune_planning_plugin.store import WorkingCopy
from tests.core.strategies import values
from tests.plugin import sample
from tests.plugin.fake_session import working
from tests.store import snapshots
from tests.store.conftest import rows_of

LOTS: Layer = snapshots.LOTS
FIELDS = {field.type: field for field in reversed(LOTS.legal_fields) if suggestable(LOTS, field.name)}.values()
"""One of each kind."""
KEY = snapshots.key_of(3)
EACH = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def one_line(field: Field, value: Any) -> Any:
    """What one line holds: no line breaks, and no blanks alone."""
    if field.type is FieldType.TEXT and value is not None:
        assume(value.isprintable() and value.strip())
    return value


@pytest.fixture
def layer(copy: WorkingCopy) -> QgsVectorLayer:
    made = QgsVectorLayer(f"{copy.path}|layername={LOTS.table}", "lots", "ogr")
    assert made.isValid()
    return made


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@EACH
@given(data=st.data())
def test_what_is_written_is_read_back(field: Field, data: st.DataObject):
    value = one_line(field, data.draw(values(field)))
    if field.type is not FieldType.BOOLEAN:
        assert typed(field, written(field, value)) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldType.DATE, "5/9/2026", "2026-09-05"),
        (FieldType.DATE, "2026-09-05", "2026-09-05"),
        (FieldType.FLOAT64, "1,5", 1.5),
        (FieldType.INT32, "12 000", 12000),
        (FieldType.DATETIME, "05/09/2026 07:30", "2026-09-05T07:30:00.000000Z"),
    ],
)
def test_people_write_days_and_numbers_in_their_way(kind: FieldType, text: str, value: Any):
    assert typed(Field("x", kind), text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [(FieldType.DATE, "31/2/2026"), (FieldType.INT16, "40000"), (FieldType.INT16, "1.5"), (FieldType.FLOAT64, "x")],
)
def test_what_is_no_such_value_is_refused(kind: FieldType, text: str):
    with pytest.raises(InvalidData):
        typed(Field("x", kind), text)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@EACH
@given(data=st.data())
def test_the_editor_gives_back_what_was_suggested(qtbot: Any, field: Field, data: st.DataObject):
    """As after a refusal: the words are there again, with their suggestion."""
    value, before = (one_line(field, data.draw(values(field))) for _ in range(2))
    assume(value != before)
    row = {**dict.fromkeys(LOTS.names), field.name: before, "geom": sample.square(0, 0, 5, 5)}
    session = working(catalogue=replace(sample.CATALOGUE, layers=(LOTS,)))
    editor = SuggestionEditor(session)
    qtbot.addWidget(editor)
    editor.show_feature({"kind": "change", "layer": LOTS.id, "key": KEY}, row)
    said = {"values": encode_values({field.name: value}), "over": hash_of(LOTS, field.name, before)}
    editor.restore(said)
    assert editor.suggestion() == said
    check_suggestion({LOTS.id: LOTS}, LOTS.id, said)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@EACH
@given(data=st.data())
def test_a_value_arrives_as_suggested_and_is_undone(layer: QgsVectorLayer, field: Field, data: st.DataObject):
    fid = next(each.id() for each in layer.getFeatures(f"\"key\" = '{KEY}'"))
    before, value = standing_value(layer, fid, LOTS, field.name), data.draw(values(field))
    if field.type is FieldType.DATETIME and value is not None:
        value = value[:23] + "000Z"  # QGIS counts milliseconds
    said = json.loads(canonical_json({"values": encode_values({field.name: value}), "over": hash_of(LOTS, field.name, before)}))
    assume(standing(LOTS, before, said) is Standing.OPEN)
    name, wanted = suggested(LOTS, said)
    assert set_value(layer, fid, name, wanted, "Take over")
    assert standing(LOTS, standing_value(layer, fid, LOTS, name), said) is Standing.THERE
    layer.undoStack().undo()
    assert standing(LOTS, standing_value(layer, fid, LOTS, name), said) is Standing.OPEN
    layer.undoStack().redo()
    other = {**said, "values": encode_values({name: before})}
    assert standing(LOTS, standing_value(layer, fid, LOTS, name), other) is Standing.MOVED_ON
    layer.rollBack()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tenDoiTuong", "Chợ Đầm Môn"),
        ("tangCao", 7),
        ("heSo", 2.75),
        ("soLon", 2**62 + 1),
        ("daXay", True),
        ("daXay", False),
        ("ngayKy", "2026-09-05"),
        ("capNhat", "2026-09-05T07:30:00.250000Z"),
        ("tenDoiTuong", None),
    ],
)
def test_what_was_taken_over_is_in_the_file_after_saving(layer: QgsVectorLayer, copy: WorkingCopy, name: str, value: Any):
    fid = next(each.id() for each in layer.getFeatures(f"\"key\" = '{KEY}'"))
    assert set_value(layer, fid, name, value, "Take over")
    assert layer.commitChanges()
    assert rows_of(copy)[KEY][name] == value
