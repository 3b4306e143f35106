"""Whether edits are still being recorded: other programs can make a table anew, and the record is then lost without a word."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import GEOMETRY, Layer
from commune_planning_plugin.store import spatial_index, tracking
from commune_planning_plugin.store.model import Damage
from commune_planning_plugin.store.sql import columns_of, has_table


def damage(connection: sqlite3.Connection, layers: Mapping[str, Layer]) -> list[Damage]:
    """What is wrong, the worst of each layer; nothing on a healthy file. Takes a few milliseconds."""
    if connection.execute(f"SELECT 1 FROM {tracking.SWITCH}").fetchone() is not None:
        return [Damage("", "tracking.off")]
    generations = dict(connection.execute("SELECT layer, generation FROM planning_layer"))
    triggers = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    found = (next(_wrong(connection, layer, generations.get(layer.id, ""), triggers), None) for layer in layers.values())
    return [item for item in found if item is not None]


def refuse(found: Sequence[Damage]) -> None:
    """Raises ``WorkingCopyError('tracking.lost')`` where there is damage."""
    if found:
        raise WorkingCopyError("tracking.lost", layers=[each.layer for each in found], damage=list(found))


def _wrong(connection: sqlite3.Connection, layer: Layer, generation: str, triggers: Mapping[str, str]) -> Iterator[Damage]:
    if not has_table(connection, layer.table):
        yield Damage(layer.id, "layer.missing")
        return
    wanted = tracking.triggers(layer, generation)
    lost = sorted(name for name, sql in wanted.items() if triggers.get(name) != sql)
    present = columns_of(connection, layer.table)
    names, expected = {name for name, _, _ in present}, {"fid", *tracking.columns(layer)}
    columns = {"missing": sorted(expected - names), "unexpected": sorted(names - expected)}
    if lost:
        yield Damage(layer.id, "tracking.lost", {"triggers": lost, **columns})
    if names != expected:
        yield Damage(layer.id, "schema.changed", columns)
    kept = [(name, kind) for name, kind, _ in columns_of(connection, tracking.shadow(layer.table)) if name != "planning_inserted"]
    if sorted(kept) != sorted((name, kind) for name, kind, _ in present):
        yield Damage(layer.id, "tracking.lost", {"shadow": tracking.shadow(layer.table)})
    yield from _registration(connection, layer)
    rtree = spatial_index.rtree(layer.table)
    if not has_table(connection, rtree) or not {f"{rtree}_insert", f"{rtree}_delete"} <= triggers.keys():  # GDAL may write its own
        yield Damage(layer.id, "index.lost")


def _registration(connection: sqlite3.Connection, layer: Layer) -> Iterator[Damage]:
    query = """SELECT g.srs_id, l.srs_id FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name)
        JOIN planning_layer l USING (table_name) WHERE c.table_name = ? AND c.data_type = 'features' AND g.column_name = ?"""
    found = connection.execute(query, (layer.table, GEOMETRY)).fetchone()
    if found is None:
        yield Damage(layer.id, "registration.lost")
    elif found[0] != found[1]:
        yield Damage(layer.id, "registration.lost", {"srs": found[0], "expected": found[1]})
