"""The administrator's command line: ``python -m province_hub``."""

from __future__ import annotations

import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Optional

import psycopg
import typer
import uvicorn
from psycopg.rows import dict_row
from psycopg_pool import PoolTimeout
from sqlalchemy.exc import DBAPIError

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.schema import Field, FieldType
from province_hub import accounts, doctor, standard
from province_hub import verify as proof
from province_hub.database import Database, HubConnection
from province_hub.initialise import bring_up_to_date, initialise
from province_hub.layer_fields import add_field, change_field, parsed
from province_hub.layer_tables import create_layer, layers
from province_hub.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The province's planning hub.")
users = typer.Typer(no_args_is_help=True, help="Accounts.")
app.add_typer(users, name="users")

_SENTENCES = {
    "account.exists": "there is an account {name} already",
    "account.unknown": "there is no account {name}",
    "code_list.unknown": "there is no code list {list}: see the table hub.code",
    "commune.unknown": "there is no commune {commune}: see the table hub.commune; `load-sample` fills an empty one",
    "field.exists": "{layer} has an attribute, or its table a column, of the name {field} already",
    "field.length": "the length of {field} doesn't do: only text has one, and it can only become larger",
    "field.name": "{field} can't be the name of an attribute: letters and digits from a letter on, and no name that the hub uses",
    "field.type": "{field} can't have this type",
    "field.unknown": "{layer} has no attribute {field}",
    "hub.not_initialised": "the database isn't a hub yet: run `init` first",
    "layer.absent": "the hub has no layer {layer}",
    "layer.unknown": "the standard has no class {layer}; a name looks like QuyHoach.ChucNangSuDungDat_A",
    "password.short": "a password has at least {least} characters",
    "province.another": "the database is that of province {province}",
    "province.unknown": "there is no province {province}",
    "value.length": "the default of {field} is longer than {limit} characters",
    "value.type": "{value} is no value of {field}'s type",
    "role.malformed": "{role} is no role: technician:COMMUNE, head:COMMUNE, reviewer, approver, administrator or observer",
}


@contextmanager
def _told() -> Iterator[None]:
    """One clear sentence and status 1 for whatever an administrator can mend."""
    try:
        try:
            yield
        except DBAPIError as error:  # the steps of the schema go through SQLAlchemy
            raise (error.orig or error) from error
    except PlanningError as error:
        sentence = _SENTENCES.get(error.code)
        _fail(sentence.format(**error.details) if sentence else str(error))
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        _fail(_SENTENCES["hub.not_initialised"])
    except psycopg.errors.InsufficientPrivilege as error:
        _fail(
            f"the database role may not do this ({_first_line(error)}); use the role that owns the hub, and let a superuser"
            " run CREATE EXTENSION postgis in a new database"
        )
    except psycopg.errors.FeatureNotSupported as error:
        _fail(f"the database server lacks something ({_first_line(error)}); PostGIS 3.3 or newer has to be installed there")
    except psycopg.ProgrammingError as error:
        if error.sqlstate is not None:
            raise
        _fail(f"PROVINCE_HUB_DATABASE is no connection string ({_first_line(error)}); it looks like 'host=… dbname=… user=…'")
    except (psycopg.OperationalError, PoolTimeout) as error:
        _fail(f"the database can't be reached or used ({str(error).strip()}); PROVINCE_HUB_DATABASE says which one it is")


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _fail(sentence: str) -> None:
    typer.echo(f"province_hub: {sentence}", err=True)
    raise typer.Exit(1)


@contextmanager
def _connected() -> Iterator[HubConnection]:
    """One transaction, in the name of whoever runs the command."""
    with _told(), psycopg.connect(Settings.from_environment().database, row_factory=dict_row) as conn:
        conn.execute("SET timezone = 'UTC'")
        yield conn


def _report(problems: list[str], all_well: str) -> None:
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo(all_well)


@app.command()
def init(province: Annotated[str, typer.Option(help="National two-digit code; settles the coordinate system.")] = "56") -> None:
    """Create or bring up to date the hub's tables, settings, first layers and code lists. Can be repeated."""
    with _told():
        initialise(Settings.from_environment().database, province)
    typer.echo("The hub is ready.")


@app.command("load-sample")
def load_sample(size: Annotated[int, typer.Option(min=1, help="About how many features.")] = 10_000) -> None:
    """Fill the hub with the sample province: real commune boundaries, generated plans, demo accounts."""
    from province_hub.sample import load  # only this command needs the generator

    with _told():
        settings = Settings.from_environment()
        with psycopg.connect(settings.database):
            pass  # says at once what a pool would try again for half a minute
        database = Database(settings.database, size=2)
        try:
            summary = load(database, size, lambda step: typer.echo(step, err=True))
        finally:
            database.close()
    typer.echo("The sample province is loaded." if summary.loaded else "The hub has communes already: nothing is loaded.")


@app.command("add-layer")
def add_layer(layer_id: Annotated[str, typer.Argument(help="For example QuyHoach.CayXanh_P.")]) -> None:
    """Add a class of the national standard. One that exists is left as it is."""
    with _connected() as conn:
        known = layer_id in layers(conn)
        create_layer(conn, standard.layer(layer_id))
    typer.echo(f"{layer_id} is there already." if known else f"{layer_id} is added.")


@app.command("add-field")
def add_attribute(
    layer_id: Annotated[str, typer.Argument(help="For example QuyHoach.ChucNangSuDungDat_A.")],
    name: str,
    kind: Annotated[FieldType, typer.Argument(metavar="TYPE", help="text, int32, float64, boolean, date …")],
    title_vi: Annotated[str, typer.Option(help="As communes read it.")],
    title_en: Annotated[str, typer.Option()] = "",
    length: Annotated[Optional[int], typer.Option(help="Most characters of a text.")] = None,
    code_list: Annotated[Optional[str], typer.Option(help="Name of a list in hub.code.")] = None,
    required: Annotated[bool, typer.Option("--required", help="Proposals have to fill it in.")] = False,
    default: Annotated[Optional[str], typer.Option(help="For features that are there, and new ones that don't say.")] = None,
) -> None:
    """Add an attribute to a layer. Working copies get it at their next pull; edits that wait there stay."""
    with _connected() as conn:
        field = Field(name, kind, title_vi, title_en or title_vi, length, required, code_list)
        add_field(conn, layer_id, replace(field, default=parsed(field, default)))
    typer.echo(f"{layer_id} has the attribute {name}.")


@app.command("change-field")
def change_attribute(
    layer_id: str,
    name: str,
    title_vi: Annotated[Optional[str], typer.Option()] = None,
    title_en: Annotated[Optional[str], typer.Option()] = None,
    length: Annotated[Optional[int], typer.Option(help="More characters than now.")] = None,
    code_list: Annotated[Optional[str], typer.Option(help="Another list; '' for none.")] = None,
    required: Annotated[Optional[bool], typer.Option("--required/--optional")] = None,
) -> None:
    """Change what an attribute is called, takes or needs. Working copies take it over at their next pull."""
    given = {"title_vi": title_vi, "title_en": title_en, "length": length, "code_list": code_list, "required": required}
    with _connected() as conn:
        change_field(conn, layer_id, name, **{each: value for each, value in given.items() if value is not None})
    typer.echo(f"{name} of {layer_id} is changed.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


@users.command("add")
def add_user(
    name: str,
    full_name: Annotated[str, typer.Option(help="As it is shown to others.")],
    role: Annotated[Optional[list[str]], typer.Option(help="technician:22504, reviewer …; can be repeated.")] = None,
    cleared: Annotated[bool, typer.Option(help="May see restricted features.")] = False,
    password_stdin: Annotated[bool, typer.Option(help="Read the password from standard input.")] = False,
) -> None:
    """Add an account."""
    with _connected() as conn:
        roles = [accounts.parse_role(text) for text in role or ()]
        accounts.add(conn, name, full_name, _password(password_stdin), roles, cleared)
    typer.echo(f"{name} is added.")


@users.command("disable")
def disable_user(name: str) -> None:
    """Shut an account and revoke its tokens at once."""
    with _connected() as conn:
        accounts.disable(conn, name)
    typer.echo(f"{name} is disabled.")


@users.command("reset")
def reset_user(
    name: str, password_stdin: Annotated[bool, typer.Option(help="Read the password from standard input.")] = False
) -> None:
    """Give an account a new password, open it again and revoke its tokens."""
    with _connected() as conn:
        accounts.reset(conn, name, _password(password_stdin))
    typer.echo(f"{name} has a new password.")


def _free(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        _fail(f"{host}:{port} can't be served ({error.strerror}); choose others with --host and --port")


@app.command()
def serve(
    host: str = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    tls_cert: Annotated[Optional[Path], typer.Option(exists=True, dir_okay=False, help="Certificate (PEM).")] = None,
    tls_key: Annotated[Optional[Path], typer.Option(exists=True, dir_okay=False, help="Its private key (PEM).")] = None,
) -> None:
    """Serve communes and reviewers until it is stopped."""
    from province_hub.app import create_app  # the other commands start without the web framework

    if (tls_cert is None) != (tls_key is None):
        _fail("--tls-cert and --tls-key belong together")
    if tls_cert is not None:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(tls_cert, tls_key)
        except OSError as error:
            _fail(f"{tls_cert} and {tls_key} are no certificate and its key in PEM, or may not be read ({error})")
    with _told():
        settings = Settings.from_environment()
        try:
            settings.state.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            _fail(f"the folder {settings.state} can't be made ({error.strerror}); PROVINCE_HUB_STATE names another")
        _free(host, port)
        bring_up_to_date(settings.database)
        uvicorn.run(create_app(settings), host=host, port=port, ssl_certfile=tls_cert, ssl_keyfile=tls_key)


@app.command()
def verify() -> None:
    """Replay the log against the layers, and check the audit's chains."""
    with _connected() as conn:
        conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        problems = proof.verify(conn)
    _report(problems, "The log, the layers and the audit agree.")


@app.command("doctor")
def examine() -> None:
    """Check how the database is set up."""
    with _connected() as conn:
        problems = doctor.examine(conn)
    _report(problems, "The database is set up as it should be.")
