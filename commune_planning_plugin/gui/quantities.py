"""Numbers, areas, times and sizes as people read them in the interface's language."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Optional, Union

from commune_planning_plugin.gui.language import interface_locale, translate

Moment = Union[datetime, str]
HECTARE = 10_000.0


def number(value: float, decimals: int = 0) -> str:
    """With the separators of the interface's language."""
    return interface_locale().toString(float(value), "f", decimals)


def plain_number(value: float) -> str:
    """As many decimals as the value has, at most four."""
    text = f"{value:.4f}".rstrip("0")
    return number(value, len(text.partition(".")[2]))


def area(square_metres: float) -> str:
    """In m², and in hectares as well from one hectare on."""
    metres = f"{number(square_metres, 1)} m²"
    return metres if abs(square_metres) < HECTARE else f"{metres} ({number(square_metres / HECTARE, 2)} ha)"


def length(metres: float) -> str:
    return f"{number(metres, 2)} m"


def size(count: int) -> str:
    """A number of bytes, in the unit that fits."""
    amount, unit = float(count), "B"
    for larger in ("KB", "MB", "GB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    return f"{number(amount, 0 if unit == 'B' else 1)} {unit}"


def as_datetime(moment: Moment) -> datetime:
    """With time zone; a text is ISO 8601, UTC where it doesn't say."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def day_and_time(moment: Moment) -> str:
    """In the computer's own time zone."""
    return as_datetime(moment).astimezone().strftime("%d/%m/%Y %H:%M")


def clock(moment: Moment, now: Optional[datetime] = None) -> str:
    """The time alone for today, else with the day."""
    local = as_datetime(moment).astimezone()
    today = (now or datetime.now(timezone.utc)).astimezone().date()
    return local.strftime("%H:%M" if local.date() == today else "%H:%M %d/%m")


def age(moment: Moment, now: Optional[datetime] = None) -> str:
    """How long ago, in the largest fitting unit."""
    seconds = ((now or datetime.now(timezone.utc)) - as_datetime(moment)).total_seconds()
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86_400)
    if minutes < 1:
        return translate("Common", "just now")
    if hours < 1:
        return translate("Common", "%n minute(s) ago", None, minutes)
    if days < 1:
        return translate("Common", "%n hour(s) ago", None, hours)
    return translate("Common", "%n day(s) ago", None, days)


def remaining(seconds: float) -> str:
    """How long a job will still take, about."""
    if seconds < 90:
        return translate("Common", "about %n second(s) left", None, max(1, round(seconds)))
    return translate("Common", "about %n minute(s) left", None, round(seconds / 60))
