"""requests over QGIS's network stack, against a real server; in a worker thread, as the plugin uses it."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
import trustme
from qgis.core import QgsApplication, QgsFeedback, QgsNetworkAccessManager, QgsNetworkRequestParameters
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtNetwork import QSslCertificate

from commune_planning_plugin.adapters import network
from commune_planning_plugin.adapters.network import PART_BYTES, Listener, hub_session
from commune_planning_plugin.core.errors import HubError, HubUnreachable, NotSignedIn
from commune_planning_plugin.session.account import signed_in
from commune_planning_plugin.sync.client import HubClient
from tests.sync.tiny_hub import PROTOCOL, Answer, SnapshotRoute, TinyHub, document, html, problem

STATUS = {"hub_id": "h", "protocol": 1, "province": "Khánh Hòa", "revision": {"number": 4, "id": "x"}}

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.fixture
def hub() -> Iterator[TinyHub]:
    hub = TinyHub()
    hub.answers("GET", "/status", document(STATUS))
    with hub.serving():
        yield hub


@pytest.fixture
def in_worker(qtbot) -> Iterator[Callable[..., Any]]:
    """Calls in another thread while the main thread's event loop runs; gives what came out, or raises it."""
    with ThreadPoolExecutor(1) as pool:

        def call(work: Callable[[], Any]) -> Any:
            future = pool.submit(work)
            qtbot.waitUntil(future.done, timeout=20_000)
            return future.result()

        yield call


def client(hub: TinyHub) -> HubClient:
    return HubClient(hub.url, hub_session(backoff_s=0.001), "secret")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "HEAD"])
def test_methods_bodies_and_headers_pass(hub: TinyHub, in_worker, method: str) -> None:
    hub.answers(method, "/thing", Answer(200, b"\x00answer", {**PROTOCOL, "ETag": '"1"', "Content-Type": "application/x-a"}))
    sent = {"data": b"\x00\xff body"} if method in ("POST", "PUT") else {}
    response = in_worker(
        lambda: hub_session().request(method, f"{hub.url}/api/v1/thing", headers={"X-Mine": "yes", "Content-Type": "a/b"}, **sent)
    )
    asked = hub.asked[-1]
    assert (asked.method, asked.headers["X-Mine"], asked.body) == (method, "yes", sent.get("data", b""))
    assert asked.headers["Content-Type"] == "a/b"
    assert (response.status_code, response.headers["etag"]) == (200, '"1"')
    assert response.content == (b"" if method == "HEAD" else b"\x00answer")


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (problem(401, "auth.revoked"), NotSignedIn, "auth.revoked"),
        (problem(404, "commune.unknown"), HubError, "commune.unknown"),
        (problem(409, "proposal.state"), HubError, "proposal.state"),
        (problem(422, "rules.errors"), HubError, "rules.errors"),
        (problem(429, "auth.too_many_attempts"), HubError, "auth.too_many_attempts"),
        (problem(500, "internal"), HubUnreachable, "hub.server_error"),
        (html(), HubError, "hub.not_a_hub"),
        (html(404), HubError, "hub.wrong_url"),
        (Answer(200, b"x" * 50, cut=10), HubUnreachable, "hub.unreachable"),
    ],
)
def test_error_answers_are_read(hub: TinyHub, in_worker, answer: Answer, kind: type[HubError], code: str) -> None:
    hub.answers("GET", "/status", answer)
    with pytest.raises(kind) as raised:
        in_worker(client(hub).status)
    assert raised.value.code == code


def test_a_redirect_is_told_and_the_token_stays_here(hub: TinyHub, in_worker) -> None:
    portal = TinyHub()
    portal.answers("GET", "/login", html())
    with portal.serving():
        hub.answers("GET", "/status", html(302, Location=f"{portal.url}/api/v1/login"))
        with pytest.raises(HubError, match=r"hub\.not_a_hub") as raised:
            in_worker(client(hub).status)
    assert raised.value.details["location"] == f"{portal.url}/api/v1/login"
    assert all("Authorization" not in asked.headers for asked in portal.asked)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_password_isnt_taken_where_a_hub_has_moved_to(hub: TinyHub, in_worker, status: int) -> None:
    elsewhere = TinyHub()
    elsewhere.answers("GET", "/status", document(STATUS))
    elsewhere.answers("POST", "/sessions", document({}))
    with elsewhere.serving():
        for method, path in (("GET", "/status"), ("POST", "/sessions")):
            hub.answers(method, path, html(status, Location=f"{elsewhere.url}/api/v1{path}"))
        with pytest.raises(HubError, match=r"hub\.wrong_url"):
            in_worker(lambda: signed_in(client(hub), "an", "password"))
    assert all(b"password" not in asked.body for asked in elsewhere.asked)


def test_who_listens_isnt_sent_elsewhere_with_the_token(hub: TinyHub, qtbot) -> None:
    elsewhere = TinyHub()
    elsewhere.answers("GET", "/news", document({"seen": "1-1", "news": False}))
    heard: list[Any] = []
    listener = Listener()
    listener.answered.connect(heard.append)
    with elsewhere.serving():
        hub.answers("GET", "/news", html(302, Location=f"{elsewhere.url}/api/v1/news"))
        listener.ask(requests.Request("GET", f"{hub.url}/api/v1/news", {"Authorization": "Bearer secret"}).prepare(), 5)
        qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
    assert heard[0].status_code == 302
    assert elsewhere.asked == []


def test_packed_answers_are_unpacked(hub: TinyHub, in_worker) -> None:
    import gzip

    body = gzip.compress(document(STATUS).body)
    hub.answers("GET", "/status", Answer(200, body, {**PROTOCOL, "Content-Encoding": "gzip"}))
    assert in_worker(client(hub).status).province == "Khánh Hòa"


def test_an_unchanged_catalogue_is_no_error(hub: TinyHub, in_worker) -> None:
    hub.answers("GET", "/unchanged", Answer(304, headers={**PROTOCOL, "ETag": '"1"'}))
    assert in_worker(lambda: hub_session().get(f"{hub.url}/api/v1/unchanged")).status_code == 304


def test_nobody_listens(in_worker) -> None:
    with pytest.raises(HubUnreachable, match=r"hub\.unreachable"):
        in_worker(HubClient("http://127.0.0.1:9", hub_session(backoff_s=0.001)).status)


def test_silence_is_a_timeout(hub: TinyHub, in_worker) -> None:
    hub.answers("POST", "/slow", Answer(stall=1.0))
    with pytest.raises(requests.Timeout):
        in_worker(lambda: hub_session().post(f"{hub.url}/api/v1/slow", timeout=0.2))


def test_a_silence_that_goes_unnoticed_is_a_timeout_too(hub: TinyHub, in_worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """QGIS doesn't end every request that it has given up; nobody may wait for one without end."""
    monkeypatch.setattr(network, "_GRACE_S", 0.3)
    monkeypatch.setattr(network.QNetworkRequest, "setTransferTimeout", lambda _self, _ms: None)
    hub.answers("POST", "/slow", Answer(stall=4.0))
    began = time.monotonic()
    with pytest.raises(requests.Timeout):
        in_worker(lambda: hub_session().post(f"{hub.url}/api/v1/slow", timeout=0.2))
    assert time.monotonic() - began < 3


def test_reading_is_tried_again_and_writing_is_not(hub: TinyHub, in_worker) -> None:
    hub.next = [html(503), Answer(drop=True)]
    assert in_worker(client(hub).status).revision.number == 4
    before = len(hub.asked)
    hub.next = [html(503), html(503)]
    with pytest.raises(HubUnreachable):
        in_worker(lambda: client(hub).sign_in("a", "b", "c"))
    assert len(hub.asked) == before + 1


def test_a_running_request_is_aborted(hub: TinyHub, in_worker, qtbot) -> None:
    hub.answers("GET", "/slow", Answer(stall=1.5))
    feedback = QgsFeedback()

    def work() -> None:
        hub_session(feedback).get(f"{hub.url}/api/v1/slow", timeout=20)

    from qgis.PyQt.QtCore import QTimer

    QTimer.singleShot(200, feedback.cancel)
    with pytest.raises(requests.ConnectionError):
        in_worker(work)
    assert len(hub.asked) == 1


def test_a_request_that_is_just_beginning_is_aborted(hub: TinyHub, in_worker) -> None:
    """QGIS connects to the feedback in two steps: what is cancelled between them it would wait for without end."""
    hub.answers("GET", "/status", Answer(200, b"{}", stall=8.0))
    feedback = QgsFeedback()

    def cancel(*_about: object) -> None:
        canceller = threading.Thread(target=feedback.cancel)
        canceller.start()
        canceller.join()

    def work() -> float:
        QgsNetworkAccessManager.instance().requestAboutToBeCreated[QgsNetworkRequestParameters].connect(
            cancel, Qt.ConnectionType.DirectConnection
        )
        began = time.monotonic()
        with pytest.raises(HubUnreachable):
            HubClient(hub.url, hub_session(feedback)).status()
        return time.monotonic() - began

    assert in_worker(work) < 2


def test_the_pause_before_another_try_is_cut_short(hub: TinyHub, in_worker) -> None:
    hub.answers("GET", "/status", Answer(503, b"", {**PROTOCOL, "Retry-After": "9"}))
    feedback = QgsFeedback()

    def work() -> float:
        threading.Timer(0.3, feedback.cancel).start()
        began = time.monotonic()
        with pytest.raises(HubUnreachable):
            HubClient(hub.url, hub_session(feedback)).status()
        return time.monotonic() - began

    assert in_worker(work) < 2


def test_downloads_come_in_bounded_parts(hub: TinyHub, in_worker, tmp_path) -> None:
    content = os.urandom(2 * PART_BYTES + 100)
    hub.on["GET", "/communes/22504/snapshot"] = SnapshotRoute(content)
    seen = []

    class Watched:
        def progress(self, progress) -> None:
            seen.append(progress.done_bytes)

        def cancelled(self) -> bool:
            return False

    info = in_worker(lambda: client(hub).download_snapshot("22504", tmp_path / "s.gpkg", Watched()))
    assert info.path.read_bytes() == content
    assert len(hub.asked) == 3
    assert seen == sorted(seen)


def test_it_works_on_the_main_thread_too(hub: TinyHub) -> None:
    assert client(hub).status().province == "Khánh Hòa"


def test_certificates_are_those_that_qgis_trusts(in_worker) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    hub = TinyHub()
    hub.answers("GET", "/status", document(STATUS))
    with hub.serving(context):
        with pytest.raises(HubError, match=r"hub\.certificate"):
            in_worker(client(hub).status)
        manager = QgsApplication.authManager()
        assert manager.setMasterPassword("only-for-tests", True)
        assert manager.storeCertAuthorities(QSslCertificate.fromData(authority.cert_pem.bytes()))
        manager.rebuildCaCertsCache()
        manager.rebuildTrustedCaCertsCache()
        assert in_worker(client(hub).status).province == "Khánh Hòa"


def test_a_window_that_is_busy_and_a_request_never_wait_for_each_other() -> None:
    """In a process of its own: where they do, nothing in it moves any more."""
    told = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("busy_window.py")), "2"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.stdout == "done\n", told.stderr
