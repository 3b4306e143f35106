"""``province_hub audit``: the proof that it is whole, its keys, and exports for those who inspect it."""

from __future__ import annotations

import uuid
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated, Optional

import typer

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.text import readable
from province_hub import audit as record
from province_hub import audit_check, audit_proof, heads, key_chain, signing, witnesses
from province_hub.console import connected, fail, report, told
from province_hub.database import HubConnection
from province_hub.settings import Settings

audit = typer.Typer(no_args_is_help=True, help="The audit: who did what, proven.")


@audit.command()
def verify(
    witness: Annotated[
        Optional[list[Path]], typer.Option(help="Heads that a working copy kept, or an export; can be repeated.")
    ] = None,
) -> None:
    """Find every entry that was altered, removed or put in, a cut tail, and an audit that was written anew."""
    with connected() as conn:
        conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        key = signing.load(Settings.from_environment().state)
        heard = [one for path in witness or () for one in witnesses.read(path)]
        problems = audit_proof.verify(conn, heard, [key.public] if key else [])
        for loss in key_chain.losses(conn):
            told_of = f"key {loss.former} was given up as lost on {loss.at}, and {loss.key} took its place without its endorsement"
            typer.echo(f"Note: {told_of}: {loss.reason}")
    report(problems, "The audit is whole.")


keys = typer.Typer(help="The key that heads and exports are signed with.")
audit.add_typer(keys, name="key")


@keys.callback(invoke_without_command=True)
def show_key(context: typer.Context) -> None:
    """Print the public key that heads and exports are signed with."""
    if context.invoked_subcommand is None:
        with connected() as conn:
            key = _key(signing.ready(conn, Settings.from_environment().state))
        _print(key)


@keys.command()
def renew() -> None:
    """Make another key, endorsed by the present one: desks follow without a word."""
    state = Settings.from_environment().state
    with connected() as conn:
        key = key_chain.renew(conn, state, _who(conn))
    signing.take_up(state)
    _print(key)
    typer.echo("Restart the hub, so that it signs with it. The former key lies beside it: delete it.", err=True)


@keys.command()
def lost(
    reason: Annotated[str, typer.Option(help="What happened: it is in the audit, and every desk shows it.")],
) -> None:
    """Make another key where the present one is lost or known to others. Nothing proves that it is the hub's: every desk raises an
    alarm, once, and whoever verifies the audit is told."""
    state = Settings.from_environment().state
    with connected() as conn:
        if not readable(reason).strip():
            raise InvalidData("text.blank", field="reason")
        key = key_chain.replace_lost(conn, state, _who(conn), readable(reason).strip())
    signing.take_up(state)
    _print(key)
    typer.echo("Restart the hub, and tell the communes the new key by another way: each desk will ask for it.", err=True)


def _print(key: signing.SigningKey) -> None:
    typer.echo(key.public)
    typer.echo(key.public_pem, nl=False)


def _who(conn: HubConnection) -> str:
    return str((conn.execute("SELECT session_user AS name").fetchone() or {})["name"])


@audit.command()
def restored(note: Annotated[str, typer.Argument(help="Which backup, and why.")]) -> None:
    """Say that the database comes from a backup: desks that kept a later head are told so instead of being alarmed."""
    with connected() as conn:
        record.append(conn, heads.hub_id(conn), _who(conn), heads.RESTORED, {"note": readable(note)})
    typer.echo("The restore is in the audit.")


@audit.command()
def export(
    file: Path,
    proposal: Annotated[Optional[uuid.UUID], typer.Option(help="Its id: that one alone.")] = None,
    since: Annotated[Optional[datetime], typer.Option("--from", formats=["%Y-%m-%d"], help="First day (UTC).")] = None,
    until: Annotated[Optional[datetime], typer.Option("--to", formats=["%Y-%m-%d"], help="The day after the last (UTC).")] = None,
    account: Annotated[Optional[str], typer.Option(help="Show only what this account may see; the rest stays hashed.")] = None,
) -> None:
    """Write entries into one signed file that can be checked without the hub (docs/audit.md)."""
    from province_hub import audit_export, identity  # the other commands start without the web framework

    one = str(proposal) if proposal else None
    with connected() as conn:
        key = _key(signing.ready(conn, Settings.from_environment().state))
        principal = identity.of_name(conn, account) if account else None
        lines = list(audit_export.export(conn, key, audit_export.Selection(one, _utc(since), _utc(until)), principal))
    try:
        file.write_bytes(b"".join(lines))
    except OSError as error:
        fail(f"{file} can't be written ({error.strerror})")
    typer.echo(f"{audit_check.shown(b''.join(lines))} entries are in {file}.")


@audit.command()
def check(
    file: Path, key: Annotated[Optional[str], typer.Option(help="The hub's public key, as `audit key` printed it there.")] = None
) -> None:
    """Check an export with the file alone, on any computer."""
    with told():
        try:
            content = file.read_bytes()
        except OSError as error:
            fail(f"{file} can't be read ({error.strerror})")
        problems = audit_check.check(content)
        signer = audit_check.signer(content)
        followed = audit_check.followed(content, key.strip().lower() if key is not None else signer)
    if followed is None:
        problems.append(f"it is signed with another key: {signer}")
    for change in followed or ():
        how = f"after a loss: {change.reason}" if change.is_loss else "endorsed by it"
        typer.echo(f"Note: key {change.key} took the place of {change.former} on {change.at}, {how}")
    report(problems, f"The export is as the hub wrote it. It is signed with {signer}: compare it with the hub's key.")


def _key(key: Optional[signing.SigningKey]) -> signing.SigningKey:
    if key is None:
        raise InvalidData("key.lost", path=str(Settings.from_environment().state / signing.FILE))
    return key


def _utc(day: Optional[datetime]) -> Optional[datetime]:
    return day.replace(tzinfo=timezone.utc) if day else None
