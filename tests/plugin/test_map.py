"""Changes and proposals on the map: what is drawn, and that nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsRubberBand

from commune_planning_plugin.adapters.map_view import MapView, NoticeItem
from commune_planning_plugin.adapters.review_view import SIGN_PROPERTY, ReviewView, bounds_of, signs_of
from commune_planning_plugin.adapters.signs import LOOKS, Sign
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.schema import Catalogue
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.sync.account_documents import Person
from commune_planning_plugin.sync.detail_documents import ContextRow, ProposalDetail, ReviewConflict, ReviewItem
from commune_planning_plugin.sync.proposal_documents import ProposalSummary
from tests.plugin.conftest import StrictIface, wait_until
from tests.store import snapshots

CRS = QgsCoordinateReferenceSystem("EPSG:9217")
A, B = snapshots.square(600_000, 1_400_000), snapshots.square(600_050, 1_400_000)
LOTS = snapshots.LOTS.id


@pytest.fixture
def view(iface: StrictIface) -> Iterator[MapView]:
    iface.canvas.setDestinationCrs(CRS)
    iface.canvas.setExtent(QgsRectangle(0, 0, 100, 100))
    made = MapView(iface.canvas, CRS)
    yield made
    made.close()


def bands(iface: StrictIface) -> list[QgsRubberBand]:
    return [item for item in iface.canvas.scene().items() if isinstance(item, QgsRubberBand)]


@pytest.mark.parametrize(
    ("before", "after", "conflict", "signs"),
    [
        (None, A, False, {Sign.ADDED}),
        (A, None, False, {Sign.REMOVED}),
        (A, B, False, {Sign.BEFORE, Sign.AFTER}),
        (A, A, False, {Sign.AFTER}),
        (A, B, True, {Sign.CONFLICT}),
    ],
)
def test_each_change_has_its_sign(view: MapView, iface: StrictIface, before: bytes, after: bytes, conflict: bool, signs: set[Sign]):
    view.show_change(before, after, conflict)
    assert {LOOKS[sign].colour for sign in signs} <= {band.strokeColor().name() for band in bands(iface)}
    view.clear()
    assert bands(iface) == []


def test_a_conflict_shows_all_three_shapes_and_where_they_differ(view: MapView, iface: StrictIface):
    sides = {Sign.AFTER: [B], Sign.PROVINCE: [snapshots.square(600_000, 1_400_050)], Sign.DRAWN: [None]}
    view.show_conflict(A, sides)
    shown = bands(iface)
    outlines = {band.strokeColor().name() for band in shown if band.strokeColor().alpha()}
    assert {LOOKS[sign].colour for sign in (Sign.BEFORE, Sign.AFTER, Sign.PROVINCE)} <= outlines
    assert LOOKS[Sign.DRAWN].colour not in outlines
    differing = [band for band in shown if not band.strokeColor().alpha()]
    assert {band.fillColor().name() for band in differing} == {LOOKS[Sign.CONFLICT].colour}
    assert sum(band.asGeometry().area() for band in differing) == pytest.approx(2 * (100 * 100 - 50 * 50))
    dots = [band for band in shown if band.size() and not band.asGeometry().area()]
    assert {band.icon() for band in dots} >= {QgsRubberBand.IconType.ICON_CIRCLE, QgsRubberBand.IconType.ICON_BOX}
    view.show_conflict(A, {Sign.AFTER: [None], Sign.PROVINCE: [B], Sign.DRAWN: [A]})
    assert LOOKS[Sign.DRAWN].colour in {band.strokeColor().name() for band in bands(iface)}
    view.clear()
    assert bands(iface) == []


def test_no_two_signs_share_a_pattern():
    assert len({(look.line, look.fill) for look in LOOKS.values()}) >= 4
    assert len({look.colour for look in LOOKS.values()}) == len(LOOKS)


def test_zooming_to_a_point_shows_its_surroundings(view: MapView, iface: StrictIface):
    view.zoom_to((600_000.0, 1_400_000.0, 600_000.0, 1_400_000.0))
    assert iface.canvas.extent().width() >= 60


def test_the_notice_stays_on_the_map_until_it_is_taken_away(view: MapView, iface: StrictIface):
    view.set_notice("Dữ liệu mẫu")
    view.set_notice("Dữ liệu mẫu, không phải ranh giới chính thức")
    notices = [item for item in iface.canvas.scene().items() if isinstance(item, NoticeItem)]
    assert [notice.text for notice in notices] == ["Dữ liệu mẫu, không phải ranh giới chính thức"]
    assert not iface.canvas.grab().isNull()
    view.set_notice("")
    assert not [item for item in iface.canvas.scene().items() if isinstance(item, NoticeItem)]


def row(geom: bytes, **values: object) -> dict:
    return {**snapshots.lot(1), "geom": geom, **values}


def item(before: Optional[bytes], after: Optional[bytes], clash: bool = False, number: int = 1) -> ReviewItem:
    kind = "insert" if before is None else "delete" if after is None else "update"
    conflict = ReviewConflict(ConflictKind.ATTRIBUTES, ("geom",)) if clash else None
    rows = [row(wkb) if wkb is not None else None for wkb in (before, after)]
    return ReviewItem(LOTS, snapshots.key_of(number), kind, rows[0], rows[1], conflict)


@pytest.fixture
def detail() -> ProposalDetail:
    author = Person("1", "dailanh.kt", "Nguyễn Thị Hạnh")
    plan = snapshots.PLAN
    summary = ProposalSummary(
        "p", 12, "22504", "Đại Lãnh", plan, "A", "Lô 3", 2, author, State.SUBMITTED, 1, "h", 3, "", "", None, (), None
    )
    content = Version("p", 1, "22504", plan, "Lô 3", 2, "", 7, "x", ())
    review = (item(None, A, number=1), item(A, B, number=2), item(B, None, number=3))
    context = (ContextRow(LOTS, snapshots.key_of(9), row(snapshots.square(600_300, 1_400_000))),)
    return ProposalDetail(summary, content, (), (), review, "hash", context, {})


class Shown(ReviewView):
    """Waits for the layers."""

    def show(self, detail: ProposalDetail, catalogue: Catalogue) -> None:
        super().show(detail, catalogue)
        wait_until(lambda: not self.building)


@pytest.fixture
def review_view(iface: StrictIface, view: MapView) -> ReviewView:
    return Shown(QgsProject.instance(), iface.canvas, view)


def signs(project: QgsProject) -> set[str]:
    return {layer.customProperty(SIGN_PROPERTY) for layer in project.mapLayers().values()} - {None}


def test_a_proposal_gets_a_group_with_a_layer_for_each_sign(review_view: ReviewView, detail: ProposalDetail, iface: StrictIface):
    review_view.show(detail, snapshots.CATALOGUE)
    project = QgsProject.instance()
    group = project.layerTreeRoot().children()[0]
    assert "12" in group.name()
    assert "Lô 3" in group.name()
    assert signs(project) == {"added", "removed", "before", "after"}
    assert iface.canvas.extent().contains(600_075, 1_400_050)
    ground = next(layer for layer in project.mapLayers().values() if layer.customProperty(SIGN_PROPERTY) is None)
    assert ground.featureCount() == 3


def test_either_side_can_be_shown_alone(review_view: ReviewView, detail: ProposalDetail):
    review_view.show(detail, snapshots.CATALOGUE)
    review_view.show_sides(before=True, after=False)
    root = QgsProject.instance().layerTreeRoot()
    shown = {node.layer().customProperty(SIGN_PROPERTY) for node in root.findLayers() if node.itemVisibilityChecked()}
    assert {"before", "removed"} <= shown
    assert not {"after", "added"} & shown


def test_closing_leaves_no_trace(review_view: ReviewView, detail: ProposalDetail, iface: StrictIface):
    project = QgsProject.instance()
    own = QgsVectorLayer("Polygon?crs=EPSG:9217", "mine", "memory")
    project.addMapLayer(own)
    project.setCrs(CRS)
    project.layerTreeRoot().findLayer(own).setItemVisibilityChecked(False)
    iface.canvas.setExtent(QgsRectangle(500_000, 1_300_000, 500_500, 1_300_400))
    project.setDirty(False)
    extent = iface.canvas.extent()
    review_view.show(detail, snapshots.CATALOGUE)
    review_view.show(detail, snapshots.CATALOGUE)
    project.layerTreeRoot().findLayer(own).setItemVisibilityChecked(True)
    assert review_view._view.notice in (snapshots.CATALOGUE.notice_vi, snapshots.CATALOGUE.notice_en)
    review_view.close()
    assert review_view._view.notice == ""
    assert list(project.mapLayers().values()) == [own]
    assert len(project.layerTreeRoot().children()) == 1
    assert not project.layerTreeRoot().findLayer(own).itemVisibilityChecked()
    assert iface.canvas.extent() == extent
    assert not project.isDirty()


def test_a_layer_that_went_meanwhile_is_no_trouble(review_view: ReviewView, detail: ProposalDetail):
    project = QgsProject.instance()
    own = QgsVectorLayer("Polygon?crs=EPSG:9217", "mine", "memory")
    project.addMapLayer(own)
    review_view.show(detail, snapshots.CATALOGUE)
    project.clear()
    review_view.close()
    assert project.mapLayers() == {}


def test_a_conflict_is_drawn_as_one():
    assert {sign for sign, _wkb in signs_of(item(A, B, clash=True))} == {Sign.CONFLICT, Sign.BEFORE}


def test_bounds_hold_both_sides():
    assert bounds_of([item(A, B)]) == (600_000.0, 1_400_000.0, 600_150.0, 1_400_100.0)
    assert bounds_of([]) is None
