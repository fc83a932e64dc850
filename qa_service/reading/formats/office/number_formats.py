"""Numbers and times as a sheet shows them, by their formats' codes (ISO/IEC 29500-1, 18.8.31).

Days stay in ISO 8601, which says the same to everyone; colours, conditions and fractions are
left out of account.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
}
"""The codes that files name by number alone (18.8.30)."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
_DIGITS = re.compile(r"[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+")
_CONDITION = re.compile(r"\[[<>=]")
_CLOCK = re.compile(r"[hs]", re.IGNORECASE)
_LARGEST_EXACT = 1e15


def shown_number(value: float, code: str) -> str:
    """A number as its code shows it; as it is where the code is one that is not understood."""
    if not code or code.lower() == "general":
        return plain_number(value)
    parts = _sections(code)
    place = 1 if value < 0 and len(parts) > 1 else 2 if value == 0 and len(parts) > 2 else 0
    section = parts[place]
    found = _DIGITS.search(section)
    if not found or re.search(r"[Ee][+-]|/|@", section):
        return plain_number(value)
    scaled = Decimal(repr(value)) * (100 if "%" in section else 1)
    digits = _digits(abs(scaled), found[0])
    sign = "-" if value < 0 and place != 1 and digits.strip("0.,") else ""
    return f"{sign}{section[: found.start()]}{digits}{section[found.end() :]}".strip()


def hides(value: object, code: str) -> bool:
    """Whether a cell's format shows nothing of its value: ";;;" of all, "0;-0;" of a zero."""
    parts = _sections(code)
    if len(parts) < 2 or _CONDITION.search(code):
        return False
    if isinstance(value, int | float) and not isinstance(value, bool):
        place = 1 if value < 0 else 2 if value == 0 and len(parts) > 2 else 0
        return not parts[place].strip()
    return len(parts) > 3 and not parts[3].strip()


def plain_number(value: float) -> str:
    """A number without a format: whole ones without a point."""
    if float(value).is_integer() and abs(value) < _LARGEST_EXACT:
        return str(int(value))
    return f"{value:.15g}"


def shown_time(value: date | time | timedelta, code: str) -> str:
    """A day in ISO 8601, or the month or year alone where no more is shown; a time as shown."""
    bare = _LITERAL.sub("", re.sub(r"\[[hms]+\]", "h:", code, flags=re.IGNORECASE)).lower()
    match value:
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            clock = f"{minutes // 60}:{minutes % 60:02}"
            return f"{clock}:{seconds:02}" if seconds else clock
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


@cache
def _sections(code: str) -> tuple[str, ...]:
    """The sections of a code, with what stands in them for itself; four at most."""
    plain = _LITERAL.sub(lambda found: found[1] or found[2] or found[3] or "", code)
    return tuple(plain.split(";"))


def _digits(value: Decimal, pattern: str) -> str:
    whole, _, fraction = pattern.rstrip(",").partition(".")
    value /= Decimal(1000) ** (len(pattern) - len(pattern.rstrip(",")))
    rounded = value.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    least = sum(sign == "0" for sign in fraction)
    after = after[:least] + after[least:].rstrip("0")
    before = before.zfill(sum(sign == "0" for sign in whole))
    grouped = f"{int(before):,}" if "," in whole else before
    return f"{grouped}.{after}" if after else grouped
