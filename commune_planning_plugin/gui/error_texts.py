"""Words for each error code. Sentences are fetched when they are needed, so that they follow the interface's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Optional

from commune_planning_plugin.gui.language import translate


@dataclass(frozen=True)
class Words:
    """``lost`` None means the usual sentence that nothing is lost; ``action`` names a way out of `present_error.Action`."""

    what: str
    do: str = ""
    action: Optional[str] = None
    lost: Optional[str] = None


def words(code: str) -> Words:
    """For a code without words of its own: those of its family, else a general sentence."""
    for table in _TABLES:
        found = table().get(code)
        if found is not None:
            return found
    return _families().get(code.partition(".")[0], _general())


def known_codes() -> frozenset[str]:
    """Every code that has words of its own."""
    return frozenset(code for table in _TABLES for code in table())


def _general() -> Words:
    return Words(
        translate("Errors", "Something unexpected happened, and the step was not carried out."),
        translate("Errors", "Try again. If it happens again, send the details to the province's support."),
        "retry",
    )


def _families() -> Mapping[str, Words]:
    bad_data = Words(
        translate("Errors", "A value or shape can't be used as it is, so the step was not carried out."),
        translate("Errors", "Correct it in the working copy. The details name the place."),
    )
    return {
        "geometry": bad_data,
        "value": bad_data,
        "field": bad_data,
        "hub": _hub()["hub.unreachable"],
        "auth": _account()["auth.required"],
        "rights": _account()["rights.missing"],
        "working_copy": _working_copy()["working_copy.damaged"],
    }


def _account() -> Mapping[str, Words]:
    ask = translate("Errors", "Ask the province's administrator.")
    again = translate("Errors", "Sign in again; then everything goes on where it stopped.")
    return {
        "auth.required": Words(translate("Errors", "You are not signed in."), again, "sign_in"),
        "auth.expired": Words(translate("Errors", "Your sign-in has expired."), again, "sign_in"),
        "auth.revoked": Words(translate("Errors", "Your sign-in on this computer was ended by the province."), again, "sign_in"),
        "auth.wrong_password": Words(
            translate("Errors", "The name or the password is wrong."),
            translate("Errors", "Check capital letters and the Vietnamese keyboard, then enter both again."),
            "sign_in",
            lost="",
        ),
        "auth.too_many_attempts": Words(
            translate("Errors", "Too many attempts to sign in. The account is safe."),
            translate("Errors", "Wait a few minutes, then try again."),
            lost="",
        ),
        "auth.disabled": Words(translate("Errors", "This account has been closed."), ask),
        "rights.missing": Words(translate("Errors", "Your account may not do this."), ask),
        "rights.own_proposal": Words(
            translate("Errors", "Nobody decides on a proposal of their own."),
            translate("Errors", "Somebody else has to take this step."),
        ),
        "rights.territory": Words(
            translate("Errors", "Some changes lie outside your commune: {communes}."),
            translate("Errors", "Agree with these communes first, or leave the changes out of the proposal."),
        ),
    }


def _hub() -> Mapping[str, Words]:
    later = translate("Errors", "You can go on working; what is waiting is sent when the connection is back.")
    address = translate("Errors", "Check the address of the hub with the province's administrator.")
    return {
        "hub.unreachable": Words(translate("Errors", "The province's hub can't be reached."), later, "retry"),
        "hub.timeout": Words(translate("Errors", "The province's hub did not answer in time."), later, "retry"),
        "hub.server_error": Words(
            translate("Errors", "The province's hub has a problem of its own at the moment."), later, "retry"
        ),
        "internal": Words(translate("Errors", "The province's hub has a problem of its own at the moment."), later, "retry"),
        "hub.not_a_hub": Words(
            translate("Errors", "Another service answers at this address, not a planning hub."), address, "sign_in"
        ),
        "hub.wrong_url": Words(translate("Errors", "The address of the hub is not a valid web address."), address, "sign_in"),
        "hub.certificate": Words(
            translate("Errors", "The hub could not prove that it is the province's: its certificate isn't trusted."),
            translate("Errors", "Nothing was sent. Tell the province's administrator before you go on."),
        ),
        "hub.protocol": _other_protocol(),
        "protocol.version": _other_protocol(),
        "answer.malformed": Words(translate("Errors", "The hub's answer can't be understood."), _update(), "retry"),
        "catalogue.malformed": Words(translate("Errors", "The hub's list of layers can't be understood."), _update(), "retry"),
        "not_found": Words(
            translate("Errors", "What you asked for isn't at the province, or your account may not see it."),
            translate("Errors", "Refresh the list."),
            "retry",
        ),
        "commune.unknown": Words(translate("Errors", "The hub doesn't know this commune."), address),
        "too_large": Words(
            translate("Errors", "This is larger than the hub accepts."),
            translate("Errors", "Make files smaller (20 MB each at most), or split the proposal."),
        ),
    }


def _other_protocol() -> Words:
    return Words(translate("Errors", "This plugin and the hub speak different versions."), _update())


def _update() -> str:
    return translate("Errors", "Update the plugin, or ask the province's administrator which version to use.")


def _pull() -> Mapping[str, Words]:
    again = translate("Errors", "Get the data again; the download goes on where it stopped.")
    return {
        "checkpoint.unknown": Words(
            translate("Errors", "The province's database was restored, and doesn't know the state of your working copy."),
            translate("Errors", "Get the data again: your changes are carried over to the fresh copy."),
            "pull",
        ),
        "snapshot.gone": Words(translate("Errors", "The province has newer data than what was being downloaded."), again, "pull"),
        "snapshot.damaged": _altered(again),
        "snapshot.malformed": _altered(again),
        "pull.incomplete": Words(translate("Errors", "The province's changes did not arrive whole."), again, "pull"),
        "snapshot.cut_off": Words(translate("Errors", "The download was cut off."), again, "pull"),
        "snapshot.altered": _altered(again),
        "cancelled": Words(translate("Errors", "Stopped, as you asked. Everything is as before.")),
    }


def _altered(again: str) -> Words:
    return Words(translate("Errors", "The download doesn't match what the hub announced, and was thrown away."), again, "pull")


def _working_copy() -> Mapping[str, Words]:
    fresh = translate("Errors", "Move the file away (don't delete it), then get the data again.")
    return {
        "working_copy.missing": Words(
            translate("Errors", "The working copy is no longer where it was."),
            translate("Errors", "If you moved the file, put it back. Otherwise get the data again."),
            "pull",
            lost=translate("Errors", "What was sent is safe at the province."),
        ),
        "working_copy.read_only": Words(
            translate("Errors", "The working copy can't be written to."),
            translate("Errors", "Take the write protection off the file and its folder, or choose another folder in the settings."),
            "retry",
        ),
        "working_copy.not_a_working_copy": Words(translate("Errors", "The file isn't a working copy of this plugin."), fresh),
        "working_copy.damaged": Words(
            translate("Errors", "The working copy is damaged."),
            fresh,
            lost=translate("Errors", "What was sent is safe at the province."),
        ),
        "working_copy.other_hub": Words(translate("Errors", "The working copy belongs to another province's hub."), fresh),
        "working_copy.other_commune": Words(translate("Errors", "The working copy belongs to another commune."), fresh),
        "working_copy.newer": Words(translate("Errors", "The working copy was made by a newer version of the plugin."), _update()),
        "schema.incompatible": Words(
            translate("Errors", "The province has removed or remade what this working copy has: {obstacles}. It can't be updated."),
            translate("Errors", "Get a fresh working copy beside this one; this one stays as it is, and so do your drafts in it."),
            "fresh",
            lost=translate("Errors", "Nothing is lost: your edits ({edits}) are still here, and also in {path}."),
        ),
        "working_copy.network_share": Words(
            translate("Errors", "The working copy lies on a network drive, where it can only be read safely."),
            translate("Errors", "Copy the file to this computer's own disk and open it there."),
        ),
        "working_copy.busy": Words(
            translate("Errors", "The working copy is being written to by another program."),
            translate("Errors", "Wait a moment, then try again."),
            "retry",
        ),
        "working_copy.checkpoint_moved": Words(
            translate("Errors", "Another QGIS has brought the working copy up to date meanwhile."),
            translate("Errors", "Get the data again."),
            "pull",
        ),
        "working_copy.exists": Words(
            translate("Errors", "There is a working copy already, and it is never overwritten."),
            translate("Errors", "Open it, or move the file away first."),
        ),
        "working_copy.no_snapshot": Words(
            translate("Errors", "The copy of the province's data that is kept for comparing is missing or damaged."), fresh
        ),
        "save.failed": Words(
            translate("Errors", "The layer “{layer}” could not be saved; your edits are still in QGIS."),
            translate("Errors", "Wait a moment and save the layer again."),
        ),
        "working_copy.unreadable": Words(translate("Errors", "The working copy can't be read."), fresh),
        "working_copy.in_edit": Words(
            translate("Errors", "A layer is still being edited ({holders}), so the province's changes wait."),
            translate("Errors", "Save your edits and leave edit mode there, then get the data again."),
            "pull",
        ),
    }


def _damage() -> Mapping[str, Words]:
    repair = translate("Errors", "Bring the record back: the layer is compared with what the province sent.")
    kept = translate("Errors", "Your drawing is still in the file. Getting data and sending wait until this is put right.")
    return {
        "tracking.lost": Words(
            translate("Errors", "The layer “{layer}” was overwritten, and the record of its changes is gone."),
            repair,
            "repair",
            kept,
        ),
        "tracking.recreated": Words(
            translate("Errors", "The layer “{layer}” was replaced by another table."), repair, "repair", kept
        ),
        "tracking.off": Words(translate("Errors", "The recording of changes is switched off."), repair, "repair", kept),
        "index.lost": Words(translate("Errors", "The layer “{layer}” has lost its spatial index."), repair, "repair", kept),
        "registration.lost": Words(
            translate("Errors", "The layer “{layer}” is no longer listed in the file."), repair, "repair", kept
        ),
        "layer.missing": Words(
            translate("Errors", "The layer “{layer}” is missing from the file."),
            translate("Errors", "Bring the record back: the layer is restored as the province sent it."),
            "repair",
            translate("Errors", "Edits of this layer that were not sent may be gone."),
        ),
        "layer.unreadable": Words(translate("Errors", "The layer “{layer}” can't be read."), repair, "repair", kept),
        "schema.changed": Words(
            translate("Errors", "The attributes of the layer “{layer}” were changed."),
            translate("Errors", "Undo the change of attributes, or bring the record back."),
            "repair",
            kept,
        ),
    }


def _proposal() -> Mapping[str, Words]:
    refresh = translate("Errors", "Refresh the list to see how it stands.")
    return {
        "proposal.no_changes": Words(
            translate("Errors", "The proposal contains no changes."),
            translate("Errors", "Draw or edit first and save the layer, or tick changes in the list."),
            lost="",
        ),
        "proposal.several_plans": Words(
            translate("Errors", "The changes belong to several plans: {plans}. A proposal is for one plan only."),
            translate("Errors", "Split them into one proposal for each plan."),
            "split",
        ),
        "proposal.conflict": Words(
            translate("Errors", "Somebody else changed the same features ({conflicts}) meanwhile."),
            translate("Errors", "The commune has to get the data, resolve the conflicts and send again."),
            "show_conflicts",
        ),
        "proposal.state": Words(translate("Errors", "The proposal has moved on meanwhile (now: {state})."), refresh, "retry"),
        "proposal.content_differs": Words(
            translate("Errors", "This version was sent before with other content."),
            translate("Errors", "Send it again: it becomes the next version."),
            "retry",
        ),
        "proposal.incomplete": Words(
            translate("Errors", "Plan, title, ground or reason is still missing."),
            translate("Errors", "Fill in what is marked, then send."),
            lost="",
        ),
        "conflict.unknown": Words(translate("Errors", "This conflict is decided already."), refresh),
        "conflict.undecided": Words(
            translate("Errors", "In this conflict something is still undecided."),
            translate("Errors", "Choose a side in each marked line, then apply."),
        ),
        "conflict.choice": Words(
            translate("Errors", "This can't be chosen here, so nothing was decided."),
            translate("Errors", "Choose one side for values that belong together."),
        ),
        "conflict.not_undoable": Words(
            translate("Errors", "This decision can't be undone any more: the feature has changed since."),
            translate("Errors", "Edit the feature, or revert its change."),
        ),
        "proposal.pending": Words(
            translate("Errors", "Some of the changes are in a proposal that isn't decided yet."),
            translate("Errors", "Leave them out, or withdraw that proposal first."),
        ),
        "proposal.problems": Words(
            translate("Errors", "Some features can't be sent as they are."),
            translate("Errors", "Correct the features in the list of problems, then send again."),
        ),
        "proposal.unknown": Words(translate("Errors", "This draft isn't in the working copy any more."), refresh, "retry"),
        "changed_since_seen": Words(
            translate("Errors", "The result has changed since you looked at it, so nothing was decided."),
            translate("Errors", "Look at it again, then decide."),
            "reload_review",
        ),
        "rules.errors": Words(
            translate("Errors", "The planning rules find errors in the result, so it can't be approved."),
            translate("Errors", "See the list of findings; return the proposal with the reason."),
            "reload_review",
        ),
        "attachment.missing": Words(
            translate("Errors", "A file of the proposal hasn't reached the province."),
            translate("Errors", "Send again: the file goes along."),
            "retry",
        ),
        "attachment.too_large": Words(
            translate("Errors", "The file is larger than the hub accepts."),
            translate("Errors", "Make it smaller: 20 MB at most."),
        ),
        "attachment.hash": Words(
            translate("Errors", "A file was altered on its way to the province."), translate("Errors", "Send again."), "retry"
        ),
        "attachment.unreadable": Words(
            translate("Errors", "The file can't be read."),
            translate("Errors", "Close it in other programs, or choose another file."),
        ),
        "invalid": Words(
            translate("Errors", "The hub refused the content as invalid."),
            translate("Errors", "Correct the features in the list of problems, then send again."),
        ),
    }


def _features() -> Mapping[str, Words]:
    redraw = translate("Errors", "Draw the shape again, or delete the feature.")
    return {
        "geometry.unreadable": Words(translate("Errors", "The shape can't be read, or has curves."), redraw),
        "geometry.missing": Words(translate("Errors", "The feature has no shape."), redraw),
        "geometry.curved": Words(
            translate("Errors", "The shape has curves, which the standard doesn't know."),
            translate("Errors", "Replace the curve by short straight lines."),
        ),
        "geometry.empty": Words(translate("Errors", "The feature has no shape."), redraw),
        "geometry.invalid": Words(
            translate("Errors", "The shape crosses or touches itself."), translate("Errors", "Correct it with the vertex tool.")
        ),
        "geometry.not_finite": Words(translate("Errors", "A corner of the shape has no usable coordinates."), redraw),
        "geometry.type": Words(translate("Errors", "The shape is of another kind than the layer ({found})."), redraw),
        "value.type": Words(
            translate("Errors", "“{value}” doesn't fit the attribute “{field}”."),
            translate("Errors", "Correct it in the attribute form."),
        ),
        "value.length": Words(
            translate("Errors", "The text of “{field}” is too long: {length} characters, at most {limit}."),
            translate("Errors", "Shorten it in the attribute form."),
        ),
        "plan.missing": Words(
            translate("Errors", "The feature belongs to no plan."), translate("Errors", "Choose the plan in the attribute form.")
        ),
        "plan.unknown": Words(
            translate("Errors", "The plan of the feature isn't at the province."),
            translate("Errors", "Choose the plan in the attribute form."),
        ),
        "key.missing": _broken_key(),
        "key.duplicate": _broken_key(),
        "layer.unknown": Words(translate("Errors", "The hub doesn't know the layer “{layer}”."), _update()),
        "field.unknown": Words(translate("Errors", "The layer “{layer}” has no attribute “{field}” at the province."), _update()),
    }


def _broken_key() -> Words:
    return Words(
        translate("Errors", "The feature has no identity of its own."),
        translate("Errors", "Copy it, paste it into the same layer and delete the old one."),
    )


_TABLES: tuple[Callable[[], Mapping[str, Words]], ...] = (
    _account,
    _hub,
    _pull,
    _working_copy,
    _damage,
    _proposal,
    _features,
)
