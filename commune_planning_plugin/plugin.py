"""The plugin as QGIS loads it: puts session and window together. Only here are ``iface`` and the project taken from the air."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from qgis.core import Qgis, QgsProject

from commune_planning_plugin.requirements import missing_requirement

if TYPE_CHECKING:
    from qgis.gui import QgisInterface
    from qgis.PyQt.QtCore import QTranslator

    from commune_planning_plugin.adapters.desktop import Desktop
    from commune_planning_plugin.adapters.expressions import Expressions
    from commune_planning_plugin.gui.window import PlanningWindow
    from commune_planning_plugin.session import PlanningSession


class CommunePlanningPlugin:
    """``initGui`` and ``unload`` mirror each other; what they need is imported when it is needed, so that QGIS starts fast."""

    def __init__(self, iface: QgisInterface) -> None:
        self.iface = iface
        self.session: Optional[PlanningSession] = None
        self.window: Optional[PlanningWindow] = None
        self._desktop: Optional[Desktop] = None
        self._expressions: Optional[Expressions] = None
        self._translator: Optional[QTranslator] = None

    def initGui(self) -> None:  # noqa: N802 (QGIS calls it by this name)
        sentence = missing_requirement()
        if sentence is not None:
            self.iface.messageBar().pushMessage("Quy hoạch xã", sentence, Qgis.MessageLevel.Warning, 0)
            return
        self._translate()
        self._start()

    def _translate(self) -> None:
        """Before there is any widget."""
        from commune_planning_plugin.adapters.language import locale_name
        from commune_planning_plugin.gui.language import install_translation

        self._translator = install_translation(locale_name())

    def _start(self) -> None:
        from commune_planning_plugin.adapters.desktop import Desktop
        from commune_planning_plugin.adapters.expressions import Expressions
        from commune_planning_plugin.gui.window import PlanningWindow
        from commune_planning_plugin.session import PlanningSession

        self._expressions = Expressions()
        self._desktop = Desktop(self.iface)
        self.session = PlanningSession(QgsProject.instance(), self._desktop)
        self.window = PlanningWindow(self.iface, self.session)
        self._desktop.when_ready(self.session.start)

    def unload(self) -> None:
        """Also after an `initGui` that stopped at a missing requirement."""
        if self.session is None or self.window is None or self._desktop is None:
            return
        from commune_planning_plugin.adapters import settings
        from commune_planning_plugin.gui.language import remove_translation

        self.session.stop()
        self.window.remove()
        self._desktop.close()
        self.session.deleteLater()
        self._desktop.deleteLater()
        self.session = self.window = self._desktop = None
        if self._expressions is not None:
            self._expressions.forget()
            self._expressions = None
        settings.unregister()
        remove_translation(self._translator)
        self._translator = None
