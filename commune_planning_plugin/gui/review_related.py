"""The tab *Related*: what else touches the ground under review; each line leads to its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem

from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, bold_font, button, button_row, fill, plain_tip
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.gui.related_text import (
    adjusted_text,
    commune_text,
    competing_text,
    count,
    earlier_text,
    meeting_text,
    plan_text,
    restricted_text,
)
from commune_planning_plugin.gui.review_tab import ReviewTab, is_local
from commune_planning_plugin.sync.detail_documents import ProposalDetail
from commune_planning_plugin.sync.review_documents import Meeting, Related

MEETING_ROLE = int(Qt.ItemDataRole.UserRole) + 4
Line = tuple[str, str, Optional[Meeting]]
"""An icon's name, the text, and the proposal that it is about."""


class RelatedTab(ReviewTab):
    """The panel asks for it at the opening: competing proposals are shown above the decision as well."""

    def __init__(self, session: Any) -> None:
        super().__init__(session)
        self._said = Notice(Tone.PLAIN, "related_notice")
        self._list = QListWidget()
        self._list.setObjectName("related_list")
        self._list.setAccessibleName(translate("Related", "What else touches this ground"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumHeight(110)
        self._show_button = button(translate("Related", "Show on the &map"), "show_related_button", "search", act=self._show_place)
        self._open_button = button(translate("Related", "Open the pr&oposal"), "open_related_button", "review", act=self._open)
        fill(self, self._said, self._list, button_row(self._show_button, self._open_button))
        self.layout().setStretchFactor(self._list, 1)
        self._list.itemActivated.connect(lambda _item: self._show_place())
        self._list.currentItemChanged.connect(lambda *_: self._offer())
        session.related.changed.connect(self._show)

    def show_review(self, detail: Optional[ProposalDetail]) -> None:
        super().show_review(detail)
        if detail is not None and not is_local(detail):
            self._show()

    def title(self, detail: ProposalDetail) -> str:
        return translate("Related", "Related")

    def badge(self, detail: ProposalDetail) -> str:
        found = self._found()
        return str(count(found) or "") if found is not None else ""

    def icon_name(self, detail: ProposalDetail) -> str:
        found = self._found()
        return "warning" if found is not None and found.competing else ""

    def tip(self, detail: ProposalDetail) -> str:
        found = self._found()
        return competing_text(found.competing) if found is not None else ""

    def _found(self) -> Optional[Related]:
        return self._session.related.about(self._detail.summary.id) if self._detail is not None else None

    def _show(self) -> None:
        if self._detail is None or is_local(self._detail):
            return
        found, error = self._found(), self._session.related.failure(self._detail.summary.id)
        self._list.clear()
        self._list.setVisible(found is not None)
        if found is not None:
            self._fill(found)
            self._said.say("")
        elif error is not None:
            self._said.say(present(error, "related", Describer(self._session.catalogue)).text, Tone.WARNING)
        else:
            self._said.say(translate("Related", "Looking what else touches this ground…"), Tone.PLAIN)
        self._offer()
        self.renamed.emit()

    def _fill(self, found: Related) -> None:
        for head, lines in self._sections(found):
            title = QListWidgetItem(head)
            title.setFont(bold_font(self.font()))
            title.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self._list.addItem(title)
            for picture, text, meeting in lines:
                item = QListWidgetItem(icon(picture), text)
                item.setToolTip(plain_tip(text))
                item.setData(MEETING_ROLE, meeting)
                self._list.addItem(item)

    def _sections(self, found: Related) -> Iterator[tuple[str, list[Line]]]:
        describer = Describer(self._session.catalogue)
        competing: list[Line] = [("warning", meeting_text(each), each) for each in found.competing]
        yield competing_text(found.competing) or translate("Related", "No other proposal waits on this ground"), competing
        yield adjusted_text(found), [("info", earlier_text(each), each) for each in found.earlier]
        if found.plans:
            lines: list[Line] = [("info", plan_text(each, describer), None) for each in found.plans]
            yield translate("Related", "In higher plans the ground is"), lines
        if found.restricted:
            yield translate("Related", "Restricted ground"), [("warning", restricted_text(each), None) for each in found.restricted]
        if found.communes:
            yield translate("Related", "Neighbouring communes"), [("info", commune_text(each), None) for each in found.communes]
        yield self._verdict(), []

    def _verdict(self) -> str:
        findings = self._detail.findings if self._detail is not None else ()
        errors = sum(plain(finding.severity) == "error" for finding in findings)
        text = translate("Related", "Planning rules (see Check): errors {errors}, remarks {remarks}")
        return text.format(errors=errors, remarks=len(findings) - errors)

    # --- leading on ---------------------------------------------------------------------------------------------------

    def _meeting(self) -> Optional[Meeting]:
        item = self._list.currentItem()
        return item.data(MEETING_ROLE) if item is not None else None

    def _offer(self) -> None:
        meeting = self._meeting()
        self._show_button.setEnabled(meeting is not None)
        self._open_button.setEnabled(meeting is not None and meeting.opens)
        closed = meeting is not None and not meeting.opens
        self._open_button.setToolTip(translate("Related", "It belongs to others; ask them or the province") if closed else "")

    def _show_place(self) -> None:
        meeting = self._meeting()
        if meeting is None:
            return
        self.changes_asked.emit(list(meeting.features))
        if meeting.bounds is not None:
            self._session.zoom_to_place(meeting.bounds)

    def _open(self) -> None:
        meeting = self._meeting()
        if meeting is not None and meeting.opens:
            self._session.open_review(meeting.id)
