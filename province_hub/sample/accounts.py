"""Demo accounts: one for each part in the story. They are for trying out only; their password is known to everyone."""

from __future__ import annotations

from commune_planning_plugin.core.workflow import Role
from province_hub import accounts, organisations
from province_hub.database import HubConnection

PASSWORD = "Quy-hoach-2026"  # noqa: S105  # public on purpose

_ACCOUNTS: tuple[tuple[str, str, tuple[tuple[Role, str | None], ...], bool], ...] = (
    ("dailanh.kt", "Nguyễn Thị Hạnh", ((Role.TECHNICIAN, "22504"),), False),
    ("dailanh.ct", "Trần Văn Bình", ((Role.HEAD, "22504"),), False),
    ("dailanh.pct", "Lê Quang Hải", ((Role.TECHNICIAN, "22504"),), False),
    ("vanthang.kt", "Lê Minh Tâm", ((Role.TECHNICIAN, "22516"),), False),
    ("vanthang.ct", "Đỗ Thị Lan", ((Role.HEAD, "22516"),), False),
    ("soxd.tham", "Phạm Thu Thủy", ((Role.REVIEWER, None),), True),
    ("soxd.duyet", "Võ Quốc Hưng", ((Role.APPROVER, None), (Role.REVIEWER, None)), True),
    ("quantri", "Hồ Đức Anh", ((Role.ADMINISTRATOR, None),), False),
    ("giamsat", "Mai Thị Ngọc", ((Role.OBSERVER, None),), False),
)

_AGENCIES = (
    ("congan", "Công an tỉnh Khánh Hòa", "congan.yk", "Bùi Văn Sơn"),
    ("bchqs", "Bộ Chỉ huy Quân sự tỉnh Khánh Hòa", "bchqs.yk", "Hoàng Mạnh Cường"),
    ("sonnmt", "Sở Nông nghiệp và Môi trường", "sonnmt.yk", "Ngô Thị Thu Hà"),
)


def add_demo_accounts(conn: HubConnection) -> int:
    """How many were added."""
    for name, full_name, roles, cleared in _ACCOUNTS:
        accounts.add(conn, name, full_name, PASSWORD, roles, cleared)
    for code, organisation, name, full_name in _AGENCIES:
        accounts.add(conn, name, full_name, PASSWORD, ((Role.AGENCY, None),))
        accounts.join(conn, name, organisations.add(conn, code, organisation))
    return len(_ACCOUNTS) + len(_AGENCIES)
