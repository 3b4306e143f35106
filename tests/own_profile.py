"""Each test process has an authentication database of its own: tokens that tests keep never reach a person's profile.

QGIS's settings are put apart by pytest-qgis; this database isn't. Loaded before QGIS starts, by the options in pyproject.toml.
"""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest

_FOLDER = pytest.StashKey[str]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    folder = early_config.stash[_FOLDER] = tempfile.mkdtemp(prefix="qgis-auth-")
    os.environ["QGIS_AUTH_DB_DIR_PATH"] = folder


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash.get(_FOLDER, ""), ignore_errors=True)
