"""The database role that the hub serves under: what it may do is listed here, and given again after each step of the schema.

It owns nothing. So it makes and alters no table, switches no trigger off and empties nothing, and what is only ever added to
can't be changed by it, whatever goes wrong in the hub: the log and the revisions are written by triggers alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, LiteralString

import psycopg
from psycopg import pq, sql
from psycopg.conninfo import conninfo_to_dict

from commune_planning_plugin.core.errors import InvalidData
from province_hub.database import HubConnection

_READ: LiteralString = "SELECT"
_ADD: LiteralString = "SELECT, INSERT"
_ALL: LiteralString = "SELECT, INSERT, UPDATE, DELETE"
_LOCK: LiteralString = "SELECT, UPDATE (created_at)"
"""A row can only be locked by who may update something of it."""

_RIGHTS: Mapping[str, LiteralString] = {
    **dict.fromkeys(("change_log", "revision", "transaction"), _READ),
    **dict.fromkeys(
        (
            "schema_version",
            "layer",
            "code",
            "commune",
            "commune_part",
            "former_area",
            "role",
            "authority",
            "organisation",
            "legal_clock",
            "holiday",
            "calendar_year",
        ),
        _READ,
    ),
    **dict.fromkeys(("proposal_version", "proposal_attachment", "proposal_reference", "discussion_act", "discussion_file"), _ADD),
    "account": _LOCK,
    "plan": "SELECT, UPDATE",
}
"""By table of the schema ``hub``; one that isn't named may be written, where its triggers don't say that it is only added to."""

NEVER_CHANGED = ("audit", "audit_head", "audit_key", "change_log", "revision", "transaction")

_TABLES = """
SELECT c.relname AS name, EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only') AS append_only
FROM pg_class c WHERE c.relnamespace = 'hub'::regnamespace AND c.relkind IN ('r', 'p', 'v') ORDER BY c.relname
"""
_LAYERS = "SELECT id FROM hub.layer WHERE to_regclass(format('%I.%I', split_part(id, '.', 1), split_part(id, '.', 2))) IS NOT NULL"
_ROLES = """
SELECT DISTINCT r.rolname AS name FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
WHERE c.oid = 'hub.audit'::regclass AND a.privilege_type = 'INSERT' AND a.grantee <> c.relowner ORDER BY 1
"""
_MORE = """
SELECT pg_has_role(current_user, c.relowner, 'MEMBER')
       OR has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER') AS more
FROM pg_class c WHERE c.oid = %s::regclass
"""
_MAY = "SELECT has_schema_privilege('hub', 'USAGE') AND has_table_privilege(%s, %s) AS may"
_MAY_COLUMN = "SELECT has_column_privilege(%s, %s, %s) AS may"


def role_of(conninfo: str) -> str:
    """The role that a connection string names, or libpq's default where it names none."""
    named = conninfo_to_dict(conninfo).get("user")
    if named:
        return str(named)
    defaults = {option.keyword: option.val for option in pq.Conninfo.get_defaults()}
    return (defaults.get(b"user") or b"").decode()


def settle(conn: HubConnection, conninfo: str) -> None:
    """Make the role that ``conninfo`` names where it isn't there, and give it what the application needs.

    Nothing is done where ``conn``, which is the owner's, is that very role. Raises ``InvalidData('application.no_role')`` where the
    owner may make no roles.
    """
    role = role_of(conninfo)
    if role == conn.info.user:
        return
    if conn.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is None:
        _create(conn, role, conninfo_to_dict(conninfo).get("password"))
    _grant(conn, role)


def _create(conn: HubConnection, role: str, password: object) -> None:
    statement = sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role))
    if password:
        statement += sql.SQL(" PASSWORD {}").format(sql.Literal(str(password)))
    try:
        with conn.transaction():
            conn.execute(statement)
    except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
        return  # another hub of this server was faster
    except psycopg.errors.InsufficientPrivilege as error:
        raise InvalidData("application.no_role", role=role) from error


def follow(conn: HubConnection) -> None:
    """Give the roles that the hub serves under what they need of tables that are new."""
    for role in _roles(conn):
        _grant(conn, role)


def follow_layer(conn: HubConnection, layer_id: str) -> None:
    """As `follow`, of one layer's table."""
    for role in _roles(conn):
        _grant_layer(conn, sql.Identifier(role), layer_id)


def _roles(conn: HubConnection) -> list[str]:
    """Who may add to the audit, beside its owner, is the hub."""
    return [row["name"] for row in conn.execute(_ROLES)]


def _grant(conn: HubConnection, role: str) -> None:
    who = sql.Identifier(role)
    conn.execute(sql.SQL("GRANT USAGE ON SCHEMA hub TO {}").format(who))
    for row in conn.execute(_TABLES).fetchall():
        table = sql.Identifier("hub", row["name"])
        conn.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(table, who))
        conn.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(_rights(row)), table, who))
    conn.execute(sql.SQL("GRANT SELECT ON hub.revision_number TO {}").format(who))
    for row in conn.execute(_LAYERS).fetchall():
        _grant_layer(conn, who, row["id"])


def _rights(row: Mapping[str, Any]) -> LiteralString:
    return _RIGHTS.get(row["name"], _ADD if row["append_only"] else _ALL)


def _grant_layer(conn: HubConnection, who: sql.Identifier, layer_id: str) -> None:
    dataset, name = layer_id.split(".")
    conn.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(sql.Identifier(dataset), who))
    conn.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(_ALL), sql.Identifier(dataset, name), who))


def examine(conn: HubConnection) -> list[str]:
    """What is wrong with the role behind ``conn``, which the hub serves under, one sentence each."""
    problems = [*_too_much(conn), *_too_little(conn)]
    return [f"{problem}: run `init` with PROVINCE_HUB_OWNER_DATABASE and PROVINCE_HUB_DATABASE set" for problem in problems]


def _too_much(conn: HubConnection) -> Iterator[str]:
    open_tables = [name for name in NEVER_CHANGED if (conn.execute(_MORE, (f"hub.{name}",)).fetchone() or {})["more"]]
    if open_tables:
        names = ", ".join(f"hub.{name}" for name in open_tables)
        yield f"the role {conn.info.user}, which the hub serves under, could change what is only ever added to ({names})"


def _too_little(conn: HubConnection) -> Iterator[str]:
    wanted = [(("hub", row["name"]), _rights(row)) for row in conn.execute(_TABLES).fetchall()]
    if _may(conn, ("hub", "layer"), _READ):
        wanted += [(tuple(row["id"].split(".")), _ALL) for row in conn.execute(_LAYERS).fetchall()]
    for table, rights in wanted:
        if not all(_may(conn, table, right) for right in rights.split(", ")):
            yield f"the role {conn.info.user}, which the hub serves under, lacks rights on {'.'.join(table)}"


def _may(conn: HubConnection, table: tuple[str, ...], right: str) -> bool:
    """``right`` may end in the one column that it is about."""
    kind, _, column = right.rstrip(")").partition(" (")
    name = sql.Identifier(*table).as_string(conn)
    query, values = (_MAY_COLUMN, (name, column, kind)) if column else (_MAY, (name, kind))
    return bool((conn.execute(query, values).fetchone() or {})["may"])
