"""Unsent work from another computer, offered to be brought into this working copy."""

from __future__ import annotations

from typing import Any, Optional

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button


class OfferNotice(Notice):
    """Shows the session's offer; hidden while there is none."""

    def __init__(self, session: Any) -> None:
        super().__init__(Tone.NEWS, "offer_notice")
        self._session = session
        self._bring = self.add_button(button(translate("WorkingCopy", "&Bring it here"), "restore_button", act=self._restore))
        later = translate("WorkingCopy", "&Not now")
        self._later = self.add_button(button(later, "put_off_button", act=self._put_off))

    def refresh(self) -> None:
        offer = self._session.offer if self._session.has_working_copy else None
        self.say(offer_text(offer, self._session.account) if offer is not None else "")
        for each in (self._bring, self._later):
            each.setEnabled(self._session.job is None)

    def _restore(self) -> None:
        if self._session.offer is not None:
            self._session.restore(self._session.offer)

    def _put_off(self) -> None:
        if self._session.offer is not None:
            self._session.put_off(self._session.offer)


def offer_text(offer: Any, account: Optional[Any]) -> str:
    """Whose, from which computer, how much, how old."""
    changes, drafts = offer.changes, offer.drafts
    counts = [
        translate("WorkingCopy", "%n unsent change(s)", None, changes) if changes else "",
        translate("WorkingCopy", "%n draft(s)", None, drafts) if drafts else "",
    ]
    own = account is not None and account.name == offer.account
    text = (
        translate("WorkingCopy", "The province keeps {work} from your computer {device}, last seen {time}.")
        if own
        else translate("WorkingCopy", "The province keeps {work} of {name} from the computer {device}, last seen {time}.")
    )
    return text.format(
        work=", ".join(count for count in counts if count),
        device=offer.device or "?",
        name=offer.full_name,
        time=quantities.day_and_time(offer.at),
    )
