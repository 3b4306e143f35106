"""``province_hub clocks``: legal clocks, days off, and what follows from them for proposals."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from province_hub.clocks import clocks as known
from province_hub.clocks import settle_all
from province_hub.console import connected, table

clocks = typer.Typer(no_args_is_help=True, help="Legal clocks, and the province's days off.")

_DAY = typer.Argument(formats=["%Y-%m-%d"])


@clocks.command("list")
def list_clocks() -> None:
    """Show the rules; they stand in the table hub.legal_clock and may be edited there, then `apply`."""
    with connected() as conn:
        rows = sorted(known(conn), key=lambda clock: (clock.purpose, clock.rule))
    head = ("RULE", "PURPOSE", "LEVELS", "LASTS", "FROM", "TO", "BASIS")
    table(head, [(c.rule, c.purpose, " ".join(sorted(c.plan_levels)) or "all", f"{c.duration} {c.unit.value}",
                  str(c.valid_from or "-"), str(c.valid_to or "-"), c.basis) for c in rows])  # fmt: skip


@clocks.command("day")
def set_day(
    day: Annotated[datetime, _DAY],
    working: Annotated[bool, typer.Option("--working/--off", help="Whether people work on it.")],
    note: Annotated[str, typer.Option(help="The decree that says so.")] = "",
) -> None:
    """Say of one day that it is worked (a Saturday instead of another day) or off, whatever the Labour Code's holidays are."""
    with connected() as conn:
        conn.execute(
            "INSERT INTO hub.holiday (day, working, note) VALUES (%s, %s, %s)"
            " ON CONFLICT (day) DO UPDATE SET working = excluded.working, note = excluded.note",
            (day.date(), working, note),
        )
        looked_at = settle_all(conn)
    typer.echo(f"{day:%Y-%m-%d} is {'worked' if working else 'off'}; {looked_at} proposals are due accordingly.")


@clocks.command("year")
def set_year(
    year: Annotated[int, typer.Argument(min=2000, max=2200)],
    document: Annotated[str, typer.Option(help="The announcement: number and date.")],
) -> None:
    """Say that a year's official days off and swapped days are in, with `day` where the library has them otherwise. Until then what
    is due in it is provisional."""
    with connected() as conn:
        conn.execute(
            "INSERT INTO hub.calendar_year (year, document) VALUES (%s, %s)"
            " ON CONFLICT (year) DO UPDATE SET document = excluded.document",
            (year, document),
        )
        looked_at = settle_all(conn)
    typer.echo(f"The days off of {year} are official; {looked_at} proposals are due accordingly.")


@clocks.command("apply")
def apply_clocks() -> None:
    """Compute anew until when proposals are due, after the rules were edited."""
    with connected() as conn:
        looked_at = settle_all(conn)
    typer.echo(f"{looked_at} proposals are due by the rules as they are now.")
