"""The whole table: where a version of mine stands × what I did to the feature since × what the province did to it.

All cells in one file and one pull: each is a lot of its own, and each place a version of its own with the lots of its cells. Then
what was changed since goes into a second proposal, which depends on those that wait.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Optional

import pytest

from commune_planning_plugin.core.changes import same_value
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.schema import Value, Values
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store import Draft, LocalChange, LocalState, Ref, RemoteChange, Revision, WorkingCopy
from tests.store.conftest import beside, decided, rows_of
from tests.store.snapshots import LOTS, NEXT, PLAN, key_of, lot, make_working_copy

pytestmark = pytest.mark.slow

T = LOTS.table

PLACES = ("queued", "sent", "refused", "returned", "rejected", "withdrawn", "approved", "approved, in a later pull")
WAITING = {"queued", "sent", "approved, in a later pull"}

SINCE: Mapping[str, Optional[Mapping[str, Value]]] = {
    "nothing": {},
    "the same attribute": {"kyHieuLoDat": "mine"},
    "another attribute": {"tenDoiTuong": "mine"},
    "taken back": {"kyHieuLoDat": "before", "tangCao": None},
    "deleted": None,
}
PROVINCE: Mapping[str, Optional[Mapping[str, Value]]] = {
    "nothing": {},
    "the same value": {"kyHieuLoDat": "frozen"},
    "the same attribute": {"kyHieuLoDat": "theirs"},
    "another attribute": {"heSo": 2.5},
    "what I touched since": {"tenDoiTuong": "theirs"},
    "deleted": None,
}
FROZEN: Mapping[str, Value] = {"kyHieuLoDat": "frozen", "tangCao": 3}


@dataclass(frozen=True)
class Cell:
    number: int
    place: str
    since: str
    province: str

    @property
    def key(self) -> str:
        return key_of(self.number)

    @property
    def start(self) -> Values:
        return lot(self.number, kyHieuLoDat="before")

    @property
    def frozen(self) -> Values:
        return {**self.start, **FROZEN}

    @property
    def mine(self) -> Optional[Values]:
        edit = SINCE[self.since]
        return None if edit is None else {**self.frozen, **edit}

    @property
    def base(self) -> Values:
        """What the province and I have in common."""
        return self.frozen if self.place == "approved" else self.start

    @property
    def theirs(self) -> Optional[Values]:
        edit = PROVINCE[self.province]
        return None if edit is None else {**self.base, **edit}

    @property
    def news(self) -> Optional[RemoteChange]:
        if self.theirs is None:
            return RemoteChange(LOTS.id, self.key, "delete", None)
        new = {name: value for name, value in self.theirs.items() if value != self.start[name]}
        return RemoteChange(LOTS.id, self.key, "update", new) if new else None


CELLS = tuple(Cell(number, *names) for number, names in enumerate(product(PLACES, SINCE, PROVINCE)))


@dataclass(frozen=True)
class Outcome:
    """``state`` None: no change of mine is left."""

    row: Optional[Values]
    state: Optional[LocalState]
    clash: Optional[ConflictKind] = None
    attributes: frozenset[str] = frozenset()


def expected(cell: Cell) -> Outcome:
    base, mine, theirs = cell.base, cell.mine, cell.theirs
    if mine is None and theirs is None:
        return Outcome(None, None)
    if mine == base:
        return Outcome(theirs, None)
    if mine is None:
        if theirs == base:
            return Outcome(None, listed(cell, None, theirs))
        return Outcome(None, LocalState.CONFLICT, ConflictKind.DELETED_HERE)
    if theirs is None:
        return Outcome(mine, LocalState.CONFLICT, ConflictKind.DELETED_AT_PROVINCE)
    changed = {name for name in mine if mine[name] != base[name]}
    clashing = {name for name in changed if theirs[name] not in (base[name], mine[name])}
    row = {**theirs, **{name: mine[name] for name in changed}}
    if clashing:
        return Outcome(row, LocalState.CONFLICT, ConflictKind.ATTRIBUTES, frozenset(clashing))
    return Outcome(row, listed(cell, row, theirs))


def listed(cell: Cell, row: Optional[Values], theirs: Optional[Values]) -> Optional[LocalState]:
    if row == theirs:
        return None
    if cell.place not in WAITING:
        return LocalState.LOCAL
    return LocalState.IN_PROPOSAL if row == {**(theirs or {}), **FROZEN} else LocalState.BOTH


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkingCopy]:
    rows = {LOTS.id: {cell.key: cell.start for cell in CELLS}}
    with make_working_copy(tmp_path_factory.mktemp("table"), rows) as copy:
        writer = beside(copy)
        writer.execute(f"UPDATE {T} SET kyHieuLoDat = ?, tangCao = ?", (FROZEN["kyHieuLoDat"], FROZEN["tangCao"]))
        versions = {place: freeze(copy, place) for place in PLACES}
        writer.execute("BEGIN")
        for cell in CELLS:
            edit = SINCE[cell.since]
            if edit is None:
                writer.execute(f"DELETE FROM {T} WHERE key = ?", (cell.key,))
            for name, value in (edit or {}).items():
                writer.execute(f"UPDATE {T} SET {name} = ? WHERE key = ?", (value, cell.key))
        writer.execute("COMMIT")
        news = [change for change in (cell.news for cell in CELLS) if change is not None]
        copy.apply(copy.stage(news, (Revision(NEXT.number, NEXT.id, versions["approved"], 1),), NEXT))
        yield copy


def freeze(copy: WorkingCopy, place: str) -> str:
    refs = tuple(Ref(LOTS.id, cell.key) for cell in CELLS if cell.place == place)
    proposal = copy.outbox.freeze(Draft(copy.drafts.new(refs, PLAN).proposal, 1, PLAN, place, 2, "vì", refs)).proposal
    if place != "queued":
        copy.outbox.sent(proposal, 1)
    if place == "refused":
        copy.outbox.refused(proposal, 1, {"code": "invalid"})
    decision = "approved" if place == "approved, in a later pull" else place
    if place not in ("queued", "sent", "refused", "approved"):
        decided(copy, proposal, 1, State(decision))
    return proposal


@pytest.fixture(scope="module")
def found(pulled: WorkingCopy) -> dict[str, LocalChange]:
    return {item.change.key: item for item in pulled.status()}


@pytest.fixture(scope="module")
def rows(pulled: WorkingCopy) -> Mapping[str, Values]:
    return rows_of(pulled)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.place}-{cell.since}-{cell.province}")
def test_cell(cell: Cell, found: Mapping[str, LocalChange], rows: Mapping[str, Values]) -> None:
    outcome, item, row = expected(cell), found.get(cell.key), rows.get(cell.key)
    assert (row is None) == (outcome.row is None)
    if row is not None and outcome.row is not None:
        assert {n: v for n, v in row.items() if not same_value(n, v, outcome.row[n])} == {}
    assert (item.state if item else None) == outcome.state
    conflict = item.conflict if item else None
    assert (conflict.kind if conflict else None) == outcome.clash
    if outcome.attributes:
        assert conflict is not None
        assert set(conflict.attributes) == outcome.attributes
    if conflict is not None:
        assert (conflict.base, conflict.remote) == (cell.base, cell.theirs)


@pytest.fixture(scope="module")
def second(pulled: WorkingCopy, found: Mapping[str, LocalChange]) -> Version:
    refs = tuple(Ref(LOTS.id, key) for key, item in found.items() if item.state in (LocalState.LOCAL, LocalState.BOTH))
    item = pulled.outbox.freeze(Draft(pulled.drafts.new(refs, PLAN).proposal, 1, PLAN, "thứ hai", 2, "vì", refs))
    return Version.from_json({LOTS.id: LOTS}, json.loads(item.body))


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.place}-{cell.since}-{cell.province}")
def test_a_second_proposal_has_what_was_changed_since(cell: Cell, found: Mapping[str, LocalChange], second: Version) -> None:
    outcome, item = expected(cell), found.get(cell.key)
    change = next((change for change in second.changes if change.key == cell.key), None)
    assert (change is not None) == (outcome.state in (LocalState.LOCAL, LocalState.BOTH))
    if change is None or item is None:
        return
    below = cell.theirs or {}
    if item.state is LocalState.BOTH:
        below = {**below, **FROZEN}
        assert item.proposals[0] in second.depends_on
    assert item.proposable == change
    assert change.old == {name: below[name] for name in change.old or {}}
    assert outcome.row == (None if change.new is None else {**below, **change.new})


def test_it_depends_on_what_waits_alone(pulled: WorkingCopy, second: Version) -> None:
    named = {json.loads(item.body)["title"] for item in pulled.outbox.items() if item.proposal in second.depends_on}
    assert named == WAITING


def test_afterwards_nothing_is_left_to_propose(pulled: WorkingCopy, second: Version) -> None:
    states = {item.state for item in pulled.status() if item.change.key in {change.key for change in second.changes}}
    assert states == {LocalState.IN_PROPOSAL}
