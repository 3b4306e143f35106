"""A proposal's record of acts: who did what, when, by whose right, each with the beginning of its hash; to be copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QApplication, QFrame, QListWidgetItem, QShortcut

from commune_planning_plugin.core.authority import Authority
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.audit_words import action_label
from commune_planning_plugin.gui.authority_text import authority_text
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import button, button_row, fill, list_widget, plain_tip
from commune_planning_plugin.sync.audit_calls import AuditEntry

HASH_SHOWN = 12


class AuditList(QFrame):
    """The entries in their order; hidden until it is unfolded."""

    unfolded = pyqtSignal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[AuditEntry, ...] = ()
        self._told: list[tuple[str, ...]] = []
        self._list = list_widget("audit_list", translate("Review", "Record of acts, in its order"))
        self._list.setSelectionMode(self._list.SelectionMode.ExtendedSelection)
        self._unfold = button(translate("Review", "Show the &record"), "audit_button", "history", act=self._show_list)
        self._unfold.setCheckable(True)
        self._copy = button(translate("Review", "Cop&y the record"), "audit_copy_button", "compose", act=self.copy)
        fill(self, button_row(self._unfold, self._copy), self._list, spacing=4)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self._list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.copy)
        self.show_entries((), Describer(None), "")

    def show_entries(self, entries: Sequence[AuditEntry], describer: Describer, commune: str) -> None:
        """``commune`` is the code of the proposal's."""
        self._entries = tuple(entries)
        self._told = [_columns(entry, describer, commune) for entry in entries]
        self._list.clear()
        for entry, columns in zip(self._entries, self._told):
            text = " · ".join(filter(None, (*columns[:-1], entry.hash[:HASH_SHOWN])))
            item = QListWidgetItem(text)
            item.setToolTip(plain_tip(f"{text}\n{entry.hash}"))
            self._list.addItem(item)
        self.setVisible(bool(entries))
        self._unfold.setChecked(self._unfold.isChecked() and bool(entries))
        self._show_list()

    def _show_list(self) -> None:
        unfolded = self._unfold.isChecked()
        self._list.setVisible(unfolded)
        self._copy.setVisible(unfolded)
        self.unfolded.emit(unfolded)

    def copy(self) -> None:
        """What is selected, or all, as a table with whole hashes, into the clipboard: for a document or a spreadsheet."""
        chosen = sorted(self._list.row(item) for item in self._list.selectedItems()) or range(len(self._told))
        lines = ["\t".join(_flat(each) for each in columns) for columns in (_titles(), *(self._told[row] for row in chosen))]
        QApplication.clipboard().setText("\n".join(lines))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _titles() -> tuple[str, ...]:
    return (
        translate("Review", "No."),
        translate("Review", "When"),
        translate("Review", "Who"),
        translate("Review", "What"),
        translate("Review", "By what right"),
        translate("Review", "Hash"),
    )


def _columns(entry: AuditEntry, describer: Describer, commune: str) -> tuple[str, ...]:
    who = f"{entry.name} ({entry.actor})" if entry.name else entry.actor
    said = "; ".join(_said(entry.details))
    what = f"{action_label(entry.action)} ({said})" if said else action_label(entry.action)
    right = "; ".join(_right(entry.details, describer, commune))
    return str(entry.position), quantities.day_and_time(entry.at), who, what, right, entry.hash


def _said(details: Mapping[str, Any]) -> Iterator[str]:
    """What the act was about, as far as a person asks for it."""
    if "version" in details:
        yield translate("Review", "version {number}").format(number=details["version"])
    if "number" in details:
        yield translate("Review", "decision {number}").format(number=details["number"])
    if details.get("revision"):
        yield translate("Review", "revision {number}").format(number=details["revision"])
    if details.get("reason"):
        yield str(details["reason"])


def _right(details: Mapping[str, Any], describer: Describer, commune: str) -> Iterator[str]:
    behalf = details.get("on_behalf_of")
    if isinstance(behalf, dict):
        told = translate("Review", "for {giver}, by the delegation {document}")
        yield told.format(giver=behalf.get("giver", "?"), document=behalf.get("document", "?"))
    if isinstance(details.get("authority"), dict):
        try:
            yield authority_text(Authority.from_json(details["authority"]), commune, describer)
        except (InvalidData, KeyError, TypeError, ValueError):
            yield str(details["authority"])
    for name, text in (
        ("communes", translate("Review", "for {communes}")),
        ("without_consent", translate("Review", "without the consent of {communes}")),
    ):
        if isinstance(details.get(name), list):
            yield text.format(communes=", ".join(describer.commune(str(code)) for code in details[name]))
