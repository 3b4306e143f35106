"""What a caller may see of a feature, as pure functions."""

from __future__ import annotations

import pytest

from province_hub.visibility import masked, visible

ROW = {"plan": "p", "visibility": 0, "maDoiTuong": "m", "tenDoiTuong": "t", "geom": b"g"}


@pytest.mark.parametrize("level", [0, 1, 2])
def test_the_cleared_see_all(level: int):
    assert visible({**ROW, "visibility": level}, cleared=True) == {**ROW, "visibility": level}


def test_what_the_public_sees():
    assert visible(None, cleared=False) is None
    assert visible(ROW, cleared=False) == ROW
    assert visible({**ROW, "visibility": 1}, cleared=False) == {**ROW, "visibility": 1, "tenDoiTuong": None}
    assert visible({**ROW, "visibility": 2}, cleared=False) is None


def test_tuples_are_masked_like_rows():
    mask = masked(list(ROW))
    for level in (0, 1):
        row = {**ROW, "visibility": level}
        assert dict(zip(row, mask(tuple(row.values())))) == visible(row, cleared=False)
