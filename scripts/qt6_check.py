"""Every dotted Qt name of the given folders must exist in PyQt6 as it is written. Reads the source, never runs it.

.venv-qt6/bin/python scripts/qt6_check.py commune_planning_plugin
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GONE = {"exec_": "exec()", "print_": "print()"}
MOVED = {"QtWidgets": ("QtGui",), "QtGui": ("QtWidgets",)}
UNCHECKED = (".sip", ".uic")


def in_pyqt6(module: str, name: str) -> Any:
    """The object that ``qgis.PyQt`` would give; AttributeError where there is none."""
    for place in (module, *MOVED.get(module, ())):
        found = getattr(importlib.import_module(f"PyQt6.{place}"), name, None)
        if found is not None:
            return found
    raise AttributeError(name)


def dotted(node: ast.expr) -> tuple[str | None, list[str]]:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return (node.id, parts[::-1]) if isinstance(node, ast.Name) else (None, [])


def faults(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    names: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from import_faults(node, names)
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            if node.attr in GONE:
                yield node.lineno, f".{node.attr}() is gone: {GONE[node.attr]}"
            if id(node) not in inner:
                yield from name_faults(node, names)


def import_faults(node: ast.Import | ast.ImportFrom, names: dict[str, Any]) -> Iterator[tuple[int, str]]:
    module = getattr(node, "module", None) or ""
    if module.startswith("PyQt") or any(alias.name.startswith("PyQt") for alias in node.names):
        yield node.lineno, "imports PyQt directly: use qgis.PyQt"
    if not module.startswith("qgis.PyQt.") or module.endswith(UNCHECKED):
        return
    for alias in node.names:
        if alias.name == "*":
            yield node.lineno, "star import hides what is used"
            continue
        try:
            names[alias.asname or alias.name] = in_pyqt6(module.rsplit(".", 1)[-1], alias.name)
        except AttributeError:
            yield node.lineno, f"{module}.{alias.name} is not in PyQt6"


def name_faults(node: ast.Attribute, names: dict[str, Any]) -> Iterator[tuple[int, str]]:
    base, parts = dotted(node)
    if base not in names:
        return
    found, seen = names[base], base
    for part in parts:
        if not hasattr(found, part):
            if isinstance(found, type) or not callable(found):
                yield node.lineno, f"{seen}.{part} is not in PyQt6 (name the enum in full?)"
            return
        found, seen = getattr(found, part), f"{seen}.{part}"


if __name__ == "__main__":
    said = [
        f"{file}:{line}: {text}"
        for root in sys.argv[1:]
        for file in sorted(Path(root).rglob("*.py"))
        for line, text in faults(file)
    ]
    sys.stdout.write("".join(f"{line}\n" for line in said) + f"qt6: {len(said)} finding(s)\n")
    sys.exit(bool(said))
