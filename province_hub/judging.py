"""A version judged as it would come into force: over the undecided ones that it stands on, and beside those it is linked with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.core.workflow import ON_THE_TABLE, State
from province_hub.database import HubConnection
from province_hub.plan_sums import PlanSums
from province_hub.relations import partners
from province_hub.reviewing import Beside, Judgement, Overlay, judge, merged, over
from province_hub.stored import Content, content, find


def judged(
    conn: HubConnection, schema: Mapping[str, Layer], current: Content, state: State, sums: Optional[PlanSums] = None
) -> Judgement:
    """As `judge`, of a version as the hub holds it, whose proposal is in ``state``."""
    version = current.version
    foundation = underlying(conn, schema, version)
    beside = [_beside(conn, schema, each) for each in _linked(conn, schema, version, state)]
    return judge(conn, schema, version, current.new_keys, current.author_cleared, foundation, beside, sums)


def underlying(conn: HubConnection, schema: Mapping[str, Layer], version: Version) -> Overlay:
    """The rows as the undecided proposals that ``version`` depends on would leave them, merged one over the other."""
    overlay: Overlay = {}
    for each in _bases(conn, schema, version, set()):
        overlay = over(overlay, merged(conn, schema, each.version, each.new_keys, each.author_cleared, overlay))
    return overlay


def _bases(conn: HubConnection, schema: Mapping[str, Layer], version: Version, passed: set[str]) -> list[Content]:
    """Current versions that wait for their decision, each after those that it depends on itself."""
    found: list[Content] = []
    for proposal in version.depends_on:
        stored = find(conn, proposal) if proposal not in passed else None
        passed.add(proposal)
        if stored is not None and stored.state in ON_THE_TABLE:
            current = content(conn, schema, stored)
            found += [*_bases(conn, schema, current.version, passed), current]
    return found


def _linked(conn: HubConnection, schema: Mapping[str, Layer], version: Version, state: State) -> list[Content]:
    """What is before the same people: the province doesn't see yet what awaits the sign-off of the commune's head."""
    wanted = ON_THE_TABLE if state is State.AWAITING_SIGN_OFF else ON_THE_TABLE - {State.AWAITING_SIGN_OFF}
    others = {*partners(conn, version.proposal, version.linked), *version.linked}
    here = [stored for stored in (find(conn, proposal) for proposal in sorted(others)) if stored is not None]
    return [content(conn, schema, s) for s in here if s.state in wanted and s.standing.commune == version.commune]


def _beside(conn: HubConnection, schema: Mapping[str, Layer], current: Content) -> Beside:
    """Restricted features are judged with their own version alone."""
    version, foundation = current.version, underlying(conn, schema, current.version)
    items = merged(conn, schema, version, current.new_keys, current.author_cleared, foundation)
    return Beside(version.plan, tuple(item for item in items if not item.restricted))
