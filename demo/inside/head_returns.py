"""The head of the commune returns the proposal; the reason is compulsory."""

from __future__ import annotations

from demo.inside.drive import Told, click, dock, part, play, session, settle, type_into, wait_for
from demo.inside.steps import open_first_in_inbox


def story(told: Told) -> None:
    wait_for(lambda: session().account and session().inbox, "signed in from last time, a proposal waits", 40)
    open_first_in_inbox(told, "19_lanh_dao_mo")
    panel = dock("planning_review_dock")
    click(part("return_button", panel))
    settle()
    told("returning without a reason isn't possible", "20_can_ly_do")
    if not session().inbox:
        raise AssertionError("returned without a reason")
    type_into(part("reason_edit", panel), "Đề nghị ghi rõ số quyết định.")
    click(part("return_button", panel))
    wait_for(lambda: not session().inbox, "the proposal left the inbox", 20)
    told("returned with a reason", "21_tra_lai")


play(story)
