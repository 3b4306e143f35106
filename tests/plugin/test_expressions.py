"""The plugin's functions in QGIS's expressions."""

from __future__ import annotations

from qgis.core import NULL, QgsExpression

from commune_planning_plugin.adapters.expressions import Expressions


def value(expression: str) -> object:
    asked = QgsExpression(expression)
    found = asked.evaluate()
    assert not asked.hasEvalError(), asked.evalErrorString()
    return found


def test_texts_of_old_drawings_are_read_and_nothing_stays_behind(qgis_app):
    known = Expressions()
    assert value("unicode_from_tcvn3('X· §¹i L·nh')") == "Xã Đại Lãnh"
    assert value("unicode_from_tcvn3_capitals('®Êt')") == "ĐẤT"
    assert value("unicode_from_vni('Ñaát ôû')") == "Đất ở"
    assert value("unicode_from_vni(12)") == 12
    assert value("unicode_from_vni(NULL)") in (None, NULL)
    known.forget()
    assert not QgsExpression.isFunctionName("unicode_from_vni")
