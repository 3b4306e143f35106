"""Working copies without QGIS: ``python -m commune_planning_plugin.sync pull|status|submit|send|proposals|witness``.

Answers are JSON on standard output; an error is a sentence on standard error, or JSON with ``--json-errors``, and exit status 1.
The password comes from ``--password-stdin``, the environment variable ``COMMUNE_PLANNING_PASSWORD``, or is asked for.
"""

from __future__ import annotations

import argparse
import contextlib
import getpass
import json
import os
import platform
import sys
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Optional

from commune_planning_plugin.core.errors import PlanningError, WorkingCopyError
from commune_planning_plugin.core.proposal import GROUNDS
from commune_planning_plugin.core.wire import encode_change
from commune_planning_plugin.store import WorkingCopy
from commune_planning_plugin.store.desk_witness import is_witness, opened
from commune_planning_plugin.store.model import Draft, LocalChange, LocalState, Ref
from commune_planning_plugin.sync import contact, engine
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.transport import plain_session

BUSY_S = 5.0
"""How long another program's write is waited for."""

PASSWORD = "COMMUNE_PLANNING_PASSWORD"  # noqa: S105 (the variable's name)


_SENTENCES = {
    "attachment.missing": "A file to attach isn't there, or the hub doesn't have it.",
    "auth.too_many_attempts": "Too many attempts to sign in; try again later.",
    "auth.wrong_password": "The name or the password is wrong.",
    "checkpoint.unknown": "The hub doesn't know the state of this working copy any more; nothing here is changed.",
    "command.incomplete": "For a working copy that isn't there yet give --hub, --commune and --account.",
    "command.no_terminal": "There is no terminal to ask for the password: use --password-stdin or set {variable}.",
    "commune.unknown": "The hub has no such commune.",
    "hub.unreachable": "The hub can't be reached; nothing is lost.",
    "proposal.no_changes": "There are no local changes in this plan.",
    "rights.missing": "This account may not do that.",
    "rights.territory": "This account has no rights in this commune.",
    "schema.incompatible": "The hub has removed or remade what this working copy has in {layers}. Nothing here is changed;"
    " its {edits} edits are also in {path}. Move the file aside and pull a fresh one.",
    "working_copy.busy": "Another program is writing to the working copy; try again.",
    "working_copy.in_edit": "The working copy is being edited in QGIS; save there first.",
    "working_copy.missing": "There is no working copy at that path; `pull` makes one.",
    "working_copy.other_hub": "The working copy belongs to another hub; nothing is sent.",
}


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Carry out one command; the exit status."""
    given = _parser().parse_args(arguments)
    try:
        answer = given.command(given)
    except PlanningError as error:
        _tell(error, given.json_errors)
        return 1
    _write(sys.stdout, answer)
    return 0


def pull(given: argparse.Namespace) -> Any:
    if not given.file.exists():
        return _first_pull(given)
    with _opened(given.file) as copy, _signed_in(given, copy) as client:
        _meet(copy, client)
        result = asdict(engine.pull(copy, client))
        return {**result, "checkpoint": asdict(copy.checkpoint)}


def _first_pull(given: argparse.Namespace) -> Any:
    if not given.hub or not given.commune:
        raise PlanningError("command.incomplete", missing=["--hub", "--commune"])
    with _signed_in(given, None) as client, contextlib.closing(_created(given, client)) as copy:
        return {"checkpoint": asdict(copy.checkpoint)}


def _created(given: argparse.Namespace, client: HubClient) -> WorkingCopy:
    return engine.first_pull(client, given.file, given.commune, given.account)


def status(given: argparse.Namespace) -> Any:
    with _opened(given.file) as copy:
        outbox = copy.outbox.items()
        return {
            "identity": asdict(copy.identity),
            "checkpoint": asdict(copy.checkpoint),
            "damage": [asdict(damage) for damage in copy.damage()],
            "changes": [_shown(change) for change in copy.status()],
            "problems": [asdict(problem) for problem in copy.changes().problems],
            "outbox": [{"proposal": o.proposal, "number": o.number, "state": o.state, "problem": o.problem} for o in outbox],
        }


def submit(given: argparse.Namespace) -> Any:
    """Everything local of one plan as a new proposal."""
    with _opened(given.file) as copy, _signed_in(given, copy) as client:
        proposal = str(uuid.uuid4())
        files = tuple(copy.drafts.attach(proposal, path) for path in given.attach)
        refs = tuple(
            _ref(change)
            for change in copy.status()
            if change.state in (LocalState.LOCAL, LocalState.BOTH) and _plan(change) == given.plan
        )
        copy.outbox.freeze(Draft(proposal, 1, given.plan, given.title, given.ground, given.reason, refs, files))
        return _sent(copy, client)


def send(given: argparse.Namespace) -> Any:
    with _opened(given.file) as copy, _signed_in(given, copy) as client:
        return _sent(copy, client)


def proposals(given: argparse.Namespace) -> Any:
    with _opened(given.file) as copy, _signed_in(given, copy) as client:
        _meet(copy, client)
        return [summary.to_json() for summary in client.proposals("mine")]


def witness(given: argparse.Namespace) -> Any:
    """The signed heads of the hub's audit that are kept here: `province_hub audit verify --witness` takes them."""
    if is_witness(Path(given.file)):
        with opened(Path(given.file)) as book:
            return [kept.head.to_json() for kept in book.all()]
    with _opened(given.file) as copy:
        return [kept.head.to_json() for kept in copy.witnesses.all()]


def _meet(copy: WorkingCopy, client: HubClient) -> None:
    """What became of sent versions is noted; by the account that the working copy is of."""
    if client.me().name == copy.identity.account:
        contact.meet(copy, client, platform.node())


def _sent(copy: WorkingCopy, client: HubClient) -> Any:
    """Raises ``WorkingCopyError('working_copy.other_hub')`` before anything is sent to a hub that isn't the working copy's."""
    found = client.status().hub_id
    if found != copy.identity.hub_id:
        raise WorkingCopyError("working_copy.other_hub", expected=copy.identity.hub_id, found=found)
    results = engine.send_outbox(copy, client)
    return [
        {
            "proposal": result.item.proposal,
            "version": result.item.number,
            "state": result.answer.state if result.answer else "refused",
            "problem": {"code": result.problem.code, "details": result.problem.details} if result.problem else None,
        }
        for result in results
    ]


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[WorkingCopy]:
    with contextlib.closing(WorkingCopy.open(path, wait=BUSY_S)) as copy:
        copy.clean_up()
        yield copy


@contextlib.contextmanager
def _signed_in(given: argparse.Namespace, copy: Optional[WorkingCopy]) -> Iterator[HubClient]:
    """A client that is signed in for this command only."""
    session = plain_session()
    if given.ca:
        session.verify = str(given.ca)
    client = HubClient(given.hub or (copy.identity.hub_url if copy else ""), session)
    given.account = given.account or (copy.identity.account if copy else "")
    client.sign_in(given.account, _password(given), platform.node())
    try:
        yield client
    finally:
        client.sign_out()


def _password(given: argparse.Namespace) -> str:
    """Raises ``PlanningError('command.no_terminal')`` where nobody can be asked."""
    if given.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    if not sys.stdin.isatty():
        raise PlanningError("command.no_terminal", variable=PASSWORD)
    return getpass.getpass()


def _tell(error: PlanningError, as_json: bool) -> None:
    if as_json:
        _write(sys.stderr, {"code": error.code, "details": error.details})
        return
    sentence = _SENTENCES.get(error.code)
    sys.stderr.write(f"{sentence.format(**error.details)} ({error.code})\n" if sentence else f"{error}\n")


def _shown(change: LocalChange) -> dict[str, Any]:
    return {**encode_change(change.change), "state": change.state, "title": change.title, "proposal": change.proposal}


def _ref(change: LocalChange) -> Ref:
    return Ref(change.change.layer, change.change.key)


def _plan(change: LocalChange) -> Any:
    return (change.row or change.change.old or {}).get("plan")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m commune_planning_plugin.sync", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    for command in (pull, status, submit, send, proposals, witness):
        sub = commands.add_parser(command.__name__)
        sub.set_defaults(command=command)
        sub.add_argument("file", type=Path, help="the working copy")
        sub.add_argument("--json-errors", action="store_true", help="errors as JSON with a stable code, for scripts")
        if command not in (status, witness):
            sub.add_argument(
                "--password-stdin", action="store_true", help=f"read the password from standard input; else from {PASSWORD}"
            )
            sub.add_argument("--hub", help="address; that of the working copy")
            sub.add_argument("--account", help="name to sign in with; that of the working copy")
            sub.add_argument("--ca", type=Path, help="certificates to trust instead of the system's (PEM)")
        if command is pull:
            sub.add_argument("--commune", help="code of the commune, for a working copy that is not there yet")
        if command is submit:
            sub.add_argument("--plan", required=True, help="key of the plan")
            sub.add_argument("--title", required=True)
            sub.add_argument("--ground", type=int, choices=GROUNDS, required=True)
            sub.add_argument("--reason", required=True)
            sub.add_argument("--attach", type=Path, action="append", default=[], metavar="FILE")
    return parser


def _write(stream: Any, answer: Any) -> None:
    stream.write(json.dumps(answer, ensure_ascii=False, indent=2, default=str) + "\n")


if __name__ == "__main__":
    sys.exit(main())
