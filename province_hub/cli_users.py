"""``province_hub users``: accounts and their roles."""

from __future__ import annotations

import uuid
from typing import Annotated, Optional

import typer

from province_hub import accounts
from province_hub.console import ask_password, connected, fail, table

users = typer.Typer(no_args_is_help=True, help="Accounts and their roles.")

Roles = Annotated[Optional[list[str]], typer.Option("--role", help="technician:22504, reviewer …; can be repeated.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


@users.command("list")
def list_users() -> None:
    """Show all accounts with their roles."""
    with connected() as conn:
        found = accounts.listed(conn)
    rows = [
        (item["name"], item["full_name"], " ".join(item["roles"]) or "none", "cleared" if item["cleared"] else "", item["state"])
        for item in found
    ]
    table(("NAME", "FULL NAME", "ROLES", "", ""), rows)


@users.command("add")
def add_user(
    name: str,
    full_name: Annotated[str, typer.Option(help="As it is shown to others.")],
    role: Roles = None,
    cleared: Annotated[bool, typer.Option(help="May see restricted features.")] = False,
    password_stdin: FromStdin = False,
) -> None:
    """Add an account; the password is asked for when all else is right."""
    roles = role or []
    with connected() as conn:
        accounts.check_new(conn, name, roles)
    password = ask_password(password_stdin)
    with connected() as conn:
        accounts.add(conn, name, full_name, password, accounts.parse_roles(roles), cleared)
    typer.echo(f"{name} is added.")


@users.command("roles")
def change_roles(name: str, role: Roles = None) -> None:
    """Give an account these roles instead of those it has. They count from its next request on."""
    with connected() as conn:
        accounts.set_roles(conn, name, accounts.parse_roles(role or []))
    typer.echo(f"{name} has the roles {' '.join(role or [])}.")


@users.command("disable")
def disable_user(name: str) -> None:
    """Shut an account and revoke its tokens at once."""
    with connected() as conn:
        accounts.disable(conn, name)
    typer.echo(f"{name} is disabled.")


@users.command("reset")
def reset_user(name: str, password_stdin: FromStdin = False) -> None:
    """Give an account a new password, open it again and revoke its tokens."""
    with connected() as conn:
        accounts.check_known(conn, name)
    password = ask_password(password_stdin)
    with connected() as conn:
        accounts.reset(conn, name, password)
    typer.echo(f"{name} has a new password.")


@users.command("devices")
def list_devices(name: str) -> None:
    """Show where an account is signed in: session, device, when it was used last."""
    with connected() as conn:
        accounts.check_known(conn, name)
        found = accounts.sessions(conn, name)
    table(("SESSION", "LAST USED", "DEVICE"), [(each["id"], each["last_used_at"], each["device"] or "-") for each in found])


@users.command("revoke")
def revoke_session(session: Annotated[uuid.UUID, typer.Argument(help="As `devices` names it.")]) -> None:
    """End one session at once, for a lost device. Its working copy stays readable there; nothing more passes."""
    with connected() as conn:
        ended = accounts.revoke(conn, str(session))
    if not ended:
        fail(f"there is no open session {session}: see `users devices`")
    typer.echo("The session is ended.")
