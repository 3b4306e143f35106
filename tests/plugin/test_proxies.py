"""QGIS's proxy, its exclusions, authentication configurations and trusted authorities are obeyed on the way to the hub."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
import trustme
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QSettings
from qgis.PyQt.QtNetwork import QNetworkProxy, QSslCertificate

from commune_planning_plugin.adapters.network import hub_session
from commune_planning_plugin.core.errors import HubError, HubUnreachable
from commune_planning_plugin.sync.client import HubClient
from tests.lines import Line, copied
from tests.sync.tiny_hub import TinyHub, document

STATUS = {"hub_id": "h", "protocol": 1, "province": "Khánh Hòa", "revision": {"number": 4, "id": "x"}}
USER, PASSWORD = "xa.dailanh", "Qh:2026 @"

pytestmark = pytest.mark.usefixtures("qgis_app")


class Proxy(Line):
    """An HTTP proxy that wants a name and password: whole URLs, and CONNECT. ``passed`` lists what it let through."""

    def __init__(self) -> None:
        super().__init__()
        self.passed: list[str] = []
        self.refused = 0
        secret = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        self._allowed = f"proxy-authorization: basic {secret}".lower()

    def _carry(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                block = line.recv(4096)
                if not block:
                    return
                head += block
            first, *headers = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            if not any(header.lower() == self._allowed for header in headers):
                self.refused += 1
                answer = (
                    b'HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\nConnection: close'
                )
                line.sendall(answer + b"\r\n\r\n")
                return
            self.passed.append(first)
            self._pass_on(line, first, headers, head)

    def _pass_on(self, line: socket.socket, first: str, headers: list[str], head: bytes) -> None:
        method, target, version = first.split(" ")
        place = urlsplit(f"//{target}" if method == "CONNECT" else target)
        with socket.create_connection((place.hostname, place.port)) as there:
            if method == "CONNECT":
                line.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                path = f"{place.path}?{place.query}" if place.query else place.path
                kept = [header for header in headers if not header.lower().startswith(("proxy-", "connection"))]
                lines = [f"{method} {path} {version}", *kept, "Connection: close", "", ""]
                there.sendall("\r\n".join(lines).encode("latin-1") + head.split(b"\r\n\r\n", 1)[1])
            back = threading.Thread(target=copied, args=(there, line), daemon=True)
            back.start()
            copied(line, there)
            back.join()


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with Proxy().serving() as proxy:
        yield proxy


@pytest.fixture
def hub() -> Iterator[TinyHub]:
    hub = TinyHub()
    hub.answers("GET", "/status", document(STATUS))
    with hub.serving():
        yield hub


@pytest.fixture
def in_worker(qtbot) -> Iterator[Callable[..., Any]]:
    """Calls in another thread, as the plugin's jobs do, while the main thread's event loop runs."""
    with ThreadPoolExecutor(1) as pool:

        def call(work: Callable[[], Any]) -> Any:
            future = pool.submit(work)
            qtbot.waitUntil(future.done, timeout=20_000)
            return future.result()

        yield call


@pytest.fixture
def settle(proxy: Proxy) -> Iterator[Callable[..., None]]:
    """Writes QGIS's own proxy settings, and takes them back."""

    def write(**values: Any) -> None:
        settings = QSettings()
        usual = {"proxyEnabled": True, "proxyType": "HttpProxy", "proxyHost": "127.0.0.1", "proxyPort": str(proxy.port)}
        login = {"proxyUser": USER, "proxyPassword": PASSWORD}
        for name, value in {**usual, **login, **values}.items():
            settings.setValue(f"proxy/{name}", value)
        QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
        QgsNetworkAccessManager.instance().clearAccessCache()

    yield write
    QSettings().remove("proxy")
    manager = QgsNetworkAccessManager.instance()
    manager.setupDefaultProxyAndCache()
    manager.setFallbackProxyAndExcludes(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy), [], [])
    manager.clearAccessCache()


def asked(url: str, auth_config: str = "") -> Callable[[], Any]:
    return lambda: HubClient(url, hub_session(backoff_s=0.001, auth_config=auth_config)).status()


def test_the_proxy_is_used_with_its_log_in(hub: TinyHub, proxy: Proxy, settle, in_worker) -> None:
    settle()
    assert in_worker(asked(hub.url)).province == "Khánh Hòa"
    assert any(line.startswith(f"GET {hub.url}") or line.startswith("CONNECT") for line in proxy.passed)
    assert "Proxy-Authorization" not in hub.asked[-1].headers


def test_what_is_excluded_goes_straight(hub: TinyHub, proxy: Proxy, settle, in_worker) -> None:
    settle(noProxyUrls=[hub.url], proxyExcludedUrls=hub.url)
    assert in_worker(asked(hub.url)).province == "Khánh Hòa"
    assert (proxy.passed, proxy.refused) == ([], 0)


def test_a_wrong_password_of_the_proxy_is_told_as_that(hub: TinyHub, proxy: Proxy, settle, in_worker) -> None:
    settle(proxyPassword="other")
    with pytest.raises(HubUnreachable) as raised:
        in_worker(asked(hub.url))
    assert raised.value.code == "hub.proxy_login"
    assert hub.asked == []


def test_a_private_authority_through_the_proxy(proxy: Proxy, settle, in_worker) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    hub = TinyHub()
    hub.answers("GET", "/status", document(STATUS))
    settle()
    with hub.serving(context):
        with pytest.raises(HubError, match=r"hub\.certificate"):
            in_worker(asked(hub.url))
        manager = QgsApplication.authManager()
        assert manager.setMasterPassword("only-for-tests", True)
        assert manager.storeCertAuthorities(QSslCertificate.fromData(authority.cert_pem.bytes()))
        manager.rebuildCaCertsCache()
        manager.rebuildTrustedCaCertsCache()
        assert in_worker(asked(hub.url)).province == "Khánh Hòa"
    assert proxy.passed[-1].startswith("CONNECT 127.0.0.1:")


def test_an_authentication_configuration_is_obeyed(hub: TinyHub, in_worker) -> None:
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("only-for-tests", True)
    config = QgsAuthMethodConfig("APIHeader")
    config.setName("gateway of the province")
    config.setConfig("X-Gateway", "key-1")
    assert manager.storeAuthenticationConfig(config)
    in_worker(asked(hub.url, config.id()))
    assert hub.asked[-1].headers["X-Gateway"] == "key-1"
