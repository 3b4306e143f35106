"""Vietnamese in the encodings of fonts before Unicode, as old drawings and tables still have it: TCVN3 (ABC) and VNI.

Such a text is Latin letters and signs that only its font shows as Vietnamese: "§¹i L·nh" or "Ñaïi Laõnh" for "Đại Lãnh". Nothing in
the text says which one it is, so that only a person can tell.
"""

from __future__ import annotations

import re

_TCVN3_LETTERS = (
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢£¤¥¦§",
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
)
_TCVN3 = str.maketrans(*_TCVN3_LETTERS)

_VNI_MARKS = {
    "a": ("øùûõïâàáåãäêèéúüë", "àáảãạâầấẩẫậăằắẳẵặ"),
    "e": ("øùûõïâàáåãä", "èéẻẽẹêềếểễệ"),
    "o": ("øùûõïâàáåãä", "òóỏõọôồốổỗộ"),
    "ô": ("øùûõï", "ờớởỡợ"),
    "u": ("øùûõï", "ùúủũụ"),
    "ö": ("øùûõï", "ừứửữự"),
    "y": ("øùûõ", "ỳýỷỹ"),
}
"""By letter, the signs that follow it, and what both come to."""
_VNI_ALONE = ("ñôöæóòîìí", "đơưỉĩịỵìí")


def _vni() -> dict[str, str]:
    pairs = {base + mark: letter for base, (marks, letters) in _VNI_MARKS.items() for mark, letter in zip(marks, letters)}
    small = {**pairs, **dict(zip(*_VNI_ALONE))}
    capital = {code.upper(): letter.upper() for code, letter in small.items()}
    mixed = {code[0].upper() + code[1:]: letter.upper() for code, letter in pairs.items()}
    return {**mixed, **capital, **small}


_VNI = _vni()
_VNI_CODES = re.compile("|".join(map(re.escape, sorted(_VNI, key=len, reverse=True))))


def from_tcvn3(text: str, capitals: bool = False) -> str:
    """As Unicode. ``capitals``: of a font whose name ends in H, which shows small letters as capitals."""
    read = text.translate(_TCVN3)
    return read.upper() if capitals else read


def from_vni(text: str) -> str:
    """As Unicode."""
    return _VNI_CODES.sub(lambda found: _VNI[found.group()], text)
