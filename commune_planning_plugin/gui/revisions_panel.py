"""What changed in the commune, update by update: also the way to features that are on no map any more."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QFrame, QListWidget, QListWidgetItem

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone, kind_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, button_row, fill, list_widget, plain_tip
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.session.revision_list import REVISIONS
from commune_planning_plugin.session.types import Connection
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.history_calls import ChangedFeature, Revision

KINDS = {"insert": "change_insert", "update": "change_update", "delete": "change_delete"}
_DATA = Qt.ItemDataRole.UserRole


class RevisionsPanel(QFrame):
    """Asks when it is looked at first; a revision's features when it is chosen."""

    asked = pyqtSignal(object)
    """The Ref of a feature whose history is wanted."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._updates = session.history.updates
        self._said = Notice(Tone.PLAIN, "revisions_said")
        self._revisions = list_widget("revisions_list", translate("History", "Updates of the commune's data, the newest first"))
        self._features = list_widget("revision_features", translate("History", "Features that the update changed"))
        act = self._updates.load_older
        self._older = button(translate("History", "&Older ones"), "older_revisions_button", "previous", act=act)
        self._more = button(translate("History", "&More features"), "more_features_button", "next", act=self._updates.load_more)
        self._refresh = button(translate("History", "Re&fresh"), "revisions_button", "refresh", act=self._updates.load)
        self._history = button(translate("History", "&History of the feature"), "revision_history_button", "history", act=self._ask)
        rows = button_row(self._refresh, self._older), button_row(self._more, self._history)
        fill(self, self._said, self._revisions, rows[0], self._features, rows[1], margin=4, spacing=6)
        for stretched in (self._revisions, self._features):
            self.layout().setStretchFactor(stretched, 1)
        self._revisions.currentItemChanged.connect(lambda now, _before: self._open(now))
        self._features.currentItemChanged.connect(lambda now, _before: self._select(now))
        self._features.itemActivated.connect(lambda _item: self._ask())
        self._updates.revisions.changed.connect(self._show_revisions)
        self._updates.features.changed.connect(self._show_features)
        session.changed.connect(self._show_revisions)
        self._show_revisions()
        self._show_features()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt)
        super().showEvent(event)
        if self._updates.revisions.about(REVISIONS) is None and self._session.connection is Connection.ONLINE:
            self._updates.load()

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show_revisions(self) -> None:
        found, error = self._updates.revisions.about(REVISIONS), self._updates.revisions.failure(REVISIONS)
        online = self._session.connection is Connection.ONLINE
        self._refresh.setEnabled(online and self._session.commune is not None)
        self._older.setVisible(found is not None and found.before is not None)
        self._say(error, found is not None, online)
        refill(self._revisions, [(_revision_text(each), "history", each) for each in (found.revisions if found else ())])

    def _say(self, error: Any, known: bool, online: bool) -> None:
        if error is not None:
            self._said.say(present(error, "history", Describer(self._session.catalogue)).text, Tone.WARNING)
        elif not known and not online:
            needs = translate("History", "The past is kept at the province: it needs a connection, and a sign-in.")
            self._said.say(needs, Tone.PLAIN)
        else:
            self._said.say("" if known else translate("History", "Being fetched…"), Tone.PLAIN)

    def _show_features(self) -> None:
        found, describer = self._updates.features.value, Describer(self._session.catalogue)
        told = [(_feature_text(each, describer), KINDS[each.kind], each) for each in (found.features if found else ())]
        refill(self._features, told)
        self._features.setVisible(bool(told))
        self._more.setVisible(found is not None and found.next is not None)
        self._history.setVisible(bool(told))
        self._history.setEnabled(self._features.currentItem() is not None)

    # --- doing --------------------------------------------------------------------------------------------------------

    def _open(self, item: Optional[QListWidgetItem]) -> None:
        if item is not None and self._updates.features.subject != item.data(_DATA).revision:
            self._updates.open(item.data(_DATA).revision)

    def _select(self, item: Optional[QListWidgetItem]) -> None:
        self._history.setEnabled(item is not None)
        if item is not None:
            each = item.data(_DATA)
            self._session.history.zoom_to(each.bounds)
            self._session.select(Ref(each.layer, each.key))

    def _ask(self) -> None:
        item = self._features.currentItem()
        if item is not None:
            self.asked.emit(Ref(item.data(_DATA).layer, item.data(_DATA).key))


def refill(widget: QListWidget, told: list[tuple[str, str, Any]]) -> None:
    """Show text, picture and value of each; what is there already stays, with the current one."""
    known = [widget.item(row).data(_DATA) for row in range(widget.count())]
    values = [value for _text, _picture, value in told]
    if known != values[: len(known)]:
        widget.blockSignals(True)
        widget.clear()
        widget.blockSignals(False)
        known = []
    for text, picture, value in told[len(known) :]:
        item = QListWidgetItem(icon(picture), text)
        item.setToolTip(plain_tip(text))
        item.setData(_DATA, value)
        widget.addItem(item)


def _revision_text(each: Revision) -> str:
    done = " · " + translate("History", "put into force") if each.effective else ""
    line = f"{quantities.day_and_time(each.at)} · {each.by}{done}"
    if each.number is None:
        return line
    return line + "\n" + translate("History", "Proposal {number}: {title}").format(number=each.number, title=each.title or "")


def _feature_text(each: ChangedFeature, describer: Describer) -> str:
    return f"{each.name} · {kind_label(each.kind)} · {describer.layer(each.layer)}"
