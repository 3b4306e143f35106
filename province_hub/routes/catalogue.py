"""All that a desk needs to know before it reads data."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Optional

from fastapi import APIRouter, Header, Request
from psycopg import Connection
from starlette.responses import JSONResponse, Response

from commune_planning_plugin.core.balance import ground_m2
from commune_planning_plugin.core.geometry import Ground
from commune_planning_plugin.core.schema import Catalogue, Code, Commune, Plan
from commune_planning_plugin.core.wire import content_hash
from province_hub.dependencies import DatabaseOf
from province_hub.identity import Caller
from province_hub.layer_tables import layers

router = APIRouter(tags=["catalogue"])

_SETTINGS = "SELECT name, value FROM hub.setting ORDER BY name"
_LAYERS = "SELECT definition FROM hub.layer ORDER BY position, id"
_CODES = "SELECT list, code, title_vi, title_en, colour, parent FROM hub.code ORDER BY list, position, code"
_COMMUNES = "SELECT code, name, kind, area_epoch FROM hub.commune ORDER BY code"
_PLANS = """
SELECT p.key::text, p.code, p.name, p.level, p.kind, p.status, coalesce(p.decision, '') AS decision,
       to_char(p.decision_date, 'YYYY-MM-DD') AS decision_date, p.parent::text, p.stated_area_ha,
       ARRAY(SELECT c.commune FROM hub.plan_commune c WHERE c.plan = p.key ORDER BY c.commune) AS communes
FROM hub.plan p ORDER BY p.code
"""
_GROUNDS = "SELECT key::text, ST_AsBinary(geom, 'NDR') AS ground, ST_AsBinary(no_work_area, 'NDR') AS apart FROM hub.plan"
_PLAN_ROWS = "SELECT key, xmin FROM hub.plan ORDER BY key"
_ORGANISATIONS = "SELECT code, name FROM hub.organisation ORDER BY code"
_STATE = "SELECT {} AS state".format(
    " || ".join(
        f"(SELECT md5(coalesce(string_agg(each::text, ','), '')) FROM ({query}) each)"
        for query in (_SETTINGS, _LAYERS, _CODES, _COMMUNES, _PLANS, _PLAN_ROWS, _ORGANISATIONS)
    )
)
"""Another one whenever anything of it is: 50 times cheaper than to make the document, which every pull asks for."""


@dataclass(frozen=True)
class _Document:
    state: str
    body: bytes
    tag: str


class KeptCatalogue:
    """The document as it was made last, for as long as nothing in it changes."""

    def __init__(self) -> None:
        self._made: Optional[_Document] = None

    def current(self, conn: Connection[dict[str, Any]]) -> tuple[bytes, str]:
        """The document and its tag."""
        state = (conn.execute(_STATE).fetchone() or {})["state"]
        made = self._made
        if made is None or made.state != state:
            document = read_catalogue(conn).to_json()
            made = self._made = _Document(state, bytes(JSONResponse(document).body), f'"{content_hash(document)}"')
        return made.body, made.tag


@router.get("/catalogue", responses={200: {"model": Catalogue}, 304: {"description": "What the caller has is current"}})
def catalogue(
    request: Request, caller: Caller, database: DatabaseOf, if_none_match: Annotated[Optional[str], Header()] = None
) -> Response:
    """Layers with their fingerprints, code lists, communes, plans, rule pack, CRS."""
    kept: KeptCatalogue = request.app.state.catalogue
    with database.reading() as conn:
        body, tag = kept.current(conn)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if if_none_match is not None and _matches(tag, if_none_match):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def _matches(tag: str, given: str) -> bool:
    return given.strip() == "*" or tag in (item.strip().removeprefix("W/") for item in given.split(","))


def read_catalogue(conn: Connection[dict[str, Any]]) -> Catalogue:
    setting = {row["name"]: row["value"] for row in conn.execute(_SETTINGS)}
    return Catalogue(
        hub_id=setting["hub_id"],
        province=setting["province"],
        crs_epsg=setting["crs_epsg"],
        crs_proj=setting["crs_proj"],
        notice_vi=setting["notice_vi"],
        notice_en=setting["notice_en"],
        layers=tuple(layers(conn).values()),
        code_lists=_code_lists(conn),
        communes=tuple(Commune(**row) for row in conn.execute(_COMMUNES)),
        plans=tuple(_plans(conn)),
        rule_pack=setting["rule_pack"],
        organisations={row["code"]: row["name"] for row in conn.execute(_ORGANISATIONS)},
    )


def _plans(conn: Connection[dict[str, Any]]) -> Iterator[Plan]:
    grounds = {row["key"]: row for row in conn.execute(_GROUNDS)}
    for row in conn.execute(_PLANS).fetchall():
        ground, apart = grounds[row["key"]]["ground"], grounds[row["key"]]["apart"]
        yield Plan(
            **{**row, "communes": tuple(row["communes"])},
            ground_m2=ground_m2([ground], Ground(apart) if apart is not None else None) if ground is not None else None,
            no_work_area=b64encode(apart).decode() if apart is not None else None,
        )


def _code_lists(conn: Connection[dict[str, Any]]) -> dict[str, tuple[Code, ...]]:
    lists: dict[str, list[Code]] = {}
    for row in conn.execute(_CODES):
        name = row.pop("list")
        lists.setdefault(name, []).append(Code(**row))
    return {name: tuple(codes) for name, codes in lists.items()}
