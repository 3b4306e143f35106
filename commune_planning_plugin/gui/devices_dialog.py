"""Where the account is signed in, for a lost computer; and for the commune's head whose unsent work waits for somebody."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QDialog, QListWidget, QListWidgetItem, QWidget

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.offer_notice import offer_text
from commune_planning_plugin.gui.parts import button, button_row, column, fill, text_label

_ID = Qt.ItemDataRole.UserRole


class DevicesDialog(QDialog):
    """Asks the session when it is opened, and follows it."""

    def __init__(self, session: Any, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("planning_devices_dialog")
        self.setWindowTitle(translate("Devices", "Computers and unsent work"))
        self._session = session
        self._devices = _list("devices_list", translate("Devices", "Your computers"))
        self._revoke = button(translate("Devices", "&Sign out there"), "revoke_button", act=self._sign_out_there)
        self._backups = _list("backups_list", translate("Devices", "Unsent work in the commune"))
        self._colleagues = QComboBox()
        self._colleagues.setObjectName("colleagues_combo")
        self._colleagues.setAccessibleName(translate("Devices", "Colleague"))
        self._assign = button(translate("Devices", "&Hand over"), "assign_button", act=self._hand_over)
        self._of_commune = self._commune_part()
        self._lay_out()
        session.changed.connect(self.refresh)
        session.job_changed.connect(self.refresh)
        self._wanted = [session.load_devices] + ([session.load_backups] if session.may_assign else [])
        self.refresh()

    def _commune_part(self) -> QWidget:
        title = text_label(translate("Devices", "Unsent work in the commune"), bold=True)
        self._about_backups = text_label(name="backups_text")
        self._handing_over = button_row(self._colleagues, self._assign)
        return column(title, self._about_backups, self._backups, self._handing_over)

    def _lay_out(self) -> None:
        told = translate("Devices", "A computer that you sign out keeps its data and edits, and can exchange nothing any more.")
        title = text_label(translate("Devices", "Your computers"), bold=True)
        close = button(translate("Devices", "&Close"), "close_devices_button", act=self.close)
        mine = column(title, text_label(told), self._devices, button_row(self._revoke))
        fill(self, mine, self._of_commune, button_row(close), margin=9, spacing=9)
        for each in (self._devices, self._backups):
            each.currentItemChanged.connect(lambda _now, _before: self._enable())
        self.resize(440, 420)

    def refresh(self) -> None:
        """Ask for what isn't known yet, as soon as nothing else runs; show what is known."""
        session = self._session
        if self._wanted and session.job is None and session.account is not None:
            self._wanted.pop(0)()
        _fill(self._devices, [(device.id, _device_text(device)) for device in session.devices])
        self._of_commune.setVisible(session.may_assign)
        found = session.backups
        _fill(self._backups, [(offer.instance, offer_text(offer, None)) for offer in (found.backups if found else ())])
        self._show_backups(bool(found and found.backups))
        known = [(name, full_name) for name, full_name in (found.colleagues if found else ())]
        if [self._colleagues.itemData(row) for row in range(self._colleagues.count())] != [name for name, _ in known]:
            self._colleagues.clear()
            for name, full_name in known:
                self._colleagues.addItem(full_name, name)
        self._enable()

    def _show_backups(self, any_: bool) -> None:
        none = translate("Devices", "None. What colleagues have drawn and not sent yet is kept here, should their computer fail.")
        some = translate("Devices", "A colleague whom you hand it over to can bring it into their own working copy.")
        self._about_backups.setText(some if any_ else none)
        self._backups.setVisible(any_)
        self._handing_over.setVisible(any_)

    def _enable(self) -> None:
        free = self._session.job is None
        device = next((each for each in self._session.devices if each.id == _chosen(self._devices)), None)
        self._revoke.setEnabled(free and device is not None and not device.current)
        self._assign.setEnabled(free and _chosen(self._backups) is not None and self._colleagues.count() > 0)

    def _sign_out_there(self) -> None:
        self._session.revoke(_chosen(self._devices))

    def _hand_over(self) -> None:
        self._session.assign(_chosen(self._backups), self._colleagues.currentData())


def _list(name: str, spoken: str) -> QListWidget:
    made = QListWidget()
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    made.setWordWrap(True)
    return made


def _fill(into: QListWidget, rows: list[tuple[str, str]]) -> None:
    """Show ``rows`` (id and text); what was chosen stays chosen."""
    if [(into.item(n).data(_ID), into.item(n).text()) for n in range(into.count())] == rows:
        return
    chosen = _chosen(into)
    into.clear()
    for name, text in rows:
        item = QListWidgetItem(text)
        item.setData(_ID, name)
        into.addItem(item)
        if name == chosen:
            into.setCurrentItem(item)


def _chosen(of: QListWidget) -> Optional[str]:
    item = of.currentItem()
    return None if item is None else item.data(_ID)


def _device_text(device: Any) -> str:
    name = device.name or translate("Devices", "unnamed computer")
    here = translate("Devices", "{device} (this computer)").format(device=name) if device.current else name
    return translate("Devices", "{device}, last used {time}").format(device=here, time=quantities.day_and_time(device.last_used_at))
