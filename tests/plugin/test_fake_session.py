"""The session that docks are tried on has the face of the real one."""

from __future__ import annotations

import inspect

from qgis.PyQt.QtCore import pyqtSignal

from commune_planning_plugin.session import PlanningSession
from tests.plugin.fake_session import STATE, FakeSession


def test_each_property_is_one_of_the_real_session():
    properties = {name for name in dir(PlanningSession) if isinstance(inspect.getattr_static(PlanningSession, name), property)}
    assert set(STATE) - properties == set()


def test_the_signals_are_the_same():
    def signals(kind: type) -> set[str]:
        return {name for name in dir(kind) if isinstance(inspect.getattr_static(kind, name), pyqtSignal)}

    assert signals(FakeSession) == signals(PlanningSession)


def test_each_method_takes_the_same_arguments():
    own = {"set", "called", "__init__"}
    for name, method in vars(FakeSession).items():
        if inspect.isfunction(method) and name not in own:
            real = inspect.signature(getattr(PlanningSession, name))
            assert list(inspect.signature(method).parameters) == list(real.parameters), name
