"""What became otherwise between looking at a proposal and deciding on it: named, and side by side with what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Callable, Optional

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.detail_documents import ReviewItem

NAMED = 5
"""Features that a sentence names; more would not be read."""


class SinceSeen:
    """The results as they were looked at, of the changes that the hub says are otherwise by now."""

    def __init__(self) -> None:
        self._version: tuple[str, int] = ("", 0)
        self._seen: dict[Ref, ReviewItem] = {}

    def keep(self, version: tuple[str, int], seen: Mapping[Ref, ReviewItem], moved: Iterable[Ref]) -> None:
        """``version`` is the proposal's id and version number, ``seen`` its changes as they were shown."""
        known = self._seen if version == self._version else {}
        self._version, self._seen = version, {ref: known.get(ref, seen[ref]) for ref in moved if ref in seen}

    def show_version(self, version: tuple[str, int], open_: bool) -> None:
        """Forget what is about another version, or about one that is decided."""
        if version != self._version or not open_:
            self._seen = {}

    def earlier(self, ref: Ref) -> Optional[Change]:
        """The result as it was seen; None where it is what was seen."""
        item = self._seen.get(ref)
        return None if item is None else Change(ref.layer, ref.key, None, item.after)

    def label(self, ref: Ref) -> str:
        return translate("Review", "● not as seen") if ref in self._seen else ""

    @staticmethod
    def sides() -> list[str]:
        return [translate("Review", "Before"), translate("Review", "As seen"), translate("Review", "Now")]


def moved_text(refs: list[Ref], difference: Mapping[str, Any], title_of: Callable[[Ref], str]) -> str:
    """One line: which changes are otherwise, and how many findings came or went."""
    told = []
    if refs:
        features = "; ".join(map(title_of, refs[:NAMED])) + ("; …" if len(refs) > NAMED else "")
        told.append(translate("Review", "Not as seen: {features}.").format(features=features))
    for name, words in (
        ("findings_new", translate("Review", "New findings of the rules: {count}.")),
        ("findings_gone", translate("Review", "Findings that are gone: {count}.")),
    ):
        count = len(difference.get(name, ()))
        if count:
            told.append(words.format(count=count))
    return " ".join(told)
