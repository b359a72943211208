"""Functions of points in time, written as in RFC 3339."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Final

from wa_iac.core.late_pattern import late

from .base import scalar, text

_STAMP: Final = late(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)", re.ASCII)
_DURATION: Final = late(r"([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)", re.ASCII)
_AMOUNT: Final = late(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)", re.ASCII)
_LONGEST: Final = 200
_MICROSECONDS: Final = {"ns": 0.001, "us": 1, "µs": 1, "μs": 1, "ms": 1e3, "s": 1e6, "m": 6e7, "h": 3.6e9}
_PIECE: Final = late(r"'(?:[^']|'')*'|([a-zA-Z])\1*|[^a-zA-Z']+|'")
_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
                  "December")  # fmt: skip
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _moment(stamp: str) -> datetime:
    match = _STAMP.fullmatch(stamp)
    if match is None:
        raise ValueError(f'"{stamp}" is not an RFC 3339 timestamp')
    *numbers, fraction, zone = match.groups()
    offset = timedelta(0)
    if zone != "Z":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6])) * (-1 if zone[0] == "-" else 1)
    year, month, day, hour, minute, second = map(int, numbers)
    microsecond = int((fraction or "0").ljust(6, "0")[:6])
    return datetime(year, month, day, hour, minute, second, microsecond, timezone(offset))


def _offset(moment: datetime, *, colon: bool) -> str:
    minutes = int((moment.utcoffset() or timedelta(0)).total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}{':' if colon else ''}{abs(minutes) % 60:02d}"


def _zone(moment: datetime, length: int) -> str:
    utc = not moment.utcoffset()
    match length:
        case 1:
            return "Z" if utc else _offset(moment, colon=True)
        case 3:
            return "UTC" if utc else _offset(moment, colon=False)
        case 4:
            return _offset(moment, colon=False)
        case _:
            return _offset(moment, colon=True)


_VERBS: Final[dict[str, Callable[[datetime], str]]] = {
    "YYYY": lambda moment: f"{moment.year:04d}",
    "YY": lambda moment: f"{moment.year % 100:02d}",
    "MMMM": lambda moment: _MONTHS[moment.month - 1],
    "MMM": lambda moment: _MONTHS[moment.month - 1][:3],
    "MM": lambda moment: f"{moment.month:02d}",
    "M": lambda moment: str(moment.month),
    "DD": lambda moment: f"{moment.day:02d}",
    "D": lambda moment: str(moment.day),
    "EEEE": lambda moment: _DAYS[moment.weekday()],
    "EEE": lambda moment: _DAYS[moment.weekday()][:3],
    "hh": lambda moment: f"{moment.hour:02d}",
    "h": lambda moment: str(moment.hour),
    "HH": lambda moment: f"{moment.hour % 12 or 12:02d}",
    "H": lambda moment: str(moment.hour % 12 or 12),
    "AA": lambda moment: "AM" if moment.hour < 12 else "PM",
    "aa": lambda moment: "am" if moment.hour < 12 else "pm",
    "mm": lambda moment: f"{moment.minute:02d}",
    "m": lambda moment: str(moment.minute),
    "ss": lambda moment: f"{moment.second:02d}",
    "s": lambda moment: str(moment.second),
    **{"Z" * length: lambda moment, length=length: _zone(moment, length) for length in (1, 3, 4, 5)},  # type: ignore[misc]
}


def _formatdate(pattern: str, stamp: str) -> str:
    moment = _moment(stamp)
    pieces: list[str] = []
    for match in _PIECE.finditer(pattern):
        piece = match.group()
        if match.group(1):
            if piece not in _VERBS:
                raise ValueError(f'"{piece}" is not a part of a date')
            pieces.append(_VERBS[piece](moment))
        elif piece == "'":
            raise ValueError("a quoted part is not closed")
        elif piece.startswith("'"):
            pieces.append(piece[1:-1].replace("''", "'"))
        else:
            pieces.append(piece)
    return "".join(pieces)


def _timeadd(stamp: str, duration: str) -> str:
    match = _DURATION.fullmatch(duration) if len(duration) <= _LONGEST else None
    if match is None:
        raise ValueError(f'"{duration[:_LONGEST]}" is not a duration')
    amount = sum(float(number) * _MICROSECONDS[unit] for number, unit in _AMOUNT.findall(match.group(2)))
    moment = _moment(stamp) + timedelta(microseconds=-amount if match.group(1) == "-" else amount)
    return moment.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0") + _zone(moment, 1)


def _timecmp(one: str, other: str) -> int:
    left, right = _moment(one), _moment(other)
    return (left > right) - (left < right)


scalar("formatdate", _formatdate, text, text)
scalar("timeadd", _timeadd, text, text)
scalar("timecmp", _timecmp, text, text)
