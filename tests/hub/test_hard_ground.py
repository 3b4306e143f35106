"""Log and revisions where the ground moves: editors with few rights, dumps and restores."""

from __future__ import annotations

import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row

from province_hub.revisions import latest
from province_hub.verify import verify
from tests.hub.edits import FIRST, LOTS, SECOND, Open, insert, log, rename, revisions, run, told

pytestmark = pytest.mark.usefixtures("whole_log")


class TestRights:
    @pytest.fixture
    def editor(self, conninfo: str, connect: Open) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        """Somebody who may edit one layer and nothing else."""
        name = f"editor_{uuid.uuid4().hex[:8]}"
        role = sql.Identifier(name)
        with psycopg.connect(conninfo) as owner:
            owner.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
            owner.execute(sql.SQL('GRANT USAGE ON SCHEMA "QuyHoach" TO {}').format(role))
            owner.execute(sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {} TO {}").format(sql.SQL(LOTS), role))
        conn = connect(user=name)
        yield conn
        conn.close()
        with psycopg.connect(conninfo) as owner:
            owner.execute(sql.SQL("DROP OWNED BY {}").format(role))
            owner.execute(sql.SQL("DROP ROLE {}").format(role))

    def test_rights_on_a_layer_are_enough_to_edit_it(self, editor, conn) -> None:
        rename(editor, FIRST, "E\u0301")
        insert(editor, "I", west=600_000.00001)
        run(editor, "DELETE FROM LOTS WHERE key = %s", (SECOND,))
        editor.commit()
        (revision,) = revisions(conn)
        assert revision["actor"] == revision["database_user"] == editor.info.user
        assert [told(e) for e in log(conn)] == [("Lô đất", "É"), (None, "I"), ("Lô đất", None)]
        conn.commit()
        run(editor, "TRUNCATE LOTS")
        editor.commit()
        assert len(revisions(conn)) == 2

    def test_an_editor_can_not_pose_as_somebody_else(self, editor, conn) -> None:
        editor.execute("SELECT set_config('hub.actor', 'soxd.duyet', false), set_config('hub.proposal', %s, false)", (FIRST,))
        rename(editor, FIRST, "A")
        editor.commit()
        (revision,) = revisions(conn)
        assert (revision["actor"], revision["proposal"]) == (editor.info.user, None)

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT FROM hub.change_log",
            "INSERT INTO hub.revision (number, transaction, actor, database_user) VALUES (9, gen_random_uuid(), 'x', 'x')",
            "SELECT nextval('hub.revision_number')",
            "SELECT hub.open_transaction()",
        ],
    )
    def test_an_editor_has_no_way_to_the_log(self, editor, statement: str) -> None:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            editor.execute(statement.encode())

    def test_a_temporary_object_of_an_editor_is_not_used(self, editor, conn) -> None:
        editor.execute("CREATE TEMPORARY TABLE change_log (x int); CREATE TEMPORARY TABLE transaction (x int)")
        editor.execute("CREATE FUNCTION pg_temp.hashtextextended(text, bigint) RETURNS bigint LANGUAGE sql AS $$ SELECT 1 / 0 $$")
        editor.execute("SET search_path = pg_temp, public")
        rename(editor, FIRST, "A")
        editor.commit()
        assert [told(e) for e in log(conn)] == [("Lô đất", "A")]


class TestRestore:
    def test_after_dump_and_restore_numbers_go_on_and_old_checkpoints_hold(self, conninfo: str, conn, tmp_path) -> None:
        rename(conn, FIRST, "before")
        conn.commit()
        before = conn.execute("SELECT number, id FROM hub.revision ORDER BY number").fetchall()
        conn.close()
        with restored(conninfo, tmp_path) as there, psycopg.connect(there, row_factory=dict_row) as copy:
            assert copy.execute("SELECT number, id FROM hub.revision ORDER BY number").fetchall() == before
            rename(copy, FIRST, "after")
            insert(copy, "new")
            copy.commit()
            assert [(e["number"], told(e)[1]) for e in log(copy)] == [(2, "before"), (3, "after"), (3, "new")]
            assert verify(copy) == []

    def test_what_was_lost_by_a_restore_is_recognised(self, conninfo: str, conn, tmp_path) -> None:
        conn.commit()
        with restored(conninfo, tmp_path) as there, psycopg.connect(there, row_factory=dict_row) as copy:
            rename(conn, FIRST, "lost with the old server")
            conn.commit()
            rename(copy, FIRST, "done on the new one")
            copy.commit()
            assert latest(conn)[0] == latest(copy)[0] == 2
            assert latest(conn)[1] != latest(copy)[1]


@contextmanager
def restored(conninfo: str, folder: Any) -> Iterator[str]:
    """A copy of the database that went through pg_dump and pg_restore."""
    name = f"hub_restored_{uuid.uuid4().hex[:8]}"
    source, file = str(conninfo_to_dict(conninfo)["dbname"]), str(folder / "hub.dump")
    subprocess.run(["pg_dump", "-Fc", "-f", file, source], check=True)
    subprocess.run(["createdb", name], check=True)
    try:
        subprocess.run(["pg_restore", "--exit-on-error", "-d", name, file], check=True)
        yield make_conninfo(dbname=name)
    finally:
        subprocess.run(["dropdb", "--force", name], check=True)
