"""The hub's boundary: whatever goes wrong leaves as a problem document (RFC 9457) with a stable code."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

import psycopg
from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from psycopg.errors import UniqueViolation
from psycopg_pool import PoolTimeout
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.wire import PROTOCOL, PROTOCOL_HEADER

REQUEST_ID_HEADER = "X-Request-ID"
MEDIA_TYPE = "application/problem+json"
_CODES = {401: "auth.required", 403: "rights.missing", 404: "not_found", 405: "method.not_allowed", 413: "too_large"}
_log = logging.getLogger("province_hub")


@dataclass(frozen=True)
class ProblemDocument:
    """How every refusal looks (RFC 9457). ``code`` is stable; ``details`` depend on it."""

    type: str
    title: str
    status: int
    code: str
    details: dict[str, Any]
    request_id: str


RESPONSES: dict[int | str, dict[str, Any]] = {"default": {"model": ProblemDocument, "description": "Refused, and why"}}
"""For the application's description; `described` gives it the right media type."""


class Problem(HTTPException):
    """An answer that isn't the one asked for. A detail ``retry_after`` (seconds) also becomes the Retry-After header."""

    def __init__(self, status: int, code: str, /, **details: Any) -> None:
        super().__init__(status, code)
        self.code = code
        self.details = details


def problem_response(status: int, code: str, details: Mapping[str, Any], request_id: str) -> Response:
    kind, title = f"urn:commune-planning:problem:{code}", HTTPStatus(status).phrase
    document = asdict(ProblemDocument(kind, title, status, code, dict(details), request_id))
    headers = {"Cache-Control": "no-store"}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after" in details:
        headers["Retry-After"] = str(details["retry_after"])
    return JSONResponse(document, status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every foreseen error of ``app`` with a problem document; `Boundary` answers the others."""
    app.add_exception_handler(RequestValidationError, _answer)
    app.add_exception_handler(StarletteHTTPException, _answer)
    known = (InvalidData, psycopg.DataError, UnicodeEncodeError, psycopg.OperationalError, PoolTimeout, UniqueViolation)
    for kind in known:
        app.add_exception_handler(kind, _answer)


def described(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document, with problems under their own media type."""
    for item in document["paths"].values():
        for operation in item.values():
            content = operation["responses"]["default"]["content"]
            if "application/json" in content:
                content[MEDIA_TYPE] = content.pop("application/json")
    return document


def _answer(request: Request, error: Exception) -> Response:
    return _response(error, _request_id(request.scope))


def _response(error: Exception, request_id: str) -> Response:
    """The table of errors: which is which status and code."""
    if isinstance(error, Problem):
        return problem_response(error.status_code, error.code, error.details, request_id)
    if isinstance(error, StarletteHTTPException):
        return problem_response(error.status_code, _CODES.get(error.status_code, "invalid"), {}, request_id)
    if isinstance(error, RequestValidationError):
        fields = [{"place": [str(step) for step in item["loc"]], "reason": item["type"]} for item in error.errors()]
        return problem_response(422, "invalid", {"code": "request.malformed", "fields": fields}, request_id)
    if isinstance(error, InvalidData):
        return problem_response(422, "invalid", {**error.details, "code": error.code}, request_id)
    if isinstance(error, (psycopg.DataError, UnicodeEncodeError)):  # NUL, half a surrogate pair, a number beyond 64 bits
        _log.warning("request %s has a value that can't be stored: %s", request_id, type(error).__name__)
        return problem_response(422, "invalid", {"code": "value.type"}, request_id)
    if isinstance(error, UniqueViolation):  # an id that a client made was taken by another request at the same moment
        _log.warning("request %s came with an id that is taken: %s", request_id, error.diag.constraint_name)
        return problem_response(409, "request.reused", {}, request_id)
    if isinstance(error, (psycopg.OperationalError, PoolTimeout)):
        _log.error("database not available, request %s: %s", request_id, type(error).__name__)
        return problem_response(503, "unavailable", {"retry_after": 5}, request_id)
    if isinstance(error, ClientDisconnect):
        return problem_response(400, "invalid", {"code": "request.cut_off"}, request_id)
    _log.error("request %s failed", request_id, exc_info=error)
    return problem_response(500, "internal", {}, request_id)


class Boundary:
    """Names each request, speaks for the protocol's version on every answer, and lets no exception out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = scope.setdefault("state", {})["request_id"] = uuid.uuid4().hex
        started = False

        async def send_marked(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers[PROTOCOL_HEADER] = str(PROTOCOL)
                headers[REQUEST_ID_HEADER] = request_id
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        try:
            _check_protocol(scope)
            await self.app(scope, receive, send_marked)
        except Exception as error:  # noqa: BLE001  # the hub's one boundary
            response = _response(error, request_id)
            if not started:
                await response(scope, receive, send_marked)


def _check_protocol(scope: Scope) -> None:
    wanted = Headers(scope=scope).get(PROTOCOL_HEADER)
    if wanted is not None and wanted != str(PROTOCOL):
        raise Problem(426, "protocol.version", supported=[PROTOCOL], requested=wanted[:20])


def _request_id(scope: Scope) -> str:
    return str(scope.get("state", {}).get("request_id", ""))
