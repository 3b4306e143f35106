"""What differs between two versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.version_compare import Standing, compare

LAYER = "QuyHoach.ChucNangSuDungDat_A"
values = st.dictionaries(st.sampled_from("ab"), st.integers(0, 2), min_size=1)
changes = st.dictionaries(st.sampled_from("uvwxyz"), values).map(
    lambda found: [Change(LAYER, key, dict.fromkeys(new, 0), new) for key, new in found.items()]
)


def change(key: str, old: object, new: object) -> Change:
    return Change(LAYER, key, old, new)  # type: ignore[arg-type]


def test_each_kind():
    older = [change("same", {"a": 1}, {"a": 2}), change("altered", {"a": 1}, {"a": 2}), change("gone", {"a": 1}, {"a": 2})]
    newer = [change("same", {"a": 1}, {"a": 2}), change("altered", {"a": 1}, {"a": 3}), change("new", None, {"a": 1})]
    told = {key: standing.value for (_, key), standing in compare(older, newer).items()}
    assert told == {"same": "same", "altered": "altered", "gone": "dropped", "new": "new"}


def test_where_it_starts_from_may_have_moved_on():
    assert compare([change("x", {"a": 1}, {"a": 2})], [change("x", {"a": 7}, {"a": 2})]) == {(LAYER, "x"): Standing.SAME}


def test_a_removal_is_no_update():
    assert compare([change("x", {"a": 1}, {"a": 2})], [change("x", {"a": 1}, None)]) == {(LAYER, "x"): Standing.ALTERED}


@given(changes, changes)
def test_every_change_has_one_standing(older, newer):
    found = compare(older, newer)
    assert {key for _, key in found} == {c.key for c in older} | {c.key for c in newer}
    assert {key for (_, key), standing in found.items() if standing is Standing.NEW} == {c.key for c in newer} - {
        c.key for c in older
    }
    assert set(compare(newer, newer).values()) <= {Standing.SAME}
