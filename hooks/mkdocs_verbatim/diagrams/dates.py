"""Moments: years, months, days and the times between two of them, as ISO 8601 writes them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")

Day = tuple[int, int, int]
"""Year, month and day."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A time from *first* to *last*, both included; a year or month is all of its days."""

    first: Day
    last: Day
    is_period: bool = False
    """Written as two dates, from and to."""

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which it begins and ends."""
        return tuple(dict.fromkeys((self.first[0], self.last[0])))


def parse_moment(text: str) -> Moment | None:
    """Return the moment that *text* is, `2014`, `2014-07`, `2014-07-05` or `A/B`; or None."""
    parts = [_date(part) for part in text.split("/")]
    if None in parts or len(parts) > 2:
        return None
    found = [part for part in parts if part is not None]
    whole = Moment(found[0].first, found[-1].last, is_period=len(found) == 2)
    return whole if found[0].first <= found[-1].first and whole.first <= whole.last else None


def _date(text: str) -> Moment | None:
    match = DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match["year"]), match["month"], match["day"]
    if year < 1 or (month is not None and not 1 <= int(month) <= 12):
        return None
    if month is None:
        return Moment((year, 1, 1), (year, 12, 31))
    days = calendar.monthrange(year, int(month))[1]
    if day is None:
        return Moment((year, int(month), 1), (year, int(month), days))
    if not 1 <= int(day) <= days:
        return None
    on = (year, int(month), int(day))
    return Moment(on, on)
