"""Lists of proposals: filtered, ordered and cut into pages by the database, however many there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, LiteralString, Optional

from psycopg import sql

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.workflow import Role, Step
from province_hub import unread
from province_hub.database import HubConnection
from province_hub.identity import Principal
from province_hub.proposals import hidden_from, summary
from province_hub.relations import named
from province_hub.rights import OF_COMMUNE, is_asked, may_record, may_see, possible_steps
from province_hub.stored import Stored, found

LISTED = 200
"""How many rows of a list are read at once, and the most that a page has."""

_ASKED_OF = frozenset({Step.SIGN_OFF, Step.OPEN, Step.APPRAISE, Step.APPROVE, Step.REJECT, Step.CONSENT, Step.POST_CHECK})
"""Steps that one is waited for with."""

_REACHES: LiteralString = """EXISTS (SELECT FROM hub.proposal_commune g WHERE g.proposal = p.id AND g.version = p.version
    AND NOT g.veiled AND g.commune = ANY(%(asked)s))"""
_ASKED: LiteralString = """EXISTS (SELECT FROM hub.discussion_act k WHERE k.proposal = p.id AND k.kind = 'ask'
    AND k.organisation = %(agency)s
    AND NOT EXISTS (SELECT FROM hub.discussion_act w WHERE w.request = k.id AND w.kind = 'unask'))"""
_WRITTEN: LiteralString = "EXISTS (SELECT FROM hub.proposal_version o WHERE o.proposal = p.id AND o.author = %(me)s)"
_SIGNED: LiteralString = """EXISTS (SELECT FROM hub.proposal_step s WHERE s.proposal = p.id AND s.version = p.version
    AND s.step = 'sign_off')"""

_VISIBLE: LiteralString = f"""(p.commune = ANY(%(own)s) OR {_WRITTEN}
    OR {_SIGNED} AND (%(reads_all)s OR p.commune = ANY(%(reads)s) OR {_ASKED} OR {_REACHES}))"""
"""`rights.may_see` as a condition."""

_BOXES: Mapping[str, LiteralString] = {
    "mine": _WRITTEN,
    "inbox": f"""(p.state = 'awaiting_sign_off' AND p.commune = ANY(%(headed)s)
    OR p.state IN ('submitted', 'in_review', 'appraised') AND (%(province)s OR p.commune = ANY(%(reviewed)s) OR {_REACHES})
    OR p.state IN ('submitted', 'in_review', 'appraised', 'agreed') AND {_ASKED}
    OR p.state = 'approved' AND p.post_check = 'waiting' AND %(province)s
    OR p.state = 'approved' AND p.post_check = 'objected' AND p.commune = ANY(%(headed)s))""",
    "decisions": """p.state = 'approved' AND NOT EXISTS (SELECT FROM hub.decision d JOIN hub.decision_effect e ON e.decision = d.id
       WHERE d.proposal = p.id AND NOT EXISTS (SELECT FROM hub.decision n WHERE n.supersedes = d.id))""",
    "all": "true",
}
_FOLDED: LiteralString = "regexp_replace(translate(normalize(lower({}), NFD), 'đ', 'd'), '[\u0300-\u036f]', '', 'g')"
_WORDS: LiteralString = "concat_ws(' ', p.number, p.folded, l.folded, lower(l.code), c.folded, a.folded)"
_FILTERS: Mapping[str, LiteralString] = {
    "states": "p.state = ANY(%(states)s)",
    "communes": "p.commune = ANY(%(communes)s)",
    "plans": "p.plan = ANY(%(plans)s::uuid[])",
    "words": f"{_WORDS} LIKE ALL(ARRAY(SELECT {_FOLDED.format('w')} FROM unnest(%(words)s::text[]) w))",
    "overdue": "coalesce(p.due_at <= now(), false) = %(overdue)s",
    "untouched_days": "p.updated_at <= now() - make_interval(days => %(untouched_days)s)",
}
_FROM: LiteralString = """
FROM hub.proposal p JOIN hub.plan l ON l.key = p.plan JOIN hub.commune c ON c.code = p.commune JOIN hub.account a ON a.id = p.author
"""


class Order(str, Enum):
    """``newest`` and ``oldest`` by number, ``due`` with what is due first, ``touched`` and ``waiting`` by the last step."""

    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"
    TOUCHED = "touched"
    WAITING = "waiting"


_ORDERS: Mapping[Order, tuple[LiteralString, LiteralString, LiteralString]] = {
    Order.NEWEST: ("p.number::text", "p.number < %(number)s", "p.number DESC"),
    Order.OLDEST: ("p.number::text", "p.number > %(number)s", "p.number"),
    Order.DUE: (
        "coalesce(p.due_at, 'infinity')::text",
        "(coalesce(p.due_at, 'infinity'), p.number) > (%(at)s::timestamptz, %(number)s)",
        "coalesce(p.due_at, 'infinity'), p.number",
    ),
    Order.TOUCHED: (
        "p.updated_at::text",
        "(p.updated_at, p.number) < (%(at)s::timestamptz, %(number)s)",
        "p.updated_at DESC, p.number DESC",
    ),
    Order.WAITING: ("p.updated_at::text", "(p.updated_at, p.number) > (%(at)s::timestamptz, %(number)s)", "p.updated_at, p.number"),
}
"""What the place in the list is, what comes after a place, and the order."""


@dataclass(frozen=True)
class Wanted:
    """``box``: ``mine``, ``inbox`` (what waits for a step of the caller's), ``decisions`` (what the caller may put into force) or
    ``all``. Filters that are empty, or None, keep all;
    ``words`` are looked for in number, title, plan, commune and author, whatever their marks and case."""

    box: str = "all"
    states: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    overdue: Optional[bool] = None
    untouched_days: Optional[int] = None
    order: Order = Order.NEWEST


@dataclass(frozen=True)
class Page:
    """``cursor`` asks for the page after it; None at the end."""

    proposals: list[dict[str, Any]]
    cursor: Optional[str]


def page(conn: HubConnection, principal: Principal, wanted: Wanted, cursor: Optional[str], size: int, most: int = LISTED) -> Page:
    """Summaries after ``cursor``: at most ``most`` of them and about ``size`` bytes. Raises ``InvalidData('cursor.malformed')``."""
    place = _place(cursor, wanted.order)
    shown: list[dict[str, Any]] = []
    used = 0
    while True:
        asked = min(most - len(shown), LISTED)
        rows = _rows(conn, principal, wanted, place, asked)
        by_id = {item["id"]: item for item in _summaries(conn, principal, wanted.box, [row["id"] for row in rows])}
        for row in rows:
            place = (row["place"], row["number"])
            if row["id"] in by_id:
                shown.append(by_id[row["id"]])
                used += len(json.dumps(by_id[row["id"]], ensure_ascii=False).encode())
            if used >= size or len(shown) >= most:
                return Page(shown, _cursor(place, wanted.order))
        if len(rows) < asked:
            return Page(shown, None)


def counts(conn: HubConnection, principal: Principal, wanted: Wanted) -> dict[str, int]:
    """By state, how many proposals there are for the caller to see in the list. Of an inbox, those that wait for the caller's side:
    what the caller may not decide, having written or signed it, is among them."""
    query = sql.SQL("SELECT p.state, count(*) AS number {} WHERE {} GROUP BY p.state").format(sql.SQL(_FROM), _condition(wanted))
    return {row["state"]: row["number"] for row in conn.execute(query, _parameters(principal, wanted))}


def _place(cursor: Optional[str], order: Order) -> Optional[tuple[str, int]]:
    if cursor is None:
        return None
    at, _, number = cursor.rpartition("|")
    form = "" if order in (Order.NEWEST, Order.OLDEST) else r"infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d"
    if not re.fullmatch(r"[0-9]{1,18}", number) or not re.fullmatch(form, at, re.ASCII):
        raise InvalidData("cursor.malformed")
    return at, int(number)


def _cursor(place: tuple[str, int], order: Order) -> str:
    return str(place[1]) if order in (Order.NEWEST, Order.OLDEST) else f"{place[0]}|{place[1]}"


def _rows(
    conn: HubConnection, principal: Principal, wanted: Wanted, place: Optional[tuple[str, int]], limit: int
) -> list[dict[str, Any]]:
    shown, after, order = _ORDERS[wanted.order]
    values = {**_parameters(principal, wanted), **({"at": place[0], "number": place[1]} if place else {})}
    query = sql.SQL("SELECT p.id::text, p.number, {} AS place {} WHERE {} AND {} ORDER BY {} LIMIT {}").format(
        sql.SQL(shown), sql.SQL(_FROM), _condition(wanted), sql.SQL(after if place else "true"), sql.SQL(order), sql.Literal(limit)
    )
    return conn.execute(query, values).fetchall()


def _condition(wanted: Wanted) -> sql.Composable:
    asked = [_FILTERS[name] for name in _FILTERS if getattr(wanted, name) not in ((), None)]
    return sql.SQL(" AND ").join(map(sql.SQL, (_VISIBLE, _BOXES[wanted.box], *asked)))


def _parameters(principal: Principal, wanted: Wanted) -> dict[str, Any]:
    others = [grant for grant in principal.roles if grant.role not in OF_COMMUNE | {Role.AGENCY}]
    escaped = [re.sub(r"([\\%_])", r"\\\1", word) for word in wanted.words]
    return {
        "me": principal.id,
        "own": [grant.commune for grant in principal.roles if grant.role in OF_COMMUNE and grant.commune is not None],
        "reads_all": any(grant.commune is None for grant in others),
        "reads": [grant.commune for grant in others if grant.commune is not None],
        "headed": _headed(principal, Step.SIGN_OFF),
        "asked": _headed(principal, Step.CONSENT),
        "reviewed": _communes(principal, ("reviewer", "approver", "head")),
        "province": any(g.commune is None and g.role.value in ("reviewer", "approver") for g in principal.roles),
        "agency": principal.organisation if principal.has(Role.AGENCY) else None,
        "states": list(wanted.states),
        "communes": list(wanted.communes),
        "plans": list(wanted.plans),
        "words": [f"%{word}%" for word in escaped],
        "overdue": wanted.overdue,
        "untouched_days": wanted.untouched_days,
    }


def _headed(principal: Principal, act: Step) -> list[str]:
    """Communes that the account acts for as head, or for the head."""
    return [*_communes(principal, ("head",)), *(each.commune for each in principal.mandates if act in each.acts)]


def _communes(principal: Principal, roles: Sequence[str]) -> list[str]:
    return [grant.commune for grant in principal.roles if grant.commune is not None and grant.role.value in roles]


def _summaries(conn: HubConnection, principal: Principal, box: str, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    shown = [stored for stored in found(conn, ids) if may_see(principal, stored.standing)]
    if box == "inbox":
        shown = [stored for stored in shown if _waits_for(principal, stored)]
    if box == "decisions":
        shown = [stored for stored in shown if may_record(principal, stored.standing)]
    kept_back = hidden_from(conn, principal, shown)
    others = named(conn, [stored.id for stored in shown])
    said = unread.told(conn, principal, [stored.id for stored in shown])
    for stored in shown:
        yield {**summary(stored, principal, kept_back.get(stored.id), others.get(stored.id, ())), **said[stored.id]}


def _waits_for(principal: Principal, stored: Stored) -> bool:
    """Whether something of the account's is waited for: a step, an opinion, or that it reads what the province objects to."""
    if stored.row["post_check"] == "objected" or is_asked(principal, stored.standing):
        return True
    return bool(_ASKED_OF.intersection(possible_steps(principal, stored.standing)))
