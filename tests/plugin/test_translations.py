"""The interface is complete in Vietnamese and English; nothing English is left when Vietnamese is installed."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTableWidget,
    QTabWidget,
    QTreeWidget,
    QWidget,
)

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.gui.conflicts_dock import ConflictsDock
from commune_planning_plugin.gui.devices_dialog import DevicesDialog
from commune_planning_plugin.gui.differences import local_sides
from commune_planning_plugin.gui.error_texts import known_codes
from commune_planning_plugin.gui.grounds import grounds
from commune_planning_plugin.gui.language import install_translation, interface_language, remove_translation, translate
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.gui.proposal_dock import ProposalDock
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.gui.working_copy_dock import WorkingCopyDock
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.account_documents import Device
from commune_planning_plugin.sync.contact_documents import CommuneBackups
from tests.plugin import sample
from tests.plugin.fake_session import FakeSession, downloading, working

ROOT = Path(__file__).parents[2]
LANGUAGES = ("vi", "en")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The translations as the script builds them."""
    folder = tmp_path_factory.mktemp("i18n")
    for language in LANGUAGES:
        source = ROOT / "i18n" / f"commune_planning_{language}.ts"
        subprocess.run(["lrelease", "-silent", source, "-qm", folder / f"commune_planning_{language}.qm"], check=True)
    return folder


@pytest.fixture
def vietnamese(built):
    translator = install_translation("vi_VN", built)
    yield
    remove_translation(translator)


def messages(path: Path) -> Iterator[tuple[str, str, ElementTree.Element]]:
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name", ""), message.findtext("source", ""), message


def in_code() -> set[tuple[str, str]]:
    """What the code asks to translate, read without pylupdate, which overlooks some forms of a call."""
    found = set()
    for path in (ROOT / "commune_planning_plugin").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "translate":
                context, text = [*node.args, None, None][:2]  # a painter is moved by a word of the same name
                if isinstance(context, ast.Constant) and isinstance(text, ast.Constant):
                    found.add((context.value, text.value))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_of_the_code_is_translated(language):
    known = {(context, source) for context, source, _ in messages(ROOT / "i18n" / f"commune_planning_{language}.ts")}
    assert sorted(in_code() - known) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pylupdate_finds_nothing_new_or_unfinished(language, tmp_path):
    copy = tmp_path / f"commune_planning_{language}.ts"
    shutil.copy(ROOT / "i18n" / copy.name, copy)
    sources = sorted((ROOT / "commune_planning_plugin").rglob("*.py"))
    subprocess.run(["pylupdate5", *sources, "-ts", copy], check=True, capture_output=True)
    assert [source for _, source, message in messages(copy) if message.find("translation").get("type")] == []


def test_places_and_mnemonics_survive_translation():
    for _, source, message in messages(ROOT / "i18n" / "commune_planning_vi.ts"):
        text = "".join(message.find("translation").itertext()).strip()
        assert set(re.findall(r"\{\w*\}|%n", source)) == set(re.findall(r"\{\w*\}|%n", text)), source
        assert ("&" in source) == ("&" in text), source


def test_vietnamese_follows_qgis_and_others_get_english(built):
    for locale, language in (("vi", "vi"), ("vi_VN", "vi"), ("en_US", "en"), ("fr", "en")):
        translator = install_translation(locale, built)
        assert interface_language() == language
        remove_translation(translator)


def test_without_a_built_translation_the_interface_is_english(tmp_path):
    assert install_translation("vi", tmp_path) is None
    assert interface_language() == "en"


def test_plurals(built, vietnamese):
    assert translate("WorkingCopy", "%n change(s) on this computer", None, 3) == "3 thay đổi trên máy này"
    translator = install_translation("en", built)
    assert translate("WorkingCopy", "%n change(s) on this computer", None, 1) == "1 change on this computer"
    assert translate("WorkingCopy", "%n change(s) on this computer", None, 2) == "2 changes on this computer"
    remove_translation(translator)


def test_english_plurals_have_no_brackets_left():
    for _, source, message in messages(ROOT / "i18n" / "commune_planning_en.ts"):
        assert "(s)" not in "".join(message.find("translation").itertext()), source


def test_each_error_is_said_in_vietnamese(vietnamese):
    for code in known_codes():
        said = present(PlanningError(code))
        assert not _english(said.text), (code, said.text)


def test_the_grounds_are_there_in_both_languages(vietnamese, built):
    vi = grounds()
    translator = install_translation("en", built)
    en = grounds()
    remove_translation(translator)
    assert len(vi) == len(en) == 8
    assert all(one.text != other.text and one.example != other.example for one, other in zip(vi, en))


def sessions() -> Iterator[FakeSession]:
    clash = sample.conflicting()
    yield FakeSession()
    yield working(proposals=sample.mine(), inbox=sample.inbox(), account=sample.REVIEWER, job=downloading())
    yield working(local_changes=(), news=0)
    yield working(local_changes=(*sample.local_changes(), clash, sample.of_other_plan()))


def test_no_english_is_left_in_the_docks(vietnamese, qtbot):
    kept: list[QDockWidget] = []
    for session in sessions():
        docks = [WorkingCopyDock(session), ProposalDock(session), ReviewDock(session), ConflictsDock(session)]
        kept.extend(docks)
        if session.local_changes:
            docks[1].compose(session.split()[sample.DIEP_SON])
            session.open_review("p-1")
        for dock in docks:
            qtbot.addWidget(dock)
            left = sorted({text for text in texts(dock) if _english(text)})
            assert left == []


def test_no_english_is_left_where_computers_are_listed(vietnamese, qtbot):
    backups = CommuneBackups((), (("dailanh.kt", "Nguyễn Thị Hạnh"),))
    devices = (Device("d1", "", "2026-11-22T01:00:00Z", True),)
    dialog = DevicesDialog(working(may_assign=True, backups=backups, devices=devices))
    qtbot.addWidget(dialog)
    assert sorted({text for text in texts(dialog) if _english(text)}) == []


def test_each_side_of_a_conflict_has_one_name_in_both_docks(vietnamese, keep_dock):
    clash = sample.conflicting()
    dock = keep_dock(ConflictsDock(working(local_changes=(clash,))), 790)
    dock.open_at(Ref(clash.change.layer, clash.change.key))
    names = [name.replace("\n", " ") for name in local_sides(clash.conflict)]
    assert names == ["Bản gốc", "Bản của xã", "Bản của tỉnh"]
    assert set(names) <= {label.text() for label in dock.findChildren(QLabel)}


def texts(dock: QWidget) -> Iterator[str]:
    """Everything that the dock's widgets show or tell."""
    yield dock.windowTitle()
    for widget in dock.findChildren(QWidget):
        if widget.objectName().startswith("qt_dockwidget"):  # Qt's own, in Qt's own translation
            continue
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        yield from _shown(widget)


def _shown(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    elif isinstance(widget, (QLineEdit, QPlainTextEdit)):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(index) for index in range(widget.count()))
    elif isinstance(widget, QTabWidget):
        yield from (widget.tabText(index) for index in range(widget.count()))
    elif isinstance(widget, QTableWidget):
        yield from (widget.horizontalHeaderItem(column).text() for column in range(widget.columnCount()))
        yield from (item.text() for item in widget.findItems("", _containing()))
    elif isinstance(widget, QTreeWidget):
        yield from (widget.headerItem().text(column) for column in range(widget.columnCount()))
    elif isinstance(widget, QListWidget):
        yield from (widget.item(row).text() for row in range(widget.count()))


def _containing():
    from qgis.PyQt.QtCore import Qt

    return Qt.MatchFlag.MatchContains


ENGLISH = re.compile(
    r"\b(the|this|that|of|and|to|is|are|your|you|with|by|on|in|for|changes?|proposals?|sent|state|file|files|"
    r"layers?|plan|plans|province|commune|sign|review|before|after|all|open|close|refresh|ago)\b",
    re.IGNORECASE,
)


def _english(text: str) -> bool:
    plain = re.sub(r"https?://\S+|[\w ]+\.pdf|CSDL|QGIS", "", text.replace("&", ""))
    return bool(ENGLISH.search(plain))
