"""The laws of changes: they apply, invert and compose, and survive the wire."""

from __future__ import annotations

import json
from itertools import chain

import pytest
from hypothesis import given, settings

from commune_planning_plugin.core.changes import Change, Rows, apply, apply_to_row, compose, diff, diff_row, same_value
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import Field, FieldType, GeometryType, Layer, Values
from commune_planning_plugin.core.wire import content_hash, decode_change, encode_change
from tests.core.strategies import histories

LAYER = Layer(
    "QuyHoach.Thu_A",
    GeometryType.POINT,
    (
        Field("muc1", FieldType.TEXT, group="function"),
        Field("muc2", FieldType.TEXT, group="function"),
        Field("ten", FieldType.TEXT),
    ),
)
ROW = {"muc1": "A", "muc2": "x", "ten": "Lô", "geom": None}


def same_rows(one: Rows, other: Rows) -> bool:
    return one.keys() == other.keys() and all(same_row(one[key], other[key]) for key in one)


def same_row(one: Values, other: Values) -> bool:
    return one.keys() == other.keys() and all(same_value(name, one[name], other[name]) for name in one)


def same_change(one: Change, other: Change) -> bool:
    pairs = ((one.old, other.old), (one.new, other.new))
    return one.key == other.key and all((a is None) == (b is None) and same_row(a or {}, b or {}) for a, b in pairs)


def applying_a_diff_gives_the_other_side(layer: Layer, a: Rows, b: Rows) -> None:
    assert same_rows(apply(a, diff(layer, a, b)), b)
    assert diff(layer, a, a) == []


def inverted_changes_lead_back(layer: Layer, a: Rows, b: Rows) -> None:
    changes = diff(layer, a, b)
    assert same_rows(apply(apply(a, changes), [change.inverted() for change in changes]), a)
    assert [change.inverted().inverted() for change in changes] == changes
    assert all(same_change(x.inverted(), y) for x, y in zip(changes, diff(layer, b, a)))


def two_diffs_compose_to_the_diff_of_the_ends(layer: Layer, a: Rows, b: Rows, c: Rows) -> None:
    composed: dict[str, Change] = {}
    for change in chain(diff(layer, a, b), diff(layer, b, c)):
        earlier = composed.pop(change.key, None)
        both = change if earlier is None else compose(earlier, change, layer)
        if both is not None:
            composed[change.key] = both
    wanted = {change.key: change for change in diff(layer, a, c)}
    assert composed.keys() == wanted.keys()
    assert all(same_change(composed[key], wanted[key]) for key in wanted)


def an_update_then_a_delete_keeps_the_whole_original(layer: Layer, a: Rows, b: Rows) -> None:
    for key in a.keys() & b.keys():
        update, delete = diff_row(layer, key, a[key], b[key]), diff_row(layer, key, b[key], None)
        if update is not None and delete is not None:
            both = compose(update, delete)
            assert both is not None
            assert both.old is not None
            assert both.new is None
            assert same_row(both.old, a[key])


def changes_survive_the_wire_with_their_hash(layer: Layer, a: Rows, b: Rows) -> None:
    for change in diff(layer, a, b):
        sent = json.loads(json.dumps(encode_change(change)))
        received = decode_change(layer, sent)
        assert received == change
        assert content_hash(encode_change(received)) == content_hash(encode_change(change)) == content_hash(sent)


@given(histories())
@settings(max_examples=25, deadline=None)
def test_the_laws_of_changes(history: tuple[Layer, tuple[Rows, ...]]):
    layer, (a, b, c) = history
    applying_a_diff_gives_the_other_side(layer, a, b)
    inverted_changes_lead_back(layer, a, b)
    two_diffs_compose_to_the_diff_of_the_ends(layer, a, b, c)
    an_update_then_a_delete_keeps_the_whole_original(layer, a, b)
    changes_survive_the_wire_with_their_hash(layer, b, c)


def test_not_changed_and_null_are_different_things():
    change = diff_row(LAYER, "k", {**ROW, "ten": None}, {**ROW, "ten": ""})
    assert change is not None
    assert (change.old, change.new) == ({"ten": None}, {"ten": ""})


def test_a_group_is_touched_as_a_whole():
    change = diff_row(LAYER, "k", ROW, {**ROW, "muc2": "y"})
    assert change is not None
    assert change.touched == {"muc1", "muc2"}
    back = compose(change, change.inverted(), LAYER)
    assert back is None


def test_true_and_one_are_different_values():
    assert not same_value("a", True, 1)
    assert not same_value("a", None, "")


@pytest.mark.parametrize("row", [None, {**ROW, "ten": "khác"}])
def test_a_change_applies_only_to_what_it_starts_from(row: Values):
    change = diff_row(LAYER, "k", ROW, {**ROW, "ten": "mới"})
    assert change is not None
    with pytest.raises(InvalidData, match=r"change\.mismatch"):
        apply_to_row(change, row)


def test_an_insert_needs_the_place_to_be_free():
    with pytest.raises(InvalidData, match=r"change\.mismatch"):
        apply_to_row(Change("l", "k", None, ROW), ROW)


def test_only_changes_that_follow_each_other_compose():
    one = Change("l", "k", {"ten": "a"}, {"ten": "b"})
    for other in (
        Change("l", "k", {"ten": "x"}, {"ten": "c"}),
        Change("l", "m", {"ten": "b"}, {"ten": "c"}),
        Change("l", "k", None, ROW),
    ):
        with pytest.raises(InvalidData, match=r"change\.mismatch"):
            compose(one, other)


def test_a_change_says_something_and_evenly():
    with pytest.raises(InvalidData, match=r"change\.empty"):
        Change("l", "k", None, None)
    with pytest.raises(InvalidData, match=r"change\.uneven"):
        Change("l", "k", {"a": 1}, {"b": 1})
