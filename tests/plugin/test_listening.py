"""News arrive by themselves, and data too where the person has set it so: never under an edit, never with a question."""

from __future__ import annotations

import time

import psycopg
import pytest
import requests

from commune_planning_plugin.adapters import settings
from commune_planning_plugin.session import Connection, PlanningSession, PullMode
from tests.hub.tiny import LOTS
from tests.plugin.conftest import wait_until
from tests.plugin.hub_fixtures import *  # noqa: F403
from tests.plugin.test_session import Told
from tests.plugin.test_session_with_hub import LOT, desk, make, settle  # noqa: F401 (fixtures)


def edit_at_the_province(conninfo: str, name: str) -> float:
    with psycopg.connect(conninfo) as province:
        province.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = %s WHERE key = %s', (name, LOT))
    return time.monotonic()


def name_here(session: PlanningSession) -> str:
    layers = session._context.layers
    return layers.layer(LOTS).getFeature(layers.fid_of(LOTS, LOT))["tenDoiTuong"]


@pytest.fixture
def listening(desk: PlanningSession) -> PlanningSession:  # noqa: F811
    wait_until(lambda: desk._listener._seen and desk._listener._listener.listening, 20)
    return desk


def test_news_are_shown_within_seconds(listening: PlanningSession, conninfo: str):
    assert listening.waiting.there == 0
    edited = edit_at_the_province(conninfo, "Của tỉnh")
    wait_until(lambda: listening.waiting.there == 1, 20)
    assert time.monotonic() - edited < 5  # 2 s, and the contact with a busy machine's hub
    assert name_here(listening) != "Của tỉnh"


def test_data_is_got_when_there_is_news_but_not_under_an_edit(listening: PlanningSession, conninfo: str):
    told = Told(listening)
    listening.set_pull_mode(PullMode.NEWS)
    layer = listening._context.layers.layer(LOTS)
    layer.startEditing()
    edit_at_the_province(conninfo, "Của tỉnh")
    wait_until(lambda: listening.waiting.there == 1, 20)
    listening._automatic._pull_if_free()
    assert listening.job is None
    assert "pull.waiting" not in told.news
    layer.rollBack()
    wait_until(lambda: name_here(listening) == "Của tỉnh", 20)
    settle(listening)
    assert listening.waiting.there == 0
    assert told.failures == []


def test_by_hand_means_by_hand(listening: PlanningSession, conninfo: str):
    assert listening.pull_mode is PullMode.BY_HAND
    edit_at_the_province(conninfo, "Của tỉnh")
    wait_until(lambda: listening.waiting.there == 1, 20)
    settle(listening)
    assert (listening.job, listening.news) == (None, 1)


def test_the_choice_is_kept(desk: PlanningSession):  # noqa: F811
    desk.set_pull_mode(PullMode.QUARTER)
    assert settings.pull_mode() == "quarter"
    assert desk._automatic._quarter.isActive()
    desk.set_pull_mode(PullMode.BY_HAND)
    assert not desk._automatic._quarter.isActive()


def test_listening_ends_with_the_sign_in_and_backs_off_when_it_fails(listening: PlanningSession):
    listener = listening._listener
    pauses = []
    for _ in range(4):
        listener._answered(requests.ConnectionError("gone"))
        pauses.append(listener._pause_s)
    assert pauses == [2, 4, 8, 16]
    listening.sign_out()
    assert listening.connection is Connection.SIGNED_OUT
    assert not listener._again.isActive()
    assert not listener._listener.listening
