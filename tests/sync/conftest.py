from __future__ import annotations

from collections.abc import Iterator

import pytest

from commune_planning_plugin.core.schema import Catalogue, Commune, Field, FieldType, GeometryType, Layer, Plan
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.transport import plain_session
from tests.sync.tiny_hub import TinyHub, document

LAYER = Layer("QuyHoach.ChucNangSuDungDat_A", GeometryType.POLYGONS, (Field("tenDoiTuong", FieldType.TEXT, length=100),))
PLAN = "3f1b8a52-6a0e-4d4f-8b0e-7c7a3c1d2e4f"

CATALOGUE = Catalogue(
    hub_id="b0f3c7a4-0000-4000-8000-000000000001",
    province="Khánh Hòa",
    crs_epsg=9217,
    crs_proj="+proj=tmerc +lat_0=0 +lon_0=108.25 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +units=m +no_defs",
    notice_vi="",
    notice_en="",
    layers=(LAYER,),
    code_lists={},
    communes=(Commune("22504", "Đại Lãnh", "xã"),),
    plans=(Plan(PLAN, "QH-1", "Đồ án 1", "commune", "general", "approved", communes=("22504",)),),
    rule_pack={"version": "1"},
)


@pytest.fixture
def hub() -> Iterator[TinyHub]:
    hub = TinyHub()
    hub.answers("GET", "/catalogue", document(CATALOGUE.to_json(), ETag='"c1"'))
    with hub.serving():
        yield hub


@pytest.fixture
def client(hub: TinyHub) -> HubClient:
    return HubClient(hub.url, plain_session(backoff_s=0.001), token="secret")
