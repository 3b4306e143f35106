"""The province rejects what the head signed off; the reason stays with the proposal."""

from __future__ import annotations

from demo.inside.drive import Told, click, dock, part, play, session, type_into, wait_for
from demo.inside.steps import open_first_in_inbox


def story(told: Told) -> None:
    wait_for(lambda: session().account and session().inbox, "signed in from last time, a proposal waits", 40)
    open_first_in_inbox(told)
    panel = dock("planning_review_dock")
    type_into(part("reason_edit", panel), "Không đúng thẩm quyền điều chỉnh.")
    told("about to reject", "25_tu_choi")
    click(part("reject_button", panel))
    wait_for(lambda: not session().inbox, "the proposal left the inbox", 20)
    told("rejected", "26_da_tu_choi")


play(story)
