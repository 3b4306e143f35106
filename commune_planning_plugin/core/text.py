"""Text as people type and paste it, brought into the one form in which it is sent and kept."""

from __future__ import annotations

import unicodedata

LONGEST_TITLE = 250
"""Characters of a title or of a file's name."""

LONGEST_TEXT = 10_000
"""Characters of a reason."""


def readable(text: str) -> str:
    """In NFC, without what is no character: NUL, and the halves of pairs that stand for bytes of a file's name.

    Some keyboards, file systems and documents give Vietnamese letters and their marks apart (NFD).
    """
    kept = "".join(character for character in text if character != "\x00" and not "\ud800" <= character <= "\udfff")
    return unicodedata.normalize("NFC", kept)


def file_name(name: str) -> str:
    """A readable name that fits; what is cut off is the end of the part before the suffix. Never empty."""
    clean = readable(name) or "file"
    stem, dot, suffix = clean.rpartition(".")
    if len(clean) <= LONGEST_TITLE or not dot or len(suffix) >= LONGEST_TITLE:
        return clean[:LONGEST_TITLE]
    return stem[: LONGEST_TITLE - len(suffix) - 1] + dot + suffix
