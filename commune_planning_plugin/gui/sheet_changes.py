"""Of a change sheet: the overview, and each change with its maps, values and verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Optional

from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QFont, QPainter

from commune_planning_plugin.adapters.sheet_map import Frame, SheetMap, framed
from commune_planning_plugin.adapters.signs import LOOKS, Sign, sign_title
from commune_planning_plugin.core.balance import FUNCTION_FIELDS
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.balance_rows import function_colours, function_title
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.differences import of_one_side, review_lines
from commune_planning_plugin.gui.discussion_words import verdict_text
from commune_planning_plugin.gui.findings_text import finding_text
from commune_planning_plugin.gui.labels import kind_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.sheet_html import paragraph, swatch, table, words
from commune_planning_plugin.gui.sheet_pages import WIDTH_MM, Block, Picture, Text, pixels
from commune_planning_plugin.session.change_sheet import SheetData
from commune_planning_plugin.sync.detail_documents import ReviewItem

MOST_PICTURES = 60
"""Changes that have maps of their own: each is two drawings, and a sheet of hundreds is read by its tables."""
OVERVIEW_MM, PAIR_MM = 82.0, 66.0
_CAPTION_MM, _BETWEEN_MM = 5.0, 3.0
_LEGEND = (Sign.BEFORE, Sign.AFTER, Sign.ADDED, Sign.REMOVED, Sign.CONFLICT)


@dataclass
class ChangeBlocks:
    """Blocks of one sheet; its map is made when the first picture is drawn."""

    data: SheetData
    _map: Optional[SheetMap] = field(default=None, init=False)

    def overview(self) -> Iterator[Block]:
        items = self.data.detail.review
        frame = framed(items, WIDTH_MM, OVERVIEW_MM - _CAPTION_MM)
        if frame is None:
            return
        shown = items if len(items) <= MOST_PICTURES else ()
        caption = translate("Sheet", "After the changes, scale 1:{scale}").format(scale=quantities.number(frame.scale))

        def draw(painter: QPainter, at: QRectF) -> None:
            self._draw(painter, _captioned(painter, at, caption), frame, True, items, range(1, len(shown) + 1))

        yield Block((Picture(OVERVIEW_MM, draw), self._legend()))

    def changes(self) -> Iterator[Block]:
        for number, item in enumerate(self.data.detail.review, 1):
            yield self._change(number, item)

    def limit_text(self) -> str:
        """Which changes have no maps; empty where all have."""
        count = len(self.data.detail.review)
        if count <= MOST_PICTURES:
            return ""
        text = translate("Sheet", "Only the first {pictures} of {count} changes have maps of their own; the tables tell of all.")
        return text.format(pictures=MOST_PICTURES, count=quantities.number(count))

    def _change(self, number: int, item: ReviewItem) -> Block:
        describer = Describer(self.data.catalogue)
        title = describer.feature(item.layer, item.after or item.before, item.key)
        head = f"<b>{number}. {words(title)}</b> – {words(describer.layer(item.layer))} – {words(kind_label(item.kind))}"
        told = "<br>".join([head, *map(words, self._said(item, describer))])
        pictures = [self._pair(item)] if number <= MOST_PICTURES else []
        return Block((paragraph(told), *(each for each in pictures if each is not None), self._values(item, describer)))

    def _said(self, item: ReviewItem, describer: Describer) -> list[str]:
        """Conflict, findings and verdict of one change."""
        detail = self.data.detail
        said = [translate("Sheet", "Conflict: somebody else changed it too.")] if item.conflict is not None else []
        findings = (each for each in detail.findings if (each.layer, each.key) == (item.layer, item.key))
        said += [finding_text(each, describer) for each in findings]
        verdict = self.data.discussion.verdict(detail.summary.version, (item.layer, item.key))
        return [*said, verdict_text(verdict)] if verdict is not None else said

    def _values(self, item: ReviewItem, describer: Describer) -> Text:
        """Before and after; of what was added or removed, the one side that there is."""
        sides = [translate("Review", "Before"), translate("Review", "After")]
        sides, lines = of_one_side(item, sides, review_lines(describer, item, item.before is None or item.after is None))
        heads = (translate("Sheet", "Attribute"), *sides)
        cells = ([words(line.title), *map(words, line.values)] for line in lines if any(value != "–" for value in line.values))
        return table(heads, cells, (34, *[66 // len(sides)] * len(sides)))

    def _pair(self, item: ReviewItem) -> Optional[Picture]:
        width = (WIDTH_MM - _BETWEEN_MM) / 2
        frame = framed([item], width, PAIR_MM - _CAPTION_MM)
        if frame is None:
            return None
        scale = quantities.number(frame.scale)
        captions = (translate("Sheet", "Before, 1:{scale}"), translate("Sheet", "After, 1:{scale}"))

        def draw(painter: QPainter, at: QRectF) -> None:
            for number, caption in enumerate(captions):
                left = at.left() + number * pixels(width + _BETWEEN_MM)
                place = _captioned(painter, QRectF(left, at.top(), pixels(width), at.height()), caption.format(scale=scale))
                self._draw(painter, place, frame, bool(number), [item])

        return Picture(PAIR_MM + 2, draw)

    def _draw(
        self, painter: QPainter, at: QRectF, frame: Frame, after: bool, items: Sequence[ReviewItem], numbers: Sequence[int] = ()
    ) -> None:
        if self._map is None:
            self._map = SheetMap(self.data.detail, self.data.catalogue)
        self._map.draw(painter, frame, at, after, items, numbers)

    def _legend(self) -> Text:
        """The outlines, then the official colours of what is there."""
        signs = (f'<span style="color:{LOOKS[sign].colour}">▬</span>&nbsp;{words(sign_title(sign))}' for sign in _LEGEND)
        colours, describer = function_colours(self.data.catalogue), Describer(self.data.catalogue)
        rows = [row for item in self.data.detail.review for row in (item.before, item.after) if row is not None]
        rows += [near.row for near in self.data.detail.context]
        codes = sorted({str(row[FUNCTION_FIELDS[0]]) for row in rows if row.get(FUNCTION_FIELDS[0])} & set(colours))
        functions = (f"{swatch(colours[code])}{words(function_title(code, describer))}" for code in codes)
        lines = (" &nbsp; ".join(signs), " &nbsp; ".join(functions))
        return paragraph(f'<span style="font-size:8pt">{"<br>".join(filter(None, lines))}</span>')


def _captioned(painter: QPainter, at: QRectF, caption: str) -> QRectF:
    """The place that is left below the caption."""
    font = QFont("Times New Roman")
    font.setPointSizeF(8.0)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.black)
    painter.drawText(at, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), caption)
    return at.adjusted(0.0, pixels(_CAPTION_MM), 0.0, -pixels(1.0))
