"""The approver sees what differs from version 2 and approves; the signed decision is recorded, compared with the map, and put into
force."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtWidgets import QWidget

from demo.inside.drive import OUT, Told, click, dock, part, play, pump, session, settle, type_into, wait_for
from demo.inside.steps import open_in_inbox, show_tab


def story(told: Told) -> None:
    wait_for(lambda: session().account and session().inbox, "signed in from last time", 40)
    open_in_inbox(told, "Điều chỉnh cục bộ")
    panel = dock("planning_review_dock")
    pump(800)
    told("what differs from version 2", "63_ban_3")
    click(part("approve_button", panel))
    wait_for(lambda: session().review.summary.state.value == "approved", "approved", 30)
    settle()
    told("approved", "63_phe_duyet")
    record(told, panel)


def record(told: Told, panel: QWidget) -> None:
    show_tab(panel, "Quyết định|Decision")
    click(part("open_form_button", panel))
    type_into(part("decision_number", panel), "2101/QĐ-UBND")
    type_into(part("decision_signer", panel), "Trần Hòa Nam")
    type_into(part("decision_office", panel), "Phó Chủ tịch UBND tỉnh")
    form = part("decision_number", panel).parentWidget().parentWidget()
    form.choose_file(signed_paper())
    settle()
    told("the signed decision, with the figures of the map", "64_ghi_quyet_dinh")
    click(part("record_button", panel))
    wait_for(lambda: _papers() is not None and _papers().current is not None, "the decision is recorded", 30)
    settle()
    told("recorded; what it states and what the map measures agree", "65_doi_chieu")
    click(part("effective_button", panel))
    wait_for(lambda: _papers().effect is not None, "in force", 30)
    settle()
    told("put into force", "66_co_hieu_luc")


def signed_paper() -> Path:
    file = OUT / "2101_QD-UBND_signed.pdf"
    file.write_bytes(b"%PDF-1.4\n%a signed decision\n%%EOF\n")
    return file


def _papers() -> object:
    return session().decisions.papers.about(session().review.summary.id)


play(story)
