"""What all commands share: the connection, and one clear sentence for whatever an administrator can mend."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
import typer
from psycopg.rows import dict_row
from psycopg_pool import PoolTimeout
from sqlalchemy.exc import DBAPIError

from commune_planning_plugin.core.errors import PlanningError
from province_hub.database import HubConnection
from province_hub.registry.faults import FileRefused
from province_hub.sentences import fault_sentence, sentence
from province_hub.settings import Settings

_MOST_FAULTS = 20


@contextmanager
def told() -> Iterator[None]:
    """One clear sentence and status 1 for whatever an administrator can mend."""
    try:
        try:
            yield
        except DBAPIError as error:  # the steps of the schema go through SQLAlchemy
            raise (error.orig or error) from error
    except FileRefused as refused:
        _fail_with_places(refused)
    except PlanningError as error:
        fail(sentence(error))
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        fail(sentence(PlanningError("hub.not_initialised")))
    except psycopg.errors.InsufficientPrivilege as error:
        fail(
            f"the database role may not do this ({_first_line(error)}); PROVINCE_HUB_OWNER_DATABASE names the role that"
            " owns the hub, and in a new database a superuser has to run: CREATE EXTENSION postgis; GRANT INSERT ON"
            " spatial_ref_sys TO that role"
        )
    except psycopg.errors.FeatureNotSupported as error:
        fail(f"the database server lacks something ({_first_line(error)}); PostGIS 3.3 or newer has to be installed there")
    except psycopg.ProgrammingError as error:
        if error.sqlstate is not None:
            raise
        fail(f"PROVINCE_HUB_DATABASE is no connection string ({_first_line(error)}); it looks like 'host=… dbname=… user=…'")
    except (psycopg.OperationalError, PoolTimeout) as error:
        fail(f"the database can't be reached or used ({str(error).strip()}); PROVINCE_HUB_DATABASE says which one it is")


def fail(words: str) -> None:
    typer.echo(f"province_hub: {words}", err=True)
    raise typer.Exit(1)


@contextmanager
def connected() -> Iterator[HubConnection]:
    """One transaction of the owner's, in the name of whoever runs the command."""
    with told(), psycopg.connect(Settings.from_environment().owner, row_factory=dict_row) as conn:
        conn.execute("SET timezone = 'UTC'")
        yield conn


def where(conn: HubConnection) -> str:
    """Which database was looked at, so that nobody takes one for another."""
    return f"(database {conn.info.dbname!r} on {conn.info.host or 'this machine'})"


def report(problems: list[str], all_well: str) -> None:
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo(all_well)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as what is in them."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def ask_password(from_stdin: bool) -> str:
    """From standard input, or twice from the terminal."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        fail("there is no terminal to ask for the password: give it with --password-stdin")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _fail_with_places(refused: FileRefused) -> None:
    for fault in refused.faults[:_MOST_FAULTS]:
        typer.echo(f"province_hub: {fault_sentence(fault)}", err=True)
    if len(refused.faults) > _MOST_FAULTS:
        typer.echo(f"province_hub: … and {len(refused.faults) - _MOST_FAULTS} more", err=True)
    raise typer.Exit(1)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
