"""What each act of a discussion says, checked: the same on the desk before it waits, and in the hub before it is kept.

==========  =====================================================================================================
comment     ``thread``, ``text``; its first one ``anchor``; any optionally ``suggestion``
settle      ``thread``; optionally ``text``; likewise reopen
verdict     ``layer``, ``key``, ``verdict``; ``text`` is the reason, which ``redo`` needs
ask         ``organisation``, ``due`` (the last day, ISO), ``silence_agrees``; optionally ``text``
unask       ``request``, ``text``
opinion     ``request``, ``opinion``, ``text`` (which agreeing doesn't need), ``files``
answer      ``opinion_id``, ``answer``, ``text``
==========  =====================================================================================================

An anchor is ``{"kind": "whole"}``, a ``change`` or ``attribute`` with ``layer``, ``key`` (and ``attribute``), or a ``place`` with
``shape`` (point, lines, polygons) and ``geometry``. A suggestion is ``{"values": {name: value}, "over": hash}``: one attribute,
or the geometry, of the feature that its thread is about, and the hash of what it is to stand instead of
(`suggestions.hash_of`); None empties the attribute. An answer doesn't name the feature again: who knows its thread asks
`suggestions.check_suggestion`.
"""

from __future__ import annotations

import base64
import binascii
import unicodedata
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, Optional

from commune_planning_plugin.core import geometry, suggestions
from commune_planning_plugin.core.discussion import ActKind, AnchorKind, AnswerKind, Opinion, Verdict
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GeometryType, Layer
from commune_planning_plugin.core.text import LONGEST_TEXT, LONGEST_TITLE, unfit

SHAPES: Mapping[str, GeometryType] = {
    "point": GeometryType.POINT,
    "lines": GeometryType.LINES,
    "polygons": GeometryType.POLYGONS,
}
MOST_FILES = 20
MOST_PLACE_BYTES = 200_000
"""Of a drawn place, as base64: some thousands of vertices."""

Layers = Mapping[str, Layer]


def checked(layers: Layers, kind: ActKind, body: Any) -> dict[str, Any]:
    """``body`` itself, when it is what an act of this kind says. Raises ``InvalidData``: ``act.malformed``, ``text.*``, or what a
    geometry or a value has wrong."""
    if not isinstance(body, Mapping):
        raise _malformed("body")
    needed, optional = _NAMES[kind]
    names = set(body)
    if not needed <= names or names - needed - optional:
        raise _malformed("names")
    for name in names:
        _CHECKS[name](body[name])
    _check_text(body.get("text"), required=_needs_text(kind, body))
    if "anchor" in body:
        _check_anchor(layers, body["anchor"])
        if "suggestion" in body:
            suggestions.check_suggestion(layers, body["anchor"].get("layer"), body["suggestion"])
    if kind is ActKind.VERDICT:
        _layer(layers, body["layer"])
    return dict(body)


def place_of(anchor: Mapping[str, Any]) -> Optional[bytes]:
    """The drawn place as WKB; None for an anchor of another kind."""
    if anchor.get("kind") != AnchorKind.PLACE.value:
        return None
    return base64.b64decode(anchor["geometry"])


def place_anchor(shape: str, wkb: bytes) -> dict[str, Any]:
    """``shape`` is a name of `SHAPES`; the geometry is brought onto the grid. Raises ``InvalidData``."""
    stored = geometry.normalised(wkb, SHAPES[shape])
    return {"kind": AnchorKind.PLACE.value, "shape": shape, "geometry": base64.b64encode(stored).decode("ascii")}


def _needs_text(kind: ActKind, body: Mapping[str, Any]) -> bool:
    if kind is ActKind.VERDICT:
        return bool(body["verdict"] == Verdict.REDO.value)
    if kind is ActKind.OPINION:
        return bool(body["opinion"] != Opinion.AGREE.value)
    return kind in (ActKind.COMMENT, ActKind.UNASK, ActKind.ANSWER)


def _malformed(what: str) -> InvalidData:
    return InvalidData("act.malformed", field=what)


def _check_text(text: Any, required: bool) -> None:
    if text is None and not required:
        return
    if not isinstance(text, str):
        raise _malformed("text")
    if required and not text.strip():
        raise InvalidData("text.blank", field="text")
    _check_words("text", text, LONGEST_TEXT)


def _check_words(name: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise InvalidData("text.length", field=name, length=len(text), limit=longest)
    if any(map(unfit, text)):
        raise InvalidData("text.unreadable", field=name)
    if unicodedata.normalize("NFC", text) != text:
        raise InvalidData("text.not_nfc", field=name)


def _check_uuid(value: Any) -> None:
    try:
        well = isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        well = False
    if not well:
        raise _malformed("id")


def _one_of(*choices: str) -> Any:
    def check(value: Any) -> None:
        if not isinstance(value, str) or value not in choices:
            raise _malformed(choices[0])

    return check


def _check_date(value: Any) -> None:
    try:
        well = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        well = False
    if not well:
        raise _malformed("due")


def _check_flag(value: Any) -> None:
    if not isinstance(value, bool):
        raise _malformed("silence_agrees")


def _check_name(value: Any) -> None:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TITLE:
        raise _malformed("layer")


def _check_files(value: Any) -> None:
    if not isinstance(value, list) or len(value) > MOST_FILES:
        raise _malformed("files")
    for item in value:
        if not isinstance(item, Mapping) or set(item) != {"sha256", "name", "size"}:
            raise _malformed("files")
        sha256, name, size = item["sha256"], item["name"], item["size"]
        if not isinstance(sha256, str) or len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
            raise _malformed("files")
        if not isinstance(name, str) or not name.strip() or type(size) is not int or not 0 <= size < 1 << 40:
            raise _malformed("files")
        _check_words("files", name, LONGEST_TITLE)


def _layer(layers: Layers, name: Any) -> Layer:
    layer = layers.get(name) if isinstance(name, str) else None
    if layer is None:
        raise InvalidData("layer.unknown", layer=str(name)[:80])
    return layer


def _check_anchor(layers: Layers, anchor: Any) -> None:
    named = _ANCHORS.get(str(anchor.get("kind"))) if isinstance(anchor, Mapping) else None
    if named is None or set(anchor) != named:
        raise _malformed("anchor")
    if "geometry" in anchor:
        _check_place(anchor)
    if "key" in anchor:
        _check_uuid(anchor["key"])
        layer = _layer(layers, anchor["layer"])
        name = anchor.get("attribute")
        if "attribute" in anchor and (not isinstance(name, str) or name not in layer.by_name):
            raise InvalidData("field.unknown", layer=layer.id, field=str(name)[:80])


def _check_place(anchor: Mapping[str, Any]) -> None:
    encoded = anchor["geometry"]
    if str(anchor["shape"]) not in SHAPES or not isinstance(encoded, str):
        raise _malformed("place")
    if len(encoded) > MOST_PLACE_BYTES:
        raise InvalidData("text.length", field="place", length=len(encoded), limit=MOST_PLACE_BYTES)
    try:
        wkb = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidData("geometry.unreadable") from error
    if base64.b64encode(wkb).decode("ascii") != encoded:
        raise InvalidData("geometry.unreadable")
    geometry.exact(wkb, SHAPES[anchor["shape"]])


_ANCHORS = {
    "whole": {"kind"},
    "change": {"kind", "layer", "key"},
    "attribute": {"kind", "layer", "key", "attribute"},
    "place": {"kind", "shape", "geometry"},
}
_NAMES: Mapping[ActKind, tuple[set[str], set[str]]] = {
    ActKind.COMMENT: ({"thread", "text"}, {"anchor", "suggestion"}),
    ActKind.SETTLE: ({"thread"}, {"text"}),
    ActKind.REOPEN: ({"thread"}, {"text"}),
    ActKind.VERDICT: ({"layer", "key", "verdict"}, {"text"}),
    ActKind.ASK: ({"organisation", "due", "silence_agrees"}, {"text"}),
    ActKind.UNASK: ({"request", "text"}, set()),
    ActKind.OPINION: ({"request", "opinion"}, {"text", "files"}),
    ActKind.ANSWER: ({"opinion_id", "answer", "text"}, set()),
}


def _anything(_value: Any) -> None:
    """Checked with what belongs to it."""


_CHECKS: Mapping[str, Any] = {
    "thread": _check_uuid,
    "request": _check_uuid,
    "organisation": _check_uuid,
    "opinion_id": _check_uuid,
    "key": _check_uuid,
    "layer": _check_name,
    "verdict": _one_of(*(each.value for each in Verdict)),
    "opinion": _one_of(*(each.value for each in Opinion)),
    "answer": _one_of(*(each.value for each in AnswerKind)),
    "due": _check_date,
    "silence_agrees": _check_flag,
    "files": _check_files,
    "anchor": _anything,
    "suggestion": suggestions.check_form,
    "text": _anything,
}
