"""What a version would do to the province as it is now: the merge of each change, the rules' findings, and the result's hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core import geometry, rules
from commune_planning_plugin.core.changes import Change, ChangeKind, Rows, diff_row
from commune_planning_plugin.core.merge import Conflict, divided, merge
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.rules import Changed, Finding, Severity, land_balance
from commune_planning_plugin.core.schema import GEOMETRY, LEGAL_TIME, Layer, Values
from commune_planning_plugin.core.wire import content_hash, encode_values
from province_hub.database import HubConnection
from province_hub.layer_tables import logged_row, read_rows, srid, table_name
from province_hub.plan_balance import judged_balances
from province_hub.plan_sums import PlanSums
from province_hub.rekey import rekeyed
from province_hub.removed import inserted, is_of, removed, with_its_codes
from province_hub.visibility import EXISTENCE_HIDDEN, PUBLIC, row_condition

CONTEXT_LIMIT = 2_000
CONTEXT_MARGINS = (100.0, 40.0, 15.0, 5.0, 1.0)
"""Metres around the changed features: as far as there is room for all that lies so near."""
JOINED_WITH = 50
"""So many boxes before are tried to be joined with."""

_TAKEN_IN = """
SELECT c.new, ST_AsBinary(c.new_geom, 'NDR') AS shape,
       EXISTS (SELECT FROM hub.change_log o WHERE o.layer = c.layer AND o.key = c.key AND o.id < c.id) AS again
FROM hub.change_log c WHERE c.layer = %s AND c.key = %s AND c.old IS NULL ORDER BY c.id DESC LIMIT 1
"""
_CHANGED_SINCE = """
SELECT c.old, ST_AsBinary(c.old_geom, 'NDR') AS shape FROM hub.change_log c JOIN hub.revision r USING (transaction)
WHERE c.layer = %s AND c.key = %s AND r.number > %s ORDER BY c.id LIMIT 1
"""
_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Item:
    """One change, with the province's row now and as it would be.

    ``taken_in``: its author made the feature, but by now the province has it otherwise, and what it has is written over.
    ``restores``: it brings back a feature that was removed, or that a proposal below it removes.
    """

    layer: Layer
    change: Change
    before: Optional[Values]
    after: Optional[Values]
    conflict: Optional[Conflict]
    taken_in: bool = False
    restores: bool = False

    @property
    def kind(self) -> ChangeKind:
        return self.change.kind

    @property
    def restricted(self) -> bool:
        return any(row is not None and _level(row) >= EXISTENCE_HIDDEN for row in (self.before, self.after, self.change.new))

    @property
    def guarded(self) -> bool:
        """Whether not everybody may see it whole."""
        return any(row is not None and _level(row) > PUBLIC for row in (self.before, self.after, self.change.new))

    def to_json(self) -> dict[str, Any]:
        clash = self.conflict
        return {
            "layer": self.layer.id,
            "key": self.change.key,
            "kind": self.kind.value,
            "before": encode_values(self.before),
            "after": encode_values(self.after),
            "conflict": {"kind": clash.kind.value, "attributes": list(clash.attributes)} if clash else None,
            **({"restores": True} if self.restores else {}),
        }


@dataclass(frozen=True)
class Judgement:
    """The result that a person decides on. ``hash`` names it."""

    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    rule_pack: str

    @property
    def conflicts(self) -> list[Item]:
        return [item for item in self.items if item.conflict is not None]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @property
    def hash(self) -> str:
        return content_hash(self.digest)

    @property
    def digest(self) -> dict[str, Any]:
        """What counts, in short: rows without allocated codes and times, conflicts, findings by rule, key and severity."""
        return {
            "rows": {f"{item.layer.id}/{item.change.key}": content_hash(_decided(item)) for item in self.items},
            "findings": sorted({_name(finding) for finding in self.findings}),
            "rule_pack": self.rule_pack,
        }


def _name(finding: Finding) -> str:
    """Rule, feature and severity; of a norm also which one."""
    norm = [finding.details["id"]] if finding.rule == land_balance.NORM else []
    return " ".join([finding.rule, f"{finding.layer}/{finding.key}", finding.severity.value, *norm])


def _level(row: Values) -> int:
    level = row.get("visibility")
    return level if isinstance(level, int) else 0


def _decided(item: Item) -> Any:
    free = {field.name for field in item.layer.fields if field.allocated} | set(LEGAL_TIME)
    row = None if item.after is None else {name: value for name, value in item.after.items() if name not in free}
    clash = item.conflict
    told = [encode_values(row), [clash.kind.value, *clash.attributes] if clash else None]
    return [*told, "taken_in"] if item.taken_in else told


Overlay = Mapping[tuple[str, str], Optional[Values]]
"""Rows by layer and key as undecided proposals would leave them."""


@dataclass(frozen=True)
class Beside:
    """What a linked version does to its own plan."""

    plan: str
    items: tuple[Item, ...]


def judge(
    conn: HubConnection,
    layers: Mapping[str, Layer],
    version: Version,
    new_keys: Mapping[str, str],
    cleared: bool,
    foundation: Optional[Overlay] = None,
    beside: Sequence[Beside] = (),
    sums: Optional[PlanSums] = None,
) -> Judgement:
    """``cleared`` is the author's: to an author who isn't, a hidden feature doesn't exist, whoever looks at the result.

    ``foundation`` are the rows that the version stands on, where they aren't the province's yet. The rules see what is ``beside``
    as well; the land-fund balance is judged of the version's own plan alone, with ``sums`` that are kept where the transaction
    only reads.
    """
    items = merged(conn, layers, version, new_keys, cleared, foundation)
    pack = setting(conn, "rule_pack")
    parts = [Beside(version.plan, items), *beside]
    around = _around(conn, layers, parts, foundation or {})
    together = [item for part in parts for item in part.items]
    plain = _changed(item for item in together if not item.restricted)
    balances = judged_balances(conn, layers, version.plan, plain, foundation or {}, sums)
    findings = rules.check(_changed(together), around, codes(conn), pack, balances)
    return Judgement(items, tuple(findings), str(pack.get("version", "")))


def merged(
    conn: HubConnection,
    layers: Mapping[str, Layer],
    version: Version,
    new_keys: Mapping[str, str],
    cleared: bool,
    foundation: Optional[Overlay] = None,
) -> tuple[Item, ...]:
    """Each of the version's changes with the row that it meets, and what comes of it. See `judge`."""
    changes = [asked(layers[change.layer], change) for change in rekeyed(version.changes, new_keys)]
    rows = {
        layer_id: read_rows(conn, layers[layer_id], _with_keys(cleared), ([c.key for c in changes if c.layer == layer_id],))
        for layer_id in sorted({change.layer for change in changes})
    }
    going: dict[tuple[str, str], Values] = {}
    for (layer_id, key), row in (foundation or {}).items():
        if layer_id in rows:
            there = rows[layer_id].pop(key, None)
            if row is not None and (cleared or _level(row) < EXISTENCE_HIDDEN):
                rows[layer_id][key] = row
            elif row is None and there is not None:
                going[layer_id, key] = there
    gone = _gone(conn, layers, changes, rows) | going
    return tuple(
        _restored(layers[change.layer], change, gone[change.layer, change.key])
        if (change.layer, change.key) in gone and is_of(change, gone[change.layer, change.key])
        else _item(conn, layers[change.layer], change, rows[change.layer].get(change.key), version.base_number if split else None)
        for change, split in _with_divided(changes)
    )


def _gone(
    conn: HubConnection, layers: Mapping[str, Layer], changes: Iterable[Change], rows: Mapping[str, Rows]
) -> dict[tuple[str, str], Values]:
    """Of what ``changes`` insert, what the province once had, as it was last."""
    return {
        (layer_id, key): row
        for layer_id, inserts in inserted(changes).items()
        for key, row in removed(conn, layers[layer_id], [c.key for c in inserts if c.key not in rows[layer_id]]).items()
    }


def _restored(layer: Layer, change: Change, last: Values) -> Item:
    change = with_its_codes(layer, change, last)
    return Item(layer, change, None, merge(layer, change, None).row, None, restores=True)


def over(foundation: Overlay, items: Iterable[Item]) -> Overlay:
    """``foundation`` with what ``items`` make of it; a conflicting change isn't applied."""
    return {**foundation, **{(i.layer.id, i.change.key): i.after for i in items if i.conflict is None}}


def _around(conn: HubConnection, layers: Mapping[str, Layer], parts: Sequence[Beside], foundation: Overlay) -> dict[str, Rows]:
    """The surroundings of all parts together, as the foundation leaves them."""
    found: dict[str, dict[str, Values]] = {}
    for part in parts:
        for layer_id, rows in surroundings(conn, part.items, part.plan).items():
            found.setdefault(layer_id, {}).update(rows)
    for (layer_id, key), row in foundation.items():
        if layers[layer_id].tiling:
            found.setdefault(layer_id, {}).pop(key, None)
            if row is not None and _level(row) < EXISTENCE_HIDDEN:
                found[layer_id][key] = row
    for item in (item for part in parts for item in part.items if item.conflict is None):
        found.get(item.layer.id, {}).pop(item.change.key, None)
    return dict(found)


def asked(layer: Layer, change: Change) -> Change:
    """``change`` without what a proposal can't decide; an insert becomes a whole row.

    An attribute that it doesn't name, because it was made before there was one, gets its default.
    """
    if change.kind is ChangeKind.INSERT:
        given = change.new or {}
        row = {field.name: given.get(field.name, field.default) for field in layer.fields}
        row[GEOMETRY] = given.get(GEOMETRY)
        row.update(dict.fromkeys(LEGAL_TIME))
        row["visibility"] = _level(given)
        return Change(change.layer, change.key, None, row)
    if change.kind is ChangeKind.DELETE:
        return change
    old, new = change.old or {}, change.new or {}
    names = [name for name in new if name not in LEGAL_TIME]
    return Change(change.layer, change.key, {n: old[n] for n in names}, {n: new[n] for n in names})


def _with_divided(changes: Sequence[Change]) -> Iterator[tuple[Change, bool]]:
    """Each change, and whether new features took over ground of the one that it reshapes."""
    new = [(change.layer, change.new) for change in changes if change.kind is ChangeKind.INSERT and change.new is not None]
    former = {(layer, key) for layer, row in new for key in str(row.get("predecessors") or "").split(",")}
    for change in changes:
        yield change, (change.layer, change.key) in former and change.kind is ChangeKind.UPDATE and GEOMETRY in change.touched


def _item(conn: HubConnection, layer: Layer, change: Change, remote: Optional[Values], divided_since: Optional[int]) -> Item:
    """``divided_since``: of a feature that the version divides, the number of the revision that it was divided at."""
    taken_in = change.kind is ChangeKind.INSERT and remote is not None and (change.new or {})["birth"] == remote["birth"]
    if taken_in:
        later = _since_taken_in(conn, layer, change)
        if later is None:
            return Item(layer, change, remote, remote, None)
        change = later
    merged = merge(layer, change, remote, whole=divided_since is not None)
    if divided_since is not None and remote is not None:
        merged = divided(layer, merged, change, _at(conn, layer, change.key, divided_since) or remote, remote)
    return Item(layer, change, remote, merged.row, merged.conflict, taken_in)


def _at(conn: HubConnection, layer: Layer, key: str, number: int) -> Optional[Values]:
    """The row as revision ``number`` left it; None where it wasn't there or hasn't changed since."""
    row = conn.execute(_CHANGED_SINCE, (layer.id, key, number)).fetchone()
    return None if row is None else logged_row(layer, row["old"], row["shape"])


def _since_taken_in(conn: HubConnection, layer: Layer, insert: Change) -> Optional[Change]:
    """An insert of a feature that the hub has taken in already, as the update that it is; None where nothing is new in it.

    Of one that somebody else may have brought back it stays an insert, which clashes with theirs.
    """
    row = conn.execute(_TAKEN_IN, (layer.id, insert.key)).fetchone() or {"new": None, "shape": None}
    base, mine = logged_row(layer, row["new"], row["shape"]), insert.new or {}
    if base is None:
        return insert
    hubs = {field.name for field in layer.fields if field.allocated} | set(LEGAL_TIME)
    later = diff_row(layer, insert.key, base, {**mine, **{name: base[name] for name in hubs}})
    return insert if later is not None and row["again"] else later


def _changed(items: Iterable[Item]) -> list[Changed]:
    """What the rules judge: clean results. A conflicting change isn't applied, so its feature stays as it is."""
    return [Changed(item.layer, item.change.key, item.before, item.after) for item in items if item.conflict is None]


def _with_keys(cleared: bool) -> sql.Composable:
    return sql.SQL("l.key = ANY(%s::uuid[]) AND {}").format(row_condition(cleared))


def surroundings(conn: HubConnection, items: Sequence[Item], plan: str) -> dict[str, Rows]:
    """Unchanged rows of the plan's tilings next to what is changed. Hidden features are never counted."""
    clean = {item.change.key for item in items if item.conflict is None}
    found: dict[str, Rows] = {}
    for layer in {item.layer.id: item.layer for item in items if item.layer.tiling}.values():
        clashless = (item for item in items if item.layer.id == layer.id and item.conflict is None)
        boxes = list(dict.fromkeys(box for item in clashless for box in _boxes(item)))
        condition = sql.SQL("{} AND l.plan = %s AND {}").format(_near(layer, srid(conn)), row_condition(False))
        rows = read_rows(conn, layer, condition, [*_columns(boxes), plan])
        found[layer.id] = {key: row for key, row in rows.items() if key not in clean}
    return found


def context(conn: HubConnection, items: Sequence[Item], cleared: bool) -> list[tuple[Layer, str, Values]]:
    """Unchanged features of the touched layers near by, for the map: all that lie nearer than the largest margin that fits, so that
    it costs what is shown however small the features are."""
    touched = {(item.layer.id, item.change.key) for item in items}
    found: list[tuple[Layer, str, Values]] = []
    for layer in sorted({item.layer for item in items}, key=lambda layer: layer.id):
        most = CONTEXT_LIMIT - len(found) + len(items)
        boxes = _fitting(conn, layer, [item for item in items if item.layer.id == layer.id], cleared, most)
        condition = sql.SQL("{} AND {}").format(_near(layer, srid(conn)), row_condition(cleared))
        rows = read_rows(conn, layer, condition, _columns(boxes), most)
        found += [(layer, key, row) for key, row in rows.items() if (layer.id, key) not in touched]
    return found[:CONTEXT_LIMIT]


def _fitting(conn: HubConnection, layer: Layer, items: Sequence[Item], cleared: bool, most: int) -> list[_Box]:
    """The boxes around ``items`` in which not many more than ``most`` features lie that the caller may know of."""
    counted = sql.SQL(
        "SELECT count(*) AS number FROM ("
        "SELECT FROM unnest(%s::float8[], %s::float8[], %s::float8[], %s::float8[]) b (x1, y1, x2, y2)"
        " JOIN {} n ON n.geom && ST_MakeEnvelope(b.x1, b.y1, b.x2, b.y2, {}) WHERE {} LIMIT %s) near"
    ).format(table_name(layer), sql.Literal(srid(conn)), row_condition(cleared, "n"))
    exact = {box for item in items for box in _boxes(item)}
    boxes: list[_Box] = []
    for margin in CONTEXT_MARGINS:
        boxes = _joined((x1 - margin, y1 - margin, x2 + margin, y2 + margin) for x1, y1, x2, y2 in exact)
        row = conn.execute(counted, [*_columns(boxes), most + 1]).fetchone()
        if row is None or row["number"] <= most:
            break
    return boxes


def _boxes(item: Item) -> list[_Box]:
    shapes = {row.get(GEOMETRY) for row in (item.before, item.after) if row is not None}
    return [geometry.bounds(shape) for shape in shapes if isinstance(shape, bytes)]


def _joined(boxes: Iterable[_Box]) -> list[_Box]:
    """Fewer boxes for the same ground: those that lie over each other become one where that adds little."""
    found: list[_Box] = []
    for box in sorted(set(boxes)):
        known = next(
            (index for index, other in enumerate(found[-JOINED_WITH:], max(0, len(found) - JOINED_WITH)) if _fit(box, other)), None
        )
        if known is None:
            found.append(box)
        else:
            found[known] = _around_both(box, found[known])
    return found


def _fit(one: _Box, other: _Box) -> bool:
    if one[0] > other[2] or one[2] < other[0] or one[1] > other[3] or one[3] < other[1]:  # most of them, at the least cost
        return False
    return _size(_around_both(one, other)) <= _size(one) + _size(other)


def _around_both(one: _Box, other: _Box) -> _Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _size(box: _Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _columns(boxes: Sequence[_Box]) -> list[list[float]]:
    return [[box[side] for box in boxes] for side in range(4)]


def _near(layer: Layer, epsg: int) -> sql.Composable:
    """Rows whose bounds meet any of the boxes, found through the spatial index, a box at a time."""
    return sql.SQL(
        "l.key IN (SELECT n.key FROM unnest(%s::float8[], %s::float8[], %s::float8[], %s::float8[]) b (x1, y1, x2, y2)"
        " JOIN {} n ON n.geom && ST_MakeEnvelope(b.x1, b.y1, b.x2, b.y2, {}))"
    ).format(table_name(layer), sql.Literal(epsg))


def codes(conn: HubConnection) -> dict[str, frozenset[str]]:
    """The valid codes by list."""
    rows = conn.execute("SELECT list, array_agg(code) AS codes FROM hub.code GROUP BY list").fetchall()
    return {row["list"]: frozenset(row["codes"]) for row in rows}


def setting(conn: HubConnection, name: str) -> Mapping[str, Any]:
    """One of the hub's settings that are objects; empty where there is none."""
    row = conn.execute("SELECT value FROM hub.setting WHERE name = %s", (name,)).fetchone()
    value: Mapping[str, Any] = row["value"] if row else {}
    return value
