"""The technician of xã Vạn Thắng comes back, pulls, and has what was approved next door."""

from __future__ import annotations

from demo.inside import ground
from demo.inside.drive import Told, play, session, settle, wait_for
from demo.inside.steps import pull_again


def story(told: Told) -> None:
    wait_for(lambda: session().account and session().checkpoint, "signed in from last time, working copy open", 30)
    pull_again(told)
    layer = ground.lots()
    found = [f for f in layer.getFeatures() if f["kyHieuLoDat"] == "DV-DEMO-01"]
    if len(found) != 1:
        raise AssertionError(f"the new lot is here once, not {len(found)} times")
    ground.look_at(found[0].geometry())
    settle()
    told("the approved lot is in the neighbour's working copy", "15_xa_ben_nhan_duoc")


play(story)
