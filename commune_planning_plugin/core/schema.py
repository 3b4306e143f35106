"""Layers, their attributes, and the one form in which each value is kept.

A value is ``None``, ``bool``, ``int``, ``float``, ``str`` or, for geometry, ``bytes`` (ISO WKB). Dates, times and UUIDs are text
in one canonical form, so that equality is plain equality everywhere: SQLite, PostgreSQL and JSON say the same.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, timezone
from enum import Enum
from functools import cached_property
from typing import Any, Optional, TypeVar, Union

from commune_planning_plugin.core.errors import InvalidData

Value = Union[None, bool, int, float, str, bytes]
Values = Mapping[str, Value]
T = TypeVar("T")

_CANONICAL_UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ISO_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")  # later Pythons read weeks and compact forms as well

GEOMETRY = "geom"
"""The name of every layer's geometry attribute."""

FUNCTION = "function"
"""The group of the attributes that say what the land is for."""


class FieldType(str, Enum):
    """How an attribute is kept. ``float32`` is a double that is compared in 32 bits on export only."""

    TEXT = "text"
    INT16 = "int16"
    INT32 = "int32"
    INT64 = "int64"
    FLOAT32 = "float32"
    FLOAT64 = "float64"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    UUID = "uuid"
    UUIDS = "uuids"


class GeometryType(str, Enum):
    """The three geometry types of the national standard."""

    POINT = "Point"
    LINES = "MultiLineString"
    POLYGONS = "MultiPolygon"


class Derived(str, Enum):
    """What an attribute is computed from; such attributes are recomputed after a merge and never merged."""

    AREA = "area"
    LENGTH = "length"
    X = "x"
    Y = "y"


@dataclass(frozen=True)
class Field:
    """One attribute of a layer.

    ``code_list`` names a list of the catalogue; ``group`` ties attributes that are merged as one value; ``allocated`` marks legal
    codes that the hub gives out at approval, provisional on the desk; a new feature that says nothing of the attribute gets
    ``default``, in canonical form.
    """

    name: str
    type: FieldType
    title_vi: str = ""
    title_en: str = ""
    length: Optional[int] = None
    required: bool = False
    code_list: Optional[str] = None
    derived: Optional[Derived] = None
    group: Optional[str] = None
    allocated: bool = False
    default: Value = None

    @cached_property
    def canonical(self) -> Callable[[Any], Value]:
        """What brings a value of the type, other than None, into its canonical form."""
        found: Callable[[Any], Value] = _CANONICAL[self.type]
        return found


LEGAL_TIME = ("valid_from", "valid_to")
"""When a feature is in force: set by the decision that follows an approval, never by a proposal, and no matter of a conflict."""

SYSTEM_FIELDS = (
    Field("birth", FieldType.UUID, "Mã khai sinh", "Birth id", required=True),
    Field("plan", FieldType.UUID, "Đồ án", "Plan", required=True),
    Field("valid_from", FieldType.DATE, "Hiệu lực từ", "Valid from"),
    Field("valid_to", FieldType.DATE, "Hiệu lực đến", "Valid to"),
    Field("visibility", FieldType.INT16, "Mức công khai", "Visibility"),
    Field("predecessors", FieldType.UUIDS, "Nguồn gốc", "Predecessors"),
)
"""Attributes that every layer has beside its legal ones. The key names a feature and is no attribute."""


@dataclass(frozen=True)
class Layer:
    """One kind of planning data. ``id`` is ``<dataset>.<class>`` of Circular 16/2025/TT-BXD, spelled exactly."""

    id: str
    geometry: GeometryType
    legal_fields: tuple[Field, ...]
    title_vi: str = ""
    title_en: str = ""
    group: str = ""
    tiling: bool = False

    @property
    def dataset(self) -> str:
        return self.id.split(".", 1)[0]

    @property
    def name(self) -> str:
        return self.id.split(".", 1)[1]

    @property
    def table(self) -> str:
        """The layer's table in a GeoPackage, where a dot in a name troubles other programs."""
        return self.id.replace(".", "_", 1)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Legal attributes, then the system's; without key and geometry."""
        return self.legal_fields + SYSTEM_FIELDS

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of the `fields`, in their order."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def flags(self) -> tuple[int, ...]:
        """Places of the boolean ones among the `fields`."""
        return tuple(at for at, field in enumerate(self.fields) if field.type is FieldType.BOOLEAN)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def fingerprint(self) -> str:
        """Changes with anything that matters for exchanging rows: names, types, geometry."""
        shape = [self.id, self.geometry.value, sorted((f.name, f.type.value, f.length) for f in self.fields)]
        return hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:16]

    def __hash__(self) -> int:
        return hash(self.id)


def canonical_value(field: Field, raw: Any) -> Value:
    """Bring ``raw`` (from SQLite, GDAL, PostgreSQL or JSON) into the canonical form of ``field``.

    Text becomes NFC; a date ``YYYY-MM-DD``; a time UTC with microseconds; several UUIDs sorted and joined by commas.
    Raises ``InvalidData('value.type')`` where the value is none of the field's type, ``'value.length'`` where text is too long.
    """
    if raw is None:
        return None
    try:
        value = field.canonical(raw)
    except (ValueError, TypeError, OverflowError) as error:
        raise InvalidData("value.type", field=field.name, value=repr(raw)[:80]) from error
    if field.length is not None and isinstance(value, str) and len(value) > field.length:
        raise InvalidData("value.length", field=field.name, length=len(value), limit=field.length)
    return value


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError
    if "\x00" in raw:
        raise ValueError
    if raw.isascii():
        return raw
    raw.encode()  # half of a surrogate pair is no character: it can't be stored or sent
    return unicodedata.normalize("NFC", raw)


def _integer(bits: int) -> Any:
    limit = 1 << (bits - 1)

    def convert(raw: Any) -> int:
        if isinstance(raw, bool) or not isinstance(raw, (int, float)) or int(raw) != raw:
            raise TypeError
        value = int(raw)
        if not -limit <= value < limit:
            raise OverflowError
        return value

    return convert


def _real(raw: Any) -> float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise TypeError
    value = float(raw)
    if not math.isfinite(value):
        raise ValueError
    return value + 0.0


def _boolean(raw: Any) -> bool:
    if raw in (0, 1):
        return bool(raw)
    raise TypeError


def _date(raw: Any) -> str:
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    text = raw[:10] if "T" in raw or " " in raw else raw
    if not _ISO_DATE.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text).isoformat()


def _datetime(raw: Any) -> str:
    if isinstance(raw, str):
        text = raw.replace(" ", "T").replace("Z", "+00:00")
        raw = datetime.fromisoformat(_padded_fraction(text))
    elif isinstance(raw, date) and not isinstance(raw, datetime):
        raw = datetime(raw.year, raw.month, raw.day, tzinfo=timezone.utc)
    if not isinstance(raw, datetime):
        raise TypeError
    moment = raw if raw.tzinfo else raw.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _padded_fraction(text: str) -> str:
    """Give the fraction six digits and an hour-only offset its minutes: Python before 3.11 reads no other form."""
    if "." in text:
        head, _, tail = text.partition(".")
        digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
        text = f"{head}.{digits[:6]:0<6}{tail[len(digits) :]}"
    if len(text) > 3 and text[-3] in "+-" and "T" in text[:-3]:
        text += ":00"
    return text


def _uuid(raw: Any) -> str:
    if isinstance(raw, str) and _CANONICAL_UUID.fullmatch(raw):
        return raw
    if not isinstance(raw, (str, uuid.UUID)):
        raise TypeError
    return str(uuid.UUID(str(raw)))


def _uuids(raw: Any) -> Optional[str]:
    parts = raw.split(",") if isinstance(raw, str) else list(raw)
    return ",".join(sorted({_uuid(part) for part in parts if part})) or None


_CANONICAL: dict[FieldType, Any] = {
    FieldType.TEXT: _text,
    FieldType.INT16: _integer(16),
    FieldType.INT32: _integer(32),
    FieldType.INT64: _integer(64),
    FieldType.FLOAT32: _real,
    FieldType.FLOAT64: _real,
    FieldType.BOOLEAN: _boolean,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.UUID: _uuid,
    FieldType.UUIDS: _uuids,
}


@dataclass(frozen=True)
class Commune:
    """A commune-level unit; ``code`` is the national five-digit code."""

    code: str
    name: str
    kind: str
    area_epoch: int = 1


@dataclass(frozen=True)
class Code:
    """One entry of a code list, with the official colour where there is one (``#rrggbb``)."""

    code: str
    title_vi: str
    title_en: str = ""
    colour: Optional[str] = None
    parent: Optional[str] = None


@dataclass(frozen=True)
class Plan:
    """A plan of the registry: every feature belongs to one by its ``key``; ``communes`` are the codes it lies in.

    Nothing counts inside of ``no_work_area`` (base64 of ISO WKB); ``ground_m2`` is what the registered boundary covers beside it.
    """

    key: str
    code: str
    name: str
    level: str
    kind: str
    status: str
    decision: str = ""
    decision_date: Optional[str] = None
    parent: Optional[str] = None
    communes: tuple[str, ...] = ()
    stated_area_ha: Optional[float] = None
    ground_m2: Optional[float] = None
    no_work_area: Optional[str] = None


@dataclass(frozen=True)
class Catalogue:
    """All that a desk needs to know about the hub's data before it reads any. ``organisations`` are names by code."""

    hub_id: str
    province: str
    crs_epsg: int
    crs_proj: str
    notice_vi: str
    notice_en: str
    layers: tuple[Layer, ...]
    code_lists: Mapping[str, tuple[Code, ...]]
    communes: tuple[Commune, ...]
    plans: tuple[Plan, ...]
    rule_pack: Mapping[str, Any]
    organisations: Mapping[str, str] = field(default_factory=dict)

    def layer(self, layer_id: str) -> Layer:
        """Raises ``InvalidData('layer.unknown')``."""
        for layer in self.layers:
            if layer.id == layer_id:
                return layer
        raise InvalidData("layer.unknown", layer=layer_id)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; fingerprints are added for readers that don't compute them."""
        document = asdict(self)
        for layer, plain in zip(self.layers, document["layers"]):
            plain["fingerprint"] = layer.fingerprint
        return json.loads(json.dumps(document))  # type: ignore[no-any-return]  # tuples and enums become plain

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Catalogue:
        """What a later version has added to the document is passed over. Raises ``InvalidData('catalogue.malformed')``."""
        try:
            return cls(
                hub_id=document["hub_id"],
                province=document["province"],
                crs_epsg=document["crs_epsg"],
                crs_proj=document["crs_proj"],
                notice_vi=document["notice_vi"],
                notice_en=document["notice_en"],
                layers=tuple(layer_from_json(plain) for plain in document["layers"]),
                code_lists={name: tuple(_plain(Code, code) for code in codes) for name, codes in document["code_lists"].items()},
                communes=tuple(_plain(Commune, plain) for plain in document["communes"]),
                plans=tuple(_plain(Plan, {**plain, "communes": tuple(plain.get("communes", ()))}) for plain in document["plans"]),
                rule_pack=document["rule_pack"],
                organisations={str(code): str(name) for code, name in document.get("organisations", {}).items()},
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InvalidData("catalogue.malformed", reason=str(error)) from error


def layer_to_json(layer: Layer) -> dict[str, Any]:
    """Plain JSON, as in the catalogue."""
    return json.loads(json.dumps({**asdict(layer), "fingerprint": layer.fingerprint}))  # type: ignore[no-any-return]


def _plain(kind: type[T], given: Mapping[str, Any]) -> T:
    """A dataclass from those of the ``given`` names that it knows: other versions know more or less."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # of dataclasses alone
    return kind(**{name: value for name, value in given.items() if name in known})


def layer_from_json(plain: Mapping[str, Any]) -> Layer:
    """Raises ``KeyError``, ``TypeError`` or ``ValueError`` where ``plain`` isn't a layer of the catalogue."""
    legal = (
        {**item, "type": FieldType(item["type"]), "derived": Derived(item["derived"]) if item.get("derived") else None}
        for item in plain["legal_fields"]
    )
    shape = GeometryType(plain["geometry"])
    return _plain(Layer, {**plain, "geometry": shape, "legal_fields": tuple(_plain(Field, item) for item in legal)})
