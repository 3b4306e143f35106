"""Words for what concerns account, hub and download. Sources of translation: `error_texts.words` fetches the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Words:
    """``lost`` None means the usual sentence that nothing is lost; ``action`` names a way out of `present_error.Action`.

    ``brief`` stands in the message bar where the rest is too long for one line beside two buttons.
    """

    what: str
    do: str = ""
    action: Optional[str] = None
    lost: Optional[str] = None
    brief: str = ""


UPDATE = QT_TRANSLATE_NOOP("Errors", "Update the plugin, or ask the province's administrator which version to use.")
_ASK = QT_TRANSLATE_NOOP("Errors", "Ask the province's administrator.")
_SIGN_IN_AGAIN = QT_TRANSLATE_NOOP("Errors", "Sign in again; then everything goes on where it stopped.")
_LATER = QT_TRANSLATE_NOOP("Errors", "You can go on working; what is waiting is sent when the connection is back.")
_PROXY = QT_TRANSLATE_NOOP("Errors", "Check Settings → Options → Network → Proxy in QGIS; what is waiting is sent afterwards.")
_ADDRESS = QT_TRANSLATE_NOOP("Errors", "Check the address of the hub with the province's administrator.")
_AGAIN = QT_TRANSLATE_NOOP("Errors", "Get the data again; the download goes on where it stopped.")
_PASS_ON = QT_TRANSLATE_NOOP(
    "Errors", "Tell the province's administrator and inspectors: what was seen is kept in this working copy as proof."
)
_NOT_AS_SEEN = QT_TRANSLATE_NOOP("Errors", "The province's record of decisions isn't the one that this computer has seen.")
_OTHER_PROTOCOL = Words(QT_TRANSLATE_NOOP("Errors", "This plugin and the hub speak different versions."), UPDATE)
_ALTERED = Words(
    QT_TRANSLATE_NOOP("Errors", "The download doesn't match what the hub announced, and was thrown away."), _AGAIN, "pull"
)

ACCOUNT: Mapping[str, Words] = {
    "auth.required": Words(QT_TRANSLATE_NOOP("Errors", "You are not signed in."), _SIGN_IN_AGAIN, "sign_in"),
    "auth.expired": Words(QT_TRANSLATE_NOOP("Errors", "Your sign-in has expired."), _SIGN_IN_AGAIN, "sign_in"),
    "auth.revoked": Words(
        QT_TRANSLATE_NOOP("Errors", "Your sign-in on this computer was ended by the province."), _SIGN_IN_AGAIN, "sign_in"
    ),
    "auth.wrong_password": Words(
        QT_TRANSLATE_NOOP("Errors", "The name or the password is wrong."),
        QT_TRANSLATE_NOOP("Errors", "Check capital letters and the Vietnamese keyboard, then enter both again."),
        "sign_in",
        lost="",
    ),
    "auth.too_many_attempts": Words(
        QT_TRANSLATE_NOOP("Errors", "Too many attempts to sign in. The account is safe."),
        QT_TRANSLATE_NOOP("Errors", "Wait a few minutes, then try again."),
        lost="",
    ),
    "auth.disabled": Words(QT_TRANSLATE_NOOP("Errors", "This account has been closed."), _ASK),
    "rights.missing": Words(QT_TRANSLATE_NOOP("Errors", "Your account may not do this."), _ASK),
    "rights.own_proposal": Words(
        QT_TRANSLATE_NOOP("Errors", "Nobody decides on a proposal of their own."),
        QT_TRANSLATE_NOOP("Errors", "Somebody else has to take this step."),
    ),
    "delegation.giver": Words(QT_TRANSLATE_NOOP("Errors", "Only the head of the commune delegates the signature."), _ASK, lost=""),
    "delegation.receiver": Words(
        QT_TRANSLATE_NOOP("Errors", "This colleague can't sign for you: the account has no role in the commune, or is closed."),
        QT_TRANSLATE_NOOP("Errors", "Choose somebody else, or ask the province's administrator."),
        lost="",
    ),
    "delegation.acts": Words(
        QT_TRANSLATE_NOOP("Errors", "This can't be delegated: an approval is the approver's own."),
        QT_TRANSLATE_NOOP("Errors", "Choose other acts."),
        lost="",
    ),
    "delegation.period": Words(
        QT_TRANSLATE_NOOP("Errors", "The delegation would end before it begins, or is over already."),
        QT_TRANSLATE_NOOP("Errors", "Correct one of the two days."),
        lost="",
    ),
    "rights.restricted": Words(
        QT_TRANSLATE_NOOP(
            "Errors", "Not all that this proposal changes may be shown to you, so somebody at the province decides on it."
        ),
        QT_TRANSLATE_NOOP("Errors", "Nothing was changed. The proposal is in the province's inbox."),
    ),
    "rights.authority": Words(
        QT_TRANSLATE_NOOP("Errors", "By the matrix of authority somebody else takes this step."),
        QT_TRANSLATE_NOOP("Errors", "The line “Authority” in the review says who."),
    ),
    "rights.appraised": Words(
        QT_TRANSLATE_NOOP("Errors", "Who appraised a proposal doesn't approve it: the appraisal is a step of its own here."),
        QT_TRANSLATE_NOOP("Errors", "Somebody else has to take this step."),
    ),
    "proposal.not_appraised": Words(
        QT_TRANSLATE_NOOP("Errors", "The proposal hasn't been appraised yet, and can't be approved before."),
        QT_TRANSLATE_NOOP("Errors", "The line “Waits for” in the review says who appraises it."),
        "reload_review",
    ),
    "consent.missing": Words(
        QT_TRANSLATE_NOOP("Errors", "Communes that the changes reach into haven't consented: {communes}."),
        QT_TRANSLATE_NOOP("Errors", "Wait for them, or tick that the province decides without them; then approve again."),
    ),
    "rights.territory": Words(
        QT_TRANSLATE_NOOP("Errors", "Some changes lie outside your commune: {communes}."),
        QT_TRANSLATE_NOOP("Errors", "Agree with these communes first, or leave the changes out of the proposal."),
    ),
}

HUB: Mapping[str, Words] = {
    "hub.unreachable": Words(QT_TRANSLATE_NOOP("Errors", "The province's hub can't be reached."), _LATER, "retry"),
    "hub.timeout": Words(QT_TRANSLATE_NOOP("Errors", "The province's hub did not answer in time."), _LATER, "retry"),
    "hub.server_error": Words(
        QT_TRANSLATE_NOOP("Errors", "The province's hub has a problem of its own at the moment."), _LATER, "retry"
    ),
    "internal": Words(QT_TRANSLATE_NOOP("Errors", "The province's hub has a problem of its own at the moment."), _LATER, "retry"),
    "hub.not_a_hub": Words(
        QT_TRANSLATE_NOOP("Errors", "Another service answers at this address, not a planning hub."), _ADDRESS, "sign_in"
    ),
    "hub.wrong_url": Words(QT_TRANSLATE_NOOP("Errors", "The address of the hub is not a valid web address."), _ADDRESS, "sign_in"),
    "hub.certificate": Words(
        QT_TRANSLATE_NOOP("Errors", "The hub could not prove that it is the province's: its certificate isn't trusted."),
        QT_TRANSLATE_NOOP("Errors", "Nothing was sent. Tell the province's administrator before you go on."),
    ),
    "hub.http_only": Words(
        QT_TRANSLATE_NOOP("Errors", "A planning hub answers at {url}, but without encryption: the address was tried with https."),
        QT_TRANSLATE_NOOP("Errors", "Nothing was sent. In your own office type {url}; others there could read the password."),
        "sign_in",
    ),
    "hub.http_only_far": Words(
        QT_TRANSLATE_NOOP("Errors", "A hub answers at this address, but without encryption: anybody on the way could read along."),
        QT_TRANSLATE_NOOP(
            "Errors", "Nothing was sent, your password neither. Ask the province's administrator for an address with https."
        ),
        "sign_in",
    ),
    "hub.proxy": Words(
        QT_TRANSLATE_NOOP("Errors", "The proxy server on the way to the province doesn't answer or refuses."), _PROXY, "retry"
    ),
    "hub.proxy_login": Words(
        QT_TRANSLATE_NOOP(
            "Errors", "The proxy server on the way to the province doesn't accept the name or password set for it in QGIS."
        ),
        _PROXY,
        "retry",
    ),
    "hub.protocol": _OTHER_PROTOCOL,
    "protocol.version": _OTHER_PROTOCOL,
    "answer.malformed": Words(QT_TRANSLATE_NOOP("Errors", "The hub's answer can't be understood."), UPDATE, "retry"),
    "catalogue.malformed": Words(QT_TRANSLATE_NOOP("Errors", "The hub's list of layers can't be understood."), UPDATE, "retry"),
    "audit.rewritten": Words(
        QT_TRANSLATE_NOOP(
            "Errors", "The province's record of decisions isn't the one seen here on {seen_at}: after {agreed_at} it was altered."
        ),
        _PASS_ON,
        brief=_NOT_AS_SEEN,
    ),
    "audit.none_agrees": Words(
        QT_TRANSLATE_NOOP(
            "Errors", "The province's record of decisions isn't the one seen here on {seen_at}, nor any seen before."
        ),
        _PASS_ON,
        brief=_NOT_AS_SEEN,
    ),
    "audit.unsigned": Words(
        QT_TRANSLATE_NOOP("Errors", "The state of the province's record of decisions isn't signed by the hub, and was not kept."),
        _ASK,
    ),
    "audit.other_key": Words(
        QT_TRANSLATE_NOOP("Errors", "The province's record of decisions is signed with another key than on {seen_at}."),
        QT_TRANSLATE_NOOP("Errors", "Ask the province's administrator whether the key was renewed. The former one is {key}."),
        brief=QT_TRANSLATE_NOOP("Errors", "The province's record of decisions is signed with another key."),
    ),
    "audit.key_lost": Words(
        QT_TRANSLATE_NOOP(
            "Errors", "The province says that the key to its record of decisions was lost ({seen_at}: {reason}), and has another."
        ),
        QT_TRANSLATE_NOOP(
            "Errors", "Nothing proves the other key: ask the province's administrator by telephone whether it is {key}."
        ),
        brief=QT_TRANSLATE_NOOP("Errors", "The key to the province's record of decisions was lost, and replaced by another."),
    ),
    "contact.refused": Words(
        QT_TRANSLATE_NOOP("Errors", "The hub doesn't accept this working copy's name."),
        QT_TRANSLATE_NOOP("Errors", "Send the details to the province's support."),
        "retry",
    ),
    "draft.malformed": Words(
        QT_TRANSLATE_NOOP("Errors", "The hub can't take the unsent work in for safekeeping. It stays on this computer."), UPDATE
    ),
    "drafts.full": Words(
        QT_TRANSLATE_NOOP(
            "Errors", "The province keeps no more unsent work of your account; what is new or changed is on this computer alone."
        ),
        QT_TRANSLATE_NOOP(
            "Errors", "Send or revert what is finished, or have the administrator clear what your other computers left."
        ),
    ),
    "files.full": Words(
        QT_TRANSLATE_NOOP("Errors", "Too many files of your account wait at the province for a proposal that names them."),
        QT_TRANSLATE_NOOP(
            "Errors", "Send the proposals that they belong to, then send this one again. What none names is removed in time."
        ),
    ),
    "waiting.full": Words(QT_TRANSLATE_NOOP("Errors", "Too many wait for the province's news at the moment."), _LATER, "retry"),
    "account.unknown": Words(
        QT_TRANSLATE_NOOP("Errors", "This account doesn't work for the commune."),
        QT_TRANSLATE_NOOP("Errors", "Choose a colleague from the list."),
    ),
    "not_found": Words(
        QT_TRANSLATE_NOOP("Errors", "What you asked for isn't at the province, or your account may not see it."),
        QT_TRANSLATE_NOOP("Errors", "Refresh the list."),
        "retry",
    ),
    "commune.unknown": Words(QT_TRANSLATE_NOOP("Errors", "The hub doesn't know this commune."), _ADDRESS),
    "too_large": Words(
        QT_TRANSLATE_NOOP("Errors", "This is larger than the hub accepts."),
        QT_TRANSLATE_NOOP("Errors", "Make files smaller (20 MB each at most), or split the proposal."),
    ),
}

PULL: Mapping[str, Words] = {
    "rebase.unverified": Words(
        QT_TRANSLATE_NOOP("Errors", "The fresh data could not take over all of your changes, so nothing was changed."),
        QT_TRANSLATE_NOOP("Errors", "You can go on working. Send the details to the province's support."),
    ),
    "checkpoint.unknown": Words(
        QT_TRANSLATE_NOOP("Errors", "The province's database was restored, and doesn't know the state of your working copy."),
        QT_TRANSLATE_NOOP("Errors", "Get the data again: your changes are carried over to the fresh copy."),
        "pull",
    ),
    "snapshot.gone": Words(
        QT_TRANSLATE_NOOP("Errors", "The province has newer data than what was being downloaded."), _AGAIN, "pull"
    ),
    "snapshot.damaged": _ALTERED,
    "snapshot.malformed": _ALTERED,
    "pull.edited_meanwhile": Words(
        QT_TRANSLATE_NOOP("Errors", "A feature was edited while the province's changes were being written."), _AGAIN, "pull"
    ),
    "pull.incomplete": Words(QT_TRANSLATE_NOOP("Errors", "The province's changes did not arrive whole."), _AGAIN, "pull"),
    "snapshot.cut_off": Words(QT_TRANSLATE_NOOP("Errors", "The download was cut off."), _AGAIN, "pull"),
    "snapshot.altered": _ALTERED,
    "cancelled": Words(QT_TRANSLATE_NOOP("Errors", "Stopped, as you asked. Everything is as before.")),
}
