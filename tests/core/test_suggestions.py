"""Suggestions of any attribute of any layer: said, sent, read back, and compared with what the feature is."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commune_planning_plugin.core.discussion import ActKind
from commune_planning_plugin.core.discussion_bodies import checked
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, Derived, Layer, Value
from commune_planning_plugin.core.suggestions import Standing, check_suggestion, hash_of, standing, suggestable, suggested
from commune_planning_plugin.core.wire import canonical_json, encode_values
from tests.core.strategies import KEYS, layers, shapes, values

ANCHOR = {"kind": "change", "layer": "QuyHoach.Thu_A", "key": KEYS[0]}


def drawn(data: st.DataObject, layer: Layer, name: str) -> Value:
    return data.draw(shapes(layer.geometry) if name == GEOMETRY else values(layer.by_name[name]))


@given(layers(), st.booleans(), st.data())
def test_each_value_is_said_in_any_remark_and_comes_back_the_same(layer: Layer, first: bool, data: st.DataObject):
    names = [GEOMETRY, *(field.name for field in layer.legal_fields if suggestable(layer, field.name))]
    name = data.draw(st.sampled_from(names))
    before, wanted = drawn(data, layer, name), drawn(data, layer, name)
    assume(before != wanted)
    suggestion = {"values": encode_values({name: wanted}), "over": hash_of(layer, name, before)}
    body = {"thread": KEYS[1], "text": "Gợi ý", "suggestion": suggestion, **({"anchor": ANCHOR} if first else {})}
    sent = json.loads(canonical_json(checked({layer.id: layer}, ActKind.COMMENT, body)))
    check_suggestion({layer.id: layer}, layer.id, sent["suggestion"])
    assert suggested(layer, sent["suggestion"]) == (name, wanted)
    told = standing(layer, before, sent["suggestion"])
    assert told is Standing.OPEN or (name == GEOMETRY and told is Standing.THERE), "the same shape, begun at another corner"
    assert standing(layer, wanted, sent["suggestion"]) is Standing.THERE


@given(layers(), st.data())
def test_what_became_something_else_has_moved_on(layer: Layer, data: st.DataObject):
    name = data.draw(st.sampled_from([field.name for field in layer.legal_fields if suggestable(layer, field.name)]))
    before, wanted, now = (drawn(data, layer, name) for _ in range(3))
    assume(len({repr(each) for each in (before, wanted, now)}) == 3 and before != now != wanted)
    suggestion = {"values": encode_values({name: wanted}), "over": hash_of(layer, name, before)}
    assert standing(layer, now, suggestion) is Standing.MOVED_ON


@given(layers(), st.data())
def test_what_the_system_keeps_or_computes_is_no_matter_of_suggestions(layer: Layer, data: st.DataObject):
    named = ["plan", "visibility", "maDoiTuong", *(field.name for field in layer.fields if field.derived is Derived.AREA), "?"]
    name = data.draw(st.sampled_from(named))
    with pytest.raises(InvalidData, match=r"act\.malformed"):
        check_suggestion({layer.id: layer}, layer.id, {"values": {name: None}, "over": "a" * 64})


@given(layers())
def test_a_shape_cant_be_suggested_away_and_a_thread_about_no_feature_has_none(layer: Layer):
    for about, suggested_values in ((layer.id, {GEOMETRY: None}), (None, {"thuộcTính0": None}), ("QuyHoach.Khac_A", {"x": 1})):
        with pytest.raises(InvalidData, match=r"act\.malformed"):
            check_suggestion({layer.id: layer}, about, {"values": suggested_values, "over": "a" * 64})
