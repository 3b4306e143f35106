"""Text as people type and paste it, brought into the one form in which it is sent and kept."""

from __future__ import annotations

import unicodedata

LONGEST_TITLE = 250
"""Characters of a title or of a file's name."""

LONGEST_TEXT = 10_000
"""Characters of a reason."""


_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Unseen characters that turn the direction of writing: with them a text or a file's name reads otherwise than it is."""


_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def readable(text: str) -> str:
    """In NFC, without what is no character (NUL, the halves of pairs that stand for bytes of a file's name) and what turns the
    direction of writing, which Vietnamese never does.

    Some keyboards, file systems and documents give Vietnamese letters and their marks apart (NFD).
    """
    return unicodedata.normalize("NFC", "".join(character for character in text if not unfit(character)))


def unfit(character: str) -> bool:
    """Whether it has no place in a title, a reason or a name."""
    return character == "\x00" or "\ud800" <= character <= "\udfff" or character in _TURNING


def cell(text: str) -> str:
    """For a table that a spreadsheet opens: what it would take for a formula, after blanks and in full width too, becomes text."""
    return "'" + text if text[:1] in ("\t", "\r") or text.lstrip()[:1] in _FORMULAS else text


def file_name(name: str) -> str:
    """A readable name that fits; what is cut off is the end of the part before the suffix. Never empty."""
    clean = readable(name) or "file"
    stem, dot, suffix = clean.rpartition(".")
    if len(clean) <= LONGEST_TITLE or not dot or len(suffix) >= LONGEST_TITLE:
        return clean[:LONGEST_TITLE]
    return stem[: LONGEST_TITLE - len(suffix) - 1] + dot + suffix
