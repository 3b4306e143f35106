"""The plugin as a zip that QGIS's plugin manager installs: ``build/commune_planning_plugin-<version>.zip``.

The same tree gives the same bytes: sorted entries, one fixed time.
"""

from __future__ import annotations

import configparser
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = "commune_planning_plugin"
LEFT_OUT = {"__pycache__"}
KINDS = {".py", ".txt", ".qm", ".svg", ".png", ".csv", ".json", ".qml", ".sql"}
EPOCH = (2026, 1, 1, 0, 0, 0)


def version() -> str:
    metadata = configparser.ConfigParser()
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    return metadata["general"]["version"]


def contents() -> dict[str, Path]:
    """Name in the zip → file; the licence and the read-me go along."""
    files = {
        f"{PLUGIN}/{file.relative_to(ROOT / PLUGIN)}": file
        for file in sorted((ROOT / PLUGIN).rglob("*"))
        if file.is_file() and file.suffix in KINDS and not LEFT_OUT & set(file.parts)
    }
    for name in ("LICENSE", "README.md", "CHANGELOG.md"):
        files[f"{PLUGIN}/{name}"] = ROOT / name
    return files


def package(target: Path) -> Path:
    """Write the zip. A missing translation ends it: a package without Vietnamese is of no use."""
    files = contents()
    if not any(name.endswith("_vi.qm") for name in files):
        sys.exit("package: the Vietnamese translation is not built: run `make i18n` first")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as out:
        for name, file in sorted(files.items()):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            out.writestr(entry, file.read_bytes())
    part.replace(target)
    return target


if __name__ == "__main__":
    made = package(ROOT / "build" / f"{PLUGIN}-{version()}.zip")
    sys.stdout.write(f"{made.relative_to(ROOT)}  {made.stat().st_size / 1024:.0f} KiB\n")
