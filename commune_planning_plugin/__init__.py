"""Commune planning: pull a commune's planning layers, draw changes, submit them to the province."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from commune_planning_plugin.plugin import CommunePlanningPlugin


def classFactory(iface: QgisInterface) -> CommunePlanningPlugin:  # noqa: N802 (QGIS calls it by this name)
    """Make the plugin; imported lazily so that ``core`` imports without QGIS."""
    from commune_planning_plugin.plugin import CommunePlanningPlugin

    return CommunePlanningPlugin(iface)
