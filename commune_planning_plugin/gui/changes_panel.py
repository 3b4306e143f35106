"""Local changes as a tree, the differences of the selected one, and what can be done: revert, propose, decide a conflict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QLineEdit, QSplitter

from commune_planning_plugin.gui.changes_tree import ChangesTree, Entry
from commune_planning_plugin.gui.comparison_table import ComparisonTable
from commune_planning_plugin.gui.describe import Describer, shown_title
from commune_planning_plugin.gui.differences import local_lines, local_sides
from commune_planning_plugin.gui.labels import (
    LOCAL_TONES,
    Tone,
    conflict_label,
    divided_label,
    local_state_label,
    plain,
    refused_label,
)
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, button_row, column, fill, text_label
from commune_planning_plugin.store import LocalChange, Ref


class ChangesPanel(QFrame):
    """The list is the map: selecting, hovering and double-clicking go through the session."""

    compose_asked = pyqtSignal(object)
    """Refs that a proposal is wanted of."""
    conflict_asked = pyqtSignal(object)
    """The conflict (its Ref) that is to be decided."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._by_ref: dict[Ref, LocalChange] = {}
        self._held: Mapping[Ref, str] = {}
        self._showing: Optional[Ref] = None
        self._filter = self._filter_edit()
        self._tree = ChangesTree("changes_tree")
        self._empty = text_label(name="changes_empty")
        self._table = ComparisonTable("differences_table")
        self._conflict = self._conflict_notice()
        self._confirm = self._confirm_notice()
        self._revert = button(translate("WorkingCopy", "&Revert"), "revert_button", "revert", act=self._ask_to_revert)
        self._propose = button(translate("WorkingCopy", "Into a &proposal"), "propose_button", "compose", act=self._compose)
        tip = translate("WorkingCopy", "See the selected changes, or all, as the reviewer will: on the map, with balance and check")
        self._preview = button(translate("WorkingCopy", "Pre&view"), "preview_button", "review", tip, self._do_preview)
        self._lay_out()
        self._listen()

    # --- building -----------------------------------------------------------------------------------------------------

    def _filter_edit(self) -> QLineEdit:
        edit = QLineEdit()
        edit.setObjectName("filter_edit")
        edit.setClearButtonEnabled(True)
        edit.setPlaceholderText(translate("WorkingCopy", "Find a change: name, layer, state"))
        edit.setAccessibleName(translate("WorkingCopy", "Find a change"))
        edit.setToolTip(translate("WorkingCopy", "Accents don't matter (Ctrl+F)"))
        edit.textChanged.connect(lambda text: self._tree.filter(text))
        return edit

    def _conflict_notice(self) -> Notice:
        notice = Notice(Tone.CONFLICT, "conflict_notice")
        text, tip = translate("WorkingCopy", "&Decide…"), translate("WorkingCopy", "Compare both sides and choose, value by value")
        notice.add_button(button(text, "decide_conflict_button", tip=tip, act=self._ask_for_conflict))
        return notice

    def _confirm_notice(self) -> Notice:
        notice = Notice(Tone.WARNING, "revert_notice")
        notice.add_button(button("", "confirm_revert_button", "revert", act=self._do_revert))
        notice.add_button(button(translate("WorkingCopy", "&Leave as it is"), "leave_button", act=lambda: notice.say("")))
        return notice

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(column(self._filter, self._tree))
        self._splitter.addWidget(self._table)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._buttons = button_row(self._propose, self._preview, self._revert)
        fill(self, self._empty, self._splitter, self._conflict, self._confirm, self._buttons)
        self.layout().setStretchFactor(self._splitter, 1)

    def _listen(self) -> None:
        self._tree.chosen.connect(self._chosen)
        self._tree.hovered.connect(self._hovered)
        self._tree.opened.connect(self._opened)
        self._tree.itemSelectionChanged.connect(self._show_actions)
        self._session.selected.connect(self._selected_on_map)

    # --- showing ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        changes = self._session.local_changes
        describer = Describer(self._session.catalogue)
        self._by_ref = {Ref(local.change.layer, local.change.key): local for local in changes}
        self._held = self._session.held
        self._tree.show_entries([self._entry(ref, local, describer) for ref, local in self._by_ref.items()])
        self._empty.setText(self._empty_text())
        self._empty.setVisible(not changes)
        self._splitter.setVisible(bool(changes))
        self._buttons.setVisible(bool(changes))
        self._confirm.say("")
        self._show_differences()
        self._show_actions()

    def _entry(self, ref: Ref, local: LocalChange, describer: Describer) -> Entry:
        state = plain(local.state)
        held = state == "local" and ref in self._held
        return Entry(
            handle=ref,
            layer=describer.layer(ref.layer),
            title=shown_title(local.title) or describer.feature(ref.layer, local.row or local.change.old, ref.key),
            kind=plain(local.change.kind),
            conflict=state == "conflict",
            chip=self._held_label(ref) if held else ("⚠ " if state == "conflict" else "") + local_state_label(state),
            tone=Tone.WARNING if held else LOCAL_TONES.get(state, Tone.PLAIN),
        )

    def _held_label(self, ref: Ref) -> str:
        writing = any(draft.proposal == self._held[ref] for draft in self._session.drafts)
        return translate("WorkingCopy", "in a draft") if writing else translate("WorkingCopy", "came back")

    def _empty_text(self) -> str:
        if self._session.damage:
            return translate("WorkingCopy", "Your changes are in the file. They appear here once the record is restored.")
        if self._session.editing:
            return translate(
                "WorkingCopy", "You are drawing. Each change appears here as soon as you save it with the button above."
            )
        return translate(
            "WorkingCopy", "No changes yet. What you draw, edit or delete in the planning layers appears here when saved."
        )

    def _show_differences(self) -> None:
        local = self._by_ref.get(self._tree.current_handle())
        describer = Describer(self._session.catalogue)
        if local is None:
            self._table.show_lines([], [])
            self._conflict.say("")
            return
        self._table.show_lines(local_sides(local.conflict), local_lines(describer, local))
        self._conflict.say(_conflict_text(local))

    def _show_actions(self) -> None:
        self._confirm.say("")
        refs = self._chosen_refs()
        self._revert.setEnabled(bool(refs))
        self._revert.setToolTip(_revert_tip(refs))
        free = self._free(refs)
        self._propose.setEnabled(bool(free))
        self._propose.setToolTip(_propose_tip(free))

    def _free(self, refs: Sequence[Ref]) -> list[Ref]:
        """Those that a new proposal may take."""
        open_ = [ref for ref in refs if plain(self._by_ref[ref].state) in ("local", "both")]
        return [ref for ref in open_ if ref not in self._held]

    def _chosen_refs(self) -> list[Ref]:
        return [ref for ref in self._tree.selected_handles() if ref in self._by_ref]

    # --- list and map -------------------------------------------------------------------------------------------------

    def _chosen(self, ref: Optional[Ref]) -> None:
        self._show_differences()
        self._tell_map(ref)

    def _hovered(self, ref: Optional[Ref]) -> None:
        wanted = ref if ref is not None else self._tree.current_handle()
        if wanted is not None:
            self._tell_map(wanted)

    def _tell_map(self, ref: Optional[Ref]) -> None:
        if ref == self._showing:
            return
        self._showing = ref
        self._session.select(ref)

    def _selected_on_map(self, ref: Optional[Ref]) -> None:
        if ref == self._showing:
            return
        self._showing = ref
        self._tree.select_handle(ref)
        self._show_differences()
        self._show_actions()

    # --- doing --------------------------------------------------------------------------------------------------------

    def focus_filter(self) -> None:
        self._filter.setFocus()
        self._filter.selectAll()

    def _opened(self, ref: Optional[Ref]) -> None:
        """A double click: a conflict is to be decided, any other change to be seen."""
        if ref in self._by_ref and plain(self._by_ref[ref].state) == "conflict":
            self.conflict_asked.emit(ref)
        elif ref is not None:
            self._session.zoom_to(ref)

    def _ask_for_conflict(self) -> None:
        self.conflict_asked.emit(self._tree.current_handle())

    def _compose(self) -> None:
        refs = self._free(self._chosen_refs())
        if refs:
            self.compose_asked.emit(tuple(refs))

    def _do_preview(self) -> None:
        refs = self._chosen_refs()
        self._session.preview.show(refs if len(refs) > 1 else None)

    def _ask_to_revert(self) -> None:
        locals_ = [self._by_ref[ref] for ref in self._chosen_refs()]
        if not locals_:
            return
        self._confirm.say(revert_preview(locals_))
        confirm = self._confirm.findChild(type(self._revert), "confirm_revert_button")
        confirm.setText(translate("WorkingCopy", "Re&vert %n change(s)", None, len(locals_)))
        confirm.setFocus()

    def _do_revert(self) -> None:
        refs = self._chosen_refs()
        self._confirm.say("")
        self._session.revert(tuple(refs))


def revert_preview(locals_: Sequence[LocalChange]) -> str:
    """What reverting will do, in numbers."""
    counts = Counter(plain(local.change.kind) for local in locals_)
    drawn, edited, deleted = counts["insert"], counts["update"], counts["delete"]
    parts = [
        translate("WorkingCopy", "%n drawn feature(s) will be deleted", None, drawn) if drawn else "",
        translate("WorkingCopy", "%n edited feature(s) go back to the original", None, edited) if edited else "",
        translate("WorkingCopy", "%n deleted feature(s) come back", None, deleted) if deleted else "",
    ]
    return "; ".join(part for part in parts if part) + "."


def _conflict_text(local: LocalChange) -> str:
    if local.conflict is None:
        return ""
    parts = divided_label(len(local.conflict.parts)) if local.conflict.parts else ""
    head = translate("WorkingCopy", "Somebody else edited this too.")
    kept = translate("WorkingCopy", "Both versions are kept until you decide. No data is lost.")
    what = f"{head} {conflict_label(local.conflict.kind)}" if not local.conflict.refused else refused_label()
    return " ".join(filter(None, (what, parts, kept)))


def _revert_tip(refs: Sequence[Ref]) -> str:
    if not refs:
        return translate("WorkingCopy", "Select changes in the list first")
    return translate("WorkingCopy", "Take %n change(s) back; you are shown first what that does", None, len(refs))


def _propose_tip(refs: Sequence[Ref]) -> str:
    if not refs:
        return translate("WorkingCopy", "Select changes that are in no proposal yet")
    return translate("WorkingCopy", "Put %n change(s) into a proposal", None, len(refs))
