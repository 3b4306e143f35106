"""What follows an approval, as calls and their answers: the decision, its being put into force, the commune's tasks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Optional
from urllib.parse import quote

from commune_planning_plugin.core.decision import Decision, Figures, Scope
from commune_planning_plugin.core.reconciliation import Tolerance
from commune_planning_plugin.core.text import readable
from commune_planning_plugin.sync.client import DECISION_S, HubClient
from commune_planning_plugin.sync.documents import Plain, reading
from commune_planning_plugin.sync.transport import Request


@dataclass(frozen=True)
class DecisionRecord:
    """A decision as it was recorded, by whom and when."""

    id: str
    decision: Decision
    by: str
    at: str


@dataclass(frozen=True)
class DecisionEffect:
    """When a record was put into force; ``waiver`` is the reason where the map differed from it."""

    decision: str
    by: str
    at: str
    waiver: Optional[str]


@dataclass(frozen=True)
class DecisionPapers:
    """All about a proposal's decision. The last of ``records`` counts; ``measured`` is empty where it isn't the account's to know;
    ``can`` names what the account may do: ``record``, ``correct``, ``make_effective``, ``waive``."""

    records: tuple[DecisionRecord, ...]
    effects: tuple[DecisionEffect, ...]
    measured: Mapping[Scope, Figures]
    tolerance: Tolerance
    can: frozenset[str]

    @property
    def current(self) -> Optional[DecisionRecord]:
        return self.records[-1] if self.records else None

    @property
    def effect(self) -> Optional[DecisionEffect]:
        """Of the record that counts, once it is in force."""
        current = self.current
        return next((each for each in self.effects if current is not None and each.decision == current.id), None)

    @classmethod
    def from_json(cls, plain: Plain) -> DecisionPapers:
        with reading("decision"):
            return cls(
                tuple(DecisionRecord(i["id"], Decision.from_json(i), str(i["by"]), str(i["at"])) for i in plain["records"]),
                tuple(DecisionEffect(i["decision"], str(i["by"]), str(i["at"]), i["waiver"]) for i in plain["effects"]),
                {Scope(name): Figures.from_json(item) for name, item in (plain["measured"] or {}).items()},
                Tolerance(float(plain["tolerance"]["share"]), float(plain["tolerance"]["area"])),
                frozenset(map(str, plain["can"])),
            )


@dataclass(frozen=True)
class FollowUpTask:
    """What the commune has to do: ``kind`` is ``publish``, ``archive``, ``implement`` or ``review_lower``.

    ``excluded`` counts features of defence and security, which aren't published; ``plans`` are lower ones by name.
    ``due_provisional``: rule or calendar of the last day aren't official yet.
    """

    proposal: str
    proposal_number: int
    title: str
    plan_name: str
    kind: str
    decision: str
    due: Optional[date]
    excluded: int
    plans: tuple[str, ...]
    can: bool
    done_by: Optional[str] = None
    done_at: Optional[str] = None
    note: str = ""
    file_name: Optional[str] = None
    due_provisional: bool = False

    @property
    def done(self) -> bool:
        return self.done_at is not None

    @classmethod
    def from_json(cls, plain: Plain) -> FollowUpTask:
        with reading("task"):
            done = plain["done"] or {}
            file = done.get("file") or {}
            return cls(
                **{name: str(plain[name]) for name in ("proposal", "title", "plan_name", "kind")},
                proposal_number=int(plain["proposal_number"]),
                decision=str(plain["decision"]["number"]),
                due=date.fromisoformat(plain["due"]) if plain["due"] else None,
                excluded=int(plain["excluded"]),
                plans=tuple(map(str, plain["plans"])),
                can=bool(plain["can"]),
                done_by=done.get("by"),
                done_at=done.get("at"),
                note=str(done.get("note", "")),
                file_name=file.get("name"),
                due_provisional=bool(plain.get("due_provisional")),
            )


class DecisionCalls:
    """Over the client's connection. All raise ``HubError`` and its kinds; ``Refused`` 404 where the hub is older than the call.

    Ids are made by the caller, so that a call may be repeated.
    """

    def __init__(self, client: HubClient) -> None:
        self._client = client

    def papers(self, proposal: str) -> DecisionPapers:
        return DecisionPapers.from_json(self._get(f"/proposals/{quote(proposal, safe='')}/decision"))

    def record(self, proposal: str, identity: str, decision: Decision, document: Optional[bytes] = None) -> DecisionPapers:
        """``document`` is the signed file, to be sent before, where the hub may not have it yet."""
        self._send(document)
        return DecisionPapers.from_json(self._put(f"/proposals/{proposal}/decisions/{identity}", decision.to_json()))

    def make_effective(self, proposal: str, identity: str, decision: str, waiver: Optional[str] = None) -> DecisionPapers:
        """Raises also ``Refused('decision.differs')`` with the table."""
        body = {"decision": decision, "waiver": readable(waiver) if waiver else None}
        return DecisionPapers.from_json(self._put(f"/proposals/{proposal}/effects/{identity}", body))

    def tasks_of_commune(self, commune: str) -> tuple[FollowUpTask, ...]:
        """Of the newest proposals; older pages are history."""
        return _tasks(self._get(f"/communes/{quote(commune, safe='')}/tasks"))

    def tasks_of_proposal(self, proposal: str) -> tuple[FollowUpTask, ...]:
        return _tasks(self._get(f"/proposals/{proposal}/tasks"))

    def mark_done(
        self, task: FollowUpTask, identity: str, note: str, name: Optional[str] = None, document: Optional[bytes] = None
    ) -> tuple[FollowUpTask, ...]:
        """The proposal's tasks afterwards. ``document`` is the evidence."""
        file = None
        if document is not None and name is not None:
            self._send(document)
            file = {"sha256": hashlib.sha256(document).hexdigest(), "name": name}
        path = f"/proposals/{task.proposal}/tasks/{task.kind}/done/{identity}"
        return _tasks(self._put(path, {"note": readable(note), "file": file}))

    def _send(self, document: Optional[bytes]) -> None:
        if document is not None:
            self._client.put_attachment(hashlib.sha256(document).hexdigest(), document)

    def _get(self, path: str) -> dict[str, Any]:
        return self._client.transport.json(Request("GET", path, read_s=DECISION_S))

    def _put(self, path: str, body: object) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        return self._client.transport.json(Request("PUT", path, None, headers, json.dumps(body).encode(), DECISION_S))


def _tasks(plain: Plain) -> tuple[FollowUpTask, ...]:
    with reading("tasks"):
        return tuple(FollowUpTask.from_json(item) for item in plain["tasks"])
