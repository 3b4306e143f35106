"""The head signs off the corrected version."""

from __future__ import annotations

from demo.inside.drive import Told, click, dock, part, play, session, wait_for
from demo.inside.steps import open_first_in_inbox


def story(told: Told) -> None:
    wait_for(lambda: session().account and session().inbox, "signed in from last time, a proposal waits", 40)
    open_first_in_inbox(told)
    version = session().review.summary.version
    click(part("sign_off_button", dock("planning_review_dock")))
    wait_for(lambda: not session().inbox, "the proposal left the head's inbox", 20)
    told(f"version {version} signed off")


play(story)
