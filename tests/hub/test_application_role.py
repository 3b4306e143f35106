"""The role that the hub serves under: it suffices (other tests run the hub under it), and can't touch what is proven by it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row

from province_hub import application_role, standard
from province_hub.database import HubConnection
from province_hub.initialise import initialise
from province_hub.layer_tables import create_layer
from tests.hub import tiny

NEVER_CHANGED = application_role.NEVER_CHANGED


@pytest.fixture
def serving(application: str) -> Iterator[HubConnection]:
    """A connection as the hub has it."""
    with psycopg.connect(application, row_factory=dict_row, autocommit=True) as conn:
        yield conn


@pytest.fixture
def new_role(conninfo: str) -> Iterator[str]:
    name = f"hub_{uuid.uuid4().hex[:8]}"
    yield name
    with psycopg.connect(conninfo, autocommit=True) as owner:
        owner.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(sql.Identifier(name)))


@pytest.mark.parametrize("table", NEVER_CHANGED)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hub.{} SET {column} = {column}",
        "DELETE FROM hub.{}",
        "TRUNCATE hub.{}",
        "ALTER TABLE hub.{} ADD COLUMN x int",
        "ALTER TABLE hub.{} DISABLE TRIGGER ALL",
        "ALTER TABLE hub.{} OWNER TO CURRENT_USER",
        "DROP TABLE hub.{} CASCADE",
        "CREATE TRIGGER x BEFORE INSERT ON hub.{} FOR EACH STATEMENT EXECUTE FUNCTION hub.refuse_change()",
        "CREATE RULE x AS ON INSERT TO hub.{} DO INSTEAD NOTHING",
        "SELECT 1 FROM hub.{} FOR UPDATE",
    ],
)
def test_what_is_only_added_to_is_out_of_its_reach(serving: HubConnection, table: str, statement: str) -> None:
    column = {"audit_head": "document", "audit_key": "since", "transaction": "started_at", "revision": "at", "change_log": "layer"}
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        serving.execute(statement.format(table, column=column.get(table, "actor")).encode())


@pytest.mark.parametrize("table", ["change_log", "revision", "transaction"])
def test_the_log_is_written_by_triggers_alone(serving: HubConnection, table: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        serving.execute(f"INSERT INTO hub.{table} DEFAULT VALUES".encode())


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "ALTER FUNCTION hub.refuse_change() RENAME TO x",
        "CREATE OR REPLACE FUNCTION hub.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TABLE hub.x (id int)",
        "CREATE SCHEMA x",
        'ALTER TABLE "QuyHoach"."ChucNangSuDungDat_A" DISABLE TRIGGER ALL',
        "SET ROLE postgres",
        "INSERT INTO hub.role SELECT id, 'approver', NULL FROM hub.account",
        "UPDATE hub.account SET cleared = true",
        "UPDATE hub.proposal_version SET content = '{}'",
        "SELECT setval('hub.revision_number', 1)",
    ],
)
def test_there_is_no_way_around(serving: HubConnection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        serving.execute(statement.encode())


def test_for_whom_it_acts_is_believed(application: str, serving: HubConnection) -> None:
    with psycopg.connect(application, row_factory=dict_row) as conn:
        conn.execute("SELECT set_config('hub.actor', 'dailanh.kt', true)")
        conn.execute(
            """UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "ghiChu" = 'x' WHERE key = %s""", (tiny.lot_key("22504", 1, 1),)
        )
    row = serving.execute("SELECT actor, database_user FROM hub.revision ORDER BY number DESC LIMIT 1").fetchone()
    assert row == {"actor": "dailanh.kt", "database_user": "hub_in_tests"}


def test_a_new_layer_is_its_own_to_write(conninfo: str, serving: HubConnection) -> None:
    with psycopg.connect(conninfo, row_factory=dict_row) as owner:
        create_layer(owner, standard.layer("QuyHoach.CayXanh_P"))
    assert serving.execute('DELETE FROM "QuyHoach"."CayXanh_P"').rowcount == 0
    assert application_role.examine(serving) == []


def test_a_table_that_a_later_step_makes_is_its_own_to_write(conninfo: str, serving: HubConnection) -> None:
    with psycopg.connect(conninfo) as owner:
        owner.execute("CREATE TABLE hub.later (id int)")
    initialise(conninfo)
    assert serving.execute("DELETE FROM hub.later").rowcount == 0


def test_init_makes_the_role_with_its_password(new_role: str, empty: str) -> None:
    application = make_conninfo(empty, user=new_role, password="bí mật")
    initialise(empty, application=application)
    with psycopg.connect(application, row_factory=dict_row) as conn:
        assert application_role.examine(conn) == []
        row = conn.execute(
            "SELECT rolsuper OR rolcreaterole OR rolcreatedb AS strong FROM pg_roles WHERE rolname = %s", (new_role,)
        )
        assert row.fetchone() == {"strong": False}


def test_what_is_missing_is_named(conninfo: str, serving: HubConnection) -> None:
    with psycopg.connect(conninfo) as owner:
        owner.execute(
            'REVOKE DELETE ON "QuyHoach"."ChucNangSuDungDat_A" FROM hub_in_tests; REVOKE UPDATE ON hub.token FROM hub_in_tests'
        )
        owner.execute("REVOKE UPDATE (created_at) ON hub.account FROM hub_in_tests")
    lacking = [re.search("lacks rights on ([^:]+)", line) for line in application_role.examine(serving)]
    assert [found and found[1] for found in lacking] == ["hub.account", "hub.token", "QuyHoach.ChucNangSuDungDat_A"]


def test_one_role_for_all_is_told(conninfo: str) -> None:
    with psycopg.connect(conninfo, row_factory=dict_row) as owner:
        (problem,) = application_role.examine(owner)
    assert "could change what is only ever added to" in problem
