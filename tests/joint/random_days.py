"""A province on one random day: desks, those who decide, a database administrator, lines that break, a hub that is killed and one
that is restored; and what must hold after each step.

Every edit writes a word of its own. A word may be given up only by a person who saw it: overwritten or taken back at a desk that
had it, or decided against in a conflict. Every other word must be in the province's history, in a version that waits, or in a local
change; and nobody's approval may replace a word that its author didn't see.
"""

from __future__ import annotations

import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Optional

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from commune_planning_plugin.core.errors import HubUnreachable, Refused, WorkingCopyError
from commune_planning_plugin.core.workflow import ON_THE_TABLE, State, Step
from commune_planning_plugin.store import Draft, LocalState, OutboxState, Ref, Side, WorkingCopy
from commune_planning_plugin.store.gpkg import blob_of
from commune_planning_plugin.store.sql import connected
from commune_planning_plugin.sync import contact, engine
from province_hub.verify import verify
from tests.hub.tiny import LOTS, lot_key, plan_key, square
from tests.joint.conftest import TABLE, Desk, signed_in
from tests.joint.test_killed import Process
from tests.lines import CuttingProxy

FIELDS = ("tenDoiTuong", "ghiChu")
KEYS = tuple(lot_key("22504", column, 5) for column in range(4))
PLAN = plan_key("PLAN-22504")
PROVINCE_TABLE = '"QuyHoach"."ChucNangSuDungDat_A"'
WORD = re.compile(r"w\d{4}x")
MISHAPS = ("", "", "", "lost once", "lost", "killed")
ROUNDS = 8
"""In which all that is under way must come to its end."""


class Line(CuttingProxy):
    """The only way to the hub. ``on_request`` is called when the first bytes of a request have gone through."""

    on_request: Optional[Callable[[], None]] = None

    def asked(self) -> None:
        told, self.on_request = self.on_request, None
        if told is not None:
            told()


class Day:
    """What can happen, each thing by small numbers that choose."""

    def __init__(self, conninfo: str, folder: Path) -> None:
        self.conninfo = conninfo
        self.folder = folder
        self.words = 0
        self.alive: dict[str, str] = {}
        self.checked: set[str] = set()
        self.kept = False
        self.hub = Process(conninfo, folder / "state")

    @contextmanager
    def running(self) -> Iterator[Day]:
        with psycopg.connect(self.conninfo, autocommit=True) as conn:
            conn.execute(
                "INSERT INTO hub.role SELECT id, 'technician', '22504' FROM hub.account WHERE name = 'vanthang.kt'"
                " ON CONFLICT DO NOTHING"
            )
        self.hub.start()
        self.line = Line(self.hub.url)
        self.desks: list[Desk] = []
        try:
            with self.line.serving():
                self.head, self.approver = (signed_in(self.line.url, name) for name in ("dailanh.ct", "soxd.duyet"))
                self.desks += [self._desk(name) for name in ("dailanh.kt", "vanthang.kt")]
                yield self
        finally:
            for desk in self.desks:
                desk.copy.close()
            self.hub.kill()
            self._drop(self._backup)

    def _desk(self, name: str) -> Desk:
        client = signed_in(self.line.url, name)
        return Desk(client, engine.first_pull(client, self.folder / f"{name}.gpkg", "22504", name), "22504", name)

    # --- what a person does at a desk -----------------------------------------------------------------------------------

    def edit(self, which: int, choice: int, mishap: str) -> None:
        desk, field = self._at(which), FIELDS[choice % 2]
        keys = [*KEYS, *self._drawn(desk)]
        key = keys[choice // 2 % len(keys)]
        before = self._words_in(desk, key)
        assert desk.edit(f"UPDATE {TABLE} SET {field} = ? WHERE key = ?", self._word(desk.name), key) == 1
        self._given_up(before - self._words_in(desk, key))

    def draw(self, which: int, choice: int, mishap: str) -> None:
        """A lot of its own ground, beside the others: the rules have nothing against it."""
        desk, word = self._at(which), self._word(self._at(which).name)
        shape = blob_of(square(600_000 + 15 * self.words, 1_399_900, 10), 9217)
        same = "plan, maThongTinQH, maHoSoQH, phanLoai"
        drawn = f"INSERT INTO {TABLE} ({same}, geom, tenDoiTuong) SELECT {same}, ?, ? FROM {TABLE} WHERE key = ?"
        assert desk.edit(drawn, shape, word, KEYS[0]) == 1

    def delete(self, which: int, choice: int, mishap: str) -> None:
        desk = self._at(which)
        drawn = self._drawn(desk)
        if drawn:
            gone = self._words_in(desk, drawn[choice % len(drawn)])
            desk.edit(f"DELETE FROM {TABLE} WHERE key = ?", drawn[choice % len(drawn)])
            self._given_up(gone)

    def revert(self, which: int, choice: int, mishap: str) -> None:
        desk = self._at(which)
        local = [item for item in desk.copy.status() if item.state is LocalState.LOCAL]
        if local:
            key = local[choice % len(local)].change.key
            before = self._words_in(desk, key)
            desk.copy.revert([Ref(LOTS, key)])
            self._given_up(before - self._words_in(desk, key))

    def resolve(self, which: int, choice: int, mishap: str) -> None:
        desk = self._at(which)
        clashes = desk.copy.conflicts.open()
        if clashes:
            clash = clashes[choice // 2 % len(clashes)]
            before = self._words_in(desk, clash.key)
            desk.copy.conflicts.resolve(Ref(LOTS, clash.key), Side.MINE if choice % 2 else Side.PROVINCE)
            self._given_up(before - self._words_in(desk, clash.key))

    def freeze(self, which: int, choice: int, mishap: str) -> None:
        desk = self._at(which)
        open_ = [item for item in desk.copy.status() if item.state in (LocalState.LOCAL, LocalState.BOTH)]
        chosen = open_ if choice % 3 else open_[:1]
        refs = tuple(Ref(LOTS, item.change.key) for item in chosen)
        if refs:
            self._freeze(desk, Draft(str(uuid.uuid4()), 1, PLAN, "Điều chỉnh", 2, "Theo thực tế", refs))

    def reopen(self, which: int, choice: int, mishap: str) -> None:
        desk = self._at(which)
        closed = [i for i in desk.copy.outbox.items() if i.state is OutboxState.DECIDED and i.decision in ("returned", "withdrawn")]
        if closed:
            with suppress(WorkingCopyError):
                self._freeze(desk, desk.copy.drafts.reopen(closed[choice % len(closed)].proposal))

    def pull(self, which: int, choice: int, mishap: str) -> None:
        desk = self._at(which)
        self._over_the_line(mishap, desk.pull)

    def contact(self, which: int, choice: int, mishap: str) -> None:
        desk = self._at(which)
        self._over_the_line(mishap, lambda: self._contact(desk), choice)

    def withdraw(self, which: int, choice: int, mishap: str) -> None:
        desk = self._at(which)
        with suppress(Refused):
            mine = [p for p in desk.client.proposals("mine") if p.state in ON_THE_TABLE or p.state is State.RETURNED]
            if mine:
                self._step(mishap, desk.client, mine[choice % len(mine)], Step.WITHDRAW)

    def copy(self, which: int, choice: int, mishap: str) -> None:
        """The file goes to another computer, and both are used on."""
        if len(self.desks) > 2:
            return
        desk = self._at(which)
        path = self.folder / "copy.gpkg"
        shutil.copyfile(desk.copy.path, path)
        shutil.copyfile(f"{desk.copy.path}.base.gz", f"{path}.base.gz")
        self.desks.append(Desk(desk.client, WorkingCopy.open(path), "22504", desk.name))

    # --- what happens at the province -------------------------------------------------------------------------------------

    def decide(self, which: int, choice: int, mishap: str) -> None:
        """The next step towards an approval."""
        waiting = self._waiting()
        if waiting:
            self._forward(waiting[choice % len(waiting)], mishap)

    def turn_down(self, which: int, choice: int, mishap: str) -> None:
        waiting = self._waiting()
        if not waiting:
            return
        proposal = waiting[choice % len(waiting)]
        if proposal.state is State.AWAITING_SIGN_OFF:
            self._step(mishap, self.head, proposal, Step.RETURN, reason="Chưa rõ")
        else:
            self._step(mishap, self.approver, proposal, Step.REJECT if choice % 5 == 0 else Step.RETURN, reason="Chưa rõ")

    def administer(self, which: int, choice: int, mishap: str) -> None:
        """An edit with SQL."""
        field = FIELDS[choice % 2]
        with closing(self._database()) as conn:
            rows = conn.execute(f"SELECT key::text FROM {PROVINCE_TABLE} WHERE ST_YMax(geom) < 1400000 ORDER BY key").fetchall()
        drawn = [row["key"] for row in rows]
        if which % 5 == 4 and drawn:
            self._sql(f"DELETE FROM {PROVINCE_TABLE} WHERE key = %s", drawn[choice % len(drawn)])
        else:
            key = (*KEYS, *drawn)[choice // 2 % (len(KEYS) + len(drawn))]
            self._sql(f'UPDATE {PROVINCE_TABLE} SET "{field}" = %s WHERE key = %s', self._word("dba"), key)

    def back_up(self, which: int, choice: int, mishap: str) -> None:
        self.hub.kill()
        self._drop(self._backup)
        self._clone(self._name, self._backup)
        self.kept = True
        self.hub.start()

    def restore(self, which: int, choice: int, mishap: str) -> None:
        if not self.kept:
            return
        self.hub.kill()
        self._drop(self._name)
        self._clone(self._backup, self._name)
        self.hub.start()
        self._given_up({word for word, who in self.alive.items() if who == "dba" and not self._history(word)})

    # --- what must hold ---------------------------------------------------------------------------------------------------

    def check(self) -> None:
        history = self._history()
        somewhere = set(WORD.findall(history)) | {word for desk in self.desks for word in self._unfinished(desk)}
        lost = {word: who for word, who in self.alive.items() if word not in somewhere}
        assert not lost, f"nowhere: {lost}"
        self._nothing_twice()
        self._nobody_overwritten()

    def _nothing_twice(self) -> None:
        with closing(self._database()) as conn:
            doubled = conn.execute(
                f'SELECT "tenDoiTuong" FROM {PROVINCE_TABLE} WHERE "tenDoiTuong" ~ %s GROUP BY 1 HAVING count(*) > 1',
                (r"^w\d{4}x$",),
            ).fetchall()
            assert doubled == []
            assert (
                conn.execute(
                    "SELECT proposal FROM hub.revision WHERE proposal IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
                ).fetchall()
                == []
            )
        for desk in self.desks:
            names = [row[0] for row in self._rows(desk).values() if row[0] and WORD.match(row[0])]
            assert len(names) == len(set(names)), "twice at a desk"

    def _nobody_overwritten(self) -> None:
        """What an approval replaced is what its version started from."""
        with closing(self._database()) as conn:
            rows = conn.execute(
                "SELECT r.id::text, c.key::text, c.old, c.new, v.content, v.rekeyed FROM hub.revision r"
                " JOIN hub.change_log c ON c.transaction = r.transaction"
                " JOIN hub.proposal_version v ON v.proposal = r.proposal AND v.number = r.version"
            ).fetchall()
        for row in rows:
            if (row["id"], row["key"]) in self.checked or row["old"] is None:
                continue
            change = next(c for c in row["content"]["changes"] if row["rekeyed"].get(c["key"], c["key"]) == row["key"])
            for field in FIELDS:
                old, new = row["old"][field], (row["new"] or {}).get(field)
                if old != new:
                    assert change["old"] is not None, f"an insert replaced {old} by {new}"
                    assert change["old"].get(field) == old, f"{change['old'].get(field)} was seen, {old} replaced by {new}"

    def finish(self) -> None:
        """Everybody comes to the end of all work: desks and province are the same then, and have every word."""
        for _ in range(ROUNDS):
            for desk in self.desks:
                self._all_proposed(desk)
            for _step in range(2):
                for proposal in reversed(self._waiting()):  # the oldest first: others may stand on it
                    self._forward(proposal, "")
            for desk in self.desks:
                self._contact(desk)
                desk.pull()
            if not any(desk.copy.status() for desk in self.desks) and not self._waiting():
                break
        left = [(desk.name, [(i.change.new, i.state) for i in desk.copy.status()]) for desk in self.desks if desk.copy.status()]
        assert not left, left
        history = self._history()
        assert {word for word in self.alive if word not in history} == set()
        with closing(self._database()) as conn:
            assert verify(conn) == []
            found = conn.execute(f'SELECT key::text, "tenDoiTuong", "ghiChu" FROM {PROVINCE_TABLE}').fetchall()
        province = {row["key"]: (row["tenDoiTuong"], row["ghiChu"]) for row in found}
        for desk in self.desks:
            assert desk.copy.damage() == []
            rows = self._rows(desk)
            assert {key: province.get(key) for key in rows} == rows
            assert {key for key in KEYS if key in province} <= rows.keys()

    # --- by what means ----------------------------------------------------------------------------------------------------

    def _all_proposed(self, desk: Desk) -> None:
        self._contact(desk)
        desk.pull()
        for clash in desk.copy.conflicts.open():
            before = self._words_in(desk, clash.key)
            desk.copy.conflicts.resolve(Ref(LOTS, clash.key), Side.MINE)
            self._given_up(before - self._words_in(desk, clash.key))
        gaps = [Ref(LOTS, i.change.key) for i in desk.copy.status() if i.state is LocalState.LOCAL and i.change.new is None]
        desk.copy.revert(gaps)  # the rules let nobody leave a hole in the plan
        local = [item for item in desk.copy.status() if item.state in (LocalState.LOCAL, LocalState.BOTH)]
        refs = tuple(Ref(LOTS, item.change.key) for item in local)
        if refs:
            self._freeze(desk, Draft(str(uuid.uuid4()), 1, PLAN, "Điều chỉnh", 2, "Theo thực tế", refs))
        self._contact(desk)

    @staticmethod
    def _freeze(desk: Desk, draft: Draft) -> None:
        try:
            desk.copy.outbox.freeze(draft)
        except WorkingCopyError as error:
            if not error.code.startswith("proposal."):
                raise
            print(f"  not frozen: {error}")  # noqa: T201

    @staticmethod
    def _contact(desk: Desk) -> None:
        """As the session does it."""
        contact.meet(desk.copy, desk.client, "PC")
        for sent in desk.send():
            if sent.problem is not None:
                print(f"  not taken: {sent.problem}")  # noqa: T201
        contact.back_up(desk.copy, desk.client)

    def _waiting(self) -> list[Any]:
        return [proposal for proposal in self.head.proposals("all") if proposal.state in ON_THE_TABLE]

    def _forward(self, proposal: Any, mishap: str) -> None:
        if proposal.state is State.AWAITING_SIGN_OFF:
            self._step(mishap, self.head, proposal, Step.SIGN_OFF)
            return
        seen = self.approver.proposal(proposal.id)
        refused = self._step(
            mishap, self.approver, proposal, Step.APPROVE, result_hash=seen.result_hash, without_consent=bool(seen.summary.missing)
        )
        if refused is not None:
            self._step("", self.approver, proposal, Step.RETURN, reason="Có xung đột")

    def _step(self, mishap: str, client: Any, proposal: Any, step: Step, **more: Any) -> Optional[Refused]:
        request = str(uuid.uuid4())
        for each in (mishap, ""):  # a step whose answer was lost is asked for once more
            try:
                if self._over_the_line(each, lambda: client.step(proposal.id, step, request, proposal.version, **more)):
                    return None
            except Refused as refused:
                print(f"  {step.value} refused: {refused}")  # noqa: T201 (shown where a day fails)
                return refused
        raise AssertionError(step)

    def _over_the_line(self, mishap: str, work: Callable[[], Any], choice: int = 0) -> bool:
        """Whether it was answered. What the line does to it is over afterwards, and the hub stands."""
        self.line.cut = {"lost once": 1, "lost": 9}.get(mishap, 0)
        if mishap == "killed":
            self.line.on_request = lambda: (time.sleep(0.004 * choice), self.hub.kill())[0]
        try:
            work()
        except HubUnreachable:
            if not mishap:
                raise
            return False
        finally:
            self.line.cut, self.line.on_request = 0, None
            if mishap == "killed":
                time.sleep(0.05)
            if self.hub.process.poll() is not None:
                self.hub.start()
        return True

    def _at(self, which: int) -> Desk:
        return self.desks[which % len(self.desks)]

    def _word(self, who: str) -> str:
        self.words += 1
        word = f"w{self.words:04d}x"
        self.alive[word] = who
        return word

    def _given_up(self, words: set[str]) -> None:
        for word in words:
            self.alive.pop(word, None)

    @staticmethod
    def _rows(desk: Desk) -> dict[str, tuple[Any, ...]]:
        with closing(connected(desk.copy.path, 5.0)) as connection:
            found = connection.execute(f"SELECT key, {', '.join(FIELDS)} FROM {TABLE}").fetchall()
        return {key: tuple(values) for key, *values in found}

    def _drawn(self, desk: Desk) -> list[str]:
        with closing(connected(desk.copy.path, 5.0)) as connection:
            found = connection.execute(f"SELECT key FROM {TABLE} WHERE ST_MinY(geom) < 1399950").fetchall()
        return sorted(key for (key,) in found)

    def _words_in(self, desk: Desk, key: str) -> set[str]:
        return set(WORD.findall(str(self._rows(desk).get(key))))

    @staticmethod
    def _unfinished(desk: Desk) -> set[str]:
        """Words in local changes, and in versions that wait, or whose approval a restored hub may have to be told again."""
        changed = [str((item.change.new, item.row)) for item in desk.copy.status()]
        waiting = [i for i in desk.copy.outbox.items() if i.state is not OutboxState.DECIDED or i.decision == State.APPROVED.value]
        return set(WORD.findall(" ".join([*changed, *(item.body.decode() for item in waiting)])))

    def _history(self, word: str = "") -> str:
        with closing(self._database()) as conn:
            rows = conn.execute("SELECT new::text AS new FROM hub.change_log WHERE new::text LIKE %s", (f"%{word or 'w%x'}%",))
            return " ".join(row["new"] for row in rows)

    def _sql(self, statement: str, *values: Any) -> None:
        with psycopg.connect(self.conninfo) as conn:
            conn.execute(statement.encode(), values)

    def _database(self) -> psycopg.Connection[dict[str, Any]]:
        return psycopg.connect(self.conninfo, row_factory=dict_row)

    @property
    def _name(self) -> str:
        return str(conninfo_to_dict(self.conninfo)["dbname"])

    @property
    def _backup(self) -> str:
        return f"{self._name}_backup"

    @staticmethod
    def _clone(source: str, target: str) -> None:
        with psycopg.connect("dbname=postgres", autocommit=True) as conn:
            conn.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (source,))
            conn.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(target), sql.Identifier(source)))

    @staticmethod
    def _drop(name: str) -> None:
        with psycopg.connect("dbname=postgres", autocommit=True) as conn:
            conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


HAPPENINGS = (
    *(Day.edit,) * 6, *(Day.draw,) * 2, Day.delete, Day.revert, *(Day.resolve,) * 2, *(Day.freeze,) * 4, Day.reopen,
    *(Day.pull,) * 3, *(Day.contact,) * 5, *(Day.decide,) * 7, Day.turn_down, Day.withdraw, *(Day.administer,) * 2,
    Day.copy, Day.back_up, Day.restore,
)  # fmt: skip
"""The likelier stand there more often."""
