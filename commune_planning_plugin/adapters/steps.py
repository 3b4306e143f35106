"""Long work on the main thread, one short step per turn of the event loop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Callable, Optional

from qgis.PyQt.QtCore import QObject, QTimer


class Steps(QObject):
    """Runs a generator step by step; what paints or clicks in between gets its turn.

    What a step raises ends the run and goes to `failed`, if it is of the classes in `errors`.
    """

    def __init__(
        self,
        work: Iterator[object],
        done: Callable[[], None],
        failed: Optional[Callable[[Exception], None]] = None,
        errors: tuple[type[Exception], ...] = (),
        parent: Optional[QObject] = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._done, self._failed, self._errors = work, done, failed, errors
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def stop(self) -> None:
        """Leave the rest undone."""
        self._timer.stop()

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def _step(self) -> None:
        going_on = False
        try:
            next(self._work)
            going_on = True
        except StopIteration:
            self.stop()
            self._done()
        except self._errors as error:
            self.stop()
            if self._failed is not None:
                self._failed(error)
        finally:
            if not going_on:
                self.stop()
