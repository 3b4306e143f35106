"""Controllers of the session that docks are tried on: what they are asked to do is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from tests.plugin import sample

if TYPE_CHECKING:
    from commune_planning_plugin.store import Draft
    from tests.plugin.fake_session import FakeSession


class FakeLookup(QObject):
    """A lookup whose answer a test gives; ``asked`` lists what was asked for."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Any] = []
        self.value: Any = None
        self.error: Any = None

    def about(self, _subject: Any) -> Any:
        return self.value

    def failure(self, _subject: Any) -> Any:
        return self.error

    def load(self, *subject: Any) -> None:
        self.asked.append(subject)
        self.changed.emit()

    def load_local(self, *subject: Any) -> None:
        self.load(*subject)

    def forget(self) -> None:
        self.answer()

    def answer(self, value: Any = None, error: Any = None) -> None:
        self.value, self.error = value, error
        self.changed.emit()


class FakeAuthority(QObject):
    """Steps and delegations are kept as calls of the session."""

    def __init__(self, session: FakeSession) -> None:
        super().__init__(session)
        self._session = session
        self.of_plan, self.delegations = FakeLookup(), FakeLookup()
        self.headed: tuple[str, ...] = ()

    def _called(self, *call: Any) -> None:
        self._session.calls.append(call)

    def appraise(self, reason: Optional[str] = None) -> None:
        self._called("appraise", reason)

    def consent(self, reason: Optional[str] = None) -> None:
        self._called("consent", reason)

    def approve_without_consent(self) -> None:
        self._called("approve_without_consent")

    def post_check(self, reason: Optional[str] = None) -> None:
        self._called("post_check", reason)

    def object(self, reason: str) -> None:
        self._called("object", reason)

    def give(self, commune: str, receiver: str, acts: Any, valid_from: str, valid_to: str, document: str) -> None:
        self._called("give", commune, receiver, tuple(acts), valid_from, valid_to, document)

    def revoke(self, delegation: Any) -> None:
        self._called("revoke_signature", delegation)


class FakeDisplay(QObject):
    """Keeps the mode and the calls."""

    changed = pyqtSignal()

    def __init__(self, calls: list[tuple[Any, ...]]) -> None:
        super().__init__()
        self._calls = calls
        self.mode = "overlay"

    def set_mode(self, mode: Any) -> None:
        self.mode = mode
        self._calls.append(("set_mode", mode))
        self.changed.emit()

    def hold_before(self, held: bool) -> None:
        self._calls.append(("hold_before", held))

    def show_changes(self, items: Any) -> None:
        self._calls.append(("show_changes", tuple(item.key for item in items)))


class FakePreview(QObject):
    """Shows made-up local changes at once."""

    opened = pyqtSignal()
    closed = pyqtSignal()

    def __init__(self, session: FakeSession) -> None:
        super().__init__(session)
        self._session = session

    def show(self, refs: Any = None) -> None:
        self._session.calls.append(("preview", None if refs is None else tuple(refs)))
        self._session.set(review=sample.preview())
        self.opened.emit()

    def show_draft(self, draft: Draft) -> None:
        self.show(draft.refs)


class FakeSheet:
    """Keeps which sheets are asked for, and where to."""

    def __init__(self, calls: list[tuple[Any, ...]]) -> None:
        self._calls = calls

    def make(self, proposal: str, path: Any, printed: Any) -> None:
        self._calls.append(("sheet", proposal, path))
