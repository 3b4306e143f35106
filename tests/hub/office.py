"""The approving side after an approval: records decisions of the tiny province and puts them into force."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Optional

import pytest

from commune_planning_plugin.core.decision import Decision, Figures, FunctionArea
from commune_planning_plugin.core.proposal import Version
from province_hub import audit_proof, decisions
from province_hub.decisions import Effecting
from province_hub.proposals import seen
from tests.hub import tiny
from tests.hub.workflow import Desk

HECTARE = 10_000.0
BEFORE = {"O_Nhomnhao": 34 * HECTARE, "CayxanhCC": 33 * HECTARE, "NN_Nongnghiep": 33 * HECTARE}
"""The tiny commune's lots, by land function."""
DAY = date(2026, 3, 2)


class Office:
    """The approving side after an approval."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.shut()
        self.database = desk.database
        self.file = desk.attach(b"%PDF signed", "QD.pdf")
        with self.database.writing("test") as conn:
            conn.execute("UPDATE hub.attachment SET created_by = (SELECT id FROM hub.account WHERE name = 'soxd.tham')")
            conn.execute(
                "INSERT INTO hub.attachment_sender SELECT %s, id FROM hub.account WHERE name LIKE 'soxd.%%'", (self.file.sha256,)
            )

    def approved(self, *changes: Any, **given: Any) -> Version:
        version = self.desk.send(*(changes or (self.greened(),)), **given)
        self.desk.approve(version)
        return version

    def greened(self) -> Any:
        """A housing lot becomes greenery."""
        return self.desk.edited(tiny.lot_key("22504", 0, 0), chucNangSuDungDatMuc2="CayxanhCC")

    def renewed(self, key: str) -> tuple[Any, Any]:
        """A lot gives way to a new one on its ground."""
        shape = (self.desk.row(key) or {})["geom"]
        assert isinstance(shape, bytes)
        return self.desk.deleted(key), self.desk.inserted(shape, predecessors=key)

    def decision(self, figures: Optional[Figures] = None, **given: Any) -> Decision:
        after = {"O_Nhomnhao": 33 * HECTARE, "CayxanhCC": 34 * HECTARE, "NN_Nongnghiep": 33 * HECTARE}
        stated = figures or Figures({code: FunctionArea(after[code], BEFORE[code]) for code in after}, 100, 100 * HECTARE)
        values = {"number": "12/QĐ-UBND", "date": DAY, "effective": DAY, "signer": "Trần Hòa Nam", "office": "Phó Chủ tịch"}
        named = {"sha256": self.file.sha256, "file_name": "QD.pdf", "figures": stated}
        return Decision(**{**values, **named, **given})

    def record(
        self, version: Version, decision: Optional[Decision] = None, name: str = "soxd.tham", identity: Optional[str] = None
    ) -> dict[str, Any]:
        identity = identity or str(uuid.uuid4())
        principal = self.desk.principal(name)
        return decisions.record(self.database, principal, version.proposal, identity, decision or self.decision())

    def effect(
        self, version: Version, name: str = "soxd.tham", waiver: Optional[str] = None, identity: Optional[str] = None
    ) -> dict[str, Any]:
        current = self.document(version)["records"][-1]["id"]
        asked = Effecting(identity or str(uuid.uuid4()), current, waiver)
        return decisions.make_effective(self.database, self.desk.principal(name), version.proposal, asked)

    def document(self, version: Version, name: str = "soxd.tham") -> dict[str, Any]:
        with self.database.reading() as conn:
            principal = self.desk.principal(name)
            return decisions.document(conn, principal, seen(conn, principal, version.proposal))

    def chain(self, version: Version) -> list[str]:
        with self.database.reading() as conn:
            assert audit_proof.verify(conn) == []
            rows = conn.execute("SELECT action FROM hub.audit WHERE proposal = %s ORDER BY position", (version.proposal,))
            return [row["action"] for row in rows]


@pytest.fixture(name="office")
def make_office(desk: Desk) -> Office:
    return Office(desk)
