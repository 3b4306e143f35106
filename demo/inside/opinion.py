"""An agency that was asked gives its opinion."""

from __future__ import annotations

from demo.inside.drive import Told, choose, click, dock, part, play, session, settle, type_into, wait_for
from demo.inside.steps import ACCOUNT, open_in_inbox, sign_in

OPINIONS = {
    "congan.yk": ("agree", "Thống nhất; không ảnh hưởng đến an ninh, trật tự trên địa bàn."),
    "bchqs.yk": ("remarks", "Đề nghị giữ lối ra biển phía Tây làm đường cơ động, rộng tối thiểu 4 m."),
}


def story(told: Told) -> None:
    opinion, words = OPINIONS[ACCOUNT]
    sign_in(told)
    open_in_inbox(told, "Điều chỉnh cục bộ")
    panel = dock("planning_review_dock")
    click(part("give_opinion_button", panel))
    choose(part("opinion_combo", panel), opinion)
    type_into(part("opinion_text", panel), words)
    settle()
    told("the opinion is written", f"51_y_kien_{ACCOUNT.split('.')[0]}")
    click(part("opinion_send_button", panel))
    proposal = session().review.summary.id
    wait_for(lambda: session().discussion.talk(proposal).discussion.requests[-1].opinions or _given(proposal), "given", 20)
    wait_for(lambda: not session().discussion.talk(proposal).items, "the opinion is with the hub", 20)
    told(f"opinion given: {opinion}")


def _given(proposal: str) -> bool:
    return any(request.opinions for request in session().discussion.talk(proposal).discussion.requests)


play(story)
