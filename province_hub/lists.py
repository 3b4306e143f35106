"""Lists of proposals: filtered, ordered and cut into pages by the database, however many there are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, LiteralString, Optional

from psycopg import sql

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.workflow import TRANSITIONS, Role, Step
from province_hub import unread
from province_hub.database import HubConnection
from province_hub.identity import Principal
from province_hub.proposals import hidden_from, summary
from province_hub.relations import named
from province_hub.rights import OF_COMMUNE, is_asked, may_record, may_see, possible_steps
from province_hub.stored import Stored, found

LISTED = 200
"""How many rows of a list are read at once, and the most that a page has."""

WAITED_WITH = frozenset({Step.SIGN_OFF, Step.OPEN, Step.APPRAISE, Step.APPROVE, Step.REJECT, Step.CONSENT, Step.POST_CHECK})
"""Steps that one is waited for with."""

_REACHES: LiteralString = """EXISTS (SELECT FROM hub.proposal_commune g WHERE g.proposal = p.id AND g.version = p.version
    AND NOT g.veiled AND g.commune = ANY(%(asked)s))"""
ASKED: LiteralString = """EXISTS (SELECT FROM hub.discussion_act k WHERE k.proposal = p.id AND k.kind = 'ask'
    AND k.organisation = %(agency)s
    AND NOT EXISTS (SELECT FROM hub.discussion_act w WHERE w.request = k.id AND w.kind = 'unask'))"""
WRITTEN: LiteralString = "EXISTS (SELECT FROM hub.proposal_version o WHERE o.proposal = p.id AND o.author = %(me)s)"
_SIGNED: LiteralString = """coalesce((SELECT true FROM hub.proposal_step s WHERE s.proposal = p.id AND s.version = p.version
    AND s.step = 'sign_off' LIMIT 1), false)"""
"""As a scalar it is looked up for the rows that are reached; as EXISTS all steps ever taken would be read for each page."""
_VISIBLE: LiteralString = f"""(p.commune = ANY(%(own)s) OR {WRITTEN}
    OR {{}} AND (%(reads_all)s OR p.commune = ANY(%(reads)s) OR {ASKED} OR {_REACHES}))"""
"""`rights.may_see` as a condition; what an inbox has beside what awaits a sign-off has been signed off."""

_BOXES: Mapping[str, LiteralString] = {
    "mine": WRITTEN,
    "inbox": f"""(p.state = ANY(%(ready)s) OR {ASKED} OR p.post_check = 'objected')
    AND (p.state = 'awaiting_sign_off' AND p.commune = ANY(%(headed)s)
    OR p.state IN ('submitted', 'in_review', 'appraised') AND (%(province)s OR p.commune = ANY(%(reviewed)s) OR {_REACHES})
    OR p.state IN ('submitted', 'in_review', 'appraised', 'agreed') AND {ASKED}
    OR p.state = 'approved' AND p.post_check = 'waiting' AND %(province)s
    OR p.state = 'approved' AND p.post_check = 'objected' AND p.commune = ANY(%(headed)s))""",
    "decisions": """p.state = 'approved' AND NOT EXISTS (SELECT FROM hub.decision d JOIN hub.decision_effect e ON e.decision = d.id
       WHERE d.proposal = p.id AND NOT EXISTS (SELECT FROM hub.decision n WHERE n.supersedes = d.id))""",
    "followed": f"""NOT {WRITTEN} AND p.id IN (
    SELECT s.proposal FROM hub.proposal_step s WHERE s.actor = %(me)s
    UNION SELECT k.proposal FROM hub.discussion_act k WHERE k.actor = %(me)s
    UNION SELECT k.proposal FROM hub.discussion_act k WHERE k.kind = 'ask' AND k.organisation = %(agency)s)""",
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
    "last_by_me": """coalesce((SELECT s.actor FROM hub.proposal_step s WHERE s.proposal = p.id ORDER BY s.at DESC LIMIT 1)
        = %(me)s, false) = %(last_by_me)s""",
}
FROM: LiteralString = """
FROM hub.proposal p JOIN hub.proposal_version v ON v.proposal = p.id AND v.number = p.version JOIN hub.plan l ON l.key = p.plan
JOIN hub.commune c ON c.code = p.commune JOIN hub.account a ON a.id = p.author
"""


class Order(str, Enum):
    """``newest`` and ``oldest`` by number, ``due`` with what is due first, ``touched`` and ``waiting`` by the last step; else by
    what it is called. Equals go by number."""

    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"
    TOUCHED = "touched"
    WAITING = "waiting"
    TITLE = "title"
    COMMUNE = "commune"
    PLAN = "plan"
    CHANGES = "changes"
    STATE = "state"


@dataclass(frozen=True)
class _Sorted:
    """What lists are sorted by, its type, and what it looks like in a cursor."""

    by: LiteralString
    type: LiteralString
    form: str
    descending: bool = False


_MOMENT = r"infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d"
_BY_NUMBER = (Order.NEWEST, Order.OLDEST)
_ORDERS: Mapping[Order, _Sorted] = {
    Order.NEWEST: _Sorted("0", "integer", "", descending=True),
    Order.OLDEST: _Sorted("0", "integer", ""),
    Order.DUE: _Sorted("coalesce(p.due_at, 'infinity')", "timestamptz", _MOMENT),
    Order.TOUCHED: _Sorted("p.updated_at", "timestamptz", _MOMENT, descending=True),
    Order.WAITING: _Sorted("p.updated_at", "timestamptz", _MOMENT),
    Order.TITLE: _Sorted("left(p.folded, 100)", "text", r".{0,100}"),
    Order.COMMUNE: _Sorted("left(c.folded, 100)", "text", r".{0,100}"),
    Order.PLAN: _Sorted("left(l.folded, 100)", "text", r".{0,100}"),
    Order.CHANGES: _Sorted("v.changes", "integer", r"\d{1,9}"),
    Order.STATE: _Sorted("p.state", "text", r"[a-z_]{1,30}"),
}


@dataclass(frozen=True)
class Wanted:
    """``box``: ``mine``, ``inbox`` (what waits for a step of the caller's), ``decisions`` (what the caller may put into force),
    ``followed`` (others' that the caller has taken a step on, said something about, or is asked about) or ``all``. Filters that
    are empty, or None, keep all; ``words`` are looked for in number, title, plan, commune and author, whatever their marks and
    case; ``last_by_me``: the last step was the caller's."""

    box: str = "all"
    states: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    overdue: Optional[bool] = None
    untouched_days: Optional[int] = None
    last_by_me: Optional[bool] = None
    order: Order = Order.NEWEST
    reverse: bool = False


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
        rows = conn.execute(*rows_query(principal, wanted, place, asked)).fetchall()
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


def _place(cursor: Optional[str], order: Order) -> Optional[tuple[str, int]]:
    if cursor is None:
        return None
    at, _, number = cursor.rpartition("|")
    if not re.fullmatch(r"[0-9]{1,18}", number) or not re.fullmatch(_ORDERS[order].form, at, re.ASCII | re.DOTALL) or "\0" in at:
        raise InvalidData("cursor.malformed")
    return at, int(number)


def _cursor(place: tuple[str, int], order: Order) -> str:
    return str(place[1]) if order in _BY_NUMBER else f"{place[0]}|{place[1]}"


def rows_query(
    principal: Principal, wanted: Wanted, place: Optional[tuple[str, int]], limit: int
) -> tuple[sql.Composed, Mapping[str, Any]]:
    """Ids after ``place``, with the place of each, and the query's values."""
    key = _ORDERS[wanted.order]
    descending = key.descending != wanted.reverse
    by, way = sql.SQL("" if wanted.order in _BY_NUMBER else f"{key.by}, "), sql.SQL("DESC" if descending else "ASC")
    values = {**parameters(principal, wanted), **({"at": place[0], "number": place[1]} if place else {})}
    after: sql.Composable = sql.SQL("true")
    if place:
        at = sql.SQL("" if wanted.order in _BY_NUMBER else f"%(at)s::{key.type}, ")
        after = sql.SQL("({}p.number) {} ({}%(number)s)").format(by, sql.SQL("<" if descending else ">"), at)
    query = sql.SQL("SELECT p.id::text, p.number, ({})::text AS place {} WHERE {} AND {} ORDER BY {} p.number {} LIMIT {}").format(
        sql.SQL(key.by), sql.SQL(FROM), condition(wanted), after, _ordered(wanted.order, way), way, sql.Literal(limit)
    )
    return query, values


def _ordered(order: Order, way: sql.SQL) -> sql.Composable:
    return sql.SQL("") if order in _BY_NUMBER else sql.SQL("{} {},").format(sql.SQL(_ORDERS[order].by), way)


def condition(wanted: Wanted) -> sql.Composable:
    """Over `FROM`, with `parameters`: what the list may have; of some, `JUDGED` has the last word."""
    asked = [_FILTERS[name] for name in _FILTERS if getattr(wanted, name) not in ((), None)]
    visible = sql.SQL(_VISIBLE).format(sql.SQL("p.state <> 'awaiting_sign_off'" if wanted.box == "inbox" else _SIGNED))
    return sql.SQL(" AND ").join((visible, *map(sql.SQL, (_BOXES[wanted.box], *asked))))


def parameters(principal: Principal, wanted: Wanted) -> dict[str, Any]:
    """Of `condition`."""
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
        "last_by_me": wanted.last_by_me,
        "ready": _ready(principal),
    }


def _ready(principal: Principal) -> list[str]:
    """States in which a step may wait for the account's roles, whosever the proposal is."""
    acts = {act for each in principal.mandates for act in each.acts}
    open_to = (t for t in map(TRANSITIONS.__getitem__, WAITED_WITH) if t.step in acts or any(map(principal.has, t.roles)))
    return sorted({state.value for transition in open_to for state in transition.before})


def _headed(principal: Principal, act: Step) -> list[str]:
    """Communes that the account acts for as head, or for the head."""
    return [*_communes(principal, ("head",)), *(each.commune for each in principal.mandates if act in each.acts)]


def _communes(principal: Principal, roles: Sequence[str]) -> list[str]:
    return [grant.commune for grant in principal.roles if grant.commune is not None and grant.role.value in roles]


def _summaries(conn: HubConnection, principal: Principal, box: str, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    shown = [stored for stored in found(conn, ids) if may_see(principal, stored.standing)]
    if box in JUDGED:
        shown = [stored for stored in shown if JUDGED[box](principal, stored)]
    kept_back = hidden_from(conn, principal, shown)
    others = named(conn, [stored.id for stored in shown])
    said = unread.told(conn, principal, [stored.id for stored in shown])
    for stored in shown:
        yield {**summary(stored, principal, kept_back.get(stored.id), others.get(stored.id, ())), **said[stored.id]}


def _waits_for(principal: Principal, stored: Stored) -> bool:
    """Whether something of the account's is waited for: a step, an opinion, or that it reads what the province objects to."""
    if stored.row["post_check"] == "objected" or is_asked(principal, stored.standing):
        return True
    return bool(WAITED_WITH.intersection(possible_steps(principal, stored.standing)))


JUDGED: Mapping[str, Callable[[Principal, Stored], bool]] = {
    "inbox": _waits_for,
    "decisions": lambda principal, stored: may_record(principal, stored.standing),
}
"""Which proposals belong to a list that SQL alone can't tell, since the matrix of authority has a say in it."""
