"""A real QGIS window with only our plugin: on the machine's display, or on a virtual screen where it has none."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from demo.services import LOCAL, ROOT

PLUGIN = "commune_planning_plugin"


class Screen:
    """An X display: the machine's own, or Xvfb with a small window manager (`size` in pixels at 96 dpi)."""

    usual: ClassVar[tuple[int, int]] = (1366, 768)

    def __init__(self, size: tuple[int, int] | None = None, virtual: bool | None = None) -> None:
        self.virtual = not os.environ.get("DISPLAY") if virtual is None else virtual
        self.size = size or self.usual
        self._processes: list[subprocess.Popen[bytes]] = []
        self.name = os.environ.get("DISPLAY", "")

    def __enter__(self) -> Screen:
        if self.virtual:
            reading, writing = os.pipe()
            geometry = f"{self.size[0]}x{self.size[1]}x24"
            self._start(
                ["Xvfb", "-displayfd", str(writing), "-screen", "0", geometry, "-dpi", "96", "-nolisten", "tcp", "-noreset"],
                writing,
            )
            os.close(writing)
            with os.fdopen(reading) as answer:
                self.name = ":" + answer.readline().strip()
            self._start(["openbox"])
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.terminate()
        for process in self._processes:
            process.wait()

    def picture(self, file: Path) -> None:
        """What stands on the whole screen now."""
        subprocess.run(["import", "-display", self.name, "-window", "root", str(file)], check=False)

    def _start(self, words: list[str], descriptor: int | None = None) -> None:
        kept = () if descriptor is None else (descriptor,)
        environment = {**os.environ, "DISPLAY": self.name}
        self._processes.append(
            subprocess.Popen(words, env=environment, pass_fds=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )


@dataclass
class Person:
    """Somebody at a desk of their own: a QGIS profile, a home folder, a working folder. They outlive the window."""

    account: str
    language: str = "vi"
    local: Path = LOCAL
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.local / "people" / self.account

    @property
    def working_folder(self) -> Path:
        return self.home / "QuyHoachXa"

    def forget(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)

    def prepare(self, plugin: Path = ROOT / PLUGIN) -> None:
        """Make the profile; the plugin is linked in, so that what runs is what the tree holds."""
        profile = self.home / "profiles" / "profiles" / "planning"
        for folder in ("config", "cache", "data", "run", "tmp", "QuyHoachXa"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        (self.home / "run").chmod(0o700)
        (profile / "QGIS").mkdir(parents=True, exist_ok=True)
        plugins = profile / "python" / "plugins"
        plugins.mkdir(parents=True, exist_ok=True)
        if not (plugins / PLUGIN).exists():
            (plugins / PLUGIN).symlink_to(plugin)
        ini = profile / "QGIS" / "QGIS3.ini"
        if not ini.exists():
            ini.write_text(self._ini(), encoding="utf-8")
        secret = self.home / "auth-password"
        if not secret.exists():
            secret.write_text(os.urandom(16).hex())
            secret.chmod(0o600)

    def _ini(self) -> str:
        ours = "".join(f"commune_planning\\{name}={value}\n" for name, value in self.settings.items())
        return f"""[PythonPlugins]
{PLUGIN}=true
processing=true
MetaSearch=false
db_manager=false
grassprovider=false

[qgis]
checkVersion=false
askToSaveProjectChanges=false
newProjectDefault=false

[core]
NewsFeed\\httpsfeedqgisorg\\disabled=true

[plugins]
automatically-check-for-updates=false
commune_planning\\working_folder={self.working_folder}
{ours}
[app]
askToSaveMemoryLayers=false
askToDeleteFeatures=false
plugin_installer\\checkOnStart=false

[locale]
overrideFlag=true
userLocale={self.language}
globalLocale={self.language}
"""

    def environment(self, screen: Screen) -> dict[str, str]:
        not_theirs = ("PYTHONHOME", "QT_QPA_PLATFORM", "VIRTUAL_ENV", "QGIS_AUTH_DB_DIR_PATH")  # each keeps passwords of their own
        kept = {name: value for name, value in os.environ.items() if name not in not_theirs}
        return {
            **kept,
            "DISPLAY": screen.name,
            "QT_QPA_PLATFORM": "xcb",
            "HOME": str(self.home),
            "TMPDIR": str(self.home / "tmp"),
            "XDG_RUNTIME_DIR": str(self.home / "run"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "PYTHONPATH": f"{ROOT / '.local' / 'python'}{os.pathsep}{ROOT}",
            "QGIS_AUTH_PASSWORD_FILE": str(self.home / "auth-password"),
            "PLANNING_DEMO_SECRET": str(self.home / "auth-password"),
        }


def open_qgis(
    person: Person, screen: Screen, script: Path | None = None, extra: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start QGIS for ``person``; ``script`` runs inside once the plugins are loaded. Its output goes to ``qgis.log`` at home."""
    person.prepare()
    words = [
        "qgis", "--nologo", "--noversioncheck", "--nocustomization", "--skipbadlayers", "--hide-browser",
        "--profiles-path", str(person.home / "profiles"), "--profile", "planning",
    ]  # fmt: skip
    if script is not None:
        words += ["--code", str(script)]
    with (person.home / "qgis.log").open("wb") as log:
        return subprocess.Popen(words, env={**person.environment(screen), **(extra or {})}, stdout=log, stderr=log)


def close_gently(process: subprocess.Popen[bytes], seconds: float = 20) -> int:
    """Wait for QGIS to leave by itself; end it when it doesn't. The exit status."""
    with suppress(subprocess.TimeoutExpired):
        return process.wait(seconds)
    process.terminate()
    time.sleep(1)
    with suppress(ProcessLookupError):
        process.kill()
    return process.wait()
