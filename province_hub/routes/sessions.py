"""Signing in and out. Passwords and tokens are never logged and leave in no answer but the one that hands a token out."""

from __future__ import annotations

import secrets
import threading
import unicodedata
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Optional

from fastapi import APIRouter, Request, Response
from psycopg import Connection

from commune_planning_plugin.core.workflow import Role
from province_hub import accounts
from province_hub.database import Database
from province_hub.dependencies import DatabaseOf, LimitsOf
from province_hub.errors import Problem
from province_hub.identity import Caller, Principal, mandates_of, principal_of, secret_hash
from province_hub.limits import Limits

router = APIRouter(tags=["sessions"])

_verifying = threading.BoundedSemaphore(4)  # each verification takes 64 MiB of memory

_ACCOUNT = "SELECT id, name, full_name, cleared, organisation::text, password_hash, disabled_at FROM hub.account WHERE name = %s"
_ROLES = "SELECT role, commune FROM hub.role WHERE account = %s ORDER BY role, commune"
_HUB_ID = "SELECT value FROM hub.setting WHERE name = 'hub_id'"
_FAILURES = """
WITH recent AS (
    SELECT name, address, at FROM hub.login_attempt
    WHERE NOT succeeded AND at > now() - make_interval(secs => %(window)s)
      AND (address = %(address)s OR name = %(name)s AND at > coalesce(
          (SELECT max(at) FROM hub.login_attempt WHERE name = %(name)s AND succeeded), '-infinity'))
)
SELECT count(*) FILTER (WHERE name = %(name)s) AS of_name, count(*) FILTER (WHERE address = %(address)s) AS of_address,
       ceil(extract(epoch FROM min(at) - now()))::int + %(window)s AS retry_after
FROM recent
"""
_ATTEMPT = "INSERT INTO hub.login_attempt (name, address, at, succeeded) VALUES (%s, %s, now(), false) RETURNING id"
_HOLD = "SELECT 1 FROM hub.account WHERE id = %s AND password_hash = %s AND disabled_at IS NULL FOR NO KEY UPDATE"
_END_OLDEST = """
UPDATE hub.token SET revoked_at = clock_timestamp() WHERE id IN (
    SELECT id FROM hub.token WHERE account = %s AND revoked_at IS NULL AND expires_at > now()
    ORDER BY coalesce(last_used_at, created_at) DESC, id OFFSET %s)
"""
_OPEN = """
INSERT INTO hub.token (id, account, secret_hash, device, created_at, expires_at)
VALUES (%s, %s, %s, %s, now(), now() + make_interval(days => %s)) RETURNING expires_at
"""


@dataclass(frozen=True)
class SignIn:
    """``device`` is what the account's owner will recognise the session by."""

    name: str
    password: str
    device: str = ""


@dataclass(frozen=True)
class GrantedRole:
    """A role; without a commune it holds in the whole province."""

    role: str
    commune: Optional[str]


@dataclass(frozen=True)
class Account:
    """Who is signed in; ``organisation`` is the agency that the account speaks for."""

    id: str
    name: str
    full_name: str
    cleared: bool
    roles: list[GrantedRole]
    organisation: Optional[str] = None
    mandates: list[dict[str, Any]] = field(default_factory=list)
    """Delegations in force: ``commune``, ``acts``, whose signature it is, document and last day."""


@dataclass(frozen=True)
class Session:
    """``token`` is shown this once."""

    token: str
    expires_at: datetime
    account: Account
    hub_id: str


@router.post("/sessions", status_code=201)
def sign_in(body: SignIn, request: Request, database: DatabaseOf, limits: LimitsOf) -> Session:
    """An account's session that was not used for longest ends where there would be too many.

    Problems: ``auth.wrong_password`` (also for an unknown name), ``auth.disabled``, ``auth.too_many_attempts``.
    """
    name = unicodedata.normalize("NFC", body.name).strip()[:200].replace("\x00", "")
    attempt = _begin_attempt(database, limits, name, request.client.host if request.client else "")
    with database.reading() as conn:
        account = conn.execute(_ACCOUNT, (name,)).fetchone()
    if not _password_fits(account, body.password) or account is None:
        raise Problem(401, "auth.wrong_password")
    if account["disabled_at"] is not None:
        raise Problem(401, "auth.disabled")
    with database.writing(name) as conn:
        conn.execute("UPDATE hub.login_attempt SET succeeded = true WHERE id = %s", (attempt,))
        return _open_session(conn, account, body.device[:200].replace("\x00", ""), limits)


@router.delete("/sessions/current", status_code=204)
def sign_out(caller: Caller, database: DatabaseOf) -> Response:
    """The token is worth nothing from now on."""
    with database.writing(caller.name) as conn:
        conn.execute("UPDATE hub.token SET revoked_at = now() WHERE id = %s AND revoked_at IS NULL", (caller.token,))
    return Response(status_code=204)


@router.get("/sessions")
def list_sessions(caller: Caller, database: DatabaseOf, account: Optional[str] = None) -> dict[str, Any]:
    """The open sessions of one's own account, or by an administrator of ``account``; ``current`` is the one that asks."""
    if account is not None and account != caller.name and not caller.has(Role.ADMINISTRATOR):
        raise Problem(403, "rights.missing")
    with database.reading() as conn:
        found = accounts.sessions(conn, account or caller.name)
    return {"sessions": [{**each, "current": each["id"] == caller.token} for each in found]}


@router.delete("/sessions/{session}", status_code=204)
def revoke(session: uuid.UUID, caller: Caller, database: DatabaseOf) -> Response:
    """End a session of one's own, or by an administrator anybody's: a lost device. It works with the next request."""
    with database.writing(caller.name) as conn:
        owner = None if caller.has(Role.ADMINISTRATOR) else caller.id
        if not accounts.revoke(conn, str(session), owner):
            raise Problem(404, "not_found")
    return Response(status_code=204)


@router.get("/me")
def me(caller: Caller) -> Account:
    return _shown(caller)


def _begin_attempt(database: Database, limits: Limits, name: str, address: str) -> int:
    """Count the attempt as failed until it succeeds, so that attempts at the same time can't outrun the limit."""
    parameters = {"name": name, "address": address, "window": limits.failure_window}
    with database.writing(name) as conn:
        for subject in ("name:" + name, "address:" + address):
            conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (subject,))
        failures = conn.execute(_FAILURES, parameters).fetchone()
        if failures and (failures["of_name"] >= limits.failures_per_name or failures["of_address"] >= limits.failures_per_address):
            raise Problem(429, "auth.too_many_attempts", retry_after=max(1, failures["retry_after"]))
        row = conn.execute(_ATTEMPT, (name, address)).fetchone()
        return int(row["id"]) if row else 0


def _password_fits(account: Optional[dict[str, Any]], password: str) -> bool:
    """As much work for a name that doesn't exist as for one that does."""
    stored = account["password_hash"] if account else _hash_of_nobody()
    with _verifying:
        return accounts.password_matches(stored, password)


@cache
def _hash_of_nobody() -> str:
    return accounts.hash_password(secrets.token_urlsafe())


def _open_session(conn: Connection[dict[str, Any]], account: dict[str, Any], device: str, limits: Limits) -> Session:
    """Raises `Problem` 401 where the account was shut, or given another password, since its password was looked at."""
    if conn.execute(_HOLD, (account["id"], account["password_hash"])).fetchone() is None:
        raise Problem(401, "auth.wrong_password")
    conn.execute(_END_OLDEST, (account["id"], limits.sessions - 1))
    secret = secrets.token_urlsafe(32)
    values = (uuid.uuid4(), account["id"], secret_hash(secret), device, limits.session_days)
    opened = conn.execute(_OPEN, values).fetchone() or {}
    hub = conn.execute(_HUB_ID).fetchone() or {}
    roles = conn.execute(_ROLES, (account["id"],)).fetchall()
    principal = principal_of(account, roles, mandates=mandates_of(conn, account["id"]))
    return Session(secret, opened["expires_at"], _shown(principal), hub["value"])


def _shown(principal: Principal) -> Account:
    roles = [GrantedRole(grant.role.value, grant.commune) for grant in principal.roles]
    shown = (principal.id, principal.name, principal.full_name, principal.cleared, roles, principal.organisation)
    return Account(*shown, [mandate.to_json() for mandate in principal.mandates])
