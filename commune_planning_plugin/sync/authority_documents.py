"""What the hub says about who may do what: consents of other communes, and the head's signature in other hands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Optional

from commune_planning_plugin.core.authority import Authority
from commune_planning_plugin.core.workflow import Step

Plain = Mapping[str, Any]


def known_steps(plain: Iterable[Any]) -> tuple[Step, ...]:
    """Those that this desk knows: a newer hub may have more."""
    known = {step.value: step for step in Step}
    return tuple(known[each] for each in plain if each in known)


@dataclass(frozen=True)
class Consent:
    """Another commune that a proposal reaches into; one that isn't ``asked`` only the province's cleared accounts hear of."""

    commune: str
    name: str
    given: bool
    asked: bool

    @classmethod
    def from_json(cls, plain: Plain) -> Consent:
        return cls(str(plain["commune"]), str(plain["name"]), bool(plain["given"]), bool(plain["asked"]))


def authority_from_json(plain: Optional[Plain]) -> Optional[Authority]:
    """None from a hub that is older than the matrix of authority."""
    return Authority.from_json(plain) if plain is not None else None


@dataclass(frozen=True)
class Mandate:
    """The head's signature in the account's hands: ``giver`` is the head's full name."""

    id: str
    commune: str
    acts: tuple[Step, ...]
    giver: str
    document: str
    valid_to: str

    @classmethod
    def from_json(cls, plain: Plain) -> Mandate:
        texts = (str(plain[name]) for name in ("giver", "document", "valid_to"))
        return cls(str(plain["id"]), str(plain["commune"]), known_steps(plain["acts"]), *texts)


@dataclass(frozen=True)
class Delegation:
    """A head's signature in other hands; ``state`` is ``in force``, ``to come``, ``ended`` or ``revoked``. Days are ISO 8601."""

    id: str
    commune: str
    giver_name: str
    receiver_name: str
    acts: tuple[Step, ...]
    valid_from: str
    valid_to: str
    document: str
    state: str

    @classmethod
    def from_json(cls, plain: Plain) -> Delegation:
        names = ("id", "commune", "giver_name", "receiver_name", "valid_from", "valid_to", "document", "state")
        return cls(acts=known_steps(plain["acts"]), **{name: str(plain[name]) for name in names})


@dataclass(frozen=True)
class Delegations:
    """Those of a commune, the newest first, and the accounts (name, full name) that its head can let sign."""

    delegations: tuple[Delegation, ...]
    colleagues: tuple[tuple[str, str], ...]

    @classmethod
    def from_json(cls, plain: Plain) -> Delegations:
        colleagues = tuple((str(each["name"]), str(each["full_name"])) for each in plain["colleagues"])
        return cls(tuple(Delegation.from_json(item) for item in plain["delegations"]), colleagues)


@dataclass(frozen=True)
class Given:
    """What a head wants to give: ``id`` is made for this one wish; ``receiver`` is an account's name."""

    id: str
    commune: str
    receiver: str
    acts: tuple[Step, ...]
    valid_from: str
    valid_to: str
    document: str

    def to_json(self) -> dict[str, Any]:
        days = {"valid_from": self.valid_from, "valid_to": self.valid_to}
        acts = [act.value for act in self.acts]
        return {"commune": self.commune, "receiver": self.receiver, "acts": acts, "document": self.document, **days}
