"""The user guide's pictures, taken anew: the review's stories in both languages, and of them what the guide shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from demo.services import ROOT

GUIDE = ROOT / "docs" / "guide"
LANGUAGES = ("vi", "en")
COLOURS = 160
"""Enough for a map and its letters, at a third of the bytes."""


def wanted(language: str) -> list[str]:
    """Names of the pictures that the guide in this language shows, in its order."""
    text = (GUIDE / f"{language}.md").read_text(encoding="utf-8")
    return re.findall(rf"\]\(pictures/{language}/(\w+)\.png\)", text)


def take(play: Callable[[str, Path], None], out: Path) -> None:
    """``play`` runs the stories in a language, with pictures in a folder."""
    for language in LANGUAGES:
        taken = out / language
        play(language, taken)
        folder = GUIDE / "pictures" / language
        folder.mkdir(parents=True, exist_ok=True)
        for name in wanted(language):
            (picture,) = taken.glob(f"*.{name}.png")
            small = Image.open(picture).convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            small.save(folder / f"{name}.png", optimize=True)
