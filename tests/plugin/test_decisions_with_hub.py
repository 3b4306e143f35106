"""Decisions and tasks over a real line: a PDF is sent, figures are compared, the day in force is written, tasks are done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commune_planning_plugin.core.decision import Decision, Figures, FunctionArea, Scope
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.reconciliation import reconcile, stated_of
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.session import PlanningSession
from province_hub.database import Database
from tests.hub.office import Office
from tests.hub.tiny import lot_key
from tests.hub.workflow import Desk
from tests.plugin import test_session_with_hub
from tests.plugin.conftest import wait_until
from tests.plugin.hub_fixtures import *  # noqa: F403
from tests.plugin.hub_fixtures import HubServer
from tests.plugin.test_session_with_hub import settle, sign_in

LOT = lot_key("22504", 0, 0)
make = test_session_with_hub.make
"""The fixture."""


@pytest.fixture(name="approved")
def approve_one(conninfo: str, hub_server: HubServer) -> Iterator[tuple[Office, Version]]:
    database = Database(conninfo)
    office = Office(Desk(database, conninfo))
    yield office, office.approved()
    database.close()


def decision(**given: Any) -> Decision:
    day = date(2026, 3, 2)
    areas = {"O_Nhomnhao": FunctionArea(0.0, 10_000.0), "CayxanhCC": FunctionArea(10_000.0, 0.0)}
    figures = Figures(areas, 1, scope=Scope.CHANGED)
    return Decision("12/QĐ-UBND", day, day, "Trần Hòa Nam", "Phó Chủ tịch", "", "", figures, **given)


def test_from_the_pdf_to_the_day_in_force_and_the_communes_tasks(
    make: Any,
    hub_server: HubServer,
    approved: tuple[Office, Version],
    tmp_path: Path,
):
    office, version = approved
    session: PlanningSession = make()
    sign_in(session, hub_server.url, "soxd.duyet")
    session.decisions.load_waiting()
    wait_until(lambda: session.decisions.waiting.value is not None, 20)
    assert [summary.id for summary in session.decisions.waiting.value] == [version.proposal]
    signed = tmp_path / "QĐ 12.pdf"
    signed.write_bytes(b"%PDF-1.7 " * 20_000)
    done: list[str] = []
    session.decisions.done.connect(done.append)
    session.decisions.record(version.proposal, decision(), signed)
    wait_until(lambda: done == ["record"], 20)
    papers = session.decisions.papers.about(version.proposal)
    assert papers.current.decision.file_name == "QĐ 12.pdf"
    session.decisions.make_effective(version.proposal, papers.current.id, None)
    wait_until(lambda: done == ["record", "effective"], 20)
    assert session.decisions.papers.about(version.proposal).effect is not None
    assert (office.desk.row(LOT) or {})["valid_from"] == "2026-03-02"
    wait_until(lambda: session.decisions.waiting.value == (), 20)


def test_the_approval_brings_the_decision_and_its_figures_are_the_maps(
    make: Any, hub_server: HubServer, approved: tuple[Office, Version], tmp_path: Path
):
    office, _version = approved
    version = office.desk.send(office.desk.edited(lot_key("22504", 1, 1), tenDoiTuong="Công viên"))
    session: PlanningSession = make()
    sign_in(session, hub_server.url, "soxd.duyet")
    session.open_review(version.proposal)
    wait_until(lambda: session.review is not None and session.job is None, 20)
    session.balance.load(version.proposal)
    wait_until(lambda: session.balance.about(version.proposal) is not None, 20)
    stated = replace(decision(), figures=stated_of(session.balance.about(version.proposal).balance))
    failed: list[str] = []
    session.failed.connect(lambda error, _context: failed.append(error.code))
    session.decisions.approve_with(stated, tmp_path / "none.pdf")
    wait_until(lambda: failed == ["attachment.unreadable"], 20)
    assert session.review.summary.state is not State.APPROVED
    signed = tmp_path / "QĐ 12.pdf"
    signed.write_bytes(b"%PDF-1.7 signed")
    session.decisions.approve_with(stated, signed)
    wait_until(lambda: session.review.summary.state is State.APPROVED, 20)
    assert session.review.summary.decision.number == "12/QĐ-UBND"
    session.decisions.load(version.proposal)
    wait_until(lambda: session.decisions.papers.about(version.proposal) is not None, 20)
    papers = session.decisions.papers.about(version.proposal)
    assert papers.current.decision.file_name == "QĐ 12.pdf"
    unknown: list[object] = []
    session.decisions.papers.changed.connect(lambda: unknown.append(session.decisions.papers.about(version.proposal) is None))
    session.review_changed.connect(lambda: session.decisions.load(version.proposal))  # as the tab does
    session.decisions.make_effective(version.proposal, papers.current.id, None)
    wait_until(lambda: session.review.summary.decision.made_effective, 20)  # the review waits for nothing any more
    assert not any(unknown)  # and its papers stay in sight meanwhile
    assert reconcile(papers.current.decision.figures, papers.measured[Scope.PLAN], papers.tolerance).agrees


def test_what_is_refused_is_told_and_the_same_wish_keeps_its_id(
    make: Any,
    hub_server: HubServer,
    approved: tuple[Office, Version],
    tmp_path: Path,
):
    _office, version = approved
    session: PlanningSession = make()
    sign_in(session, hub_server.url, "soxd.duyet")
    refused: list[str] = []
    session.decisions.refused.connect(lambda error: refused.append(error.code))
    session.decisions.record(version.proposal, decision(), tmp_path / "none.pdf")
    wait_until(lambda: refused == ["attachment.unreadable"], 20)
    signed = tmp_path / "QD.pdf"
    signed.write_bytes(b"%PDF")
    done: list[str] = []
    session.decisions.done.connect(done.append)
    for count in (1, 2):  # as after a lost answer
        session.decisions.record(version.proposal, decision(), signed)
        wait_until(lambda wanted=count: len(done) == wanted, 20)
    assert len(session.decisions.papers.about(version.proposal).records) == 1


def test_the_commune_marks_its_tasks(
    make: Any,
    hub_server: HubServer,
    approved: tuple[Office, Version],
    tmp_path: Path,
):
    office, version = approved
    office.record(version)
    session: PlanningSession = make()
    sign_in(session, hub_server.url, "dailanh.kt")
    wait_until(lambda: session.commune is not None, 20)
    session.decisions.load_tasks()
    wait_until(lambda: bool(session.decisions.tasks.value), 20)
    photo = tmp_path / "ảnh.jpg"
    photo.write_bytes(b"a photograph")
    session.decisions.mark_done(session.decisions.tasks.value[0], "Niêm yết tại trụ sở", photo)
    wait_until(lambda: bool(session.decisions.tasks.value) and session.decisions.tasks.value[0].done, 20)
    assert session.decisions.tasks.value[0].file_name == "ảnh.jpg"
    settle(session)
