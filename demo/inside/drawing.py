"""Changing the plan as a technician does: with QGIS's own tools, then a proposal."""

from __future__ import annotations

from qgis.PyQt.QtGui import QAction
from qgis.utils import iface

from demo.inside import ground
from demo.inside.drive import Told, choose, click, dock, draw, part, session, settle, type_into, unsnapped, wait_for


def start_drawing(told: Told) -> None:
    panel = dock("planning_working_copy_dock")
    click(part("primary_button", panel))
    layer = ground.lots()
    iface.setActiveLayer(layer)
    wait_for(layer.isEditable, "the lots can be edited")
    told("drawing started")


def reshape(told: Told, lot: ground.Lot) -> ground.Piece:
    """Cut off a strip with QGIS's own reshape tool; the strip is what the new lot will take."""
    iface.mainWindow().findChild(QAction, "mActionReshapeFeatures").trigger()
    with unsnapped():
        draw(lot.cut)
    piece = wait_for(lambda: ground.freed(lot), "the lot is reshaped", 10)
    settle()
    told("the neighbouring lot reshaped", "04_chinh_ranh_gioi")
    return piece


def draw_lot(told: Told, piece: ground.Piece) -> None:
    layer = ground.lots()
    before = layer.featureCount()
    iface.actionAddFeature().trigger()
    draw(piece.corners, at_corners=True)
    ground.fill_form({"kyHieuLoDat": "DV-DEMO-01", "tenDoiTuong": "Lô dịch vụ du lịch mới"}, {"chucNangSuDungDatMuc2": "Dulich"})
    wait_for(lambda: layer.featureCount() == before + 1, "the new lot is drawn", 10)
    settle()
    told("a new land-use lot drawn, its form filled in", "05_lo_moi")


def save(told: Told) -> None:
    primary = part("primary_button", dock("planning_working_copy_dock"))
    click(primary)
    wait_for(lambda: not ground.lots().isModified(), "the edits are saved", 10)
    settle()
    told("saved; drawing goes on", "05_da_luu")
    click(primary)
    wait_for(lambda: not ground.lots().isEditable(), "drawing ends", 10)
    wait_for(lambda: len(session().local_changes) >= 2, "the local changes are listed", 10)
    told(f"saved: {len(session().local_changes)} local changes listed")


def propose(told: Told, lot: ground.Lot) -> None:
    click(part("primary_button", dock("planning_working_copy_dock")))
    panel = dock("planning_proposal_dock")
    type_into(part("title_edit", panel), f"Điều chỉnh cục bộ lô {lot.name}, bổ sung lô dịch vụ du lịch")
    choose(part("ground_combo", panel), 5)
    type_into(part("reason_edit", panel), "Bổ sung đất dịch vụ theo nhu cầu của cộng đồng, không làm quá tải hạ tầng.")
    click(part("check_button", panel))
    wait_for(lambda: session().findings_of and session().job is None, "the planning rules have judged", 20)
    if session().findings:
        raise AssertionError(f"the rules find {session().findings}")
    settle()
    told("proposal composed with ground and reason; the planning rules find nothing", "07_lap_ho_so")
    send(told, "08_da_gui")


def send(told: Told, picture: str) -> None:
    click(part("send_button", dock("planning_proposal_dock")))
    wait_for(lambda: [p for p in session().proposals if p.state.value == "awaiting_sign_off"], "the hub has the proposal", 30)
    told("proposal sent to the province", picture)
