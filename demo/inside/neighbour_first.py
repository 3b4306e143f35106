"""The technician of xã Vạn Thắng has an ordinary working copy from before."""

from __future__ import annotations

from demo.inside.drive import Told, play
from demo.inside.steps import pull_first, sign_in


def story(told: Told) -> None:
    sign_in(told)
    pull_first(told)


play(story)
