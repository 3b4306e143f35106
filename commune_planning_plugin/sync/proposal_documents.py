"""A proposal's line in a list, with its last step, and the receipt for a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Optional

from commune_planning_plugin.core.authority import Authority
from commune_planning_plugin.core.discussion import RequestState
from commune_planning_plugin.core.rules import Finding
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.sync.account_documents import Person
from commune_planning_plugin.sync.authority_documents import Consent, authority_from_json, known_steps
from commune_planning_plugin.sync.documents import Plain, reading, rekeyed


@dataclass(frozen=True)
class StepTaken:
    """A step in a proposal's history. ``version`` is None where the hub names only the last step.

    ``on_behalf_of`` is whose signature it is, under ``document``, where it is another's. ``communes`` are those that a consent is
    of, or whose consent an approval didn't wait for.
    """

    step: Step
    actor: str
    at: str
    reason: Optional[str]
    version: Optional[int] = None
    on_behalf_of: Optional[str] = None
    document: Optional[str] = None
    communes: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, plain: Plain) -> StepTaken:
        with reading("step"):
            said = (plain.get("reason"), plain.get("version"), plain.get("on_behalf_of"), plain.get("document"))
            communes = tuple(map(str, plain.get("communes") or ()))
            return cls(Step(plain["step"]), _name(plain["actor"]), str(plain["at"]), *said, communes=communes)


def _name(actor: Any) -> str:
    return str(actor["full_name"] if isinstance(actor, Mapping) else actor)


@dataclass(frozen=True)
class OtherProposal:
    """One that a proposal is bound to; all but its id None where it hasn't come, or isn't the account's to see yet."""

    id: str
    number: Optional[int]
    title: Optional[str]
    state: Optional[State]

    @classmethod
    def from_json(cls, plain: Plain) -> OtherProposal:
        with reading("proposal"):
            state = plain["state"]
            return cls(str(plain["id"]), plain["number"], plain["title"], State(state) if state is not None else None)


@dataclass(frozen=True)
class OwnRequest:
    """That the signed-in account's agency is asked; ``due`` is the last day."""

    request: str
    due: str
    state: RequestState

    @classmethod
    def from_json(cls, plain: Plain) -> OwnRequest:
        return cls(str(plain["request"]), str(plain["due"]), RequestState(plain["state"]))


@dataclass(frozen=True)
class OpinionsStanding:
    """How agencies' opinions on a proposal stand, in numbers; ``due`` is the earliest last day of those that are waited for."""

    asked: int
    given: int
    waiting: int
    due: Optional[str]
    mine: Optional[OwnRequest]

    @classmethod
    def from_json(cls, plain: Plain) -> OpinionsStanding:
        mine = OwnRequest.from_json(plain["mine"]) if plain["mine"] else None
        return cls(int(plain["asked"]), int(plain["given"]), int(plain["waiting"]), plain["due"], mine)


@dataclass(frozen=True)
class SignedDecision:
    """What was signed after an approval, in short. Days are ISO texts; ``made_effective``: the province has put it into force."""

    number: str
    date: str
    effective: str
    made_effective: bool

    @classmethod
    def from_json(cls, plain: Plain) -> SignedDecision:
        return cls(str(plain["number"]), str(plain["date"]), str(plain["effective"]), bool(plain["made_effective"]))


@dataclass(frozen=True)
class ProposalSummary:
    """A line of a list of proposals.

    ``can`` are the steps that the signed-in account may take now; ``revision`` is the number of the approval's. It stands on those
    in ``depends_on``, and is applied together with the ``linked`` ones. ``unread`` counts what others did since the account looked
    last, ``redo`` the version's changes that are marked to be redone. ``authority`` is what the matrix comes to (None from an older
    hub), ``consents`` are of the other communes that it reaches into, ``post_check`` (``waiting``, ``objected``, ``checked``) says
    where the province's look at a commune's approval is. ``due_at`` is the moment by which it is to be decided
    (``due_provisional``: by what isn't official yet); ``referred``: a commune's decision has fallen to the province.
    ``decision`` is what was signed after the approval, once it is recorded; an older hub doesn't tell whether one is
    (``tells_decision``).
    """

    id: str
    number: int
    commune: str
    commune_name: str
    plan: str
    plan_name: str
    title: str
    ground: int
    author: Person
    state: State
    version: int
    hash: str
    changes: int
    created_at: str
    updated_at: str
    last_step: Optional[StepTaken]
    can: tuple[Step, ...]
    revision: Optional[int]
    depends_on: tuple[OtherProposal, ...] = ()
    linked: tuple[OtherProposal, ...] = ()
    unread: int = 0
    redo: int = 0
    opinions: Optional[OpinionsStanding] = None
    authority: Optional[Authority] = None
    consents: tuple[Consent, ...] = ()
    post_check: Optional[str] = None
    due_at: Optional[str] = None
    due_provisional: bool = False
    referred: bool = False
    decision: Optional[SignedDecision] = None
    tells_decision: bool = False

    def to_json(self) -> dict[str, Any]:
        """As `from_json` reads it, to be kept."""
        plain = {**asdict(self), "authority": self.authority.to_json() if self.authority is not None else None}
        return plain if self.tells_decision else {name: value for name, value in plain.items() if name != "decision"}

    @property
    def missing(self) -> tuple[Consent, ...]:
        """Communes that haven't consented."""
        return tuple(consent for consent in self.consents if not consent.given)

    @classmethod
    def from_json(cls, plain: Plain) -> ProposalSummary:
        with reading("proposal"):
            return cls(
                id=str(plain["id"]),
                number=int(plain["number"]),
                commune=str(plain["commune"]),
                commune_name=str(plain["commune_name"]),
                plan=str(plain["plan"]),
                plan_name=str(plain["plan_name"]),
                title=str(plain["title"]),
                ground=int(plain["ground"]),
                author=Person.from_json(plain["author"]),
                state=State(plain["state"]),
                version=int(plain["version"]),
                hash=str(plain["hash"]),
                changes=int(plain["changes"]),
                created_at=str(plain["created_at"]),
                updated_at=str(plain["updated_at"]),
                last_step=StepTaken.from_json(plain["last_step"]) if plain["last_step"] else None,
                can=known_steps(plain["can"]),
                revision=_revision_number(plain.get("revision")),
                due_at=str(plain["due_at"]) if plain.get("due_at") else None,
                due_provisional=bool(plain.get("due_provisional") or (plain.get("due") or {}).get("provisional")),
                referred=bool(plain.get("referred")),
                depends_on=tuple(OtherProposal.from_json(item) for item in plain.get("depends_on", ())),
                linked=tuple(OtherProposal.from_json(item) for item in plain.get("linked", ())),
                unread=int(plain.get("unread") or 0),
                redo=int(plain.get("redo") or 0),
                opinions=OpinionsStanding.from_json(plain["opinions"]) if plain.get("opinions") else None,
                authority=authority_from_json(plain.get("authority")),
                consents=tuple(Consent.from_json(item) for item in plain.get("consents", ())),
                post_check=plain.get("post_check"),
                decision=SignedDecision.from_json(plain["decision"]) if plain.get("decision") else None,
                tells_decision="decision" in plain,
            )


def _revision_number(plain: Any) -> Optional[int]:
    """A list names the number alone, the answer to a step the whole checkpoint."""
    if plain is None:
        return None
    return int(plain["number"] if isinstance(plain, Mapping) else plain)


@dataclass(frozen=True)
class VersionAnswer:
    """The hub's receipt for a version. ``document`` is the answer as it came; ``rekeyed`` maps keys taken elsewhere to new ones."""

    proposal: str
    number: int
    version: int
    state: State
    hash: str
    rekeyed: Mapping[str, str]
    findings: tuple[Finding, ...]
    document: Plain = field(repr=False, compare=False)

    @classmethod
    def from_json(cls, plain: Plain) -> VersionAnswer:
        with reading("version"):
            return cls(
                proposal=str(plain["proposal"]),
                number=int(plain["number"]),
                version=int(plain["version"]),
                state=State(plain["state"]),
                hash=str(plain["hash"]),
                rekeyed=rekeyed(plain["rekeyed"]),
                findings=tuple(Finding.from_json(item) for item in plain["findings"]),
                document=dict(plain),
            )
