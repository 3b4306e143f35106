"""How a change looks on the map: a colour and a pattern each, so that colour is never alone (colour-blind safe, print in grey)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QColor


class Sign(str, Enum):
    """What a drawn shape means."""

    ADDED = "added"
    REMOVED = "removed"
    BEFORE = "before"
    AFTER = "after"
    CONFLICT = "conflict"
    PROVINCE = "province"
    DRAWN = "drawn"
    REMARK = "remark"
    SUGGESTED = "suggested"


@dataclass(frozen=True)
class Look:
    """Outline and filling. ``width`` is in pixels."""

    colour: str
    line: Qt.PenStyle
    fill: Qt.BrushStyle
    opacity: float
    width: int

    def stroke(self) -> QColor:
        return QColor(self.colour)

    def filling(self) -> QColor:
        colour = QColor(self.colour)
        colour.setAlphaF(self.opacity)
        return colour


LOOKS = {
    Sign.ADDED: Look("#0072b2", Qt.PenStyle.SolidLine, Qt.BrushStyle.SolidPattern, 0.25, 3),
    Sign.REMOVED: Look("#d55e00", Qt.PenStyle.SolidLine, Qt.BrushStyle.BDiagPattern, 0.9, 2),
    Sign.BEFORE: Look("#6e6e6e", Qt.PenStyle.DashLine, Qt.BrushStyle.NoBrush, 0.0, 2),
    Sign.AFTER: Look("#e69f00", Qt.PenStyle.SolidLine, Qt.BrushStyle.SolidPattern, 0.15, 3),
    Sign.CONFLICT: Look("#cc3d9b", Qt.PenStyle.DashDotLine, Qt.BrushStyle.DiagCrossPattern, 0.8, 3),
    Sign.PROVINCE: Look("#882255", Qt.PenStyle.DashDotLine, Qt.BrushStyle.NoBrush, 0.0, 3),
    Sign.DRAWN: Look("#007a5a", Qt.PenStyle.DotLine, Qt.BrushStyle.NoBrush, 0.0, 4),
    Sign.REMARK: Look("#332288", Qt.PenStyle.DotLine, Qt.BrushStyle.Dense6Pattern, 0.8, 3),
    Sign.SUGGESTED: Look("#8a6fd1", Qt.PenStyle.DashDotDotLine, Qt.BrushStyle.HorPattern, 0.8, 3),
}


def sign_title(sign: Sign) -> str:
    """The sign's words in a legend."""
    return {
        Sign.ADDED: QCoreApplication.translate("Signs", "+ Added"),
        Sign.REMOVED: QCoreApplication.translate("Signs", "− Removed"),
        Sign.BEFORE: QCoreApplication.translate("Signs", "Before the change"),
        Sign.AFTER: QCoreApplication.translate("Signs", "After the change"),
        Sign.CONFLICT: QCoreApplication.translate("Signs", "⚠ Someone else changed it too"),
        Sign.PROVINCE: QCoreApplication.translate("Signs", "The province's, in a conflict"),
        Sign.DRAWN: QCoreApplication.translate("Signs", "Drawn anew, in a conflict"),
        Sign.REMARK: QCoreApplication.translate("Signs", "What a remark is about"),
        Sign.SUGGESTED: QCoreApplication.translate("Signs", "Suggested"),
    }[sign]
