"""A hub, and who is signed in there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from commune_planning_plugin.core.workflow import Role
from commune_planning_plugin.store.model import Checkpoint
from commune_planning_plugin.sync.authority_documents import Mandate
from commune_planning_plugin.sync.documents import Plain, checkpoint_from_json, reading


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
