"""Witnesses as files: what a working copy prints of the heads that it kept, and exports of the audit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import reduce
from pathlib import Path
from typing import Any

from commune_planning_plugin.core.audit_chain import following
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.signed_head import SignedHead
from province_hub.audit_proof import Witness


def read(path: Path) -> list[Witness]:
    """The heads in a file: JSON (one, or a list, as ``python -m commune_planning_plugin.sync witness`` prints it) or an export.

    Raises ``InvalidData``: ``witness.unreadable``, ``witness.altered`` for an export whose entries don't lead to its head,
    ``head.malformed``.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidData("witness.unreadable", path=str(path)) from error
    documents = list(_documents(text, path))
    entries = {item["id"]: item["hash"] for item in documents if "hash" in item and "id" in item}
    found = [SignedHead.from_json(item.get("head", item)) for item in documents if _has_head(item)]
    if not found:
        raise InvalidData("witness.unreadable", path=str(path))
    if entries and reduce(following, entries.values(), str(documents[0].get("before"))) != found[0].running:
        raise InvalidData("witness.altered", path=str(path))
    return [Witness(head, path.name, entries) for head in found]


def _has_head(item: Mapping[str, Any]) -> bool:
    return "head" in item or ("running" in item and "signature" in item)


def _documents(text: str, path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        whole = json.loads(text)
        given = whole if isinstance(whole, list) else [whole]
    except RecursionError as error:
        raise InvalidData("witness.unreadable", path=str(path)) from error
    except ValueError:
        given = list(_lines(text, path))
    for item in given:
        if not isinstance(item, dict):
            raise InvalidData("witness.unreadable", path=str(path))
        yield item


def _lines(text: str, path: Path) -> Iterator[Any]:
    try:
        for line in text.split("\n"):  # other ends of lines are characters of what was said
            if line:
                yield json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InvalidData("witness.unreadable", path=str(path)) from error
