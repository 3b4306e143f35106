"""``province_hub authority`` and ``province_hub delegations``: who approves what, and who signs for whom."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path
from typing import Annotated, Optional

import typer

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.workflow import Step
from province_hub import authority as matrix
from province_hub import delegations as signatures
from province_hub.console import connected, fail, table, told
from province_hub.registry import authority_rows
from province_hub.registry.tables import day

authority = typer.Typer(no_args_is_help=True, help="The matrix of authority: who appraises and approves what.")
delegations = typer.Typer(no_args_is_help=True, help="Heads' signatures that are in other hands for a while.")

_FILE = typer.Argument(help="CSV in UTF-8, as `authority export` writes it.")


@authority.command("list")
def list_rows() -> None:
    """Show the matrix; those rows that are in force today have a star."""
    with connected() as conn:
        rows, day_there = matrix.matrix(conn), matrix.today(conn)
    head = ("", "KIND", "LEVEL", "TERRITORY", "APPRAISES", "APPROVES", "FROM", "TO", "DOCUMENT", "NOTE")
    names = ("plan_kind", "plan_level", "territory", "appraises", "approves", "valid_from", "valid_to", "document", "note")
    shown = [(row, authority_rows.cells(row)) for row in rows]
    table(head, [("*" if row.holds(day_there) else "", *(cells[name] or "-" for name in names)) for row, cells in shown])


@authority.command("export")
def export_rows() -> None:
    """Write the matrix to standard output, as CSV to be edited and imported again."""
    with connected() as conn:
        rows = matrix.matrix(conn)
    typer.echo(authority_rows.written(rows), nl=False)


@authority.command("import")
def import_rows(
    file: Annotated[Path, _FILE],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say whether it could be taken over.")] = False,
) -> None:
    """Take this matrix instead of the one that is there: all of the file, or nothing. It counts from the next step on."""
    with told():
        lines = authority_rows.read_csv(file)
    with connected() as conn:
        rows = authority_rows.parse(lines, matrix.known(conn))
        if not dry_run:
            matrix.replace_matrix(conn, rows, conn.info.user)
        remarks = matrix.examine(rows, matrix.today(conn))
    for remark in remarks:
        typer.echo(f"look: {remark}")
    typer.echo("Nothing is changed: this was a dry run." if dry_run else f"The matrix has {len(rows)} rows now.")


@authority.command("check")
def check_rows() -> None:
    """Look for rows that contradict each other, name what isn't there, or have ended."""
    with connected() as conn:
        rows = matrix.matrix(conn)
        lines = [(f"row {number}", authority_rows.cells(row)) for number, row in enumerate(rows, 1)]
        authority_rows.parse(lines, matrix.known(conn))
        day_there = matrix.today(conn)
    for remark in matrix.examine(rows, day_there):
        typer.echo(f"look: {remark}")
    typer.echo(f"The matrix holds: {len(rows)} rows, {sum(row.holds(day_there) for row in rows)} in force today.")


@delegations.command("list")
def list_delegations(commune: Annotated[Optional[str], typer.Option(help="Of one commune alone.")] = None) -> None:
    """Show delegations, those that have ended too."""
    with connected() as conn:
        found = signatures.listed(conn, commune)
    head = ("ID", "COMMUNE", "FROM WHOM", "TO WHOM", "ACTS", "FROM", "TO", "DOCUMENT", "STATE")
    names = ("id", "commune", "giver", "receiver", "acts", "valid_from", "valid_to", "document", "state")
    table(head, [tuple(" ".join(v) if isinstance(v := row[name], list) else str(v) for name in names) for row in found])


@delegations.command("add")
def add_delegation(
    giver: Annotated[str, typer.Option("--from", help="The head's account.")],
    receiver: Annotated[str, typer.Option("--to", help="The account that signs for the head.")],
    commune: Annotated[str, typer.Option(help="Code.")],
    document: Annotated[str, typer.Option(help="Number of the delegating document.")],
    valid_from: Annotated[str, typer.Option(help="2026-01-31")],
    valid_to: Annotated[str, typer.Option(help="Its last day.")],
    act: Annotated[
        Optional[list[str]], typer.Option(help="sign_off, return or consent; can be repeated. All, where none is named.")
    ] = None,
) -> None:
    """Put a head's signature into other hands. It counts from the receiver's next request on."""
    with connected() as conn:
        asked = signatures.Asked(commune, receiver, _acts(act), _day(valid_from), _day(valid_to), document)
        made = signatures.make(conn, str(uuid.uuid4()), giver, conn.info.user, asked)
    typer.echo(f"{receiver} signs for {giver} from {made['valid_from']} to {made['valid_to']}: delegation {made['id']}.")


@delegations.command("revoke")
def revoke_delegation(delegation: Annotated[uuid.UUID, typer.Argument(help="As `list` names it.")]) -> None:
    """End a delegation at once."""
    with connected() as conn:
        if signatures.revoke(conn, str(delegation), conn.info.user) is None:
            fail(f"there is no delegation {delegation}: see `delegations list`")
    typer.echo("The delegation is ended.")


def _acts(given: Optional[list[str]]) -> frozenset[Step]:
    try:
        return frozenset(map(Step, given)) if given else signatures.ACTS
    except ValueError as error:
        raise InvalidData("delegation.acts", acts=", ".join(given or ())) from error


def _day(text: str) -> date:
    try:
        return day(text)
    except ValueError as error:
        raise InvalidData("delegation.date", value=text) from error
