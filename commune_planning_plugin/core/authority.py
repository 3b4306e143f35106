"""Who establishes, appraises and approves a plan's adjustment: the province's matrix of authority, as data.

The law leaves it to delegation who approves what: Law 47/2024/QH15 names the levels, since 1 July 2025 there is no district, and
a People's Committee of a province may let communes approve plans inside one commune, by a document with a beginning and often an
end. So each row says for which plans it counts (kind, level, territory) and from when to when. Of the rows that are in force on a
day the most specific one counts, by territory first, then kind, then level; among equals the one that began last, then the one
whose document comes last. Where no row is in force, the province appraises and approves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import combinations
from typing import Any, Optional

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.workflow import State, Step


class Level(str, Enum):
    """Which kind of body a party is."""

    COMMUNE = "commune"
    PROVINCE = "province"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Party:
    """A body that acts: the proposal's own commune, the province, or an organisation by ``name``.

    Where one certain commune is meant, ``name`` is its code.
    """

    level: Level
    name: str = ""

    def __str__(self) -> str:
        return f"{self.level.value}:{self.name}" if self.name else self.level.value

    @classmethod
    def parse(cls, text: str) -> Party:
        """``commune``, ``province`` or ``organisation:NAME``. Raises ``InvalidData('authority.party')``."""
        level, _, name = text.partition(":")
        if level not in {each.value for each in Level} or (level == Level.ORGANISATION.value) != bool(name.strip()):
            raise InvalidData("authority.party", value=text)
        return cls(Level(level), name.strip())


COMMUNE, PROVINCE = Party(Level.COMMUNE), Party(Level.PROVINCE)


class Territory(str, Enum):
    """Where a plan lies. A special zone is a *đặc khu*; ``commune`` is one certain commune, named by its code."""

    ANY = "any"
    ONE_COMMUNE = "one_commune"
    SEVERAL_COMMUNES = "several_communes"
    SPECIAL_ZONE = "special_zone"
    COMMUNE = "commune"


@dataclass(frozen=True)
class Authority:
    """What the matrix comes to for one proposal.

    ``separate_appraisal``: nobody approves before the appraising side has said that it may be approved. ``signer_may_approve``: who
    signed off for the commune may approve too. ``post_check``: what the commune approved goes before the province afterwards.
    ``document`` is the delegating document's number.
    """

    establishes: Party = COMMUNE
    appraises: Party = PROVINCE
    approves: Party = PROVINCE
    separate_appraisal: bool = False
    signer_may_approve: bool = False
    post_check: bool = False
    document: str = ""

    def to_json(self) -> dict[str, Any]:
        parties = {"establishes": str(self.establishes), "appraises": str(self.appraises), "approves": str(self.approves)}
        flags = {name: getattr(self, name) for name in ("separate_appraisal", "signer_may_approve", "post_check")}
        return {**parties, **flags, "document": self.document}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Authority:
        """Raises ``InvalidData('authority.party')``, ``KeyError``."""
        return cls(
            Party.parse(str(plain["establishes"])),
            Party.parse(str(plain["appraises"])),
            Party.parse(str(plain["approves"])),
            bool(plain["separate_appraisal"]),
            bool(plain["signer_may_approve"]),
            bool(plain["post_check"]),
            str(plain["document"]),
        )


USUAL = Authority()
"""Where no row of the matrix is in force."""


@dataclass(frozen=True)
class Case:
    """What is asked about: a plan of ``kind`` and ``level`` (codes of the plan registry), adjusted by ``commune``.

    ``several``: the plan lies in more than one commune; ``special_zone``: the commune is a *đặc khu*.
    """

    kind: str
    level: str
    commune: str
    several: bool = False
    special_zone: bool = False


@dataclass(frozen=True)
class Row:
    """A row of the matrix; None stands for any kind or level. ``commune`` goes with the territory of that name.

    In force from ``valid_from`` to ``valid_to``, both days included. ``note`` is for people.
    """

    authority: Authority
    kind: Optional[str] = None
    level: Optional[str] = None
    territory: Territory = Territory.ANY
    commune: Optional[str] = None
    valid_from: Optional[date] = None
    valid_to: Optional[date] = None
    in_force: bool = True
    note: str = ""

    def holds(self, on: date) -> bool:
        """Whether the row is in force on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        return self.in_force and begun and (self.valid_to is None or on <= self.valid_to)

    def fits(self, case: Case) -> bool:
        """Whether the row is about such a plan."""
        return self.kind in (None, case.kind) and self.level in (None, case.level) and _lies(self, case)

    @property
    def selectors(self) -> tuple[Optional[str], Optional[str], Territory, Optional[str]]:
        return self.kind, self.level, self.territory, self.commune

    @property
    def _rank(self) -> tuple[int, bool, bool, date, str, tuple[Any, ...]]:
        began = self.valid_from or date.min
        outcome = tuple(map(str, self.authority.to_json().values()))
        specific = (_SPECIFIC[self.territory], self.kind is not None, self.level is not None)
        return (*specific, began, self.authority.document, outcome)


_SPECIFIC = {
    Territory.ANY: 0,
    Territory.ONE_COMMUNE: 1,
    Territory.SEVERAL_COMMUNES: 1,
    Territory.SPECIAL_ZONE: 2,
    Territory.COMMUNE: 3,
}


def _lies(row: Row, case: Case) -> bool:
    return {
        Territory.ANY: True,
        Territory.ONE_COMMUNE: not case.several,
        Territory.SEVERAL_COMMUNES: case.several,
        Territory.SPECIAL_ZONE: case.special_zone,
        Territory.COMMUNE: row.commune == case.commune,
    }[row.territory]


def resolve(rows: Iterable[Row], case: Case, on: date) -> Authority:
    """Whose the adjustment is on the day ``on``, whatever order the rows stand in."""
    fitting = [row for row in rows if row.holds(on) and row.fits(case)]
    return max(fitting, key=lambda row: row._rank).authority if fitting else USUAL


def contradictions(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Pairs of rows (by index) about the very same plans that are in force on a common day."""
    return [(i, j) for (i, one), (j, other) in _together(rows) if one.selectors == other.selectors]


def contested(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Pairs (the one that goes first, the other) with different outcomes, where one names the kind and the other the level: for a
    plan of both, the order of `resolve` alone says which counts."""
    found = []
    for (i, one), (j, other) in _together(rows):
        kinds, levels = (one.kind is None, other.kind is None), (one.level is None, other.level is None)
        same_place = (one.territory, one.commune) == (other.territory, other.commune)
        if same_place and kinds[0] != kinds[1] and levels == kinds[::-1] and one.authority != other.authority:
            found.append((j, i) if one.kind is None else (i, j))
    return found


def _together(rows: Sequence[Row]) -> list[tuple[tuple[int, Row], tuple[int, Row]]]:
    pairs = combinations(enumerate(rows), 2)
    return [(one, other) for one, other in pairs if one[1].in_force and other[1].in_force and _overlap(one[1], other[1])]


def _overlap(one: Row, other: Row) -> bool:
    last, first = min(one.valid_to or date.max, other.valid_to or date.max), date.min
    return max(one.valid_from or first, other.valid_from or first) <= last


def decider(authority: Authority, missing: Collection[str], referred: bool = False) -> Party:
    """Who may decide: a commune only once all communes that the changes reach into have consented, and where it may see all of them
    (not ``referred``); else the province."""
    return PROVINCE if authority.approves == COMMUNE and (missing or referred) else authority.approves


@dataclass(frozen=True)
class Awaited:
    """A step that is waited for, and whose it is; of a commune ``party.name`` is the code."""

    step: Step
    party: Party


def awaited(
    state: State,
    authority: Authority,
    commune: str,
    missing: Sequence[str] = (),
    post_check: Optional[str] = None,
    referred: bool = False,
) -> tuple[Awaited, ...]:
    """What may be done next to a proposal of ``commune``; ``missing`` are the other communes whose consent hasn't come;
    ``referred``: a commune's decision has fallen to the province, as not all of it may be seen there."""

    def named(party: Party) -> Party:
        return Party(Level.COMMUNE, commune) if party == COMMUNE else party

    if state is State.AWAITING_SIGN_OFF:
        return (Awaited(Step.SIGN_OFF, named(COMMUNE)),)
    if state in (State.RETURNED, State.WITHDRAWN):
        return (Awaited(Step.SUBMIT, named(COMMUNE)),)
    if state is State.APPROVED and post_check == "waiting":
        return (Awaited(Step.POST_CHECK, PROVINCE),)
    if state not in (State.SUBMITTED, State.IN_REVIEW, State.APPRAISED):
        return ()
    consents = tuple(Awaited(Step.CONSENT, Party(Level.COMMUNE, code)) for code in missing)
    if authority.separate_appraisal and state is not State.APPRAISED:
        return (*consents, Awaited(Step.APPRAISE, named(authority.appraises)))
    return (*consents, Awaited(Step.APPROVE, named(decider(authority, missing, referred))))
