"""Where a signed decision is written down: number, days, signer, file, figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.PyQt.QtCore import QDate, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QDateEdit, QFileDialog, QFormLayout, QFrame, QLineEdit, QWidget

from commune_planning_plugin.core.decision import HECTARE, Decision, Figures, FunctionArea, Scope
from commune_planning_plugin.core.text import LONGEST_TITLE, readable
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, button_row, fill, text_label
from commune_planning_plugin.gui.reconciliation_table import ReconciliationTable
from commune_planning_plugin.sync.decision_calls import DecisionPapers

HUNDREDTH = 100.0
"""m²: a decision writes hectares with two decimals."""


class DecisionForm(QFrame):
    """Emits what is to be recorded. Figures are there as the map has them; each can be edited."""

    record_asked = pyqtSignal(object, object)
    """The `Decision`, and the `Path` of the chosen file, or None where the file that was recorded before stays."""
    left = pyqtSignal()

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._papers: Optional[DecisionPapers] = None
        self._document: Optional[Path] = None
        self._dialog: Optional[QFileDialog] = None
        self._number = _edit("decision_number", translate("Decision", "e.g. 1992/QĐ-UBND"))
        self._signer = _edit("decision_signer", translate("Decision", "Full name"))
        self._office = _edit("decision_office", translate("Decision", "e.g. Deputy chair of the province's People's Committee"))
        self._reason = _edit("decision_reason", translate("Decision", "What was wrong in the former record"))
        self._date, self._effective = _date("decision_date"), _date("decision_effective")
        self._scope = self._scopes()
        self._file = text_label(name="decision_file")
        self._choose = button(translate("Decision", "Choose the &PDF…"), "decision_file_button", "file", act=self._ask_file)
        self._figures = ReconciliationTable()
        self._missing = Notice(Tone.PLAIN, "decision_missing")
        self._record = button(translate("Decision", "&Record the decision"), "record_button", "check", act=self._do_record)
        self._cancel = button(translate("Decision", "Cance&l"), "cancel_decision_button", act=self.left.emit)
        self._lay_out()

    def _lay_out(self) -> None:
        box = QWidget()
        form = QFormLayout(box)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for title, widget in (
            (translate("Decision", "&Number"), self._number),
            (translate("Decision", "Signed &on"), self._date),
            (translate("Decision", "In &force from"), self._effective),
            (translate("Decision", "&Signed by"), self._signer),
            (translate("Decision", "Offi&ce"), self._office),
            (translate("Decision", "Correction beca&use"), self._reason),
            (translate("Decision", "Figures &are about"), self._scope),
        ):
            form.addRow(title, widget)
        self._rows = form
        files = button_row(self._choose)
        fill(self, box, self._file, files, self._figures, self._missing, button_row(self._record, self._cancel), spacing=6)
        for edit in (self._number, self._signer, self._office, self._reason):
            edit.textChanged.connect(self._show_missing)
        self._date.dateChanged.connect(self._date_moved)
        self._effective.dateChanged.connect(self._show_missing)
        self._scope.currentIndexChanged.connect(self._show_figures)

    def _scopes(self) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName("decision_scope")
        combo.addItem(translate("Decision", "the whole plan"), Scope.PLAN.value)
        combo.addItem(translate("Decision", "the changed ground alone"), Scope.CHANGED.value)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(12)
        return combo

    # --- showing ------------------------------------------------------------------------------------------------------

    def open_for_approval(self, papers: DecisionPapers, again: bool) -> None:
        """It is recorded with the approval. ``again``: what was written before a refusal is still there."""
        if again:
            self._papers = papers
            self._show_figures()
        else:
            self.open(papers)
        self._record.setText(translate("Decision", "&Approve and record the decision"))
        self._scope.setEnabled(False)

    def open(self, papers: DecisionPapers) -> None:
        """Empty for the first record; as it was recorded for a correction."""
        self._papers, self._document = papers, None
        record = papers.current
        known = record.decision if record is not None else None
        for edit, name in ((self._number, "number"), (self._signer, "signer"), (self._office, "office")):
            edit.setText(getattr(known, name) if known is not None else "")
        self._reason.clear()
        for widget in (self._reason, self._rows.labelForField(self._reason)):
            widget.setVisible(known is not None)
        today = QDate.currentDate()
        self._date.setDate(QDate(known.date.year, known.date.month, known.date.day) if known is not None else today)
        start = known.effective if known is not None else None
        self._effective.setDate(QDate(start.year, start.month, start.day) if start is not None else today)
        self._scope.setCurrentIndex(self._scope.findData(known.figures.scope.value if known is not None else Scope.PLAN.value))
        self._record.setText(
            translate("Decision", "&Record the correction") if known else translate("Decision", "&Record the decision")
        )
        self._scope.setEnabled(True)
        self._show_figures()
        self._number.setFocus()

    def _show_figures(self) -> None:
        if self._papers is None:
            return
        scope = Scope(self._scope.currentData())
        measured = self._papers.measured.get(scope, Figures(scope=scope))
        record = self._papers.current
        kept = record.decision.figures if record is not None and record.decision.figures.scope is scope else None
        stated = kept if kept is not None else _rounded(measured)
        self._figures.show_figures(self._session.catalogue, stated, measured, self._papers.tolerance, editable=True)
        self._show_missing()

    def _date_moved(self, moved: QDate) -> None:
        if self._effective.date() < moved:
            self._effective.setDate(moved)
        self._show_missing()

    def _show_missing(self) -> None:
        self._file.setText(self._file_text())
        missing = [text for text, there in self._wanted() if not there]
        self._missing.say(translate("Decision", "Still missing: {what}.").format(what=", ".join(missing)) if missing else "")
        self._record.setEnabled(not missing and self._session.job is None)

    def _wanted(self) -> list[tuple[str, bool]]:
        record = self._papers.current if self._papers is not None else None
        wanted = [
            (translate("Decision", "number"), bool(self._number.text().strip())),
            (translate("Decision", "who signed"), bool(self._signer.text().strip())),
            (translate("Decision", "office"), bool(self._office.text().strip())),
            (translate("Decision", "the signed PDF"), self._document is not None or record is not None),
            (translate("Decision", "a day in force that isn't before the signature"), self._effective.date() >= self._date.date()),
        ]
        if record is not None:
            wanted.append((translate("Decision", "why it is corrected"), bool(self._reason.text().strip())))
        return wanted

    def _file_text(self) -> str:
        record = self._papers.current if self._papers is not None else None
        if self._document is not None:
            return self._document.name
        return record.decision.file_name if record is not None else translate("Decision", "No file chosen yet.")

    def show_job(self) -> None:
        self._show_missing()

    # --- doing --------------------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        self._dialog = QFileDialog(self, translate("Decision", "The signed decision"), "", "PDF (*.pdf)")
        self._dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._dialog.fileSelected.connect(lambda name: self.choose_file(Path(name)))
        self._dialog.open()

    def choose_file(self, path: Path) -> None:
        self._document = path
        self._show_missing()

    def _do_record(self) -> None:
        record = self._papers.current if self._papers is not None else None
        texts = {name: readable(edit.text()).strip() for name, edit in self._texts().items()}
        decision = Decision(
            **texts,
            date=self._date.date().toPyDate(),
            effective=self._effective.date().toPyDate(),
            sha256=record.decision.sha256 if record is not None else "",
            file_name=record.decision.file_name if record is not None else "",
            figures=self._figures.stated,
            supersedes=record.id if record is not None else None,
            reason=readable(self._reason.text()).strip() if record is not None else None,
        )
        self.record_asked.emit(decision, self._document)

    def _texts(self) -> dict[str, QLineEdit]:
        return {"number": self._number, "signer": self._signer, "office": self._office}


def _rounded(measured: Figures) -> Figures:
    """As a decision would write it: hectares with two decimals."""
    areas = {code: FunctionArea(_hundredth(area.after), _hundredth(area.before)) for code, area in measured.areas.items()}
    boundary = _hundredth(measured.boundary) if measured.boundary is not None else None
    return Figures(areas, measured.lots, boundary, measured.scope)


def _hundredth(square_metres: Optional[float]) -> float:
    return round((square_metres or 0.0) / HECTARE, 2) * HECTARE


def _edit(name: str, hint: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName(name)
    edit.setPlaceholderText(hint)
    edit.setMaxLength(LONGEST_TITLE)
    return edit


def _date(name: str) -> QDateEdit:
    edit = QDateEdit()
    edit.setObjectName(name)
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("dd/MM/yyyy")
    return edit
