"""Old encodings: each letter of the alphabet, words, and what is no such text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commune_planning_plugin.core.legacy_text import from_tcvn3, from_vni

TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
SMALL = [unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in TONES] + ["đ"]
CONSONANTS = list("bcdghklmnpqrstvx -/0123456789")
VNI_TONE = dict(zip(TONES[1:], "øùûõï"))
VNI_BASE = {"ă": "aê", "â": "aâ", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö", "đ": "ñ"}
VNI_TONED = {"â": dict(zip(TONES[1:], "àáåãä")), "ă": dict(zip(TONES[1:], "èéúüë"))}
VNI_WHOLE = {"ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}


def vni(letter: str) -> str:
    """By the rules of the encoding: the letter, then one sign for its hat and tone together."""
    if letter in VNI_WHOLE:
        return VNI_WHOLE[letter]
    plain, tone = unicodedata.normalize("NFD", letter), ""
    for mark in TONES[1:]:
        if mark in plain:
            plain, tone = plain.replace(mark, ""), mark
    base = unicodedata.normalize("NFC", plain)
    if tone and base in "ăâêô":
        return ("a" if base in "ăâ" else "e" if base == "ê" else "o") + VNI_TONED["ă" if base == "ă" else "â"][tone]
    return VNI_BASE.get(base, base) + VNI_TONE.get(tone, "")


@pytest.mark.parametrize("letter", SMALL)
def test_each_letter_of_vni(letter: str):
    assert from_vni(vni(letter)) == letter
    assert from_vni(vni(letter).upper()) == letter.upper()


@given(st.lists(st.sampled_from([*SMALL, *CONSONANTS]), max_size=12).map("".join))
def test_words_in_vni(words: str):
    assert from_vni("".join(map(vni, words))) == words


@given(st.lists(st.sampled_from([*SMALL, *CONSONANTS]), max_size=12).map("".join))
def test_words_in_tcvn3_are_read_as_the_standard_has_them(words: str):
    assert from_tcvn3(tcvn3(words)) == words
    assert from_tcvn3(tcvn3(words), capitals=True) == words.upper()


def tcvn3(words: str) -> str:
    return "".join(TCVN3.get(letter, letter) for letter in words)


CODES = bytes.fromhex(
    "b5b6b7b8b9 a8bbbcbdbec6 a9c7c8c9cacb ae cccecfd0d1 aad2d3d4d5d6 d7d8dcddde dfe1e2e3e4 abe5e6e7e8e9 aceaebecedee"
    "eff1f2f3f4 adf5f6f7f8f9 fafbfcfdfe a1a2a3a4a5a6a7"
)
LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ"
TCVN3 = {letter: bytes([code]).decode("latin-1") for code, letter in zip(CODES, LETTERS)}
"""TCVN 5712:1993, third character set; `iconv -f TCVN5712-1` reads the same bytes as the same letters."""


def test_names_as_old_drawings_have_them():
    assert from_tcvn3("X· §¹i L·nh") == "Xã Đại Lãnh"
    assert from_tcvn3("§Êt ë n«ng th«n") == "Đất ở nông thôn"
    assert from_tcvn3("®Êt c©y xanh", capitals=True) == "ĐẤT CÂY XANH"
    assert from_vni("Xaõ Ñaïi Laõnh") == "Xã Đại Lãnh"
    assert from_vni("Ñaát ôû noâng thoân") == "Đất ở nông thôn"
    assert from_vni("ÑAÁT CAÂY XANH") == "ĐẤT CÂY XANH"


@given(st.text(st.characters(max_codepoint=127)))
def test_what_has_no_marks_stays(text: str):
    assert from_tcvn3(text) == from_vni(text) == text
