"""Attribute forms and tables: words instead of column names, lists instead of codes, nothing that a person shouldn't touch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Optional

from qgis.core import (
    Qgis,
    QgsAttributeEditorContainer,
    QgsAttributeEditorField,
    QgsAttributeTableConfig,
    QgsDefaultValue,
    QgsEditFormConfig,
    QgsEditorWidgetSetup,
    QgsExpression,
    QgsExpressionContextUtils,
    QgsFieldConstraints,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from commune_planning_plugin.adapters.language import titled
from commune_planning_plugin.core.schema import Catalogue, Code, Derived, Field, FieldType, Layer, Plan

HIDDEN = frozenset({"fid", "key", "birth", "visibility", "predecessors", "valid_from", "valid_to"})
"""What the plugin and the hub keep; nobody types it."""

NO_CHOICE = "{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}"
"""QGIS's own sign for NULL in a value map."""

PLAN_VARIABLE = "planning_plan"
"""Of each layer: the plan that is being worked on."""

SHORT_CODE = 4
"""Codes up to this length (ODT, DGT …) are words of the trade and shown with their title."""

_DERIVED = {
    Derived.AREA: "round(area($geometry), 2)",
    Derived.LENGTH: "round(length($geometry), 2)",
    Derived.X: "round(x(point_on_surface($geometry)), 4)",
    Derived.Y: "round(y(point_on_surface($geometry)), 4)",
}


@dataclass(frozen=True)
class FormContext:
    """What the forms offer. ``plan`` is the key of the plan that new features belong to unless the user says otherwise;
    ``plan_values`` are legal fields that follow from a feature's plan, by plan key."""

    catalogue: Catalogue
    commune: str
    plan: Optional[str] = None
    plan_values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans that lie in the commune, by name."""
        mine = [plan for plan in self.catalogue.plans if not plan.communes or self.commune in plan.communes]
        return tuple(sorted(mine, key=lambda plan: plan.name))


def set_form(layer: QgsVectorLayer, definition: Layer, context: FormContext) -> None:
    """Give ``layer`` the form, table columns, defaults and soft constraints of ``definition``."""
    for item in definition.fields:
        index = layer.fields().lookupField(item.name)
        if index >= 0:
            _set_field(layer, index, item, definition, context)
    set_plan(layer, context.plan)
    _hide(layer)
    _arrange(layer, definition)
    layer.setDisplayExpression('coalesce("tenDoiTuong", "maDoiTuong", "key")')


def set_plan(layer: QgsVectorLayer, plan: Optional[str]) -> None:
    """The plan that new features of ``layer`` belong to; codes that follow from the plan follow it."""
    QgsExpressionContextUtils.setLayerVariable(layer, PLAN_VARIABLE, plan)


def _set_field(layer: QgsVectorLayer, index: int, item: Field, definition: Layer, context: FormContext) -> None:
    layer.setFieldAlias(index, titled(item.title_vi, item.title_en) or item.name)
    choices = _choices(item, context)
    if choices is not None:
        layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("ValueMap", {"map": choices}))
    elif item.type is FieldType.TEXT and item.name == "ghiChu":
        layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("TextEdit", {"IsMultiline": True}))
    if item.required and not item.derived:
        _require(layer, index)
    default = _default(item, definition, context)
    if default:
        layer.setDefaultValueDefinition(index, QgsDefaultValue(default, item.derived is not None))


def _choices(item: Field, context: FormContext) -> Optional[list[dict[str, str]]]:
    if item.name == "plan":
        return [{f"{plan.name} ({plan.code})": plan.key} for plan in context.plans]
    codes = context.catalogue.code_lists.get(item.code_list) if item.code_list else None
    if codes is None:
        return None
    none = [] if item.required else [{QCoreApplication.translate("Forms", "(not chosen)"): NO_CHOICE}]
    return none + [{code_title(code): code.code} for code in codes]


def code_title(code: Code) -> str:
    """A code as a person reads it."""
    title = titled(code.title_vi, code.title_en) or code.code
    return f"{code.code} – {title}" if len(code.code) <= SHORT_CODE and code.code != title else title


def _require(layer: QgsVectorLayer, index: int) -> None:
    """Soft: the form says so, and QGIS still saves; the rules say it again before a proposal is sent."""
    layer.setFieldConstraint(
        index, QgsFieldConstraints.Constraint.ConstraintNotNull, QgsFieldConstraints.ConstraintStrength.ConstraintStrengthSoft
    )


def _default(item: Field, definition: Layer, context: FormContext) -> str:
    if item.derived is not None:
        return _DERIVED[item.derived]
    if item.name == "plan":
        return _plan_default(definition)
    if item.name == "maDoiTuong":
        return _provisional_code(definition, context)
    if item.name == "phanLoai":
        return QgsExpression.quotedString(definition.title_vi)
    if item.default is not None:
        return QgsExpression.quotedValue(item.default)
    known = {plan: values[item.name] for plan, values in context.plan_values.items() if values.get(item.name)}
    return _by_plan(known, definition) if known else ""


def _plan_default(definition: Layer) -> str:
    """A new piece of a tiling belongs to the plan of the piece that it touches (of all it meets the one with least in common:
    a wider plan's piece lies beneath it); all else to the plan that is being worked on."""
    worked_on = f"@{PLAN_VARIABLE}"
    if not definition.tiling:
        return worked_on
    beside = "array_first(overlay_intersects(@layer, \"plan\", sort_by_intersection_size:='asc'))"
    return f"coalesce({beside}, {worked_on})"


def _by_plan(values: Mapping[str, str], definition: Layer) -> str:
    pairs = ", ".join(
        f"{QgsExpression.quotedString(plan)}, {QgsExpression.quotedString(value)}" for plan, value in sorted(values.items())
    )
    return f'map_get(map({pairs}), coalesce("plan", {_plan_default(definition)}))'


def _provisional_code(definition: Layer, context: FormContext) -> str:
    """The hub gives out the final number at approval; until then one that can't clash."""
    codes = {plan: values["maHoSoQH"] for plan, values in context.plan_values.items() if values.get("maHoSoQH")}
    prefix = f"coalesce({_by_plan(codes, definition)}, '')" if codes else "''"
    return f"{prefix} || '-{definition.name}-T' || upper(substr(uuid('WithoutBraces'), 1, 6))"


def _hide(layer: QgsVectorLayer) -> None:
    for name in HIDDEN:
        index = layer.fields().lookupField(name)
        if index >= 0:
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("Hidden", {}))
    table = QgsAttributeTableConfig()
    table.update(layer.fields())
    columns = table.columns()
    for column in columns:
        column.hidden = column.name in HIDDEN or column.type == QgsAttributeTableConfig.Type.Action
    table.setColumns(columns)
    layer.setAttributeTableConfig(table)


def _arrange(layer: QgsVectorLayer, definition: Layer) -> None:
    config = layer.editFormConfig()
    config.setLayout(QgsEditFormConfig.EditorLayout.TabLayout)
    config.clearTabs()
    page = QgsAttributeEditorContainer(titled(definition.title_vi, definition.title_en), config.invisibleRootContainer())
    page.setType(Qgis.AttributeEditorContainerType.Tab)
    for title, fields in _sections(definition):
        _add_section(layer, page, title, fields)
    config.addTab(page)
    for item in definition.legal_fields:
        if item.derived is not None:
            config.setReadOnly(layer.fields().lookupField(item.name), True)
    layer.setEditFormConfig(config)


def _sections(definition: Layer) -> list[tuple[str, list[Field]]]:
    shown = [item for item in definition.fields if item.name not in HIDDEN]
    first = [item for item in shown if item.required or item.name == "plan" or item.group]
    computed = [item for item in shown if item.derived is not None]
    rest = [item for item in shown if item not in first and item not in computed]
    return [
        (QCoreApplication.translate("Forms", "Main attributes"), first),
        (QCoreApplication.translate("Forms", "Other attributes"), rest),
        (QCoreApplication.translate("Forms", "Computed from the shape"), computed),
    ]


def _add_section(layer: QgsVectorLayer, page: QgsAttributeEditorContainer, title: str, fields: Iterable[Field]) -> None:
    known = [(item.name, layer.fields().lookupField(item.name)) for item in fields]
    section = QgsAttributeEditorContainer(title, page)
    section.setType(Qgis.AttributeEditorContainerType.GroupBox)
    for name, index in known:
        if index >= 0:
            section.addChildElement(QgsAttributeEditorField(name, index, section))
    if section.children():
        page.addChildElement(section)
