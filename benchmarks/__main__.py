"""Run all measures, print them, and write ``build/bench.json``. Needs a PostgreSQL server: ``make bench`` starts one."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import data, desktop
from benchmarks.rig import Hub, hub_of

DOCS = Path(__file__).parent.parent / "docs" / "performance.md"
LIMITS = {"save_1000_tracked": "1.25 (next goal)", "loop_gap_ms": "50 ms"}
HEAD = f"""# Performance

Written by `python -m benchmarks --write-docs`: ratios within one run, or milliseconds where the name ends in `_ms`;
of several tries the quietest, of the event loop's gaps too. Machine: {os.cpu_count()} shared cores, with PostgreSQL,
the hub and other work beside: single figures vary by a third from run to run.

"""


@dataclass(frozen=True)
class Result:
    """``ratio`` against what ``against`` names; of names that end in ``_ms`` it is milliseconds."""

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
        for result in _measure(Path(folder), given.features, given.few, given.changes):
            print(f"{result.name:20} {result.ratio:8.2f}   against {result.against}", flush=True)
            results.append(result)
        application.exitQgis()
    given.into.parent.mkdir(parents=True, exist_ok=True)
    given.into.write_text(json.dumps([asdict(result) for result in results], indent=1, ensure_ascii=False) + "\n", "utf-8")
    if given.write_docs:
        DOCS.write_text(_table(results), "utf-8")
    print(f"{time.perf_counter() - began:.0f} s, written to {given.into}")


def _table(results: list[Result]) -> str:
    rows = [
        f"| `{result.name}` | {result.against} | {result.ratio:.2f} | {LIMITS.get(result.name, '')} |"
        for result in sorted(results, key=lambda result: result.name)
    ]
    return HEAD + "\n".join(["| figure | against | measured | limit |", "|---|---|---|---|", *rows]) + "\n"


def _measure(folder: Path, many: int, few: int, changes: int) -> Iterator[Result]:
    plugin, everything = desktop.import_ms("plugin"), desktop.import_ms("all")
    yield Result("import_ms", everything, f"fresh process, QGIS up, docks and session too; {plugin:.0f} ms at the start of QGIS")
    with hub_of(few, folder) as hub:
        small = data.pulled(hub, folder / "few.gpkg")
        tracked, plain = desktop.save_s(small, folder)
        yield Result("save_1000_tracked", tracked / plain, f"the same file without tracking ({tracked:.3f} s / {plain:.3f} s)")
        few_s = data.status_s(small)
    with hub_of(many, folder) as hub:
        yield from _of_many(hub, folder, few_s, few, changes)


def _of_many(hub: Hub, folder: Path, few_s: float, few: int, changes: int) -> Iterator[Result]:
    many_s = data.status_s(data.pulled(hub, folder / "many.gpkg"))
    yield Result(
        "status_flat", many_s / few_s, f"{few:,} features instead of {hub.count:,} ({1e3 * many_s:.1f} / {1e3 * few_s:.1f} ms)"
    )
    pull_s, ogr_s = data.first_pull_s(hub, folder), data.ogr2ogr_s(hub, folder)
    yield Result("pull_first_built", pull_s / ogr_s, f"ogr2ogr of the same {hub.count:,} rows ({pull_s:.2f} s / {ogr_s:.2f} s)")
    gaps = desktop.loop_gap_ms(hub, folder, changes)
    shown = ", ".join(f"{name} {gap:.0f} ms" for name, gap in gaps.items())
    yield Result("loop_gap_ms", max(gaps.values()), f"an event loop that never waits ({shown})")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--features", type=int, default=100_000, help="lots in the large commune (at most 1,000,000)")
    parser.add_argument("--few", type=int, default=10_000, help="lots in the small one")
    parser.add_argument("--changes", type=int, default=5_000, help="features that the measured pull brings")
    parser.add_argument("--into", type=Path, default=Path("build/bench.json"))
    parser.add_argument("--write-docs", action="store_true", help="docs/performance.md anew")
    return parser.parse_args()


if __name__ == "__main__":
    main()
    sys.stdout.flush()
