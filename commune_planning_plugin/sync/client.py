"""The hub's protocol as methods. All raise ``HubError`` and its kinds as `transport` lists them."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Callable, Optional, Union
from urllib.parse import quote

import requests

from commune_planning_plugin.core.decision import Decision
from commune_planning_plugin.core.errors import HubError, HubUnreachable, Refused
from commune_planning_plugin.core.schema import Catalogue, Values
from commune_planning_plugin.core.text import readable
from commune_planning_plugin.core.wire import decode_values
from commune_planning_plugin.core.workflow import Step
from commune_planning_plugin.store.model import Checkpoint, LastChange
from commune_planning_plugin.sync import upload
from commune_planning_plugin.sync.account_documents import Account, Device, HubStatus, SignIn
from commune_planning_plugin.sync.contact_documents import CommuneBackups, Meeting
from commune_planning_plugin.sync.detail_documents import ProposalDetail
from commune_planning_plugin.sync.documents import Layers, last_change, layer_of, reading
from commune_planning_plugin.sync.feed import ChangeFeed, Question
from commune_planning_plugin.sync.feedback import SILENT, Feedback, Progress
from commune_planning_plugin.sync.pace import backoff, pause
from commune_planning_plugin.sync.proposal_documents import ProposalSummary, VersionAnswer
from commune_planning_plugin.sync.snapshot import SnapshotDownload, SnapshotInfo
from commune_planning_plugin.sync.transport import READ_S, Request, Transport, document
from commune_planning_plugin.sync.upload import FileState

DECISION_S = 120.0
"""How long the hub may take to merge and check a proposal."""

UPLOAD_S = 120.0
"""How long the hub may be silent after it was sent a file or a version."""

ONE_PIECE = 64 << 10
"""Bytes up to which a file or a version is sent in one piece: what a break may cost."""

Told = Callable[[int], None]
"""Called with how many bytes of a file have arrived."""


_KEYS_A_TIME = 100
"""With births, about as much as servers before the hub take in one line."""


@dataclass(frozen=True)
class Features:
    """``rows`` by key, as they are at the province; those of ``withdrawn`` may not be seen any more. Others aren't there."""

    rows: Mapping[str, Values]
    withdrawn: frozenset[str] = frozenset()


class HubClient:
    """Of one hub, for one thread at a time. ``session`` decides about proxies and certificates; the catalogue that an ``earlier``
    client of the same hub and token has is not fetched again while it is current."""

    def __init__(
        self, base_url: str, session: requests.Session, token: Optional[str] = None, earlier: Optional[HubClient] = None
    ) -> None:
        self._transport = Transport(base_url, session, token)
        same = earlier is not None and (earlier.base_url, earlier.token) == (self.base_url, token)
        self._catalogue: Optional[Catalogue] = earlier._catalogue if earlier is not None and same else None
        self._catalogue_etag: Optional[str] = earlier._catalogue_etag if earlier is not None and same else None

    @property
    def base_url(self) -> str:
        return self._transport.base_url

    @property
    def transport(self) -> Transport:
        """For the calls of capabilities that have a file of their own."""
        return self._transport

    @property
    def token(self) -> Optional[str]:
        return self._transport.token

    def status(self) -> HubStatus:
        """Needs no sign-in: whether a hub is there, and its newest revision."""
        return HubStatus.from_json(self._transport.json(Request("GET", "/status")))

    def sign_in(self, name: str, password: str, device: str) -> SignIn:
        """``device`` is what the account's owner will know it by when revoking it. Later calls carry the token.

        Raises also ``hub.http_only`` and ``hub.http_only_far``, where the hub answers without encryption alone.
        """
        body = _json_bytes({"name": name, "password": password, "device": device})
        request = Request("POST", "/sessions", headers=_JSON, body=body, accepted=(HTTPStatus.OK, HTTPStatus.CREATED))
        try:
            answer = SignIn.from_json(self._transport.json(request))
        except HubError as error:
            raise self._transport.explained(error) from error
        self._transport.token = answer.token
        return answer

    def sign_out(self) -> None:
        """Revoke the token at the hub."""
        self._transport.json(Request("DELETE", "/sessions/current", accepted=(HTTPStatus.OK, HTTPStatus.NO_CONTENT)))
        self._transport.token = None

    def me(self) -> Account:
        return Account.from_json(self._transport.json(Request("GET", "/me")))

    def catalogue(self) -> Catalogue:
        """Fetched again only where it changed since this client's last call."""
        headers = {"If-None-Match": self._catalogue_etag} if self._catalogue and self._catalogue_etag else {}
        accepted = (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        response = self._transport.send(Request("GET", "/catalogue", headers=headers, accepted=accepted))
        if self._catalogue is None or response.status_code == HTTPStatus.OK:
            self._catalogue = Catalogue.from_json(document(response))
            self._catalogue_etag = response.headers.get("ETag")
        return self._catalogue

    def download_snapshot(self, commune: str, into: Path, feedback: Feedback = SILENT) -> SnapshotInfo:
        """A plain GeoPackage at ``into``; goes on where an earlier call stopped. See `SnapshotDownload.run` for what it raises."""
        return SnapshotDownload(self._transport, quote(commune, safe=""), into, feedback).run()

    def changes(
        self,
        commune: str,
        since: Checkpoint,
        also: tuple[str, ...] = (),
        epoch: Optional[int] = None,
        wait_s: int = 0,
        feedback: Feedback = SILENT,
        cleared: Optional[bool] = None,
    ) -> ChangeFeed:
        """Its first page, with target and count, has come when this returns. ``wait_s``: let the hub wait for news that long."""
        question = Question(quote(commune, safe=""), since, also, epoch, cleared, wait_s=wait_s)
        return ChangeFeed(self._transport, self._layers(), question, feedback)

    def features(self, commune: str, layer: str, births: Mapping[str, Optional[str]]) -> Features:
        """What there is to know of a layer's features, wherever they lie. ``births`` by key, where they are known."""
        rows: dict[str, Values] = {}
        withdrawn: set[str] = set()
        keys = list(births)
        for start in range(0, len(keys), _KEYS_A_TIME):
            some = keys[start : start + _KEYS_A_TIME]
            params = {"layer": layer, "keys": ",".join(some), "births": ",".join(births[key] or "" for key in some)}
            plain = self._transport.json(Request("GET", f"/communes/{quote(commune, safe='')}/features", params=params))
            with reading("features"):
                for item in plain["features"]:
                    rows[str(item["key"])] = decode_values(layer_of(self._layers(), layer), item["row"]) or {}
                withdrawn.update(map(str, plain.get("withdrawn", ())))
        return Features(rows, frozenset(withdrawn))

    def last_changes(self, commune: str, layer: str, keys: Sequence[str], to: int) -> dict[str, LastChange]:
        """How the province's side of features came to be, up to revision ``to``, by key; what the hub doesn't tell is missing.

        Raises ``Refused`` 404 where the hub is older than this call."""
        found: dict[str, LastChange] = {}
        for start in range(0, len(keys), _KEYS_A_TIME):
            params = {"layer": layer, "keys": ",".join(keys[start : start + _KEYS_A_TIME]), "to": str(to)}
            plain = self._transport.json(Request("GET", f"/communes/{quote(commune, safe='')}/last-changes", params=params))
            with reading("last_changes"):
                for item in plain["changes"]:
                    found[str(item["key"])] = last_change(item)
        return found

    def contact(self, instance: str, body: Mapping[str, Any]) -> Meeting:
        """Show what the working copy is and waits for. Raises ``Refused`` 404 where the hub is older than this call."""
        request = Request("POST", f"/instances/{instance}/contact", None, _JSON, _json_bytes(body))
        return Meeting.from_json(self._transport.json(request))

    def put_backup(self, instance: str, body: Mapping[str, Any], sealed: bool = False) -> None:
        """``sealed``: edits that nobody here may read any more."""
        headers = {**_JSON, "Content-Encoding": "gzip"}
        path = f"/drafts/{instance}/sealed" if sealed else f"/drafts/{instance}"
        self._transport.send(Request("PUT", path, None, headers, gzip.compress(_json_bytes(body), 6), UPLOAD_S))

    def backup(self, instance: str) -> tuple[Mapping[str, Any], ...]:
        """All pieces of unsent work that the caller may read; the hub notes the reading."""
        items: list[Mapping[str, Any]] = []
        cursor: Optional[str] = None
        while True:
            params = {"cursor": cursor} if cursor is not None else None
            page = self._transport.json(Request("GET", f"/drafts/{instance}", params))
            with reading("backup"):
                items += page["items"]
                cursor = page["cursor"]
            if cursor is None:
                return tuple(items)

    def taken(self, instance: str, body: Mapping[str, Any]) -> None:
        """Note that pieces of ``instance`` were brought into a working copy of the caller's."""
        self._transport.json(Request("POST", f"/drafts/{instance}/taken", None, _JSON, _json_bytes(body)))

    def backups_of(self, commune: str) -> CommuneBackups:
        """For the commune's head: whose unsent work there is, and who can be given it. Raises ``Refused`` for others."""
        return CommuneBackups.from_json(self._transport.json(Request("GET", "/drafts", params={"commune": commune})))

    def assign(self, instance: str, account: str) -> None:
        """Give unsent work to a colleague."""
        accepted = (HTTPStatus.OK, HTTPStatus.NO_CONTENT)
        body = _json_bytes({"account": account})
        self._transport.json(Request("POST", f"/drafts/{instance}/assign", None, _JSON, body, accepted=accepted))

    def devices(self) -> tuple[Device, ...]:
        """Where this account is signed in."""
        plain = self._transport.json(Request("GET", "/sessions"))
        with reading("sessions"):
            return tuple(Device.from_json(item) for item in plain["sessions"])

    def revoke(self, session: str) -> None:
        """End one of the account's sessions: that device keeps its working copy, and is signed out."""
        self._transport.json(Request("DELETE", f"/sessions/{session}", accepted=(HTTPStatus.OK, HTTPStatus.NO_CONTENT)))

    def file_states(self, names: Sequence[str]) -> dict[str, FileState]:
        """What the hub has of files, named by their SHA-256: to be asked before sending them."""
        return upload.states(self._transport, names)

    def put_attachment(
        self, sha256: str, content: bytes, received: int = 0, feedback: Feedback = SILENT, told: Optional[Told] = None
    ) -> None:
        """Large ones go in pieces, from ``received`` on; what has arrived stays there over a break, and over a restart."""
        accepted = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT)
        path = f"/attachments/{sha256}"
        if len(content) <= ONE_PIECE and not received:
            headers = {"Content-Type": "application/octet-stream"}
            self._transport.send(Request("PUT", path, None, headers, content, UPLOAD_S, accepted=accepted))
            return
        whole = Request("PUT", path, {"uploaded": "true"}, body=b"", read_s=UPLOAD_S, accepted=accepted)
        self._upload("attachment", sha256, content, received, feedback, told, lambda: self._transport.send(whole))

    def _upload(
        self,
        kind: str,
        sha256: str,
        content: bytes,
        received: int,
        feedback: Feedback,
        told: Optional[Told],
        use: Callable[[], requests.Response],
    ) -> requests.Response:
        """Send ``content`` in pieces and have it used; once more from its beginning where the hub has lost it meanwhile."""
        sending = upload.Upload(self._transport, kind, sha256, content, feedback, told or _unheard)
        sending.send(received)
        try:
            return use()
        except Refused as refused:
            if refused.code != "upload.missing":
                raise
        sending.send(0)
        return use()

    def attachment(self, sha256: str) -> bytes:
        """Raises ``HubError('attachment.hash')`` where something else came."""
        content = self._transport.send(Request("GET", f"/attachments/{sha256}", headers={"Accept": "*/*"})).content
        if hashlib.sha256(content).hexdigest() != sha256:
            raise HubError("attachment.hash", sha256=sha256)
        return content

    def put_version(self, proposal: str, number: int, body: bytes, feedback: Feedback = SILENT) -> VersionAnswer:
        """``body`` is the canonical JSON of a ``Version``; sending it again is answered as the first time.

        A large one goes in pieces, and is then named instead of sent.
        """
        path = f"/proposals/{quote(proposal, safe='')}/versions/{number}"
        accepted = (HTTPStatus.OK, HTTPStatus.CREATED)
        packed = gzip.compress(body, 6, mtime=0)
        if len(packed) <= ONE_PIECE:
            headers = {**_JSON, "Content-Encoding": "gzip"}
            request = Request("PUT", path, None, headers, packed, DECISION_S, accepted=accepted)
            return VersionAnswer.from_json(self._transport.json(request))
        sha256 = hashlib.sha256(packed).hexdigest()
        named = Request("PUT", path, None, _JSON, _json_bytes({"upload": sha256}), DECISION_S, accepted=accepted)

        def told(done: int) -> None:
            feedback.progress(Progress("version", done, len(packed)))

        received = self.file_states([sha256])[sha256].received
        answer = self._upload("version", sha256, packed, received, feedback, told, lambda: self._transport.send(named))
        return VersionAnswer.from_json(document(answer))

    def proposals(self, box: str = "mine") -> tuple[ProposalSummary, ...]:
        """``box``: ``mine``, ``inbox`` (what waits for me), ``decisions`` (approved, not in force yet) or ``all``; what was touched
        last comes first."""
        found: list[ProposalSummary] = []
        cursor: Optional[int] = None
        while True:
            params: dict[str, Union[str, int]] = {"box": box, **({} if cursor is None else {"cursor": cursor})}
            plain = self._transport.json(Request("GET", "/proposals", params=params))
            with reading("proposals"):
                found += [ProposalSummary.from_json(item) for item in plain["proposals"]]
                following = plain.get("cursor")
            if following is None or (cursor is not None and following >= cursor):
                return tuple(sorted(found, key=lambda summary: summary.updated_at, reverse=True))
            cursor = int(following)

    def news(self, seen: str = "", commune: Optional[str] = None, wait_s: int = 0) -> News:
        """Whether there is something new since ``seen``, held back for ``wait_s`` seconds while there isn't."""
        return news_of(self._transport.json(news_request(seen, commune, wait_s)))

    def proposal(self, proposal: str) -> ProposalDetail:
        plain = self._transport.json(Request("GET", f"/proposals/{quote(proposal, safe='')}", read_s=DECISION_S))
        return ProposalDetail.from_json(self._layers(), plain)

    def step(
        self,
        proposal: str,
        step: Step,
        request: str,
        version: int,
        reason: Optional[str] = None,
        result_hash: Optional[str] = None,
        without_consent: bool = False,
        signed: Optional[tuple[str, Decision]] = None,
    ) -> ProposalSummary:
        """``request`` is a UUID that the caller made for this decision. Where the answer gets lost it is asked for once more: the
        hub answers a known request as the first time. An approval may bring what was ``signed``, under an id of the caller's: both
        are recorded, or neither; the hub has the document already."""
        said = readable(reason) if reason is not None else None
        more: dict[str, Any] = {"without_consent": True} if without_consent else {}
        if signed is not None:
            more["decision"] = {"id": signed[0], "document": signed[1].to_json()}
        body = _json_bytes({"request": request, "version": version, "reason": said, "result_hash": result_hash, **more})
        call = Request("POST", f"/proposals/{quote(proposal, safe='')}/{step.value}", None, _JSON, body, DECISION_S)
        try:
            plain = self._transport.json(call)
        except HubUnreachable as lost:
            if lost.code != "hub.unreachable":
                raise
            pause(backoff(self._transport.backoff_s, 1), SILENT)
            plain = self._transport.json(call)
        return ProposalSummary.from_json(plain)

    def _layers(self) -> Layers:
        catalogue = self._catalogue or self.catalogue()
        return {layer.id: layer for layer in catalogue.layers}


@dataclass(frozen=True)
class News:
    """``seen`` is for the next question; ``news`` whether something has happened since the one before."""

    seen: str
    news: bool


def news_request(seen: str, commune: Optional[str], wait_s: int) -> Request:
    """As `HubClient.news` asks it, for who waits without keeping a thread."""
    named: dict[str, Union[str, int]] = {"seen": seen, "commune": commune or "", "wait": wait_s}
    return Request("GET", "/news", {name: value for name, value in named.items() if value}, read_s=READ_S + wait_s)


def news_of(plain: Mapping[str, Any]) -> News:
    """Raises ``InvalidData('answer.malformed')``."""
    with reading("news"):
        return News(str(plain["seen"]), bool(plain["news"]))


def _unheard(_done: int) -> None:
    pass


_JSON = {"Content-Type": "application/json"}


def _json_bytes(plain: object) -> bytes:
    return json.dumps(plain).encode()
