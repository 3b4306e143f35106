"""The tab *Changes*: the list in step with the map, and before and after of the chosen change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Optional

from qgis.PyQt.QtCore import QEvent, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QButtonGroup, QCheckBox, QSplitter

from commune_planning_plugin.core.discussion import Act
from commune_planning_plugin.core.workflow import ON_THE_TABLE
from commune_planning_plugin.gui.changes_tree import ChangesTree, Entry
from commune_planning_plugin.gui.comparison_table import ComparisonTable
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.differences import (
    clash_lines,
    clash_sides,
    of_one_side,
    review_lines,
    summary_lines,
    version_lines,
)
from commune_planning_plugin.gui.discussion_words import verdict_label
from commune_planning_plugin.gui.labels import Tone, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import button, button_row, column, fill, slim
from commune_planning_plugin.gui.review_tab import ReviewTab
from commune_planning_plugin.gui.since_before import SinceBefore
from commune_planning_plugin.gui.since_seen import SinceSeen
from commune_planning_plugin.gui.verdict_bar import VerdictBar
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.detail_documents import ProposalDetail, ReviewItem

MODES = ("overlay", "swipe", "blink")
"""How before and after are shown on the map, as the session's display names it."""


class ChangesTab(ReviewTab):
    """Each change is on the map while it is the current one."""

    chosen = pyqtSignal(object)
    """The Ref of the change that is current now, or None."""

    of_local_changes = True

    def __init__(self, session: Any) -> None:
        super().__init__(session)
        self._items: dict[Ref, ReviewItem] = {}
        self._seen = SinceSeen()
        self._since = SinceBefore(session)
        self._since.changed.connect(self._show_entries)
        self._tree = ChangesTree("review_changes")
        self._table = ComparisonTable("before_after_table")
        self._before = self._side_check(translate("Review", "&Before"), "show_before_check")
        self._after = self._side_check(translate("Review", "A&fter"), "show_after_check")
        self._everything = QCheckBox(translate("Review", "All attri&butes"))
        self._everything.setObjectName("everything_check")
        self._everything.setToolTip(translate("Review", "Also what doesn't change"))
        self._everything.toggled.connect(lambda _on: self._show_values())
        self._modes = self._mode_buttons()
        self.verdicts = VerdictBar(session)
        self._lay_out()
        self.verdicts.judged.connect(lambda: self.step(1))
        session.discussion.changed.connect(lambda _proposal: self._show_entries())
        self._tree.installEventFilter(self)
        session.display.changed.connect(self._show_mode)
        self._tree.chosen.connect(self.choose)
        self._tree.itemSelectionChanged.connect(self._show_values)
        self._tree.opened.connect(self._show_on_map)
        session.selected.connect(self._selected_on_map)

    def _side_check(self, text: str, name: str) -> QCheckBox:
        check = QCheckBox(text)
        check.setObjectName(name)
        check.setChecked(True)
        tip = translate("Review", "Shown on the map")
        check.setToolTip(tip)
        check.setAccessibleDescription(tip)
        check.toggled.connect(lambda _on: self._session.show_sides(self._before.isChecked(), self._after.isChecked()))
        return check

    def _mode_buttons(self) -> QButtonGroup:
        group = QButtonGroup(self)
        named = (
            (translate("Review", "&Overlay"), translate("Review", "Before and after over one another (1)")),
            (translate("Review", "&Swipe"), translate("Review", "Before and after on either side of a line that you drag (2)")),
            (translate("Review", "Blin&k"), translate("Review", "Before and after in turns, once a second (3)")),
        )
        hold = translate("Review", "Hold the space bar in the list to see how it was.")
        for number, (mode, (text, tip)) in enumerate(zip(MODES, named)):
            act = partial(self._session.display.set_mode, mode)
            made = slim(button(text, f"{mode}_mode_button", tip=f"{tip}. {hold}", act=act))
            made.setParent(self)  # a group owns nothing
            made.setCheckable(True)
            made.setChecked(not number)
            group.addButton(made, number)
        return group

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical)
        on_map = button_row(*self._modes.buttons(), self._before, self._after, spacing=3)
        splitter.addWidget(column(on_map, self._since, self._tree, spacing=2))
        about = button_row(*self.verdicts.buttons, self._everything, spacing=3)
        splitter.addWidget(column(about, self.verdicts, self._table, spacing=2))
        splitter.setCollapsible(1, False)  # the list may go: there are buttons for the next and the previous change
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setHandleWidth(3)
        self._tree.setMinimumHeight(64)
        self._table.setMinimumHeight(90)
        fill(self, splitter)

    # --- showing ------------------------------------------------------------------------------------------------------

    def show_review(self, detail: Optional[ProposalDetail]) -> None:
        super().show_review(detail)
        if detail is None:
            return
        self._since.show_review(detail)
        self._seen.show_version(_version(detail), detail.summary.state in ON_THE_TABLE)
        self._show_entries()

    def mark_moved(self, refs: Sequence[Ref]) -> None:
        """The hub says that these are otherwise than they are shown: after another look both can be compared."""
        if self._detail is not None:
            self._seen.keep(_version(self._detail), {Ref(i.layer, i.key): i for i in self._detail.review}, refs)
            self._show_entries()

    def title_of(self, ref: Ref) -> str:
        item = self._items.get(ref)
        row = (item.after or item.before) if item is not None else None
        return Describer(self._session.catalogue).feature(ref.layer, row, ref.key)

    def _show_entries(self) -> None:
        detail = self._detail
        if detail is None:
            return
        describer = Describer(self._session.catalogue)
        items = [*detail.review, *self._since.dropped]
        self._items = {Ref(item.layer, item.key): item for item in items if self._since.shows(Ref(item.layer, item.key))}
        self._tree.show_entries([self._entry(ref, item, detail, describer) for ref, item in self._items.items()])
        self._show_values()

    def _entry(self, ref: Ref, item: ReviewItem, detail: ProposalDetail, describer: Describer) -> Entry:
        talk, version = self._session.discussion.talk(detail.summary.id), detail.summary.version
        verdict = talk.discussion.verdict(version, (ref.layer, ref.key))
        entry, moved = _entry(ref, item, detail, describer, verdict), self._seen.label(ref)
        if item.conflict is not None:
            return entry
        tone = Tone.WARNING if moved and entry.tone is Tone.PLAIN else entry.tone
        return replace(entry, chip=" · ".join(filter(None, (moved, self._since.label(ref), entry.chip))), tone=tone)

    def begin(self) -> None:
        """A proposal just opened starts with its first change, both sides on the map."""
        for check in (self._before, self._after):
            check.setChecked(True)
        self.step(1)
        self._tree.setFocus()

    def title(self, detail: ProposalDetail) -> str:
        return translate("Review", "Changes")

    def badge(self, detail: ProposalDetail) -> str:
        return str(len(detail.review))

    def _show_values(self) -> None:
        ref = self._tree.current_handle()
        self.verdicts.show_change(self._detail, ref if ref in self._items else None)
        self.chosen.emit(ref)
        item = self._items.get(self._tree.current_handle())
        several = [self._items[ref] for ref in self._tree.selected_handles() if ref in self._items]
        if len(several) > 1:
            sides = [translate("Review", "Before"), translate("Review", "After")]
            self._table.show_lines(sides, summary_lines(Describer(self._session.catalogue), several))
            return
        if item is None:
            self._table.show_lines([], [])
            return
        if item.conflict is not None:
            self._table.show_lines(
                clash_sides(), clash_lines(Describer(self._session.catalogue), item, self._everything.isChecked())
            )
            return
        for others in (self._seen, self._since):
            earlier = others.earlier(Ref(item.layer, item.key))
            if earlier is not None:
                lines = version_lines(Describer(self._session.catalogue), item, earlier, self._everything.isChecked())
                self._table.show_lines(others.sides(), lines)
                return
        lines = review_lines(Describer(self._session.catalogue), item, self._everything.isChecked())
        self._table.show_lines(*of_one_side(item, [translate("Review", "Before"), translate("Review", "After")], lines))

    def _show_mode(self) -> None:
        mode = plain(self._session.display.mode)
        self._modes.button(MODES.index(mode)).setChecked(True)
        for check in (self._before, self._after):
            check.setEnabled(mode == MODES[0])

    def set_mode(self, number: int) -> None:
        """As its button does."""
        self._modes.button(number).click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt)
        """In the list: Home and End go to the first and the last change, the space bar shows how it was while it is held."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) or watched is not self._tree:
            return False
        pressed = event.type() == QEvent.Type.KeyPress
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._session.display.hold_before(pressed)
            return True
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            if pressed:
                self._tree.step_to_end(first=event.key() == Qt.Key.Key_Home)
            return True
        return False

    # --- list and map -------------------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """To the next (1) or previous (-1) change."""
        self._tree.step(by)

    def show_change(self, ref: Ref) -> None:
        """Make ``ref`` the current change, here and on the map."""
        self._tree.select_handle(ref)
        self.choose(ref)

    def show_changes(self, refs: Sequence[Ref]) -> None:
        """Select several in the list, and show them on the map together."""
        known = [ref for ref in refs if ref in self._items]
        if known:
            self._tree.select_handles(known)
            self._show_values()
            self._session.display.show_changes([self._items[ref] for ref in known])

    def choose(self, ref: Optional[Ref]) -> None:
        self._show_values()
        self._show_on_map(ref)

    def _show_on_map(self, ref: Optional[Ref]) -> None:
        if ref in self._items:
            self._session.show_change(self._items[ref])

    def _selected_on_map(self, ref: Optional[Ref]) -> None:
        if ref in self._items:
            self._tree.select_handle(ref)
            self._show_values()


def _version(detail: ProposalDetail) -> tuple[str, int]:
    return detail.summary.id, detail.summary.version


def _entry(ref: Ref, item: ReviewItem, detail: ProposalDetail, describer: Describer, verdict: Optional[Act]) -> Entry:
    conflict = item.conflict is not None
    chip, tone = (translate("Review", "⚠ conflict"), Tone.CONFLICT) if conflict else _findings_chip(ref, detail)
    if verdict is not None and tone is not Tone.CONFLICT:
        said, said_tone = verdict_label(verdict.body["verdict"])
        chip, tone = (f"{said} · {chip}", tone) if tone is Tone.BAD else (said, said_tone)
    if item.restores:
        chip = " · ".join(filter(None, (translate("Review", "brought back"), chip)))
    title = describer.feature(ref.layer, item.after or item.before, ref.key)
    return Entry(ref, describer.layer(ref.layer), title, item.kind, conflict, chip, tone)


def _findings_chip(ref: Ref, detail: ProposalDetail) -> tuple[str, Tone]:
    """Errors keep a proposal from being approved, remarks don't: the chip's word is the one of the decision bar."""
    own = [plain(each.severity) for each in detail.findings if (each.layer, each.key) == (ref.layer, ref.key)]
    errors = own.count("error")
    if errors:
        return translate("Review", "%n error(s)", None, errors), Tone.BAD
    return (translate("Review", "%n remark(s)", None, len(own)), Tone.WARNING) if own else ("", Tone.PLAIN)
