"""Changes as JSON, and the hash of what a person submits.

Values are canonical before they are written, and must be so when they are read: what was hashed is never altered on the way.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Optional

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, FieldType, Layer, Value, Values, canonical_value

PROTOCOL = 1
"""The version of `/api/v1`'s documents; a desk and a hub of different versions don't talk."""

PROTOCOL_HEADER = "X-Planning-Protocol"


def encode_values(values: Optional[Values]) -> Optional[dict[str, Any]]:
    """Canonical values as plain JSON; geometry as base64 of its WKB."""
    if values is None:
        return None
    return {name: _encode(value) if isinstance(value, bytes) else value for name, value in values.items()}


def _encode(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def decode_values(layer: Layer, plain: Optional[Mapping[str, Any]]) -> Optional[dict[str, Value]]:
    """Values from JSON. Raises ``InvalidData``; attributes that the layer doesn't have are refused by name.

    What isn't in its canonical form is refused: ``geometry.off_grid``, ``text.not_nfc``, ``value.not_canonical``.
    """
    if plain is None:
        return None
    if not isinstance(plain, Mapping):
        raise InvalidData("wire.malformed", layer=layer.id)
    known = layer.by_name
    return {name: None if raw is None and name in known else _decode(layer, name, raw) for name, raw in plain.items()}


def _decode(layer: Layer, name: str, raw: Any) -> Value:
    if name == GEOMETRY:
        return _decode_geometry(layer, raw)
    field = layer.by_name.get(name)
    if field is None:
        raise InvalidData("field.unknown", layer=layer.id, field=name)
    value = canonical_value(field, raw)
    if isinstance(value, float):
        raw = float(raw)  # JSON in a database writes a large one as a whole number of as many digits as tell it apart
    if value != raw or isinstance(raw, bool) != isinstance(value, bool):
        raise InvalidData("text.not_nfc" if field.type is FieldType.TEXT else "value.not_canonical", layer=layer.id, field=name)
    return value


def _decode_geometry(layer: Layer, raw: Any) -> Optional[bytes]:
    if raw is None:
        return None
    try:
        wkb = base64.b64decode(raw, validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise InvalidData("geometry.unreadable", layer=layer.id) from error
    return geometry.exact(wkb, layer.geometry)


def encode_change(change: Change) -> dict[str, Any]:
    return {"layer": change.layer, "key": change.key, "old": encode_values(change.old), "new": encode_values(change.new)}


def decode_change(layer: Layer, plain: Mapping[str, Any]) -> Change:
    """Raises ``InvalidData``, naming the feature."""
    try:
        key = str(plain["key"])
        old, new = plain["old"], plain["new"]
    except (AttributeError, KeyError, TypeError) as error:
        raise InvalidData("wire.malformed", layer=layer.id) from error
    if not _is_uuid(key):
        raise InvalidData("key.malformed", layer=layer.id, key=key[:80])
    try:
        return Change(layer.id, key, decode_values(layer, old), decode_values(layer, new))
    except InvalidData as error:
        raise InvalidData(error.code, **{**error.details, "layer": layer.id, "key": key}) from error


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def canonical_json(document: Any) -> bytes:
    """The one way to write ``document``: sorted names, no blanks, UTF-8."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def content_hash(document: Any) -> str:
    """SHA-256 over `canonical_json`, in hexadecimal."""
    return hashlib.sha256(canonical_json(document)).hexdigest()


def sorted_changes(changes: Iterable[Change]) -> list[Change]:
    """The order in which changes are hashed and sent."""
    return sorted(changes, key=lambda change: (change.layer, change.key))
