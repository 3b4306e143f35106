"""The hub's answers as values.

Each ``from_json`` raises ``InvalidData('answer.malformed')`` where the answer is not what the protocol says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, Optional

from commune_planning_plugin.core.authority import Authority
from commune_planning_plugin.core.discussion import RequestState
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.rules import Finding
from commune_planning_plugin.core.schema import Layer, Values
from commune_planning_plugin.core.wire import decode_values
from commune_planning_plugin.core.workflow import Role, State, Step
from commune_planning_plugin.store.model import Checkpoint, Standing
from commune_planning_plugin.sync.authority_documents import Consent, Mandate, authority_from_json, known_steps

Layers = Mapping[str, Layer]
Plain = Mapping[str, Any]


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Makes what a wrong document causes an ``InvalidData``."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidData("answer.malformed", document=name, reason=repr(error)) from error


def checkpoint_from_json(plain: Plain) -> Checkpoint:
    with reading("checkpoint"):
        return Checkpoint(int(plain["number"]), str(plain["id"]))


@dataclass(frozen=True)
class Grant:
    """A role, in one commune or (``commune`` None) in the whole province."""

    role: Role
    commune: Optional[str]


@dataclass(frozen=True)
class Account:
    """Who is signed in; ``cleared`` may see restricted features. An agency's account speaks for its ``organisation``."""

    id: str
    name: str
    full_name: str
    cleared: bool
    roles: tuple[Grant, ...]
    organisation: Optional[str] = None
    mandates: tuple[Mandate, ...] = ()

    def has(self, role: Role, commune: Optional[str] = None) -> bool:
        """Whether the role is held, in ``commune`` where one is named."""
        return any(grant.role is role and (commune is None or grant.commune in (None, commune)) for grant in self.roles)

    @classmethod
    def from_json(cls, plain: Plain) -> Account:
        with reading("account"):
            roles = tuple(Grant(Role(item["role"]), item.get("commune")) for item in plain["roles"])
            mandates = tuple(Mandate.from_json(item) for item in plain.get("mandates", ()))
            return cls(
                str(plain["id"]),
                str(plain["name"]),
                str(plain["full_name"]),
                bool(plain["cleared"]),
                roles,
                plain.get("organisation"),
                mandates,
            )


@dataclass(frozen=True)
class SignIn:
    """What signing in gives. The token is a secret; ``expires_at`` is the hub's time, as it wrote it."""

    token: str = field(repr=False)
    expires_at: str
    account: Account
    hub_id: str

    @classmethod
    def from_json(cls, plain: Plain) -> SignIn:
        with reading("session"):
            account = Account.from_json(plain["account"])
            return cls(str(plain["token"]), str(plain["expires_at"]), account, str(plain["hub_id"]))


@dataclass(frozen=True)
class HubStatus:
    """What a hub says to anybody. ``revision`` is its newest."""

    hub_id: str
    province: str
    revision: Checkpoint

    @classmethod
    def from_json(cls, plain: Plain) -> HubStatus:
        with reading("status"):
            return cls(str(plain["hub_id"]), str(plain["province"]), checkpoint_from_json(plain["revision"]))


@dataclass(frozen=True)
class Person:
    """An author."""

    id: str
    name: str
    full_name: str

    @classmethod
    def from_json(cls, plain: Plain) -> Person:
        with reading("person"):
            return cls(str(plain["id"]), str(plain["name"]), str(plain["full_name"]))


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
class ProposalSummary:
    """A line of a list of proposals.

    ``can`` are the steps that the signed-in account may take now; ``revision`` is the number of the approval's. It stands on those
    in ``depends_on``, and is applied together with the ``linked`` ones. ``unread`` counts what others did since the account looked
    last, ``redo`` the version's changes that are marked to be redone. ``authority`` is what the matrix comes to (None from an older
    hub), ``consents`` are of the other communes that it reaches into, ``post_check`` (``waiting``, ``objected``, ``checked``) says
    where the province's look at a commune's approval is. ``due_at`` is the moment by which it is to be decided.
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

    def to_json(self) -> dict[str, Any]:
        """As `from_json` reads it, to be kept."""
        return {**asdict(self), "authority": self.authority.to_json() if self.authority is not None else None}

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
                depends_on=tuple(OtherProposal.from_json(item) for item in plain.get("depends_on", ())),
                linked=tuple(OtherProposal.from_json(item) for item in plain.get("linked", ())),
                unread=int(plain.get("unread") or 0),
                redo=int(plain.get("redo") or 0),
                opinions=OpinionsStanding.from_json(plain["opinions"]) if plain.get("opinions") else None,
                authority=authority_from_json(plain.get("authority")),
                consents=tuple(Consent.from_json(item) for item in plain.get("consents", ())),
                post_check=plain.get("post_check"),
            )


def _revision_number(plain: Any) -> Optional[int]:
    """A list names the number alone, the answer to a step the whole checkpoint."""
    if plain is None:
        return None
    return int(plain["number"] if isinstance(plain, Mapping) else plain)


@dataclass(frozen=True)
class ReviewConflict:
    """Why a change can't be merged as it is."""

    kind: ConflictKind
    attributes: tuple[str, ...]


@dataclass(frozen=True)
class ReviewItem:
    """One change of a proposal as it would be, or was, applied; whole rows, None where there is none."""

    layer: str
    key: str
    kind: str
    before: Optional[Values]
    after: Optional[Values]
    conflict: Optional[ReviewConflict]

    @classmethod
    def from_json(cls, layers: Layers, plain: Plain) -> ReviewItem:
        with reading("review"):
            layer = layer_of(layers, plain["layer"])
            clash = plain.get("conflict")
            return cls(
                layer=layer.id,
                key=str(plain["key"]),
                kind=str(plain["kind"]),
                before=decode_values(layer, plain["before"]),
                after=decode_values(layer, plain["after"]),
                conflict=ReviewConflict(ConflictKind(clash["kind"]), tuple(clash["attributes"])) if clash else None,
            )


@dataclass(frozen=True)
class ContextRow:
    """A feature near by that the proposal doesn't change."""

    layer: str
    key: str
    row: Values

    @classmethod
    def from_json(cls, layers: Layers, plain: Plain) -> ContextRow:
        with reading("context"):
            layer = layer_of(layers, plain["layer"])
            return cls(layer.id, str(plain["key"]), decode_values(layer, plain["row"]) or {})


@dataclass(frozen=True)
class ProposalDetail:
    """All that a decision is made on. ``result_hash`` names the merge result as shown here; approving carries it. ``document`` is
    the answer as it came."""

    summary: ProposalSummary
    content: Version
    steps: tuple[StepTaken, ...]
    findings: tuple[Finding, ...]
    review: tuple[ReviewItem, ...]
    result_hash: Optional[str]
    context: tuple[ContextRow, ...]
    rekeyed: Mapping[str, str]
    document: Plain = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_json(cls, layers: Layers, plain: Plain) -> ProposalDetail:
        with reading("proposal"):
            return cls(
                summary=ProposalSummary.from_json(plain),
                content=Version.from_json(layers, plain["content"]),
                steps=tuple(StepTaken.from_json(item) for item in plain["steps"]),
                findings=tuple(Finding.from_json(item) for item in plain["findings"]),
                review=tuple(ReviewItem.from_json(layers, item) for item in plain["review"]),
                result_hash=plain["result_hash"],
                context=tuple(ContextRow.from_json(layers, item) for item in plain["context"]),
                rekeyed=_rekeyed(plain["rekeyed"]),
                document=plain,
            )


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
                rekeyed=_rekeyed(plain["rekeyed"]),
                findings=tuple(Finding.from_json(item) for item in plain["findings"]),
                document=dict(plain),
            )


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


@dataclass(frozen=True)
class Device:
    """A place where an account is signed in; ``current`` is this one."""

    id: str
    name: str
    last_used_at: str
    current: bool

    @classmethod
    def from_json(cls, plain: Plain) -> Device:
        with reading("sessions"):
            return cls(str(plain["id"]), str(plain["device"]), str(plain["last_used_at"]), bool(plain["current"]))


def _rekeyed(plain: Any) -> dict[str, str]:
    return {str(old): str(new) for old, new in (plain or {}).items()}


def layer_of(layers: Layers, layer_id: Any) -> Layer:
    """Raises ``InvalidData('layer.unknown')``."""
    layer = layers.get(layer_id)
    if layer is None:
        raise InvalidData("layer.unknown", layer=layer_id)
    return layer
