"""Functions for QGIS's expressions: texts of old drawings read as Unicode, in the field calculator or anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionFunction, QgsExpressionNodeFunction
from qgis.PyQt.QtCore import QCoreApplication

from commune_planning_plugin.core.legacy_text import from_tcvn3, from_vni

GROUP = "Quy hoạch xã"
_CONVERTED: dict[str, Callable[[str], str]] = {
    "unicode_from_tcvn3": from_tcvn3,
    "unicode_from_tcvn3_capitals": lambda text: from_tcvn3(text, capitals=True),
    "unicode_from_vni": from_vni,
}


class _Converted(QgsExpressionFunction):
    """Of one text; of anything else what it is."""

    def __init__(self, name: str, convert: Callable[[str], str], told: str) -> None:
        super().__init__(name, 1, GROUP, told)
        self._convert = convert

    def func(self, values: list[Any], _context: QgsExpressionContext, _parent: Any, _node: QgsExpressionNodeFunction) -> Any:
        (value,) = values
        return self._convert(value) if isinstance(value, str) else value


class Expressions:
    """Known to QGIS until `forget`."""

    def __init__(self) -> None:
        told = QCoreApplication.translate(
            "Expressions", "Text of an old drawing as Unicode: choose by the font it was written for (.Vn…, VNI-…)."
        )
        self._made = [_Converted(name, convert, told) for name, convert in _CONVERTED.items()]
        for made in self._made:
            QgsExpression.registerFunction(made)

    def forget(self) -> None:
        for made in self._made:
            QgsExpression.unregisterFunction(made.name())
        self._made.clear()
