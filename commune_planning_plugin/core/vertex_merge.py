"""The three-way merge of one geometry, vertex by vertex.

Both sides are compared with the base ring by ring (or line by line). A run of vertices that one side replaced is taken; the same
run replaced in the same way by both is taken once. Anything else, and anything doubtful, is no merge: two different replacements
that meet in an edge, a reordered ring, a part that one side removed and the other changed, ground that both changed, an invalid
result. It works on canonical forms (see `geometry.canonical`), so how a side wrote its shape down makes no difference.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Optional, TypeVar

import numpy as np
import shapely

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.rules.ground import areal
from commune_planning_plugin.core.schema import GeometryType

Vertex = bytes
"""The place in grid steps, 16 bytes; in a line, how often it was there before as well."""

Path = tuple[Vertex, ...]
Polygon = tuple[Path, ...]
"""The outer ring, then the holes."""

T = TypeVar("T", Path, Polygon)

_END: Vertex = b""
"""Closes a line to a cycle, so that lines and rings are merged alike."""

_PLACE = struct.Struct("<2q")
_NO_GROUND = 1e-6
"""Square metres: what rounding alone leaves of an intersection."""


class _Clash(Exception):  # noqa: N818  # never leaves this module
    """Both sides changed the same, or nobody can tell."""


def merged(kind: GeometryType, base: bytes, mine: bytes, theirs: bytes) -> Optional[bytes]:
    """What both sides made of ``base``; None where that is for a person to say.

    All are WKB as stored. The result is stored form, valid, and the same whichever side is called mine. Raises
    ``InvalidData('geometry.unreadable')``.
    """
    forms = [geometry.canonical(side) for side in (base, mine, theirs)]
    if forms[1] == forms[2] or forms[0] == forms[2]:
        return mine
    if forms[0] == forms[1]:
        return theirs
    try:
        return None if kind is GeometryType.POINT else _MERGE[kind](forms)
    except _Clash:
        return None


def _merged_lines(forms: Sequence[bytes]) -> Optional[bytes]:
    each = [[_line(piece) for piece in geometry.unframed(form)] for form in forms]
    lines = _merged_set(each, lambda line: line, lambda *paths: _merged_path(_Loops(), *paths))
    if not lines or any(len(line) < 3 for side in (lines, *each) for line in side):  # all of it in one place
        return None
    result = _shape_of_lines(lines)
    crossing = _crossing(result)
    if crossing and crossing > max(_crossing(_shape_of_lines(side)) for side in each):
        return None
    return geometry.written(result) if shapely.is_valid(result) else None


def _shape_of_lines(lines: Iterable[Path]) -> Any:
    return shapely.multilinestrings([shapely.linestrings(_coordinates(line[1:])) for line in lines])


def _crossing(lines: Any) -> int:
    """How many lines cross or touch themselves."""
    return int((~shapely.is_simple(shapely.get_parts(lines))).sum())


def _merged_polygons(forms: Sequence[bytes]) -> Optional[bytes]:
    each = [[_polygon(piece) for piece in geometry.unframed(form)] for form in forms]
    loops = _Loops()

    def one(base: Polygon, mine: Polygon, theirs: Polygon) -> Polygon:
        outer = _merged_path(loops, base[0], mine[0], theirs[0])
        holes = _merged_set([list(base[1:]), list(mine[1:]), list(theirs[1:])], lambda hole: hole, _with(loops), loops.add_ring)
        return (outer, *holes)

    parts = _merged_set(each, lambda part: part[0], one, loops.add_polygon)
    if not parts or any(len(ring) < 3 for part in parts for ring in part) or loops.meet():
        return None
    result = shapely.multipolygons([_shape(part) for part in sorted(parts)])
    return geometry.written(result) if shapely.is_valid(result) else None


_MERGE = {GeometryType.LINES: _merged_lines, GeometryType.POLYGONS: _merged_polygons}


def _with(loops: _Loops) -> Callable[[Path, Path, Path], Path]:
    return lambda base, mine, theirs: _merged_path(loops, base, mine, theirs)


@dataclass
class _Loops:
    """The ground that each side alone changed, as the loops between its old outlines and its new ones."""

    mine: list[Sequence[Vertex]] = field(default_factory=list)
    theirs: list[Sequence[Vertex]] = field(default_factory=list)

    def add_ring(self, ring: Path, by_me: bool) -> None:
        (self.mine if by_me else self.theirs).append(ring)

    def add_polygon(self, polygon: Polygon, by_me: bool) -> None:
        for ring in polygon:
            self.add_ring(ring, by_me)

    def meet(self) -> bool:
        """Whether both changed some of the same ground: then its result would be neither's."""
        if not _near(self.mine, self.theirs):
            return False
        mine, theirs = _grounds(self.mine), _grounds(self.theirs)
        if not len(mine) or not len(theirs):
            return False
        there, here = shapely.STRtree(mine).query(theirs)
        common = shapely.intersection(_usable(theirs[there]), _usable(mine[here]))
        return bool((shapely.area(common) > _NO_GROUND).any())


def _near(ones: Iterable[Sequence[Vertex]], others: Iterable[Sequence[Vertex]]) -> bool:
    """Whether the boxes around any two have more in common than an edge."""
    boxes = [_box(loop) for loop in others]
    return any(
        one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
        for one in map(_box, ones)
        for other in boxes
    )


def _box(loop: Sequence[Vertex]) -> tuple[int, int, int, int]:
    """West, east, south, north in grid steps."""
    places = [_PLACE.unpack(vertex[:16]) for vertex in loop if vertex != _END]
    xs, ys = zip(*places) if places else ((0,), (0,))
    return min(xs), max(xs), min(ys), max(ys)


def _grounds(loops: Iterable[Sequence[Vertex]]) -> Any:
    paths = [loop for loop in loops if len(set(loop)) > 2]
    if not paths:
        return np.array([], dtype=object)
    owners = np.repeat(np.arange(len(paths)), [len(path) for path in paths])
    return shapely.polygons(shapely.linearrings(_coordinates(chain.from_iterable(paths)), indices=owners))


def _usable(shapes: Any) -> Any:
    for at in np.flatnonzero(~shapely.is_valid(shapes)):
        shapes[at] = areal(shapely.make_valid(shapes[at]))
    return shapes


def _ignored(_item: Any, _by_me: bool) -> None:
    return None


def _merged_set(
    sides: Sequence[list[T]],
    outline: Callable[[T], Path],
    one: Callable[[T, T, T], T],
    changed: Callable[[T, bool], None] = _ignored,
) -> list[T]:
    """Parts or holes of base, mine and theirs, merged; ``changed`` is told of those that one side alone added or removed."""
    base, mine, theirs = sides
    if any(len(set(side)) < len(side) for side in sides):
        raise _Clash
    to_mine, to_theirs = _matched(base, mine, outline), _matched(base, theirs, outline)
    result: list[T] = []
    for at, item in enumerate(base):
        here, there = to_mine.get(at), to_theirs.get(at)
        if here is not None and there is not None:
            result.append(one(item, mine[here], theirs[there]))
        elif (here is not None and mine[here] != item) or (there is not None and theirs[there] != item):
            raise _Clash
        elif here is not None or there is not None:
            changed(item, here is None)
    added: list[set[T]] = [
        {s for at, s in enumerate(side) if at not in set(to.values())} for side, to in ((mine, to_mine), (theirs, to_theirs))
    ]
    if added[0] != added[1] and any(at not in to_mine and at not in to_theirs for at in range(len(base))):
        raise _Clash  # both took the same away, and what one has instead may be it, moved
    for item in added[0] ^ added[1]:
        changed(item, item in added[0])
    result.extend(sorted(added[0] | added[1]))
    return result


def _matched(base: list[T], side: list[T], outline: Callable[[T], Path]) -> dict[int, int]:
    """Which item of ``side`` each of ``base`` has become: the same one, else the one with which it shares most vertices."""
    found: dict[int, int] = {}
    places = {item: at for at, item in enumerate(side)}
    for at, item in enumerate(base):
        if item in places:
            found[at] = places.pop(item)
    left = [at for at in range(len(base)) if at not in found]
    pairs: Iterable[tuple[int, int]] = ((one, other) for one in left for other in places.values())
    if len(left) > 1 or len(places) > 1:
        pairs = _by_shared_vertices({at: outline(base[at]) for at in left}, {at: outline(side[at]) for at in places.values()})
    for one, other in pairs:
        if one not in found and other not in found.values():
            found[one] = other
    return found


def _by_shared_vertices(base: Mapping[int, Path], side: Mapping[int, Path]) -> Iterator[tuple[int, int]]:
    owners: dict[Vertex, list[int]] = {}
    for at, path in base.items():
        for vertex in path:
            owners.setdefault(vertex, []).append(at)
    owners.pop(_END, None)
    shared = Counter((owner, at) for at, path in side.items() for vertex in path for owner in owners.get(vertex, ()))
    yield from sorted(shared, key=lambda pair: (-shared[pair], pair))


@dataclass(frozen=True)
class _Run:
    """The ``length`` edges of the base from vertex ``start`` on, led over ``new`` vertices instead of the old ones."""

    start: int
    length: int
    new: Path


def _merged_path(loops: _Loops, base: Path, mine: Path, theirs: Path) -> Path:
    if mine == theirs or base == theirs:
        loops.mine.extend(_changed(base, mine) if mine != theirs else ())
        return mine
    if base == mine:
        loops.theirs.extend(_changed(base, theirs))
        return theirs
    here, there = set(_runs(base, mine)), set(_runs(base, theirs))
    loops.mine.extend(_loop(base, run) for run in here - there)
    loops.theirs.extend(_loop(base, run) for run in there - here)
    return _led(base, here | there)


def _changed(base: Path, side: Path) -> list[Sequence[Vertex]]:
    try:
        return [_loop(base, run) for run in _runs(base, side)]
    except _Clash:
        return [base, side]


def _runs(base: Path, side: Path) -> list[_Run]:
    """What ``side`` replaced, as a cycle: each run lies between two vertices that it kept. Raises ``_Clash`` where it reordered."""
    places = {vertex: at for at, vertex in enumerate(base)}
    ways = [side] if base[0] == _END else [side, side[::-1]]
    for way in ways:
        at = [place for place, vertex in enumerate(way) if vertex in places]
        kept = [places[way[place]] for place in at]
        if sum(one >= following for one, following in _in_turn(kept)) == 1 and len(places) == len(base):
            return _between(kept, at, len(base), way)
    raise _Clash


def _between(kept: list[int], at: list[int], count: int, side: Path) -> list[_Run]:
    """``kept`` are places in the base, ``at`` the same vertices' places in ``side``."""
    runs = []
    for (start, end), (place, following) in zip(_in_turn(kept), _in_turn(at)):
        length, first = (end - start) % count, place + 1
        if length != 1 or (following - place) % len(side) != 1:
            new = side[first:following] if first <= following else side[first:] + side[:following]
            runs.append(_Run(start, length or count, new))
    return runs


def _in_turn(places: list[int]) -> Iterator[tuple[int, int]]:
    """Each with the one that follows, the last with the first."""
    return zip(places, [*places[1:], *places[:1]])


def _led(base: Path, runs: set[_Run]) -> Path:
    """``base`` led over ``runs``. Raises ``_Clash`` where two of them share an edge."""
    order = sorted(runs, key=lambda run: run.start)
    at = order[0].start
    end, path = at + len(base), []
    for run in order:
        if run.start < at:
            raise _Clash
        path += [*base[at : run.start + 1], *run.new]
        at = run.start + run.length
    path += _stretch(base, at, end)
    if at > end or len(set(path)) < len(path):
        raise _Clash
    first = path.index(_END) if _END in path else 0
    return tuple(path[first:] + path[:first])


def _loop(base: Path, run: _Run) -> Sequence[Vertex]:
    return [*_stretch(base, run.start, run.start + run.length + 1), *reversed(run.new)]


def _stretch(base: Path, start: int, end: int) -> Path:
    """Vertices of the cycle; ``start`` and ``end`` may be a turn further."""
    if start >= len(base):
        start, end = start - len(base), end - len(base)
    return base[start:end] + base[: max(0, end - len(base))]


def _line(piece: bytes) -> Path:
    seen: Counter[bytes] = Counter()
    path = [_END]
    for place in _places(piece):
        path.append(place + struct.pack("<I", seen[place]))
        seen[place] += 1
    return tuple(path)


def _polygon(piece: bytes) -> Polygon:
    """All rings counterclockwise, so that sides can be compared even where they share few vertices."""
    rings = (tuple(_places(ring)) for ring in geometry.unframed(piece))
    return tuple(ring if _turn(ring) >= 0 else ring[::-1] for ring in rings)


def _places(piece: bytes) -> list[bytes]:
    return [piece[at : at + 16] for at in range(0, len(piece), 16)]


def _steps(path: Iterable[Vertex]) -> Any:
    return np.frombuffer(b"".join([vertex[:16] for vertex in path]), np.int64).reshape(-1, 2)


def _coordinates(path: Iterable[Vertex]) -> Any:
    return _steps(path) / geometry.STEPS_PER_METRE


def _turn(ring: Path) -> int:
    """Twice the ring's area in square steps, positive where it runs counterclockwise."""
    places = [_PLACE.unpack(vertex[:16]) for vertex in ring]
    (west, south), closed = places[0], zip(places, [*places[1:], *places[:1]])
    return sum((x - west) * (v - south) - (u - west) * (y - south) for (x, y), (u, v) in closed)


def _shape(polygon: Polygon) -> Any:
    """Outer ring counterclockwise, holes clockwise."""
    outer, *holes = (_coordinates(ring if (_turn(ring) >= 0) == (at == 0) else ring[::-1]) for at, ring in enumerate(polygon))
    return shapely.Polygon(outer, holes)
