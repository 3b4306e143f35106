"""What a technician sees before sending, and a reviewer afterwards, with a real hub and a real working copy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsProject

from commune_planning_plugin.adapters.review_display import Mode
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.session import PlanningSession
from commune_planning_plugin.store import Ref
from tests.hub.tiny import LOTS, lot_key, plan_key
from tests.plugin.conftest import StrictIface, wait_until
from tests.plugin.hub_fixtures import *  # noqa: F403
from tests.plugin.test_display import trace
from tests.plugin.test_session_with_hub import desk, make, ready, settle, sign_in, submit  # noqa: F401 (fixtures)

LOT = lot_key("22504", 2, 2)
PLAN = plan_key("PLAN-22504")


def reuse(session: PlanningSession, key: str, function: str) -> Ref:
    """Give a lot another land function, with QGIS."""
    layers = session._context.layers
    layer = layers.layer(LOTS)
    layer.startEditing()
    layer.changeAttributeValue(layers.fid_of(LOTS, key), layer.fields().lookupField("chucNangSuDungDatMuc2"), function)
    assert layer.commitChanges()
    wait_until(lambda: key in {local.change.key for local in session.local_changes})
    settle(session)
    return Ref(LOTS, key)


def balance_of(session: PlanningSession) -> dict[str, tuple[float, float]]:
    wait_until(lambda: session.balance.value is not None)
    return {line.function: (line.before.area_m2, line.after.area_m2) for line in session.balance.value.balance.functions}


def previewed(session: PlanningSession) -> None:
    session.preview.show()
    wait_until(lambda: session.preview.shown and not session._context.review_view.building)
    settle(session)


def test_the_desks_balance_is_the_hubs(desk: PlanningSession):  # noqa: F811
    ref = reuse(desk, LOT, "Yte")
    desk.balance.load_local(PLAN, [ref])
    here = balance_of(desk)
    assert here["Yte"] == (0.0, 10_000.0)
    assert desk.balance.value.whole
    desk.balance.load_local(PLAN, [])
    assert "Yte" not in balance_of(desk)  # what isn't chosen stays as the province has it
    submit(desk)
    wait_until(lambda: desk.unsent == 0 and len(desk.proposals) == 1)
    desk.balance.load(desk.proposals[0].id)
    assert balance_of(desk) == here


def test_ones_own_changes_are_seen_as_a_reviewer_will(desk: PlanningSession):  # noqa: F811
    reuse(desk, LOT, "Yte")
    previewed(desk)
    review = desk.review
    assert review.summary.state is State.DRAFT
    assert review.summary.can == ()
    assert [(item.key, item.before["chucNangSuDungDatMuc2"], item.after["chucNangSuDungDatMuc2"]) for item in review.review] == [
        (LOT, "CayxanhCC", "Yte")
    ]
    assert len(review.context) == 24  # two rows of lots around it
    reuse(desk, lot_key("22504", 5, 5), "Dichvu")  # what one goes on drawing appears
    wait_until(lambda: len(desk.review.review) == 2)


def test_a_preview_needs_no_line(desk: PlanningSession, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    reuse(desk, LOT, "Yte")
    monkeypatch.setattr("commune_planning_plugin.session.context.hub", None)
    monkeypatch.setattr("commune_planning_plugin.session.review.hub", None)
    previewed(desk)
    desk.balance.load_local(PLAN, [Ref(LOTS, LOT)])
    assert balance_of(desk)["Yte"] == (0.0, 10_000.0)


@pytest.mark.parametrize("mode", list(Mode))
def test_a_preview_leaves_no_trace(desk: PlanningSession, iface: StrictIface, mode: Mode):  # noqa: F811
    iface.window.show()
    reuse(desk, LOT, "Yte")
    desk._context.view.clear()
    wait_until(lambda: not iface.canvas.isDrawing())
    QgsProject.instance().setDirty(False)
    before = trace(iface)
    previewed(desk)
    desk.display.set_mode(mode)
    desk.close_review()
    assert not desk.preview.shown
    assert trace(iface) == before


def test_the_picture_of_before_leaves_the_edited_layer_out(desk: PlanningSession):  # noqa: F811
    reuse(desk, LOT, "Yte")
    previewed(desk)
    desk.display.set_mode(Mode.SWIPE)
    view = desk._context.review_view
    wait_until(lambda: not view._building_before.running)
    drawn = view.before_layers()
    assert desk._context.layers.layer(LOTS) not in drawn
    ground = next(layer for layer in view._ground_before)
    functions = {feature.attribute("chucNangSuDungDatMuc2") for feature in ground.getFeatures()}
    assert "Yte" not in functions


def test_a_draft_is_previewed_with_its_own_changes_and_words(desk: PlanningSession):  # noqa: F811
    refs = [reuse(desk, LOT, "Yte"), reuse(desk, lot_key("22504", 5, 5), "Dichvu")]
    draft = replace(desk.new_draft(refs[:1]), title="Trạm y tế", ground=5, reason="Cần")
    desk.save_draft(draft)
    desk.preview.show_draft(draft)
    wait_until(lambda: desk.preview.shown)
    assert [item.key for item in desk.review.review] == [LOT]
    assert (desk.review.summary.title, desk.review.content.ground) == ("Trạm y tế", 5)
