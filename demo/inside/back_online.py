"""QGIS starts again, the province is back: what waited is sent by itself, once; and drawing goes on meanwhile."""

from __future__ import annotations

from demo.inside.drive import Told, dock, play, session, settle, wait_for


def story(told: Told) -> None:
    dock("planning_proposal_dock")
    wait_for(lambda: [p for p in session().proposals if p.state.value == "awaiting_sign_off"], "the outbox was sent", 60)
    wait_for(lambda: session().unsent == 0, "the outbox is empty", 20)
    settle()
    told("the outbox was sent by itself", "18_da_tu_gui")


play(story)
