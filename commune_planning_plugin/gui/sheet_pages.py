"""Blocks of text and pictures on numbered A4 pages of a PDF, one block in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Union

from qgis.PyQt.QtCore import QMarginsF, QRectF, QSizeF, Qt
from qgis.PyQt.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

DPI = 300
MARGIN_MM, FOOT_MM = 15.0, 9.0
WIDTH_MM = 210 - 2 * MARGIN_MM
FONTS = "font-family:'Times New Roman','Liberation Serif',serif; font-size:10pt"
_GAP_MM = 2.5
_FULL = 0.55
"""Of a page: what doesn't fit below that much is begun on the next one."""

Draw = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True)
class Text:
    """Rich text."""

    html: str


@dataclass(frozen=True)
class Picture:
    """As wide as the page. ``draw`` is given the painter and the place in its pixels."""

    height_mm: float
    draw: Draw


@dataclass(frozen=True)
class Block:
    """Parts that stay on one page where one page holds them."""

    parts: tuple[Union[Text, Picture], ...]


def write_pages(path: Path, blocks: Callable[[], Iterable[Block]], foot: str, page_words: str, told: Callable[[], None]) -> int:
    """Write the PDF, whole or not at all; how many pages it has. ``blocks`` is asked twice: to count the pages, and to draw them.

    ``page_words`` names a page by ``{number}`` and ``{count}``; ``told`` hears of each block, and may stop it by an exception.
    Raises ``OSError`` where it can't be written.
    """
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(b"")
    try:
        writer = _writer(beside)
        count = _Flow(writer).run(blocks(), told)
        painter = QPainter()
        if not painter.begin(writer):
            raise OSError(str(path))
        try:
            _Flow(writer, painter, lambda number: _foot(painter, writer, foot, page_words.format(number=number, count=count))).run(
                blocks(), told
            )
        finally:
            painter.end()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return count


def _writer(path: Path) -> QPdfWriter:
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Portrait)
    writer.setPageMargins(QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM), QPageLayout.Unit.Millimeter)
    writer.setResolution(DPI)
    return writer


class _Flow:
    """One pass over the blocks; without a painter it only counts."""

    def __init__(
        self, writer: QPdfWriter, painter: Optional[QPainter] = None, finish_page: Callable[[int], None] = lambda _number: None
    ) -> None:
        self._writer, self._painter, self._finish_page = writer, painter, finish_page
        self._width = float(writer.width())
        self._height = writer.height() - pixels(FOOT_MM)
        self._y, self._page = 0.0, 1

    def run(self, blocks: Iterable[Block], told: Callable[[], None]) -> int:
        for block in blocks:
            self._place(block)
            told()
        self._finish_page(self._page)
        return self._page

    def _place(self, block: Block) -> None:
        parts = [self._prepared(part) for part in block.parts]
        total = sum(height for height, _ in parts)
        if self._y and self._y + total > self._height and (total <= self._height or self._y > _FULL * self._height):
            self._new_page()
        for height, part in parts:
            if self._y and self._y + height > self._height:
                self._new_page()
            if height > self._height and isinstance(part, QTextDocument):
                self._place_long(part)
            else:
                self._draw(part, QRectF(0.0, self._y, self._width, height))
                self._y += height
        self._y += pixels(_GAP_MM) if self._y else 0.0

    def _prepared(self, part: Union[Text, Picture]) -> tuple[float, Union[QTextDocument, Picture]]:
        if isinstance(part, Picture):
            return pixels(part.height_mm), part
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.documentLayout().setPaintDevice(self._writer)
        document.setHtml(f'<html><body style="{FONTS}">{part.html}</body></html>')
        document.setTextWidth(self._width)
        return document.size().height(), document

    def _place_long(self, document: QTextDocument) -> None:
        """What no page holds is cut between its lines."""
        document.setPageSize(QSizeF(self._width, self._height))
        for page in range(document.pageCount()):
            if page:
                self._new_page()
            self._draw(document, QRectF(0.0, 0.0, self._width, self._height), page * self._height)
        self._y = self._height

    def _draw(self, part: Union[QTextDocument, Picture], at: QRectF, from_y: float = 0.0) -> None:
        if self._painter is None:
            return
        self._painter.save()
        if isinstance(part, Picture):
            part.draw(self._painter, at)
        else:
            self._painter.translate(at.left(), at.top() - from_y)
            context = QAbstractTextDocumentLayout.PaintContext()
            context.clip = QRectF(0.0, from_y, at.width(), at.height())
            context.palette.setColor(context.palette.ColorRole.Text, QColor("black"))
            self._painter.setClipRect(context.clip)
            part.documentLayout().draw(self._painter, context)
        self._painter.restore()

    def _new_page(self) -> None:
        self._finish_page(self._page)
        if self._painter is not None:
            self._writer.newPage()
        self._page, self._y = self._page + 1, 0.0


def _foot(painter: QPainter, writer: QPdfWriter, left: str, right: str) -> None:
    box = QRectF(0.0, writer.height() - pixels(FOOT_MM - 3), float(writer.width()), pixels(FOOT_MM - 3))
    painter.save()
    painter.setPen(QColor("#606060"))
    painter.drawLine(box.topLeft(), box.topRight())
    font = QFont("Times New Roman")
    font.setPointSizeF(7.0)
    painter.setFont(font)
    box.adjust(0.0, pixels(0.8), 0.0, 0.0)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), left)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignRight), right)
    painter.restore()


def pixels(millimetres: float) -> float:
    return millimetres * DPI / 25.4
