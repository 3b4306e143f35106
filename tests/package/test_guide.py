"""The user guide in both languages says the same, with pictures that are there."""

from __future__ import annotations

import re

from demo.guide import GUIDE, LANGUAGES, wanted


def test_both_guides_show_the_same_pictures_and_each_is_there() -> None:
    assert wanted("vi") == wanted("en")
    there = {language: sorted(file.stem for file in (GUIDE / "pictures" / language).glob("*.png")) for language in LANGUAGES}
    assert there == {language: sorted(wanted(language)) for language in LANGUAGES}


def test_both_guides_have_the_same_sections() -> None:
    headings = [re.findall(r"^(#+) (\d*)", (GUIDE / f"{language}.md").read_text(encoding="utf-8"), re.M) for language in LANGUAGES]
    assert headings[0] == headings[1]
