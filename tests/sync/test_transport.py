"""Each way in which a hub doesn't answer has its own name."""

from __future__ import annotations

import ssl

import pytest
import trustme

from commune_planning_plugin.core.errors import HubError, HubUnreachable, NotSignedIn, Refused
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.transport import Request, Transport, normal_url, plain_session
from tests.sync.tiny_hub import Answer, TinyHub, document, html, problem

STATUS = {"hub_id": "h", "protocol": 1, "province": "Khánh Hòa", "revision": {"number": 4, "id": "x"}}


def failure(client: HubClient) -> HubError:
    with pytest.raises(HubError) as raised:
        client.status()
    return raised.value


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (html(), HubError, "hub.not_a_hub"),
        (html(403), HubError, "hub.not_a_hub"),
        (html(404), HubError, "hub.wrong_url"),
        (html(302, Location="http://login.example/?next=/"), HubError, "hub.not_a_hub"),
        (html(308, Location="https://hub.example/api/v1/status"), HubError, "hub.wrong_url"),
        (document(STATUS, 200, **{"X-Planning-Protocol": "2"}), HubError, "hub.protocol"),
        (problem(426, "protocol.version"), HubError, "hub.protocol"),
        (Answer(200, b"<html>"), HubError, "hub.not_a_hub"),
        (Answer(200, b"[]"), HubError, "hub.not_a_hub"),
        (html(500), HubUnreachable, "hub.server_error"),
        (problem(500, "internal"), HubUnreachable, "hub.server_error"),
        (problem(401, "auth.wrong_password"), NotSignedIn, "auth.wrong_password"),
        (problem(401, "auth.revoked"), NotSignedIn, "auth.revoked"),
        (problem(401, "auth.expired"), NotSignedIn, "auth.expired"),
        (problem(403, "rights.missing"), Refused, "rights.missing"),
    ],
)
def test_wrong_answers_have_names(hub: TinyHub, client: HubClient, answer: Answer, kind: type[HubError], code: str) -> None:
    hub.answers("GET", "/status", answer)
    error = failure(client)
    assert (type(error), error.code) == (kind, code)


def test_a_redirect_names_where_it_leads_and_the_token_is_not_sent_there(hub: TinyHub, client: HubClient) -> None:
    hub.answers("GET", "/status", html(302, Location=f"{hub.url}/login"))
    assert failure(client).details["location"] == f"{hub.url}/login"
    assert len(hub.asked) == 1


def test_details_and_the_wait_of_a_problem_are_kept(hub: TinyHub, client: HubClient) -> None:
    hub.answers("GET", "/status", problem(429, "auth.too_many_attempts", {"limit": 5, "code": "x"}, **{"Retry-After": "17"}))
    error = failure(client)
    assert (error.code, error.details) == ("auth.too_many_attempts", {"limit": 5, "retry_after_s": 17, "request_id": "r1"})


def test_nobody_listens() -> None:
    error = failure(HubClient("http://127.0.0.1:9", plain_session(backoff_s=0.001)))
    assert (type(error), error.code) == (HubUnreachable, "hub.unreachable")


def test_a_body_cut_off_is_no_answer(hub: TinyHub, client: HubClient) -> None:
    whole = document(STATUS)
    hub.answers("GET", "/status", Answer(200, whole.body, whole.headers, cut=20))
    assert failure(client).code == "hub.unreachable"


def test_silence_is_a_timeout(hub: TinyHub) -> None:
    hub.answers("POST", "/slow", Answer(stall=0.4))
    with pytest.raises(HubUnreachable) as raised:
        Transport(hub.url, plain_session()).send(Request("POST", "/slow", read_s=0.1))
    assert raised.value.code == "hub.timeout"


def test_silence_at_each_try_is_a_timeout(hub: TinyHub) -> None:
    hub.answers("GET", "/slow", Answer(stall=0.4))
    with pytest.raises(HubUnreachable) as raised:
        Transport(hub.url, plain_session(backoff_s=0.001)).send(Request("GET", "/slow", read_s=0.1))
    assert (raised.value.code, len(hub.asked)) == ("hub.timeout", 2)


def test_reading_is_tried_again_and_writing_is_not(hub: TinyHub, client: HubClient) -> None:
    hub.answers("GET", "/status", document(STATUS))
    hub.next = [html(503), Answer(drop=True)]
    assert client.status().revision.number == 4
    hub.next = [html(503)]
    hub.answers("POST", "/sessions", document({}))
    with pytest.raises(HubUnreachable):
        client.sign_in("a", "b", "c")
    assert [asked.method for asked in hub.asked] == ["GET", "GET", "GET", "POST"]


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


def test_an_unknown_certificate_is_refused_and_a_known_one_taken(authority, server_tls, tmp_path) -> None:
    hub = TinyHub()
    hub.answers("GET", "/status", document(STATUS))
    with hub.serving(server_tls):
        session = plain_session(backoff_s=0.001)
        assert failure(HubClient(hub.url, session)).code == "hub.certificate"
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        session.verify = str(tmp_path / "ca.pem")
        assert HubClient(hub.url, session).status().province == "Khánh Hòa"


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("hub.example.vn", "https://hub.example.vn"),
        (" https://hub.example.vn/ ", "https://hub.example.vn"),
        ("http://10.0.0.1:8080/quy-hoach/api/v1/", "http://10.0.0.1:8080/quy-hoach"),
    ],
)
def test_addresses_as_people_type_them(typed: str, url: str) -> None:
    assert normal_url(typed) == url


@pytest.mark.parametrize("typed", ["", "ftp://hub", "https://", "https://a:99999", "https://hub example", "https://[::1"])
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(HubError, match=r"hub\.wrong_url"):
        normal_url(typed)


def test_a_netrc_password_does_not_replace_the_token(hub: TinyHub, client: HubClient, tmp_path, monkeypatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password other\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    hub.answers("GET", "/status", document(STATUS))
    client.status()
    assert hub.asked[0].headers["Authorization"] == "Bearer secret"
    HubClient(hub.url, plain_session()).status()
    assert "Authorization" not in hub.asked[1].headers
