"""Who calls: accounts' tokens, looked up in the database at each request so that a revocation works at once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Any, Optional

from anyio import to_thread
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from psycopg import sql

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.workflow import Role, Step
from province_hub.database import Database, HubConnection
from province_hub.dependencies import DatabaseOf
from province_hub.errors import Problem

USE_NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Grant:
    """A role; ``commune`` is the code where it holds, or None for the whole province."""

    role: Role
    commune: Optional[str]


@dataclass(frozen=True)
class Mandate:
    """A delegation that is in force: the account signs for ``giver``, a commune's head, under ``document`` until ``valid_to``."""

    id: str
    commune: str
    acts: frozenset[Step]
    giver: str
    giver_name: str
    document: str
    valid_to: date

    def to_json(self) -> dict[str, Any]:
        """As the protocol shows it."""
        acts = sorted(step.value for step in self.acts)
        shown = {"id": self.id, "commune": self.commune, "acts": acts, "giver": self.giver_name, "document": self.document}
        return {**shown, "valid_to": self.valid_to.isoformat()}


@dataclass(frozen=True)
class Principal:
    """The account behind a request. ``cleared`` accounts see restricted features; ``mandates`` are delegations to it."""

    id: str
    name: str
    full_name: str
    cleared: bool
    roles: tuple[Grant, ...]
    token: str = ""
    organisation: Optional[str] = None
    """The agency that an account with that role speaks for."""
    mandates: tuple[Mandate, ...] = ()

    def has(self, role: Role, commune: Optional[str] = None) -> bool:
        """Whether the account holds ``role``: anywhere, or where ``commune`` is given, there."""
        return any(g.role is role and (commune is None or g.commune in (None, commune)) for g in self.roles)

    def may_read(self, commune: str) -> bool:
        """Province-wide roles read every commune, the others their own; an agency what it is asked about, and no layers."""
        return any(grant.commune in (None, commune) for grant in self.roles if grant.role is not Role.AGENCY)

    def to_json(self) -> dict[str, Any]:
        """The account as the protocol shows it."""
        roles = [{"role": grant.role.value, "commune": grant.commune} for grant in self.roles]
        shown = {"id": self.id, "name": self.name, "full_name": self.full_name, "cleared": self.cleared, "roles": roles}
        return {**shown, "mandates": [mandate.to_json() for mandate in self.mandates]}


_SIGNED_IN = sql.SQL(
    """
SELECT t.id AS token, t.expires_at, t.revoked_at, t.last_used_at, a.id, a.name, a.full_name, a.cleared, a.organisation::text,
       a.disabled_at, now() AS now
FROM hub.token t JOIN hub.account a ON a.id = t.account WHERE {}
"""
)
_ROLES = "SELECT role, commune FROM hub.role WHERE account = %s ORDER BY role, commune"
_NOW = "SELECT id, name, full_name, cleared, organisation::text, disabled_at FROM hub.account WHERE id = %s FOR KEY SHARE"
_ENDED = "SELECT revoked_at, NULL AS disabled_at, expires_at, clock_timestamp() AS now FROM hub.token WHERE id::text = %s"
_MANDATES = """
SELECT d.id::text, d.commune, d.acts, d.giver::text, g.full_name AS giver_name, d.document, d.valid_to
FROM hub.delegation d JOIN hub.account g ON g.id = d.giver
WHERE d.receiver = %s AND d.revoked_at IS NULL AND g.disabled_at IS NULL
  AND (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN d.valid_from AND d.valid_to
  AND EXISTS (SELECT FROM hub.role r WHERE r.account = d.giver AND r.role = 'head' AND r.commune = d.commune)
ORDER BY d.made_at, d.id
"""
"""A delegation ends with its last day, when it is revoked, and with the office of who gave it."""
_REMEMBERED = 10_000
_bearer = HTTPBearer(auto_error=False, description="The token of POST /api/v1/sessions.")


def secret_hash(secret: str) -> bytes:
    """What is stored of a token's secret: it has 256 random bits, so that a plain hash is enough."""
    return hashlib.sha256(secret.encode()).digest()


def principal_of(
    row: dict[str, Any], roles: list[dict[str, Any]], token: str = "", mandates: Sequence[dict[str, Any]] = ()
) -> Principal:
    grants = tuple(Grant(Role(item["role"]), item["commune"]) for item in roles)
    organisation = str(row["organisation"]) if row["organisation"] is not None else None
    signs_for = tuple(map(_mandate, mandates))
    return Principal(str(row["id"]), row["name"], row["full_name"], row["cleared"], grants, token, organisation, signs_for)


def _mandate(row: dict[str, Any]) -> Mandate:
    return Mandate(**{**row, "acts": frozenset(map(Step, row["acts"]))})


def mandates_of(conn: HubConnection, account: str, held: bool = False) -> list[dict[str, Any]]:
    """Delegations to the account that are in force now; ``held`` until the transaction ends."""
    return conn.execute(_MANDATES + "FOR SHARE OF d FOR KEY SHARE OF g" if held else _MANDATES, (account,)).fetchall()


def signed_in(database: DatabaseOf, bearer: Annotated[Optional[HTTPAuthorizationCredentials], Depends(_bearer)]) -> Principal:
    """The caller. Raises `Problem` 401: ``auth.required``, ``auth.revoked``, ``auth.expired`` or ``auth.disabled``."""
    if bearer is None:
        raise Problem(401, "auth.required")
    return of_bearer(database, bearer.credentials)


def of_bearer(database: Database, secret: str) -> Principal:
    """Whose token ``secret`` is. Raises as `signed_in`."""
    return _principal(database, sql.SQL("t.secret_hash = %s"), secret_hash(secret))


def still_signed_in(database: Database, principal: Principal) -> Principal:
    """The caller as the account is now, after a wait. Raises as `signed_in`."""
    return _principal(database, sql.SQL("t.id = %s"), principal.token)


def confirmed(conn: HubConnection, principal: Principal) -> Principal:
    """The caller as the account is now, and stays until the transaction ends: it may have waited long for its turn.

    Raises `Problem` 401 ``auth.disabled``, ``auth.revoked`` or ``auth.expired``.
    """
    row = conn.execute(_NOW, (principal.id,)).fetchone()
    if row is None or row["disabled_at"] is not None:
        raise Problem(401, "auth.disabled")
    token = conn.execute(_ENDED, (principal.token,)).fetchone()
    if token is not None:
        _refuse_ended(token)
    roles = conn.execute(_ROLES, (row["id"],)).fetchall()
    return principal_of(row, roles, principal.token, mandates_of(conn, principal.id, held=True))


def of_name(conn: HubConnection, name: str) -> Principal:
    """The account of that name. Raises ``InvalidData('account.unknown')``."""
    row = conn.execute("SELECT id, name, full_name, cleared, organisation FROM hub.account WHERE name = %s", (name,)).fetchone()
    if row is None:
        raise InvalidData("account.unknown", name=name)
    roles = conn.execute(_ROLES, (row["id"],)).fetchall()
    return principal_of(row, roles, mandates=mandates_of(conn, str(row["id"])))


def _principal(database: Database, condition: sql.SQL, value: object) -> Principal:
    with database.reading() as conn:
        row = conn.execute(_SIGNED_IN.format(condition), (value,)).fetchone()
        if row is None:
            raise Problem(401, "auth.required")
        _refuse_ended(row)
        roles, mandates = conn.execute(_ROLES, (row["id"],)).fetchall(), mandates_of(conn, row["id"])
    if _long_unused(row["last_used_at"], row["now"]):
        _note_use(database, row)
    return principal_of(row, roles, str(row["token"]), mandates)


def _refuse_ended(row: dict[str, Any]) -> None:
    if row["revoked_at"] is not None:
        raise Problem(401, "auth.revoked")
    if row["disabled_at"] is not None:
        raise Problem(401, "auth.disabled")
    if row["expires_at"] <= row["now"]:
        raise Problem(401, "auth.expired")


def _long_unused(last: Optional[datetime], now: datetime) -> bool:
    return last is None or now.astimezone(timezone.utc) - last > USE_NOTED_EVERY


def _note_use(database: Database, row: dict[str, Any]) -> None:
    with database.writing(row["name"]) as conn:
        conn.execute("UPDATE hub.token SET last_used_at = now() WHERE id = %s", (row["token"],))


Caller = Annotated[Principal, Depends(signed_in)]


class Recent:
    """Callers seen in the last ``seconds``, for questions that are asked all day and tell next to nothing."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._known: dict[bytes, tuple[float, Principal]] = {}

    def get(self, secret: bytes) -> Optional[Principal]:
        at, principal = self._known.get(secret, (0.0, None))
        return principal if principal is not None and time.monotonic() - at < self._seconds else None

    def put(self, secret: bytes, principal: Principal) -> None:
        now = time.monotonic()
        if len(self._known) >= _REMEMBERED:
            self._known = {known: entry for known, entry in self._known.items() if now - entry[0] < self._seconds}
        self._known[secret] = (now, principal)


async def watching(request: Request, bearer: Annotated[Optional[HTTPAuthorizationCredentials], Depends(_bearer)]) -> Principal:
    """As `signed_in`, but a sign-in that has ended is noticed only some seconds later.

    The application's parts are taken from the request: each dependency costs more than all else here.
    """
    if bearer is None:
        raise Problem(401, "auth.required")
    recent: Recent = request.app.state.recent
    secret = secret_hash(bearer.credentials)
    known = recent.get(secret)
    if known is None:
        known = await to_thread.run_sync(_principal, request.app.state.database, sql.SQL("t.secret_hash = %s"), secret)
        recent.put(secret, known)
    return known


Watching = Annotated[Principal, Depends(watching)]


def require_commune(principal: Principal, commune: str) -> None:
    """Raises `Problem` 403 ``rights.territory`` where the caller may not read ``commune``."""
    if not principal.may_read(commune):
        raise Problem(403, "rights.territory", commune=commune)
