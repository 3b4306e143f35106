"""One proposal under review: who, when, why; the tabs of what there is to see of it; the decision at the bottom."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QKeySequence, QResizeEvent
from qgis.PyQt.QtWidgets import QFrame, QLabel, QShortcut, QWidget

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.workflow import ON_THE_TABLE
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.authority_text import authority_text, waiting_text
from commune_planning_plugin.gui.bound_proposals import bound_links
from commune_planning_plugin.gui.brief_notice import BriefNotice
from commune_planning_plugin.gui.decision_bar import DecisionBar
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.folded_text import FoldedText, OneLineLabel
from commune_planning_plugin.gui.grounds import ground_title
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone, state_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, Scrolled, button, button_row, column, fill, line, link, slim, text_label
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.gui.related_text import competing_brief, competing_text
from commune_planning_plugin.gui.review_balance import BalanceTab
from commune_planning_plugin.gui.review_changes import MODES, ChangesTab
from commune_planning_plugin.gui.review_decision import DecisionTab
from commune_planning_plugin.gui.review_findings import FindingsTab
from commune_planning_plugin.gui.review_opinions import OpinionsTab
from commune_planning_plugin.gui.review_related import RelatedTab
from commune_planning_plugin.gui.review_tab import is_local
from commune_planning_plugin.gui.review_tabs import TABS
from commune_planning_plugin.gui.since_seen import moved_text
from commune_planning_plugin.gui.tab_flow import LowTabs, TabFlow
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.detail_documents import ProposalDetail

LOW, VERY_LOW = 680, 420
"""Pixels of height below which the ground is folded, so that list and values have the room; and below which the head is scrolled
away for them, as on a small screen with letters of 150 %."""


class ReviewPanel(QFrame):
    """Shows the session's open review."""

    next_asked = pyqtSignal()
    """The next proposal that waits."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._proposal, self._very_low = "", False
        self._shown: Optional[ProposalDetail] = None
        self._title = OneLineLabel("review_title")
        self._header = text_label(name="review_header")
        self._authority = text_label(name="review_authority")
        self._ground = FoldedText("review_ground", translate("Review", "Ground and reason, whole or in one line"))
        self._bound = self._bound_label()
        self._failure = self._failure_notice()
        self._tabs = LowTabs()
        self._tabs.setObjectName("review_tabs")
        self._all = tuple(tab(session) for tab in TABS)
        self._changes = next(tab for tab in self._all if isinstance(tab, ChangesTab))
        self._signed = next(tab for tab in self._all if isinstance(tab, DecisionTab))
        self._flow: Optional[TabFlow] = None
        self._decision = DecisionBar(session)
        self._competing = BriefNotice(Tone.WARNING, "competing_notice")
        tip = translate("Related", "What else touches this ground")
        self._competing.add_link(link(translate("Related", "Sho&w"), "show_competing_button", tip, self._show_related))
        self._lay_out()
        self._listen()

    # --- building -----------------------------------------------------------------------------------------------------

    def _bound_label(self) -> QLabel:
        """The proposals that this one is bound to, as links to them."""
        label = text_label(name="review_bound")
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        label.linkActivated.connect(self._session.open_review)
        return label

    def _failure_notice(self) -> Notice:
        notice = Notice(Tone.WARNING, "review_failure")
        tip = translate("Review", "Fetches the proposal and the province's data as they are now")
        notice.add_link(link(translate("Review", "&Look again"), "reload_button", tip, self._reload))
        return notice

    def _bar(self) -> QWidget:
        tip = translate("Review", "Back to the list; the map is again as it was")
        close = button(translate("Review", "&Close"), "close_review_button", "back", tip, self._session.close_review)
        previous = button(
            "", "previous_change_button", "previous", translate("Review", "Previous change (P)"), lambda: self._changes.step(-1)
        )
        following = button("", "next_change_button", "next", translate("Review", "Next change (N)"), lambda: self._changes.step(1))
        for made, name in ((previous, translate("Review", "Previous change")), (following, translate("Review", "Next change"))):
            made.setAccessibleName(name)
        self._next = button(translate("Review", "Next &proposal"), "next_proposal_button", "next", act=self.next_asked.emit)
        for narrow in (close, previous, following):
            slim(narrow)
        return button_row(close, previous, following, self._next)

    def _lay_out(self) -> None:
        for tab in self._all:
            self._tabs.addTab(tab, "")
            tab.change_asked.connect(self._show_change)
            tab.changes_asked.connect(self._changes.show_changes)
            self._changes.chosen.connect(tab.change_chosen)
            tab.renamed.connect(self._name_tabs)
            if isinstance(tab, FindingsTab):
                tab.balance_asked.connect(self._show_balance)
        self._flow = TabFlow(self._tabs)
        above = (self._failure, self._title, self._header, self._authority, self._ground, self._bound, self._competing)
        content = column(*above, self._flow, self._tabs, margin=4, spacing=2)
        content.layout().setStretchFactor(self._tabs, 1)
        self._scrolled = Scrolled(content)
        fill(self, line(self._bar()), self._scrolled, self._decision)
        self.layout().setStretch(1, 1)
        acts = {"N": partial(self._changes.step, 1), "P": partial(self._changes.step, -1)}
        acts.update({"V": self._changes.verdicts.fine, "R": self._changes.verdicts.redo})
        acts.update({str(number + 1): partial(self._changes.set_mode, number) for number in range(len(MODES))})
        for key, act in acts.items():
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        if (self.height() < VERY_LOW) is not self._very_low:
            self._very_low = self.height() < VERY_LOW
            self._decision.fold(self._very_low)

    def _show_page(self) -> None:
        """Where head and page can't both be in sight, the page is."""
        if self._very_low:
            QTimer.singleShot(0, lambda: self._scrolled.verticalScrollBar().setValue(self._tabs.y()))

    def _listen(self) -> None:
        self._tabs.currentChanged.connect(lambda _number: self._show_page())
        self._session.failed.connect(self._show_failure)
        self._session.job_changed.connect(self._show_decision)
        self._session.related.changed.connect(self._show_competing)
        self._decision.opinion_asked.connect(self._give_opinion)
        self._decision.refreshed.connect(lambda: self._signed.offer(self._decision.approvable))
        self._signed.approve_asked.connect(self._decision.approve_with)
        self._ground.unfolded.connect(lambda _whole: self._show_head())

    # --- showing ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        detail = self._session.review
        if detail is not self._shown:
            self._shown = detail
            self._show(detail)
        self._show_decision()

    def _say_authority(self, detail: ProposalDetail) -> None:
        """What it waits for stands by itself; who sent it, why, and by whose right it is decided can be unfolded."""
        describer = Describer(self._session.catalogue)
        summary = detail.summary
        self._authority.setText(waiting_text(summary, describer))
        self._authority.setVisible(bool(self._authority.text()))
        authority = authority_text(summary.authority, summary.commune, describer)
        sent = "" if is_local(detail) else _sent_text(detail)
        whole = "\n".join(each for each in (sent, _ground_text(detail), authority) if each)
        self._ground.say(whole, _header_text(detail) if not is_local(detail) else "")

    def _show(self, detail: Optional[ProposalDetail]) -> None:
        for tab in self._all:
            tab.show_review(detail)
        if detail is None or detail.summary.id != self._proposal:
            self._competing.say("")
        if detail is None:
            self._proposal = ""
            return
        if not is_local(detail) and detail.summary.id != self._proposal:
            self._session.related.load(detail.summary.id)
        self._failure.say("")
        local = is_local(detail)
        self._title.say(translate("Review", "My changes, as the reviewer will see them") if local else detail.summary.title)
        self._header.setText(_local_header(detail) if local else _header_text(detail))
        self._say_authority(detail)
        self._ground.setVisible(not local or bool(detail.content.ground))
        self._show_head()
        self._show_tabs(local)
        links = bound_links(detail.summary)
        self._bound.setText(links)
        self._bound.setVisible(bool(links))
        self._name_tabs()
        self._show_competing()
        self._begin(detail.summary.id)

    def _show_head(self) -> None:
        """Folded, the title and commune and plan take a line each."""
        whole = self._ground.whole
        self._title.unfold(whole)
        self._header.setVisible(whole or (self._shown is not None and is_local(self._shown)))

    def _show_tabs(self, local: bool) -> None:
        """Of changes that are no proposal yet, only what can be said without the province."""
        for number, tab in enumerate(self._all):
            self._tabs.setTabVisible(number, tab.of_local_changes or not local)
        self._decision.setVisible(not local)

    def _begin(self, proposal: str) -> None:
        """A proposal just opened starts with its first change."""
        if proposal == self._proposal:
            return
        self._proposal = proposal
        self._decision.clear()
        if not self._ground.chosen:
            self._ground.fold(self.height() < LOW)
        self._tabs.setCurrentWidget(self._changes)
        self._changes.begin()
        self._show_page()

    def _name_tabs(self) -> None:
        if self._shown is None:
            return
        for number, tab in enumerate(self._all):
            name = tab.icon_name(self._shown)
            self._tabs.setTabText(number, tab.title(self._shown))
            self._tabs.tabBar().setTabData(number, tab.badge(self._shown))
            self._tabs.setTabIcon(number, icon(name) if name else QIcon())
            self._tabs.setTabToolTip(number, tab.tip(self._shown))
        if self._flow is not None:
            self._flow.refresh()

    def _show_decision(self) -> None:
        if self._session.review is not None:
            self._decision.refresh(self._session.review)
            others = any(summary.id != self._proposal for summary in self._session.inbox)
            self._next.setVisible(others and not is_local(self._session.review))

    def _show_competing(self) -> None:
        """Nobody should decide on one of two proposals for the same ground without knowing of the other."""
        found = self._session.related.about(self._shown.summary.id) if self._shown is not None else None
        shown = found is not None and self._shown is not None and self._shown.summary.state in ON_THE_TABLE
        if shown and found is not None:
            self._competing.say(competing_brief(found.competing), competing_text(found.competing))
        else:
            self._competing.say("")

    def _show_related(self) -> None:
        self._tabs.setCurrentWidget(next(tab for tab in self._all if isinstance(tab, RelatedTab)))

    def _show_failure(self, error: PlanningError, context: str) -> None:
        if context in ("decide", "open_review") and self._session.review is not None:
            if error.code == "proposal.conflict":
                self._decision.hear_conflicts(error.details.get("conflicts", ()))
                QTimer.singleShot(0, self._reload)  # both sides' values, and whose the other is
                return
            said = present(error, context, Describer(self._session.catalogue))
            self._failure.say("\n".join(filter(None, (said.text, self._since_seen(error)))))

    def _since_seen(self, error: PlanningError) -> str:
        """What is otherwise than the result that was looked at, named; it is marked in the list too."""
        difference = error.details.get("difference")
        if error.code != "changed_since_seen" or not isinstance(difference, Mapping):
            return ""
        refs = [Ref(str(row["layer"]), str(row["key"])) for row in difference.get("rows", ())]
        self._changes.mark_moved(refs)
        return moved_text(refs, difference, self._changes.title_of)

    def _show_change(self, ref: Ref) -> None:
        self._changes.show_change(ref)

    def _show_balance(self) -> None:
        self._tabs.setCurrentWidget(next(tab for tab in self._all if isinstance(tab, BalanceTab)))

    def _give_opinion(self) -> None:
        opinions = next(tab for tab in self._all if isinstance(tab, OpinionsTab))
        self._tabs.setCurrentWidget(opinions)
        opinions.give()

    def _reload(self) -> None:
        """What else touches the ground may be what has changed."""
        self._failure.say("")
        self._session.related.load(self._proposal)
        self._session.open_review(self._proposal)


def _header_text(detail: ProposalDetail) -> str:
    summary = detail.summary
    return f"{summary.commune_name} · {summary.plan_name}"


def _sent_text(detail: ProposalDetail) -> str:
    summary = detail.summary
    return translate("Review", "{name}, {time} · {state}").format(
        name=summary.author.full_name, time=quantities.day_and_time(summary.updated_at), state=state_label(summary.state)
    )


def _local_header(detail: ProposalDetail) -> str:
    count = translate("Review", "%n change(s), not sent yet", None, len(detail.review))
    return f"{detail.summary.plan_name}\n{count}" if detail.summary.plan_name else count


def _ground_text(detail: ProposalDetail) -> str:
    reason = translate("Review", "Reason: {reason}").format(reason=detail.content.reason)
    return translate("Review", "Ground: {ground}").format(ground=ground_title(detail.content.ground)) + "\n" + reason
