"""The hub's answers as values: what all of them share.

Each ``from_json`` raises ``InvalidData('answer.malformed')`` where the answer is not what the protocol says. The values
themselves are in a file for each thing that the hub tells about: ``account_documents``, ``proposal_documents`` …
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.store.model import Checkpoint, LastChange

Layers = Mapping[str, Layer]
Plain = Mapping[str, Any]


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Makes what a wrong document causes an ``InvalidData``."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidData("answer.malformed", document=name, reason=repr(error)) from error


def checkpoint_from_json(plain: Plain) -> Checkpoint:
    with reading("checkpoint"):
        return Checkpoint(int(plain["number"]), str(plain["id"]))


def last_change(plain: Plain) -> LastChange:
    with reading("last_changes"):
        title = None if plain["title"] is None else str(plain["title"])
        by = "" if plain.get("direct") else str(plain["by"])
        return LastChange(int(plain["revision"]), str(plain["at"]), by, title)


def layer_of(layers: Layers, layer_id: Any) -> Layer:
    """Raises ``InvalidData('layer.unknown')``."""
    layer = layers.get(layer_id)
    if layer is None:
        raise InvalidData("layer.unknown", layer=layer_id)
    return layer


def rekeyed(plain: Any) -> dict[str, str]:
    """Keys that were taken elsewhere, each with its new one."""
    return {str(old): str(new) for old, new in (plain or {}).items()}
