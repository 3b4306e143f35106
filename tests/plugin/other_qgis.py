"""A second QGIS process at the same working copy, driven line by line: ``python -m tests.plugin.other_qgis FILE [plain]``.

It shows the file's layers as the plugin does, or with ``plain`` as QGIS alone does, says ``ready``, and answers each line: ``edit``
begins to edit the lots, ``rename N NAME`` changes one in the edit buffer, ``save`` and ``stop`` end it, ``look SECONDS`` reads all
lots again and again and says the numbers of rows that it saw.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

LOTS = "QuyHoach.ChucNangSuDungDat_A"


class OtherQgis:
    """The process, from the test's side."""

    def __init__(self, path: Path, *options: str) -> None:
        command = [sys.executable, "-m", "tests.plugin.other_qgis", str(path), *options]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
        )
        assert self.answer() == "ready"

    def begin(self, line: str) -> None:
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def answer(self) -> str:
        while True:  # QGIS may print lines of its own
            line = self._process.stdout.readline()
            assert line, "the other QGIS has ended"
            if line.startswith("> "):
                return line[2:].strip()

    def do(self, line: str) -> str:
        self.begin(line)
        return self.answer()

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


def _serve(path: Path, plain: bool) -> None:
    from qgis.core import QgsApplication, QgsProject, QgsVectorLayer

    application = QgsApplication([], False)
    application.initQgis()
    if plain:
        layer = QgsVectorLayer(f"{path}|layername={LOTS.replace('.', '_')}", "lots", "ogr")
        QgsProject.instance().addMapLayer(layer)
    else:
        layer = _planning_layer(path)
    _say("ready")
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "edit":
            _say(str(layer.startEditing()))
        elif word == "rename":
            index = layer.fields().lookupField("tenDoiTuong")
            _say(str(layer.changeAttributeValue(int(rest[0]), index, rest[1])))
        elif word == "save":
            _say(str(layer.commitChanges()))
        elif word == "stop":
            _say(str(layer.rollBack()))
        elif word == "look":
            _say(" ".join(map(str, sorted(_looked(layer, float(rest[0]))))))


def _planning_layer(path: Path):
    from qgis.core import QgsProject

    from commune_planning_plugin.adapters.layers import PlanningLayers
    from commune_planning_plugin.store import Lease, WorkingCopy
    from tests.plugin.conftest import wait_until
    from tests.plugin.test_layers import source_of

    with WorkingCopy.open(path, wait=10.0) as copy:
        source, checkpoint = source_of(copy), copy.checkpoint
    _planning_layer.layers = layers = PlanningLayers(QgsProject.instance(), lambda layer_id: Lease.take(path, layer_id, checkpoint))
    layers.load(source)
    wait_until(lambda: layers.complete and not layers.loading, 30)
    return layers.layer(LOTS)


def _looked(layer, seconds: float) -> set[int]:
    seen, end = set(), time.monotonic() + seconds
    while time.monotonic() < end:
        seen.add(sum(1 for _ in layer.getFeatures()))
    return seen


def _say(text: str) -> None:
    sys.stdout.write(f"> {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), "plain" in sys.argv[2:])
