"""Tables of real decisions, as published.

2745/QĐ-UBND of 21 November 2025, UBND tỉnh Quảng Trị: adjustment of the general plan of the economic zone Đông Nam Quảng Trị,
scale 1/10,000.
"""

from __future__ import annotations

GOLDEN = [
    {"case": "QTri-2745", "land_type": land, "before_ha": before, "after_ha": after}
    for land, before, after in (
        ("Đất công nghiệp nhiệt điện", "400.457", "0.0"),
        ("Đất phát triển sản xuất công nghiệp, kho tàng", "0.0", "377.933"),
        ("Đất bãi cát", "0.0", "14.876"),
        ("Đất giao thông", "0.0", "7.648"),
    )
]
