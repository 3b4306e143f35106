"""What proposals say of each other: which they stand on, and which they are applied with. Only within one commune."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Optional

from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.workflow import DECIDED, State
from province_hub.database import HubConnection
from province_hub.identity import Principal
from province_hub.rights import Standing, may_see

_OTHER = """
o.id IS NOT NULL AS there, o.number, o.title, o.commune, o.state,
ARRAY(SELECT DISTINCT v.author::text FROM hub.proposal_version v WHERE v.proposal = o.id) AS authors,
ARRAY(SELECT s.actor::text FROM hub.proposal_step s
      WHERE s.proposal = o.id AND s.version = o.version AND s.step = 'sign_off') AS signers
"""
_NAMED = f"""
SELECT p.id::text AS by, r.kind, r.other::text AS id, {_OTHER}
FROM hub.proposal p JOIN hub.proposal_reference r ON r.proposal = p.id AND r.version = p.version
LEFT JOIN hub.proposal o ON o.id = r.other AND o.commune = p.commune
WHERE p.id = ANY(%(ids)s::uuid[])
UNION
SELECT p.id::text, r.kind, o.id::text, {_OTHER}
FROM hub.proposal_reference r JOIN hub.proposal o ON o.id = r.proposal AND o.version = r.version
JOIN hub.proposal p ON p.id = r.other AND p.commune = o.commune
WHERE r.kind = 'linked' AND r.other = ANY(%(ids)s::uuid[]) AND o.state NOT IN ('rejected', 'withdrawn')
ORDER BY 1, 2, 3
"""
_BELOW = """
WITH RECURSIVE below (id) AS (
    SELECT unnest(%s::uuid[])
    UNION SELECT r.other FROM below b JOIN hub.proposal p ON p.id = b.id
    JOIN hub.proposal_reference r ON r.proposal = p.id AND r.version = p.version WHERE r.kind = 'depends_on'
)
SELECT id::text FROM below
"""
_ADD = "INSERT INTO hub.proposal_reference (proposal, version, kind, other) VALUES (%s, %s, %s, %s)"


class Kind(str, Enum):
    """How a proposal is bound to another one.

    Being linked goes both ways, whichever of the two says so; what was rejected or withdrawn says nothing any more.
    """

    DEPENDS_ON = "depends_on"
    LINKED = "linked"


@dataclass(frozen=True)
class Named:
    """A proposal that another one is bound to; all but its id None where the hub doesn't have it (yet)."""

    kind: Kind
    id: str
    number: Optional[int]
    title: Optional[str]
    commune: Optional[str]
    state: Optional[State]
    authors: frozenset[str] = frozenset()
    signers: frozenset[str] = frozenset()

    def shown(self, principal: Principal) -> dict[str, Any]:
        """Of one that hasn't come, or that the caller may not see yet, the id alone."""
        standing = Standing(self.commune or "", self.state or State.DRAFT, self.authors, self.signers)
        if self.state is None or not may_see(principal, standing):
            return {"id": self.id, "number": None, "title": None, "state": None}
        return {"id": self.id, "number": self.number, "title": self.title, "state": self.state.value}


def named(conn: HubConnection, proposals: Collection[str]) -> dict[str, tuple[Named, ...]]:
    """By proposal, those that its current version is bound to."""
    found: dict[str, list[Named]] = {}
    for row in conn.execute(_NAMED, {"ids": list(proposals)}) if proposals else ():
        state = State(row["state"]) if row["there"] else None
        about = (row["number"], row["title"], row["commune"], state, frozenset(row["authors"]), frozenset(row["signers"]))
        found.setdefault(row["by"], []).append(Named(Kind(row["kind"]), row["id"], *about))
    return {by: tuple(each) for by, each in found.items()}


def partners(conn: HubConnection, proposal: str, also: Iterable[str] = ()) -> dict[str, Named]:
    """All that have to be applied with the proposal: linked with it (or with ``also``), with one of these, and so on.

    A decided one is named but leads no further.
    """
    found: dict[str, Named] = {}
    asked: set[str] = set()
    wanted = {proposal, *also}
    while wanted:
        asked |= wanted
        reached = [each for of in named(conn, wanted).values() for each in of if each.kind is Kind.LINKED]
        found.update({each.id: each for each in reached if each.id != proposal})
        wanted = {each.id for each in reached if each.state is not None and each.state not in DECIDED} - asked
    return found


def below(conn: HubConnection, proposals: Collection[str]) -> frozenset[str]:
    """``proposals`` with all that they depend on, at any depth."""
    return frozenset(row["id"] for row in conn.execute(_BELOW, (list(proposals),))) if proposals else frozenset()


def write(conn: HubConnection, version: Version) -> None:
    """Keep what a version that is taken in says of others."""
    rows = [(version.proposal, version.number, kind.value, other) for kind in Kind for other in getattr(version, kind.value)]
    if rows:
        with conn.cursor() as cursor:
            cursor.executemany(_ADD, rows)
