"""What several people do alike."""

from __future__ import annotations

import os
from collections.abc import Iterator

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QModelIndex, Qt, QTimer
from qgis.PyQt.QtGui import QTextBlock, QTextCursor, QTextFragment
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractItemView, QApplication, QTextBrowser, QWidget

from demo.inside.drive import StuckError, Told, choose, click, dock, part, pump, session, settle, type_into, wait_for

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
    open_in_inbox(told, "", picture)


def open_in_inbox(told: Told, title: str, picture: str | None = None) -> None:
    """Open the first proposal whose line has ``title`` in it."""
    panel = dock("planning_review_dock")
    table = part("inbox_table", panel)
    model = table.model()

    def line() -> QModelIndex | None:
        lines = (model.index(row, 0) for row in range(model.rowCount()))
        return next((index for index in lines if title in str(index.data())), None)

    place = table.visualRect(wait_for(line, f"the inbox has “{title}”", 20)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    click(part("open_button", panel))
    review = wait_for(lambda: session().review, "the proposal is open", 20)
    settle()
    told(f"opened: {review.summary.title}", picture)


def show_tab(panel: QWidget, start: str, tabs: str = "review_tabs") -> None:
    """Click the tab whose title starts like this, in any language."""
    bar = part(tabs, panel)
    starts = start.split("|")
    number = next(n for n in range(bar.count()) if any(bar.tabText(n).startswith(each) for each in starts))
    bar.setCurrentIndex(number)
    settle()


def pick_from_menu(tool_button: QWidget, text: str) -> None:
    """Press a button that has a menu and choose the entry with ``text`` (any of several, a bar between) in it."""

    def press() -> None:
        menu = QApplication.activePopupWidget()
        QTimer.singleShot(3000, menu.close)  # a menu without the entry must not hold everything up
        wanted = (action for action in menu.actions() if any(each in action.text().replace("&", "") for each in text.split("|")))
        QTest.mouseClick(
            menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, menu.actionGeometry(next(wanted)).center()
        )

    QTimer.singleShot(400, press)
    click(tool_button)


def click_link(browser: QTextBrowser, words: str) -> None:
    """Click the first link of a text whose words are one of those with a bar between."""
    block = browser.document().begin()
    while block.isValid():
        for piece in _pieces(block):
            if piece.charFormat().isAnchor() and piece.text() in words.split("|"):
                cursor = QTextCursor(browser.document())
                cursor.setPosition(piece.position() + 1)
                browser.setTextCursor(cursor)
                browser.ensureCursorVisible()
                place = browser.cursorRect(cursor).center()
                QTest.mouseClick(browser.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
                pump(200)
                return
        block = block.next()
    raise StuckError(f"a link “{words}”")


def _pieces(block: QTextBlock) -> Iterator[QTextFragment]:
    piece = block.begin()
    while not piece.atEnd():
        yield piece.fragment()
        piece += 1


def choose_line(view: QAbstractItemView, text: str) -> None:
    """Click the first line of a list or table that has ``text`` in one of its cells."""
    index = wait_for(lambda: _line_with(view, text), f"a line with “{text}”", 20)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, view.visualRect(index).center())
    pump(60)


def _line_with(view: QAbstractItemView, text: str, parent: QModelIndex | None = None) -> QModelIndex | None:
    model, above = view.model(), parent or QModelIndex()
    for row in range(model.rowCount(above)):
        for column in range(model.columnCount(above)):
            if text in str(model.index(row, column, above).data() or ""):
                return model.index(row, column, above)
        below = _line_with(view, text, model.index(row, 0, above))
        if below is not None:
            return below
    return None
