"""Writing GeoPackages (OGC 12-128r18) with SQLite alone: plain feature tables, without R-tree and triggers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_APPLICATION_ID = 0x47504B47
_VERSION = 10300
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE,
    max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
"""  # noqa: E501  # the definition is one value


def quoted(name: str) -> str:
    """The one way in which a name gets into SQLite's SQL."""
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True)
class SpatialReference:
    """``definition`` is well-known text."""

    srid: int
    authority: str
    name: str
    definition: str


@dataclass(frozen=True)
class FeatureTable:
    """``columns`` are SQL column definitions after ``fid`` and ``geom``."""

    name: str
    geometry_type: str
    columns: tuple[tuple[str, str], ...]


class GeoPackageWriter:
    """Writes a new file at ``path`` in one go; the file is whole after `finish`. Not for a file in use."""

    def __init__(self, path: Path, reference: SpatialReference, last_change: str) -> None:
        self._srid = reference.srid
        self._last_change = last_change
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in (f"application_id={_APPLICATION_ID}", f"user_version={_VERSION}", "journal_mode=OFF", "synchronous=OFF"):
            self._connection.execute("PRAGMA " + pragma)
        self._connection.executescript("BEGIN;" + _SCHEMA)
        self._connection.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)",
            (reference.name, reference.srid, reference.authority, reference.srid, reference.definition),
        )

    def create(self, table: FeatureTable) -> None:
        columns = "".join(f", {quoted(name)} {kind}" for name, kind in table.columns)
        self._connection.execute(
            f"CREATE TABLE {quoted(table.name)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
            f"geom {table.geometry_type}{columns})"
        )
        self._connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) VALUES (?, 'features', ?, ?, ?)",
            (table.name, table.name, self._last_change, self._srid),
        )
        self._connection.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
            (table.name, table.geometry_type, self._srid),
        )

    def insert(self, table: FeatureTable, rows: Iterable[Sequence[Any]]) -> int:
        """Add rows of (geometry blob, columns …); how many."""
        marks = ", ".join("?" * (len(table.columns) + 1))
        names = ", ".join(quoted(name) for name, _ in table.columns)
        cursor = self._connection.executemany(f"INSERT INTO {quoted(table.name)} (geom, {names}) VALUES ({marks})", rows)
        return max(cursor.rowcount, 0)

    def finish(self) -> None:
        """Everything is in the file."""
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()
