"""The land-fund balance as lines of a table: figures that add up, in hectares and per cent, with official titles and colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from commune_planning_plugin.core.balance import FUNCTION_FIELDS, LAYER, Balance, Fate, FunctionLine, PlotLine, rounded
from commune_planning_plugin.core.norms import NormResult
from commune_planning_plugin.core.schema import Catalogue
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.language import interface_language, translate

HECTARE, UNIT = 10_000.0, 100.0
"""Square metres of a hectare, and of the smallest figure that is shown: 0.01 ha."""
PLAIN_COLOUR = "#c0c0c0"


@dataclass(frozen=True)
class BalanceRow:
    """Hectares in hundredths, shares in hundredths of a per cent; ``colour`` is the official one."""

    function: str
    title: str
    colour: str
    before: int
    after: int
    share_before: int
    share_after: int
    line: Optional[FunctionLine] = None

    @property
    def difference(self) -> int:
        return self.after - self.before

    @property
    def share_difference(self) -> int:
        """Percentage points."""
        return self.share_after - self.share_before

    @property
    def cells(self) -> tuple[str, ...]:
        """Before, after, difference in hectares; the same of the shares."""
        shares = (self.share_before, self.share_after)
        return (
            *(hundredths(each) for each in (self.before, self.after)),
            signed(self.difference),
            *(hundredths(each) for each in shares),
            signed(self.share_difference),
        )


def hundredths(value: int) -> str:
    return quantities.number(value / 100, 2)


def signed(value: int) -> str:
    """With its sign, a plus too; nothing is a dash."""
    if not value:
        return "–"
    return f"{'+' if value > 0 else '−'}{hundredths(abs(value))}"


def balance_rows(balanced: Balance, catalogue: Optional[Catalogue]) -> list[BalanceRow]:
    """The largest function first; the figures of each column add up to those of `total_row`."""
    lines = balanced.functions
    before, after = ([getattr(line, side).area_m2 for line in lines] for side in ("before", "after"))
    hectares = rounded(before, after, UNIT)
    shares = rounded(_percent(before), _percent(after), 0.01)
    colours, titles = function_colours(catalogue), Describer(catalogue)
    return [
        BalanceRow(line.function, function_title(line.function, titles), colours.get(line.function, PLAIN_COLOUR), *figures, line)
        for line, *figures in zip(lines, *hectares, *shares)
    ]


def total_row(rows: Sequence[BalanceRow]) -> BalanceRow:
    names = ("before", "after", "share_before", "share_after")
    return BalanceRow("", translate("Balance", "Total"), "", *(sum(getattr(row, name) for row in rows) for name in names))


def _percent(areas: Sequence[float]) -> list[float]:
    total = sum(areas)
    return [100 * area / total if total else 0.0 for area in areas]


def function_colours(catalogue: Optional[Catalogue]) -> dict[str, str]:
    listed = (codes for name, codes in catalogue.code_lists.items()) if catalogue is not None else ()
    return {code.code: code.colour for codes in listed for code in codes if code.colour}


def function_title(function: str, describer: Describer) -> str:
    """As the official list has it."""
    if not function:
        return translate("Balance", "without a land function")
    titles = (describer.value(LAYER, name, function) for name in FUNCTION_FIELDS)
    told = next((title for title in titles if title != function), function)
    return told.rsplit(" (", 1)[0]


def closing_text(balanced: Balance, whole: bool) -> tuple[str, bool]:
    """One sentence on whether the plots cover the plan's ground, before and after; and whether all is well."""
    before, after = balanced.before, balanced.after
    if not whole:
        text = translate("Balance", "Only the part of the plan that lies in this working copy: {before} before, {after} after.")
        return text.format(before=_exact(before.total_m2), after=_exact(after.total_m2)), True
    if after.remainder_m2 is None:
        return translate("Balance", "The plan has no boundary to close on. Total {before} before, {after} after.").format(
            before=_exact(before.total_m2), after=_exact(after.total_m2)
        ), True
    closes = [side.closes(balanced.tolerance_m2) for side in (before, after)]
    if all(closes):
        text = translate("Balance", "Closes on the plan's boundary, before and after: {ground}.")
        return text.format(ground=_exact(after.ground_m2 or 0.0)), True
    sides = (_remainder(side.remainder_m2 or 0.0) for side in (before, after))
    text = translate("Balance", "Doesn't close on the plan's boundary ({ground}). Before: {before}; after: {after}.")
    return text.format(ground=_exact(after.ground_m2 or 0.0), before=next(sides), after=next(sides)), bool(closes[1])


def _remainder(square_metres: float) -> str:
    if abs(square_metres) < 0.05:
        return translate("Balance", "closes")
    named = translate("Balance", "{area} uncovered") if square_metres > 0 else translate("Balance", "{area} too much")
    return named.format(area=_exact(abs(square_metres)))


def _exact(square_metres: float) -> str:
    return quantities.area(square_metres)


def norm_texts(balanced: Balance) -> list[tuple[str, bool]]:
    """Each norm as `norm_text`, and whether it is met afterwards."""
    return [(norm_text(norm), norm.met_after) for norm in balanced.norms]


def norm_text(norm: NormResult) -> str:
    """What there is before and after, and what the norm asks."""
    return translate("Balance", "{title}: {before} → {after} % (norm > {norm} %)").format(
        title=(norm.title_vi if interface_language() == "vi" else norm.title_en) or norm.title_vi or norm.id,
        before=quantities.number(norm.before_percent, 2),
        after=quantities.number(norm.after_percent, 2),
        norm=quantities.plain_number(norm.above_percent),
    )


def fate_text(line: PlotLine, names: dict[str, str]) -> str:
    """What becomes of a plot, with the plots it is made of or into."""
    others = ", ".join(names.get(key, key[:8]) for key in line.others)
    words = {
        Fate.KEPT: translate("Balance", "kept"),
        Fate.CHANGED: translate("Balance", "changed"),
        Fate.ADDED: translate("Balance", "new"),
        Fate.REMOVED: translate("Balance", "removed"),
        Fate.SPLIT: translate("Balance", "split: {others}"),
        Fate.MERGED: translate("Balance", "merged: {others}"),
    }
    return words[line.fate].format(others=others)


def plot_names(balanced: Balance) -> dict[str, str]:
    """Each touched plot's symbol by key, else the beginning of the key."""
    sides = ((line.key, line.after or line.before) for line in balanced.plots)
    return {key: (side.name if side is not None and side.name else key[:8]) for key, side in sides}


def table_text(rows: Sequence[BalanceRow], separator: str) -> str:
    """The table for a spreadsheet, total included."""
    head = (
        translate("Balance", "Land function"),
        translate("Balance", "Before (ha)"),
        translate("Balance", "After (ha)"),
        translate("Balance", "Difference (ha)"),
        translate("Balance", "Before (%)"),
        translate("Balance", "After (%)"),
        translate("Balance", "Difference (percentage points)"),
    )
    lines = [head, *((row.title, *row.cells) for row in (*rows, total_row(rows)))]
    return "\n".join(separator.join(_quoted(cell, separator) for cell in line) for line in lines) + "\n"


def _quoted(cell: str, separator: str) -> str:
    plain = cell.replace("\u202f", "").replace("\u00a0", "")
    return '"' + plain.replace('"', '""') + '"' if separator in plain or '"' in plain else plain
