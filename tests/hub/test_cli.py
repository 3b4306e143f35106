"""The administrator's command line, on a real database."""

from __future__ import annotations

import csv
import os
import socket
import subprocess
import sys
import unicodedata
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import Result
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row
from typer.testing import CliRunner

from province_hub import accounts, initialise, standard
from province_hub.cli import app
from province_hub.registry.systems import ProvinceSystem
from tests.hub import tiny

Command = Callable[..., Result]


@pytest.fixture
def command(conninfo: str, tmp_path: Path) -> Command:
    """``database`` is the owner's way to it; the hub would serve under another role."""

    def run(*arguments: str, stdin: str = "", database: str = conninfo) -> Result:
        return CliRunner(env={**environment_of(database), "PROVINCE_HUB_STATE": str(tmp_path / "state")}).invoke(
            app, arguments, input=stdin
        )

    return run


def environment_of(owner: str) -> dict[str, str]:
    with suppress(psycopg.ProgrammingError):  # a test of what is no connection string
        return {"PROVINCE_HUB_OWNER_DATABASE": owner, "PROVINCE_HUB_DATABASE": tiny.as_application(owner)}
    return {"PROVINCE_HUB_DATABASE": owner}


def one(conninfo: str, query: str, *params: Any) -> dict[str, Any] | None:
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        return conn.execute(query.encode(), params).fetchone()


def test_it_runs_as_a_process(conninfo: str) -> None:
    environment = {**os.environ, **environment_of(conninfo)}
    command = [sys.executable, "-m", "province_hub", "doctor"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    named = f"(database {conninfo_to_dict(conninfo)['dbname']!r} on "
    assert done.stdout.startswith(f"The database is set up as it should be. {named}")


def test_an_organisation_is_added_joined_and_closed(command: Command, conninfo: str) -> None:
    assert command("organisations", "add", "congan", "--name", "Công an tỉnh").exit_code == 0
    added = command("users", "add", "ca.yk", "--full-name", "A", "--role", "agency", "--password-stdin", stdin="mat-khau-dai\n")
    assert added.exit_code == 0, added.stderr
    assert command("organisations", "join", "ca.yk", "congan").exit_code == 0
    listed = command("organisations", "list").stdout.splitlines()[1].split()
    assert listed == ["congan", "Công", "an", "tỉnh", "ca.yk"]
    assert command("organisations", "close", "congan").exit_code == 0
    assert "closed" in command("organisations", "list").stdout
    assert command("organisations", "join", "ca.yk").exit_code == 0
    assert one(conninfo, "SELECT organisation FROM hub.account WHERE name = 'ca.yk'") == {"organisation": None}
    for arguments, words in (
        (("add", "Công an", "--name", "x"), "no code of an organisation"),
        (("add", "ca", "--name", " "), "needs a name"),
        (("join", "ca.yk", "x"), "there is no organisation x"),
        (("close", "x"), "there is no organisation x"),
    ):
        refused = command("organisations", *arguments)
        assert (refused.exit_code, words in refused.stderr) == (1, True), refused.stderr


def test_init_makes_a_hub_and_can_be_repeated(command: Command, empty: str) -> None:
    first = command("init", database=empty)
    assert (first.exit_code, first.stdout) == (0, "The hub of Khánh Hòa (56) is ready, in EPSG:9217.\n"), first.stderr
    hub_id = one(empty, "SELECT value FROM hub.setting WHERE name = 'hub_id'")
    assert command("init", database=empty).exit_code == 0
    assert one(empty, "SELECT value FROM hub.setting WHERE name = 'hub_id'") == hub_id
    assert one(empty, "SELECT count(*) AS n FROM hub.layer") == {"n": len(standard.FIRST_LAYERS)}
    assert command("doctor", database=empty).exit_code == 0


def test_an_owner_without_a_superusers_rights_makes_the_hub_with_the_two_that_the_manual_names(
    command: Command, empty: str
) -> None:
    role = f"owner_{uuid.uuid4().hex[:8]}"
    name = sql.Identifier(conninfo_to_dict(empty)["dbname"])
    as_owner = make_conninfo(empty, user=role)
    with psycopg.connect(empty, autocommit=True) as superuser:
        superuser.execute(sql.SQL("CREATE ROLE {0} LOGIN; ALTER DATABASE {1} OWNER TO {0}").format(sql.Identifier(role), name))
        superuser.execute("CREATE EXTENSION postgis")
        refused = command("init", database=as_owner)
        superuser.execute(sql.SQL("GRANT INSERT ON spatial_ref_sys TO {}").format(sql.Identifier(role)))
    made, judged = command("init", database=as_owner), command("doctor", database=as_owner)
    with psycopg.connect(empty, autocommit=True) as superuser:
        superuser.execute(
            sql.SQL("REASSIGN OWNED BY {0} TO CURRENT_USER; DROP OWNED BY {0}; DROP ROLE {0}").format(sql.Identifier(role))
        )
    assert refused.exit_code == 1
    assert "GRANT INSERT ON spatial_ref_sys" in refused.output
    assert (made.exit_code, judged.exit_code) == (0, 0), made.output + judged.output


@pytest.mark.parametrize("arguments", [("doctor",), ("verify",), ("add-layer", "QuyHoach.CayXanh_P"), ("users", "disable", "x")])
def test_a_database_that_is_no_hub_is_told_plainly(command: Command, empty: str, arguments: tuple[str, ...]) -> None:
    done = command(*arguments, database=empty)
    assert (done.exit_code, done.stderr) == (1, "province_hub: the database isn't a hub yet: run `init` first\n")


def test_a_server_that_is_not_there_is_told_plainly(command: Command) -> None:
    done = command("doctor", database="host=/nowhere dbname=hub connect_timeout=1")
    assert done.exit_code == 1
    assert done.stderr.startswith("province_hub: the database can't be reached")


def test_another_province_is_told_plainly(command: Command) -> None:
    done = command("init", "--province", "01")
    assert (done.exit_code, done.stderr) == (1, "province_hub: the database is that of province 56\n")


def test_a_class_of_the_standard_is_added_once(command: Command, conninfo: str) -> None:
    assert command("add-layer", "QuyHoach.CayXanh_P").stdout == "QuyHoach.CayXanh_P is added.\n"
    assert command("add-layer", "QuyHoach.CayXanh_P").stdout == "QuyHoach.CayXanh_P is there already.\n"
    assert one(conninfo, """SELECT count(*) AS n FROM "QuyHoach"."CayXanh_P" """) == {"n": 0}
    wrong = command("add-layer", "QuyHoach.CayXanh")
    assert wrong.exit_code == 1
    assert "no class QuyHoach.CayXanh;" in wrong.stderr


def test_a_user_is_added_with_roles(command: Command, conninfo: str) -> None:
    done = command(
        *("users", "add", "moi", "--full-name", "Người Mới", "--role", "technician:22504", "--role", "technician:22516"),
        *("--cleared", "--password-stdin"),
        stdin="Một mật khẩu dài\n",
    )
    assert done.exit_code == 0, done.stderr
    account = one(conninfo, "SELECT * FROM hub.account WHERE name = 'moi'")
    assert account is not None
    assert (account["full_name"], account["cleared"], account["disabled_at"]) == ("Người Mới", True, None)
    assert accounts.password_matches(account["password_hash"], "Một mật khẩu dài")
    assert account["password_hash"].startswith("$argon2id$")
    roles = one(
        conninfo, "SELECT array_agg(role || ':' || commune ORDER BY commune) AS r FROM hub.role WHERE account = %s", account["id"]
    )
    assert roles == {"r": ["technician:22504", "technician:22516"]}


@pytest.mark.parametrize(
    ("arguments", "password", "sentence"),
    [
        (("moi", "--role", "technician:99999"), "long enough", "there is no commune 99999"),
        (("moi", "--role", "technician"), "long enough", "technician is no role"),
        (("moi", "--role", "approver:22504"), "long enough", "approver:22504 is no role"),
        (("moi", "--role", "king"), "long enough", "king is no role"),
        (("moi", "--role", "reviewer"), "short", "at least 10 characters"),
        (("dailanh.kt", "--role", "reviewer"), "long enough", "there is an account dailanh.kt already"),
        (("moi",), "long enough", "an account needs a role"),
        (("ng mới", "--role", "reviewer"), "long enough", "without blanks"),
    ],
)
def test_a_user_that_can_not_be_is_not_added(
    command: Command, conninfo: str, arguments: tuple[str, ...], password: str, sentence: str
) -> None:
    done = command("users", "add", *arguments, "--full-name", "X", "--password-stdin", stdin=password)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert one(conninfo, "SELECT count(*) AS n FROM hub.account") == {"n": len(tiny.ACCOUNTS)}


def test_disabling_shuts_the_account_and_its_tokens(command: Command, conninfo: str) -> None:
    with psycopg.connect(conninfo) as conn:
        conn.execute(
            "INSERT INTO hub.token (account, secret_hash, expires_at)"
            " SELECT id, sha256('x'), now() + interval '1 day' FROM hub.account WHERE name = 'dailanh.kt'"
        )
    assert command("users", "disable", "dailanh.kt").exit_code == 0
    assert one(conninfo, "SELECT disabled_at IS NOT NULL AS d FROM hub.account WHERE name = 'dailanh.kt'") == {"d": True}
    assert one(conninfo, "SELECT revoked_at IS NOT NULL AS r FROM hub.token") == {"r": True}
    assert command("users", "reset", "dailanh.kt", "--password-stdin", stdin="Mật khẩu khác").exit_code == 0
    account = one(conninfo, "SELECT disabled_at, password_hash FROM hub.account WHERE name = 'dailanh.kt'")
    assert account is not None
    assert account["disabled_at"] is None
    assert accounts.password_matches(account["password_hash"], "Mật khẩu khác")
    assert not accounts.password_matches(account["password_hash"], tiny.PASSWORD)


def test_an_unknown_user_is_told_plainly(command: Command) -> None:
    done = command("users", "disable", "nobody")
    assert (done.exit_code, done.stderr) == (1, "province_hub: there is no account nobody; `users list` shows all\n")


def test_verify_answers_by_its_status(command: Command, conninfo: str) -> None:
    well = command("verify")
    assert well.exit_code == 0, well.stderr
    named = f"(database {conninfo_to_dict(conninfo)['dbname']!r} on "
    assert well.stdout.startswith(f"The log, the layers and the audit agree. {named}")
    with psycopg.connect(conninfo) as conn:
        conn.execute("""ALTER TABLE "QuyHoach"."ChucNangSuDungDat_A" DISABLE TRIGGER USER""")
        conn.execute("""UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "ghiChu" = 'unseen' WHERE "kyHieuLoDat" = 'A1'""")
    ill = command("verify")
    assert ill.exit_code == 1
    assert ill.stdout.count("the table differs") == 2
    assert command("doctor").exit_code == 1


def test_serve_wants_certificate_and_key_together(command: Command) -> None:
    done = command("serve", "--tls-cert", __file__)
    assert (done.exit_code, done.stderr) == (1, "province_hub: --tls-cert and --tls-key belong together\n")


@pytest.mark.parametrize("arguments", [("init",), ("load-sample",), ("doctor",), ("serve",)])
@pytest.mark.parametrize(
    ("database", "sentence"),
    [("nonsense", "is no connection string"), ("host=/nowhere dbname=hub connect_timeout=1", "the database can't be reached")],
)
def test_a_wrong_connection_is_one_sentence(
    command: Command, arguments: tuple[str, ...], database: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVINCE_HUB_STATE", str(tmp_path))
    done = command(*arguments, *(("--port", "0") if arguments == ("serve",) else ()), database=database)
    assert done.exit_code == 1
    assert done.stderr.startswith("province_hub: ")
    assert sentence in done.stderr


def test_serve_says_that_the_port_is_taken(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVINCE_HUB_STATE", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = command("serve", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 1
    assert "choose others with --host and --port" in done.stderr


def test_serve_says_that_a_file_is_no_certificate(command: Command) -> None:
    done = command("serve", "--tls-cert", __file__, "--tls-key", __file__)
    assert done.exit_code == 1
    assert "are no certificate and its key" in done.stderr


def test_what_is_wrong_is_said_before_a_password_is_asked_for(command: Command) -> None:
    for arguments in (("dailanh.kt", "--role", "reviewer"), ("moi",), ("moi", "--role", "head:99999")):
        assert "terminal" not in command("users", "add", *arguments, "--full-name", "X").stderr
    done = command("users", "add", "moi", "--full-name", "X", "--role", "reviewer")
    assert (done.exit_code, done.stderr) == (
        1,
        "province_hub: there is no terminal to ask for the password: give it with --password-stdin\n",
    )
    assert "there is no account nobody" in command("users", "reset", "nobody").stderr


def test_a_password_is_typed_twice(conninfo: str) -> None:
    controller, terminal = os.openpty()
    arguments = ("users", "add", "moi", "--full-name", "X", "--role", "reviewer")
    with subprocess.Popen(
        [sys.executable, "-m", "province_hub", *arguments],
        env={**os.environ, "PROVINCE_HUB_DATABASE": conninfo},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    ) as process:
        for typed in ("mật khẩu một dài", "mật khẩu hai dài", "mật khẩu ba dài", "mật khẩu ba dài"):
            said = b""
            while not said.endswith(b": "):  # what is typed before the prompt stands there is thrown away
                said += os.read(controller, 1000)
            os.write(controller, f"{typed}\n".encode())
        assert process.wait(30) == 0
    account = one(conninfo, "SELECT password_hash FROM hub.account WHERE name = 'moi'")
    assert account is not None
    assert accounts.password_matches(account["password_hash"], "mật khẩu ba dài")


def test_accounts_are_listed_and_their_roles_changed(command: Command, conninfo: str) -> None:
    assert "dailanh.kt Nguyễn Thị Hạnh technician:22504 never used" in " ".join(command("users", "list").stdout.split())
    done = command("users", "roles", "dailanh.kt", "--role", "head:22516", "--role", "reviewer")
    assert (done.exit_code, done.stdout) == (0, "dailanh.kt has the roles head:22516 reviewer.\n"), done.stderr
    assert "head:22516 reviewer" in command("users", "list").stdout
    for arguments, words in [(("dailanh.kt", "--role", "head:9"), "no commune 9"), (("dailanh.kt",), "needs a role")]:
        assert words in command("users", "roles", *arguments).stderr
    assert "no account x" in command("users", "roles", "x", "--role", "reviewer").stderr
    assert "head:22516 reviewer" in command("users", "list").stdout


def test_a_name_is_the_same_however_it_was_typed(command: Command, conninfo: str) -> None:
    decomposed = unicodedata.normalize("NFD", "hạnh.kt")
    added = ("users", "add", decomposed, "--full-name", "X", "--role", "reviewer", "--password-stdin")
    assert command(*added, stdin="mật khẩu đủ dài").exit_code == 0
    assert one(conninfo, "SELECT count(*) AS n FROM hub.account WHERE name = %s", "hạnh.kt") == {"n": 1}
    assert command("users", "disable", decomposed).exit_code == 0


def test_a_province_chooses_its_name_and_system_once(command: Command, empty: str) -> None:
    wrong = command("init", "--province", "48", "--epsg", "4326", database=empty)
    assert (wrong.exit_code, "EPSG:4326 is no VN-2000 system" in wrong.stderr) == (1, True)
    assert one(empty, "SELECT to_regnamespace('hub') IS NULL AS none") == {"none": True}
    made = command("init", "--province", "48", "--name", "Thành phố Đà Nẵng", "--epsg", "9215", database=empty)
    assert made.stdout == "The hub of Thành phố Đà Nẵng (48) is ready, in EPSG:9215.\n", made.stderr
    assert command("init", database=empty).stdout == made.stdout
    assert "for ever" in command("init", "--epsg", "5899", database=empty).stderr
    assert "that of province 48" in command("init", "--province", "56", database=empty).stderr
    assert command("init", "--name", "Đà Nẵng", database=empty).stdout == "The hub of Đà Nẵng (48) is ready, in EPSG:9215.\n"
    assert one(empty, "SELECT Find_SRID('hub', 'commune', 'geom') AS n") == {"n": 9215}
    assert "needs its coordinate system, EPSG:9217" in command("load-sample", database=empty).stderr
    assert command("doctor", database=empty).exit_code == 0


def test_the_systems_are_those_that_the_database_gets(conninfo: str) -> None:
    table = Path(initialise.__file__).parent / "data" / "vn2000_systems.csv"
    systems = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert len(systems) == 20
    with psycopg.connect(conninfo) as conn:
        for row in systems:
            ours = f"+proj=tmerc +lat_0=0 +lon_0={row['lon_0']} +k={row['k']} +x_0=500000 +y_0=0 +ellps=WGS84"
            definition = conn.execute("SELECT proj4text FROM spatial_ref_sys WHERE srid = %s", (row["epsg"],)).fetchone()
            assert definition is not None
            system = ProvinceSystem(int(row["epsg"]), ours)
            assert system.projection_from(definition[0]) is None, row
            assert system.projection_from(ours + " +towgs84=-191.90441429,-39.30318279,-111.45032835,0,0,0,0") is None, row
