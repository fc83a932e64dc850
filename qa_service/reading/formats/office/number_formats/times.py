"""Days and times as sheets show them; days stay in ISO 8601, which says the same to everyone."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from qa_service.reading.formats.office.number_formats.codes import sections

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_CLOCK = re.compile(r"[hs]", re.IGNORECASE)
_FIRST_DAY = datetime(1899, 12, 30)
_LAST = 2_958_465
"""The last day of the year 9999, counted from the first day on."""


def is_of_days(code: str) -> bool:
    """Whether a code shows numbers as days or times."""
    return bool(_ELAPSED.search(code)) or sections(code)[0].has("date")


def shown_serial(value: float, code: str) -> str:
    """A number of days as its code shows it; "" of one that is no day."""
    if not 0 <= value <= _LAST:
        return ""
    if _ELAPSED.search(code):
        return shown_time(timedelta(days=value), code)
    moment = _FIRST_DAY + timedelta(seconds=round(value * 86_400))
    return shown_time(moment if value >= 1 else moment.time(), code)


def shown_time(value: date | time | timedelta, code: str) -> str:
    """A day in ISO 8601, or the month or year alone where no more is shown; a time as shown."""
    bare = _LITERAL.sub("", _ELAPSED.sub("h:", code)).lower()
    match value:
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            clock = f"{minutes // 60}:{minutes % 60:02}"
            shows_seconds = "s" in code.lower() or not code
            return f"{clock}:{seconds:02}" if seconds and shows_seconds else clock
        case datetime():
            day = _day(value.date(), bare)
            is_timed = _CLOCK.search(bare) if bare else value.time() != time()
            return f"{day} {_clock(value.time(), bare)}".strip() if is_timed else day
        case date():
            return _day(value, bare)
        case _:
            return _clock(value, bare)


def _day(day: date, code: str) -> str:
    if not code or "d" in code:
        return day.isoformat()
    if "y" not in code:
        return "" if _CLOCK.search(code) else day.isoformat()
    if "m" not in code.split("h")[0]:
        return str(day.year)
    return f"{day:%b %Y}" if "mmm" in code else f"{day:%Y-%m}"


def _clock(moment: time, code: str) -> str:
    seconds = f":{moment.second:02}" if "s" in code or (not code and moment.second) else ""
    if "am/pm" in code or "a/p" in code:
        half = "AM" if moment.hour < 12 else "PM"
        return f"{moment.hour % 12 or 12}:{moment.minute:02}{seconds} {half}"
    return f"{moment.hour:02}:{moment.minute:02}{seconds}"
