"""The hub's calls about discussions, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any, Optional
from urllib.parse import quote

from commune_planning_plugin.core.discussion import Act, ActKind, Discussion, folded
from commune_planning_plugin.core.wire import canonical_json
from commune_planning_plugin.sync.documents import reading
from commune_planning_plugin.sync.transport import Request, Transport

_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Organisation:
    """An agency; a ``closed`` one isn't asked any more."""

    id: str
    name: str
    closed: bool = False


@dataclass(frozen=True)
class Term:
    """Until when an agency has that is asked on the day ``asked_on``, by the article ``basis``; ``provisional``: rule or calendar
    aren't official yet."""

    asked_on: date
    last_day: date
    basis: str
    provisional: bool = False

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Term:
        days = (date.fromisoformat(plain["begun"]), date.fromisoformat(plain["last_day"]))
        return cls(*days, str(plain["basis"]), bool(plain.get("provisional")))

    def on(self, day: date) -> date:
        """The last day of who is asked later, by and large: the hub hasn't been heard since."""
        return self.last_day + max(day - self.asked_on, timedelta())


@dataclass(frozen=True)
class Told:
    """A discussion as the hub told it. ``can`` are the acts that the account may do, ``seen`` the newest audit entry in it; an
    older hub names no ``term``."""

    proposal: str
    version: int
    acts: tuple[Act, ...]
    mine: frozenset[str]
    can: frozenset[ActKind]
    organisations: tuple[Organisation, ...]
    seen: int
    term: Optional[Term] = None

    @property
    def folded(self) -> Discussion:
        return folded(self.acts)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Told:
        """Raises ``InvalidData('answer.malformed')``."""
        with reading("discussion"):
            return cls(
                str(plain["proposal"]),
                int(plain["version"]),
                tuple(Act.from_json(item) for item in plain["acts"]),
                frozenset(map(str, plain["mine"])),
                frozenset(ActKind(kind) for kind in plain["can"]),
                tuple(Organisation(str(o["id"]), str(o["name"]), bool(o["closed"])) for o in plain["organisations"]),
                int(plain["seen"]),
                Term.from_json(plain["term"]) if plain.get("term") else None,
            )


def read_discussion(transport: Transport, proposal: str) -> dict[str, Any]:
    """All pages as one document; `Told` reads it. Raises ``Refused`` 404 where the proposal isn't to be seen."""
    path = f"/proposals/{quote(proposal, safe='')}/discussion"
    whole: Optional[dict[str, Any]] = None
    cursor = 0
    while True:
        page = transport.json(Request("GET", path, params={"cursor": cursor} if cursor else None))
        with reading("discussion"):
            acts = [*whole["acts"], *page["acts"]] if whole is not None else list(page["acts"])
            following = page["cursor"]
            whole = {**page, "acts": acts}
            if following is not None and int(following) > cursor:
                cursor = int(following)
                continue
        Told.from_json(whole)
        return whole


def put_act(transport: Transport, proposal: str, act: str, document: bytes) -> dict[str, Any]:
    """The act as the hub keeps it. Sending it again is answered as the first time. Raises ``InvalidData('answer.malformed')``."""
    path = f"/proposals/{quote(proposal, safe='')}/acts/{quote(act, safe='')}"
    accepted = (HTTPStatus.OK, HTTPStatus.CREATED)
    answer: dict[str, Any] = transport.json(Request("PUT", path, None, _JSON, document, accepted=accepted))
    with reading("act"):
        Act.from_json(answer)
    return answer


def put_mark(transport: Transport, proposal: str, seen: int) -> None:
    path = f"/proposals/{quote(proposal, safe='')}/read"
    accepted = (HTTPStatus.OK, HTTPStatus.NO_CONTENT)
    transport.json(Request("PUT", path, None, _JSON, canonical_json({"seen": seen}), accepted=accepted))
