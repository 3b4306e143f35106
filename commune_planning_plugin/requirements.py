"""What the plugin needs beyond QGIS itself, and how to say that it is missing. Imports nothing heavy."""

from __future__ import annotations

from importlib import import_module, metadata
from importlib.util import find_spec
from typing import Optional

SHAPELY = 2

_SENTENCE = (
    "Plugin cần thư viện shapely từ bản 2.0 (đang có: {found}): hãy chạy lệnh “{command}” rồi mở lại QGIS. · "
    "The plugin needs shapely 2.0 or newer (found: {found}): run “{command}” and restart QGIS."
)
_COMMAND = 'python3 -m pip install --user --break-system-packages "shapely>=2" "numpy<1.27"'


def missing_requirement() -> Optional[str]:
    """One sentence in both languages that says what to install; None where nothing is missing."""
    found = _shapely_version()
    major = found.split(".", 1)[0]
    return None if major.isdigit() and int(major) >= SHAPELY else _SENTENCE.format(found=found, command=_COMMAND)


def _shapely_version() -> str:
    if find_spec("shapely") is None:
        return "–"
    try:
        return metadata.version("shapely")
    except metadata.PackageNotFoundError:  # some installers leave the package's description out
        return str(import_module("shapely").__version__)
