"""Communes from files: a real PostGIS, real files in the formats and states that offices have them in."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import psycopg
import pyproj
import pytest
import shapely
from psycopg.rows import dict_row
from starlette.testclient import TestClient

from province_hub.app import API
from province_hub.registry.systems import ProvinceSystem
from tests.hub.api_fixtures import sign_in
from tests.hub.test_cli import Command, command, one  # noqa: F401 (fixture)
from tests.hub.vector_files import square, write

PROJ = (
    "+proj=tmerc +lat_0=0 +lon_0=108.25 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84"
    " +towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278 +units=m +no_defs"
)
ESRI_WKT = (
    'PROJCS["VN-2000_TM-3_{0}",GEOGCS["GCS_VN-2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{0}],'
    'PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
SYSTEM = ProvinceSystem(9217, PROJ)


def communes(conninfo: str) -> dict[str, dict]:
    query = "SELECT code, kind || ' ' || name AS name, ST_AsText(geom) AS geom, area_epoch AS epoch FROM hub.commune"
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        return {row["code"]: row for row in conn.execute(query)}


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".shp"])
def test_an_empty_hub_gets_its_communes(command: Command, empty: str, tmp_path: Path, suffix: str) -> None:  # noqa: F811
    assert command("init", database=empty).exit_code == 0
    names = [unicodedata.normalize("NFD", "Xã Đại Lãnh"), "  Phường  Bắc Nha Trang "]
    file = write(tmp_path / f"ranh{suffix}", [square(0), shapely.MultiPolygon([square(1)])], ma=["22504", "22333"], ten=names)
    wanted = ("communes", "import", str(file), "--code-field", "ma", "--name-field", "ten")
    tried = command(*wanted, "--dry-run", database=empty)
    assert (tried.exit_code, tried.stdout) == (0, "added: 2 (22333 22504)\nNothing is changed: this was a dry run.\n"), tried.stderr
    assert communes(empty) == {}
    done = command(*wanted, database=empty)
    assert (done.exit_code, done.stdout) == (0, "added: 2 (22333 22504)\nDone.\n"), done.stderr
    found = communes(empty)
    assert {code: row["name"] for code, row in found.items()} == {"22504": "xã Đại Lãnh", "22333": "phường Bắc Nha Trang"}
    assert {row["epoch"] for row in found.values()} == {1}
    covered = "SELECT bool_and(ST_Covers(area, ST_Buffer(geom, 149))) AS c, min(ST_NPoints(area)) > 4 AS round FROM hub.commune"
    assert one(empty, covered) == {"c": True, "round": True}
    parts = "SELECT abs(sum(ST_Area(geom)) - (SELECT sum(ST_Area(area)) FROM hub.commune)) < 1 AS same FROM hub.commune_part"
    assert one(empty, parts) == {"same": True}
    assert "22504  xã      Đại Lãnh       1.0" in command("communes", "list", database=empty).stdout
    role = ("--role", "technician:22504", "--password-stdin")
    assert command("users", "add", "an", "--full-name", "An", *role, stdin="đủ dài rồi nhé", database=empty).exit_code == 0


def test_doing_it_again_changes_only_what_changed(command: Command, conninfo: str, tmp_path: Path) -> None:  # noqa: F811
    first = write(tmp_path / "1.gpkg", [square(0), square(1)], code=["22504", "22516"], name=["Xã Đại Lãnh", "Xã Vạn Thắng"])
    assert command("communes", "import", str(first)).stdout == "unchanged: 2 (22504 22516)\nDone.\n"
    assert {row["epoch"] for row in communes(conninfo).values()} == {1}
    second = write(tmp_path / "2.gpkg", [square(0, side=1100), square(0, 2)], code=["22504", "22525"], name=["Xã Mới", "Xã Ba"])
    done = command("communes", "import", str(second))
    assert done.stdout == (
        "added: 1 (22525)\nboundary changed: 1 (22504)\nrenamed: 1 (22504)\nkept, though not in the file: 1 (22516)\n"
        "desks that need a fresh working copy: 1 (22504)\nDone.\n"
    )
    found = communes(conninfo)
    assert {code: row["epoch"] for code, row in found.items()} == {"22504": 2, "22516": 1, "22525": 1}
    assert found["22504"]["name"] == "xã Mới"
    inside = "SELECT ST_Covers(area, geom) AS area, (SELECT ST_Covers(ST_Union(p.geom), c.geom) FROM hub.commune_part p"
    inside += " WHERE p.commune = c.code) AS parts FROM hub.commune c WHERE code = '22504'"
    assert one(conninfo, inside) == {"area": True, "parts": True}
    again = command("communes", "import", str(second))
    assert again.stdout == "unchanged: 2 (22504 22525)\nkept, though not in the file: 1 (22516)\nDone.\n"


def test_a_desk_hears_of_the_new_epoch(command: Command, hub: TestClient, tmp_path: Path) -> None:  # noqa: F811
    headers = sign_in(hub, "dailanh.kt")
    snapshot = hub.get(f"{API}/communes/22504/snapshot", headers=headers)
    assert snapshot.headers["X-Planning-Area-Epoch"] == "1"
    file = write(tmp_path / "1.gpkg", [square(0, side=1500)], code=["22504"], name=["Xã Đại Lãnh"])
    assert command("communes", "import", str(file)).exit_code == 0
    assert hub.get(f"{API}/communes/22504/snapshot", headers=headers).headers["X-Planning-Area-Epoch"] == "2"
    listed = {commune["code"]: commune for commune in hub.get(f"{API}/catalogue", headers=headers).json()["communes"]}
    assert listed["22504"]["area_epoch"] == 2


@pytest.mark.parametrize(
    ("crs", "meridian"),
    [
        ("EPSG:9217", None),
        (ESRI_WKT.format(108.25), None),
        (PROJ, None),
        (PROJ.replace("-191.90441429,-39.30318279,-111.45032835", "191.90441429,39.30318279,111.45032835"), None),
        ("+proj=tmerc +lon_0=108.25 +k=0.9999 +x_0=500000 +ellps=WGS84", None),
        ("EPSG:5899", 107.75),
        (ESRI_WKT.format(107.75), 107.75),
    ],
)
def test_a_system_is_known_by_its_parameters(crs: str, meridian: float | None) -> None:
    projection = SYSTEM.projection_from(crs)
    if meridian is None:
        assert projection is None
        return
    assert projection is not None
    flat = "+proj=tmerc +lon_0={} +k=0.9999 +x_0=500000 +ellps=WGS84"
    there = pyproj.Transformer.from_crs(flat.format(108.25), flat.format(meridian)).transform(602_805.0, 1_353_660.0)
    assert np.abs(projection(np.array([there])) - [602_805.0, 1_353_660.0]).max() < 1e-4


@pytest.mark.parametrize(("degrees", "metres"), [((109.1967, 12.2388), (602_805.660, 1_353_660.028)), ((111.92, 8.645), None)])
def test_wgs84_comes_by_the_official_shift(degrees: tuple[float, float], metres: tuple[float, float] | None) -> None:
    """Nha Trang as other programs have it; Trường Sa, outside the area for which PROJ takes that shift by itself."""
    projection = SYSTEM.projection_from("EPSG:4326")
    assert projection is not None
    found = projection(np.array([degrees]))[0]
    by_proj = pyproj.Transformer.from_crs("EPSG:4326", PROJ, always_xy=True).transform(*degrees)
    assert np.abs(found - by_proj).max() < 1e-6
    if metres is not None:
        assert np.abs(found - metres).max() < 0.001
    unshifted = pyproj.Transformer.from_crs("EPSG:4326", "+proj=tmerc +lon_0=108.25 +k=0.9999 +x_0=500000", always_xy=True)
    assert 150 < float(np.hypot(*(found - unshifted.transform(*degrees)))) < 300


def test_a_file_in_degrees_arrives_where_it_belongs(command: Command, conninfo: str, tmp_path: Path) -> None:  # noqa: F811
    back = pyproj.Transformer.from_crs(PROJ, "EPSG:4326", always_xy=True)
    shape = shapely.transform(square(0), lambda xy: np.column_stack(back.transform(xy[:, 0], xy[:, 1])))
    file = write(tmp_path / "độ.geojson", [shape], crs="EPSG:4326", code=[22504], name=["Đại Lãnh"], loai=["Xã"])
    done = command("communes", "import", str(file), "--kind-field", "loai")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "unchanged: 1 (22504)"), done.stderr


def test_codes_as_numbers_get_their_zeros_back(command: Command, empty: str, tmp_path: Path) -> None:  # noqa: F811
    made = command("init", "--province", "01", database=empty)
    assert made.stdout == "The hub of Hà Nội (01) is ready, in EPSG:5897.\n"
    file = write(tmp_path / "1.gpkg", [square(0)], crs="EPSG:5897", code=[4], name=["Phường Ba Đình"])
    assert command("communes", "import", str(file), database=empty).stdout == "added: 1 (00004)\nDone.\n"


def test_common_ground_is_told(command: Command, tmp_path: Path) -> None:  # noqa: F811
    file = write(tmp_path / "1.gpkg", [square(0), square(0, side=500)], code=["22504", "22516"], name=["Xã A", "Xã B"])
    assert "look at the border of 22504 and 22516: 25.0 ha belong to both" in command("communes", "import", str(file)).stdout


BOW_TIE = shapely.Polygon([(600_000, 1_400_000), (601_000, 1_401_000), (601_000, 1_400_000), (600_000, 1_401_000)])
NAMED = {"code": ["22504"], "name": ["Xã Đại Lãnh"]}


@pytest.mark.parametrize(
    ("shapes", "crs", "fields", "sentences"),
    [
        ([BOW_TIE], "EPSG:9217", NAMED, ["feature 1: its polygon is invalid (Self-intersection[600500 1400500])"]),
        ([None], "EPSG:9217", NAMED, ["feature 1: it has no shape"]),
        ([shapely.Point(600_000, 1_400_000)], "EPSG:9217", NAMED, ["feature 1: it is a Point, no polygon"]),
        ([square(0)], "EPSG:4326", NAMED, ["feature 1: its coordinates are none of the file's coordinate system"]),
        ([square(0)], "EPSG:5896", NAMED, ["the data lies 5.3° from the province's meridian (108.25°)"]),
        ([square(0)], "EPSG:32633", NAMED, ["feature 1: it lies outside Viet Nam"]),
        ([square(0)], None, NAMED, ["doesn't say its coordinate system"]),
        ([square(0)], PROJ.split(" +ellps")[0] + " +datum=WGS84", NAMED, ["is drawn like VN-2000 but says WGS 84"]),
        ([square(0)], "EPSG:9217", {"ma": ["22504"], "name": ["x"]}, ["has no field code; it has ma, name"]),
        ([square(0)], "EPSG:9217", {"code": ["2250x"], "name": ["Xã A"]}, ["feature 1: “2250x” is no commune code"]),
        ([square(0)], "EPSG:9217", {"code": ["22504"], "name": ["Thị trấn A"]}, ["feature 1: “Thị trấn A” doesn't say xã, phường"]),
        (
            [square(0), square(1)],
            "EPSG:9217",
            {"code": ["22504", "22504"], "name": ["Xã A", " "]},
            ["feature 2: the commune has no name", "feature 1: the code 22504 is there more", "feature 2: the code 22504 is"],
        ),
    ],
)
def test_a_bad_file_changes_nothing(command, conninfo: str, tmp_path: Path, shapes, crs, fields, sentences) -> None:  # noqa: F811
    before = communes(conninfo)
    file = write(tmp_path / "ranh.gpkg", shapes, crs=crs, **fields)
    done = command("communes", "import", str(file))
    assert done.exit_code == 1
    assert all(line.startswith("province_hub: ") for line in done.stderr.splitlines())
    assert len(done.stderr.splitlines()) == len(sentences)
    assert all(sentence in done.stderr for sentence in sentences), done.stderr
    assert communes(conninfo) == before


def test_a_system_that_is_given_counts_instead_of_the_declared_one(command, conninfo, tmp_path: Path) -> None:  # noqa: F811
    file = write(tmp_path / "ranh.gpkg", [square(0)], crs="EPSG:5896", **NAMED)
    assert command("communes", "import", str(file), "--crs", "EPSG:9217").stdout.startswith("unchanged: 1 (22504)\n")
    assert "is no coordinate system" in command("communes", "import", str(file), "--crs", "Nha Trang").stderr


def test_files_that_are_none(command: Command, tmp_path: Path) -> None:  # noqa: F811
    assert "there is no file" in command("communes", "import", str(tmp_path / "x.gpkg")).stderr
    (tmp_path / "x.gpkg").write_text("no database", encoding="utf-8")
    assert "is no vector file" in command("communes", "import", str(tmp_path / "x.gpkg")).stderr
    file = write(tmp_path / "two.gpkg", [square(0)], layer="một", **NAMED)
    write(file, [square(0)], layer="hai", **NAMED)
    assert "has the layers một, hai: name one with --layer" in command("communes", "import", str(file)).stderr
    assert command("communes", "import", str(file), "--layer", "hai").exit_code == 0


def test_many_faults_are_cut_short(command: Command, tmp_path: Path) -> None:  # noqa: F811
    file = write(tmp_path / "x.gpkg", [square(n) for n in range(25)], code=["x"] * 25, name=["Xã A"] * 25)
    told = command("communes", "import", str(file)).stderr.splitlines()
    assert (len(told), told[-1]) == (21, "province_hub: … and 5 more")
