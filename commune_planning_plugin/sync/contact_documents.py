"""What the hub answers to a working copy's contact, and the unsent work that it keeps for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store.model import Standing
from commune_planning_plugin.sync.documents import Plain, reading


@dataclass(frozen=True)
class Offer:
    """Unsent work of another working copy, kept at the hub; ``at`` is when that one was in contact last."""

    instance: str
    device: str
    account: str
    full_name: str
    at: str
    changes: int
    drafts: int
    readers: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, plain: Plain) -> Offer:
        with reading("backup"):
            return cls(
                instance=str(plain["instance"]),
                device=str(plain["device"]),
                account=str(plain["account"]),
                full_name=str(plain["full_name"]),
                at=str(plain["at"]),
                changes=int(plain["changes"]),
                drafts=int(plain["drafts"]),
                readers=tuple(map(str, plain.get("readers") or ())),
            )


@dataclass(frozen=True)
class CommuneBackups:
    """Unsent work in a commune, and the accounts (name, full name) that it can be given to."""

    backups: tuple[Offer, ...]
    colleagues: tuple[tuple[str, str], ...]

    @classmethod
    def from_json(cls, plain: Plain) -> CommuneBackups:
        with reading("backups"):
            colleagues = tuple((str(each["name"]), str(each["full_name"])) for each in plain["colleagues"])
            return cls(tuple(Offer.from_json(item) for item in plain["backups"]), colleagues)


@dataclass(frozen=True)
class TakenOver:
    """Where unsent work of this working copy was brought to."""

    device: str
    full_name: str
    at: str


def _standing(plain: Plain) -> Standing:
    state, newest = plain["state"], plain["version"]
    known = (State(state) if state is not None else None, int(newest) if newest is not None else None)
    return Standing(str(plain["proposal"]), int(plain["number"]), *known)


@dataclass(frozen=True)
class Meeting:
    """The hub's answer to a contact; where ``copy`` is true it has told nothing else."""

    copy: bool
    versions: tuple[Standing, ...] = ()
    attachments: tuple[str, ...] = ()
    backup: str = ""
    taken: Optional[TakenOver] = None
    offers: tuple[Offer, ...] = ()
    audit: Optional[Plain] = None

    @classmethod
    def from_json(cls, plain: Plain) -> Meeting:
        with reading("contact"):
            if plain["copy"]:
                return cls(True)
            taken = plain["taken"]
            return cls(
                False,
                tuple(_standing(item) for item in plain["versions"]),
                tuple(map(str, plain["attachments"])),
                str(plain["backup"]),
                TakenOver(str(taken["device"]), str(taken["full_name"]), str(taken["at"])) if taken else None,
                tuple(Offer.from_json(item) for item in plain["offers"]),
                plain.get("audit"),
            )
