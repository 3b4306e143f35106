"""A hub without encryption is named as such, and nothing of the person's is sent to it unasked."""

from __future__ import annotations

import pytest

from commune_planning_plugin.core.errors import HubError
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.plain_http import is_near
from commune_planning_plugin.sync.transport import plain_session
from tests.sync.tiny_hub import TinyHub, document, html

STATUS = {"protocol": 1}


def refused(url: str) -> HubError:
    with pytest.raises(HubError) as caught:
        HubClient(url, plain_session(backoff_s=0.001)).sign_in("dailanh.kt", "secret", "desk")
    return caught.value


@pytest.mark.parametrize("scheme", ["", "https://"])
def test_a_hub_that_speaks_http_alone_is_told_from_one_with_a_bad_certificate(hub: TinyHub, scheme: str) -> None:
    hub.answers("GET", "/status", document(STATUS))
    address = hub.url.split("://")[1]
    error = refused(scheme + address)
    assert (error.code, error.details["url"]) == ("hub.http_only", hub.url)
    assert [(asked.method, asked.body) for asked in hub.asked] == [("GET", b"")]  # no name and no password
    assert not any("secret" in str(asked) for asked in hub.asked)


def test_another_service_without_encryption_is_no_hub(hub: TinyHub) -> None:
    hub.answers("GET", "/status", html(200))
    assert refused(hub.url.replace("http://", "https://")).code == "hub.certificate"


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("192.168.10.4", True),
        ("may-chu", True),
        ("quyhoach.lan", True),
        ("localhost", True),
        ("203.162.4.190", False),
        ("quyhoach.khanhhoa.gov.vn", False),
    ],
)
def test_only_the_own_network_may_do_without(host: str, near: bool) -> None:
    assert is_near(host) is near
