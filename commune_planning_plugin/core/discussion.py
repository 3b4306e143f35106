"""What people say about a proposal, as acts that are only ever added: comments in threads, verdicts on changes, agencies' opinions.

The same fold shows them on the desk, what still waits there included, and guards the approval in the hub.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from typing import Any, Optional

from commune_planning_plugin.core.workflow import DECIDED, State

Ref = tuple[str, str]
"""Layer id and key."""

VIETNAM = timezone(timedelta(hours=7))
"""A day of the law ends at this midnight."""


class ActKind(str, Enum):
    """What somebody does in a discussion."""

    COMMENT = "comment"
    SETTLE = "settle"
    REOPEN = "reopen"
    VERDICT = "verdict"
    ASK = "ask"
    UNASK = "unask"
    OPINION = "opinion"
    ANSWER = "answer"


class Side(str, Enum):
    """For whom somebody speaks."""

    COMMUNE = "commune"
    PROVINCE = "province"
    AGENCY = "agency"


class AnchorKind(str, Enum):
    """What a thread is about."""

    WHOLE = "whole"
    CHANGE = "change"
    ATTRIBUTE = "attribute"
    PLACE = "place"


class ThreadState(str, Enum):
    """``answered``: the other side had the last word."""

    OPEN = "open"
    ANSWERED = "answered"
    SETTLED = "settled"


class Verdict(str, Enum):
    """On one change of one version; ``none`` takes an earlier one back."""

    FINE = "fine"
    REDO = "redo"
    NONE = "none"


class Opinion(str, Enum):
    """What an agency says."""

    AGREE = "agree"
    REMARKS = "remarks"
    DISAGREE = "disagree"


class AnswerKind(str, Enum):
    """How the commune answers an agency: it takes the remark up (tiếp thu), or explains (giải trình)."""

    ACCEPTED = "accepted"
    EXPLAINED = "explained"


class RequestState(str, Enum):
    """Where a request for an opinion is. ``silent``: overdue, and silence counts as agreement; ``overdue``: it doesn't."""

    WAITING = "waiting"
    GIVEN = "given"
    SILENT = "silent"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"


_TALK = frozenset(Side)
SPEAKERS: Mapping[ActKind, frozenset[Side]] = {
    ActKind.COMMENT: _TALK,
    ActKind.SETTLE: _TALK,
    ActKind.REOPEN: _TALK,
    ActKind.VERDICT: frozenset({Side.PROVINCE}),
    ActKind.ASK: frozenset({Side.PROVINCE}),
    ActKind.UNASK: frozenset({Side.PROVINCE}),
    ActKind.OPINION: frozenset({Side.AGENCY}),
    ActKind.ANSWER: frozenset({Side.COMMUNE}),
}
"""Who may do what. Authors don't judge their own changes, and nobody else speaks; observers read."""

UNDER_REVIEW = frozenset({State.SUBMITTED, State.IN_REVIEW, State.APPRAISED, State.AGREED})
_REVIEWED_ONLY = frozenset({ActKind.VERDICT, ActKind.ASK})


def open_for(kind: ActKind, state: State) -> bool:
    """Whether the proposal's state lets anybody do this: verdicts and requests are the review's, and the decision ends it all."""
    return state in UNDER_REVIEW if kind in _REVIEWED_ONLY else state not in DECIDED


@dataclass(frozen=True)
class Act:
    """One thing that was said. ``body`` is as `discussion_bodies` has it; ``at`` is UTC in ISO format, None while it waits here."""

    id: str
    kind: ActKind
    version: int
    body: Mapping[str, Any]
    actor: str = ""
    actor_name: str = ""
    side: Optional[Side] = None
    organisation: Optional[str] = None
    at: Optional[str] = None

    @property
    def text(self) -> str:
        return str(self.body.get("text") or "")

    @property
    def ref(self) -> Optional[Ref]:
        """The feature that it names itself; a later comment's is its thread's."""
        named = self.body.get("anchor") or self.body
        return (named["layer"], named["key"]) if "key" in named and "layer" in named else None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind.value,
            "version": self.version,
            "body": dict(self.body),
            "actor": self.actor,
            "actor_name": self.actor_name,
            "side": self.side.value if self.side else None,
            "organisation": self.organisation,
            "at": self.at,
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Act:
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is none."""
        side = plain.get("side")
        return cls(
            str(plain["id"]),
            ActKind(plain["kind"]),
            int(plain["version"]),
            dict(plain["body"]),
            str(plain.get("actor") or ""),
            str(plain.get("actor_name") or ""),
            Side(side) if side is not None else None,
            plain.get("organisation"),
            plain.get("at"),
        )


@dataclass(frozen=True)
class Thread:
    """Comments about one thing, the first one first. ``last`` settled or reopened it last."""

    id: str
    anchor: Mapping[str, Any]
    comments: tuple[Act, ...]
    last: Optional[Act] = None

    @property
    def kind(self) -> AnchorKind:
        return AnchorKind(self.anchor["kind"])

    @property
    def ref(self) -> Optional[Ref]:
        return (self.anchor["layer"], self.anchor["key"]) if "key" in self.anchor else None

    @property
    def state(self) -> ThreadState:
        if self.last is not None and self.last.kind is ActKind.SETTLE:
            return ThreadState.SETTLED
        answered = self.comments[-1].side is not self.comments[0].side
        return ThreadState.ANSWERED if answered else ThreadState.OPEN


@dataclass(frozen=True)
class Request:
    """An agency asked for its opinion. ``due`` is the last day; opinions in their order, the last one counts."""

    asked: Act
    opinions: tuple[Act, ...] = ()
    withdrawn: Optional[Act] = None

    @property
    def id(self) -> str:
        return self.asked.id

    @property
    def organisation(self) -> str:
        return str(self.asked.body["organisation"])

    @property
    def due(self) -> date:
        return date.fromisoformat(self.asked.body["due"])

    @property
    def opinion(self) -> Optional[Act]:
        return self.opinions[-1] if self.opinions else None

    def overdue(self, now: datetime) -> bool:
        return now >= datetime.combine(self.due + timedelta(days=1), time(), VIETNAM)

    def state(self, now: datetime) -> RequestState:
        """``now`` with its time zone."""
        if self.withdrawn is not None:
            return RequestState.WITHDRAWN
        if self.opinions:
            return RequestState.GIVEN
        if not self.overdue(now):
            return RequestState.WAITING
        return RequestState.SILENT if self.asked.body.get("silence_agrees") else RequestState.OVERDUE

    def takes_opinion(self, now: datetime) -> bool:
        """Until the due date as often as wished; afterwards a first one, where silence hasn't spoken."""
        state = self.state(now)
        return state in (RequestState.WAITING, RequestState.OVERDUE) or (state is RequestState.GIVEN and not self.overdue(now))


@dataclass(frozen=True)
class Discussion:
    """All that was said. ``verdicts`` by version and feature; ``answers`` by the opinion that they answer."""

    threads: tuple[Thread, ...] = ()
    verdicts: Mapping[tuple[int, Ref], Act] = field(default_factory=dict)
    requests: tuple[Request, ...] = ()
    answers: Mapping[str, Act] = field(default_factory=dict)

    def thread(self, thread: str) -> Optional[Thread]:
        return next((each for each in self.threads if each.id == thread), None)

    def request(self, request: str) -> Optional[Request]:
        return next((each for each in self.requests if each.id == request), None)

    def verdict(self, version: int, ref: Ref) -> Optional[Act]:
        """The one that stands."""
        act = self.verdicts.get((version, ref))
        return act if act is not None and act.body["verdict"] != Verdict.NONE.value else None

    def redo(self, version: int) -> tuple[Act, ...]:
        """The version's changes that are to be redone."""
        found = ((of, act) for (of, _), act in self.verdicts.items() if of == version)
        return tuple(act for _, act in found if act.body["verdict"] == Verdict.REDO.value)

    def waiting(self, now: datetime) -> tuple[Request, ...]:
        """The requests that an approval waits for."""
        return tuple(each for each in self.requests if each.state(now) is RequestState.WAITING)

    def of_organisation(self, organisation: Optional[str]) -> Optional[Request]:
        """The newest request to an agency that wasn't withdrawn."""
        own = [r for r in self.requests if r.organisation == organisation and r.withdrawn is None]
        return own[-1] if own else None


def folded(acts: Iterable[Act]) -> Discussion:
    """What acts come to, in their order. What refers to something that isn't there says nothing."""
    threads: dict[str, Thread] = {}
    verdicts: dict[tuple[int, Ref], Act] = {}
    requests: dict[str, Request] = {}
    answers: dict[str, Act] = {}
    for act in acts:
        if act.kind is ActKind.VERDICT:
            verdicts[(act.version, (act.body["layer"], act.body["key"]))] = act
        elif act.kind is ActKind.ANSWER:
            answers[act.body["opinion_id"]] = act
        elif act.kind is ActKind.ASK:
            requests[act.id] = Request(act)
        elif act.kind in (ActKind.UNASK, ActKind.OPINION):
            _into_request(requests, act)
        else:
            _into_thread(threads, act)
    return Discussion(tuple(threads.values()), verdicts, tuple(requests.values()), answers)


def _into_request(requests: dict[str, Request], act: Act) -> None:
    request = requests.get(act.body["request"])
    if request is None:
        return
    if act.kind is ActKind.UNASK:
        requests[request.id] = replace(request, withdrawn=act)
    else:
        requests[request.id] = replace(request, opinions=(*request.opinions, act))


def _into_thread(threads: dict[str, Thread], act: Act) -> None:
    thread = threads.get(act.body["thread"])
    if thread is None:
        if act.kind is ActKind.COMMENT and "anchor" in act.body:
            threads[act.body["thread"]] = Thread(act.body["thread"], act.body["anchor"], (act,))
    elif act.kind is ActKind.COMMENT:
        threads[thread.id] = replace(thread, comments=(*thread.comments, act))
    else:
        threads[thread.id] = replace(thread, last=act)
