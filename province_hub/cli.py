"""The administrator's command line: ``python -m province_hub``."""

from __future__ import annotations

import socket
import ssl
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Optional

import psycopg
import typer
import uvicorn
from psycopg.rows import dict_row

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.schema import Field, FieldType
from province_hub import application_role, doctor, signing, standard
from province_hub import tidy as housekeeping
from province_hub import verify as proof
from province_hub.cli_audit import audit
from province_hub.cli_authority import authority, delegations
from province_hub.cli_clocks import clocks
from province_hub.cli_organisations import organisations
from province_hub.cli_registry import communes, plans
from province_hub.cli_users import users
from province_hub.console import connected, fail, report, told, where
from province_hub.database import Database
from province_hub.initialise import bring_up_to_date, initialise
from province_hub.layer_fields import add_field, change_field, parsed
from province_hub.layer_tables import create_layer, layers
from province_hub.sentences import sentence
from province_hub.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The province's planning hub.")
app.add_typer(communes, name="communes")
app.add_typer(plans, name="plans")
app.add_typer(users, name="users")
app.add_typer(authority, name="authority")
app.add_typer(delegations, name="delegations")
app.add_typer(organisations, name="organisations")
app.add_typer(audit, name="audit")
app.add_typer(clocks, name="clocks")

STOPS_WITHIN_S = 10
"""How long calls under way may still take when the hub is stopped; who waits for news is let go."""


@app.command()
def init(
    province: Annotated[Optional[str], typer.Option(help="National two-digit code; 56 (Khánh Hòa) for a new hub.")] = None,
    name: Annotated[Optional[str], typer.Option(help="The province's name as people see it.")] = None,
    epsg: Annotated[
        Optional[int], typer.Option(help="A VN-2000 system, where it isn't the one laid down for the province.")
    ] = None,
) -> None:
    """Create or bring up to date the hub's tables, settings, first layers and code lists. Can be repeated."""
    with told():
        settings = Settings.from_environment()
        made = initialise(settings.owner, province, name, epsg, settings.database)
        with connected() as conn:
            signing.ready(conn, settings.state)
    typer.echo(f"The hub of {made.name} ({made.code}) is ready, in EPSG:{made.epsg}.")


@app.command("load-sample")
def load_sample(size: Annotated[int, typer.Option(min=1, help="About how many features.")] = 10_000) -> None:
    """Fill the hub with the sample province: real commune boundaries, generated plans, demo accounts."""
    from province_hub.sample import load  # only this command needs the generator

    with told():
        settings = Settings.from_environment()
        with psycopg.connect(settings.owner):
            pass  # says at once what a pool would try again for half a minute
        database = Database(settings.owner, size=2)
        try:
            summary = load(database, size, lambda step: typer.echo(step, err=True))
        finally:
            database.close()
    typer.echo("The sample province is loaded." if summary.loaded else "The hub has communes already: nothing is loaded.")


@app.command("add-layer")
def add_layer(layer_id: Annotated[str, typer.Argument(help="For example QuyHoach.CayXanh_P.")]) -> None:
    """Add a class of the national standard. One that exists is left as it is."""
    with connected() as conn:
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
    with connected() as conn:
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
    with connected() as conn:
        change_field(conn, layer_id, name, **{each: value for each, value in given.items() if value is not None})
    typer.echo(f"{name} of {layer_id} is changed.")


def _free(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        fail(f"{host}:{port} can't be served ({error.strerror}); choose others with --host and --port")


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
        fail("--tls-cert and --tls-key belong together")
    if tls_cert is not None:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(tls_cert, tls_key)
        except OSError as error:
            fail(f"{tls_cert} and {tls_key} are no certificate and its key in PEM, or may not be read ({error})")
    with told():
        settings = Settings.from_environment()
        try:
            settings.state.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            fail(f"the folder {settings.state} can't be made ({error.strerror}); PROVINCE_HUB_STATE names another")
        _free(host, port)
        bring_up_to_date(settings.owner)
        uvicorn.run(
            create_app(settings),
            host=host,
            port=port,
            ssl_certfile=tls_cert,
            ssl_keyfile=tls_key,
            timeout_graceful_shutdown=STOPS_WITHIN_S,
        )


@app.command()
def verify() -> None:
    """Replay the log against the layers, and check the audit's chains."""
    with connected() as conn:
        conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        problems, place = proof.verify(conn), where(conn)
    report(problems, f"The log, the layers and the audit agree. {place}")


@app.command()
def tidy(days: Annotated[int, typer.Option(min=1, help="What is younger stays.")] = housekeeping.DAYS_KEPT) -> None:
    """Remove old sign-in attempts, ended sessions and files that no proposal names. `serve` does it by itself."""
    with connected() as conn:
        removed = housekeeping.tidy(conn, days)
    typer.echo(f"Removed: {removed.attempts} sign-in attempts, {removed.tokens} sessions, {removed.files} files.")


@app.command("doctor")
def examine() -> None:
    """Check how the database is set up, and what the role that the hub serves under may do."""
    with connected() as conn:
        problems, place = doctor.examine(conn), where(conn)
        with psycopg.connect(Settings.from_environment().database, row_factory=dict_row) as serving:
            problems += application_role.examine(serving)
        if signing.missing(conn, Settings.from_environment().state):
            problems.append(sentence(PlanningError("key.lost", path=str(Settings.from_environment().state / signing.FILE))))
    report(problems, f"The database is set up as it should be. {place}")
