"""The change sheet: what stands on its pages, in both languages, with hundreds of changes; and where it can't be written."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsRectangle
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QTextDocument
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton

from commune_planning_plugin.adapters.sheet_map import Frame, SheetMap, framed, round_scale
from commune_planning_plugin.core.discussion import Discussion
from commune_planning_plugin.core.errors import Cancelled
from commune_planning_plugin.core.schema import Code
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.gui.change_sheet import foot_text, print_sheet, sheet_blocks
from commune_planning_plugin.gui.language import install_translation, remove_translation
from commune_planning_plugin.gui.proposal_dock import ProposalDock
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.gui.sheet_changes import MOST_PICTURES, ChangeBlocks
from commune_planning_plugin.gui.sheet_html import paragraph
from commune_planning_plugin.gui.sheet_pages import Block, Picture, Text, write_pages
from commune_planning_plugin.session.change_sheet import SheetData
from commune_planning_plugin.sync.detail_documents import ContextRow, ReviewItem
from commune_planning_plugin.sync.feedback import SILENT, Progress
from tests.plugin import sample, talks
from tests.plugin.fake_session import working

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=timezone.utc)
NASTY = "<img src='file:///etc/passwd'> & <b>đậm</b>"


def data(**values: Any) -> SheetData:
    told = talks.told("p-1", sample.REVIEWER)
    usual = {
        "detail": sample.detail("p-1", findings=(sample.finding(),)),
        "catalogue": sample.CATALOGUE,
        "discussion": told.folded,
        "organisations": {each.id: each.name for each in told.organisations},
        "printed_by": "Võ Quốc Hưng",
    }
    return SheetData(**{**usual, **values})


def many(count: int) -> SheetData:
    items = tuple(
        ReviewItem(sample.LOTS.id, sample.key(n), "update", sample.lot(n), sample.lot(n, 62.5, tangCaoToiDa=3), None)
        for n in range(1, count + 1)
    )
    return data(detail=sample.detail("p-1", review=items))


def words_of(sheet: SheetData) -> str:
    """All text on the pages."""
    found = []
    for block in sheet_blocks(sheet, ChangeBlocks(sheet), iter, NOW):
        for part in block.parts:
            if isinstance(part, Text):
                document = QTextDocument()
                document.setHtml(part.html)
                found.append(document.toPlainText())
    return "\n".join(found)


def pages_of(path: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


# --- what stands on it ------------------------------------------------------------------------------------------------------


def test_everything_about_the_proposal_is_on_it():
    told = words_of(data())
    for expected in (
        "Điều chỉnh ranh giới lô ODT-002",
        "In review",
        "Trần Văn Bình signed it off",
        "Lô trường mầm non MN-01",
        "Public green space (CX)",
        "Lùi ranh phía Đông về mốc M-12, giữ nguyên lộ giới",
        "Ranh phía Đông lấn sang đường số 5",
        "Suggested: Storeys, at most = 3",
        "Công an tỉnh Khánh Hòa",
        "Taken up: Đã bổ sung lối vào 4 m",
        "The land-fund balance could not be had",
        "So do vi tri.pdf",
        "Sample data, no official boundary",
    ):
        assert expected in told, expected
    assert told.index("Changes (4)") < told.index("Findings of the planning rules") < told.index("Remarks and answers")


def test_it_is_vietnamese_in_a_vietnamese_interface():
    translator = install_translation("vi")
    told = words_of(data())
    remove_translation(translator)
    for expected in ("PHIẾU THAY ĐỔI", "Các thay đổi (4)", "Trao đổi, trả lời", "Dữ liệu mẫu", "Gợi ý: Tầng cao tối đa = 3"):
        assert expected in told, expected


def test_what_earlier_versions_were_returned_with_is_told():
    second = replace(sample.detail("p-1").summary, version=2)
    told = words_of(data(detail=sample.detail("p-1", summary=second)))
    assert "ODT-002, version 1: ↺ redo (Phạm Thu Thủy" in told
    assert "earlier versions" not in words_of(data())


def test_words_of_people_are_no_markup():
    head = replace(sample.detail("p-1").summary, title=NASTY)
    assert NASTY in words_of(data(detail=sample.detail("p-1", summary=head)))


def test_each_page_names_the_result_that_is_decided_on():
    assert foot_text(data()).endswith("f" * 64)
    sent = data(detail=sample.detail("p-1", result_hash=None))
    assert foot_text(sent).endswith(sent.detail.summary.hash), "without a result, what was sent"


def test_without_a_connection_it_says_since_when_it_is_known():
    assert "without a connection: as it was known here 20/11/2026" in words_of(
        data(at=datetime(2026, 11, 20, 9, 0, tzinfo=timezone.utc))
    )


def test_what_could_not_be_had_is_said_to_be_missing():
    approved = sample.detail("p-1", summary=replace(sample.detail("p-1").summary, state=State.APPROVED))
    told = words_of(data(detail=approved, talk_known=False, discussion=Discussion()))
    for expected in ("What was said about it isn't known here", "decision's record could not be had", "balance could not be had"):
        assert expected in told


# --- pages ------------------------------------------------------------------------------------------------------------------


def test_five_hundred_changes_have_their_tables_and_the_first_ones_maps(tmp_path: Path, qgis_app: Any):
    told: list[Progress] = []

    class Watching:
        def progress(self, progress: Progress) -> None:
            told.append(progress)

        def cancelled(self) -> bool:
            return False

    sheet, path = many(500), tmp_path / "sheet.pdf"
    pages = print_sheet(sheet, path, Watching())
    assert pages == pages_of(path) > 60
    assert path.stat().st_size < 8_000_000
    assert told[-1].done_features == 500
    blocks = list(sheet_blocks(sheet, ChangeBlocks(sheet), iter, NOW))
    assert sum(isinstance(part, Picture) for block in blocks for part in block.parts) == MOST_PICTURES + 1
    assert f"Only the first {MOST_PICTURES} of 500 changes have maps" in words_of(sheet)


def test_what_no_page_holds_is_cut_between_its_lines(tmp_path: Path, qgis_app: Any):
    long = Block((paragraph("<br>".join(f"Dòng {n}" for n in range(400))),))
    short = Block((paragraph("Ngắn"),))
    path = tmp_path / "a.pdf"
    assert write_pages(path, lambda: [short, long, short], "foot", "{number}/{count}", lambda: None) == pages_of(path) > 5


def test_parts_of_a_block_stay_together(tmp_path: Path, qgis_app: Any):
    """Six blocks of two fifths of a page: two on each."""
    places: list[float] = []
    block = Block((Picture(100.0, lambda _painter, at: places.append(at.top())),))
    assert write_pages(tmp_path / "a.pdf", lambda: [block] * 6, "", "{number}", lambda: None) == 3
    assert len(set(places)) == 2


def test_stopped_or_refused_it_leaves_the_former_file(tmp_path: Path, qgis_app: Any):
    class Stopped:
        left = 3

        def progress(self, _progress: Progress) -> None: ...

        def cancelled(self) -> bool:
            self.left -= 1
            return self.left < 0

    path = tmp_path / "sheet.pdf"
    path.write_bytes(b"former")
    with pytest.raises(Cancelled):
        print_sheet(data(), path, Stopped())
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("sheet.pdf", b"former")]
    with pytest.raises(OSError, match="nowhere"):
        print_sheet(data(), tmp_path / "nowhere" / "sheet.pdf", SILENT)


# --- maps -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("needed", "scale"), [(1, 200), (201, 250), (400, 500), (500, 500), (501, 1000), (2600, 5000), (9999, 10000)]
)
def test_scales_are_round(needed: float, scale: int):
    assert round_scale(needed) == scale


def test_the_frame_holds_both_sides_at_its_scale():
    items = sample.review_items()[:2]
    frame = framed(items, 88.0, 60.0)
    assert frame is not None
    assert frame.extent.width() == pytest.approx(0.088 * frame.scale)
    assert frame.extent.contains(QgsRectangle(600_100, 1_400_000, 600_300, 1_400_100))
    assert framed([], 88.0, 60.0) is None


def test_land_is_drawn_in_its_official_colours_on_both_sides(qgis_app: Any):
    """The plan's colours of what it was and of what it becomes."""
    codes = (Code("ODT", "Đất ở", colour="#ff0000"), Code("CX", "Cây xanh", colour="#00ff00"))
    lists = {"land_function": codes}
    item = sample.review_items()[1]
    near = ContextRow(sample.LOTS.id, sample.key(9), {**sample.lot(9), "chucNangSuDungDatMuc2": "CX"})
    detail = sample.detail("p-1", review=(item,), context=(near,))
    ground = SheetMap(detail, replace(sample.CATALOGUE, code_lists=lists))
    colours = []
    for after in (False, True):
        image = QImage(200, 200, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        frame = Frame(QgsRectangle(600_200, 1_400_000, 600_300, 1_400_100), 1000)
        ground.draw(painter, frame, QRectF(0, 0, 200, 200), after, [item])
        painter.end()
        colours.append(QColor(image.pixel(60, 150)).name())
    assert colours == ["#ff0000", "#00ff00"]


# --- where it is asked for --------------------------------------------------------------------------------------------------


def test_the_reviewer_and_the_technician_ask_for_it(keep_dock, tmp_path: Path):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = keep_dock(ReviewDock(session), 340)
    session.open_review("p-1")
    own = working(proposals=sample.mine())
    theirs = keep_dock(ProposalDock(own), 330)
    for shown, asked, proposal in ((dock, session, "p-1"), (theirs, own, "p-2")):
        found = shown.findChild(QPushButton, "change_sheet_button")
        found.click()
        dialog = shown.window().findChild(QFileDialog)
        dialog.fileSelected.emit(str(tmp_path / "sheet.pdf"))
        dialog.close()
        assert asked.called("sheet") == [(proposal, tmp_path / "sheet.pdf")]
