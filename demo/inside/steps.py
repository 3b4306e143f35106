"""What several people do alike."""

from __future__ import annotations

import os

from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QWidget

from demo.inside.drive import Told, choose, click, dock, part, session, settle, type_into, wait_for

ACCOUNT = os.environ["PLANNING_DEMO_ACCOUNT"]
PASSWORD = os.environ["PLANNING_DEMO_PASSWORD"]
HUB = os.environ["PLANNING_DEMO_HUB"]


def sign_in(told: Told, picture: str | None = None) -> None:
    panel = dock("planning_working_copy_dock")
    type_into(part("hub_url_edit", panel), HUB)
    type_into(part("name_edit", panel), ACCOUNT)
    type_into(part("password_edit", panel), PASSWORD)
    click(part("sign_in_button", panel))
    account = wait_for(lambda: session().account, "signed in", 20)
    wait_for(lambda: session().catalogue, "the catalogue is here", 20)
    told(f"{account.full_name} ({account.name}) signed in", picture)


def pull_first(told: Told, picture: str | None = None) -> None:
    click(part("primary_button", dock("planning_working_copy_dock")))
    wait_for(lambda: session().checkpoint is not None and session().job is None, "the commune's data is here", 120)
    wait_for(_all_layers, "all layers are on the map", 30)
    settle(60)
    told(f"pulled {session().commune.name}: revision {session().checkpoint.number}", picture)


def _all_layers() -> bool:
    """The group of reference layers comes last."""
    groups = QgsProject.instance().layerTreeRoot().findGroups(True)
    return any(group.customProperty("planning/group") == "reference" for group in groups)


def pull_again(told: Told, picture: str | None = None) -> None:
    before = session().checkpoint.number
    click(part("pull_button", dock("planning_working_copy_dock")))
    wait_for(lambda: session().checkpoint.number > before and session().job is None, "the province's news is here", 60)
    settle()
    told(f"pulled: revision {before} → {session().checkpoint.number}", picture)


def choose_ground(panel: QWidget, number: int) -> None:
    choose(part("ground_combo", panel), number)


def open_first_in_inbox(told: Told, picture: str | None = None) -> None:
    panel = dock("planning_review_dock")
    table = part("inbox_table", panel)
    wait_for(lambda: len(session().inbox) > 0, "the inbox has a proposal", 20)
    first = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, first)
    click(part("open_button", panel))
    review = wait_for(lambda: session().review, "the proposal is open", 20)
    settle()
    told(f"opened: {review.summary.title}", picture)
