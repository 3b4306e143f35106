"""The technician gets what was approved, sees the commune's duties, and looks at the plan as it was before."""

from __future__ import annotations

from demo.inside.drive import Told, dock, play, pump, session, settle, wait_for
from demo.inside.steps import pull_again


def story(told: Told) -> None:
    wait_for(lambda: session().account and session().checkpoint, "signed in from last time", 40)
    pull_again(told, "67_nhan_ve")
    dock("planning_proposal_dock")
    pump(1500)
    settle()
    told("what the commune has to do by when", "68_viec_phai_lam")


play(story)
