"""The land-fund balance of a draft in a line or two, followed while one composes."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Optional

from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QWidget

from commune_planning_plugin.gui.balance_rows import BalanceRow, balance_rows, closing_text, norm_texts, signed
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice
from commune_planning_plugin.store import Draft

NAMED = 4
"""Land functions that differ, before the line only counts."""
WAIT_MS = 400


class BalanceLine(Notice):
    """Computed anew a moment after the draft's changes are others."""

    def __init__(self, session: Any, parent: Optional[QWidget] = None) -> None:
        super().__init__(Tone.PLAIN, "balance_line", parent)
        self._session = session
        self._draft: Optional[Draft] = None
        self._subject: Optional[Hashable] = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self._ask)
        session.balance.changed.connect(self._show)
        session.local_changes_changed.connect(self._again)

    def follow(self, draft: Draft) -> None:
        """Show the balance of what the draft would send."""
        self._draft = draft
        subject = (draft.plan, frozenset(draft.refs))
        if subject != self._subject:
            self._subject = subject
            self.say("")
            self._soon.start()

    def _again(self) -> None:
        if self._draft is not None:
            self._soon.start()

    def _ask(self) -> None:
        if self._draft is not None and self._draft.plan and self._draft.refs and self.parentWidget().isVisible():
            self._session.balance.load_local(self._draft.plan, self._draft.refs)

    def _show(self) -> None:
        found = self._session.balance.about(self._subject)
        if found is None or self._draft is None:
            return
        text, well = closing_text(found.balance, found.whole)
        differing = [row for row in balance_rows(found.balance, self._session.catalogue) if row.difference]
        unmet = [told for told, met in norm_texts(found.balance) if not met]
        lines = (_differences(differing), text, *(f"✗ {told}" for told in unmet))
        self.say("\n".join(lines), Tone.BAD if not well else Tone.WARNING if unmet else Tone.GOOD)


def _differences(rows: list[BalanceRow]) -> str:
    if not rows:
        return translate("Balance", "The land-fund balance stays as it is.")
    named = "; ".join(f"{row.title} {signed(row.difference)} ha" for row in rows[:NAMED])
    return translate("Balance", "Balance: {differences}").format(differences=named + ("; …" if len(rows) > NAMED else ""))
