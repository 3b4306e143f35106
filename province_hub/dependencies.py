"""What every route may ask for: the application's parts, handed in by `create_app`. Asynchronous, since FastAPI gives each other
dependency a thread of its own, which costs more than these do."""

from __future__ import annotations

from typing import Annotated, Optional

from fastapi import Depends, Request

from province_hub.database import Database
from province_hub.limits import Limits
from province_hub.settings import Settings
from province_hub.signing import SigningKey


async def settings(request: Request) -> Settings:
    value: Settings = request.app.state.settings
    return value


async def database(request: Request) -> Database:
    value: Database = request.app.state.database
    return value


async def limits(request: Request) -> Limits:
    value: Limits = request.app.state.limits
    return value


async def signing_key(request: Request) -> Optional[SigningKey]:
    value: Optional[SigningKey] = request.app.state.signing_key
    return value


SigningKeyOf = Annotated[Optional[SigningKey], Depends(signing_key)]
DatabaseOf = Annotated[Database, Depends(database)]
LimitsOf = Annotated[Limits, Depends(limits)]
