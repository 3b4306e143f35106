"""What a reviewer looks at beside the proposal itself; each is asked for when its tab is opened."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request

from province_hub.balance import balance_of
from province_hub.dependencies import DatabaseOf
from province_hub.earlier_versions import earlier_version
from province_hub.identity import Caller
from province_hub.kept_reviews import KeptReviews
from province_hub.related import related

router = APIRouter(tags=["proposals"])


@router.get("/proposals/{proposal}/balance")
def read_balance(request: Request, proposal: UUID, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """The land-fund balance of the whole plan before and after, in square metres by land function; touched plots one by one."""
    kept: KeptReviews = request.app.state.reviews
    with database.reading() as conn:
        return balance_of(conn, caller, str(proposal), kept.sums)


@router.get("/proposals/{proposal}/related")
def read_related(proposal: UUID, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """What else touches its ground: competing proposals, earlier adjustments, higher plans, restricted ground, near communes."""
    with database.reading() as conn:
        return related(conn, caller, str(proposal))


@router.get("/proposals/{proposal}/versions/{number}")
def read_version(
    proposal: UUID, number: Annotated[int, Path(ge=1, le=10_000)], caller: Caller, database: DatabaseOf
) -> dict[str, Any]:
    """What a version asked for, and how it ended: to be compared with the one that followed."""
    with database.reading() as conn:
        return earlier_version(conn, caller, str(proposal), number)
