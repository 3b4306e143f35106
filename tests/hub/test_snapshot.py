"""A commune's data as a GeoPackage: what is in it, how it is kept, how it is fetched."""

from __future__ import annotations

import gzip
import hashlib
import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from osgeo import ogr, osr
from psycopg import sql
from starlette.testclient import TestClient

from commune_planning_plugin.core.schema import canonical_value
from province_hub.app import API
from province_hub.database import Database
from province_hub.layer_tables import layers, read_rows
from province_hub.snapshot import SnapshotStore
from tests.hub.api_fixtures import HubServer, sign_in
from tests.hub.tiny import LOTS, lot_key

URL = f"{API}/communes/22504/snapshot"
TABLE = "QuyHoach_ChucNangSuDungDat_A"
UPDATE = 'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET '


def unpacked(content: bytes, folder: Path) -> Path:
    path = folder / f"{hashlib.sha256(content).hexdigest()[:8]}.gpkg"
    path.write_bytes(gzip.decompress(content))
    return path


@pytest.fixture
def headers(hub: TestClient) -> dict[str, str]:
    return sign_in(hub, "dailanh.kt")


@pytest.fixture
def geopackage(hub: TestClient, headers: dict[str, str], tmp_path: Path) -> Path:
    answer = hub.get(URL, headers=headers)
    assert answer.status_code == 200, answer.text
    return unpacked(answer.content, tmp_path)


def keys(path: Path, table: str = TABLE) -> set[str]:
    with sqlite3.connect(path) as connection:
        return {key for (key,) in connection.execute(f'SELECT key FROM "{table}"')}


def test_headers_describe_the_file(hub: TestClient, headers: dict[str, str], tmp_path: Path):
    answer = hub.get(URL, headers=headers)
    assert answer.headers["Content-Type"] == "application/gzip"
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert int(answer.headers["X-Planning-Size"]) == len(gzip.decompress(answer.content))
    assert int(answer.headers["X-Planning-Features"]) == 100 + 30 + 1
    revision = hub.get(f"{API}/status").json()["revision"]
    assert answer.headers["X-Planning-Checkpoint"] == f"{revision['number']} {revision['id']}"
    head = hub.head(URL, headers=headers)
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head.headers[name] for name in ("etag", "content-length")} == {
        name: answer.headers[name] for name in ("etag", "content-length")
    }


def test_it_holds_what_meets_the_area_and_no_more(geopackage: Path):
    """The margin is 200 m, so that the neighbour's third column of lots just touches the area."""
    own = {lot_key("22504", column, row) for column in range(10) for row in range(10)}
    neighbours = {lot_key("22516", column, row) for column in range(3) for row in range(10)}
    assert keys(geopackage) == own | neighbours


def test_gdal_reads_it_with_geometry_types_and_crs(geopackage: Path):
    source = ogr.Open(str(geopackage))
    names = {source.GetLayer(index).GetName() for index in range(source.GetLayerCount())}
    assert {TABLE, "planning_ref_commune", "planning_ref_plan"} <= names
    layer = source.GetLayerByName(TABLE)
    assert layer.GetGeomType() == ogr.wkbMultiPolygon
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "9217"
    assert layer.GetSpatialRef().IsSame(_epsg(9217), ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES"])
    feature = layer.GetNextFeature()
    assert feature.GetGeometryRef().IsValid()
    assert layer.GetExtent() == (600_000, 601_300, 1_400_000, 1_401_000)
    assert ogr.GetFieldTypeName(layer.GetLayerDefn().GetFieldDefn(layer.FindFieldIndex("valid_from", 1)).GetType()) == "Date"


def _epsg(code: int) -> osr.SpatialReference:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    return reference


def test_sqlite_finds_it_sound_and_unarmed(geopackage: Path):
    with sqlite3.connect(geopackage) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        kinds = {kind for (kind,) in connection.execute("SELECT type FROM sqlite_master")}
        assert "trigger" not in kinds
        assert connection.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert "PROJCS" in connection.execute("SELECT definition FROM gpkg_spatial_ref_sys WHERE srs_id = 9217").fetchone()[0]


def test_rows_are_the_provinces_to_the_bit(geopackage: Path, database: Database):
    with database.reading() as conn:
        layer = layers(conn)[LOTS]
        province = read_rows(conn, layer, sql.SQL("true"))
    with sqlite3.connect(geopackage) as connection:
        connection.row_factory = sqlite3.Row
        for row in connection.execute(f'SELECT * FROM "{TABLE}"'):
            values = {field.name: canonical_value(field, row[field.name]) for field in layer.fields}
            blob = row["geom"]
            assert blob[:4] == b"GP\x00\x02"
            assert {**values, "geom": blob[40:]} == province[row["key"]]


def test_references_show_the_neighbour_and_the_plans(geopackage: Path):
    with sqlite3.connect(geopackage) as connection:
        communes = connection.execute("SELECT code, name, kind FROM planning_ref_commune ORDER BY code").fetchall()
        plans = [code for (code,) in connection.execute("SELECT code FROM planning_ref_plan ORDER BY code")]
    assert communes == [("22504", "Đại Lãnh", "xã"), ("22516", "Vạn Thắng", "xã")]
    assert plans == ["PLAN-22504", "PLAN-22516", "PLAN-CROSSING"]


def test_restricted_features_stay_at_the_hub(hub: TestClient, database: Database, headers: dict[str, str], tmp_path: Path):
    secret, veiled = lot_key("22504", 5, 5), lot_key("22504", 6, 6)
    with database.writing("quantri") as conn:
        conn.execute(UPDATE + "visibility = 2, \"tenDoiTuong\" = 'bí mật' WHERE key = %s", (secret,))
        conn.execute(UPDATE + "visibility = 1, \"tenDoiTuong\" = 'kín' WHERE key = %s", (veiled,))
    answer = hub.get(URL, headers=headers)
    public = unpacked(answer.content, tmp_path)
    assert secret not in keys(public)
    assert int(answer.headers["X-Planning-Features"]) == 130
    assert "bí mật".encode() not in public.read_bytes()
    assert "kín".encode() not in public.read_bytes()
    with sqlite3.connect(public) as connection:
        row = connection.execute(f'SELECT "tenDoiTuong", "maDoiTuong", geom FROM "{TABLE}" WHERE key = ?', (veiled,)).fetchone()
    assert row[0] is None
    assert row[1]
    assert row[2]
    cleared = unpacked(hub.get(URL, headers=sign_in(hub, "soxd.tham")).content, tmp_path)
    assert secret in keys(cleared)
    assert "bí mật".encode() in cleared.read_bytes()


def test_other_communes_are_not_ones_own(hub: TestClient, headers: dict[str, str]):
    refused = hub.get(f"{API}/communes/22516/snapshot", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "rights.territory")
    unknown = hub.get(f"{API}/communes/99999/snapshot", headers=sign_in(hub, "soxd.tham"))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "commune.unknown")


def rename(database: Database, name: str) -> None:
    with database.writing("quantri") as conn:
        conn.execute(UPDATE + '"tenDoiTuong" = %s WHERE key = %s', (name, lot_key("22504", 0, 0)))


def test_it_is_built_once_for_a_revision_and_old_ones_go(
    hub: TestClient, database: Database, headers: dict[str, str], tmp_path: Path
):
    first = hub.get(URL, headers=headers)
    files = sorted((tmp_path / "state").iterdir())
    assert hub.get(URL, headers=headers).headers["ETag"] == first.headers["ETag"]
    assert sorted((tmp_path / "state").iterdir()) == files
    number = int(first.headers["X-Planning-Checkpoint"].split()[0])
    rename(database, "Lô mới")
    newer = hub.get(URL, headers=headers)
    assert newer.headers["ETag"] != first.headers["ETag"]
    assert hub.get(f"{URL}?revision={number}", headers=headers).content == first.content
    for turn in range(3):
        rename(database, f"Lô {turn}")
        hub.get(URL, headers=headers)
    gone = hub.get(f"{URL}?revision={number}", headers=headers)
    assert (gone.status_code, gone.json()["code"]) == (404, "snapshot.gone")
    assert len(list((tmp_path / "state").glob("*.gpkg.gz"))) == 3


def test_what_was_hidden_since_is_in_no_older_file(hub: TestClient, database: Database, headers: dict[str, str]):
    number = hub.get(URL, headers=headers).headers["X-Planning-Checkpoint"].split()[0]
    assert hub.get(f"{URL}?revision={number}", headers=headers).status_code == 200
    with database.writing("quantri") as conn:
        conn.execute(UPDATE + "visibility = 2 WHERE key = %s", (lot_key("22504", 0, 0),))
    assert hub.get(f"{URL}?revision={number}", headers=headers).json()["code"] == "snapshot.gone"


def test_a_restored_hub_offers_nothing_of_the_lost_time(
    hub: TestClient, database: Database, owned: Database, headers: dict[str, str]
):
    rename(database, "Lô mất")
    lost = hub.get(URL, headers=headers)
    number = int(lost.headers["X-Planning-Checkpoint"].split()[0])
    with owned.writing("quantri") as conn:
        conn.execute("ALTER TABLE hub.revision DISABLE TRIGGER ALL")
        conn.execute("UPDATE hub.revision SET id = gen_random_uuid() WHERE number = %s", (number,))
    assert hub.get(f"{URL}?revision={number}", headers=headers).json()["code"] == "snapshot.gone"
    assert hub.get(URL, headers=headers).headers["X-Planning-Checkpoint"] != lost.headers["X-Planning-Checkpoint"]


def test_the_same_revision_gives_the_same_bytes(database: Database, tmp_path: Path):
    """So that a download may go on at another process of the hub."""
    one, other = (SnapshotStore(database, tmp_path / name, 3).current("22504", False) for name in ("one", "other"))
    assert one.sha256 == other.sha256


def test_what_a_crash_left_goes(database: Database, tmp_path: Path):
    folder = tmp_path / "state"
    store = SnapshotStore(database, folder, 1)
    left = [folder / "22504-public-1-x.gpkg.gz", folder / "building-x"]
    left[0].touch()
    left[1].mkdir()
    store.current("22504", False)
    assert all(path.exists() for path in left)
    for path in left:
        os.utime(path, (0, 0))
    rename(database, "Lô mới")
    store.current("22504", False)
    assert not any(path.exists() for path in left)
    assert len(list(folder.iterdir())) == 2


def test_a_change_of_the_registry_makes_a_new_file(hub: TestClient, database: Database, headers: dict[str, str], tmp_path: Path):
    first = hub.get(URL, headers=headers)
    with database.writing("quantri") as conn:
        conn.execute("UPDATE hub.plan SET name = 'Tên mới' WHERE code = 'PLAN-22504'")
    second = hub.get(URL, headers=headers)
    assert second.headers["X-Planning-Checkpoint"] == first.headers["X-Planning-Checkpoint"]
    with sqlite3.connect(unpacked(second.content, tmp_path)) as connection:
        assert ("Tên mới",) in connection.execute("SELECT name FROM planning_ref_plan").fetchall()


def test_callers_at_the_same_time_get_the_same_file(hub: TestClient, headers: dict[str, str], tmp_path: Path):
    with ThreadPoolExecutor(6) as pool:
        tags = {answer.headers["ETag"] for answer in pool.map(lambda _: hub.get(URL, headers=headers), range(6))}
    assert len(tags) == 1
    assert len(list((tmp_path / "state").glob("*.gpkg.gz"))) == 1


def test_a_download_goes_on_where_it_stopped(hub_server: HubServer):
    with httpx.Client(base_url=hub_server.url) as client:
        headers = sign_in(client, "dailanh.kt")
        whole = client.get(URL, headers=headers)
        tag, size = whole.headers["ETag"], len(whole.content)
        part = client.get(URL, headers={**headers, "Range": "bytes=1000-", "If-Range": tag})
        assert part.status_code == 206
        assert part.headers["Content-Range"] == f"bytes 1000-{size - 1}/{size}"
        assert part.headers["X-Planning-Size"] == whole.headers["X-Planning-Size"]
        assert part.content == whole.content[1000:]
        middle = client.get(URL, headers={**headers, "Range": "bytes=10-19"})
        assert middle.content == whole.content[10:20]
        assert client.get(URL, headers={**headers, "Range": "bytes=-7"}).content == whole.content[-7:]
        other = client.get(URL, headers={**headers, "Range": "bytes=1000-", "If-Range": '"of another file"'})
        assert (other.status_code, other.content) == (200, whole.content)
        beyond = client.get(URL, headers={**headers, "Range": f"bytes={size}-"})
        assert (beyond.status_code, beyond.json()["code"]) == (416, "range.invalid")
        assert client.get(URL, headers={**headers, "If-None-Match": tag}).status_code == 304


def test_it_is_of_one_revision_while_others_write(hub: TestClient, database: Database, headers: dict[str, str], tmp_path: Path):
    """Two lots always change together; no snapshot may have the one without the other."""
    done = threading.Event()

    def write() -> None:
        turn = 0
        while not done.is_set():
            turn += 1
            with database.writing("quantri") as conn:
                for place in (0, 9):
                    conn.execute(
                        UPDATE + '"ghiChu" = %s WHERE key = %s',
                        (f"turn {turn}", lot_key("22504", place, place)),
                    )

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(5):
            answer = hub.get(URL, headers=headers)
            with sqlite3.connect(unpacked(answer.content, tmp_path)) as connection:
                notes = connection.execute(
                    f'SELECT DISTINCT "ghiChu" FROM "{TABLE}" WHERE key IN (?, ?)', (lot_key("22504", 0, 0), lot_key("22504", 9, 9))
                ).fetchall()
            assert len(notes) == 1
    finally:
        done.set()
        writer.join()
