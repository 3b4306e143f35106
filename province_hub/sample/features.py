"""The rows of the ten layers that a tiled unit gives. Values are those of the layer's legal fields; others stay empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core.geometry import STEPS_PER_METRE
from province_hub.sample.functions import Function, functions
from province_hub.sample.lines import corridors, lines_within, streets
from province_hub.sample.lots import Ground
from province_hub.sample.plans import PlanShape

Row = dict[str, Any]
Shapes = NDArray[np.object_]

RESTRICTED = 2
_MIN_MARKERS = 4
_ZONE_AUTHORITY = "Ban Quản lý Khu kinh tế Vân Phong và các khu công nghiệp"


@dataclass(frozen=True)
class Batch:
    """Rows of one layer and one plan, with a shape each. Codes that count up within the plan are still missing."""

    layer: str
    plan: PlanShape
    rows: Sequence[Row]
    shapes: NDArray[np.object_]


def batches(ground: Ground, level1: dict[str, str], titles: dict[str, str], features: float) -> Iterator[Batch]:
    """All that the unit gives: ``features`` rows if its markers can make up for it.

    ``level1`` and ``titles`` are the group and the name of each land function.
    """
    made = [
        _zones(ground),
        _cells(ground),
        _lots(ground, level1, titles),
        *_streets(ground),
        _corridors(ground),
        _works(ground),
    ]
    yield from made
    missing = features - sum(len(batch.rows) for batch in made)
    yield _markers(ground, min(max(int(missing), _MIN_MARKERS), max(len(ground.lots) // 2, _MIN_MARKERS)))


def plan_outline(plan: PlanShape, shape: BaseGeometry) -> Batch:
    """The plan's row in `RanhGioiQuyHoach_A`."""
    hectares = float(shape.area) / 10_000
    people = int(hectares * {"urban": 30, "ward": 45, "tourism": 2, "industry": 10}.get(plan.profile, 3))
    row = {
        "tenDoiTuong": f"Ranh giới {plan.name}"[:100],
        "maHoSoScan": plan.code,
        "tyLe": "1/2.000" if plan.level == "2" else "1/10.000",
        "tenDoAn": plan.name,
        "diaDiemQH": f"{plan.place}, tỉnh Khánh Hòa",
        "danSoHienTrang": int(people * 0.8),
        "danSoQuyHoach": people,
        "dienTichQH": round(hectares, 2),
        "dienTichDatDanDung": f"{hectares * 0.34:.2f} ha",
        "dienTichNgoaiDatDanDung": f"{hectares * 0.21:.2f} ha",
        "dienTichDatKhac": f"{hectares * 0.45:.2f} ha",
        **_SUPPLY,
        "soQDNV": f"{int(plan.decision.split('/')[0]) - 180}/QĐ-UBND",
        "ngayQDNV": f"{int(plan.decision_date[:4]) - 1}-{plan.decision_date[5:]}T00:00:00Z",
        "soQDQH": plan.decision,
        "ngayQDQH": f"{plan.decision_date}T00:00:00Z",
        "chuDauTu": "Ban Quản lý Khu kinh tế Vân Phong và các khu công nghiệp"
        if plan.kind == "3"
        else f"UBND {plan.place.lower()}",
        "donViTuVan": "Viện Quy hoạch xây dựng Khánh Hòa",
        "coQuanPheduyet": "Thủ tướng Chính phủ" if "TTg" in plan.decision else "UBND tỉnh Khánh Hòa",
        "trangThaiDoAn": "Đã phê duyệt",
        "phanLoai": "Ranh giới lập quy hoạch",
        "ghiChu": "Dữ liệu mẫu, không phải ranh giới chính thức",
    }
    return Batch("QuyHoach.RanhGioiQuyHoach_A", plan, [row], _array([shape]))


_SUPPLY = {
    "chiTieuCapNuoc": "120 lít/người/ngày đêm",
    "chiTieuTNTvaVSMT": "100% lượng nước cấp; 1,0 kg rác/người/ngày",
    "chiTieuCapDien": "500 W/người",
    "chiTieuTTLL": "30 thuê bao/100 dân",
}


def zones_of(plan: PlanShape, shapes: NDArray[np.object_], names: Sequence[str]) -> Batch:
    """Zones of a plan that has no lots of its own."""
    rows = [_zone_row(f"Phân khu {name}", name, "Phân khu quy hoạch", shape) for name, shape in zip(names, shapes, strict=True)]
    return Batch("QuyHoach.PhanKhuQuyHoach_A", plan, rows, shapes)


def _zones(ground: Ground) -> Batch:
    names = [f"{ground.unit.commune[-3:]}.{ground.unit.mark}{index + 1:02d}" for index in range(len(ground.zones))]
    rows = [
        _zone_row(f"Khu {name}", name, "Khu quy hoạch", shape) | {"kyHieuKhuQH": name}
        for name, shape in zip(names, ground.zones, strict=True)
    ]
    return Batch("QuyHoach.PhanKhuQuyHoach_A", ground.unit.plan, rows, ground.zones)


def _zone_row(title: str, symbol: str, kind: str, shape: BaseGeometry) -> Row:
    people = int(float(shape.area) / 10_000 * 12)
    return {
        "tenDoiTuong": title,
        "kyHieuKhuQH": symbol,
        "danSo": people,
        "matDoXayDung": "≤40%",
        "tangCaoXayDung": "1-5",
        "heSoSuDungDat": "2.0",
        **_SUPPLY,
        "phanLoai": kind,
    }


def _cells(ground: Ground) -> Batch:
    zone_of = np.zeros(len(ground.cells), dtype=int)
    zone_of[ground.cell] = ground.zone
    rows = []
    for index, shape in enumerate(ground.cells):
        symbol = f"{ground.unit.mark}{zone_of[index] + 1:02d}-O{index + 1:03d}"
        row = _zone_row(f"Ô quy hoạch {symbol}", symbol, "Ô quy hoạch", shape)
        del row["kyHieuKhuQH"]
        rows.append(row | {"kyHieuOQH": symbol})
    return Batch("QuyHoach.PhanOQuyHoach_A", ground.unit.plan, rows, ground.cells)


def _lots(ground: Ground, level1: dict[str, str], titles: dict[str, str]) -> Batch:
    table = functions()
    hectares = shapely.area(ground.lots) / 10_000
    later = np.random.default_rng(ground.unit.seed + 1).random(len(ground.lots)) < 0.35
    rows = [
        _lot(
            table[code],
            level1[code],
            titles[code],
            f"{ground.unit.mark}{ground.cell[index] + 1:02d}.{index + 1}",
            hectares[index],
            later[index],
        )
        for index, code in enumerate(ground.functions)
    ]
    return Batch("QuyHoach.ChucNangSuDungDat_A", ground.unit.plan, rows, ground.lots)


def _lot(function: Function, level1: str, title: str, number: str, hectares: float, later: bool) -> Row:
    return {
        "tenDoiTuong": title,
        "chucNangSuDungDatMuc1": level1,
        "chucNangSuDungDatMuc2": function.code,
        "chucNangSuDungDatMuc3": None,
        "kyHieuLoDat": f"{function.symbol}-{number}",
        "tenCongTrinhTrenDat": function.works_name,
        "danSo": int(hectares * function.people_per_ha) if function.people_per_ha else None,
        "matDoXayDung": function.density,
        "tangCaoXayDung": function.storeys,
        "heSoSuDungDat": function.far,
        "trangThaiQuyHoach": "QHDH" if later else "QHDD",
        "phanLoai": "Đất quy hoạch",
    }


def _streets(ground: Ground) -> Iterator[Batch]:
    found = streets(ground.unit, ground.cut)
    rural = ground.unit.plan.profile == "commune"
    width = f"{found.width:.1f}"
    layers: tuple[tuple[str, Shapes, Callable[[int], Row]], ...] = (
        ("QuyHoach.MangLuoiGiaoThongDuongBo_L", found.centres, lambda number: _road(number, width, rural)),
        ("QuyHoach.ChiGioiDuongDo_L", found.red_lines, _red_line),
        ("QuyHoach.ChiGioiXayDung_L", found.building_lines, _building_line),
    )
    for layer, shapes, row in layers:
        kept, which = lines_within(ground.unit.ground, shapes)
        yield Batch(layer, ground.unit.plan, [row(int(number) + 1) for number in which], kept)


def _red_line(number: int) -> Row:
    return _line(f"Chỉ giới đường đỏ đường D{number}", "Chỉ giới đường đỏ")


def _building_line(number: int) -> Row:
    return _line(f"Chỉ giới xây dựng đường D{number}", "Chỉ giới xây dựng") | {"khoangLuiXayDung": "6 m"}


def _road(number: int, width: str, rural: bool) -> Row:
    return {
        "tenDoiTuong": f"Đường D{number}",
        "tenDuong": f"Đường D{number}",
        "loaiDuong": "DuongXa" if rural else "DoThi",
        "capDuong": "CapV" if rural else "CapIII",
        "loaiChatLieuTraiMat": "BeTongXiMang" if rural else "BeTongNhua",
        "doDocNgangViaHe": 1.5,
        "doDocNgangLongDuong": 2.0,
        "doDocDocDuong": round(0.3 + number % 7 * 0.25, 2),
        "loGioi": f"{width} m",
        "kyHieuMatCat": "2-2" if rural else "1-1",
        "longDuong": "6,0 m" if rural else "8,0 m",
        "soPhanDuongXeChay": 1 if rural else 2,
        "daiPhanCach": None,
        "viaHe": "2 x 3,0 m" if rural else "2 x 4,0 m",
        "tinhTrang": "Quy hoạch mới" if number % 3 else "Nâng cấp, mở rộng",
        "trangThaiQuyHoach": "QHDD" if number % 3 else "QHDH",
        "phanLoai": "Tim đường",
    }


def _line(title: str, kind: str) -> Row:
    return {"tenDoiTuong": title, "trangThaiQuyHoach": "QHDD", "phanLoai": kind}


_CORRIDORS = (
    ("LuoiDien", "Hành lang an toàn đường dây 110 kV"),
    ("DuongBo", "Hành lang an toàn đường tỉnh"),
    ("ThuyLoi", "Hành lang bảo vệ kênh mương"),
    ("DuongSat", "Hành lang an toàn đường sắt"),
    ("BoBien", "Hành lang bảo vệ bờ biển"),
)


def _corridors(ground: Ground) -> Batch:
    shapes, which = lines_within(ground.unit.ground, corridors(ground.unit, max(1, len(ground.lots) // 25)))
    rows = []
    for number in which:
        kind, title = _CORRIDORS[int(number) % len(_CORRIDORS)]
        hidden = (int(number) + ground.unit.seed) % 9 == 0
        row = _line("Hành lang bảo vệ công trình đặc biệt" if hidden else title, "Hành lang an toàn")
        rows.append(row | {"loaiRanhGioiHanhLang": kind, "visibility": RESTRICTED if hidden else 0})
    return Batch("QuyHoach.HanhLangAnToan_L", ground.unit.plan, rows, shapes)


def _works(ground: Ground) -> Batch:
    table = functions()
    places = [index for index, code in enumerate(ground.functions) if table[code].works_kind]
    rows = []
    for index in places:
        function = table[ground.functions[index]]
        row = {"tenDoiTuong": function.works_name, "loaiCongTrinh": function.works_kind, "phanLoai": "Công trình quy hoạch"}
        rows.append(row | {"visibility": RESTRICTED if function.works_kind == "QuocPhong" else 0})
    coordinates = shapely.get_coordinates(shapely.point_on_surface(ground.lots[places]))
    points = np.round(coordinates * STEPS_PER_METRE) / STEPS_PER_METRE
    return Batch("QuyHoach.ChucNangCongTrinh_P", ground.unit.plan, rows, np.asarray(shapely.points(points)))


def _markers(ground: Ground, number: int) -> Batch:
    corners = np.unique(shapely.get_coordinates(ground.lots[~ground.street]), axis=0)
    random = np.random.default_rng(ground.unit.seed + 2)
    chosen = random.choice(len(corners), min(number, len(corners)), replace=False)
    points = corners[np.sort(chosen)]
    heights = np.round(random.gamma(2.0, 6.0, len(points)), 2)
    rows = [
        {
            "tenDoiTuong": f"Mốc {index + 1}",
            "loaiMocTimDuong": "ChiGioiDuongDo" if index % 4 else "RanhGioi",
            "toaDoX": round(float(y), 4),
            "toaDoY": round(float(x), 4),
            "caoDo": float(height),
            "phanLoai": "Mốc giới quy hoạch",
        }
        for index, ((x, y), height) in enumerate(zip(points, heights, strict=True))
    ]
    return Batch("MocGioi.MocGioiQuyHoach_P", ground.unit.plan, rows, np.asarray(shapely.points(points)))


def _array(shapes: Sequence[BaseGeometry]) -> NDArray[np.object_]:
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array
