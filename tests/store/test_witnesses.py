"""What a working copy keeps of the hub's audit, and how it notices that it was written anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commune_planning_plugin.core.signed_head import SignedHead
from commune_planning_plugin.store import WorkingCopy
from commune_planning_plugin.store.witness_book import WitnessBook
from tests.store.snapshots import make_working_copy


def head(number: int, at: str = "2026-03-01T08:00:00Z", running: str = "") -> SignedHead:
    return SignedHead("hub", number, running or f"{number:064x}", number // 2, "r", at, "0" * 64, "0" * 128)


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[WorkingCopy]:
    with make_working_copy(tmp_path) as made:
        yield made


@pytest.fixture
def book(copy: WorkingCopy) -> WitnessBook:
    return copy.witnesses


def ids(book: WitnessBook) -> list[int]:
    return [kept.head.id for kept in book.all()]


def test_the_newest_stays_and_one_of_each_month(book: WitnessBook) -> None:
    days = ["2026-01-30", "2026-01-31", "2026-02-01", "2026-03-01", "2026-03-02", "2026-03-02"]
    for number, day in enumerate(days, 1):
        book.keep(head(number, f"{day}T08:00:00Z"))
    assert ids(book) == [2, 3, 6]


def test_the_first_after_an_approval_of_ones_own_stays(book: WitnessBook) -> None:
    book.keep(head(1))
    book.keep(head(2), ["p"])
    book.keep(head(3), ["p"])
    book.keep(head(4))
    assert [(kept.head.id, kept.approval) for kept in book.all()] == [(2, "p"), (4, None)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=40))
def test_what_is_kept_is_bounded(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, bool]]) -> None:
    with make_working_copy(tmp_path_factory.mktemp("w")) as copy:
        number, months, approvals = 0, set(), set()
        for days, approval in steps:
            number += days + 1
            month = f"2026-{number // 28 % 12 + 1:02}" if number < 336 else "2027-01"
            months.add(month)
            approvals |= {f"p{number}"} if approval else set()
            copy.witnesses.keep(head(number, f"{month}-{number % 28 + 1:02}T08:00:00Z"), [f"p{number}"] if approval else [])
        kept = copy.witnesses.all()
        assert len(kept) <= len(months) + len(approvals)
        assert {each.approval for each in kept} - {None} == approvals
        assert not steps or kept[-1].head.id == number


def test_what_holds_is_told_nothing_of(book: WitnessBook) -> None:
    book.keep(head(1))
    assert book.compare({1: head(1).running}, None) is None
    assert book.standing() == (head(1),)


def test_what_does_not_hold_is_told_once_and_stays_as_evidence(book: WitnessBook) -> None:
    book.keep(head(1, "2026-01-01T08:00:00Z"))
    book.keep(head(2, "2026-02-01T08:00:00Z"))
    book.keep(head(3, "2026-03-01T08:00:00Z"))
    told = book.compare({1: head(1).running, 2: "f" * 64}, None)
    assert told is not None
    assert (told.seen.id, told.agreed and told.agreed.id, told.announced) == (3, 1, False)
    assert book.compare({1: head(1).running}, None) is None
    book.keep(head(2, "2026-03-05T08:00:00Z", "f" * 64))
    assert [(k.head.id, k.head.running[0], k.gone_at is not None) for k in book.all()] == [
        (1, "0", False),
        (2, "0", True),
        (2, "f", False),
        (3, "0", True),
    ]


@pytest.mark.parametrize(("restored_at", "announced"), [("2026-02-28T00:00:00Z", False), ("2026-03-02T00:00:00Z", True)])
def test_an_announcement_after_it_was_seen_explains_it(book: WitnessBook, restored_at: str, announced: bool) -> None:
    book.keep(head(3, "2026-03-01T08:00:00Z"))
    told = book.compare({}, restored_at)
    assert told is not None
    assert (told.agreed, told.announced) == (None, announced)


def test_a_file_begun_afresh_takes_them_along(book: WitnessBook, tmp_path: Path) -> None:
    book.keep(head(1, "2026-01-01T08:00:00Z"), ["p"])
    book.keep(head(3))
    book.compare({1: head(1).running}, None)
    (tmp_path / "new").mkdir()
    with make_working_copy(tmp_path / "new") as new:
        new.witnesses.take_over(book.all())
        assert new.witnesses.all() == book.all()
