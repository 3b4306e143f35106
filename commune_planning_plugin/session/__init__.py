"""The one holder of state: docks read a `PlanningSession` and call it; it never blocks."""

from __future__ import annotations

from commune_planning_plugin.session.planning_session import PlanningSession
from commune_planning_plugin.session.types import Connection, JobState, NextStep, PullMode, Waiting

__all__ = ["Connection", "JobState", "NextStep", "PlanningSession", "PullMode", "Waiting"]
