"""What tests say about proposals, as accounts of the tiny province."""

from __future__ import annotations

import base64
import uuid
from datetime import datetime, timedelta
from typing import Any, Optional

import pytest

from commune_planning_plugin.core.discussion import VIETNAM, Act, ActKind
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.workflow import Role
from province_hub import accounts, discussion, organisations
from province_hub.limits import Limits
from tests.hub.tiny import LOTS, PASSWORD
from tests.hub.workflow import Desk, make_desk  # noqa: F401  # the fixture that this one stands on

AGENCIES = {"congan.yk": "congan", "bchqs.yk": "bchqs"}


class Talk:
    """Says things at the hub."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.limits = Limits()
        self.organisations: dict[str, str] = {}
        with desk.administrating() as conn:
            for name, code in AGENCIES.items():
                accounts.add(conn, name, name, PASSWORD, [(Role.AGENCY, None)])
                self.organisations[code] = organisations.add(conn, code, f"Cơ quan {code}")
                accounts.join(conn, name, self.organisations[code])

    def act(self, name: str, version: Version, kind: ActKind, number: Optional[int] = None, **body: Any) -> Act:
        document = {"kind": kind.value, "version": number or version.number, "body": body}
        return self.put(name, version, str(uuid.uuid4()), document)

    def put(self, name: str, version: Version, act: str, document: dict[str, Any]) -> Act:
        return discussion.write(self.desk.database, self.desk.principal(name), self.limits, version.proposal, act, document)

    def comment(self, name: str, version: Version, text: str = "Xem lại", **body: Any) -> Act:
        """The first one of a thread, about the whole unless ``anchor`` says otherwise; a further one with ``thread``."""
        if "thread" not in body:
            body = {"thread": str(uuid.uuid4()), "anchor": {"kind": "whole"}, **body}
        return self.act(name, version, ActKind.COMMENT, text=text, **body)

    def verdict(self, name: str, version: Version, key: str, verdict: str = "redo", text: str = "Sai ranh") -> Act:
        return self.act(name, version, ActKind.VERDICT, layer=LOTS, key=key, verdict=verdict, text=text)

    def ask(self, version: Version, code: str = "congan", days: int = 15, silence_agrees: bool = True) -> Act:
        due = (datetime.now(VIETNAM) + timedelta(days=days)).date().isoformat()
        body = {"organisation": self.organisations[code], "due": due, "silence_agrees": silence_agrees}
        return self.act("soxd.tham", version, ActKind.ASK, **body)

    def opinion(self, request: Act, version: Version, opinion: str = "agree", text: str = "", name: str = "congan.yk") -> Act:
        return self.act(name, version, ActKind.OPINION, request=request.id, opinion=opinion, text=text)

    def days_pass(self, request: Act, days: int) -> None:
        """The request is as if it had been made earlier."""
        due = (datetime.fromisoformat(request.body["due"]) - timedelta(days=days)).date().isoformat()
        with self.desk.administrating() as conn:
            conn.execute(
                "UPDATE hub.discussion_act SET body = replace(body, %s, %s) WHERE id = %s", (request.body["due"], due, request.id)
            )

    def read(self, name: str, version: Version) -> dict[str, Any]:
        with self.desk.database.reading() as conn:
            return discussion.document(conn, self.desk.principal(name), version.proposal, 0, 1 << 20)

    def acts(self, name: str, version: Version) -> list[Act]:
        return [Act.from_json(item) for item in self.read(name, version)["acts"]]


@pytest.fixture(name="talk")
def make_talk(desk: Desk) -> Talk:
    return Talk(desk)


def place(wkb: bytes, shape: str = "polygons") -> dict[str, Any]:
    return {"kind": "place", "shape": shape, "geometry": base64.b64encode(wkb).decode()}


def on(key: str, attribute: Optional[str] = None) -> dict[str, Any]:
    """An anchor on a lot's change."""
    anchor = {"kind": "change", "layer": LOTS, "key": key}
    return anchor if attribute is None else {**anchor, "kind": "attribute", "attribute": attribute}
