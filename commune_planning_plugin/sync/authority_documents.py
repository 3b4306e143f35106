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
