"""The revisions that changed something in the commune, and what each of them changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Optional

from qgis.PyQt.QtCore import QObject

from commune_planning_plugin.session.context import Context
from commune_planning_plugin.session.lookups import Lookup
from commune_planning_plugin.session.past_calls import asking

if TYPE_CHECKING:
    from collections.abc import Callable

    from commune_planning_plugin.sync.history_calls import HistoryCalls

REVISIONS = "revisions"
"""The subject of `RevisionList.revisions`."""


class RevisionList(QObject):
    """``revisions`` is a `Revisions`, ``features`` a `RevisionFeatures` about a revision's number; both grow on demand."""

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self.revisions = Lookup(context, self)
        self.features = Lookup(context, self)

    def load(self) -> None:
        self._ask(self.revisions, REVISIONS, lambda calls: calls.revisions())

    def load_older(self) -> None:
        known = self.revisions.about(REVISIONS)
        if known is not None and known.before is not None:
            self.revisions.grow(asking(self._context, lambda calls: calls.revisions(known.before)), _with_older)

    def open(self, number: int) -> None:
        self._ask(self.features, number, lambda calls: calls.revision(number))

    def load_more(self) -> None:
        number, known = self.features.subject, self.features.value
        if isinstance(number, int) and known is not None and known.next is not None:
            self.features.grow(asking(self._context, lambda calls: calls.revision(number, known.next)), _with_more)

    def _ask(self, lookup: Lookup, subject: Any, call: Callable[[HistoryCalls], Any]) -> None:
        if self._context.state.commune is not None:
            lookup.ask(subject, asking(self._context, call))


def _with_older(known: Any, older: Any) -> Any:
    return replace(older, revisions=(*known.revisions, *older.revisions))


def _with_more(known: Any, more: Any) -> Any:
    return replace(more, features=(*known.features, *more.features))
