"""Random walks through the workflow: whatever anybody tries in whatever order, the law holds after each try."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field, replace
from typing import Any, Optional

import pytest

from commune_planning_plugin.core.authority import COMMUNE, Authority, Row
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.workflow import Step
from province_hub import audit_proof, delegations
from province_hub.authority import replace_matrix, today
from province_hub.delegations import Asked
from province_hub.errors import Problem
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

TRIES = 45
PEOPLE = ("dailanh.kt", "dailanh.ct", "giamsat", "vanthang.kt", "vanthang.ct", "soxd.tham", "soxd.duyet", "quantri")
"""``giamsat`` is a second technician of 22504, who can be given the head's signature; ``quantri`` a second head of 22504."""
STEPS = [Step.SIGN_OFF, Step.OPEN, Step.APPRAISE, Step.CONSENT, Step.RETURN, Step.REJECT, *[Step.APPROVE] * 4, Step.WITHDRAW,
         Step.POST_CHECK, Step.OBJECT]  # fmt: skip
HEADS = {"dailanh.ct", "quantri"}
MATRICES = {
    "province": Authority(),
    "appraised": Authority(separate_appraisal=True),
    "commune": Authority(approves=COMMUNE, post_check=True, document="1"),
    "signer": Authority(approves=COMMUNE, post_check=True, signer_may_approve=True, document="1"),
}


@dataclass
class Model:
    """What the walk knows by itself of one proposal's current version."""

    version: Version
    crosses: bool
    authors: set[str]
    state: str = "awaiting_sign_off"
    signers: set[str] = field(default_factory=set)
    appraisers: set[str] = field(default_factory=set)
    consented: bool = False
    hidden: bool = False
    """Its lot has become one whose attributes are for the province alone."""

    @property
    def unheard(self) -> bool:
        return self.crosses and not self.consented

    def begin(self, version: Version, author: str) -> None:
        self.version, self.state, self.consented, self.hidden = version, "awaiting_sign_off", False, False
        self.authors.add(author)
        self.signers, self.appraisers = set(), set()


class Walk:
    """A hub, chance, and what has been done so far."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.chance = desk, random.Random(seed)
        self.matrix = "province"
        self.delegation: Optional[str] = None
        self.models: list[Model] = []
        self.taken = 0
        desk.grant("giamsat", "technician", "22504")
        desk.grant("quantri", "head", "22504")
        self.change_matrix()

    def go(self) -> None:
        acts = [
            self.submit,
            self.submit,
            self.submit,
            self.change_matrix,
            self.delegate,
            self.end_delegation,
            self.hide,
            *[self.step] * 16,
        ]
        for _ in range(TRIES):
            self.chance.choice(acts)()
            self.check_audit()

    # --- acts ---------------------------------------------------------------------------------------------------------

    def submit(self) -> None:
        author = self.chance.choice(["dailanh.kt", "dailanh.kt", "giamsat"])
        again = [model for model in self.models if model.state in ("returned", "withdrawn")]
        if again and self.chance.random() < 0.7:
            model = self.chance.choice(again)
            self.set_visibility(model, 0)
            version = replace(model.version, number=model.version.number + 1)
            self.desk.submit(version, author)
            model.begin(version, author)
        elif len(self.models) < 8:
            crosses = self.chance.random() < 0.5
            lot = tiny.lot_key("22504", 1 + len(self.models), 2)
            change = (
                self.desk.road(tiny.SOUTH + 155 + 100 * len(self.models)) if crosses else self.desk.edited(lot, tenDoiTuong="X")
            )
            version = self.desk.version(change)
            self.desk.submit(version, author)
            self.models.append(Model(version, crosses, {author}))

    def hide(self) -> None:
        within = [model for model in self.models if not model.crosses and model.state not in ("rejected", "approved")]
        if within:
            self.set_visibility(self.chance.choice(within), 1)

    def set_visibility(self, model: Model, level: int) -> None:
        """The version stays one that the commune can't decide on, also once its lot is public again."""
        key = model.version.changes[0].key
        if not model.crosses and (self.desk.row(key) or {})["visibility"] != level:
            self.desk.direct([self.desk.edited(key, visibility=level)])
            model.hidden = model.hidden or level > 0

    def change_matrix(self) -> None:
        self.matrix = self.chance.choice(list(MATRICES))
        with self.desk.administrating() as conn:
            replace_matrix(conn, [Row(MATRICES[self.matrix])], "test")

    def delegate(self) -> None:
        with self.desk.database.writing("test") as conn:
            on = today(conn)
            asked = Asked("22504", "giamsat", delegations.ACTS, on, on, "5/GUQ")
            self.delegation = str(delegations.make(conn, str(uuid.uuid4()), "dailanh.ct", "dailanh.ct", asked)["id"])

    def end_delegation(self) -> None:
        with self.desk.database.writing("test") as conn:
            for each in delegations.listed(conn):
                delegations.revoke(conn, each["id"], "test")
        self.delegation = None

    def step(self) -> None:
        if not self.models:
            return self.submit()
        model, who, step = self.chance.choice(self.models), self.chance.choice(PEOPLE), self.chance.choice(STEPS)
        if self.chance.random() < 0.8:  # something that is possible, so that the walk gets on
            possible = [(name, can) for name in PEOPLE for can in self.can(name, model)]
            likely = [(name, can) for name, can in possible if can not in (Step.WITHDRAW, Step.REJECT)]
            who, step = self.chance.choice(likely or possible or [(who, step)])
        request, sure = str(uuid.uuid4()), self.chance.random() < 0.5
        given: dict[str, Any] = {"reason": "vì", "request": request, "without_consent": sure}
        given["result_hash"] = self.desk.detail("dailanh.ct", model.version)["result_hash"]
        try:
            answer = self.desk.step(who, model.version, step, **given)
        except (Problem, PlanningError):
            return None
        self.check_law(model, who, step, sure)
        self.note(model, who, step, answer)
        assert self.desk.step(who, model.version, step, **given) == answer  # asked again, it is the same step
        return None

    def can(self, who: str, model: Model) -> list[Step]:
        try:
            return [Step(each) for each in self.desk.detail(who, model.version)["can"]]
        except Problem:
            return []

    # --- the law, once more and plainly ---------------------------------------------------------------------------------

    def check_law(self, model: Model, who: str, step: Step, sure: bool) -> None:
        matrix = MATRICES[self.matrix]
        if step is Step.WITHDRAW:
            assert who in model.authors
            return
        assert who not in model.authors, (who, step)
        assert model.state not in ("rejected", "returned", "withdrawn"), (model.state, step)
        assert (model.state == "approved") == (step in (Step.POST_CHECK, Step.OBJECT)), (model.state, step)
        if step is Step.SIGN_OFF:
            assert who in HEADS or (who == "giamsat" and self.delegation is not None)
        if step in (Step.APPROVE, Step.REJECT):
            by_commune = matrix.approves == COMMUNE and not model.unheard and not model.hidden
            assert who in HEADS if by_commune else who == "soxd.duyet"
            assert who not in model.signers or (by_commune and matrix.signer_may_approve)
        if step is Step.APPROVE:
            assert sure or not model.unheard
            assert not matrix.separate_appraisal or (model.state == "appraised" and who not in model.appraisers)
        if step is Step.CONSENT:
            assert who == "vanthang.ct"
            assert model.unheard
        if step is Step.APPRAISE:
            assert who in ("soxd.tham", "soxd.duyet")
        if step in (Step.POST_CHECK, Step.OBJECT):
            assert who in ("soxd.tham", "soxd.duyet")

    def note(self, model: Model, who: str, step: Step, answer: dict[str, Any]) -> None:
        self.taken += 1
        before = model.state
        model.state = answer["state"]
        assert before != "approved" or model.state == "approved"
        if step is Step.SIGN_OFF:
            model.signers |= {who} if who in HEADS else {who, "dailanh.ct"}
        if step is Step.APPRAISE:
            model.appraisers.add(who)
        if step is Step.CONSENT:
            model.consented = True

    def check_audit(self) -> None:
        with self.desk.database.reading() as conn:
            assert audit_proof.verify(conn) == []
            for model in self.models:
                given = (model.version.proposal,)
                steps = conn.execute("SELECT step FROM hub.proposal_step WHERE proposal = %s ORDER BY at", given).fetchall()
                chain = conn.execute("SELECT action FROM hub.audit WHERE proposal = %s ORDER BY position", given).fetchall()
                assert [row["step"] for row in steps] == [row["action"] for row in chain]
                state = conn.execute("SELECT state FROM hub.proposal WHERE id = %s", given).fetchone()
                assert state == {"state": model.state}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_anybody_tries_the_law_holds(desk: Desk, seed: int):
    walk = Walk(desk, seed)
    walk.submit()
    walk.go()
    assert walk.taken > 8
