"""Questions about the commune's past, as work for the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commune_planning_plugin.session.context import Context, hub

if TYPE_CHECKING:
    from collections.abc import Callable

    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.sync.history_calls import HistoryCalls


def asking(context: Context, call: Callable[[HistoryCalls], Any]) -> Callable[[JobFeedback], Any]:
    """What ``call`` finds about the commune that is chosen now. There has to be one."""
    state = context.state
    assert state.commune is not None  # noqa: S101  # nothing is asked without
    url, token, code = state.hub_url, state.token, state.commune.code

    def work(feedback: JobFeedback) -> Any:
        from commune_planning_plugin.sync.history_calls import HistoryCalls

        return call(HistoryCalls(hub(url, token, feedback), code))

    return work
