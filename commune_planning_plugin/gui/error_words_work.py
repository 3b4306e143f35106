"""Words for what concerns the working copy, proposals and features. Sources of translation, as in `error_words_hub`."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from commune_planning_plugin.gui.error_words_hub import UPDATE, Words

_FRESH = QT_TRANSLATE_NOOP("Errors", "Move the file away (don't delete it), then get the data again.")
_REPAIR = QT_TRANSLATE_NOOP("Errors", "Bring the record back: until then nothing is pulled or sent.")
_KEPT = QT_TRANSLATE_NOOP("Errors", "Your drawing is still in the file.")
_BRIEF = QT_TRANSLATE_NOOP("Errors", "The record of changes is damaged; your drawing is safe.")
_REFRESH = QT_TRANSLATE_NOOP("Errors", "Refresh the list to see how it stands.")
_REDRAW = QT_TRANSLATE_NOOP("Errors", "Draw the shape again, or delete the feature.")
_BROKEN_KEY = Words(
    QT_TRANSLATE_NOOP("Errors", "The feature has no identity of its own."),
    QT_TRANSLATE_NOOP("Errors", "Copy it, paste it into the same layer and delete the old one."),
)

WORKING_COPY: Mapping[str, Words] = {
    "working_copy.missing": Words(
        QT_TRANSLATE_NOOP("Errors", "The working copy is no longer where it was."),
        QT_TRANSLATE_NOOP("Errors", "If you moved the file, put it back. Otherwise get the data again."),
        "pull",
        lost=QT_TRANSLATE_NOOP("Errors", "What was sent is safe at the province."),
    ),
    "working_copy.being_edited": Words(
        QT_TRANSLATE_NOOP("Errors", "A layer is still being edited ({layer}), so nothing was written under it."),
        QT_TRANSLATE_NOOP("Errors", "Save your edits, leave edit mode, then do it again."),
    ),
    "working_copy.read_only": Words(
        QT_TRANSLATE_NOOP("Errors", "The working copy is write-protected: it can be read, and nothing can be drawn or sent."),
        QT_TRANSLATE_NOOP(
            "Errors", "Take the write protection off the file and its folder, or go on with a copy on this computer."
        ),
        "copy_here",
    ),
    "working_copy.disk_full": Words(
        QT_TRANSLATE_NOOP("Errors", "The disk that the working copy lies on is full."),
        QT_TRANSLATE_NOOP("Errors", "Free some space on it, then try again."),
        "retry",
        lost=QT_TRANSLATE_NOOP("Errors", "Nothing is lost: everything is as it was before this step."),
    ),
    "working_copy.constraint": Words(
        QT_TRANSLATE_NOOP("Errors", "A constraint that another program put on the working copy doesn't allow this."),
        QT_TRANSLATE_NOOP("Errors", "Remove that constraint (often a unique index) from the table, then try again."),
        "retry",
    ),
    "working_copy.not_a_working_copy": Words(QT_TRANSLATE_NOOP("Errors", "The file isn't a working copy of this plugin."), _FRESH),
    "working_copy.damaged": Words(
        QT_TRANSLATE_NOOP("Errors", "The working copy is damaged."),
        _FRESH,
        lost=QT_TRANSLATE_NOOP("Errors", "What was sent is safe at the province."),
    ),
    "working_copy.other_hub": Words(QT_TRANSLATE_NOOP("Errors", "The working copy belongs to another province's hub."), _FRESH),
    "working_copy.other_commune": Words(QT_TRANSLATE_NOOP("Errors", "The working copy belongs to another commune."), _FRESH),
    "working_copy.newer": Words(QT_TRANSLATE_NOOP("Errors", "The working copy was made by a newer version of the plugin."), UPDATE),
    "schema.incompatible": Words(
        QT_TRANSLATE_NOOP(
            "Errors", "The province has removed or remade what this working copy has: {obstacles}. It can't be updated."
        ),
        QT_TRANSLATE_NOOP("Errors", "Get a fresh working copy: what you drew and wrote is taken along. This one stays beside it."),
        "fresh",
        lost=QT_TRANSLATE_NOOP("Errors", "Nothing is lost: your edits ({edits}) are still here, and also in {path}."),
    ),
    "working_copy.network_share": Words(
        QT_TRANSLATE_NOOP("Errors", "The working copy lies on a network drive, where it can only be read safely."),
        QT_TRANSLATE_NOOP("Errors", "Go on with a copy on this computer's own disk; the file on the network drive stays as it is."),
        "copy_here",
    ),
    "working_copy.busy": Words(
        QT_TRANSLATE_NOOP("Errors", "The working copy is being written to by another program."),
        QT_TRANSLATE_NOOP("Errors", "Wait a moment, then try again."),
        "retry",
    ),
    "working_copy.checkpoint_moved": Words(
        QT_TRANSLATE_NOOP("Errors", "Another QGIS has brought the working copy up to date meanwhile."),
        QT_TRANSLATE_NOOP("Errors", "Get the data again."),
        "pull",
    ),
    "working_copy.exists": Words(
        QT_TRANSLATE_NOOP("Errors", "There is a working copy already, and it is never overwritten."),
        QT_TRANSLATE_NOOP("Errors", "Open it, or move the file away first."),
    ),
    "working_copy.no_snapshot": Words(
        QT_TRANSLATE_NOOP("Errors", "The copy of the province's data that is kept for comparing is missing or damaged."), _FRESH
    ),
    "save.failed": Words(
        QT_TRANSLATE_NOOP("Errors", "The layer “{layer}” could not be saved; your edits are still in QGIS."),
        QT_TRANSLATE_NOOP("Errors", "Wait a moment and save the layer again."),
    ),
    "working_copy.unreadable": Words(QT_TRANSLATE_NOOP("Errors", "The working copy can't be read."), _FRESH),
    "working_copy.in_edit": Words(
        QT_TRANSLATE_NOOP("Errors", "A layer is still being edited ({holders}), so the province's changes wait."),
        QT_TRANSLATE_NOOP("Errors", "Save your edits and leave edit mode there, then get the data again."),
        "pull",
    ),
}

DAMAGE: Mapping[str, Words] = {
    "tracking.lost": Words(
        QT_TRANSLATE_NOOP("Errors", "The layer “{layer}” was overwritten, and the record of its changes is gone."),
        _REPAIR,
        "repair",
        _KEPT,
        _BRIEF,
    ),
    "tracking.recreated": Words(
        QT_TRANSLATE_NOOP("Errors", "The layer “{layer}” was replaced by another table."), _REPAIR, "repair", _KEPT, _BRIEF
    ),
    "tracking.off": Words(
        QT_TRANSLATE_NOOP("Errors", "The recording of changes is switched off."), _REPAIR, "repair", _KEPT, _BRIEF
    ),
    "index.lost": Words(
        QT_TRANSLATE_NOOP("Errors", "The layer “{layer}” has lost its spatial index."), _REPAIR, "repair", _KEPT, _BRIEF
    ),
    "registration.lost": Words(
        QT_TRANSLATE_NOOP("Errors", "The layer “{layer}” is no longer listed in the file."), _REPAIR, "repair", _KEPT, _BRIEF
    ),
    "layer.missing": Words(
        QT_TRANSLATE_NOOP("Errors", "The layer “{layer}” is missing from the file."),
        QT_TRANSLATE_NOOP("Errors", "Bring the record back: the layer is restored as the province sent it."),
        "repair",
        QT_TRANSLATE_NOOP("Errors", "Edits of this layer that were not sent may be gone."),
        QT_TRANSLATE_NOOP("Errors", "A layer is missing from the working copy."),
    ),
    "layer.unreadable": Words(QT_TRANSLATE_NOOP("Errors", "The layer “{layer}” can't be read."), _REPAIR, "repair", _KEPT, _BRIEF),
    "schema.changed": Words(
        QT_TRANSLATE_NOOP("Errors", "The attributes of the layer “{layer}” were changed."),
        QT_TRANSLATE_NOOP("Errors", "Undo the change of attributes, or bring the record back."),
        "repair",
        _KEPT,
        _BRIEF,
    ),
}

_NOT_ARRIVED = Words(
    QT_TRANSLATE_NOOP("Errors", "A part of the proposal or its files was lost on its way to the province."),
    QT_TRANSLATE_NOOP("Errors", "It stays here and is sent again."),
    "retry",
)

PROPOSAL: Mapping[str, Words] = {
    "proposal.no_changes": Words(
        QT_TRANSLATE_NOOP("Errors", "The proposal contains no changes."),
        QT_TRANSLATE_NOOP("Errors", "Draw or edit first and save the layer, or tick changes in the list."),
        lost="",
    ),
    "proposal.several_plans": Words(
        QT_TRANSLATE_NOOP("Errors", "The changes belong to several plans: {plans}. A proposal is for one plan only."),
        QT_TRANSLATE_NOOP("Errors", "Split them into one proposal for each plan."),
        "split",
    ),
    "proposal.conflict": Words(
        QT_TRANSLATE_NOOP("Errors", "Somebody else changed the same features ({conflicts}) meanwhile."),
        QT_TRANSLATE_NOOP("Errors", "Return the proposal: the commune gets the data, decides the conflicts and sends again."),
    ),
    "proposal.unresolved": Words(
        QT_TRANSLATE_NOOP(
            "Errors", "{count} of these features were changed by somebody else too, and it isn't decided what stands."
        ),
        QT_TRANSLATE_NOOP("Errors", "Decide the conflicts, then send."),
        "show_conflicts",
    ),
    "proposal.state": Words(QT_TRANSLATE_NOOP("Errors", "The proposal has moved on meanwhile (now: {state})."), _REFRESH, "retry"),
    "proposal.content_differs": Words(
        QT_TRANSLATE_NOOP("Errors", "This version was sent before with other content."),
        QT_TRANSLATE_NOOP("Errors", "Send it again: it becomes the next version."),
        "retry",
    ),
    "proposal.incomplete": Words(
        QT_TRANSLATE_NOOP("Errors", "Plan, title, ground or reason is still missing."),
        QT_TRANSLATE_NOOP("Errors", "Fill in what is marked, then send."),
        lost="",
    ),
    "conflict.unknown": Words(QT_TRANSLATE_NOOP("Errors", "This conflict is decided already."), _REFRESH),
    "conflict.undecided": Words(
        QT_TRANSLATE_NOOP("Errors", "In this conflict something is still undecided."),
        QT_TRANSLATE_NOOP("Errors", "Choose a side in each marked line, then apply."),
    ),
    "conflict.choice": Words(
        QT_TRANSLATE_NOOP("Errors", "This can't be chosen here, so nothing was decided."),
        QT_TRANSLATE_NOOP("Errors", "Choose one side for values that belong together."),
    ),
    "conflict.not_undoable": Words(
        QT_TRANSLATE_NOOP("Errors", "This decision can't be undone any more: the feature has changed since."),
        QT_TRANSLATE_NOOP("Errors", "Edit the feature, or revert its change."),
    ),
    "proposal.pending": Words(
        QT_TRANSLATE_NOOP("Errors", "Some of the changes are in a proposal that isn't decided yet."),
        QT_TRANSLATE_NOOP("Errors", "Leave them out, or withdraw that proposal first."),
    ),
    "proposal.depended": Words(
        QT_TRANSLATE_NOOP("Errors", "Another proposal that isn't decided yet builds on this one."),
        QT_TRANSLATE_NOOP("Errors", "Take back or withdraw that one first; its changes stay with you."),
    ),
    "proposal.depends": Words(
        QT_TRANSLATE_NOOP("Errors", "The proposal builds on others that aren't decided yet, so it can't be approved before them."),
        QT_TRANSLATE_NOOP("Errors", "Decide on the proposals that it builds on first; they are named at its head."),
        "reload_review",
    ),
    "proposal.linked": Words(
        QT_TRANSLATE_NOOP(
            "Errors", "A proposal that this one is linked with was rejected, so this one can't be approved as it is."
        ),
        QT_TRANSLATE_NOOP("Errors", "Return it with the reason: the commune takes out what both share, and sends again."),
        "reload_review",
    ),
    "version.depends_on": Words(
        QT_TRANSLATE_NOOP(
            "Errors", "The proposal that this one builds on isn't at the province, or was rejected or withdrawn there."
        ),
        QT_TRANSLATE_NOOP("Errors", "Look at your changes, then send them again: all of them that are still wanted."),
    ),
    "version.linked": Words(
        QT_TRANSLATE_NOOP("Errors", "The proposal can't be linked with the other one as it is at the province."),
        QT_TRANSLATE_NOOP("Errors", "Send the changes again, in proposals of their own."),
    ),
    "proposal.problems": Words(
        QT_TRANSLATE_NOOP("Errors", "Some features can't be sent as they are."),
        QT_TRANSLATE_NOOP("Errors", "Correct the features in the list of problems, then send again."),
    ),
    "proposal.on_its_way": Words(
        QT_TRANSLATE_NOOP("Errors", "The province may have received this proposal already, so it can't be taken back here."),
        QT_TRANSLATE_NOOP("Errors", "Send it; then it can be withdrawn."),
        "retry",
    ),
    "proposal.unknown": Words(QT_TRANSLATE_NOOP("Errors", "This draft isn't in the working copy any more."), _REFRESH, "retry"),
    "changed_since_seen": Words(
        QT_TRANSLATE_NOOP("Errors", "The result has changed since you looked at it, so nothing was decided."),
        QT_TRANSLATE_NOOP("Errors", "Look at it again, then decide."),
        "reload_review",
    ),
    "proposal.linked_changed": Words(
        QT_TRANSLATE_NOOP("Errors", "Linked proposal no. {number} has changed since it was agreed to, so nothing was applied."),
        QT_TRANSLATE_NOOP("Errors", "Look at that one again and agree to it, then to this one."),
        "reload_review",
    ),
    "rules.errors": Words(
        QT_TRANSLATE_NOOP("Errors", "The planning rules find errors in the result, so it can't be approved."),
        QT_TRANSLATE_NOOP("Errors", "See the list of findings; return the proposal with the reason."),
        "reload_review",
    ),
    "attachment.missing": Words(
        QT_TRANSLATE_NOOP("Errors", "A file of the proposal hasn't reached the province."),
        QT_TRANSLATE_NOOP("Errors", "Send again: the file goes along."),
        "retry",
    ),
    "upload.missing": _NOT_ARRIVED,
    "upload.offset": _NOT_ARRIVED,
    "upload.size": _NOT_ARRIVED,
    "attachment.too_large": Words(
        QT_TRANSLATE_NOOP("Errors", "The file is larger than the hub accepts."),
        QT_TRANSLATE_NOOP("Errors", "Make it smaller: 20 MB at most."),
    ),
    "attachment.hash": Words(
        QT_TRANSLATE_NOOP("Errors", "A file was altered on its way to the province."),
        QT_TRANSLATE_NOOP("Errors", "Send again."),
        "retry",
    ),
    "attachment.unreadable": Words(
        QT_TRANSLATE_NOOP("Errors", "The file can't be read."),
        QT_TRANSLATE_NOOP("Errors", "Close it in other programs, or choose another file."),
    ),
    "text.length": Words(
        QT_TRANSLATE_NOOP("Errors", "A text of the proposal is too long: {length} characters, at most {limit}."),
        QT_TRANSLATE_NOOP("Errors", "Shorten it, then send again."),
    ),
    "text.unreadable": Words(
        QT_TRANSLATE_NOOP("Errors", "A text of the proposal has characters that can't be sent."),
        QT_TRANSLATE_NOOP("Errors", "Type it again instead of pasting it, then send again."),
    ),
    "invalid": Words(
        QT_TRANSLATE_NOOP("Errors", "The hub refused the content as invalid."),
        QT_TRANSLATE_NOOP("Errors", "Correct the features in the list of problems, then send again."),
    ),
}

FEATURES: Mapping[str, Words] = {
    "geometry.unreadable": Words(QT_TRANSLATE_NOOP("Errors", "The shape can't be read, or has curves."), _REDRAW),
    "geometry.missing": Words(QT_TRANSLATE_NOOP("Errors", "The feature has no shape."), _REDRAW),
    "geometry.curved": Words(
        QT_TRANSLATE_NOOP("Errors", "The shape has curves, which the standard doesn't know."),
        QT_TRANSLATE_NOOP("Errors", "Replace the curve by short straight lines."),
    ),
    "geometry.empty": Words(QT_TRANSLATE_NOOP("Errors", "The feature has no shape."), _REDRAW),
    "geometry.invalid": Words(
        QT_TRANSLATE_NOOP("Errors", "The shape crosses or touches itself."),
        QT_TRANSLATE_NOOP("Errors", "Correct it with the vertex tool."),
    ),
    "geometry.not_finite": Words(QT_TRANSLATE_NOOP("Errors", "A corner of the shape has no usable coordinates."), _REDRAW),
    "geometry.type": Words(QT_TRANSLATE_NOOP("Errors", "The shape is of another kind than the layer ({found})."), _REDRAW),
    "value.type": Words(
        QT_TRANSLATE_NOOP("Errors", "“{value}” doesn't fit the attribute “{field}”."),
        QT_TRANSLATE_NOOP("Errors", "Correct it in the attribute form."),
    ),
    "value.length": Words(
        QT_TRANSLATE_NOOP("Errors", "The text of “{field}” is too long: {length} characters, at most {limit}."),
        QT_TRANSLATE_NOOP("Errors", "Shorten it in the attribute form."),
    ),
    "plan.missing": Words(
        QT_TRANSLATE_NOOP("Errors", "The feature belongs to no plan."),
        QT_TRANSLATE_NOOP("Errors", "Choose the plan in the attribute form."),
    ),
    "plan.unknown": Words(
        QT_TRANSLATE_NOOP("Errors", "The plan of the feature isn't at the province."),
        QT_TRANSLATE_NOOP("Errors", "Choose the plan in the attribute form."),
    ),
    "key.missing": _BROKEN_KEY,
    "key.duplicate": _BROKEN_KEY,
    "layer.unknown": Words(QT_TRANSLATE_NOOP("Errors", "The hub doesn't know the layer “{layer}”."), UPDATE),
    "field.unknown": Words(QT_TRANSLATE_NOOP("Errors", "The layer “{layer}” has no attribute “{field}” at the province."), UPDATE),
}
