"""Canonical values, and what the wire refuses."""

from __future__ import annotations

import json
import unicodedata
import uuid
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.proposal import Attachment, Version
from commune_planning_plugin.core.schema import Field, FieldType, GeometryType, Layer, canonical_value
from commune_planning_plugin.core.wire import canonical_json, decode_change, decode_values, encode_values
from commune_planning_plugin.core.workflow import TRANSITIONS, Role, State, Step
from tests.core.strategies import RAW, values

KEY = str(uuid.UUID(int=1))
FIELDS = tuple(Field(each.value, each) for each in FieldType)
LAYER = Layer("QuyHoach.Thu_A", GeometryType.POINT, FIELDS)
PLUS7 = timezone(timedelta(hours=7))


@given(st.sampled_from(FIELDS).flatmap(lambda field: st.tuples(st.just(field), values(field))))
@settings(max_examples=80, deadline=None)
def test_a_canonical_value_stays_as_it_is_and_survives_json(case: tuple[Field, Any]):
    field, value = case
    assert canonical_value(field, value) == value
    sent = json.loads(canonical_json(encode_values({field.name: value})))
    received = (decode_values(LAYER, sent) or {})[field.name]
    assert received == value
    assert type(received) is type(value)
    assert canonical_json(encode_values({field.name: received})) == canonical_json(sent)


@pytest.mark.parametrize(
    ("kind", "raw", "wanted"),
    [
        (FieldType.TEXT, unicodedata.normalize("NFD", "Đất ở"), "Đất ở"),
        (FieldType.TEXT, "", ""),
        (FieldType.INT64, 2**63 - 1, 2**63 - 1),
        (FieldType.INT16, 5.0, 5),
        (FieldType.FLOAT64, 3, 3.0),
        (FieldType.FLOAT64, -0.0, 0.0),
        (FieldType.BOOLEAN, 1, True),
        (FieldType.DATE, date(2026, 1, 2), "2026-01-02"),
        (FieldType.DATE, "2026-01-02T00:00:00", "2026-01-02"),
        (FieldType.DATETIME, "2026-01-02 03:04:05", "2026-01-02T03:04:05.000000Z"),
        (FieldType.DATETIME, "2026-01-02T10:04:05.5+07", "2026-01-02T03:04:05.500000Z"),
        (FieldType.DATETIME, "2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05.123456Z"),
        (FieldType.DATETIME, datetime(2026, 1, 2, 10, 4, 5, 6, PLUS7), "2026-01-02T03:04:05.000006Z"),
        (FieldType.DATETIME, date(999, 1, 2), "0999-01-02T00:00:00.000000Z"),
        (FieldType.UUID, KEY.upper(), KEY),
        (FieldType.UUIDS, [str(uuid.UUID(int=2)), KEY, KEY], f"{KEY},{uuid.UUID(int=2)}"),
        (FieldType.UUIDS, "", None),
    ],
)
def test_values_are_brought_into_one_form(kind: FieldType, raw: Any, wanted: Any):
    assert canonical_value(Field("a", kind), raw) == wanted


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (FieldType.TEXT, 5),
        (FieldType.TEXT, "a\x00b"),
        (FieldType.TEXT, "\ud800"),
        (FieldType.INT16, 2**15),
        (FieldType.INT32, -(2**31) - 1),
        (FieldType.INT64, 2**63),
        (FieldType.INT64, "5"),
        (FieldType.INT64, True),
        (FieldType.INT64, 1.5),
        (FieldType.INT64, float("nan")),
        (FieldType.FLOAT64, float("inf")),
        (FieldType.FLOAT64, 10**400),
        (FieldType.FLOAT64, Decimal("1.5")),
        (FieldType.BOOLEAN, 2),
        (FieldType.BOOLEAN, []),
        (FieldType.DATE, "2026-02-30"),
        (FieldType.DATE, "20260102"),
        (FieldType.DATE, "2026-W01-1"),
        (FieldType.DATE, 5),
        (FieldType.DATETIME, "hôm nay"),
        (FieldType.DATETIME, 5),
        (FieldType.UUID, "x"),
        (FieldType.UUID, 5),
        (FieldType.UUIDS, 5),
        (FieldType.UUIDS, [5]),
    ],
)
def test_what_is_none_of_the_type_is_refused(kind: FieldType, raw: Any):
    with pytest.raises(InvalidData, match=r"value\.type"):
        canonical_value(Field("a", kind), raw)


def test_length_counts_characters_of_the_canonical_form():
    short = Field("a", FieldType.TEXT, length=5)
    assert canonical_value(short, unicodedata.normalize("NFD", "Đất ở")) == "Đất ở"
    with pytest.raises(InvalidData, match=r"value\.length"):
        canonical_value(short, "Đất ở.")


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("text", unicodedata.normalize("NFD", "ở"), "text.not_nfc"),
        ("uuid", KEY.upper().replace("0", "A"), "value.not_canonical"),
        ("date", "2026-01-02T00:00:00", "value.not_canonical"),
        ("boolean", 1, "value.not_canonical"),
        ("khác", 1, "field.unknown"),
        ("geom", "không", "geometry.unreadable"),
        ("geom", 5, "geometry.unreadable"),
    ],
)
def test_the_wire_takes_canonical_values_alone(name: str, raw: Any, code: str):
    with pytest.raises(InvalidData) as caught:
        decode_change(LAYER, {"key": KEY, "old": None, "new": {name: raw}})
    assert caught.value.code == code


@pytest.mark.parametrize(
    "plain", [{}, {"key": "x", "new": {}}, {"key": KEY, "new": 5}, {"key": KEY}, [], "x", {"key": KEY.upper()}]
)
def test_what_is_no_change_is_refused(plain: Any):
    with pytest.raises(InvalidData):
        decode_change(LAYER, plain)


def version(*changes: Change) -> Version:
    return Version(KEY, 1, "22504", KEY, "Tên", 1, "Lý do", 0, KEY, changes, (Attachment("0" * 64, "tệp.pdf", 5),))


def test_a_versions_hash_names_its_content():
    one, other = Change(LAYER.id, KEY, None, {"text": "a"}), Change(LAYER.id, str(uuid.UUID(int=2)), {"int64": 2**62 + 1}, None)
    plain = json.loads(json.dumps(version(one, other).to_json()))
    read = Version.from_json({LAYER.id: LAYER}, plain)
    assert read.hash == version(one, other).hash == version(other, one).hash
    assert version(one).hash != read.hash


@given(st.recursive(st.none() | st.integers() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3)))
@settings(max_examples=10, deadline=None)
def test_what_is_no_version_is_refused(junk: Any):
    plain = version(Change(LAYER.id, KEY, None, {"text": "a"})).to_json()
    for document in (junk, {**plain, "changes": junk or 5}, {**plain, "base": junk}, {**plain, "attachments": [junk]}):
        with pytest.raises(InvalidData):
            Version.from_json({LAYER.id: LAYER}, document)


def test_the_workflow_asks_for_another_person_to_decide():
    for transition in TRANSITIONS.values():
        assert transition.own == (transition.step in (Step.SUBMIT, Step.WITHDRAW))
        assert Role.OBSERVER not in transition.roles
        assert all(transition.leads(state) is state for state in transition.before & {State.APPROVED, State.REJECTED})


def test_every_type_has_generated_cases():
    assert RAW.keys() == set(FieldType)
