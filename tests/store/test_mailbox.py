"""What waits for the hub: on the disk when the call returns, in its order, whoever else writes, wherever it is killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import pytest

from commune_planning_plugin.core.discussion import Act, ActKind, folded
from commune_planning_plugin.store.mailbox import REVIEWS_KEPT, ItemState, Mailbox, mailbox_path

PROPOSAL = str(uuid.UUID(int=1))


def comment(text: str, **more: Any) -> Act:
    act = str(uuid.uuid4())
    return Act(act, ActKind.COMMENT, 1, {"thread": act, "anchor": {"kind": "whole"}, "text": text, **more})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return mailbox_path(tmp_path / "new", "hub", "account")


def test_what_is_put_in_is_there_for_the_next_one_in_its_order(path: Path):
    acts = [comment(str(number)) for number in range(5)]
    for act in acts:
        with Mailbox.open(path) as box:
            box.put(PROPOSAL, act)
            box.put(PROPOSAL, act)
    with Mailbox.open(path) as box:
        assert [item.act for item in box.waiting()] == acts
        box.answered(acts[0].id)
        box.refused(acts[1].id, "thread.unknown", {"thread": "x"})
        assert [item.id for item in box.waiting()] == [act.id for act in acts[2:]]
        (refused, *_) = box.unanswered(PROPOSAL)
        assert (refused.state, refused.problem) == (ItemState.REFUSED, {"code": "thread.unknown", "details": {"thread": "x"}})


def test_what_was_refused_is_written_anew_or_discarded(path: Path):
    first, second, third = comment("a"), comment("b"), comment("c")
    with Mailbox.open(path) as box:
        for act in (first, second):
            box.put(PROPOSAL, act)
            box.refused(act.id, "text.blank", {})
        box.put(PROPOSAL, third, instead=first.id)
        box.discard(second.id)
        assert [item.id for item in box.unanswered()] == [third.id]


def test_what_the_hub_has_is_not_taken_back(path: Path):
    act = comment("a")
    with Mailbox.open(path) as box:
        box.put(PROPOSAL, act)
        box.answered(act.id)
        box.discard(act.id)
        box.refused(act.id, "late.answer", {})
        assert box.unanswered() == ()
        assert box.take_discussion(PROPOSAL, {"acts": [], "mine": []}) == 1, "a restored hub has lost it: it goes out again"
        assert [item.id for item in box.waiting()] == [act.id]


def test_files_stay_as_long_as_somebody_needs_them(path: Path):
    name = "a" * 64
    act = Act(str(uuid.uuid4()), ActKind.OPINION, 1, {"request": PROPOSAL, "opinion": "agree", "files": [{"sha256": name}]})
    with Mailbox.open(path) as box:
        box.put(PROPOSAL, act, {name: b"x"})
        box.refused(act.id, "opinions.overdue", {})
        assert box.content(name) == b"x"
        box.discard(act.id)
        assert box.content(name) is None


def test_an_answer_joins_the_kept_discussion(path: Path):
    act = comment("a")
    with Mailbox.open(path) as box:
        box.take_discussion(PROPOSAL, {"acts": [], "mine": []})
        box.put(PROPOSAL, act)
        for _ in range(2):
            box.answered(act.id, act.to_json())
        kept = box.discussion(PROPOSAL)
        assert kept is not None
        assert len(folded(Act.from_json(item) for item in kept.document["acts"]).threads) == 1
        assert kept.document["mine"] == [act.id]


def test_reviews_opened_long_ago_go(path: Path):
    with Mailbox.open(path) as box:
        for number in range(REVIEWS_KEPT + 2):
            box.keep_review(str(number), {"number": number})
        assert box.review("1") is None
        last = box.review(str(REVIEWS_KEPT + 1))
        assert last is not None
        assert last.document == {"number": REVIEWS_KEPT + 1}


def test_who_is_no_longer_cleared_keeps_nothing_but_own_words(path: Path):
    with Mailbox.open(path) as box:
        box.seen_as(True)
        box.keep_review(PROPOSAL, {"secret": 1})
        box.put(PROPOSAL, comment("a"))
        box.seen_as(True)
        assert box.review(PROPOSAL)
        box.seen_as(False)
        assert (box.review(PROPOSAL), len(box.waiting())) == (None, 1)


def test_what_was_shown_goes_and_lists_and_own_words_stay(path: Path):
    with Mailbox.open(path) as box:
        box.keep_review(PROPOSAL, {"secret": 1})
        box.take_discussion(PROPOSAL, {"acts": [], "mine": []})
        box.keep("inbox", [1])
        box.put(PROPOSAL, comment("a"))
        box.forget_shown()
        assert (box.review(PROPOSAL), box.discussion(PROPOSAL)) == (None, None)
        assert (box.kept("inbox") is not None, len(box.waiting())) == (True, 1)


def test_a_mark_only_moves_on(path: Path):
    with Mailbox.open(path) as box:
        box.mark(PROPOSAL, 7)
        box.mark(PROPOSAL, 5)
        assert box.marks() == {PROPOSAL: 7}
        box.marked(PROPOSAL, 6)
        assert box.marks() == {PROPOSAL: 7}
        box.marked(PROPOSAL, 7)
        assert box.marks() == {}


def test_another_program_that_writes_is_waited_for(path: Path):
    with Mailbox.open(path):
        pass
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.4, lambda: other.execute("COMMIT")).start()
    with Mailbox.open(path) as box:
        box.put(PROPOSAL, comment("a"))
        assert len(box.waiting()) == 1
    other.close()


_WRITER = """
import sys, uuid
from pathlib import Path
from commune_planning_plugin.core.discussion import Act, ActKind
from commune_planning_plugin.store.mailbox import Mailbox
while True:
    act = str(uuid.uuid4())
    body = {"thread": act, "anchor": {"kind": "whole"}, "text": "x" * 5000}
    with Mailbox.open(Path(sys.argv[1])) as box:
        box.put(str(uuid.UUID(int=1)), Act(act, ActKind.COMMENT, 1, body))
    print(act, flush=True)
"""


def test_two_windows_killed_at_any_moment_lose_nothing_they_said_they_have(path: Path):
    said: list[str] = []
    for round_ in range(4):
        writers = [
            subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True) for _ in range(2)
        ]
        for writer in writers:
            assert writer.stdout is not None
            said.append(writer.stdout.readline().strip())
        time.sleep(0.05 + 0.07 * round_)
        for writer in writers:
            os.kill(writer.pid, signal.SIGKILL)
            said += [line.strip() for line in (writer.communicate()[0] or "").splitlines() if len(line.strip()) == 36]
    with Mailbox.open(path) as box:
        kept = [item.id for item in box.waiting()]
    assert set(said) <= set(kept)
    assert len(kept) == len(set(kept))
    assert len(kept) - len(set(said)) <= 8, "at most the one that each was just saying"


@pytest.mark.parametrize("content", [b"x" * 4096, b"\x00" * 8192, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_cannot_be_read_is_put_aside_and_told_of_once(path: Path, content: bytes):
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    journal = path.with_name(f"{path.name}-journal")
    journal.write_bytes(b"journal")
    act = comment("sau đó")
    with Mailbox.open(path) as box:
        box.put(PROPOSAL, act)
        aside = Path(str(box.damage()))
    assert (aside.read_bytes(), aside.parent) == (content, path.parent)
    assert not journal.exists()
    with Mailbox.open(path) as box:
        assert [item.act for item in box.waiting()] == [act]
        assert box.damage() is None


def test_damaged_copies_of_what_the_hub_told_hold_nothing_up(path: Path):
    """They are told again; what was said meanwhile goes out and is answered."""
    act = comment("a")
    with Mailbox.open(path) as box:
        box.put(PROPOSAL, act)
        box.keep_review(PROPOSAL, {"a": 1})
        box.take_discussion(PROPOSAL, {"acts": [], "mine": []})
        with box._database.writing() as db:
            db.execute("UPDATE kept SET document = ?", (b"damaged",))
        assert (box.review(PROPOSAL), box.discussion(PROPOSAL)) == (None, None)
        box.answered(act.id, {**act.to_json(), "id": act.id})
        assert box.waiting() == ()
