"""Measures without QGIS: status and first pull."""

from __future__ import annotations

import subprocess
from contextlib import closing
from pathlib import Path

from benchmarks.rig import ACCOUNT, COMMUNE, LOTS, SCHEMA, Hub, best_of, edit_ten, timed
from commune_planning_plugin.store import WorkingCopy
from commune_planning_plugin.sync import engine


def pulled(hub: Hub, path: Path) -> Path:
    """A first pull, the hub's snapshot being built on the way if need be."""
    with closing(engine.first_pull(hub.client(), path, COMMUNE, ACCOUNT)):
        return path


def status_s(path: Path) -> float:
    """Seconds that finding ten edits takes."""
    with closing(WorkingCopy.open(path, wait=5.0)) as copy:
        edit_ten(copy)
        assert len(copy.status()) == 10
        return best_of(9, copy.status)


def first_pull_s(hub: Hub, folder: Path) -> float:
    """Seconds of a first pull, ready to edit, of a snapshot that the hub has built already."""
    client = hub.client()
    client.catalogue()
    attempts = iter(range(9))

    def pull() -> None:
        engine.first_pull(client, folder / f"first_{next(attempts)}.gpkg", COMMUNE, ACCOUNT).close()

    pull()
    return best_of(2, pull)


def ogr2ogr(hub: Hub, folder: Path) -> tuple[float, int]:
    """Seconds that ogr2ogr takes for the same rows, straight from PostGIS into an indexed GeoPackage, and its bytes."""
    attempts = iter(range(9))

    def export() -> None:
        target = str(folder / f"ogr_{next(attempts)}.gpkg")
        query = f'SELECT * FROM "{SCHEMA}"."{LOTS}"'
        command = ["ogr2ogr", "-f", "GPKG", target, f"PG:{hub.conninfo}", "-sql", query, "-nln", "lots"]
        subprocess.run(command, check=True, capture_output=True)

    return min(timed(export) for _ in range(2)), (folder / "ogr_0.gpkg").stat().st_size
