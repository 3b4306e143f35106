"""Whether a hub that can't be reached with https answers without encryption. Nothing of the person's is sent for that, and nothing
is ever sent without encryption because of it: whoever wants that has to type ``http://``."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import requests

from commune_planning_plugin.core.errors import HubError
from commune_planning_plugin.core.wire import PROTOCOL, PROTOCOL_HEADER

ANSWERS_IN_S = 5.0
_LOCAL_NAMES = (".local", ".lan", ".internal", ".home.arpa")


def explained(error: HubError, session: requests.Session, url: str) -> HubError:
    """``hub.http_only`` (in the office's network) or ``hub.http_only_far`` where that is what stands behind ``hub.certificate``;
    ``error`` itself otherwise."""
    parts = urlsplit(url)
    if error.code != "hub.certificate" or parts.scheme != "https":
        return error
    plain = parts._replace(scheme="http").geturl()
    if not _is_hub(session, plain):
        return error
    return HubError("hub.http_only" if is_near(parts.hostname or "") else "hub.http_only_far", url=plain)


def is_near(host: str) -> bool:
    """Whether the host is this computer or one of a private network, as far as its name tells."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_NAMES)


def _is_hub(session: requests.Session, url: str) -> bool:
    headers = {PROTOCOL_HEADER: str(PROTOCOL)}
    try:
        answer = session.get(f"{url}/api/v1/status", headers=headers, timeout=ANSWERS_IN_S, allow_redirects=False)
    except requests.RequestException:
        return False
    return PROTOCOL_HEADER in answer.headers
