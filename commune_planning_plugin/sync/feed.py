"""What changed at the province since a checkpoint, read page by page while the working copy stages it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Optional

import requests

from commune_planning_plugin.core.errors import HubUnreachable
from commune_planning_plugin.core.wire import decode_values
from commune_planning_plugin.store.model import Checkpoint, RemoteChange, Revision
from commune_planning_plugin.sync.documents import Layers, checkpoint_from_json, layer_of, reading
from commune_planning_plugin.sync.feedback import SILENT, Feedback
from commune_planning_plugin.sync.pace import Pace, Perseverance
from commune_planning_plugin.sync.transport import READ_S, Request, Transport

_LARGEST_PAGE = 1 << 20
_SMALLEST_PAGE = 32 << 10

KINDS = frozenset({"insert", "update", "delete", "left_area", "withdrawn"})


def revision_from_json(plain: Mapping[str, Any]) -> Revision:
    with reading("revision"):
        version = plain["version"]
        return Revision(int(plain["number"]), str(plain["id"]), plain["proposal"], None if version is None else int(version))


@dataclass(frozen=True)
class Question:
    """What to ask: changes of ``commune`` since ``since``. ``also`` names features kept here that left its area; ``epoch`` is the
    area's as of ``since``, ``cleared`` whether what is here is what a cleared account sees; ``wait_s`` lets the hub hold the answer
    until there is news; ``most`` bounds a page's bytes."""

    commune: str
    since: Checkpoint
    also: tuple[str, ...] = ()
    epoch: Optional[int] = None
    cleared: Optional[bool] = None
    to: Optional[int] = None
    cursor: Optional[str] = None
    wait_s: int = 0
    most: Optional[int] = None

    @property
    def params(self) -> dict[str, Any]:
        given = {
            "after": self.since.number,
            "id": self.since.id,
            "to": self.to,
            "cursor": self.cursor,
            "also": ",".join(self.also) or None,
            "epoch": self.epoch,
            "cleared": None if self.cleared is None else str(self.cleared).lower(),
            "wait": self.wait_s or None,
            "most": self.most,
            "withdrawn": "true",
        }
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True)
class _Page:
    target: Checkpoint
    count: int
    revisions: tuple[Revision, ...]
    changes: tuple[Mapping[str, Any], ...]
    cursor: Optional[str]
    size: int


class ChangeFeed:
    """``target`` and ``revisions`` are known at once; iterating (once) fetches the further pages, all of the same target.

    ``count`` is the hub's estimate of how many changes there are, ``received_bytes`` what has come so far, compressed.
    """

    def __init__(self, transport: Transport, layers: Layers, question: Question, feedback: Feedback = SILENT) -> None:
        self._feedback = feedback
        self._transport = transport
        self._layers = layers
        self._question = question
        self._first = self._persevere(question)
        self.target = self._first.target
        self.revisions = self._first.revisions
        self.count = self._first.count
        self.received_bytes = self._first.size

    def __iter__(self) -> Iterator[RemoteChange]:
        page = self._first
        while True:
            for item in page.changes:  # decoded one by one, so that who watches is asked in between
                with reading("changes"):
                    change = self._change(item)
                yield change
            if page.cursor is None:
                return
            page = self._persevere(replace(self._question, to=self.target.number, cursor=page.cursor, wait_s=0))
            if page.target != self.target:
                raise HubUnreachable("hub.unreachable", reason="the target changed between pages")
            self.received_bytes += page.size

    def _persevere(self, question: Question) -> _Page:
        """A page, tried again in smaller ones where the line breaks."""
        pace, perseverance = Pace(_LARGEST_PAGE, _LARGEST_PAGE), Perseverance(self._feedback, self._transport.backoff_s)
        while True:
            try:
                return self._fetch(question)
            except HubUnreachable as error:
                perseverance.broke(error)
                pace.broke()
                question = replace(question, most=max(_SMALLEST_PAGE, pace.size // 4))

    def _fetch(self, question: Question) -> _Page:
        response = self._transport.send(
            Request(
                "GET",
                f"/communes/{question.commune}/changes",
                params=question.params,
                headers={"Accept": "application/x-ndjson"},
                read_s=READ_S + question.wait_s,
            )
        )
        return self._page(_documents(response.content), response)

    def _page(self, documents: Iterable[Mapping[str, Any]], response: requests.Response) -> _Page:
        head: Optional[Mapping[str, Any]] = None
        changes: list[Mapping[str, Any]] = []
        for item in documents:
            with reading("changes"):
                if item["type"] == "page":
                    head = item
                elif item["type"] == "change":
                    changes.append(item)
                elif item["type"] == "end" and head is not None:
                    return _page(head, changes, item["cursor"], response.raw.tell())
        raise HubUnreachable("hub.unreachable", url=self._transport.base_url, reason="cut off before the end of a page")

    def _change(self, item: Mapping[str, Any]) -> RemoteChange:
        layer, kind = layer_of(self._layers, item["layer"]), item["kind"]
        if kind not in KINDS:
            raise ValueError(kind)
        return RemoteChange(layer.id, str(item["key"]), kind, decode_values(layer, item["new"]))


def _documents(body: bytes) -> Iterator[Mapping[str, Any]]:
    """The lines; one that was cut in its middle ends them."""
    for line in body.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return


def _page(head: Mapping[str, Any], changes: list[Mapping[str, Any]], cursor: Optional[str], size: int) -> _Page:
    revisions = tuple(revision_from_json(item) for item in head["revisions"])
    return _Page(checkpoint_from_json(head["to"]), int(head["count"]), revisions, tuple(changes), cursor, size)
