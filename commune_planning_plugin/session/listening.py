"""Hearing of news soon: a question to the hub that is answered when there is some, and data that is got without being asked for."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Optional

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from commune_planning_plugin.core.errors import HubError, NotSignedIn, PlanningError
from commune_planning_plugin.session.context import Context
from commune_planning_plugin.session.types import Connection, PullMode

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.network import Listener
    from commune_planning_plugin.session.working_copy import WorkingCopyController
    from commune_planning_plugin.sync.client import News
    from commune_planning_plugin.sync.transport import Request, Transport

WAIT_S = 25
"""How long one question is held: shorter than what gateways on the way take for silence."""
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 300.0
QUARTER_MS = 15 * 60_000
TRY_AGAIN_MS = 5_000


class NewsListener(QObject):
    """Listens while somebody is signed in and the hub is there; keeps neither a thread nor a database busy meanwhile."""

    heard = pyqtSignal()
    """There is something new at the hub, or something to find out about the connection."""

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._listener: Optional[Listener] = None
        self._asked: Optional[tuple[Transport, Request]] = None
        self._of: Optional[tuple[str, Optional[str], Optional[str]]] = None
        self._seen = ""
        self._pause_s = 0.0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._ask)

    def follow(self) -> None:
        """To be called when account, commune or connection may have changed."""
        state = self._context.state
        if state.connection is not Connection.ONLINE or state.token is None:
            self.stop()
            return
        of = (state.hub_url, state.token, state.commune.code if state.commune is not None else None)
        if of != self._of:
            self.stop()
            self._of, self._seen = of, ""
        if not self._again.isActive() and (self._listener is None or not self._listener.listening):
            self._ask()

    def stop(self) -> None:
        self._again.stop()
        self._of = None
        if self._listener is not None:
            self._listener.stop()

    def _ask(self) -> None:
        if self._of is None:
            return
        from commune_planning_plugin.adapters.network import Listener, hub_session
        from commune_planning_plugin.sync.client import news_request
        from commune_planning_plugin.sync.transport import Transport

        if self._listener is None:
            self._listener = Listener(self)
            self._listener.answered.connect(self._answered)
        url, token, commune = self._of
        transport, request = Transport(url, hub_session(), token), news_request(self._seen, commune, WAIT_S if self._seen else 0)
        self._asked = (transport, request)
        self._listener.ask(transport.prepared(request), request.read_s)

    def _answered(self, answer: Any) -> None:
        if self._of is None or self._asked is None:
            return
        try:
            news = self._read(answer)
        except PlanningError as error:
            self._lost(error)
            return
        self._seen, self._pause_s = news.seen, 0.0
        if news.news:
            self.heard.emit()
        self._again.start(0)

    def _read(self, answer: Any) -> News:
        """Raises ``HubError``."""
        import requests

        from commune_planning_plugin.sync.client import news_of
        from commune_planning_plugin.sync.transport import document, translated

        assert self._asked is not None  # noqa: S101  # the caller has looked
        transport, request = self._asked
        if isinstance(answer, requests.RequestException):
            raise translated(answer, transport.base_url)
        return news_of(document(transport.checked(answer, request)))

    def _lost(self, error: PlanningError) -> None:
        """A pause that grows; the first failure is looked into, since the connection may be gone."""
        first = not self._pause_s
        self._pause_s = min(LONGEST_PAUSE_S, max(SHORTEST_PAUSE_S, 2 * self._pause_s))
        self._pause_s = max(self._pause_s, float(error.details.get("retry_after_s", 0)))
        self._again.start(int(1000 * self._pause_s * random.uniform(0.75, 1.25)))  # noqa: S311 (no secret)
        if first or isinstance(error, NotSignedIn) or not isinstance(error, HubError):
            self.heard.emit()


class AutomaticPull(QObject):
    """Gets data when the person has set it so; never while a layer is in edit mode, and without asking anything."""

    def __init__(self, context: Context, copy: WorkingCopyController, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._copy = copy
        self._due = False
        self._quarter = QTimer(self)
        self._quarter.setInterval(QUARTER_MS)
        self._quarter.timeout.connect(self._is_due)
        self._try = QTimer(self)
        self._try.setInterval(TRY_AGAIN_MS)
        self._try.timeout.connect(self._pull_if_free)

    def restore(self) -> None:
        from commune_planning_plugin.adapters import settings

        known = {mode.value: mode for mode in PullMode}
        self._follow(known.get(settings.pull_mode(), PullMode.BY_HAND))

    def set(self, mode: PullMode) -> None:
        from commune_planning_plugin.adapters import settings

        settings.set_pull_mode(mode.value)
        self._follow(mode)
        self.news()

    def _follow(self, mode: PullMode) -> None:
        self._context.state.pull_mode = mode
        self._due = False
        self._try.stop()
        if mode is PullMode.QUARTER:
            self._quarter.start()
        else:
            self._quarter.stop()
        self._context.signals.changed.emit()

    def news(self) -> None:
        """What waits at the province may have become more."""
        if self._context.state.pull_mode is PullMode.NEWS and self._context.state.news:
            self._is_due()

    def must_pull(self) -> None:
        """Whatever the person has set: the data isn't what the account may see."""
        self._is_due()

    def _is_due(self) -> None:
        self._due = True
        self._pull_if_free()

    def _pull_if_free(self) -> None:
        state = self._context.state
        wanted = self._due and state.token is not None and state.checkpoint is not None and not state.damage
        if not wanted or state.news == 0:
            self._due = False
            self._try.stop()
        elif state.connection is Connection.ONLINE and self._copy.may_pull_now():
            self._due = False
            self._try.stop()
            self._copy.pull_quietly()
        else:
            self._try.start()

    def stop(self) -> None:
        self._quarter.stop()
        self._try.stop()
