"""The chosen commune's working copy: opening, pulling, and what was changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Callable, Optional, Union

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from commune_planning_plugin.core.errors import HubUnreachable, PlanningError, WorkingCopyError
from commune_planning_plugin.core.schema import Commune
from commune_planning_plugin.session.contents import (
    Contents,
    copy_here,
    copy_path,
    first_pull,
    fresh_path,
    fresh_pull,
    gone,
    later_pull,
    may_be_written,
    open_contents,
    plans_of,
    read_contents,
    repair,
    signature,
)
from commune_planning_plugin.session.context import Context, Debounce, hub, working_copy
from commune_planning_plugin.store import evolving

if TYPE_CHECKING:
    from pathlib import Path

    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.core.schema import Catalogue
    from commune_planning_plugin.store import PullResult, Ref
    from commune_planning_plugin.store.restoring import Restored
    from commune_planning_plugin.sync.afresh import Carried
    from commune_planning_plugin.sync.contact_documents import CommuneBackups, Offer

WATCH_MS = 2_000
"""How often the file's times are looked at, for edits by other programs."""
DEBOUNCE_MS = 150
WAIT_FOR_EDITS_MS = 3_000


class WorkingCopyController(QObject):
    """Owns everything of the state that comes out of the file."""

    opened = pyqtSignal()
    """A working copy was opened or made; its layers are to be shown."""
    pulled = pyqtSignal()
    evolved = pyqtSignal()
    """The file's layers are others now, or are called otherwise: what is shown of them is to follow."""

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = context.state
        self.plan_values: Mapping[str, Mapping[str, str]] = {}
        self.catalogue: Optional[Catalogue] = None
        self._reading = False
        self._stale = False
        self._missing = False
        self._signature: Optional[tuple[object, ...]] = None
        self._read_soon = Debounce(DEBOUNCE_MS, self.read, self)
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._look_at_file)
        self._waiting = QTimer(self)
        self._waiting.setInterval(WAIT_FOR_EDITS_MS)
        self._waiting.timeout.connect(self._pull_if_free)
        context.layers.editing_changed.connect(self._pull_when_free_here)

    # --- which one ----------------------------------------------------------------------------------------------------

    def choose_code(self, code: str) -> None:
        """Work with this commune; its working copy is opened where there is one."""
        from commune_planning_plugin.adapters import settings

        state = self._state
        if state.commune is not None and state.commune.code != code:
            self._context.layers.remove()
        self.close()
        known = state.catalogue.communes if state.catalogue is not None else ()
        state.commune = next((commune for commune in known if commune.code == code), Commune(code, code, ""))
        state.path = copy_path(settings.working_folder(), code, state.hub_id)
        self._context.signals.local_changes_changed.emit()
        self._context.signals.changed.emit()
        if state.path.exists():
            self.open()

    def open(self) -> None:
        """Read the file and show its layers."""
        path, commune, hub_id = self._state.path, self._state.commune, self._state.hub_id
        if path is None or commune is None:
            return
        self._context.jobs.quiet(lambda _feedback: open_contents(path, commune.code, hub_id), self._opened, self._unreadable)

    def _opened(self, contents: Contents) -> None:
        self._missing = False
        if contents.only_read != self._state.only_read:
            self._context.layers.remove()  # they are shown anew, to be edited or not
        self._state.only_read = contents.only_read
        self._take(contents)
        self._signature = signature(self._state.path)
        self._watch.start()
        if contents.only_read:
            self._unreadable(self._why_not_written())
        self.opened.emit()

    def _why_not_written(self) -> WorkingCopyError:
        return WorkingCopyError(self._state.only_read or "", path=str(self._state.path))

    def copy_here(self) -> None:
        """Go on with a copy of the file on this computer's own disk."""
        from commune_planning_plugin.adapters import settings

        path, commune = self._state.path, self._state.commune
        if path is None or commune is None:
            return

        def work(feedback: JobFeedback) -> Path:
            return copy_here(path, settings.local_folder(path), feedback)

        def done(target: Path) -> None:
            settings.set_working_folder(target.parent)
            self._context.layers.remove()
            self._context.signals.noticed.emit("copy_here.done", {"path": str(target)})
            self.choose_code(commune.code)

        self._context.jobs.start("copy_here", work, done)

    def _unreadable(self, error: PlanningError) -> None:
        self._context.signals.failed.emit(error, "open")

    def leave(self) -> None:
        """Work with no commune; what the file has stays."""
        self._context.layers.remove()
        self.close()
        self._context.signals.local_changes_changed.emit()
        self._context.signals.changed.emit()

    def close(self) -> None:
        """Forget the working copy's contents; the file stays."""
        self._watch.stop()
        self._waiting.stop()
        state = self._state
        state.commune = state.path = state.checkpoint = state.last_pull_at = state.news = None
        state.local_changes, state.problems, state.damage, state.drafts, state.outbox = (), (), (), (), ()
        state.plan_of, state.resolutions, state.to_correct = {}, (), {}
        state.only_read = None
        state.pending_drafts, state.pending_choices = {}, {}
        self.catalogue = None

    # --- what is in it ------------------------------------------------------------------------------------------------

    def read_soon(self) -> None:
        """Local changes may be others now."""
        self._read_soon.start()

    def read(self) -> None:
        """Read the file again in the background; a wish meanwhile is fulfilled afterwards."""
        path = self._state.path
        if path is None or self._state.checkpoint is None:
            return
        if self._reading:
            self._stale = True
            return
        self._reading = True
        only_read = self._state.only_read
        self._context.jobs.quiet(lambda _feedback: read_contents(path, only_read), self._read_done, self._read_failed)

    def _read_done(self, contents: Contents) -> None:
        self._reading = False
        if self._state.path is not None and contents.identity.commune == getattr(self._state.commune, "code", None):
            self._signature = signature(self._state.path)
            self._take(contents)
        self._repeat_if_stale()

    def _read_failed(self, error: PlanningError) -> None:
        self._reading = False
        if error.code == "working_copy.busy":
            self._read_soon.start()
        elif self._state.path is not None and gone(self._state.path):
            self._look_at_file()
        else:
            self._context.signals.failed.emit(error, "status")
        self._repeat_if_stale()

    def _repeat_if_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.read()

    def _take(self, contents: Contents) -> None:
        state = self._state
        state.catalogue = state.catalogue or contents.catalogue
        own = (commune for commune in contents.catalogue.communes if commune.code == contents.identity.commune)
        state.commune = next(own, state.commune)
        state.checkpoint, state.last_pull_at = contents.checkpoint, contents.last_pull_at
        state.local_changes, state.problems = contents.changes, contents.problems
        new_damage = contents.damage and contents.damage != state.damage
        state.damage, state.outbox = contents.damage, contents.outbox
        state.take_drafts(contents.drafts)
        state.plan_of, state.resolutions = plans_of(contents.changes), contents.resolutions
        state.to_correct = contents.to_correct
        state.forget_kept_choices()
        before = self.catalogue
        self.plan_values, self.catalogue = contents.plan_values, contents.catalogue
        if before is not None:
            self._tell_evolution(before, contents.catalogue)
        signals = self._context.signals
        signals.local_changes_changed.emit()
        signals.proposals_changed.emit()
        signals.changed.emit()
        if new_damage:
            layers = [damage.layer for damage in contents.damage]
            signals.failed.emit(WorkingCopyError(contents.damage[0].code, layers=layers), "status")

    def _tell_evolution(self, before: Catalogue, now: Catalogue) -> None:
        """The hub's layers that the session knows from signing in are older than the file's, too."""
        if (before.layers, before.code_lists) == (now.layers, now.code_lists):
            return
        self._state.catalogue = now
        found = evolving.between(before, now)
        fields = {layer: [field.name for field in new] for layer, new in found.fields.items()}
        self._context.signals.noticed.emit("schema.evolved", {"layers": [layer.id for layer in found.layers], "fields": fields})
        self.evolved.emit()

    def _look_at_file(self) -> None:
        path = self._state.path
        if path is None:
            return
        if gone(path):
            if not self._missing:
                self._missing = True
                self._context.signals.failed.emit(WorkingCopyError("working_copy.missing", path=str(path)), "open")
            return
        if self._missing or (self._state.only_read and may_be_written(path)):
            self.open()
        elif signature(path) != self._signature and not self._context.jobs.running:
            self._signature = signature(path)
            self._context.layers.reload()
            self.read()

    # --- pull ---------------------------------------------------------------------------------------------------------

    def pull(self) -> None:
        if self._state.path is None or self._state.token is None:
            return
        if self._state.only_read:
            self._context.signals.failed.emit(self._why_not_written(), "pull")
            return
        if self._state.checkpoint is not None and self._held():
            self._wait_for_edits()
            return
        self._waiting.stop()
        self._start_pull()

    def may_pull_now(self) -> bool:
        """Whether a pull would disturb nobody: no job runs, and no layer is in edit mode, here or in another QGIS."""
        return (
            not self._state.only_read and not self._context.jobs.running and not self._context.layers.editing and not self._held()
        )

    def pull_quietly(self) -> None:
        """As `pull`, without being asked for: where there is no connection, or somebody begins to edit, it just isn't done."""
        self._start_pull(self._quietly_failed)

    def _quietly_failed(self, error: PlanningError) -> None:
        self._context.layers.set_read_only(False)
        if not isinstance(error, HubUnreachable) and error.code != "working_copy.in_edit":
            self._context.signals.failed.emit(error, "pull")

    def cancel_waiting(self) -> None:
        if self._waiting.isActive():
            self._waiting.stop()
            self._context.signals.noticed.emit("pull.cancelled", {})

    def _held(self) -> list[object]:
        from commune_planning_plugin.store import held

        return list(held(self._state.path))

    def _wait_for_edits(self) -> None:
        if not self._waiting.isActive():
            here = [self._state.title_of(layer_id) for layer_id in self._context.layers.editing]
            self._context.signals.noticed.emit("pull.waiting", {"layers": here, "elsewhere": not here})
            self._waiting.start()

    def _pull_when_free_here(self) -> None:
        """Not within QGIS's own save. Of another QGIS nothing is told: there it is looked again and again."""
        if self._waiting.isActive() and not self._context.layers.editing:
            QTimer.singleShot(0, self._pull_if_waiting)

    def _pull_if_waiting(self) -> None:
        if self._waiting.isActive():
            self._pull_if_free()

    def _pull_if_free(self) -> None:
        if not self._context.jobs.running and not self._held():
            self.pull()

    def _start_pull(self, failed: Optional[Callable[[PlanningError], None]] = None) -> None:
        state = self._state
        path, url, token, name = state.path, state.hub_url, state.token, state.account_name
        code, first = state.commune.code if state.commune else "", state.checkpoint is None

        def work(feedback: JobFeedback) -> Union[PullResult, int]:
            return first_pull(path, url, token, code, name, feedback) if first else later_pull(path, url, token, feedback)

        if self._context.jobs.start("pull", work, self._pull_done, failed or self._pull_failed):
            self._context.layers.set_read_only(True)

    def _pull_done(self, result: Union[PullResult, int]) -> None:
        """``result`` of the first pull is the number of features."""
        self._context.layers.set_read_only(False)
        self._state.news = 0
        if isinstance(result, int):
            self._context.signals.noticed.emit("pull.first_done", {"path": str(self._state.path), "features": result})
            self.open()
        else:
            self._context.layers.reload_all()
            self._context.signals.noticed.emit("pull.done", dict(vars(result)))
            self.read()
        self.pulled.emit()

    def _pull_failed(self, error: PlanningError) -> None:
        self._context.layers.set_read_only(False)
        if error.code == "working_copy.in_edit":
            self._wait_for_edits()
        else:
            self._context.signals.failed.emit(error, "pull")

    def start_afresh(self) -> None:
        """A new working copy beside this one, with all that was made in this one; it becomes the commune's when it is there."""
        state = self._state
        if state.path is None or state.token is None or state.commune is None:
            return
        if self._held():
            self._context.signals.failed.emit(WorkingCopyError("working_copy.in_edit", holders=self._held()), "pull")
            return
        old, path, code = state.path, fresh_path(state.path), state.commune.code
        url, token = state.hub_url, state.token

        def done(result: tuple[int, Carried]) -> None:
            features, carried = result
            self._context.layers.remove()
            self._context.signals.noticed.emit("pull.first_done", {"path": str(path), "features": features})
            if any(vars(carried).values()):
                self._context.signals.noticed.emit("afresh.carried", {**vars(carried), "path": str(old)})
            self.choose_code(code)
            self.pulled.emit()

        started = self._context.jobs.start(
            "pull", lambda feedback: fresh_pull(old, path, url, token, feedback), done, self._pull_failed
        )
        if started:
            self._context.layers.set_read_only(True)

    # --- other computers' work ----------------------------------------------------------------------------------------

    def restore(self, offer: Offer) -> None:
        path, url, token = self._state.path, self._state.hub_url, self._state.token
        if path is None or token is None:
            return
        if self._context.layers.editing:
            titles = [self._state.title_of(layer_id) for layer_id in self._context.layers.editing]
            self._context.signals.failed.emit(WorkingCopyError("working_copy.in_edit", layers=titles), "restore")
            return

        def work(feedback: JobFeedback) -> Restored:
            from commune_planning_plugin.sync import contact

            with working_copy(path) as copy:
                return contact.restore(copy, hub(url, token, feedback), offer.instance)

        self._context.jobs.start("restore", work, lambda restored: self._restored(offer, restored))

    def _restored(self, offer: Offer, restored: Restored) -> None:
        counts = {"changes": restored.changes, "drafts": restored.drafts, "conflicts": restored.conflicts}
        self._context.layers.reload()
        self._context.signals.noticed.emit("restore.done", {**counts, "clashes": len(restored.clashes), "device": offer.device})
        self.put_off(offer)
        self.read()
        self.pulled.emit()

    def put_off(self, offer: Offer) -> None:
        self._state.refused_offers |= {(offer.instance, offer.at)}
        self._context.signals.changed.emit()

    def load_backups(self) -> None:
        state = self._state
        url, token, code = state.hub_url, state.token, state.commune.code if state.commune else ""

        def done(found: CommuneBackups) -> None:
            state.backups = found
            self._context.signals.changed.emit()

        self._context.jobs.start("backups", lambda feedback: hub(url, token, feedback).backups_of(code), done)

    def assign(self, instance: str, account: str) -> None:
        url, token = self._state.hub_url, self._state.token

        def done(_nothing: None) -> None:
            names = dict(self._state.backups.colleagues) if self._state.backups is not None else {}
            self._context.signals.noticed.emit("assign.done", {"name": names.get(account, account)})
            self.load_backups()

        self._context.jobs.start("assign", lambda feedback: hub(url, token, feedback).assign(instance, account), done)

    # --- changes ------------------------------------------------------------------------------------------------------

    def revert(self, refs: Iterable[Ref]) -> None:
        wanted = tuple(refs)
        self.write("revert", lambda copy: copy.revert(wanted), {"count": len(wanted)})

    def repair(self) -> None:
        self.write("repair", repair, {})

    def write(self, code: str, write: object, told: Mapping[str, object]) -> None:
        path = self._state.path
        if path is None:
            return
        if self._context.layers.editing:
            titles = [self._state.title_of(layer_id) for layer_id in self._context.layers.editing]
            self._context.signals.failed.emit(WorkingCopyError("working_copy.in_edit", layers=titles), code)
            return

        def work(_feedback: JobFeedback) -> None:
            with working_copy(path) as copy:
                write(copy)  # type: ignore[operator]

        def done(_nothing: None) -> None:
            self._context.layers.reload()
            self._context.view.clear()
            self._context.signals.noticed.emit(f"{code}.done", dict(told))
            self.read()

        self._context.jobs.start(code, work, done)

    def stop(self) -> None:
        self._watch.stop()
        self._waiting.stop()
        self._read_soon.stop()
