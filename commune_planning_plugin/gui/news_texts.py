"""What the session notices that is no error, as sentences for the message bar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.labels import job_label
from commune_planning_plugin.gui.language import translate


def news_text(code: str, details: Mapping[str, Any], describer: Describer) -> str:
    """The sentence for a notice; empty for a code that needs none."""
    if code == "pull.done":
        return _pulled(details)
    if code == "pull.waiting" and details.get("elsewhere"):
        return translate(
            "News", "The province's changes wait: another QGIS on this computer or in the network is editing the file."
        )
    if code == "pull.first_done":
        return _first_pulled(details)
    if code == "schema.evolved":
        return _evolved(details, describer)
    if code == "restore.done":
        return _restored(details)
    if code == "afresh.carried":
        return _carried(details)
    if code == "contact.copy":
        return _copied(details)
    if code == "contact.requeued":
        return translate("News", "The province's hub was restored: %n proposal(s) are sent again.", None, int(details["count"]))
    if code == "busy":
        return translate("News", "Wait until this is done: {job}.").format(job=job_label(str(details.get("job", "")), ""))
    sentence = _plain_sentences().get(code, "")
    return sentence.format_map(_Named(_named(details, describer)))


def _plain_sentences() -> Mapping[str, str]:
    return {
        "signed_in": translate("News", "Welcome, {name}."),
        "signed_out": translate("News", "Signed out. The working copy stays on this computer."),
        "proposal.sent": translate("News", "Sent to the province. You can go on working."),
        "proposal.queued": translate("News", "The proposal is ready and leaves as soon as the province can be reached."),
        "send.stopped": translate("News", "Sending is stopped. What has arrived is kept; “Look now” sends the rest."),
        "proposal.signed_off": translate("News", "Signed off; the proposal is at the province now."),
        "proposal.returned": translate("News", "Returned with your reason."),
        "proposal.rejected": translate("News", "Rejected with your reason."),
        "proposal.approved": translate("News", "Approved. All communes concerned receive it when they next get data."),
        "proposal.appraised": translate("News", "Appraised, and put forward for approval."),
        "proposal.consented": translate("News", "You have consented for your commune."),
        "proposal.post_checked": translate("News", "Marked as checked."),
        "proposal.objected": translate("News", "Your objection is with the commune. What was approved stays in force."),
        "delegation.made": translate("News", "{name} signs for you from now on, by document {document}."),
        "delegation.revoked": translate("News", "{name} doesn't sign for you any more."),
        "proposal.agreed": translate("News", "Agreed. It is applied once the proposals that it is linked with are agreed too."),
        "proposal.withdrawn": translate("News", "Withdrawn; its changes are yours to edit again."),
        "pull.cancelled": translate("News", "Stopped, as you asked. Everything is as before."),
        "pull.waiting": translate("News", "The province's changes wait until you save your edits and leave edit mode."),
        "revert.done": translate("News", "Reverted. The features are as the province has them."),
        "resolve.done": translate("News", "Decided. What you chose is among your changes; it can be undone."),
        "undo.done": translate("News", "The conflict is open again, with the values as before."),
        "conflict.still_editing": translate(
            "News", "Your shape is taken. “{layer}” has other unsaved edits: save them, then apply your choice."
        ),
        "history.restored": translate(
            "News", "As it was then, as an edit of yours: save it, or undo it. A proposal takes it further."
        ),
        "repair.done": translate("News", "The record of changes is back."),
        "contact.taken": translate("News", "Unsent work of this computer was brought to {device} by {name}. It is still here too."),
        "assign.done": translate("News", "Handed over: {name} can bring it into their own working copy."),
        "device.revoked": translate("News", "Signed out there. The data and edits on that computer stay on it."),
        "signed_in.once": translate("News", "Welcome, {name}. You are signed in until QGIS is closed."),
        "token.not_kept": translate("News", "Welcome, {name}. Signed in until QGIS is closed; no data is lost."),
        "save.retried": translate("News", "Saving “{layer}” again: another program was writing at the same moment."),
        "schema.locked": translate("News", "The attributes of “{layer}” are set by the national standard and can't be changed."),
        "project.transactions_off": translate(
            "News", "QGIS's transaction groups are off in this project: they would lock the working copy while you draw."
        ),
        "copy_here.done": translate("News", "The working copy is on this computer now: {path}. The file that it came from stays."),
        "cancelled": translate("News", "Stopped, as you asked. Everything is as before."),
        "working_copy.missing": translate("News", "The working copy is no longer where it was. Get the data again."),
        "online": translate("News", "The connection to the province is back."),
        "area.changed": translate("News", "The commune's area has changed. Get the data again: your changes are kept."),
        "clearance.changed": translate("News", "What your account may see has changed: the data is fetched afresh."),
        "audit.restored": translate(
            "News", "The hub was restored from a backup: its record of decisions after {agreed_at} is gone. Your data is kept."
        ),
        "suggestion.taken": translate(
            "News", "The suggestion is taken over in “{layer}”: look at it, then save. Undo takes it back."
        ),
        "suggestion.there_already": translate("News", "Your working copy has it as suggested already."),
        "review.kept": translate("News", "No connection: the proposal is shown as it was opened last. What you write waits here."),
        "sheet.written": translate("News", "The change sheet is in {path} ({pages} p.)."),
        "opinions.written": translate("News", "The table of opinions is in {path}."),
        "offline": translate("News", "No connection to the province. You can go on working."),
    }


def _first_pulled(details: Mapping[str, Any]) -> str:
    count = int(details.get("features") or 0)
    if not count:
        return translate("News", "The commune's data is on this computer. You can start drawing.")
    shown = quantities.number(count)
    text = translate("News", "The commune's data is on this computer: {count} features. You can start drawing.")
    return text.format(count=shown)


def _evolved(details: Mapping[str, Any], describer: Describer) -> str:
    """New layers, and layers with new attributes."""
    layers = ", ".join(describer.layer(layer) for layer in details["layers"])
    fields = "; ".join(
        f"{describer.layer(layer)}: {', '.join(describer.field(layer, name) for name in names)}"
        for layer, names in details["fields"].items()
    )
    told = [
        translate("News", "The province has a new layer: {layers}.").format(layers=layers) if layers else "",
        translate("News", "The province has new attributes: {fields}.").format(fields=fields) if fields else "",
    ]
    return " ".join(sentence for sentence in told if sentence)


def _carried(details: Mapping[str, Any]) -> str:
    text = translate("News", "Taken along into the fresh working copy: {work}.").format(work=_work(details)) + _clashes(details)
    if details.get("left"):
        told = translate("News", "%n have no place in the new layers: they stay in {path}.", None, int(details["left"]))
        text += " " + told.format(path=details.get("path") or "?")
    return text + _sealed(details)


def _restored(details: Mapping[str, Any]) -> str:
    text = translate("News", "Brought here from {device}: {work}.").format(device=details.get("device") or "?", work=_work(details))
    text += _clashes(details)
    if details.get("clashes"):
        told = translate("News", "%n differ from what you have here: they stay at the province.", None, int(details["clashes"]))
        text += " " + told
    return text


def _work(details: Mapping[str, Any]) -> str:
    changes = translate("News", "%n change(s)", None, int(details.get("changes") or 0))
    drafts = translate("News", "%n draft(s)", None, int(details.get("drafts") or 0))
    return f"{changes}, {drafts}"


def _clashes(details: Mapping[str, Any]) -> str:
    found = details.get("conflicts") or 0
    number = found if isinstance(found, int) else len(found)
    told = translate("News", "%n feature(s) were changed by somebody else too: please decide.", None, number)
    return f" {told}" if number else ""


def _sealed(details: Mapping[str, Any]) -> str:
    number = int(details.get("sealed") or 0)
    told = translate("News", "%n feature(s) are restricted now; your edits of them are safe at the province.", None, number)
    return f" {told}" if number else ""


def _copied(details: Mapping[str, Any]) -> str:
    text = translate("News", "This file is a copy of one that is used elsewhere; from now on it goes its own way.")
    if details.get("count"):
        text += " " + translate("News", "%n proposal(s) that waited to be sent are drafts again.", None, int(details["count"]))
    return text


def _pulled(details: Mapping[str, Any]) -> str:
    counts = [
        translate("News", "%n added", None, int(details["inserted"])) if details.get("inserted") else "",
        translate("News", "%n changed", None, int(details["updated"])) if details.get("updated") else "",
        translate("News", "%n removed", None, int(details["deleted"])) if details.get("deleted") else "",
        translate("News", "%n now outside the commune", None, int(details["left"])) if details.get("left") else "",
    ]
    shown = ", ".join(count for count in counts if count)
    text = _afresh(str(details.get("fresh") or "")) or translate("News", "The data is up to date.")
    text += f" {shown}." if shown else ""
    return text + _sealed(details) + _clashes(details)


def _afresh(reason: str) -> str:
    why = {
        "restored": translate("News", "The province's hub was restored from a backup."),
        "area": translate("News", "The commune's area has changed."),
        "clearance": translate("News", "What your account may see has changed."),
    }
    kept = translate("News", "The data was fetched afresh, and your changes are all kept.")
    return f"{why.get(reason, '')} {kept}".strip() if reason else ""


class _Named(dict):  # type: ignore[type-arg]
    def __missing__(self, name: str) -> str:
        return "…"


def _named(details: Mapping[str, Any], describer: Describer) -> dict[str, str]:
    shown = {name: quantities.day_and_time(str(v)) if name.endswith("_at") else str(v) for name, v in details.items()}
    if "layer" in details:
        shown["layer"] = describer.layer(str(details["layer"]))
    return shown
