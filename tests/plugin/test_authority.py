"""Whose a proposal is, what it waits for, and the steps and delegations that the matrix of authority brings: on the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import pytest
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTableWidget,
)

from commune_planning_plugin.core.authority import COMMUNE, Authority, Level, Party
from commune_planning_plugin.core.discussion import RequestState
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.gui.authority_text import authority_text, step_text, waiting_text
from commune_planning_plugin.gui.compose_panel import ComposePanel
from commune_planning_plugin.gui.delegations_dialog import DelegationsDialog
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.inbox_rows import STATE
from commune_planning_plugin.gui.proposal_dock import ProposalDock
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.session import last_seen
from commune_planning_plugin.sync.authority_documents import Consent, Delegation, Delegations, Mandate
from commune_planning_plugin.sync.proposal_documents import OpinionsStanding, OtherProposal, OwnRequest, SignedDecision, StepTaken
from tests.plugin import sample
from tests.plugin.docks import click
from tests.plugin.fake_session import working

DESCRIBER = Describer(replace(sample.CATALOGUE, organisations={"bql-kkt": "Ban Quản lý Khu kinh tế Vân Phong"}))
BOARD = Party(Level.ORGANISATION, "bql-kkt")
DELEGATED = Authority(approves=COMMUNE, post_check=True, document="12/QĐ-UBND")
VAN_THANG = Consent("22516", "Vạn Thắng", False, True)


@pytest.fixture
def show(keep_dock):
    return lambda session, width=330: keep_dock(ReviewDock(session), width)


def opened(show: Any, *can: Step, account: Any = sample.REVIEWER, **values: Any) -> tuple[Any, Any]:
    session = working(account=account, inbox=sample.inbox())
    dock = show(session)
    session.open_review("p-1")
    detail = sample.detail("p-1", can=can)
    session.set(
        review=replace(detail, findings=(), summary=replace(detail.summary, can=can, **{"authority": Authority(), **values}))
    )
    return dock, session


ASKED = OpinionsStanding(3, 1, 2, "2026-12-07", None)
SIGNED = SignedDecision("12/QĐ-UBND", "2026-03-02", "2026-03-05", False)


def visible(dock: Any) -> list[str]:
    names = ("sign_off", "consent", "appraise", "approve", "post_check", "return", "reject", "object")
    return [name for name in names if dock.findChild(QPushButton, f"{name}_button").isVisibleTo(dock)]


@pytest.mark.parametrize(
    ("authority", "text"),
    [
        (Authority(), "Authority: the province approves"),
        (DELEGATED, "Authority: the People's Committee of xã Đại Lãnh approves; the province checks afterwards – by 12/QĐ-UBND"),
        (
            Authority(separate_appraisal=True, document="7"),
            "Authority: the province approves; appraised by the Department of Construction before – by 7",
        ),
        (
            Authority(appraises=Party(Level.ORGANISATION, "sxd"), approves=BOARD, separate_appraisal=True, document="9"),
            "Authority: Ban Quản lý Khu kinh tế Vân Phong approves; appraised by sxd before – by 9",
        ),
        (None, ""),
    ],
)
def test_whose_it_is(authority: Any, text: str):
    assert authority_text(authority, "22504", DESCRIBER) == text


@pytest.mark.parametrize(
    ("state", "values", "text"),
    [
        (State.AWAITING_SIGN_OFF, {}, "Waits for: the head of xã Đại Lãnh signs off"),
        (State.SUBMITTED, {}, "Waits for: the province approves"),
        (State.SUBMITTED, {"consents": (VAN_THANG,)}, "Waits for: the head of xã Vạn Thắng consents; the province approves"),
        (
            State.IN_REVIEW,
            {"authority": Authority(separate_appraisal=True)},
            "Waits for: the Department of Construction appraises",
        ),
        (State.IN_REVIEW, {"can": (Step.APPRAISE, Step.RETURN)}, "Waits for: your appraisal; the province approves"),
        (State.IN_REVIEW, {"can": (Step.APPRAISE, Step.APPROVE)}, "Waits for: your approval"),
        (State.SUBMITTED, {"authority": Authority(approves=BOARD)}, "Waits for: Ban Quản lý Khu kinh tế Vân Phong approves"),
        (State.APPRAISED, {"authority": DELEGATED}, "Waits for: the head of xã Đại Lãnh approves"),
        (
            State.SUBMITTED,
            {"authority": DELEGATED, "referred": True},
            "The decision has gone to the province: not all that is changed may be shown in the commune. "
            "Waits for: the province approves",
        ),
        (State.SUBMITTED, {"consents": (replace(VAN_THANG, given=True),)}, "Waits for: the province approves"),
        (State.SUBMITTED, {"consents": (replace(VAN_THANG, asked=False),)}, "Waits for: the province approves"),
        (State.APPROVED, {"post_check": "waiting"}, "Waits for: the province checks afterwards"),
        (State.APPROVED, {"post_check": "objected"}, "The province objects to the approval. What was approved stays in force."),
        (State.APPROVED, {"post_check": "checked"}, "The province has checked the approval."),
        (State.APPROVED, {}, ""),
        (State.RETURNED, {}, "Waits for: xã Đại Lãnh sends it again"),
        (State.SUBMITTED, {"authority": None}, ""),
        (State.REJECTED, {}, ""),
        (State.WITHDRAWN, {}, "Waits for: xã Đại Lãnh sends it again"),
        # what keeps the decision waiting comes before it
        (State.IN_REVIEW, {"opinions": ASKED}, "Waits for: 2 agency(s) to answer by 07/12/2026; the province approves"),
        (
            State.IN_REVIEW,
            {"opinions": replace(ASKED, mine=OwnRequest("r", "2026-12-05", RequestState.WAITING))},
            "Waits for: your agency's opinion by 05/12/2026; 1 agency(s) to answer by 07/12/2026; the province approves",
        ),
        (
            State.IN_REVIEW,
            {"opinions": replace(ASKED, waiting=0, mine=OwnRequest("r", "2026-12-05", RequestState.GIVEN))},
            "Waits for: the province approves",
        ),
        (
            State.SUBMITTED,
            {"depends_on": (OtherProposal("p-0", 11, "…", State.IN_REVIEW),)},
            "Waits for: the decision on no. 11, which it builds on; the province approves",
        ),
        (State.SUBMITTED, {"depends_on": (OtherProposal("p-0", 11, "…", State.APPROVED),)}, "Waits for: the province approves"),
        (
            State.AGREED,
            {"linked": (OtherProposal("p-0", 11, "…", State.SUBMITTED),)},
            "Waits for: the decision on no. 11, which it is linked with",
        ),
        # what follows an approval
        (State.APPROVED, {"tells_decision": True}, "Waits for: the province records the signed decision"),
        (
            State.APPROVED,
            {"tells_decision": True, "decision": SIGNED},
            "Waits for: the province puts decision 12/QĐ-UBND into force",
        ),
        (State.APPROVED, {"tells_decision": True, "decision": replace(SIGNED, made_effective=True)}, ""),
        (
            State.APPROVED,
            {"tells_decision": True, "post_check": "checked"},
            "The province has checked the approval. Waits for: the province records the signed decision",
        ),
        # oneself
        (State.AWAITING_SIGN_OFF, {"can": (Step.SIGN_OFF, Step.RETURN)}, "Waits for: your signature"),
        (State.RETURNED, {"can": (Step.SUBMIT,)}, "Waits for: you to correct it and send it again"),
        (
            State.SUBMITTED,
            {"can": (Step.CONSENT,), "consents": (VAN_THANG,)},
            "Waits for: your commune's consent; the province approves",
        ),
        (State.IN_REVIEW, {"can": (Step.APPRAISE,), "authority": Authority(separate_appraisal=True)}, "Waits for: your appraisal"),
        (State.IN_REVIEW, {"can": (Step.APPROVE, Step.RETURN)}, "Waits for: your approval"),
        (State.APPROVED, {"can": (Step.POST_CHECK,), "post_check": "waiting"}, "Waits for: your check afterwards"),
    ],
)
def test_what_it_waits_for(state: State, values: dict[str, Any], text: str):
    summary = sample.summary("p-1", state, **{"authority": Authority(), **values})
    assert waiting_text(summary, DESCRIBER) == text


def test_the_review_says_both(show):
    dock, _ = opened(show, Step.RETURN, consents=(VAN_THANG,))
    text = dock.findChild(QLabel, "review_authority").text()
    assert text == "Waits for: the head of xã Vạn Thắng consents; the province approves"
    assert "Authority: the province approves" in dock.findChild(QLabel, "review_ground").toolTip()


@pytest.mark.parametrize(
    ("can", "shown"),
    [
        ((Step.APPRAISE, Step.RETURN), ["appraise", "return"]),
        ((Step.APPRAISE, Step.RETURN, Step.REJECT, Step.APPROVE), ["approve", "return", "reject"]),
        ((Step.CONSENT, Step.RETURN), ["consent", "return"]),
        ((Step.POST_CHECK, Step.OBJECT), ["post_check", "object"]),
        ((Step.SIGN_OFF, Step.RETURN), ["sign_off", "return"]),
        ((), []),
    ],
)
def test_the_bar_has_the_steps_that_the_hub_allows(show, can: tuple[Step, ...], shown: list[str]):
    dock, _ = opened(show, *can)
    assert visible(dock) == shown


@pytest.mark.parametrize(
    ("step", "call"), [(Step.APPRAISE, "appraise"), (Step.CONSENT, "consent"), (Step.POST_CHECK, "post_check")]
)
def test_each_button_takes_its_step(show, step: Step, call: str):
    dock, session = opened(show, step)
    click(dock, f"{call}_button")
    assert session.called(call) == [(None,)]
    dock.findChild(QPlainTextEdit, "reason_edit").setPlainText("Đã xem.")
    click(dock, f"{call}_button")
    assert session.called(call)[-1] == ("Đã xem.",)


def test_an_objection_needs_its_reason(show):
    dock, session = opened(show, Step.POST_CHECK, Step.OBJECT)
    click(dock, "object_button")
    assert session.called("object") == []
    dock.findChild(QPlainTextEdit, "reason_edit").setPlainText("Mật độ vượt quy chuẩn.")
    click(dock, "object_button")
    assert session.called("object") == [("Mật độ vượt quy chuẩn.",)]


def test_without_a_communes_consent_the_province_says_that_it_decides(show):
    dock, session = opened(show, Step.APPROVE, Step.RETURN, consents=(VAN_THANG,))
    approve, check = dock.findChild(QPushButton, "approve_button"), dock.findChild(QCheckBox, "without_consent_check")
    detail = session.review
    session.set(review=replace(detail, review=tuple(replace(item, conflict=None) for item in detail.review)))
    assert "Vạn Thắng" in check.toolTip()
    assert not approve.isEnabled()
    check.setChecked(True)
    assert approve.isEnabled()
    click(dock, "approve_button")
    assert (session.called("approve"), session.called("approve_without_consent")) == ([], [()])
    session.set(review=replace(session.review, summary=replace(session.review.summary, consents=())))
    assert not check.isVisibleTo(dock)
    click(dock, "approve_button")
    assert session.called("approve") == [()]


def test_the_inbox_names_what_is_asked_after_and_beside_the_decision(show):
    inbox = (
        sample.summary("p-1", State.APPROVED, post_check="waiting", updated_at=sample.ago(days=3)),
        sample.summary("p-2", State.APPROVED, post_check="objected", updated_at=sample.ago(days=2)),
        sample.summary("p-3", State.SUBMITTED, can=(Step.CONSENT, Step.RETURN), updated_at=sample.ago(days=1)),
        sample.summary("p-4", State.APPRAISED, updated_at=sample.ago(hours=1)),
    )
    model = show(working(account=sample.REVIEWER, inbox=inbox), 900).findChild(QTableView, "inbox_table").model()
    assert [model.index(row, STATE).data() for row in range(4)] == [
        "To be checked afterwards",
        "The province objects",
        "Your consent is asked",
        "Put forward for approval",
    ]


def test_who_signs_for_a_head_has_an_inbox(show):
    mandate = Mandate("d", "22504", (Step.SIGN_OFF,), "Trần Văn Bình", "05/GUQ-UBND", "2026-12-31")
    deputy = replace(sample.TECHNICIAN, mandates=(mandate,))
    assert "Nothing waits" in show(working(account=deputy)).findChild(QLabel, "inbox_empty").text()


def test_the_history_says_who_signed_for_whom_and_whom_nobody_asked():
    signed = StepTaken(Step.SIGN_OFF, "Mai Thị Ngọc", "2026-11-22", None, 1, "Trần Văn Bình", "05/GUQ-UBND")
    assert step_text(signed, DESCRIBER) == "Mai Thị Ngọc, for Trần Văn Bình by document 05/GUQ-UBND, signed it off"
    approved = StepTaken(Step.APPROVE, "Võ Quốc Hưng", "2026-11-22", None, 1, communes=("22516",))
    assert step_text(approved, DESCRIBER) == "Võ Quốc Hưng approved it (decided without the consent of xã Vạn Thắng)"


def test_composing_tells_whose_it_will_be(keep_dock):
    session = working()
    panel = keep_dock(ComposePanel(session), 330)
    draft = session.new_draft(session.split()[sample.DIEP_SON])
    panel.open(draft)
    assert session.authority.of_plan.asked[-1] == (sample.DIEP_SON,)
    label = panel.findChild(QLabel, "plan_authority")
    assert not label.isVisibleTo(panel)
    session.authority.of_plan.answer(Authority())
    assert label.text() == "Authority: the province approves"


# --- the head's signature ---------------------------------------------------------------------------------------------

GIVEN = Delegation(
    "d-1", "22504", "Trần Văn Bình", "Nguyễn Thị Hạnh", (Step.SIGN_OFF,), "2026-11-01", "2027-01-31", "05/GUQ-UBND", "in force"
)
COLLEAGUES = (("dailanh.pct", "Lê Quang Hải"), ("dailanh.kt", "Nguyễn Thị Hạnh"))


@pytest.fixture
def dialog(keep_dock):
    session = working(account=sample.HEAD)
    session.authority.headed = ("22504",)
    made = keep_dock(DelegationsDialog(session), 440)
    session.authority.delegations.answer(Delegations((GIVEN,), COLLEAGUES))
    return made, session


def test_a_head_delegates_for_a_while(dialog):
    made, session = dialog
    assert session.authority.delegations.asked[0] == ("22504",)
    give = made.findChild(QPushButton, "give_signature_button")
    assert not give.isEnabled()
    assert "number" in made.findChild(QLabel, "delegation_hint").text()
    made.findChild(QLineEdit, "delegation_document").setText(" 06/GUQ-UBND ")
    made.findChild(QDateEdit, "delegation_from").setDate(QDate(2027, 1, 1))
    made.findChild(QDateEdit, "delegation_to").setDate(QDate(2027, 2, 28))
    made.findChild(QCheckBox, "delegation_consent").setChecked(False)
    made.findChild(QComboBox, "delegation_receiver").setCurrentIndex(1)
    click(made, "give_signature_button")
    acts = (Step.SIGN_OFF, Step.RETURN)
    assert session.called("give") == [("22504", "dailanh.kt", acts, "2027-01-01", "2027-02-28", "06/GUQ-UBND")]


def test_what_can_not_be_is_said_before(dialog):
    made, _ = dialog
    made.findChild(QLineEdit, "delegation_document").setText("6")
    hint, give = made.findChild(QLabel, "delegation_hint"), made.findChild(QPushButton, "give_signature_button")
    made.findChild(QDateEdit, "delegation_to").setDate(QDate.currentDate().addDays(-1))
    assert (give.isEnabled(), "last day" in hint.text()) == (False, True)
    made.findChild(QDateEdit, "delegation_to").setDate(QDate.currentDate())
    for act in ("sign_off", "return", "consent"):
        made.findChild(QCheckBox, f"delegation_{act}").setChecked(False)
    assert (give.isEnabled(), "Tick" in hint.text()) == (False, True)


def test_it_is_ended_at_once(dialog):
    made, session = dialog
    listed, revoke = made.findChild(QListWidget, "delegations_list"), made.findChild(QPushButton, "revoke_signature_button")
    assert "Nguyễn Thị Hạnh for Trần Văn Bình, 01/11/2026 – 31/01/2027 (in force): sign off proposals" in listed.item(0).text()
    assert not revoke.isEnabled()
    listed.setCurrentRow(0)
    click(made, "revoke_signature_button")
    assert session.called("revoke_signature") == [(GIVEN,)]
    session.authority.delegations.answer(Delegations((replace(GIVEN, state="revoked"),), COLLEAGUES))
    listed.setCurrentRow(0)
    assert not revoke.isEnabled()


def test_nothing_delegated_and_nobody_to_delegate_to(dialog):
    made, session = dialog
    session.authority.delegations.answer(Delegations((), ()))
    assert "None so far" in made.findChild(QLabel, "delegations_told").text()
    assert "Nobody else" in made.findChild(QLabel, "delegation_hint").text()


def test_what_was_seen_last_keeps_whose_it_is(tmp_path):
    summary = sample.summary("p-1", authority=DELEGATED, consents=(VAN_THANG,), post_check="waiting", can=(Step.WITHDRAW,))
    signed = sample.summary("p-3", State.APPROVED, decision=SIGNED, tells_decision=True)
    waits = sample.summary("p-4", State.APPROVED, tells_decision=True)
    seen = last_seen.LastSeen((summary, sample.summary("p-2"), signed, waits), datetime.now(timezone.utc))
    last_seen.keep(tmp_path, "https://hub", "dailanh.kt", seen)
    assert last_seen.recall(tmp_path, "https://hub", "dailanh.kt") == seen


def test_the_author_sees_whom_it_waits_for_and_what_the_province_objects_to(keep_dock):
    objection = StepTaken(Step.OBJECT, "Phạm Thu Thủy", sample.ago(hours=2), "Mật độ vượt quy chuẩn.")
    proposals = (
        sample.summary("p-1", authority=Authority(), consents=(VAN_THANG,)),
        sample.summary("p-2", State.APPROVED, authority=DELEGATED, post_check="objected", last_step=objection),
    )
    dock = keep_dock(ProposalDock(working(proposals=proposals, local_changes=())), 330)
    table, details = dock.findChild(QTableWidget, "proposals_table"), dock.findChild(QFrame, "proposal_details")
    shown = {}
    for row in range(2):
        table.selectRow(row)
        shown[table.item(row, 1).text()] = " ".join(label.text() for label in details.findChildren(QLabel))
    assert "Waits for: the head of xã Vạn Thắng consents; the province approves" in shown["Sent"]
    objected = shown["⚠ The province objects"]
    assert all(part in objected for part in ("Mật độ vượt quy chuẩn.", "What was approved stays in force."))
