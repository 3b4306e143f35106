"""The running job, or else what is being sent: what it does, bytes and features, the time that is left, and a way to stop it."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtWidgets import QFrame, QProgressBar

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.labels import job_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import button, fill, line, text_label

_STEPS = 1000


class ProgressPanel(QFrame):
    """Shown only while something runs."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._what = text_label(name="progress_text")
        self._bar = QProgressBar()
        self._bar.setObjectName("progress_bar")
        self._bar.setAccessibleName(translate("WorkingCopy", "Progress"))
        tip = translate("WorkingCopy", "Stop; everything stays as it was before")
        self._cancel = button(translate("WorkingCopy", "S&top"), "cancel_button", tip=tip, act=session.cancel)
        fill(self, self._what, line(self._bar, self._cancel))
        self.hide()

    def refresh(self) -> None:
        job = self._session.job or self._session.sending
        self.setVisible(job is not None)
        if job is None:
            return
        self._what.setText(_job_text(job))
        known = job.fraction is not None
        self._bar.setRange(0, _STEPS if known else 0)
        self._bar.setValue(round(job.fraction * _STEPS) if known else 0)
        self._bar.setFormat("%p %")
        self._cancel.setEnabled(job.cancellable)


def _job_text(job: Any) -> str:
    parts = [job_label(job.code, job.stage), _bytes_text(job), _features_text(job)]
    if job.remaining_s is not None:
        parts.append(quantities.remaining(job.remaining_s))
    return " · ".join(part for part in parts if part)


def _bytes_text(job: Any) -> str:
    if job.done_bytes is None:
        return ""
    if job.total_bytes is None:
        return quantities.size(job.done_bytes)
    return translate("WorkingCopy", "{done} of {total}").format(
        done=quantities.size(job.done_bytes), total=quantities.size(job.total_bytes)
    )


def _features_text(job: Any) -> str:
    if job.done_features is None:
        return ""
    done = quantities.number(job.done_features)
    if job.total_features is None:
        return translate("WorkingCopy", "{done} features").format(done=done)
    return translate("WorkingCopy", "{done} of {total} features").format(done=done, total=quantities.number(job.total_features))
