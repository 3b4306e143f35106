"""Generated layers, values, shapes and rows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

import shapely
from hypothesis import strategies as st

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Rows
from commune_planning_plugin.core.schema import (
    GEOMETRY,
    Derived,
    Field,
    FieldType,
    GeometryType,
    Layer,
    Value,
    Values,
    canonical_value,
)

SYLLABLES = ("Đất ở", "nghĩa trang", "", " ", "a\u0302\u0309", "ẩ", "Ａ", "🏞", "o'", '"', "\n", "NULL")
KEYS = [str(uuid.UUID(int=n)) for n in range(1, 6)]

RAW: Mapping[FieldType, st.SearchStrategy[object]] = {
    FieldType.TEXT: st.one_of(
        st.lists(st.sampled_from(SYLLABLES), max_size=3).map("".join),
        st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=5),
    ),
    FieldType.INT16: st.integers(-(2**15), 2**15 - 1),
    FieldType.INT32: st.integers(-(2**31), 2**31 - 1),
    FieldType.INT64: st.one_of(st.integers(-(2**63), 2**63 - 1), st.sampled_from([2**53 + 1, -(2**63), 2**63 - 1])),
    FieldType.FLOAT32: st.floats(allow_nan=False, allow_infinity=False),
    FieldType.FLOAT64: st.floats(allow_nan=False, allow_infinity=False),
    FieldType.BOOLEAN: st.booleans(),
    FieldType.DATE: st.dates(),
    FieldType.DATETIME: st.datetimes(min_value=datetime(2, 1, 1)),
    FieldType.UUID: st.uuids(),
    FieldType.UUIDS: st.lists(st.uuids(), max_size=3),
}


def values(field: Field) -> st.SearchStrategy[Value]:
    """Canonical values of ``field``, None among them."""
    return st.one_of(st.none(), RAW[field.type].map(lambda raw: canonical_value(field, raw)))


coordinates = st.one_of(st.integers(0, 40).map(lambda n: n * 1.0), st.integers(-(10**9), 10**10).map(lambda k: k / 10_000))
vertices = st.tuples(coordinates, coordinates)


@st.composite
def rings(draw: st.DrawFn) -> list[tuple[float, float]]:
    """Closed rings on the grid; many are invalid, as drawn shapes may be."""
    ring = draw(st.lists(vertices, min_size=3, max_size=6))
    return [*ring, ring[0]]


@st.composite
def shapes(draw: st.DrawFn, kind: GeometryType) -> bytes:
    """Shapes of ``kind`` in their stored form."""
    if kind is GeometryType.POINT:
        return geometry.written(shapely.Point(draw(vertices)))
    if kind is GeometryType.LINES:
        lines = draw(st.lists(st.lists(vertices, min_size=2, max_size=5), min_size=1, max_size=3))
        return geometry.normalised(geometry.written(shapely.MultiLineString(lines)), kind)
    parts = draw(st.lists(st.lists(rings(), min_size=1, max_size=2), min_size=1, max_size=2))
    polygons = [shapely.Polygon(outer, holes) for outer, *holes in parts]
    return geometry.normalised(geometry.written(shapely.MultiPolygon(polygons)), kind)


GROUPS = (None, "function", "codes")


@st.composite
def layers(draw: st.DrawFn) -> Layer:
    """Layers with fields of any type, some of them groups, derived or allocated."""
    kind = draw(st.sampled_from(GeometryType))
    types = draw(st.lists(st.sampled_from(FieldType), min_size=1, max_size=4))
    fields = [Field(f"thuộcTính{n}", each, group=draw(st.sampled_from(GROUPS))) for n, each in enumerate(types)]
    fields += [Field("dienTich", FieldType.FLOAT64, derived=Derived.AREA), Field("maDoiTuong", FieldType.TEXT, allocated=True)]
    return Layer("QuyHoach.Thu_A", kind, tuple(fields))


@st.composite
def rows(draw: st.DrawFn, layer: Layer) -> Values:
    row = {field.name: draw(values(field)) for field in layer.fields}
    return {**row, GEOMETRY: draw(st.one_of(st.none(), shapes(layer.geometry)))}


@st.composite
def edits(draw: st.DrawFn, layer: Layer, row: Values) -> Values:
    """``row`` with some attributes set anew."""
    names = draw(st.sets(st.sampled_from([field.name for field in layer.fields] + [GEOMETRY]), max_size=4))
    other = draw(rows(layer))
    return {**row, **{name: other[name] for name in sorted(names)}}


@st.composite
def tables(draw: st.DrawFn, layer: Layer) -> Rows:
    keys = draw(st.sets(st.sampled_from(KEYS), max_size=2))
    return {key: draw(rows(layer)) for key in sorted(keys)}


@st.composite
def histories(draw: st.DrawFn, length: int = 3) -> tuple[Layer, tuple[Rows, ...]]:
    """A layer and its rows at several moments: features come, change and go."""
    layer = draw(layers())
    states = [draw(tables(layer))]
    for _ in range(length - 1):
        kept = {key: draw(edits(layer, row)) for key, row in states[-1].items() if draw(st.booleans()) or draw(st.booleans())}
        new = draw(st.sets(st.sampled_from(KEYS), max_size=1))
        states.append({**{key: draw(rows(layer)) for key in sorted(new) if key not in kept}, **kept})
    return layer, tuple(states)
