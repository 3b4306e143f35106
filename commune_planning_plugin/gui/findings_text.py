"""What the planning rules found, as sentences. Rule ids are those of the rule pack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.labels import plain, severity_label
from commune_planning_plugin.gui.language import interface_language, translate


def finding_text(finding: Any, describer: Describer) -> str:
    """Severity, what is wrong and with which measure. An unknown rule is named by its id."""
    return f"{severity_label(finding.severity)}: {_sentence(finding, describer)}"


def _sentence(finding: Any, describer: Describer) -> str:
    details: Mapping[str, Any] = finding.details or {}
    names = _field_names(finding, describer)
    area = _area_of(details)
    sentences = {
        "geom.valid": translate("Rules", "the shape crosses or touches itself."),
        "t16.required6": translate("Rules", "required attributes are empty: {names}."),
        "attr.required": translate("Rules", "required attributes are empty: {names}."),
        "attr.function_code_in_list": translate("Rules", "the land function isn't in the official list: {names}."),
        "attr.code_in_list": translate("Rules", "a code isn't in the official list: {names}."),
        "tile.overlap": translate("Rules", "overlaps a neighbouring lot by {area}."),
        "tile.gap": translate("Rules", "leaves a gap of {area} to its neighbours."),
        "bal.closes_boundary": translate("Rules", "the plots don't cover the plan's ground: {area} remain."),
        "bal.before_after_equal_total": translate("Rules", "the plan's plots cover {area} more or less than before."),
        "bal.norm": translate("Rules", "a norm of the land-fund balance isn't met: {norm}."),
    }
    sentence = sentences.get(plain(finding.rule), translate("Rules", "rule {rule} isn't met."))
    norm = _titled(details)
    return sentence.format(names=names, area=area, norm=norm, rule=plain(finding.rule))


def _field_names(finding: Any, describer: Describer) -> str:
    details = finding.details or {}
    raw = details.get("fields") or details.get("field") or details.get("attributes") or ()
    names = [raw] if isinstance(raw, str) else list(raw)
    titles = [describer.field(plain(finding.layer), str(name)) for name in names]
    value = details.get("value")
    return ", ".join(titles) + (f" “{value}”" if value not in (None, "") else "")


def _area_of(details: Mapping[str, Any]) -> str:
    named = (details.get(name) for name in ("area_m2", "area", "remainder_m2", "difference_m2"))
    value = next((each for each in named if each is not None), None)
    return quantities.area(float(value)) if isinstance(value, (int, float)) else "–"


def _titled(details: Mapping[str, Any]) -> str:
    vi, en = str(details.get("title_vi", "")), str(details.get("title_en", ""))
    return (vi if interface_language() == "vi" else en) or vi or str(details.get("id", "–"))
