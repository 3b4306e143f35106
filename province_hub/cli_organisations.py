"""``province_hub organisations``: the agencies whose opinion is asked for, and the accounts that speak for them."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from province_hub import accounts
from province_hub import organisations as registry
from province_hub.console import connected, table

organisations = typer.Typer(no_args_is_help=True, help="Agencies whose opinion is asked for.")


@organisations.command("list")
def list_organisations() -> None:
    """Show all organisations with the accounts that speak for them."""
    with connected() as conn:
        found = registry.listed(conn)
    rows = [(each["code"], each["name"], " ".join(each["accounts"]) or "-", "closed" if each["closed"] else "") for each in found]
    table(("CODE", "NAME", "ACCOUNTS", ""), rows)


@organisations.command("add")
def add_organisation(code: str, name: Annotated[str, typer.Option(help="As it is shown to others.")]) -> None:
    """Add an organisation, or give one that there is another name and open it again."""
    with connected() as conn:
        registry.add(conn, code, name)
    typer.echo(f"{code} is an organisation that can be asked.")


@organisations.command("close")
def close_organisation(code: str) -> None:
    """It isn't asked any more. What it was asked and said stays."""
    with connected() as conn:
        registry.close(conn, code)
    typer.echo(f"{code} is not asked any more.")


@organisations.command("join")
def join_organisation(
    account: str, code: Annotated[Optional[str], typer.Argument(help="Left out: the account speaks for none.")] = None
) -> None:
    """Let an account, which has the role agency, speak for an organisation. It counts from its next request on."""
    with connected() as conn:
        accounts.join(conn, account, registry.id_of(conn, code) if code else None)
    typer.echo(f"{account} speaks for {code}." if code else f"{account} speaks for no organisation.")
