"""Made-up but lifelike planning data for docks: real communes and plan names, shapes in EPSG:9217."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, Optional
from uuid import NAMESPACE_URL, uuid5

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Change, diff_row
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.norms import NormResult
from commune_planning_plugin.core.proposal import Attachment, Version
from commune_planning_plugin.core.rules import Finding, Severity
from commune_planning_plugin.core.schema import Catalogue, Code, Commune, Derived, Field, FieldType, GeometryType, Layer, Plan
from commune_planning_plugin.core.workflow import Role, State, Step
from commune_planning_plugin.store import Checkpoint, LastChange, LocalChange, LocalState, OutboxState, StoredConflict, Unsent
from commune_planning_plugin.sync.account_documents import Account, Grant, Person
from commune_planning_plugin.sync.detail_documents import ProposalDetail, ReviewConflict, ReviewItem
from commune_planning_plugin.sync.proposal_documents import ProposalSummary, StepTaken

CHECKPOINT = Checkpoint(42, "5b8a0f0e-5d0e-4a3e-9a59-1c7a5c0f7a10")


def plan_key(code: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"plan:{code}"))


DIEP_SON, VAN_PHONG = plan_key("QPK-06"), plan_key("QHC-KKT-VP")
PLANS = (
    Plan(DIEP_SON, "QPK-06", "QPK 06 Điệp Sơn, xã Đại Lãnh", "commune", "zone", "approved", communes=("22504",)),
    Plan(
        VAN_PHONG,
        "QHC-KKT-VP",
        "Điều chỉnh quy hoạch chung xây dựng Khu kinh tế Vân Phong đến năm 2040, tầm nhìn đến năm 2050",
        "province",
        "general",
        "approved",
        communes=("22504", "22516"),
    ),
)
LOTS = Layer(
    "QuyHoach.ChucNangSuDungDat_A",
    GeometryType.POLYGONS,
    (
        Field("maDoiTuong", FieldType.TEXT, "Mã đối tượng", "Feature code", 100, True, allocated=True),
        Field("tenDoiTuong", FieldType.TEXT, "Tên đối tượng", "Feature name", 100, True),
        Field(
            "chucNangSuDungDatMuc2",
            FieldType.TEXT,
            "Chức năng sử dụng đất mức 2",
            "Land function, level 2",
            code_list="land_function",
        ),
        Field("dienTich", FieldType.FLOAT32, "Diện tích", "Area", derived=Derived.AREA),
        Field("tangCaoToiDa", FieldType.INT16, "Tầng cao tối đa", "Storeys, at most"),
        Field("ghiChu", FieldType.TEXT, "Ghi chú", "Remark", 250),
    ),
    "Chức năng sử dụng đất",
    "Land-use function",
    tiling=True,
)
LINES = Layer(
    "QuyHoach.ChiGioiDuongDo_L",
    GeometryType.LINES,
    (
        Field("tenDoiTuong", FieldType.TEXT, "Tên đối tượng", "Feature name", 100, True),
        Field("chieuDai", FieldType.FLOAT32, "Chiều dài", "Length", derived=Derived.LENGTH),
    ),
    "Chỉ giới đường đỏ",
    "Red line of a road",
)
MARKERS = Layer(
    "MocGioi.MocGioiQuyHoach_P",
    GeometryType.POINT,
    (Field("tenDoiTuong", FieldType.TEXT, "Tên mốc", "Marker's name", 100, True),),
    "Mốc giới quy hoạch",
    "Planning marker",
)
CATALOGUE = Catalogue(
    hub_id="c1f7a4a2-52ae-4f1e-a5d0-0d2f3a0f6d11",
    province="Khánh Hòa",
    crs_epsg=9217,
    crs_proj="+proj=tmerc +lat_0=0 +lon_0=108.25 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +units=m",
    notice_vi="Dữ liệu mẫu, không phải ranh giới chính thức",
    notice_en="Sample data, no official boundary",
    layers=(LOTS, LINES, MARKERS),
    code_lists={
        "land_function": (
            Code("ODT", "Đất ở đô thị", "Urban residential land"),
            Code("TMD", "Đất thương mại, dịch vụ", "Commerce and services"),
            Code("CX", "Đất cây xanh công cộng", "Public green space"),
        )
    },
    communes=(Commune("22504", "Đại Lãnh", "xã"), Commune("22516", "Vạn Thắng", "xã")),
    plans=PLANS,
    rule_pack={"version": "2026.1", "overlap_tolerance_m2": 0.5, "gap_tolerance_m2": 0.5},
)
TECHNICIAN = Account("a1", "dailanh.kt", "Nguyễn Thị Hạnh", False, (Grant(Role.TECHNICIAN, "22504"),))
HEAD = Account("a2", "dailanh.ct", "Trần Văn Bình", False, (Grant(Role.HEAD, "22504"),))
REVIEWER = Account("a3", "soxd.duyet", "Võ Quốc Hưng", True, (Grant(Role.REVIEWER, None), Grant(Role.APPROVER, None)))

NATURE = str(uuid5(NAMESPACE_URL, "organisation:sonnmt"))
AGENCY = Account("a4", "sonnmt.yk", "Ngô Thị Thu Hà", False, (Grant(Role.AGENCY, None),), NATURE)


def ago(**parts: float) -> str:
    return (datetime.now(timezone.utc) - timedelta(**parts)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


# --- rows and changes -------------------------------------------------------------------------------------------------


def key(number: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"feature:{number}"))


def square(x: float, y: float, width: float, height: float) -> bytes:
    from shapely.geometry import MultiPolygon, box

    return geometry.written(geometry.snapped(MultiPolygon([box(x, y, x + width, y + height)])))


def segment(x: float, y: float, length: float) -> bytes:
    from shapely.geometry import LineString, MultiLineString

    return geometry.written(MultiLineString([LineString([(x, y), (x + length, y)])]))


def lot(number: int, width: float = 100.0, plan: str = DIEP_SON, **values: Any) -> dict[str, Any]:
    """A whole row of a lot, as the province has it."""
    shape = square(600_000 + 100 * number, 1_400_000, width, 100)
    row = {
        "maDoiTuong": f"ODT-{number:03d}",
        "tenDoiTuong": f"Lô đất ở ODT-{number:03d}",
        "chucNangSuDungDatMuc2": "ODT",
        "dienTich": geometry.derive(shape, Derived.AREA),
        "tangCaoToiDa": 5,
        "ghiChu": None,
        "plan": plan,
        "valid_from": "2025-11-10",
        "valid_to": None,
        "geom": shape,
    }
    return {**row, **values}


def road(number: int, length: float, plan: str = DIEP_SON) -> dict[str, Any]:
    return {
        "tenDoiTuong": f"Chỉ giới đường số {number}",
        "chieuDai": length,
        "plan": plan,
        "geom": segment(600_000, 1_400_000 + 10 * number, length),
    }


def local(layer: Layer, number: int, old: Any, new: Any, state: LocalState = LocalState.LOCAL, **more: Any) -> LocalChange:
    change = diff_row(layer, key(number), old, new)
    assert change is not None
    title = str((new or old)["tenDoiTuong"])
    return LocalChange(change, title, geometry.bounds((new or old)["geom"]), state, row=new, **more)


def local_changes() -> tuple[LocalChange, ...]:
    """Two drawn lots, one reshaped, one deleted, one in a proposal, and a longer road."""
    return (
        local(LOTS, 1, None, lot(1, tenDoiTuong="Lô trường mầm non MN-01", chucNangSuDungDatMuc2="TMD")),
        local(LOTS, 2, lot(2), lot(2, 62.5, chucNangSuDungDatMuc2="CX", tangCaoToiDa=1)),
        local(LOTS, 3, lot(3), None),
        local(LOTS, 4, lot(4), lot(4, ghiChu="Đã thống nhất với UBND xã"), LocalState.IN_PROPOSAL, proposals=("p-1",)),
        local(LINES, 5, road(5, 120.0), road(5, 183.4)),
    )


def conflicting() -> LocalChange:
    """The land function and the shape were changed on both sides."""
    base, mine = lot(7), lot(7, 130.0, chucNangSuDungDatMuc2="TMD")
    theirs = lot(7, 80.0, chucNangSuDungDatMuc2="CX")
    names = ("chucNangSuDungDatMuc2", "geom")
    conflict = StoredConflict(LOTS.id, key(7), ConflictKind.ATTRIBUTES, names, base, theirs)
    return local(LOTS, 7, base, mine, LocalState.CONFLICT, conflict=conflict)


def conflicts() -> tuple[LocalChange, ...]:
    """One of each kind: values and shape, values with a long text, removed here, removed at the province."""
    remark = "Theo biên bản họp dân thôn Đầm Môn ngày 02/11/2026, đề nghị giữ lối đi chung phía Đông rộng 3,5 m."
    base, mine, theirs = (
        lot(10),
        lot(10, ghiChu=remark, tangCaoToiDa=7),
        lot(10, ghiChu="Đã đo lại theo bản đồ địa chính", tangCaoToiDa=3),
    )
    last = LastChange(57, "2026-11-20T02:15:00Z", "Trần Văn Lộc", "Điều chỉnh cục bộ khu dân cư Đầm Môn theo biên bản 12/11")
    differing = ("ghiChu", "tangCaoToiDa")
    values = StoredConflict(LOTS.id, key(10), ConflictKind.ATTRIBUTES, differing, base, theirs, last_change=last)
    changed = lot(11, tangCaoToiDa=9)
    gone_here = StoredConflict(LOTS.id, key(11), ConflictKind.DELETED_HERE, ("tangCaoToiDa",), lot(11), changed)
    mine_road = road(12, 150.0)
    gone_there = StoredConflict(LINES.id, key(12), ConflictKind.DELETED_AT_PROVINCE, ("geom",), road(12, 120.0), None)
    return (
        conflicting(),
        local(LOTS, 10, theirs, mine, LocalState.CONFLICT, conflict=values),
        local(LOTS, 11, changed, None, LocalState.CONFLICT, conflict=gone_here),
        local(LINES, 12, None, mine_road, LocalState.CONFLICT, conflict=gone_there),
    )


def of_other_plan() -> LocalChange:
    return local(LOTS, 8, lot(8, plan=VAN_PHONG), lot(8, 120.0, plan=VAN_PHONG))


def many(count: int) -> tuple[LocalChange, ...]:
    return tuple(local(LOTS, number, lot(number), lot(number, 90.0)) for number in range(100, 100 + count))


LONG_NAME = "Lô đất hỗn hợp nhóm nhà ở, dịch vụ và công trình hạ tầng kỹ thuật đầu mối thuộc phân khu du lịch sinh thái Điệp Sơn"


def long_names() -> tuple[LocalChange, ...]:
    return (local(LOTS, 9, lot(9), lot(9, 75.0, tenDoiTuong=LONG_NAME, plan=VAN_PHONG)), conflicting())


# --- proposals --------------------------------------------------------------------------------------------------------


def summary(proposal: str, state: State = State.SUBMITTED, **values: Any) -> ProposalSummary:
    usual: dict[str, Any] = {
        "id": proposal,
        "number": 17,
        "commune": "22504",
        "commune_name": "Xã Đại Lãnh",
        "plan": DIEP_SON,
        "plan_name": PLANS[0].name,
        "title": "Điều chỉnh ranh giới lô ODT-002, bổ sung trường mầm non",
        "ground": 5,
        "author": Person("a1", "dailanh.kt", "Nguyễn Thị Hạnh"),
        "state": state,
        "version": 1,
        "hash": "0" * 64,
        "changes": 4,
        "created_at": ago(days=2),
        "updated_at": ago(days=1, hours=3),
        "last_step": None,
        "can": (),
        "revision": None,
    }
    return ProposalSummary(**{**usual, **values})


def returned(proposal: str = "p-2") -> ProposalSummary:
    reason = "Ranh giới lô trường mầm non lấn sang đường số 5 khoảng 12 m², đề nghị xã xem lại và bổ sung biên bản họp dân."
    step = StepTaken(Step.RETURN, "Phạm Thu Thủy", ago(hours=5), reason)
    can = (Step.SUBMIT, Step.WITHDRAW)
    return summary(proposal, State.RETURNED, last_step=step, can=can, title="Bổ sung trường mầm non khu dân cư Đầm Môn")


def mine() -> tuple[ProposalSummary, ...]:
    signed = StepTaken(Step.SIGN_OFF, "Trần Văn Bình", ago(days=1), None)
    return (
        summary("p-1", State.SUBMITTED, can=(Step.WITHDRAW,), last_step=signed),
        returned(),
        summary(
            "p-3",
            State.APPROVED,
            title="Cập nhật chỉ giới đường ven biển",
            last_step=StepTaken(Step.APPROVE, "Võ Quốc Hưng", ago(days=9), None),
        ),
        summary("p-4", State.AWAITING_SIGN_OFF, title="Tách lô hỗn hợp HH-03", can=(Step.WITHDRAW,)),
    )


def unsent(proposal: str = "p-9", state: OutboxState = OutboxState.QUEUED, **values: Any) -> Unsent:
    """A version that waits, or that the hub refused."""
    usual = {"title": "Tách lô đất ở ODT-014", "plan": DIEP_SON, "changes": 3, "since": ago(hours=2)}
    return Unsent(proposal, 1, **{**usual, **values}, state=state)


def inbox(count: int = 3) -> tuple[ProposalSummary, ...]:
    names = ("Xã Đại Lãnh", "Xã Vạn Thắng", "Phường Đông Ninh Hoà")
    plans = (PLANS[0].name, PLANS[1].name)
    return tuple(
        summary(
            f"p-{number}",
            State.SUBMITTED if number % 2 else State.IN_REVIEW,
            number=number,
            commune_name=names[number % 3],
            plan_name=plans[number % 2],
            changes=4 + number,
            updated_at=ago(days=number % 20, hours=2),
        )
        for number in range(1, 1 + count)
    )


def finding(severity: Severity = Severity.ERROR) -> Finding:
    return Finding("tile.overlap", severity, LOTS.id, key(2), {"other": key(3), "area_m2": 12.4}, (0.0, 0.0, 1.0, 1.0))


def findings_of_plan() -> tuple[Finding, ...]:
    """One of each rule of the land-fund balance."""
    result = NormResult("green", "Cây xanh", "Green", "129/QĐ-BQL", ("CX",), 10.0, 12.0, 9.5)
    told = (
        ("bal.closes_boundary", Severity.ERROR, {"remainder_m2": 120.0, "ground_m2": 1e6}),
        ("bal.before_after_equal_total", Severity.WARNING, {"difference_m2": -35.5, "before_m2": 900.0, "after_m2": 864.5}),
        ("bal.norm", Severity.WARNING, result.to_json()),
    )
    return tuple(Finding(rule, severity, LOTS.id, DIEP_SON, details) for rule, severity, details in told)


def review_items(conflict: bool = False) -> tuple[ReviewItem, ...]:
    clash = ReviewConflict(ConflictKind.ATTRIBUTES, ("chucNangSuDungDatMuc2",)) if conflict else None
    return (
        ReviewItem(LOTS.id, key(1), "insert", None, lot(1, tenDoiTuong="Lô trường mầm non MN-01"), None),
        ReviewItem(LOTS.id, key(2), "update", lot(2), lot(2, 62.5, chucNangSuDungDatMuc2="CX", tangCaoToiDa=1), clash),
        ReviewItem(LOTS.id, key(3), "delete", lot(3), None, None),
        ReviewItem(LINES.id, key(5), "update", road(5, 120.0), road(5, 183.4), None),
    )


def detail(proposal: str, can: Optional[tuple[Step, ...]] = None, **values: Any) -> ProposalDetail:
    steps = (Step.RETURN, Step.REJECT, Step.APPROVE) if can is None else can
    head = summary(proposal, State.IN_REVIEW, can=steps)
    reason = "Khu dân cư Đầm Môn tăng nhanh, trường mầm non hiện có quá tải; người dân đã thống nhất tại cuộc họp ngày 02/11/2026."
    files = (
        Attachment("ab" * 32, "Biên bản họp dân thôn Đầm Môn.pdf", 482_113),
        Attachment("cd" * 32, "So do vi tri.pdf", 1_204_551),
    )
    changes = tuple(_change(item) for item in review_items())
    content = Version(proposal, 1, "22504", DIEP_SON, head.title, 5, reason, 42, CHECKPOINT.id, changes, files)
    taken = (
        StepTaken(Step.SUBMIT, "Nguyễn Thị Hạnh", ago(days=2), None, 1),
        StepTaken(Step.SIGN_OFF, "Trần Văn Bình", ago(days=1), "Đồng ý trình", 1),
    )
    usual: dict[str, Any] = {
        "summary": head,
        "content": content,
        "steps": taken,
        "findings": (),
        "review": review_items(),
        "result_hash": "f" * 64,
        "context": (),
        "rekeyed": {},
    }
    return ProposalDetail(**{**usual, **values})


def preview() -> ProposalDetail:
    """Local changes as a reviewer would see them."""
    return detail("local", (), summary=summary("local", State.DRAFT, number=0), steps=())


def _change(item: ReviewItem) -> Change:
    layer = LOTS if item.layer == LOTS.id else LINES
    change = diff_row(layer, item.key, item.before, item.after)
    assert change is not None
    return change
