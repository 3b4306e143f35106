"""Text as it is sent and kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commune_planning_plugin.core.text import LONGEST_TITLE, cell, file_name, readable, unfit

ANY = st.text(alphabet=st.characters(exclude_categories=()))


@given(ANY)
def test_what_is_readable_can_be_sent_and_stays_as_it_is(text: str):
    clean = readable(text)
    clean.encode("utf-8")
    assert not any(map(unfit, clean))
    assert unicodedata.is_normalized("NFC", clean)
    assert readable(clean) == clean


def test_letters_and_marks_given_apart_are_joined():
    assert readable(unicodedata.normalize("NFD", "Điều chỉnh cục bộ")) == "Điều chỉnh cục bộ"
    assert readable("a\ud800b\x00c") == "abc"


def test_nothing_turns_the_direction_of_writing():
    """As sent, the name of this program looks like that of a PDF."""
    assert readable("Biên bản \u202efdp.exe") == "Biên bản fdp.exe"
    assert file_name("\u2066Biên bản\u2069.pdf\u200f") == "Biên bản.pdf"
    assert readable("\u200e\u202c") == ""


@given(ANY)
def test_a_file_has_a_name_that_fits(name: str):
    assert 0 < len(file_name(name)) <= LONGEST_TITLE


def test_a_long_name_keeps_its_suffix():
    assert file_name("Biên bản" * 60 + ".pdf").endswith(".pdf")
    assert len(file_name("x" * 300)) == LONGEST_TITLE
    assert file_name("\udcff.pdf") == ".pdf"
    assert file_name("\udcff") == "file"


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "\r@x", "＝1", " －1"])
def test_nothing_in_a_table_is_a_formula(formula: str):
    assert cell(formula) == "'" + formula


def test_other_cells_stay_as_they_are():
    assert [cell(text) for text in ("", "Lô A-1", "a=b", "'x", "(1)")] == ["", "Lô A-1", "a=b", "'x", "(1)"]
