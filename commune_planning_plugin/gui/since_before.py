"""Of a proposal that came back: why the version before was returned, and what differs from it."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QFrame

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.version_compare import Standing, compare
from commune_planning_plugin.core.workflow import Step
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.brief_notice import BriefNotice
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import fill
from commune_planning_plugin.gui.review_tab import is_local
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.detail_documents import ProposalDetail, ReviewItem
from commune_planning_plugin.sync.proposal_documents import StepTaken


class SinceBefore(QFrame):
    """Hidden for a first version. What the version before wanted is asked of the hub."""

    changed = pyqtSignal()
    """What differs is known, or another part of it is to be shown."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._detail: Optional[ProposalDetail] = None
        self._subject: Optional[tuple[str, int]] = None
        self._changes: dict[Ref, Change] = {}
        self._standings: dict[Ref, Standing] = {}
        self._why = BriefNotice(Tone.NEWS, "returned_notice")
        self._only = QCheckBox(translate("Review", "Only what &differs from last time"))
        self._only.setObjectName("only_differing_check")
        self._only.toggled.connect(lambda _on: self.changed.emit())
        fill(self, self._why, self._only, spacing=2)
        session.versions.changed.connect(self._take)
        self.hide()

    def show_review(self, detail: ProposalDetail) -> None:
        """Ask for the version before, where there is one."""
        self._detail = detail
        ended = _ended(detail)
        subject = (detail.summary.id, ended.version) if ended is not None and ended.version is not None else None
        self.setVisible(subject is not None)
        if subject == self._subject:
            return
        self._subject, self._changes, self._standings = subject, {}, {}
        self._only.setChecked(False)
        self._only.setEnabled(False)
        if subject is not None and ended is not None:
            self._why.say(*_why(detail, ended))
            self._session.versions.load(*subject)

    def _take(self) -> None:
        found = self._session.versions.about(self._subject) if self._subject is not None else None
        if found is None or self._detail is None:
            return
        keys = self._detail.rekeyed
        newer = [Change(c.layer, keys.get(c.key, c.key), c.old, c.new) for c in self._detail.content.changes]
        self._changes = {Ref(change.layer, change.key): change for change in found.changes}
        self._standings = {Ref(*key): standing for key, standing in compare(found.changes, newer).items()}
        self._only.setEnabled(True)
        self.changed.emit()

    # --- what the list shows ------------------------------------------------------------------------------------------

    @property
    def dropped(self) -> tuple[ReviewItem, ...]:
        """Changes that the version before wanted and this one doesn't."""
        gone = (change for ref, change in self._changes.items() if self._standings.get(ref) is Standing.DROPPED)
        return tuple(ReviewItem(c.layer, c.key, c.kind.value, _row(c.old), _row(c.new), None) for c in gone)

    def shows(self, ref: Ref) -> bool:
        """Whether the filter lets the change through."""
        return not self._only.isChecked() or self._standings.get(ref) is not Standing.SAME

    def label(self, ref: Ref) -> str:
        """What became of the change since last time; empty for a first version."""
        return {
            Standing.SAME: translate("Review", "as before"),
            Standing.ALTERED: translate("Review", "altered"),
            Standing.NEW: translate("Review", "new"),
            Standing.DROPPED: translate("Review", "dropped"),
            None: "",
        }[self._standings.get(ref)]

    def earlier(self, ref: Ref) -> Optional[Change]:
        """What the version before wanted, of a change that it wanted otherwise."""
        return self._changes.get(ref) if self._standings.get(ref) is Standing.ALTERED else None

    def sides(self) -> list[str]:
        """Headers of the three columns of `version_lines`."""
        number = self._subject[1] if self._subject is not None else 0
        version = translate("Review", "Version {number}")
        now = self._detail.summary.version if self._detail is not None else 0
        return [translate("Review", "Before"), version.format(number=number), version.format(number=now)]


def _row(values: Any) -> Optional[dict[str, Any]]:
    return dict(values) if values is not None else None


def _ended(detail: ProposalDetail) -> Optional[StepTaken]:
    """How the version before the present one ended."""
    if is_local(detail):
        return None
    ending = (Step.RETURN, Step.WITHDRAW, Step.REJECT)
    older = [s for s in detail.steps if s.version is not None and s.version < detail.summary.version and s.step in ending]
    return max(older, key=lambda step: (step.version or 0, step.at), default=None)


def _why(detail: ProposalDetail, ended: StepTaken) -> tuple[str, str]:
    """In a line, and whole. A return without a reason of its own carried changes that were marked, each with its reason."""
    withdrawn = ended.step is Step.WITHDRAW
    brief = (
        translate("Review", "Version {before} was withdrawn") if withdrawn else translate("Review", "Version {before} came back")
    )
    text = (
        translate("Review", "Version {now}. Version {before} was withdrawn by {name}, {time}.")
        if withdrawn
        else translate("Review", "Version {now}. Version {before} was returned by {name}, {time}.")
    )
    said = text.format(now=detail.summary.version, before=ended.version, name=ended.actor, time=quantities.day_and_time(ended.at))
    line = brief.format(before=ended.version)
    reason = ended.reason
    if not reason and not withdrawn:
        reason = translate("Review", "What was to be redone is told at each change.")
    return (f"{line}: {reason}", f"{said}\n{reason}") if reason else (line, said)
