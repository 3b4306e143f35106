"""requests over QGIS's network stack, so that its proxy, certificates and authentication are obeyed.

QGIS gives whole bodies only. Who downloads much reads `QgisAdapter.part_bytes` and asks for ranges of that size.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from threading import Event
from typing import Any, Optional, Union

import requests
from qgis.core import QgsBlockingNetworkRequest, QgsFeedback, QgsNetworkAccessManager, QgsNetworkReplyContent
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QByteArray, QEventLoop, QObject, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse
from urllib3.exceptions import MaxRetryError, ProtocolError
from urllib3.util import Retry

from commune_planning_plugin.adapters.bindings import settled
from commune_planning_plugin.sync.transport import retry_policy

PART_BYTES = 1 << 20
_LOOK_EVERY_MS = 100
_GRACE_S = 5.0
"""Beyond the silence that Qt allows, in which it ends a request itself."""

_Error = QNetworkReply.NetworkError
_Attribute = QNetworkRequest.Attribute
_TIMED_OUT = frozenset({_Error.TimeoutError, _Error.OperationCanceledError, _Error.ProxyTimeoutError})
_FIRST_ERROR_OF_CONTENT, _FIRST_ERROR_OF_SERVER, _FIRST_ERROR_OF_PROTOCOL = 201, 401, 301

Timeout = Union[None, float, tuple[Optional[float], Optional[float]]]


def hub_session(feedback: Optional[QgsFeedback] = None, auth_config: str = "", backoff_s: float = 0.3) -> requests.Session:
    """A session for `HubClient`. ``feedback`` aborts a running request when cancelled; ``auth_config`` is the id of one of QGIS's
    authentication configurations (a client certificate, say). May be made and used in any thread, by one at a time."""
    session = requests.Session()
    session.trust_env = False
    for scheme in ("http://", "https://"):
        session.mount(scheme, QgisAdapter(retry_policy(backoff_s), feedback, auth_config))
    return session


class QgisAdapter(BaseAdapter):
    """Carries out requests through QgsBlockingNetworkRequest. Certificates and proxies are QGIS's business, not requests'."""

    part_bytes = PART_BYTES

    def __init__(self, retries: Retry, feedback: Optional[QgsFeedback] = None, auth_config: str = "") -> None:
        super().__init__()
        self.max_retries = retries
        self._feedback = feedback
        self._auth_config = auth_config

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Timeout = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Optional[Mapping[str, str]] = None,
    ) -> requests.Response:
        """Raises ``requests.ConnectionError``, ``Timeout``, ``SSLError`` or ``ProxyError``."""
        return self._tried(request, _silence_ms(timeout), self.max_retries)

    def close(self) -> None:
        pass

    def _tried(self, request: requests.PreparedRequest, silence_ms: int, retries: Retry) -> requests.Response:
        """One try, and what the policy allows after it (as urllib3's own pool does)."""
        method = request.method or "GET"
        try:
            response = self._once(request, method, silence_ms)
        except (requests.exceptions.SSLError, requests.exceptions.ProxyError):
            raise
        except requests.RequestException as error:
            if self._aborted():
                raise
            cause = error
        else:
            if not retries.is_retry(method, response.status_code):
                return response
            cause = None
        try:
            answer = None if cause else response.raw
            left = retries.increment(method, request.url, answer, error=ProtocolError(str(cause)) if cause else None)
        except (MaxRetryError, ProtocolError):
            if cause is None:
                return response
            raise cause from None
        self._pause((left.get_retry_after(answer) if answer is not None else None) or left.get_backoff_time())
        return self._tried(request, silence_ms, left)

    def _pause(self, seconds: float) -> None:
        """As long, or until the request is cancelled."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._aborted():
            time.sleep(min(_LOOK_EVERY_MS / 1000, seconds))

    def _once(self, request: requests.PreparedRequest, method: str, silence_ms: int) -> requests.Response:
        if self._aborted():
            raise requests.ConnectionError("cancelled", request=request)
        blocking = settled(QgsBlockingNetworkRequest())
        if self._auth_config:
            blocking.setAuthCfg(self._auth_config)
        with _ended_at_last(blocking, self._feedback, silence_ms) as silent:
            self._carry_out(blocking, _qt_request(request, silence_ms), method, _body(request))
        reply = blocking.reply()
        status = reply.attribute(_Attribute.HttpStatusCodeAttribute)
        if silent.is_set():
            raise requests.exceptions.ReadTimeout(blocking.errorMessage(), request=request)
        if status is None or _broke_off(reply.error()):
            raise _translated(reply.error(), blocking.errorMessage(), request, self._aborted())
        return _response(self, request, int(status), reply)

    def _carry_out(self, blocking: QgsBlockingNetworkRequest, request: QNetworkRequest, method: str, body: QByteArray) -> None:
        if method == "GET":
            blocking.get(request, True, self._feedback)
        elif method == "HEAD":
            blocking.head(request, True, self._feedback)
        elif method == "POST":
            blocking.post(request, body, True, self._feedback)
        elif method == "PUT":
            blocking.put(request, body, self._feedback)
        elif method == "DELETE":
            blocking.deleteResource(request, self._feedback)
        else:
            raise requests.exceptions.InvalidSchema(method)

    def _aborted(self) -> bool:
        return self._feedback is not None and self._feedback.isCanceled()


@contextmanager
def _ended_at_last(blocking: QgsBlockingNetworkRequest, feedback: Optional[QgsFeedback], silence_ms: int) -> Iterator[Event]:
    """QGIS itself hears of a cancellation too late or not at all while a request is beginning: it drops the reply before anybody
    listens to its end, and waits for it for ever. So the waiting loop looks for itself, also for how long nothing has passed: a
    thread that never came back would keep its working copy from all others. The event is set where that was too long."""
    loop, timer = settled(QEventLoop()), settled(QTimer())  # a thread that isn't Qt's has timers only once it had a loop
    silent, passed_at = Event(), [time.monotonic()]

    def passed(*_bytes: int) -> None:
        passed_at[0] = time.monotonic()

    def look() -> None:
        if feedback is not None and feedback.isCanceled():
            blocking.finished.emit()
        elif time.monotonic() - passed_at[0] > silence_ms / 1000 + _GRACE_S:
            silent.set()
            blocking.finished.emit()

    blocking.downloadProgress.connect(passed)
    blocking.uploadProgress.connect(passed)
    timer.setInterval(_LOOK_EVERY_MS)
    timer.timeout.connect(look)
    timer.start()
    try:
        yield silent
    finally:
        timer.stop()
        timer.timeout.disconnect(look)
        blocking.downloadProgress.disconnect(passed)
        blocking.uploadProgress.disconnect(passed)
        del loop


def _silence_ms(timeout: Timeout) -> int:
    """Qt knows one limit, for the time in which nothing passes; the longer of requests' two."""
    limits = timeout if isinstance(timeout, tuple) else (timeout,)
    return int(max((limit for limit in limits if limit), default=60.0) * 1000)


def _qt_request(request: requests.PreparedRequest, silence_ms: int) -> QNetworkRequest:
    made = QNetworkRequest(QUrl(request.url or ""))
    for name, value in request.headers.items():
        if name.lower() not in ("content-length", "connection", "user-agent"):
            made.setRawHeader(name.encode("latin-1"), value.encode("latin-1") if isinstance(value, str) else value)
    made.setTransferTimeout(silence_ms)
    made.setAttribute(_Attribute.RedirectPolicyAttribute, _number(QNetworkRequest.RedirectPolicy.ManualRedirectPolicy))
    made.setAttribute(_Attribute.CacheLoadControlAttribute, _number(QNetworkRequest.CacheLoadControl.AlwaysNetwork))
    made.setAttribute(_Attribute.CacheSaveControlAttribute, False)
    made.setAttribute(_Attribute.CookieLoadControlAttribute, _number(QNetworkRequest.LoadControl.Manual))
    made.setAttribute(_Attribute.CookieSaveControlAttribute, _number(QNetworkRequest.LoadControl.Manual))
    return made


def _body(request: requests.PreparedRequest) -> QByteArray:
    body = request.body or b""
    return QByteArray(body.encode() if isinstance(body, str) else body)


def _broke_off(error: _Error) -> bool:
    """Whether it is the connection that failed, rather than the server that answered with an error status."""
    number = _number(error)
    return 0 < number < _FIRST_ERROR_OF_CONTENT or _FIRST_ERROR_OF_PROTOCOL <= number < _FIRST_ERROR_OF_SERVER


def _number(member: Any) -> int:
    """Of an enumerator of Qt 5 or Qt 6."""
    return int(getattr(member, "value", member))


def _translated(error: _Error, message: str, request: requests.PreparedRequest, aborted: bool) -> requests.RequestException:
    if error == _Error.SslHandshakeFailedError:
        QgsNetworkAccessManager.instance().clearConnectionCache()  # else certificates added meanwhile don't count in this thread
        return requests.exceptions.SSLError(message, request=request)
    if error in _TIMED_OUT and not aborted:
        return requests.exceptions.ReadTimeout(message, request=request)
    if error == _Error.ProxyAuthenticationRequiredError:
        return requests.exceptions.ProxyError(f"407 {message}", request=request)
    if _number(_Error.ProxyConnectionRefusedError) <= _number(error) <= _number(_Error.UnknownProxyError):
        return requests.exceptions.ProxyError(message, request=request)
    return requests.exceptions.ConnectionError(message, request=request)


class Listener(QObject):
    """Asks one question whose answer may take long, without keeping a thread; to be used on the main thread."""

    answered = pyqtSignal(object)
    """The answer, as ``requests.Response``; or the ``requests.RequestException`` that came instead."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._reply: Optional[QNetworkReply] = None
        self._asked: Optional[requests.PreparedRequest] = None

    @property
    def listening(self) -> bool:
        return self._reply is not None

    def ask(self, request: requests.PreparedRequest, silence_s: float) -> None:
        """A GET; what was asked before is given up."""
        self.stop()
        self._asked = request
        self._reply = QgsNetworkAccessManager.instance().get(_qt_request(request, int(silence_s * 1000)))
        self._reply.finished.connect(self._finished)

    def stop(self) -> None:
        """Nothing is answered any more."""
        reply, self._reply = self._reply, None
        if reply is not None and not sip.isdeleted(reply):
            reply.finished.disconnect(self._finished)
            reply.abort()
            reply.deleteLater()

    def _finished(self) -> None:
        reply, request = self._reply, self._asked
        self._reply = None
        if reply is None or request is None:
            return
        status = reply.attribute(_Attribute.HttpStatusCodeAttribute)
        if status is None or _broke_off(reply.error()):
            answer: Any = _translated(reply.error(), reply.errorString(), request, False)
        else:
            answer = _response(None, request, int(status), QgsNetworkReplyContent(reply), bytes(reply.readAll()))
        reply.deleteLater()
        self.answered.emit(answer)


def _response(
    adapter: Optional[QgisAdapter],
    request: requests.PreparedRequest,
    status: int,
    reply: QgsNetworkReplyContent,
    content: Optional[bytes] = None,
) -> requests.Response:
    headers = _headers(reply)
    arrived_from = reply.request().url().toString()
    if arrived_from.rstrip("/") != QUrl(request.url or "").toString().rstrip("/"):  # QGIS followed a redirect: say so instead
        status, headers = 302, {"Location": arrived_from}
    response = requests.Response()
    response.status_code = status
    response.headers = CaseInsensitiveDict(headers)
    response.reason = reply.attribute(_Attribute.HttpReasonPhraseAttribute) or ""
    response.url = request.url or ""
    response.request = request
    response.encoding = requests.utils.get_encoding_from_headers(response.headers)
    response.raw = HTTPResponse(
        BytesIO(bytes(reply.content()) if content is None else content),
        headers,
        status,
        preload_content=False,
        decode_content=False,
        request_method=request.method,
    )
    response.connection = adapter  # type: ignore[attr-defined]
    return response


def _headers(reply: QgsNetworkReplyContent) -> dict[str, str]:
    pairs = ((bytes(name).decode("latin-1"), bytes(reply.rawHeader(name)).decode("latin-1")) for name in reply.rawHeaderList())
    return dict(pairs)
