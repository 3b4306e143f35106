"""Run all measures, print them, and write ``build/bench.json``. Needs a PostgreSQL server: ``make bench`` starts one."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import approval, data, desktop, exchange, memory, past, polls, review
from benchmarks.rig import Hub, hub_of

DOCS = Path(__file__).parent.parent / "docs" / "performance.md"
LIMITS = {
    "status_1e6": "0.0033",
    "status_flat": "1.5",
    "pull_first_built": "1.2",
    "pull_wire_bytes": "0.4",
    "pull_ready": "0.25",
    "pull_1000": "1.5",
    "merge_1000": "1",
    "approve_1000": "3",
    "save_1000_tracked": "1.25",
    "loop_gap_ms": "50 ms",
    "pull_1e6_memory_mb": "200 MB",
    "polls": "1.25",
    "open_500_ms": "1000 ms",
    "inbox_10000_ms": "100 ms",
    "inbox_filter_ms": "100 ms",
    "balance_ms": "500 ms",
    "audit_verify_100000_ms": "20000 ms",
}
HEAD = f"""# Performance

Written by `python -m benchmarks --write-docs`: ratios within one run, or what the name ends in (`_ms`, `_mb`);
of several tries the quietest, of the event loop's gaps too. Machine: {os.cpu_count()} shared cores, with PostgreSQL,
the hub and other work beside: single figures vary by a third from run to run.

"""
FOOT = """
## Where a goal is missed

`open_500_ms`: the first opening since the province changed judges all 500 changes anew, and the rules about ground take half
of the hub's time. Opened again, it costs half of what is allowed.

`pull_1000`: hub and HTTP alone take about as long as plain SQLite does for everything, half of it Python in the hub that
makes the answer; staging, which reads and merges each row, and writing rows, notes and index take the same again each. What
helped: the log is read by transaction numbers, notes go in one statement, rows in the order in which they lie, cells of the
spatial index are written together. What could still: staging while the hub is still sending.

`save_1000_tracked`: what is left is one trigger a row that keeps the original in the edit's own transaction, and one that
looks whether the key has changed. A trigger before the update, or one for both, was dearer.

`merge_1000` measures attributes. Where both sides moved corners of the same features, reading, bringing into one form and
checking each shape takes four times as long as pygeodiff takes to call all of them conflicts.
"""


@dataclass(frozen=True)
class Result:
    """``ratio`` against what ``against`` names; of names that end in ``_ms`` or ``_mb`` it is that."""

    name: str
    ratio: float
    against: str


def main() -> None:
    given = _arguments()
    began = time.perf_counter()
    results = []
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        os.environ["QGIS_CUSTOM_CONFIG_PATH"] = folder
        application = desktop.start_qgis()
        for result in _measure(Path(folder), given):
            print(f"{result.name:20} {result.ratio:10.4g}   against {result.against}", flush=True)
            results.append(result)
        application.exitQgis()
    given.into.parent.mkdir(parents=True, exist_ok=True)
    given.into.write_text(json.dumps([asdict(result) for result in results], indent=1, ensure_ascii=False) + "\n", "utf-8")
    if given.write_docs:
        DOCS.write_text(_table(results), "utf-8")
    print(f"{time.perf_counter() - began:.0f} s, written to {given.into}")


def _table(results: list[Result]) -> str:
    rows = [
        f"| `{result.name}` | {result.against} | {result.ratio:.4g} | {LIMITS.get(result.name, '')} |"
        for result in sorted(results, key=lambda result: result.name)
    ]
    return HEAD + "\n".join(["| figure | against | measured | limit |", "|---|---|---|---|", *rows]) + "\n" + FOOT


def _measure(folder: Path, given: argparse.Namespace) -> Iterator[Result]:
    plugin, everything = desktop.import_ms("plugin"), desktop.import_ms("all")
    yield Result("import_ms", everything, f"fresh process, QGIS up, docks and session too; {plugin:.0f} ms at the start of QGIS")
    with hub_of(given.few, folder) as hub:
        small = data.pulled(hub, folder / "few.gpkg")
        tracked, plain = desktop.save_s(small, folder)
        yield Result("save_1000_tracked", tracked / plain, f"the same file without tracking ({tracked:.3f} s / {plain:.3f} s)")
        few_s = data.status_s(small)
        polled = polls.measure(hub)
        shown = f"(a revoked token was answered for {polled.revoked_s:.1f} s)"
        yield from _of_past(hub)
        yield from _of_review(hub)
        yield Result("polls", polled.ratio, f"a bare FastAPI service with SELECT 1 {shown}")
    with hub_of(given.features, folder) as hub:
        yield from _of_many(hub, folder, given.changes)
    if given.huge:
        with hub_of(given.huge, folder) as hub:
            yield from _of_huge(hub, folder, few_s, given.few)


def _of_review(hub: Hub) -> Iterator[Result]:
    first, again = review.opened(hub)
    yield Result(
        "open_500_ms", first.wall, f"a proposal of 500 changes, from the question to the map's layers ({first}; again {again})"
    )
    pages = review.inbox_ms(hub)
    shown = "; ".join(f"{name} {milliseconds:.0f} ms" for name, milliseconds in pages.items())
    yield Result("inbox_10000_ms", max(pages.values()), f"a page of 50 of 10,000 proposals in 100 communes ({shown})")
    filtered, typed = desktop.inbox_filter_ms(review.LISTED)
    told = f"10,000 lines that are all here, a key typed; of a long list's page {typed:.0f} ms"
    yield Result("inbox_filter_ms", filtered, told)
    yield Result("audit_verify_100000_ms", 1e3 * review.verify_s(hub), "100,000 entries read, each hash computed anew")


def _of_past(hub: Hub) -> Iterator[Result]:
    took = past.past_ms(hub)
    now = took.pop("now")
    for name, milliseconds in took.items():
        against = f"the {hub.count:,} lots as they are now take {now:.0f} ms; {past.REVISIONS} revisions of {past.CHANGED} since"
        yield Result(f"past_{name}_ms", milliseconds, against)


def _of_many(hub: Hub, folder: Path, changes: int) -> Iterator[Result]:
    first_ms, after_ms = review.balance_ms(hub)
    yield Result("balance_ms", after_ms, f"a plan of {hub.count:,} lots, after a revision ({first_ms:.0f} ms for the first time)")
    bare_s, ruled_s, sql_s = approval.approve_s(hub)
    yield Result("approve_1000", bare_s / sql_s, f"plain SQL in the same table ({bare_s:.2f} s / {sql_s:.2f} s)")
    yield Result("approve_1000_rules", ruled_s / sql_s, f"plain SQL in the same table ({ruled_s:.2f} s / {sql_s:.2f} s)")
    many = data.pulled(hub, folder / "many.gpkg")
    pull_s, (ogr_s, ogr_bytes) = data.first_pull_s(hub, folder), data.ogr2ogr(hub, folder)
    yield Result("pull_first_built", pull_s / ogr_s, f"ogr2ogr of the same {hub.count:,} rows ({pull_s:.2f} s / {ogr_s:.2f} s)")
    size, ready_s = exchange.wire(hub, folder)
    yield Result("pull_wire_bytes", size / ogr_bytes, f"ogr2ogr's GeoPackage ({size / 1e6:.1f} MB / {ogr_bytes / 1e6:.1f} MB)")
    yield Result("pull_ready", ready_s / ogr_s, f"ogr2ogr's time ({ready_s:.2f} s / {ogr_s:.2f} s)")
    merge_s, rival_s = exchange.merge_s(many, folder)
    yield Result("merge_1000", merge_s / rival_s, f"pygeodiff on the same files ({merge_s:.2f} s / {rival_s:.2f} s)")
    pull_s, plain_s = exchange.pull_s(hub, many)
    yield Result("pull_1000", pull_s / plain_s, f"plain SQLite writing the same rows ({pull_s:.3f} s / {plain_s:.3f} s)")
    gaps = desktop.loop_gap_ms(hub, folder, changes)
    shown = ", ".join(f"{name} {gap:.0f} ms" for name, gap in gaps.items())
    yield Result("loop_gap_ms", max(gaps.values()), f"an event loop that never waits ({shown})")


def _of_huge(hub: Hub, folder: Path, few_s: float, few: int) -> Iterator[Result]:
    yield Result(
        "pull_1e6_memory_mb", memory.pull_mb(hub, folder), f"the same process before its first pull of {hub.count:,} features"
    )
    huge = data.pulled(hub, folder / "huge.gpkg")
    base = shutil.copyfile(huge, folder / "huge_base.gpkg")
    huge_s = data.status_s(huge)
    rival_s = exchange.geodiff_status_s(base, huge)
    yield Result("status_1e6", huge_s / rival_s, f"pygeodiff on the same file ({1e3 * huge_s:.1f} ms / {rival_s:.2f} s)")
    shown = f"({1e3 * huge_s:.1f} / {1e3 * few_s:.1f} ms)"
    yield Result("status_flat", huge_s / few_s, f"{few:,} features instead of {hub.count:,} {shown}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--features", type=int, default=100_000, help="lots in the large commune (at most 1,000,000)")
    parser.add_argument("--few", type=int, default=10_000, help="lots in the small one")
    parser.add_argument("--huge", type=int, default=1_000_000, help="lots in the largest one; 0 leaves its measures out")
    parser.add_argument("--changes", type=int, default=5_000, help="features that the measured pull brings")
    parser.add_argument("--into", type=Path, default=Path("build/bench.json"))
    parser.add_argument("--write-docs", action="store_true", help="docs/performance.md anew")
    return parser.parse_args()


if __name__ == "__main__":
    main()
    sys.stdout.flush()
