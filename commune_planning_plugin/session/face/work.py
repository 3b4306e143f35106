"""What runs, what waits both ways, and what is to be done next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from commune_planning_plugin.session.jobs import Jobs
    from commune_planning_plugin.session.listening import AutomaticPull
    from commune_planning_plugin.session.state import SessionState
    from commune_planning_plugin.session.types import JobState, NextStep, PullMode, Waiting
    from commune_planning_plugin.session.working_copy import WorkingCopyController


class WorkFace:
    _state: SessionState
    _jobs: Jobs
    _copy: WorkingCopyController
    _automatic: AutomaticPull

    @property
    def job(self) -> Optional[JobState]:
        return self._state.job

    @property
    def sending(self) -> Optional[JobState]:
        """What is on its way to the province beside the job; None when nothing is."""
        return self._state.sending

    @property
    def waiting(self) -> Waiting:
        """What waits both ways, in numbers for a badge."""
        return self._state.waiting

    @property
    def news(self) -> Optional[int]:
        """How many changes wait at the province for the next pull, about; None when that is not known."""
        return self._state.news

    @property
    def pull_mode(self) -> PullMode:
        return self._state.pull_mode

    def set_pull_mode(self, mode: PullMode) -> None:
        """When data is got without being asked for; kept in the settings."""
        self._automatic.set(mode)

    @property
    def next_step(self) -> NextStep:
        return self._state.next_step()

    def cancel(self) -> None:
        """Ask the running job to stop, or else what is being sent; everything is as before."""
        self._copy.cancel_waiting()
        if self._jobs.running:
            self._jobs.cancel()
        else:
            self._jobs.cancel_transfer()
