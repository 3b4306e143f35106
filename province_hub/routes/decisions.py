"""What follows an approval: the decision's records, its being put into force, and the commune's tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Optional
from uuid import UUID

from fastapi import APIRouter, Body, Query

from commune_planning_plugin.core.decision import Decision
from commune_planning_plugin.core.errors import InvalidData
from province_hub import decisions, tasks
from province_hub.decisions import Effecting
from province_hub.dependencies import DatabaseOf
from province_hub.identity import Caller, require_commune
from province_hub.proposals import seen
from province_hub.tasks import Done, Kind

router = APIRouter(tags=["decisions"])


@dataclass(frozen=True)
class EffectBody:
    """``decision`` is the record that is put into force; ``waiver`` an approver's reason, where the map differs from it."""

    decision: UUID
    waiver: Optional[str] = None


@dataclass(frozen=True)
class NamedFile:
    """A file that was sent before."""

    sha256: str
    name: str


@dataclass(frozen=True)
class DoneBody:
    """What was done, and a file that shows it."""

    note: str
    file: Optional[NamedFile] = None


@router.get("/proposals/{proposal}/decision")
def read_decision(proposal: UUID, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """Every record, the newest last, which counts; when each was put into force; what GIS measures, with both compared; and what
    the caller may do. ``measured`` and ``reconciliation`` are null where restricted features are in them and not the caller's to
    know."""
    with database.reading() as conn:
        return decisions.document(conn, caller, seen(conn, caller, str(proposal)))


@router.put("/proposals/{proposal}/decisions/{record}")
def put_decision(
    proposal: UUID, record: UUID, body: Annotated[dict[str, Any], Body()], caller: Caller, database: DatabaseOf
) -> dict[str, Any]:
    """Record the signed decision, or a correction that ``supersedes`` the record that counts. The client makes the id, and may
    repeat the call. Problems: ``proposal.state``, ``decision.exists``, ``decision.superseded``, ``attachment.missing``,
    ``request.reused``."""
    return decisions.record(database, caller, str(proposal), str(record), Decision.from_json(body))


@router.put("/proposals/{proposal}/effects/{effect}")
def put_effect(proposal: UUID, effect: UUID, body: EffectBody, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """Put the record that counts into force. Problems: ``decision.differs`` with the table, ``decision.superseded``,
    ``decision.in_force``, ``request.reused``."""
    return decisions.make_effective(database, caller, str(proposal), Effecting(str(effect), str(body.decision), body.waiver))


@router.get("/proposals/{proposal}/tasks")
def read_tasks(proposal: UUID, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """What the commune has to do on account of the decision."""
    with database.reading() as conn:
        return {"tasks": tasks.of_proposals(conn, caller, [seen(conn, caller, str(proposal))])}


@router.get("/communes/{code}/tasks")
def read_tasks_of_commune(
    code: str, caller: Caller, database: DatabaseOf, cursor: Annotated[Optional[int], Query(ge=0, lt=1 << 62)] = None
) -> dict[str, Any]:
    """Open and done ones, of the newest proposals first; ``cursor`` of a page asks for the one after it, and is null at the end."""
    require_commune(caller, code)
    with database.reading() as conn:
        found, following = tasks.of_commune(conn, caller, code, cursor)
        return {"tasks": found, "cursor": following}


@router.put("/proposals/{proposal}/tasks/{kind}/done/{done}")
def put_done(proposal: UUID, kind: Kind, done: UUID, body: DoneBody, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """Mark a task as done. Problems: ``task.done``, ``attachment.missing``, ``request.reused``."""
    file = body.file
    if file is not None and not file.name:
        raise InvalidData("text.blank", field="file")
    asked = Done(str(done), body.note, file.sha256 if file else None, file.name if file else None)
    return {"tasks": tasks.mark_done(database, caller, str(proposal), kind, asked)}
