"""What the planning rules found, as sentences. Rule ids are those of the rule pack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commune_planning_plugin.core.norms import NormResult
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.balance_rows import norm_text
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.labels import plain, severity_label
from commune_planning_plugin.gui.language import translate


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
        "bal.closes_boundary": _closing_text(details),
        "bal.before_after_equal_total": _total_text(details),
        "bal.norm": translate("Rules", "a norm of the land-fund balance isn't met: {norm}."),
    }
    sentence = sentences.get(plain(finding.rule), translate("Rules", "rule {rule} isn't met."))
    norm = _norm_of(details)
    return sentence.format(names=names, area=area, norm=norm, rule=plain(finding.rule))


def _closing_text(details: Mapping[str, Any]) -> str:
    if _number(details, "remainder_m2") < 0:
        return translate("Rules", "the plan's plots cover {area} more than the ground within its boundary.")
    return translate("Rules", "the plan's plots leave {area} of the ground within its boundary uncovered.")


def _total_text(details: Mapping[str, Any]) -> str:
    if _number(details, "difference_m2") < 0:
        return translate("Rules", "the plan's plots cover {area} less than before.")
    return translate("Rules", "the plan's plots cover {area} more than before.")


def _number(details: Mapping[str, Any], name: str) -> float:
    value = details.get(name)
    return float(value) if isinstance(value, (int, float)) else 0.0


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
    return quantities.area(abs(float(value))) if isinstance(value, (int, float)) else "–"


def _norm_of(details: Mapping[str, Any]) -> str:
    try:
        return norm_text(NormResult.from_json(details))
    except (KeyError, TypeError, ValueError):
        return "–"
