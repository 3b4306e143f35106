"""The head of a commune signs off, or consents to, whatever waits."""

from __future__ import annotations

from demo.inside.drive import Told, click, dock, part, play, session, wait_for
from demo.inside.steps import open_first_in_inbox, sign_in


def story(told: Told) -> None:
    sign_in(told)
    open_first_in_inbox(told, "42_lanh_dao_xem")
    click(part("sign_off_button", dock("planning_review_dock")))
    wait_for(lambda: not session().inbox, "the proposal left the head's inbox", 20)
    told("signed off by the head of the commune", "43_lanh_dao_ky")


play(story)
