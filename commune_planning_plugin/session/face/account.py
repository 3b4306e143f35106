"""Who is signed in, at which hub, and on which computers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from commune_planning_plugin.session import memory

if TYPE_CHECKING:
    from datetime import datetime

    from commune_planning_plugin.core.schema import Catalogue, Commune
    from commune_planning_plugin.session.account import AccountController
    from commune_planning_plugin.session.discussion import DiscussionController
    from commune_planning_plugin.session.state import SessionState
    from commune_planning_plugin.session.types import Connection, MasterPassword
    from commune_planning_plugin.sync.account_documents import Account, Device


class AccountFace:
    _state: SessionState
    _account: AccountController
    discussion: DiscussionController

    @property
    def account(self) -> Optional[Account]:
        """Who is signed in; known offline too. None when nobody is."""
        return self._state.account

    @property
    def account_name(self) -> str:
        """The name that signed in last, to be offered again."""
        return self._state.account_name

    @property
    def hub_url(self) -> str:
        return self._state.hub_url

    @property
    def connection(self) -> Connection:
        return self._state.connection

    @property
    def offline_since(self) -> Optional[datetime]:
        """With time zone; None unless the connection is OFFLINE."""
        return self._state.offline_since

    @property
    def catalogue(self) -> Optional[Catalogue]:
        return self._state.catalogue

    @property
    def communes(self) -> tuple[Commune, ...]:
        """The communes that the account may pull, by name."""
        return self._state.communes

    @property
    def remembers(self) -> bool:
        """Whether the person wished, the last time, that the sign-in outlasts QGIS."""
        from commune_planning_plugin.adapters import settings

        return settings.remember_sign_in()

    @property
    def master_password(self) -> MasterPassword:
        """What QGIS will ask when a sign-in is to be remembered."""
        return memory.master_password()

    def sign_in(self, url: str, name: str, password: str, remember: bool = True) -> None:
        """Job ``sign_in``. Without ``remember`` it lasts until QGIS is closed, and QGIS asks nothing."""
        self._account.sign_in(url, name, password, remember)

    def sign_out(self) -> None:
        """Forgets the token here at once and at the hub when it can be reached. The working copy stays."""
        self.discussion.forget()
        self._account.sign_out()

    def refresh(self) -> None:
        """Look at the hub now: connection, outbox, decisions, proposals, inbox, news."""
        self._account.send()

    def load_devices(self) -> None:
        """Job ``devices``: where this account is signed in; `devices` has it afterwards."""
        self._account.load_devices()

    @property
    def devices(self) -> tuple[Device, ...]:
        return self._state.devices

    def revoke(self, device: str) -> None:
        """Job ``revoke``: sign the account out there, for a lost computer."""
        self._account.revoke(device)
