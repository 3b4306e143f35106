"""Before against after on the map: each mode draws what it says, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsProject, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsMapToolPan, QgsRubberBand
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QColor, QMouseEvent
from qgis.PyQt.QtTest import QTest

from commune_planning_plugin.adapters.before_image import BeforeImage
from commune_planning_plugin.adapters.map_view import MapView
from commune_planning_plugin.adapters.review_display import BLINK_MS, Mode, ReviewDisplay
from commune_planning_plugin.adapters.review_view import ReviewView
from commune_planning_plugin.adapters.swipe_handle import SwipeHandle
from commune_planning_plugin.sync.detail_documents import ProposalDetail
from tests.plugin.conftest import StrictIface, flush, wait_until
from tests.plugin.test_map import CRS, A, B, Shown, detail, item, view  # noqa: F401 (fixtures)
from tests.store import snapshots


@pytest.fixture
def window(iface: StrictIface, qtbot) -> StrictIface:
    iface.window.show()
    qtbot.waitExposed(iface.window)
    return iface


@pytest.fixture
def review(window: StrictIface, view: MapView, detail: ProposalDetail) -> Iterator[ReviewView]:  # noqa: F811
    made = Shown(QgsProject.instance(), window.canvas, view)
    made.show(detail, snapshots.CATALOGUE)
    yield made
    made.close()


@pytest.fixture
def display(review: ReviewView, window: StrictIface) -> Iterator[ReviewDisplay]:
    made = ReviewDisplay(window.canvas, review)
    yield made
    made.close()


def image(iface: StrictIface) -> BeforeImage:
    found = [each for each in iface.canvas.scene().items() if isinstance(each, BeforeImage)]
    assert len(found) == 1
    return found[0]


def drawn(iface: StrictIface, display: ReviewDisplay) -> BeforeImage:
    """The picture, once it shows what the canvas shows."""
    wait_until(lambda: display._view._building_before is None or not display._view._building_before.running)
    made = image(iface)
    wait_until(lambda: made.ready and not iface.canvas.isDrawing())
    return made


def colour_at(iface: StrictIface, x: float, y: float) -> QColor:
    """Of the canvas at a place on the ground."""
    flush()
    place = iface.canvas.getCoordinateTransform().transform(x, y)
    return iface.canvas.grab().toImage().pixelColor(round(place.x()), round(place.y()))


def trace(iface: StrictIface) -> tuple[object, ...]:
    """What a mode could leave behind."""
    project, canvas = QgsProject.instance(), iface.canvas
    nodes = [*project.layerTreeRoot().findGroups(True), *project.layerTreeRoot().findLayers()]
    return (
        sorted(project.mapLayers()),
        [(node.name(), node.itemVisibilityChecked()) for node in nodes],
        canvas.extent().toString(3),
        project.isDirty(),
        canvas.mapTool(),
        sorted(type(each).__name__ for each in canvas.scene().items() if not isinstance(each, QgsRubberBand)),
        len([each for each in canvas.children() if isinstance(each, SwipeHandle)]),
    )


@pytest.mark.parametrize("mode", list(Mode))
def test_closing_leaves_no_trace_in_any_mode(
    window: StrictIface,
    view: MapView,  # noqa: F811
    detail: ProposalDetail,  # noqa: F811
    mode: Mode,
):
    project = QgsProject.instance()
    own = QgsVectorLayer("Polygon?crs=EPSG:9217", "mine", "memory")
    project.addMapLayer(own)
    project.setCrs(CRS)
    tool = QgsMapToolPan(window.canvas)
    window.canvas.setMapTool(tool)
    window.canvas.setExtent(QgsRectangle(500_000, 1_300_000, 500_500, 1_300_400))
    wait_until(lambda: not window.canvas.isDrawing())
    project.setDirty(False)
    before = trace(window)
    review = Shown(project, window.canvas, view)
    display = ReviewDisplay(window.canvas, review)
    review.show(detail, snapshots.CATALOGUE)
    display.set_mode(mode)
    display.hold_before(True)
    drawn(window, display)
    display.hold_before(False)
    review.close()
    display.close()
    flush()
    assert trace(window) == before


def test_swipe_shows_before_on_the_left_and_after_on_the_right(display: ReviewDisplay, window: StrictIface):
    """The lot at 600 000 was drawn anew, the one at 600 050 removed: what is seen of each depends on the side of the line."""
    display.set_mode(Mode.SWIPE)
    made = drawn(window, display)
    handle = window.canvas.findChild(SwipeHandle)
    handle.move_to(0.98)
    all_before = colour_at(window, 600_010, 1_400_050)
    handle.move_to(0.02)
    all_after = colour_at(window, 600_010, 1_400_050)
    assert all_before != all_after
    assert made.fraction == pytest.approx(0.02)


def test_the_line_is_dragged_and_moved_by_keys_while_the_map_tool_stays(display: ReviewDisplay, window: StrictIface):
    tool = QgsMapToolPan(window.canvas)
    window.canvas.setMapTool(tool)
    extent = window.canvas.extent()
    display.set_mode(Mode.SWIPE)
    handle = window.canvas.findChild(SwipeHandle)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(7, 50))
    none, left, keys = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QCoreApplication.sendEvent(handle, QMouseEvent(QEvent.Type.MouseMove, QPointF(107, 50), none, left, keys))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(7, 50))
    assert handle.fraction > 0.5
    at = handle.fraction
    QTest.keyClick(handle, Qt.Key.Key_Left)
    assert handle.fraction == pytest.approx(at - 0.02)
    assert window.canvas.mapTool() is tool
    assert window.canvas.extent() == extent


def test_the_line_stays_over_a_canvas_that_is_resized(display: ReviewDisplay, window: StrictIface):
    display.set_mode(Mode.SWIPE)
    handle = window.canvas.findChild(SwipeHandle)
    window.window.resize(900, 500)
    flush()
    assert handle.height() == window.canvas.height()
    assert abs(handle.geometry().center().x() - window.canvas.width() / 2) <= 2


def test_the_picture_follows_the_extent(display: ReviewDisplay, window: StrictIface):
    display.set_mode(Mode.SWIPE)
    made = drawn(window, display)
    extent = QgsRectangle(600_000, 1_400_000, 600_400, 1_400_300)
    window.canvas.setExtent(extent)
    window.canvas.refresh()
    wait_until(lambda: made.ready and made._extent.contains(extent.center()) and made._extent.width() > 300)


def test_blink_alternates_by_itself_and_stops_at_once(display: ReviewDisplay, window: StrictIface):
    display.set_mode(Mode.BLINK)
    made = drawn(window, display)
    assert BLINK_MS == 1000
    seen = set()
    display._timer.setInterval(20)
    wait_until(lambda: seen.add(made.fraction) or seen >= {0.0, 1.0})
    display.set_mode(Mode.OVERLAY)
    assert not display._timer.isActive()
    assert not [each for each in window.canvas.scene().items() if isinstance(each, BeforeImage)]


def test_holding_shows_before_and_letting_go_what_was_there(display: ReviewDisplay, window: StrictIface):
    display.hold_before(True)
    assert image(window).fraction == 1.0
    display.hold_before(False)
    assert not [each for each in window.canvas.scene().items() if isinstance(each, BeforeImage)]
    display.set_mode(Mode.SWIPE)
    display.hold_before(True)
    assert image(window).fraction == 1.0
    display.hold_before(False)
    assert image(window).fraction == 0.5


def test_marks_of_the_chosen_change_stay_out_of_pictures_of_one_side(display: ReviewDisplay, window: StrictIface, view: MapView):  # noqa: F811
    view.show_change(A, B)
    display.set_mode(Mode.SWIPE)
    view.show_change(B, A)
    bands = [each for each in window.canvas.scene().items() if isinstance(each, QgsRubberBand)]
    assert bands
    assert not any(band.isVisible() for band in bands)
    display.set_mode(Mode.OVERLAY)
    assert all(band.isVisible() for band in bands)


def test_sides_are_for_the_overlay_alone(display: ReviewDisplay, window: StrictIface):
    root = QgsProject.instance().layerTreeRoot()

    def shown() -> set[str]:
        layers = [node for node in root.findLayers() if node.layer().customProperty("planning/sign")]
        return {node.layer().customProperty("planning/sign") for node in layers if node.itemVisibilityChecked()}

    display.show_sides(True, False)
    assert shown() == {"before", "removed"}
    display.set_mode(Mode.BLINK)
    assert shown() == {"after", "added"}
    display.show_sides(True, True)
    assert shown() == {"after", "added"}
    display.set_mode(Mode.OVERLAY)
    assert shown() == {"before", "removed", "after", "added"}


def test_a_project_that_is_closed_meanwhile_is_no_trouble(display: ReviewDisplay, window: StrictIface):
    display.set_mode(Mode.SWIPE)
    QgsProject.instance().clear()
    display.close()
    flush()
    assert not [each for each in window.canvas.scene().items() if isinstance(each, BeforeImage)]
    assert window.canvas.findChild(SwipeHandle) is None
