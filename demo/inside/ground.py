"""Finding a lot to change, and the places to click for it. Pure looking: all changes go through QGIS's own tools."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import Qgis, QgsFeature, QgsGeometry, QgsPointXY, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QWidget
from qgis.utils import iface

from demo.inside.drive import StuckError, click, keys, pump, session, settle, shot, wait_for

LOTS = "QuyHoach.ChucNangSuDungDat_A"
NEIGHBOUR = "22516"
ZONE_PLAN = "56QPK0000006"


@dataclass
class Lot:
    """A lot to cut: its row, its shape before, and where the cutting line is clicked."""

    fid: int
    name: str
    shape: QgsGeometry
    cut: list[tuple[float, float]]


@dataclass
class Piece:
    """Ground set free by the cut: the corners to click for the lot that takes it."""

    corners: list[tuple[float, float]]


def lots() -> QgsVectorLayer:
    """The layer of land-use lots, once it is on the map."""

    def on_the_map() -> QgsVectorLayer | None:
        found = (layer for layer in QgsProject.instance().mapLayers().values() if layer.customProperty("planning/layer") == LOTS)
        return next(found, None)

    return wait_for(on_the_map, "the lots are on the map")


def boundary(commune: str) -> QgsGeometry:
    """A commune's boundary, from the working copy's reference table."""
    layer = QgsVectorLayer(f"{session().working_copy_path}|layername=planning_ref_commune", "communes", "ogr")
    return next(f.geometry() for f in layer.getFeatures() if f["code"] == commune)


def lot_near_the_neighbour() -> Lot:
    """The largest plain lot of the zone plan that the neighbour's working copy holds too (its area reaches 200 m out)."""
    border = boundary(NEIGHBOUR)
    near = border.buffer(150, 8)
    found = [f for f in lots().getFeatures(near.boundingBox()) if _fits(f, near)]
    if not found:
        raise StuckError("a lot near the neighbour")
    best = max(found, key=lambda f: f.geometry().area())
    return Lot(best.id(), str(best["kyHieuLoDat"]), best.geometry(), _cut(best.geometry(), border))


def some_lots(count: int) -> list[QgsFeature]:
    """The first lots of the zone plan, in the order of the file."""
    found = (feature for feature in lots().getFeatures() if str(feature["maHoSoQH"]).startswith(ZONE_PLAN))
    return [feature for feature, _ in zip(found, range(count))]


def _fits(feature: QgsFeature, near: QgsGeometry) -> bool:
    shape = feature.geometry()
    if not str(feature["maHoSoQH"]).startswith(ZONE_PLAN) or not near.intersects(shape):
        return False
    if (
        not 10_000 < shape.area() < 300_000
        or shape.constGet().numGeometries() != 1
        or shape.constGet().geometryN(0).numInteriorRings()
    ):
        return False
    box = shape.orientedMinimumBoundingBox()
    return shape.area() / box[1] > 0.7 and min(box[3], box[4]) / max(box[3], box[4]) > 0.3 and _corners(shape) <= 12


def _corners(shape: QgsGeometry) -> int:
    return shape.constGet().nCoordinates()


def _cut(shape: QgsGeometry, border: QgsGeometry) -> list[tuple[float, float]]:
    """A straight line across, at a third of the longer side on the neighbour's end, reaching a little beyond the lot."""
    ring = _vertices(shape.orientedMinimumBoundingBox()[0])[:4]
    a, b, c, d = ring if ring[0].distance(ring[1]) >= ring[1].distance(ring[2]) else ring[1:] + ring[:1]
    if border.distance(QgsGeometry.fromPolylineXY([a, d])) > border.distance(QgsGeometry.fromPolylineXY([b, c])):
        a, b, c, d = b, a, d, c
    share = 0.36

    def along(p: QgsPointXY, q: QgsPointXY, part: float) -> QgsPointXY:
        return QgsPointXY(p.x() + (q.x() - p.x()) * part, p.y() + (q.y() - p.y()) * part)

    left, right = along(a, b, share), along(d, c, share)
    start, end = along(left, right, -0.08), along(left, right, 1.08)
    return [(start.x(), start.y()), (end.x(), end.y())]


def freed(lot: Lot) -> Piece | None:
    """What the lot has lost, once it has."""
    layer = lots()
    now = layer.getFeature(lot.fid).geometry()
    lost = lot.shape.difference(now)
    if lost.isEmpty() or lost.area() < 100:
        return None
    mitre = (1, Qgis.EndCapStyle.Flat, Qgis.JoinStyle.Miter, 5)
    solid = lost.buffer(-0.05, *mitre).buffer(0.05, *mitre).simplify(0.02)  # without hair-thin spikes along old edges
    return Piece([(v.x(), v.y()) for v in _vertices(solid)[:-1]])


def bend(one: QgsGeometry, other: QgsGeometry) -> tuple[QgsPointXY, QgsPointXY]:
    """The middle of the edge that two lots share, and where it is drawn to: a little into the ``other``."""
    corners = {(v.x(), v.y()) for v in _vertices(other)}
    ring = _vertices(one)
    shared = [(a, b) for a, b in zip(ring, ring[1:]) if (a.x(), a.y()) in corners and (b.x(), b.y()) in corners]
    a, b = max(shared, key=lambda edge: edge[0].distance(edge[1]))
    middle = QgsPointXY((a.x() + b.x()) / 2, (a.y() + b.y()) / 2)
    centre, length = other.centroid().asPoint(), a.distance(b)
    across = QgsPointXY((b.y() - a.y()) / length, (a.x() - b.x()) / length)
    towards = (centre.x() - middle.x()) * across.x() + (centre.y() - middle.y()) * across.y()
    step = 0.08 * length * (1 if towards > 0 else -1)
    return middle, QgsPointXY(middle.x() + across.x() * step, middle.y() + across.y() * step)


def _vertices(shape: QgsGeometry) -> list[QgsPointXY]:
    """A geometry's vertices; it has to outlive the walk over them."""
    return [QgsPointXY(v.x(), v.y()) for v in shape.vertices()]


def look_at(shape: QgsGeometry) -> None:
    box = QgsRectangle(shape.boundingBox())
    box.scale(1.6)
    iface.mapCanvas().setExtent(box)
    iface.mapCanvas().refresh()
    settle()


def fill_form(texts: dict[str, str], choices: dict[str, str]) -> None:
    """Fill the attribute form that QGIS opens after drawing, and press OK."""
    form = wait_for(_form, "the attribute form opens", 10)
    pump(300)
    for name, text in texts.items():
        edit = wait_for(lambda name=name: _editor(form, name), f"{name} in the form", 5)
        edit.setFocus()
        edit.selectAll()
        keys(edit, text)
    for name, code in choices.items():
        combo = wait_for(lambda name=name: _editor(form, name), f"{name} in the form", 5)
        if not isinstance(combo, QComboBox):
            raise StuckError(f"{name} is a list in the form")
        combo.setCurrentIndex(combo.findData(code))
    shot("05_bieu_mau")
    box = form.window().findChild(QDialogButtonBox)
    click(box.button(QDialogButtonBox.StandardButton.Ok))


def _form() -> QWidget | None:
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            for widget in top.findChildren(QWidget):
                if widget.metaObject().className() == "QgsAttributeForm":
                    return widget
    return None


def _editor(form: QWidget, name: str) -> QWidget | None:
    return next((w for w in form.findChildren(QWidget, name) if hasattr(w, "selectAll") or isinstance(w, QComboBox)), None)
