"""The approver sees what differs from version 1. The province's data moves twice before the approval: once beside what is proposed,
which is looked at anew, and once in the same value of the same lot, which nobody decides silently: it goes back with the reason."""

from __future__ import annotations

import os
import subprocess
import uuid

from qgis.PyQt.QtWidgets import QWidget

from commune_planning_plugin.core.workflow import Step
from commune_planning_plugin.session.context import hub
from demo.inside.drive import Told, click, dock, part, play, pump, session, settle, wait_for
from demo.inside.steps import ACCOUNT, HUB, PASSWORD, choose_line, open_in_inbox, sign_in

TABLE = '"QuyHoach"."ChucNangSuDungDat_A"'
OLD_LOT = "DVDL-V01.23"


def story(told: Told) -> None:
    sign_in(told)
    open_in_inbox(told, "Điều chỉnh cục bộ", "60_phien_ban_2")
    panel = dock("planning_review_dock")
    pump(800)
    told("what differs from version 1", "61_khac_lan_truoc")
    beside_it(told, panel)
    clash(told, panel)
    give_back(told, panel)


def beside_it(told: Told, panel: QWidget) -> None:
    """As a person with the rights does it: another attribute of a lot that the proposal changes."""
    key = next(item.key for item in session().review.review if item.before is not None)
    statement = f"""UPDATE {TABLE} SET "danSo" = 120 WHERE key = '{key}'"""
    subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", os.environ["PLANNING_DEMO_DATABASE"], "-c", statement], check=True)
    click(part("approve_button", panel))
    wait_for(lambda: part("review_failure", panel).isVisible(), "the hub says that something has changed", 20)
    settle()
    told("what has changed since it was seen is shown; nothing was applied", "62_da_khac")
    look_again(panel)


def clash(told: Told, panel: QWidget) -> None:
    """The competing proposal is approved at another desk: it changes the same remark of the same lot."""
    client = hub(HUB)
    client.sign_in(ACCOUNT, PASSWORD, "another desk")
    other = client.proposal(next(each.id for each in session().inbox if each.title.startswith("Bãi đỗ xe")))
    summary = other.summary
    client.step(summary.id, Step.APPROVE, str(uuid.uuid4()), summary.version, None, other.result_hash, without_consent=True)
    click(part("approve_button", panel))
    wait_for(lambda: any(item.conflict is not None for item in session().review.review), "the hub says that both changed it", 30)
    wait_for(lambda: session().job is None, "looked at anew", 20)
    choose_line(part("review_changes", panel), OLD_LOT)
    pump(1500)
    told("a conflict at the approval: nothing was applied; both values, whose the other is, and what to do", "62_xung_dot")


def give_back(told: Told, panel: QWidget) -> None:
    click(part("return_conflicts_button", panel))
    settle()
    told("the reason of the return names lot and attribute", "62_tra_lai_vi_xung_dot")
    click(part("return_button", panel))
    wait_for(lambda: session().review is None or session().review.summary.state.value == "returned", "returned", 20)
    settle()
    told("returned for the conflict", "62_da_tra_lai")


def look_again(panel: QWidget) -> None:
    click(part("reload_button", panel))
    wait_for(lambda: session().job is None, "looked at anew", 20)
    settle()


play(story)
