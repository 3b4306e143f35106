"""``province_hub communes`` and ``province_hub plans``: what a real province starts from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Optional

import typer

from province_hub.console import connected, table

communes = typer.Typer(no_args_is_help=True, help="Communes and their boundaries.")
plans = typer.Typer(no_args_is_help=True, help="The registry of plans.")

Layer = Annotated[Optional[str], typer.Option(help="Which of the file's layers, if it has several.")]
Crs = Annotated[Optional[str], typer.Option(help="The file's coordinate system, where it says none or a wrong one: EPSG:9217.")]
Encoding = Annotated[Optional[str], typer.Option(help="Of texts in a Shapefile that doesn't say it: UTF-8, CP1258 …")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]


@communes.command("import")
def import_communes(
    file: Annotated[Path, typer.Argument(help="GeoPackage, Shapefile, GeoJSON: one polygon feature for each commune.")],
    layer: Layer = None,
    code_field: Annotated[str, typer.Option(help="Field with the national five-digit code.")] = "code",
    name_field: Annotated[str, typer.Option(help="Field with the name.")] = "name",
    kind_field: Annotated[Optional[str], typer.Option(help="Field with xã, phường or đặc khu; else the name begins so.")] = None,
    crs: Crs = None,
    encoding: Encoding = None,
    dry_run: DryRun = False,
) -> None:
    """Add communes and bring names and boundaries up to date: all of the file, or nothing. Can be repeated."""
    from province_hub.registry.communes import Fields, import_communes  # only these commands need GDAL and PROJ
    from province_hub.registry.vector_files import Source

    with connected() as conn:
        outcome = import_communes(conn, Source(file, layer, crs, encoding), Fields(code_field, name_field, kind_field))
        if dry_run:
            conn.rollback()
    _tell("added", outcome.added)
    _tell("boundary changed", outcome.moved)
    _tell("renamed", outcome.renamed)
    _tell("unchanged", outcome.unchanged)
    _tell("kept, though not in the file", outcome.kept, named=True)
    _tell("desks that need a fresh working copy", outcome.reloading, named=True)
    for one, other, hectares in outcome.overlaps:
        typer.echo(f"look at the border of {one} and {other}: {hectares} ha belong to both")
    _close(dry_run)


@communes.command("list")
def list_communes() -> None:
    """Show all communes."""
    with connected() as conn:
        rows = conn.execute(
            "SELECT code, kind, name, round(ST_Area(geom)::numeric / 1e6, 1)::text AS km2 FROM hub.commune ORDER BY code"
        ).fetchall()
    table(("CODE", "KIND", "NAME", "KM²"), [(row["code"], row["kind"], row["name"], row["km2"]) for row in rows])


@plans.command("import")
def import_plans(
    file: Annotated[Path, typer.Argument(help="CSV in UTF-8; columns as `plans add --help` shows them, lists with blanks.")],
    boundaries: Annotated[Optional[Path], typer.Option(help="Vector file with the plans' outlines.")] = None,
    layer: Layer = None,
    code_field: Annotated[str, typer.Option(help="Field with the plan's code in the file of boundaries.")] = "code",
    crs: Crs = None,
    dry_run: DryRun = False,
) -> None:
    """Add plans and bring them up to date: all of the file, or nothing. Columns that aren't there stay as they are."""
    from province_hub.console import told
    from province_hub.registry.plan_rows import read_csv

    with told():
        rows = read_csv(file)
    _register(rows, boundaries, layer, code_field, crs, dry_run)


@plans.command("add")
def add_plan(
    code: Annotated[str, typer.Argument(help="maHoSoQH, for example 56QHC0010001.")],
    name: Annotated[str, typer.Option()],
    level: Annotated[str, typer.Option(help="1 general, 2 zoning, 3 detailed, 4 simplified layout, 0 a higher plan.")],
    kind: Annotated[
        str, typer.Option(help="1 urban, 2 rural, 3 functional zone, 4 underground, 5 infrastructure, 0 a higher plan.")
    ],
    status: Annotated[str, typer.Option(help="approved, preparing or ended.")] = "approved",
    decision: Annotated[Optional[str], typer.Option(help="Number of the decision.")] = None,
    decision_date: Annotated[Optional[str], typer.Option(help="2025-11-10")] = None,
    parent: Annotated[Optional[str], typer.Option(help="Code of the plan above it.")] = None,
    communes: Annotated[Optional[str], typer.Option(help="Codes of the communes it lies in: '22504 22516'.")] = None,
    stated_area_ha: Annotated[Optional[str], typer.Option(help="Hectares, as the decision states them.")] = None,
    valid_from: Annotated[Optional[str], typer.Option(help="2025-11-10")] = None,
    valid_to: Annotated[Optional[str], typer.Option()] = None,
    boundary: Annotated[Optional[Path], typer.Option(help="Vector file with its outline.")] = None,
    layer: Layer = None,
    code_field: Annotated[str, typer.Option(help="Field with the plan's code in the file of the outline.")] = "code",
    crs: Crs = None,
) -> None:
    """Add a plan, or change the one with this code."""
    given = {
        "code": code,
        "name": name,
        "level": level,
        "kind": kind,
        "status": status,
        "decision": decision,
        "decision_date": decision_date,
        "parent": parent,
        "communes": communes,
        "stated_area_ha": stated_area_ha,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    cells = {column: cell for column, cell in given.items() if cell is not None}
    _register([("", cells)], boundary, layer, code_field, crs, dry_run=False)


@plans.command("list")
def list_plans() -> None:
    """Show all plans."""
    from province_hub.registry.plans import listed

    with connected() as conn:
        found = listed(conn)
    head = ("CODE", "LEVEL", "KIND", "STATUS", "PARENT", "OUTLINE", "COMMUNES", "NAME")
    columns = ("code", "level", "kind", "status", "parent")
    table(
        head,
        [
            (*(row[name] for name in columns), "yes" if row["drawn"] else "", " ".join(row["communes"]), row["name"])
            for row in found
        ],
    )


def _register(
    rows: Sequence[tuple[str, dict[str, str]]],
    boundaries: Optional[Path],
    layer: Optional[str],
    code_field: str,
    crs: Optional[str],
    dry_run: bool,
) -> None:
    from province_hub.registry.plans import Boundaries, register
    from province_hub.registry.vector_files import Source

    outlines = Boundaries(Source(boundaries, layer, crs), code_field) if boundaries else None
    with connected() as conn:
        outcome = register(conn, rows, outlines)
        if dry_run:
            conn.rollback()
    _tell("added", outcome.added)
    _tell("changed", outcome.changed)
    _tell("outline taken over", outcome.outlined)
    _tell("desks that need a fresh working copy", outcome.reloading, named=True)
    _close(dry_run)


def _tell(what: str, codes: Sequence[str], named: bool = False) -> None:
    if codes:
        typer.echo(f"{what}: {len(codes)}" + (f" ({' '.join(codes)})" if named or len(codes) <= 10 else ""))


def _close(dry_run: bool) -> None:
    typer.echo("Nothing is changed: this was a dry run." if dry_run else "Done.")
