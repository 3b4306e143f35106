"""Settings: one place, types and defaults."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsSettings

from commune_planning_plugin.adapters import settings

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.fixture(autouse=True)
def clean():
    QgsSettings().remove("plugins/commune_planning")
    yield
    QgsSettings().remove("plugins/commune_planning")
    settings.unregister()


def test_defaults() -> None:
    assert (settings.hub_url(), settings.account_name(), settings.commune()) == ("", "", "")
    assert settings.working_folder() == Path.home() / "QuyHoachXa"


def test_values_last_and_lie_under_the_plugins_node(tmp_path: Path) -> None:
    settings.set_hub_url("https://hub.example")
    settings.set_account_name("dailanh.kt")
    settings.set_commune("22504")
    settings.set_working_folder(tmp_path)
    settings.unregister()
    assert (settings.hub_url(), settings.account_name(), settings.commune()) == ("https://hub.example", "dailanh.kt", "22504")
    assert settings.working_folder() == tmp_path
    assert QgsSettings().value("plugins/commune_planning/commune") == "22504"
