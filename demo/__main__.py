"""``make demo``, ``make qgis``, ``make hub``, ``make stop``."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from demo.services import DEMO, LOCAL, PASSWORD, ROOT, Cluster, Hub, ServiceError, ready
from demo.window import Person, Screen, close_gently, open_qgis

OUT = ROOT / "build" / "demo"
REVIEW_PICTURE = "reviewer.13_truoc_sau.png"
STORIES = (
    ("vanthang.kt", "neighbour_first", "technician of xã Vạn Thắng"),
    ("dailanh.kt", "technician", "technician of xã Đại Lãnh"),
    ("dailanh.ct", "head", "head of xã Đại Lãnh"),
    ("soxd.duyet", "reviewer", "reviewer at the Department of Construction"),
    ("vanthang.kt", "neighbour", "technician of xã Vạn Thắng"),
)


LATER = (
    ("dailanh.kt", "offline", "technician of xã Đại Lãnh, the province out of reach"),
    ("dailanh.kt", "back_online", "technician of xã Đại Lãnh, the next morning"),
    ("dailanh.ct", "head_returns", "head of xã Đại Lãnh"),
    ("dailanh.kt", "revise", "technician of xã Đại Lãnh"),
    ("dailanh.ct", "head_again", "head of xã Đại Lãnh"),
    ("soxd.duyet", "reject", "approver at the Department of Construction"),
)
"""What happens on other days: offline, returned, corrected, rejected. It follows on the demo's stories."""

CONFLICTS = (("dailanh.kt", "conflicts", "technician of xã Đại Lãnh, and somebody with psql at the province"),)
"""The same features changed on both sides. It starts the demo's data over."""

REVIEW = (
    ("dailanh.kt", "technician", "technician of xã Đại Lãnh"),
    ("vanthang.kt", "competitor", "technician of xã Vạn Thắng, about the same ground"),
    ("vanthang.ct", "head_agrees", "head of xã Vạn Thắng"),
    ("dailanh.ct", "head", "head of xã Đại Lãnh"),
    ("soxd.tham", "review_asks", "reviewer at the Department of Construction"),
    ("congan.yk", "opinion", "provincial police"),
    ("bchqs.yk", "opinion", "provincial military command"),
    ("soxd.tham", "review_returns", "reviewer at the Department of Construction"),
    ("dailanh.kt", "answers", "technician of xã Đại Lãnh"),
    ("dailanh.ct", "head_again", "head of xã Đại Lãnh"),
    ("soxd.duyet", "review_conflict", "approver at the Department of Construction"),
    ("dailanh.kt", "resolves", "technician of xã Đại Lãnh"),
    ("dailanh.ct", "head_again", "head of xã Đại Lãnh"),
    ("soxd.duyet", "review_approves", "approver at the Department of Construction"),
    ("dailanh.kt", "afterwards", "technician of xã Đại Lãnh"),
)
"""A review with all who have a part in it: opinions, a return, version 2, a conflict at the approval, version 3, a decision. It
starts the demo's data over."""

LONGEST = 90
"""Seconds that one story may take."""


class Transcript:
    """Each step with its time, on the terminal and in ``transcript.txt``."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "transcript.txt"
        self.since = time.monotonic()

    def __call__(self, text: str, seconds: float | None = None) -> None:
        now = time.monotonic()
        line = f"{seconds if seconds is not None else now - self.since:7.2f} s  {text}"
        self.since = now
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        with self.file.open("a", encoding="utf-8") as out:
            out.write(line + "\n")


class StoryError(RuntimeError):
    """A story ended badly; the text holds what QGIS said."""


def play(person: Person, story: str, screen: Screen, hub: Hub, out: Path, tell: Callable[..., None]) -> None:
    """Run one story in a QGIS window and tell its steps as they happen. Raises `StoryError`."""
    prefix = f"{story}."
    steps, result = out / f"{prefix}steps.jsonl", out / f"{prefix}result.json"
    for left in (steps, result):  # another person has played the same story
        left.unlink(missing_ok=True)
    extra = {
        "PLANNING_DEMO_OUT": str(out),
        "PLANNING_DEMO_PREFIX": prefix,
        "PLANNING_DEMO_ACCOUNT": person.account,
        "PLANNING_DEMO_PASSWORD": PASSWORD,
        "PLANNING_DEMO_HUB": hub.url(),
        "PLANNING_DEMO_DATABASE": hub.conninfo,
    }
    started, told = time.monotonic(), 0
    process = open_qgis(person, screen, ROOT / "demo" / "inside" / f"{story}.py", extra)
    while process.poll() is None and time.monotonic() - started < LONGEST:
        told = _tell_new(steps, told, tell)
        time.sleep(0.1)
    if process.poll() is None:
        screen.picture(out / f"{prefix}stuck.png")
        process.send_signal(signal.SIGUSR1)
    status = close_gently(process, 5)
    _tell_new(steps, told, tell)
    seen = json.loads(result.read_text(encoding="utf-8")) if result.exists() else {}
    if not seen.get("ok") or status != 0:
        log = (person.home / "qgis.log").read_text(errors="replace")[-3000:]
        raise StoryError(f"{story}: {seen.get('error') or seen.get('uncaught') or f'QGIS ended with {status}'}\n{log}")


def _tell_new(steps: Path, told: int, tell: Callable[..., None]) -> int:
    lines = steps.read_text(encoding="utf-8").splitlines() if steps.exists() else []
    for line in lines[told:]:
        step = json.loads(line)
        tell("    " + step["step"] + (f"   [{step['picture']}]" if step["picture"] else ""), step["seconds"])
    return len(lines)


def demo(size: int, out: Path, language: str, stories: Sequence[tuple[str, str, str]] = STORIES) -> None:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    tell = Transcript(out)
    hub = ready(size, fresh=True, say=tell)
    people = {account: Person(account, language) for account, _, _ in stories}
    for person in people.values():
        person.forget()
    with Screen() as screen:
        for account, story, who in stories:
            tell(f"QGIS: {who}")
            play(people[account], story, screen, hub, out, tell)
        tell(f"done: pictures and transcript in {out}")
        if not screen.virtual:
            tell("QGIS stays open, signed in: play with it")
            open_qgis(people["dailanh.kt"], screen).wait()


def later(size: int, out: Path, language: str) -> None:
    """The other days, on what the demo has left: for tests and for the eye."""
    tell = Transcript(out)
    hub = ready(size, fresh=False, say=tell)
    with Screen() as screen:
        for account, story, who in LATER:
            tell(f"QGIS: {who}")
            if story == "offline":
                hub.stop()
            else:
                hub.start()
            play(Person(account, language), story, screen, hub, out, tell)


def play_freely(size: int) -> None:
    hub = ready(size, fresh=False, say=Transcript(_folder(ROOT / "build")))
    if not os.environ.get("DISPLAY"):
        sys.exit("make qgis needs a display; `make demo` works without one.")
    person = Person("dailanh.kt", settings={"hub_url": hub.url(), "account_name": "dailanh.kt"})
    sys.stdout.write(f"hub {hub.url()}, accounts dailanh.kt, dailanh.ct, soxd.duyet, vanthang.kt; password {PASSWORD}\n")
    with Screen() as screen:
        open_qgis(person, screen).wait()


def serve(size: int) -> None:
    """The demo hub in the foreground, until Ctrl+C or ``--stop``."""
    hub = ready(size, fresh=False, say=Transcript(_folder(ROOT / "build")))
    hub.stop()
    process = hub.spawn()
    try:
        process.wait()
    except KeyboardInterrupt:
        process.wait()
        sys.stdout.write("\n")


def stop() -> None:
    cluster = Cluster()
    Hub(cluster.conninfo(DEMO)).stop()
    cluster.stop()


def screen_size(text: str) -> tuple[int, int]:
    width, height = text.split("x")
    return int(width), int(height)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(prog="demo", description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="features in the sample province")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for pictures and transcript; what is in it goes")
    parser.add_argument("--language", default="vi", choices=("vi", "en"), help="QGIS's language")
    parser.add_argument("--screen", type=screen_size, help="of the virtual screen, for example 1920x1080")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--play", action="store_true", help="QGIS with the demo hub, to play with")
    what.add_argument("--readme-picture", action="store_true", help="the demo, and its picture of a review into resources/readme")
    what.add_argument("--later", action="store_true", help="offline, returned, corrected, rejected: after a demo")
    what.add_argument("--conflicts", action="store_true", help="conflicts with the province, decided in QGIS")
    what.add_argument("--review", action="store_true", help="a whole review: agencies, a return, a conflict, the decision")
    what.add_argument("--guide", action="store_true", help="the review in both languages, and its pictures into docs/guide")
    what.add_argument("--hub", action="store_true", help="the hub alone")
    what.add_argument("--stop", action="store_true", help="stop the private hub and database")
    words = parser.parse_args()
    Screen.usual = words.screen or Screen.usual
    LOCAL.mkdir(parents=True, exist_ok=True)
    try:
        if words.stop:
            stop()
        elif words.play:
            play_freely(words.size)
        elif words.later:
            later(words.size, words.out.resolve(), words.language)
        elif words.conflicts:
            demo(words.size, words.out.resolve(), words.language, CONFLICTS)
        elif words.review:
            demo(words.size, words.out.resolve(), words.language, REVIEW)
        elif words.guide:
            from demo import guide  # it alone needs Pillow

            guide.take(lambda language, out: demo(words.size, out, language, REVIEW), words.out.resolve())
        elif words.hub:
            serve(words.size)
        elif words.readme_picture:
            demo(words.size, words.out.resolve(), "vi")
            shutil.copyfile(words.out / REVIEW_PICTURE, ROOT / "resources" / "readme" / "review.png")
        else:
            demo(words.size, words.out.resolve(), words.language)
    except (ServiceError, StoryError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
