"""Every code has words, in both languages; what is unknown gets a decent sentence; details can be copied."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from commune_planning_plugin.core.errors import Cancelled, HubUnreachable, InvalidData, PlanningError, WorkingCopyError
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.error_texts import known_codes
from commune_planning_plugin.gui.messages import Messages
from commune_planning_plugin.gui.news_texts import news_text
from commune_planning_plugin.gui.present_error import Action, action_label, present
from tests.plugin import sample
from tests.plugin.fake_session import working

PLUGIN = Path(__file__).parents[2] / "commune_planning_plugin"
PROTOCOL = [
    "auth.required",
    "auth.expired",
    "auth.revoked",
    "auth.wrong_password",
    "auth.too_many_attempts",
    "auth.disabled",
    "rights.missing",
    "rights.own_proposal",
    "rights.territory",
    "not_found",
    "checkpoint.unknown",
    "commune.unknown",
    "proposal.state",
    "proposal.content_differs",
    "proposal.no_changes",
    "proposal.several_plans",
    "proposal.conflict",
    "proposal.depends",
    "proposal.linked",
    "version.depends_on",
    "version.linked",
    "changed_since_seen",
    "attachment.missing",
    "attachment.hash",
    "too_large",
    "drafts.full",
    "files.full",
    "waiting.full",
    "rules.errors",
    "invalid",
    "internal",
    "protocol.version",
    "snapshot.gone",
    "rebase.unverified",
    "hub.unreachable",
    "hub.timeout",
    "hub.server_error",
    "hub.not_a_hub",
    "hub.wrong_url",
    "hub.certificate",
    "hub.http_only",
    "hub.http_only_far",
    "hub.protocol",
    "working_copy.missing",
    "working_copy.read_only",
    "working_copy.not_a_working_copy",
    "working_copy.damaged",
    "working_copy.other_hub",
    "working_copy.other_commune",
    "working_copy.newer",
    "working_copy.network_share",
    "working_copy.busy",
    "working_copy.in_edit",
    "tracking.lost",
    "tracking.recreated",
    "schema.changed",
    "geometry.unreadable",
    "geometry.empty",
    "geometry.not_finite",
    "geometry.type",
    "value.type",
    "value.length",
    "layer.unknown",
    "field.unknown",
    "catalogue.malformed",
    "cancelled",
]


def raised_in(folder: str) -> set[str]:
    """Codes of the errors that the plugin's own code raises."""
    found: set[str] = set()
    for path in (PLUGIN / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node).endswith(("Error", "Unreachable", "NotSignedIn", "Damage")):
                found.update(_codes(node))
    return found


def _name(node: ast.Call) -> str:
    return getattr(node.func, "id", "")


def _codes(node: ast.Call) -> list[str]:
    texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]
    return [text for text in texts if re.fullmatch(r"[a-z_]+\.[a-z_]+", text)]


@pytest.mark.parametrize("code", PROTOCOL)
def test_each_code_of_the_protocol_has_words_of_its_own(code):
    assert code in known_codes()
    said = present(PlanningError(code))
    assert said.what
    assert "{" not in said.text


@pytest.mark.parametrize("folder", ["store", "sync", "session", "adapters"])
def test_each_code_that_the_plugin_raises_has_words(folder):
    of_the_command_line = {"command.incomplete", "command.no_terminal"}  # it has sentences of its own
    assert sorted(raised_in(folder) - known_codes() - of_the_command_line) == []


def test_an_unknown_code_gets_a_true_sentence():
    said = present(PlanningError("never.heard", thing=3), "pull")
    assert said.what.startswith("Something unexpected")
    assert said.action is Action.RETRY
    assert "never.heard" in said.details
    assert '"thing": 3' in said.details
    assert "pull" in said.details


def test_a_familys_words_serve_a_code_without_its_own():
    assert present(PlanningError("hub.something_new")).what == present(HubUnreachable("hub.unreachable")).what


def test_what_the_province_took_away_is_named_with_the_file_that_has_the_edits():
    obstacles = [
        {"layer": "A.B", "code": "field.removed", "field": "x"},
        {"layer": "A.B", "code": "field.type", "field": "y"},
        {"layer": "A.C", "code": "layer.removed", "field": None},
    ]
    said = present(WorkingCopyError("schema.incompatible", obstacles=obstacles, edits=3, path="/d/22504.edits-1.gpkg"), "pull")
    assert "A.B (x, y); A.C" in said.what
    assert "/d/22504.edits-1.gpkg" in said.lost
    assert said.action is Action.FRESH


def test_it_says_that_nothing_is_lost():
    assert "No data is lost." in present(HubUnreachable("hub.timeout")).text


def test_details_are_in_the_users_words():
    describer = Describer(sample.CATALOGUE)
    error = InvalidData("value.length", layer=sample.LOTS.id, field="ghiChu", length=300, limit=250)
    assert present(error, describer=describer).what == "The text of “Remark” is too long: 300 characters, at most 250."
    error = InvalidData("proposal.several_plans", plans={sample.DIEP_SON: ()})
    assert sample.PLANS[0].name in present(error, describer=describer).text
    assert "xã Vạn Thắng" in present(PlanningError("rights.territory", communes=["22516"]), describer=describer).text


def test_each_action_has_a_label():
    assert all(action_label(action) for action in Action)


def test_a_pull_is_told_in_numbers():
    text = news_text("pull.done", {"inserted": 2, "updated": 0, "deleted": 1, "conflicts": 1}, Describer(None))
    assert "2 added, 1 removed" in text
    assert "1 feature(s)" in text


@pytest.mark.parametrize(
    ("reason", "why"), [("restored", "restored from a backup"), ("area", "area has changed"), ("incomplete", "")]
)
def test_fresh_data_is_told_with_its_reason(reason: str, why: str):
    text = news_text("pull.done", {"fresh": reason, "conflicts": 1}, Describer(None))
    assert why in text
    assert "your changes are all kept" in text
    assert "1 feature(s)" in text


def test_a_first_pull_is_told_in_numbers():
    assert "1,234 features" in news_text("pull.first_done", {"features": 1234}, Describer(None)).replace(".234", ",234")


@pytest.fixture
def bar(qtbot):
    made = QgsMessageBar()
    qtbot.addWidget(made)
    return made


def test_the_message_offers_the_way_out_and_copies_details(bar, qtbot):
    session, retried = working(), []
    messages = Messages(session, bar, {Action.RETRY: lambda: retried.append(True)})
    session.failed.emit(HubUnreachable("hub.timeout", url="https://hub"), "pull")
    item = bar.currentItem()
    assert "did not answer in time" in item.text()
    item.findChild(QPushButton, "message_action_button").click()
    assert retried == [True]
    item.findChild(QPushButton, "message_details_button").click()
    dialog = messages._dialog
    assert "https://hub" in dialog.findChild(QPlainTextEdit).toPlainText()
    dialog.findChild(QPushButton, "copy_details_button").click()
    assert "code: hub.timeout" in QApplication.clipboard().text()
    dialog.findChild(QPushButton, "close_details_button").click()
    assert not dialog.isVisible()
    messages.stop()


def test_what_a_dock_shows_itself_is_not_repeated(bar):
    session = working()
    messages = Messages(session, bar, {})
    session.failed.emit(PlanningError("auth.wrong_password"), "sign_in")
    assert bar.currentItem() is None
    session.failed.emit(Cancelled(), "pull")
    assert "as before" in bar.currentItem().text()
    messages.stop()
    session.noticed.emit("signed_out", {})
    assert len(bar.items()) == 1


def test_news_takes_the_place_of_older_news_and_leaves_errors(bar):
    session = working()
    messages = Messages(session, bar, {})
    session.failed.emit(HubUnreachable("hub.timeout", url="https://hub"), "pull")
    session.noticed.emit("signed_in", {"name": "Nguyễn Thị Hạnh"})
    session.noticed.emit("pull.first_done", {"features": 12})
    texts = [item.text() for item in bar.items()]
    assert len(texts) == 2
    assert not any("Welcome" in text for text in texts)
    assert any("12 features" in text for text in texts)
    messages.stop()


def test_the_same_error_again_stands_once_and_names_layers(bar):
    session = working()
    messages = Messages(session, bar, {})
    for _ in range(2):
        session.failed.emit(WorkingCopyError("tracking.lost", layers=[sample.LOTS.id]), "status")
    assert len(bar.items()) == 1
    assert "?" not in bar.currentItem().text()
    messages.stop()


@pytest.mark.parametrize("code", ["tracking.lost", "tracking.recreated", "tracking.off", "schema.changed", "layer.missing"])
def test_damage_fits_the_message_bar_whatever_the_layers(code):
    said = present(PlanningError(code, layers=["A" * 60, "B" * 60, "C" * 60]), "status")
    assert len(said.short) <= 60
    assert said.short not in said.text
    assert said.action is Action.REPAIR


def test_who_keeps_a_pull_waiting_is_told():
    here, elsewhere = (news_text("pull.waiting", {"layers": [], "elsewhere": where}, Describer(None)) for where in (False, True))
    assert here
    assert elsewhere
    assert here != elsewhere
