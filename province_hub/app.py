"""The hub as a web application: everything is put together here."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Optional

from anyio import create_task_group
from fastapi import FastAPI
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from commune_planning_plugin.core.wire import PROTOCOL
from province_hub import errors, signing
from province_hub.bodies import BodyLimit
from province_hub.database import Database
from province_hub.identity import Recent
from province_hub.kept_reviews import KeptReviews
from province_hub.limits import Limits
from province_hub.quotas import WaitingRoom
from province_hub.routes import (
    attachments,
    audit,
    authority,
    catalogue,
    changes,
    decisions,
    discussion,
    drafts,
    history,
    instances,
    news,
    proposals,
    review,
    sessions,
    snapshots,
    status,
    uploads,
)
from province_hub.settings import Settings
from province_hub.snapshot import SnapshotStore
from province_hub.tidy import tidy_from_time_to_time
from province_hub.watch import NewsWatch

API = "/api/v1"
_log = logging.getLogger("province_hub")
_RESOURCES = (
    news,
    status,
    sessions,
    catalogue,
    snapshots,
    changes,
    uploads,
    attachments,
    authority,
    discussion,
    proposals,
    review,
    decisions,
    history,
    instances,
    drafts,
    audit,
)


def create_app(settings: Settings, limits: Optional[Limits] = None) -> FastAPI:
    """The hub on the database of ``settings``, connected while the application runs."""
    limits = limits or Limits.of(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = Database(settings.database, settings.pool_size)
        app.state.database = database
        app.state.signing_key = _signing_key(database, settings)
        app.state.snapshots = SnapshotStore(database, settings.state, limits.snapshots_kept)
        app.state.catalogue = catalogue.KeptCatalogue()
        app.state.reviews = KeptReviews()
        app.state.recent = Recent(limits.trusted_s)
        app.state.watch = NewsWatch(database, limits.poll_interval)
        app.state.waiting = WaitingRoom(limits.waiting_of_account, limits.waiting)
        try:
            async with create_task_group() as background:
                background.start_soon(tidy_from_time_to_time, database, limits.tidy_interval)
                yield
                background.cancel_scope.cancel()
        finally:
            app.state.watch.close()
            database.close()

    app = FastAPI(
        title="Province planning hub",
        version=str(PROTOCOL),
        lifespan=lifespan,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=errors.RESPONSES,
    )
    app.state.settings = settings
    app.state.limits = limits
    errors.install(app)
    for resource in _RESOURCES:
        app.include_router(resource.router, prefix=API)
    write_description = app.openapi
    app.openapi = lambda: errors.described(write_description())  # type: ignore[method-assign]  # FastAPI's documented way
    app.add_middleware(BodyLimit, limits=limits)
    excluded = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/octet-stream")
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6, exclude_content_types=excluded)
    app.add_middleware(errors.Boundary)
    return app


def _signing_key(database: Database, settings: Settings) -> Optional[signing.SigningKey]:
    """Without it the hub serves, and signs nothing: `doctor` says what to do."""
    with database.writing("serve") as conn:
        key = signing.ready(conn, settings.state)
    if key is None:
        _log.error("the key that the audit's heads are signed with isn't in %s: see `doctor`", settings.state)
    return key
