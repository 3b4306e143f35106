"""One request to a hub, and what each way of not answering is called.

============================  =====================================================================================
``hub.unreachable``           no connection, or it broke off; ``details['reason']``
``hub.timeout``               connected or not, nothing came in time
``hub.server_error``          5xx
``hub.certificate``           the server's certificate is not trusted
``hub.http_only``             no https at all: a hub answers without encryption, on this computer or in a private network;
                              ``hub.http_only_far``: elsewhere. At signing in; ``details['url']``
``hub.wrong_url``             no URL, or a server that knows no ``/api/v1``
``hub.not_a_hub``             another service answers: HTML, no protocol header, a redirect (``details['location']``)
``hub.proxy``                 the proxy on the way can't be reached, or refuses; ``details['reason']``
``hub.proxy_login``           the proxy on the way wants a name and password, or others than it was given
``hub.protocol``              another version of the protocol: ``details['ours']``, ``details['theirs']``
============================  =====================================================================================

All else is the ``code`` of the hub's problem document.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Optional, Union
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import MaxRetryError, NewConnectionError, ResponseError
from urllib3.exceptions import TimeoutError as Urllib3Timeout
from urllib3.util import Retry

from commune_planning_plugin.core.errors import HubError, HubUnreachable, NotSignedIn, PlanningError, Refused
from commune_planning_plugin.core.wire import PROTOCOL, PROTOCOL_HEADER
from commune_planning_plugin.sync import plain_http

API = "/api/v1"
CONNECT_S = 10.0
READ_S = 30.0
"""The longest silence that is waited for; calls that the hub works longer on give their own."""

PATIENCE_S = 10.0
"""A hub that asks to be left alone longer than this isn't asked again now; who calls learns how long it said."""

LARGEST_ANSWER = 256 << 20
"""Bytes after decompression: no document of the protocol is nearly as large."""

_SMALL = 1000
_BLOCK = 1 << 16

Params = Mapping[str, Union[str, int]]


class JitteredRetry(Retry):
    """urllib3's retry, with pauses that differ between desks: a hub that comes back isn't met by all of them at once.

    A Retry-After is waited for when it is short; a longer one ends the tries.
    """

    def increment(self, method: Any = None, url: Any = None, response: Any = None, *more: Any, **named: Any) -> Any:
        """Raises ``MaxRetryError``, upon which the response is returned as it is."""
        if response is not None and (_retry_after(response.headers) or 0) > PATIENCE_S:
            raise MaxRetryError(None, str(url), ResponseError("asked to wait long"))  # type: ignore[arg-type]
        return super().increment(method, url, response, *more, **named)

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:
        """Only the statuses of the policy: a 429 is an answer, for a person to read."""
        return super().is_retry(method, status_code, False)

    def get_backoff_time(self) -> float:
        return super().get_backoff_time() * random.uniform(0.5, 1.5)  # noqa: S311 (no secret)


def retry_policy(backoff_s: float = 0.3) -> Retry:
    """What may be repeated is: reading, and PUT, which names what it writes. The answer to the last try is returned as it is."""
    return JitteredRetry(
        total=2,
        connect=1,
        read=1,
        other=0,
        status=2,
        redirect=False,
        allowed_methods=frozenset({"GET", "HEAD", "PUT"}),
        status_forcelist=frozenset({502, 503, 504}),
        backoff_factor=backoff_s,
        raise_on_status=False,
        respect_retry_after_header=True,
    )


def _retry_after(headers: Mapping[str, str]) -> Optional[int]:
    stated = headers.get("Retry-After", "")
    return int(stated) if stated.isdigit() else None


def plain_session(backoff_s: float = 0.3) -> requests.Session:
    """A session over the operating system's own network settings, for the command line."""
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry_policy(backoff_s)))
    return session


def normal_url(text: str) -> str:
    """The hub's root URL as a person may type it. Raises ``HubError('hub.wrong_url')``."""
    url = text.strip()
    url = url if "://" in url else f"https://{url}"
    url = url.rstrip("/")
    url = url[: -len(API)] if url.endswith(API) else url
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or any(character.isspace() for character in url):
        raise HubError("hub.wrong_url", url=text)
    return url


class _Bearer(AuthBase):
    """The token as an authentication of its own: else requests would put one from ~/.netrc in its place."""

    def __init__(self, token: Optional[str]) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


@dataclass(frozen=True)
class Request:
    """One call; ``path`` below ``/api/v1``. ``accepted`` are the statuses that are answers, others raise."""

    method: str
    path: str
    params: Optional[Params] = None
    headers: Optional[Mapping[str, str]] = None
    body: Optional[bytes] = None
    read_s: float = READ_S
    stream: bool = False
    accepted: Collection[int] = (200,)


class Transport:
    """Sends requests over the session it is given, which may be used by one thread at a time."""

    def __init__(self, base_url: str, session: requests.Session, token: Optional[str] = None) -> None:
        self.base_url = normal_url(base_url)
        self.token = token
        self._session = session

    @property
    def part_bytes(self) -> Optional[int]:
        """The largest body to ask for at once, where the session's adapter holds whole bodies in memory and says so."""
        adapter = self._session.get_adapter(self.base_url)
        size: Optional[int] = getattr(adapter, "part_bytes", None)
        return size

    @property
    def backoff_s(self) -> float:
        """By which pauses grow after a break, as the session's policy has it."""
        policy = getattr(self._session.get_adapter(self.base_url), "max_retries", None)
        return float(getattr(policy, "backoff_factor", 0.0))

    def send(self, request: Request) -> requests.Response:
        """Raises ``HubError`` and its kinds, as listed at the top; the caller closes a streamed response."""
        try:
            response = self._session.request(
                **self._arguments(request),
                timeout=(CONNECT_S, request.read_s),
                allow_redirects=False,
                verify=self._session.verify,  # named, since requests prefers REQUESTS_CA_BUNDLE to the session's own
                stream=True,
            )
        except requests.RequestException as error:
            raise translated(error, self.base_url) from error
        return self.checked(response, request)

    def explained(self, error: HubError) -> HubError:
        """``error``, or what stands behind it: see `plain_http`."""
        return plain_http.explained(error, self._session, self.base_url)

    def prepared(self, request: Request) -> requests.PreparedRequest:
        """The request for who sends it otherwise, and has the answer `checked`."""
        return self._session.prepare_request(requests.Request(**self._arguments(request)))

    def checked(self, response: requests.Response, request: Request) -> requests.Response:
        """An answer that is one. Raises as `send`."""
        try:
            if not request.stream:
                _read_whole(response)
            self._check(response, request)
        except requests.RequestException as error:
            response.close()
            raise translated(error, self.base_url) from error
        except PlanningError:
            response.close()
            raise
        return response

    def _arguments(self, request: Request) -> dict[str, Any]:
        body, headers = _packed(request.body, request.headers or {})
        return {
            "method": request.method,
            "url": f"{self.base_url}{API}{request.path}",
            "params": request.params,
            "data": body,
            "headers": {PROTOCOL_HEADER: str(PROTOCOL), "Accept": "application/json", **headers},
            "auth": _Bearer(self.token),
        }

    def json(self, request: Request) -> dict[str, Any]:
        """The answer's document; ``{}`` where there is none."""
        response = self.send(request)
        if response.status_code == HTTPStatus.NO_CONTENT:
            return {}
        return document(response)

    def _check(self, response: requests.Response, request: Request) -> None:
        if response.is_redirect or response.is_permanent_redirect:
            raise _of_a_redirect(response, self.base_url)
        if PROTOCOL_HEADER not in response.headers:
            raise _of_a_stranger(response, self.base_url)
        if response.headers[PROTOCOL_HEADER] != str(PROTOCOL) or response.status_code == HTTPStatus.UPGRADE_REQUIRED:
            raise HubError("hub.protocol", url=self.base_url, ours=str(PROTOCOL), theirs=response.headers[PROTOCOL_HEADER])
        if response.status_code not in request.accepted:
            raise _of_a_problem(response)
        if not request.stream:
            check_whole(response)


def _packed(body: Optional[bytes], headers: Mapping[str, str]) -> tuple[Optional[bytes], Mapping[str, str]]:
    """Compressed where that saves something; pictures and archives are sent as they are."""
    if body is None or len(body) < _SMALL or "Content-Encoding" in headers:
        return body, headers
    packed = gzip.compress(body, 6)
    return (packed, {**headers, "Content-Encoding": "gzip"}) if len(packed) < 0.9 * len(body) else (body, headers)


def _read_whole(response: requests.Response) -> None:
    """The body into memory, as requests does, but not without end. Raises ``HubError('hub.not_a_hub')``."""
    blocks, size = [], 0
    for block in response.iter_content(_BLOCK):
        blocks.append(block)
        size += len(block)
        if size > LARGEST_ANSWER:
            raise HubError("hub.not_a_hub", url=response.url, reason=f"more than {LARGEST_ANSWER} bytes")
    response._content = b"".join(blocks)  # where requests keeps a body that was read


def translated(error: requests.RequestException, url: str) -> HubError:
    """The hub's error for one of requests'."""
    if isinstance(error, requests.exceptions.SSLError):
        return HubError("hub.certificate", url=url, reason=str(error))
    if isinstance(error, requests.exceptions.ProxyError):
        return HubUnreachable("hub.proxy_login" if "407" in str(error) else "hub.proxy", url=url, reason=str(error))
    if isinstance(error, requests.Timeout) or _caused_by_timeout(error):
        return HubUnreachable("hub.timeout", url=url)
    unusable = (requests.exceptions.InvalidURL, requests.exceptions.MissingSchema, requests.exceptions.InvalidSchema)
    if isinstance(error, unusable):
        return HubError("hub.wrong_url", url=url)
    return HubUnreachable("hub.unreachable", url=url, reason=str(error))


def _caused_by_timeout(error: BaseException) -> bool:
    """A time-out while a body is read, or on the last try, reaches us wrapped in errors of other kinds."""
    if isinstance(error, NewConnectionError):  # a kind of time-out to urllib3, of refusal to everybody else
        return False
    inner = [getattr(error, "reason", None), *error.args]
    return isinstance(error, Urllib3Timeout) or any(_caused_by_timeout(one) for one in inner if isinstance(one, BaseException))


def check_whole(response: requests.Response) -> None:
    """Raises ``HubUnreachable`` where the body ended before its stated length (urllib3 1 doesn't notice)."""
    stated = response.headers.get("Content-Length", "")
    if not stated.isdigit() or response.request.method == "HEAD" or response.status_code == HTTPStatus.NOT_MODIFIED:
        return
    received = response.raw.tell()
    if received < int(stated):
        raise HubUnreachable("hub.unreachable", url=response.url, reason=f"cut off after {received} of {stated} bytes")


def document(response: requests.Response) -> dict[str, Any]:
    """The JSON object that an answer carries. Raises ``HubError('hub.not_a_hub')``."""
    try:
        plain = json.loads(response.content)
    except ValueError as error:
        if not _has_an_end(response):
            raise HubUnreachable("hub.unreachable", url=response.url, reason="cut off, of unknown length") from error
        raise HubError("hub.not_a_hub", url=response.url, reason=str(error)) from error
    if not isinstance(plain, dict):
        raise HubError("hub.not_a_hub", url=response.url, reason="no object")
    return plain


def _has_an_end(response: requests.Response) -> bool:
    """Whether the answer says where it ends; that of an old proxy ends where the connection does, also when that breaks."""
    return "Content-Length" in response.headers or "chunked" in response.headers.get("Transfer-Encoding", "").lower()


def _of_a_redirect(response: requests.Response, url: str) -> HubError:
    """The same path elsewhere is a hub that moved (often to https); another one is a login page in the way."""
    location = response.headers.get("Location", "")
    moved = urlsplit(location).path == urlsplit(response.url).path
    return HubError("hub.wrong_url" if moved else "hub.not_a_hub", url=url, location=location)


def _of_a_stranger(response: requests.Response, url: str) -> HubError:
    """What answers doesn't speak as a hub does: a gateway before it, another path, another service."""
    status = response.status_code
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return HubUnreachable("hub.proxy_login", url=url, status=status)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED:
        waits = _retry_after(response.headers)
        return HubUnreachable("hub.server_error", url=url, status=status, **({} if waits is None else {"retry_after_s": waits}))
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.GONE):
        return HubError("hub.wrong_url", url=url, status=status)
    return HubError("hub.not_a_hub", url=url, status=status, content_type=response.headers.get("Content-Type", ""))


def _of_a_problem(response: requests.Response) -> HubError:
    status = response.status_code
    try:
        plain = json.loads(response.content)
    except (ValueError, requests.RequestException):
        plain = None
    plain = plain if isinstance(plain, dict) else {}
    code, details = str(plain.get("code", "")), _details(plain, response)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return HubUnreachable("hub.server_error", **{**details, "status": status})
    if status == HTTPStatus.UNAUTHORIZED:
        return NotSignedIn(code or "auth.required", **details)
    return Refused(code or "hub.not_a_hub", status, **details)


def _details(plain: Mapping[str, Any], response: requests.Response) -> dict[str, Any]:
    given = plain.get("details")
    details = {str(name): value for name, value in given.items()} if isinstance(given, dict) else {}
    waits = _retry_after(response.headers)
    if waits is not None:
        details["retry_after_s"] = waits
    if plain.get("request_id"):
        details["request_id"] = plain["request_id"]
    return {name: value for name, value in details.items() if name not in ("code", "status")}
