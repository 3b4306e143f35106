"""The dock *Bản làm việc*: what I have on this computer, what I changed, and the one next step."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QComboBox, QDockWidget, QPushButton, QShortcut, QWidget

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.gui.changes_panel import ChangesPanel
from commune_planning_plugin.gui.describe import Describer, commune_title
from commune_planning_plugin.gui.header import Header
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.offer_notice import OfferNotice
from commune_planning_plugin.gui.parts import Notice, Scrolled, button, column, line, set_button_text
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.gui.problems_panel import ProblemsPanel
from commune_planning_plugin.gui.progress_panel import ProgressPanel
from commune_planning_plugin.gui.sign_in_panel import SignInPanel
from commune_planning_plugin.gui.step_words import step_words


class WorkingCopyDock(QDockWidget):
    """Shows the session's working copy. Other docks are asked for by signal, never touched."""

    compose_asked = pyqtSignal(object)
    """Refs that a proposal is wanted of; None for all."""
    conflicts_asked = pyqtSignal(object)
    """The conflict (its Ref) that is to be decided; None for the first."""
    drafts_asked = pyqtSignal()
    proposals_asked = pyqtSignal()
    review_asked = pyqtSignal()

    def __init__(self, session: Any, parent: Optional[QWidget] = None) -> None:
        super().__init__(translate("WorkingCopy", "Working copy"), parent)
        self.setObjectName("planning_working_copy_dock")
        self._session = session
        self._header = Header(session)
        self._sign_in = SignInPanel(session)
        self._progress = ProgressPanel(session)
        self._offer = OfferNotice(session)
        self._damage = self._damage_notice()
        self._problems = ProblemsPanel(session)
        self._changes = ChangesPanel(session)
        self._changes.compose_asked.connect(self.compose_asked)
        self._changes.conflict_asked.connect(self.conflicts_asked)
        self._communes = self._commune_combo()
        self._primary = button("", "primary_button", act=self._take_next_step)
        self._pull = self._pull_button()
        self._lay_out()
        self._listen()
        self.refresh()

    # --- building -----------------------------------------------------------------------------------------------------

    def _commune_combo(self) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName("commune_combo")
        combo.setAccessibleName(translate("WorkingCopy", "Commune"))
        combo.setToolTip(translate("WorkingCopy", "The commune whose plans you work on"))
        combo.setMinimumContentsLength(12)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.activated.connect(lambda _index: self._choose_commune())
        return combo

    def _pull_button(self) -> QPushButton:
        made = button("", "pull_button", "pull", act=self._session.pull)
        made.setAccessibleName(translate("WorkingCopy", "Get data to this computer"))
        made.setToolTip(translate("WorkingCopy", "Get data to this computer: what is new at the province (F9)"))
        made.setShortcut(QKeySequence("F9"))
        return made

    def _damage_notice(self) -> Notice:
        notice = Notice(Tone.BAD, "damage_notice")
        text = translate("WorkingCopy", "&Bring back the record")
        self._repair = notice.add_button(button(text, "repair_button", act=self._session.repair))
        return notice

    def _lay_out(self) -> None:
        self._steps = line(self._primary, self._pull)
        content = column(
            self._header,
            self._sign_in,
            self._communes,
            self._steps,
            self._progress,
            self._offer,
            self._damage,
            self._problems,
            self._changes,
            margin=6,
            spacing=6,
        )
        content.layout().setStretchFactor(self._changes, 1)
        content.layout().addStretch(0)
        self.setWidget(Scrolled(content))
        find = QShortcut(QKeySequence.StandardKey.Find, self, self._changes.focus_filter)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _listen(self) -> None:
        session = self._session
        session.changed.connect(self.refresh)
        session.local_changes_changed.connect(self.refresh)
        session.proposals_changed.connect(self.refresh)
        session.inbox_changed.connect(self.refresh)
        session.job_changed.connect(self._show_job)
        session.failed.connect(self._show_failure)

    # --- showing ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        session = self._session
        signed_out = plain(session.connection) == "signed_out"
        self._header.refresh()
        self._sign_in.setVisible(signed_out)
        self._show_communes()
        self._show_next_step()
        self._offer.refresh()
        self._show_damage()
        self._problems.refresh()
        self._changes.setVisible(session.has_working_copy)
        self._changes.refresh()
        self._show_job()

    def _show_communes(self) -> None:
        communes, chosen = self._session.communes, self._session.commune
        self._communes.clear()
        if chosen is None:
            self._communes.addItem(translate("WorkingCopy", "Choose a commune…"), None)
        for commune in communes:
            self._communes.addItem(commune_title(commune.name, commune.kind), commune.code)
        self._communes.setCurrentIndex(max(0, self._communes.findData(chosen.code if chosen else None)))
        self._communes.setVisible(len(communes) > 1)

    def _choose_commune(self) -> None:
        code = self._communes.currentData()
        if code is not None and (self._session.commune is None or code != self._session.commune.code):
            self._session.choose_commune(code)

    def _show_next_step(self) -> None:
        step = plain(self._session.next_step)
        words = step_words(step)
        set_button_text(self._primary, words.text, words.tip)
        self._primary.setIcon(icon(words.icon))
        self._steps.setVisible(step not in ("sign_in", "nothing") or self._session.has_working_copy)
        self._primary.setVisible(step not in ("sign_in", "nothing"))
        self._pull.setVisible(self._session.commune is not None and step not in ("sign_in", "copy_here"))

    def _show_damage(self) -> None:
        describer = Describer(self._session.catalogue)
        layers: dict[str, list[str]] = {}
        for item in self._session.damage:
            layers.setdefault(item.code, []).append(item.layer)
        errors = [PlanningError(code, layers=named) for code, named in layers.items()]
        self._damage.say("\n".join(present(error, describer=describer).text for error in errors))
        self._repair.setVisible(plain(self._session.next_step) != "repair")

    def _show_job(self) -> None:
        self._progress.refresh()
        self._offer.refresh()
        free = self._session.job is None
        self._primary.setEnabled(free or plain(self._session.next_step) in ("save", "stop_drawing"))
        self._pull.setEnabled(free)
        self._sign_in.refresh()

    def _show_failure(self, error: PlanningError, context: str) -> None:
        if context == "sign_in":
            self._sign_in.say_problem(present(error, context).text)

    # --- the next step ------------------------------------------------------------------------------------------------

    def focus_sign_in(self) -> None:
        """Show the dock, ready to type."""
        self.show()
        self.raise_()
        self._sign_in.focus_first_empty()

    def _take_next_step(self) -> None:
        actions = {
            "sign_in": self.focus_sign_in,
            "choose_commune": self._communes.showPopup,
            "pull": self._session.pull,
            "draw": self._session.start_drawing,
            "save": self._session.save_edits,
            "stop_drawing": self._session.stop_drawing,
            "copy_here": self._session.copy_here,
            "repair": self._session.repair,
            "resolve": lambda: self.conflicts_asked.emit(None),
            "compose": lambda: self.compose_asked.emit(None),
            "finish": self.drafts_asked.emit,
            "correct": self.proposals_asked.emit,
            "review": self.review_asked.emit,
            "give_opinion": self.review_asked.emit,
        }
        actions.get(plain(self._session.next_step), self._session.refresh)()
