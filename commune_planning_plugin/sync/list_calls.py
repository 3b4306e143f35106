"""Lists of proposals page by page: the hub filters, sorts and counts them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Optional, Union

from commune_planning_plugin.sync.documents import Plain, reading
from commune_planning_plugin.sync.proposal_documents import ProposalSummary

if TYPE_CHECKING:
    from commune_planning_plugin.sync.client import HubClient

PAGE = 100
"""Lines that are asked for at once; an inbox of as many or fewer is here as a whole."""
FOLLOWED = 50
"""Lines of the list of what one had a part in: what is older is found by searching."""
MOST = 200
"""The hub's most."""


@dataclass(frozen=True)
class InboxFilter:
    """Empty texts and zero let everything through. ``days``: at least so long untouched; ``mine``: the last step was mine."""

    text: str = ""
    commune: str = ""
    plan: str = ""
    state: str = ""
    days: int = 0
    overdue: bool = False
    mine: bool = False

    @property
    def active(self) -> bool:
        return self != InboxFilter()

    def to_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> InboxFilter:
        """What can't be read is no filter."""
        try:
            known = json.loads(text or "{}")
            made = cls(**known)
            return made if all(type(value) is type(getattr(cls(), name)) for name, value in asdict(made).items()) else cls()
        except (TypeError, ValueError):
            return cls()

    def to_params(self) -> dict[str, Union[str, int]]:
        """As the hub is asked."""
        asked: dict[str, Union[str, int]] = {
            "text": self.text,
            "commune": self.commune,
            "plan": self.plan,
            "state": self.state,
            "untouched_days": self.days,
            "overdue": "true" if self.overdue else "",
            "last_by_me": "true" if self.mine else "",
        }
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Question:
    """What is asked of the inbox: a filter, one of the hub's orders, and whether it goes backwards."""

    filter: InboxFilter = InboxFilter()
    order: str = "waiting"
    reverse: bool = False


@dataclass(frozen=True)
class ProposalPage:
    """``cursor`` asks for what follows; None at the end. ``counts`` (by state) and ``overdue`` are of the whole list."""

    proposals: tuple[ProposalSummary, ...] = ()
    cursor: Optional[Union[str, int]] = None
    counts: Mapping[str, int] = field(default_factory=dict)
    overdue: int = 0

    @property
    def total(self) -> int:
        return max(sum(self.counts.values()), len(self.proposals))

    def followed_by(self, other: ProposalPage) -> ProposalPage:
        """Both together. What moved on between the two questions stands where it was seen first."""
        known = {each.id for each in self.proposals}
        more = (each for each in other.proposals if each.id not in known)
        return ProposalPage((*self.proposals, *more), other.cursor, self.counts, self.overdue)

    def to_json(self) -> dict[str, Any]:
        """As `from_json` reads it, to be kept."""
        shown = [summary.to_json() for summary in self.proposals]
        return {"proposals": shown, "cursor": self.cursor, "counts": dict(self.counts), "overdue": self.overdue}

    @classmethod
    def from_json(cls, plain: Plain) -> ProposalPage:
        with reading("proposals"):
            shown = tuple(ProposalSummary.from_json(item) for item in plain["proposals"])
            counts = {str(state): int(number) for state, number in plain.get("counts", {}).items()}
            return cls(shown, plain.get("cursor"), counts, int(plain.get("overdue", 0)))


def inbox_page(client: HubClient, question: Question, cursor: Optional[Union[str, int]] = None, limit: int = PAGE) -> ProposalPage:
    """The first page with its counts; after a ``cursor`` the one that follows, without. Raises ``HubError``."""
    from commune_planning_plugin.sync.transport import Request

    place: dict[str, Union[str, int]] = {"counted": "true"} if cursor is None else {"cursor": cursor}
    order = {"order": question.order, "reverse": "true" if question.reverse else "false"}
    params = {"box": "inbox", "limit": limit, **order, **place, **question.filter.to_params()}
    return ProposalPage.from_json(client.transport.json(Request("GET", "/proposals", params=params)))


def followed(client: HubClient) -> tuple[ProposalSummary, ...]:
    """The newest of others' proposals that the account had a part in, those touched last first; none where the hub is older than
    the question. Raises ``HubError``."""
    from commune_planning_plugin.core.errors import Refused
    from commune_planning_plugin.sync.transport import Request

    params: dict[str, Union[str, int]] = {"box": "followed", "order": "touched", "limit": FOLLOWED}
    try:
        return ProposalPage.from_json(client.transport.json(Request("GET", "/proposals", params=params))).proposals
    except Refused:
        return ()


def inbox_pages(client: HubClient, question: Question, count: int) -> ProposalPage:
    """At least ``count`` lines, where there are so many. Raises ``HubError``."""
    found = inbox_page(client, question, limit=min(MOST, max(PAGE, count)))
    while found.cursor is not None and len(found.proposals) < count:
        found = found.followed_by(inbox_page(client, question, found.cursor, MOST))
    return found
