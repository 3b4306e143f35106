"""Proposals being written in one working copy, with their files."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Optional, Union

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.proposal import Attachment
from commune_planning_plugin.core.schema import Catalogue
from commune_planning_plugin.store import drafts, outbox
from commune_planning_plugin.store.model import Draft, Ref
from commune_planning_plugin.store.sql import Database


class Drafts:
    """Every method is a transaction of its own."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database = database
        self._layers = {layer.id: layer for layer in catalogue.layers}

    def all(self) -> tuple[Draft, ...]:
        """The one that was written last comes first."""
        with self._database.reading() as connection:
            return drafts.read(connection)

    def save(self, draft: Draft) -> Draft:
        with self._database.writing() as connection:
            return drafts.save(connection, draft)

    def discard(self, proposal: str) -> None:
        with self._database.writing() as connection:
            drafts.discard(connection, proposal)

    def new(self, refs: Iterable[Ref], plan: Optional[str] = None) -> Draft:
        """A draft under a fresh id, saved."""
        return self.save(Draft(str(uuid.uuid4()), 1, plan, refs=tuple(refs)))

    def reopen(self, proposal: str) -> Draft:
        """A draft of the next version of a frozen proposal, with its text, files and features. Raises ``proposal.unknown``."""
        with self._database.writing() as connection:
            number = outbox.last_number(connection, proposal)
            version = outbox.version_of(connection, self._layers, proposal, number)
            if version is None:
                raise WorkingCopyError("proposal.unknown", proposal=proposal)
            refs = outbox.refs_of(connection, self._layers, proposal, number)
            return drafts.save(connection, drafts.of_version(version, number + 1, refs))

    def attach(self, proposal: str, path: Union[str, Path]) -> Attachment:
        """Copy a file in. Raises ``attachment.too_large`` (over 20 MiB) or ``attachment.unreadable``."""
        attachment, content = drafts.file_of(Path(path))
        with self._database.writing() as connection:
            drafts.put_file(connection, proposal, attachment, content)
        return attachment

    def content_of(self, sha256: str) -> bytes:
        """Of a file, named by its SHA-256; of a frozen version's too. Raises ``attachment.missing``."""
        with self._database.reading() as connection:
            return drafts.content_of(connection, sha256)
