"""News and errors in QGIS's message bar: one sentence or three, a button for the way out, details that can be copied."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Any, Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton, QWidget

from commune_planning_plugin.core.errors import Cancelled, PlanningError
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.news_texts import news_text
from commune_planning_plugin.gui.parts import button, button_row, fill, plain_tip, text_label
from commune_planning_plugin.gui.present_error import Action, Presentation, action_label, present

_NEWS_SECONDS = 6
_SECONDS = {"signed_in": 3, "token.not_kept": 12}
"""Of news that is shorter- or longer-lived than others."""


class Messages(QObject):
    """Shows what a session tells on ``message_bar`` (a QgsMessageBar). ``actions`` are the ways out that the plugin knows."""

    def __init__(
        self, session: Any, message_bar: Any, actions: Mapping[Action, Callable[[], object]], parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._bar = message_bar
        self._actions = dict(actions)
        self._dialog: Optional[QDialog] = None
        self._news: Optional[QWidget] = None
        self._errors: dict[str, QWidget] = {}
        session.failed.connect(self.show_error)
        session.noticed.connect(self.show_news)

    def show_news(self, code: str, details: Mapping[str, Any]) -> None:
        text = news_text(code, details, Describer(self._session.catalogue))
        if text:
            level = Qgis.MessageLevel.Warning if details.get("conflicts") else Qgis.MessageLevel.Info
            self._take_back_news()
            self._news = self._push(text, level, _SECONDS.get(code, _NEWS_SECONDS))

    def show_error(self, error: PlanningError, context: str) -> None:
        """What a dock shows beside the field it is about isn't repeated here."""
        if context == "sign_in" or error.code == "proposal.several_plans":
            return
        if isinstance(error, Cancelled):
            self.show_news("cancelled", {})
            return
        said = present(error, context, Describer(self._session.catalogue))
        self._take_back(self._errors.get(said.code))
        item = self._errors[said.code] = self._push(said.short, Qgis.MessageLevel.Warning, 0)
        item.setToolTip(plain_tip(said.text))
        act = self._actions.get(said.action) if said.action is not None else None
        if act is not None and said.action is not None:
            item.layout().addWidget(button(action_label(said.action), "message_action_button", act=act))
        item.layout().addWidget(self._details_button(said))

    def _push(self, text: str, level: Qgis.MessageLevel, seconds: int) -> QWidget:
        item = self._bar.createMessage(translate("Errors", "Commune planning"), html.escape(text, quote=False))  # QGIS reads HTML
        self._bar.pushWidget(item, level, seconds)
        return item  # type: ignore[no-any-return]

    def _take_back_news(self) -> None:
        """News takes the place of our older news; errors stay until they are closed."""
        known, self._news = self._news, None
        self._take_back(known)

    def _take_back(self, known: Optional[QWidget]) -> None:
        if known is not None and known in self._bar.items():
            self._bar.popWidget(known)

    def _details_button(self, said: Presentation) -> QPushButton:
        return button(translate("Errors", "Details"), "message_details_button", act=lambda: self.show_details(said))

    def show_details(self, said: Presentation) -> None:
        """A window beside the work, not before it: for whoever helps."""
        self._dialog = DetailsDialog(said, self._bar.window())
        self._dialog.show()

    def stop(self) -> None:
        """Listen no more; close what is open."""
        self._session.failed.disconnect(self.show_error)
        self._session.noticed.disconnect(self.show_news)
        if self._dialog is not None:
            self._dialog.close()


class DetailsDialog(QDialog):
    """The sentence and, below it, what a supporter needs; the button copies both."""

    def __init__(self, said: Presentation, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("planning_details_dialog")
        self.setWindowTitle(translate("Errors", "Details"))
        self._text = f"{said.text}\n\n{said.details}"
        shown = QPlainTextEdit(said.details)
        shown.setReadOnly(True)
        shown.setAccessibleName(translate("Errors", "Details"))
        copy = button(translate("Errors", "&Copy"), "copy_details_button", act=self.copy)
        close = button(translate("Errors", "C&lose"), "close_details_button", act=self.close)
        fill(self, text_label(said.text), shown, button_row(copy, close), margin=9)
        self.resize(460, 320)

    def copy(self) -> None:
        QApplication.clipboard().setText(self._text)
