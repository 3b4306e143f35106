"""The token lies encrypted in QGIS's authentication store, never in the settings."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsSettings

from commune_planning_plugin.adapters import credentials
from commune_planning_plugin.session import memory
from commune_planning_plugin.session.types import MasterPassword

pytestmark = pytest.mark.usefixtures("qgis_app")

WHERE = ("https://hub.example", "dailanh.kt")
TOKEN = "t0k3n-that-is-secret"


@pytest.fixture(autouse=True)
def clean():
    yield
    credentials.forget(*WHERE)


@pytest.fixture
def master_password() -> None:
    assert QgsApplication.authManager().setMasterPassword("only-for-tests", True)


def forget_the_session() -> None:
    credentials._of_this_session.clear()


@pytest.mark.usefixtures("master_password")
def test_it_is_kept_encrypted_over_restarts() -> None:
    assert credentials.store(*WHERE, TOKEN)
    forget_the_session()
    assert credentials.load(*WHERE) == TOKEN
    assert credentials.load("https://other.example", "dailanh.kt") is None
    settings = QgsSettings()
    assert not any(TOKEN in str(settings.value(key)) for key in settings.allKeys())
    assert TOKEN.encode() not in Path(database()).read_bytes()


@pytest.mark.usefixtures("master_password")
def test_forgetting_leaves_nothing() -> None:
    credentials.store(*WHERE, TOKEN)
    credentials.forget(*WHERE)
    assert credentials.load(*WHERE) is None
    with sqlite3.connect(database()) as connection:
        names = connection.execute("SELECT setting FROM auth_settings WHERE setting LIKE 'commune_planning%'").fetchall()
    assert credentials._name(*WHERE) not in {name for (name,) in names}


def test_without_the_master_password_it_lasts_for_the_session(monkeypatch) -> None:
    monkeypatch.setattr(type(QgsApplication.authManager()), "setMasterPassword", lambda *_args: False)
    assert not credentials.store(*WHERE, TOKEN)
    assert credentials.load(*WHERE) == TOKEN
    forget_the_session()
    assert credentials.load(*WHERE) is None


def database() -> str:
    uri = QgsApplication.authManager().authenticationDatabaseUri()
    return uri.split("QSQLITE://", 1)[-1]


@pytest.mark.usefixtures("master_password")
def test_held_for_the_session_nothing_of_it_or_of_an_earlier_one_is_on_disk() -> None:
    credentials.store(*WHERE, "earlier")
    credentials.hold(*WHERE, TOKEN)
    assert credentials.load(*WHERE) == TOKEN
    forget_the_session()
    assert credentials.load(*WHERE) is None


@pytest.mark.usefixtures("master_password")
def test_nothing_is_asked_once_the_master_password_is_set() -> None:
    assert not credentials.will_ask()
    QgsApplication.authManager().clearMasterPassword()
    assert credentials.will_ask()


@pytest.mark.usefixtures("master_password")
def test_a_master_password_that_was_made_up_is_known_of_while_it_is_locked() -> None:
    assert memory.master_password() is MasterPassword.NOT_ASKED
    QgsApplication.authManager().clearMasterPassword()
    assert memory.master_password() is MasterPassword.ASKED


def test_in_a_new_profile_one_is_to_be_made_up(monkeypatch) -> None:
    manager = type(QgsApplication.authManager())
    monkeypatch.setattr(manager, "masterPasswordIsSet", lambda _self: False)
    monkeypatch.setattr(manager, "masterPasswordHashInDatabase", lambda _self: False)
    assert memory.master_password() is MasterPassword.CHOSEN
