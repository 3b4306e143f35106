"""Every dotted Qt name in the given folders must exist in PyQt6 as it is written.

Reads the source, never runs it:  venv-with-PyQt6/bin/python scripts/qt6_check.py rigdemo
Also says where a removed call or module is used.
"""

import ast, importlib, pathlib, sys

REMOVED_ATTR = {"exec_": "exec()", "print_": "print()"}
bad = 0


def say(path, node, text):
    global bad
    bad += 1
    print(f"{path}:{node.lineno}: {text}")


def dotted(n):
    parts = []
    while isinstance(n, ast.Attribute):
        parts.append(n.attr)
        n = n.value
    return (n.id, parts[::-1]) if isinstance(n, ast.Name) else (None, None)


def qt(module, name):
    for m in [module] + (["QtGui"] if module == "QtWidgets" else []) + (["QtWidgets"] if module == "QtGui" else []):
        try:
            return getattr(importlib.import_module(f"PyQt6.{m}"), name)
        except (ImportError, AttributeError):
            pass
    raise AttributeError(name)


for root in sys.argv[1:]:
    for path in sorted(pathlib.Path(root).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        names = {}
        for n in ast.walk(tree):
            if isinstance(n, (ast.Import, ast.ImportFrom)):
                mod = getattr(n, "module", None) or ""
                if mod.startswith("PyQt5") or any(a.name.startswith("PyQt5") for a in n.names):
                    say(path, n, "imports PyQt5 directly: use qgis.PyQt")
                if mod.startswith("qgis.PyQt."):
                    for a in n.names:
                        if a.name == "*":
                            say(path, n, "star import hides what is used")
                            continue
                        if mod.endswith((".sip", ".uic")):
                            continue
                        try:
                            names[a.asname or a.name] = qt(mod.split(".")[-1], a.name)
                        except AttributeError:
                            say(path, n, f"{mod}.{a.name} is not in PyQt6")
        inner = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
        for n in ast.walk(tree):
            if isinstance(n, ast.Attribute) and n.attr in REMOVED_ATTR:
                say(path, n, f".{n.attr}() is gone: {REMOVED_ATTR[n.attr]}")
            if isinstance(n, ast.Attribute) and id(n) not in inner:
                base, parts = dotted(n)
                if base in names:
                    obj, seen = names[base], base
                    for p in parts:
                        try:
                            obj = getattr(obj, p)
                            seen += "." + p
                        except AttributeError:
                            if isinstance(obj, type) or not callable(obj):
                                say(path, n, f"{seen}.{p} is not in PyQt6 (name the enum in full?)")
                            break
print(f"qt6: {bad} finding(s)")
sys.exit(bool(bad))
