"""The national standard as `Layer` and code lists, read from the tables in ``data/``.

Classes and fields: Circular 16/2025/TT-BXD, Annex II. Function codes and their colours: Annex I. Land-use codes: Circular
08/2024/TT-BTNMT.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import FUNCTION, Code, Derived, Field, FieldType, GeometryType, Layer

_DATA = Path(__file__).parent / "data"

FIRST_LAYERS = (
    "QuyHoach.RanhGioiQuyHoach_A",
    "QuyHoach.PhanKhuQuyHoach_A",
    "QuyHoach.PhanOQuyHoach_A",
    "QuyHoach.ChucNangSuDungDat_A",
    "QuyHoach.ChiGioiDuongDo_L",
    "QuyHoach.ChiGioiXayDung_L",
    "QuyHoach.HanhLangAnToan_L",
    "QuyHoach.MangLuoiGiaoThongDuongBo_L",
    "QuyHoach.ChucNangCongTrinh_P",
    "MocGioi.MocGioiQuyHoach_P",
)
"""What a new hub has; any other class of the standard can be added."""

_TILING = {"QuyHoach.PhanKhuQuyHoach_A", "QuyHoach.PhanOQuyHoach_A", "QuyHoach.ChucNangSuDungDat_A"}
_TYPES: Mapping[str, FieldType] = {
    "object": FieldType.TEXT,
    "int16": FieldType.INT16,
    "int32": FieldType.INT32,
    "float32": FieldType.FLOAT32,
    "float64": FieldType.FLOAT64,
    "datetime64[ms]": FieldType.DATETIME,
}
_LENGTHS = {"maThongTinQH": 15, "maHoSoQH": 15, "maDoiTuong": 100, "tenDoiTuong": 100}
_TEXT_LENGTH = 250
_MAY_BE_EMPTY = {"ghiChu"}  # mandatory to have as a field, not to fill in
_MEASURES = {GeometryType.POLYGONS: ("dienTich", Derived.AREA), GeometryType.LINES: ("chieuDai", Derived.LENGTH)}
_DECISIONS = {"soQDNV": "brief", "ngayQDNV": "brief", "soQDQH": "decision", "ngayQDQH": "decision", "coQuanPheduyet": "decision"}
_COORDINATES = {"toaDoX": Derived.Y, "toaDoY": Derived.X}  # in VN-2000 X is the northing


def layer_ids() -> tuple[str, ...]:
    """All classes of the standard, in its order."""
    return tuple(f"{row['dataset']}.{row['layer']}" for row in _table("tt16_layers.csv"))


def layer(layer_id: str) -> Layer:
    """The class as the standard has it. Raises ``InvalidData('layer.unknown')``."""
    for row in _table("tt16_layers.csv"):
        if layer_id == f"{row['dataset']}.{row['layer']}":
            return _layer(layer_id, row)
    raise InvalidData("layer.unknown", layer=layer_id)


def code_lists() -> dict[str, tuple[Code, ...]]:
    """Every code list that a new hub starts with, by name."""
    lists: dict[str, tuple[Code, ...]] = {}
    for row in _table("code_lists.csv"):
        code = Code(row["code"], row["title_vi"], row["title_en"], row["colour"] or None, row["parent"] or None)
        lists[row["list"]] = (*lists.get(row["list"], ()), code)
    lists["land_function"] = tuple(_land_functions())
    lists["land_use"] = tuple(_land_uses())
    lists["adjustment_ground"] = tuple(Code(r["ground"], r["vi_short"], r["en"]) for r in _table("adjustment_grounds_art45.csv"))
    return lists


def _layer(layer_id: str, row: Mapping[str, str]) -> Layer:
    geometry = GeometryType(row["geometry"])
    fields = [r for r in _table("tt16_fields.csv") if layer_id == f"{r['dataset']}.{r['layer']}"]
    return Layer(
        id=layer_id,
        geometry=geometry,
        legal_fields=tuple(_field(r, geometry) for r in sorted(fields, key=lambda r: int(r["pos"]))),
        title_vi=row["title_vi"],
        title_en=_by("tt16_layer_titles_en.csv", "layer").get(row["layer"], {}).get("title_en", row["title_vi"]),
        group=row["group"],
        tiling=layer_id in _TILING,
    )


def _field(row: Mapping[str, str], geometry: GeometryType) -> Field:
    name = row["field"]
    kind = _TYPES[row["type"]]
    titles = _by("tt16_field_titles.csv", "field")[name]
    return Field(
        name=name,
        type=kind,
        title_vi=titles["title_vi"],
        title_en=titles["title_en"],
        length=_LENGTHS.get(name, _TEXT_LENGTH) if kind is FieldType.TEXT else None,
        required=row["mandatory_by_annex2"] == "1" and name not in _MAY_BE_EMPTY,
        code_list=titles["code_list"] or None if kind is FieldType.TEXT else None,
        derived=_derived(name, kind, geometry),
        group=_group(name),
        allocated=name == "maDoiTuong",
    )


def _group(name: str) -> str | None:
    """Attributes that mean something only together: the levels of a land function, a decision's number, date and authority."""
    return FUNCTION if name.startswith("chucNangSuDungDat") else _DECISIONS.get(name)


def _derived(name: str, kind: FieldType, geometry: GeometryType) -> Derived | None:
    if kind is FieldType.TEXT:
        return None
    if geometry is GeometryType.POINT:
        return _COORDINATES.get(name)
    measured, derived = _MEASURES[geometry]
    return derived if name == measured else None


def _land_functions() -> Iterator[Code]:
    titles = _by("tt16_function_titles_en.csv", "layer_suffix")
    for row in _table("tt16_function_colours.csv"):
        suffix = row["layer_suffix"]
        yield Code(suffix, row["name_vi_unofficial"], titles[suffix]["title_en"], row["hex"].lower(), titles[suffix]["parent"])


def _land_uses() -> Iterator[Code]:
    for row in _table("land_use_tt08_2024.csv"):
        if row["current"] == "1":
            yield Code(row["code"], row["name_vi"], row["name_en"], row["hex"].lower(), row["parent_or_successor"] or None)


@cache
def _table(name: str) -> tuple[Mapping[str, str], ...]:
    with (_DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _by(name: str, column: str) -> Mapping[str, Mapping[str, str]]:
    return {row[column]: row for row in _table(name)}
