"""Dates, money and names as people write them, in Dutch and in English.

Dutch: "di 14 januari 2027, 9.30 uur", "€ 1.250,00"; English: "Tue 14 January 2027, 9:30", "€1,250.00".
Moments are shown in the academy's zone (the current Django time zone). Spaces inside a date or an amount that must
not break over two lines are no-break spaces.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from django.utils import dates, timezone, translation

NO_BREAK = "\N{NO-BREAK SPACE}"
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class _Names:
    """The names of days (Monday first) and months (by their number) in one language."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]


@cache
def _names_in(language: str) -> _Names:
    """Return Django's names in a language: asked once, since a list shows hundreds of dates."""
    with translation.override(language):
        short = [str(dates.MONTHS_3[n]) for n in range(1, 13)]
        return _Names(
            tuple(str(dates.WEEKDAYS_ABBR[n]) for n in range(7)),
            ("", *(str(dates.MONTHS[n]) for n in range(1, 13))),
            ("", *(short if in_dutch() else [name.title() for name in short])),
        )


def _names() -> _Names:
    return _names_in("nl" if in_dutch() else "en")


def in_dutch() -> bool:
    """Tell whether the page is being written in Dutch."""
    return (translation.get_language() or "nl").startswith("nl")


def _local(moment: date) -> date:
    return timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment


def month_names() -> tuple[str, ...]:
    """Return the names of the twelve months: "januari", "January"."""
    return _names().months[1:]


def weekday_names() -> tuple[str, ...]:
    """Return the short names of the days of the week, Monday first: "ma", "Mon"."""
    return _names().weekdays


def day(moment: date) -> str:
    """Return the day with its weekday: "di 14 januari 2027", "Tue 14 January 2027"."""
    return _with_weekday(_local(moment))


def day_short(moment: date) -> str:
    """Return the day for a narrow column: "14 jan 2027", "14 Jan 2027"."""
    local = _local(moment)
    return f"{local.day}{NO_BREAK}{_names().short_months[local.month]}{NO_BREAK}{local.year}"


def day_long(moment: date) -> str:
    """Return the day in full, for letters and certificates: "14 januari 2027", "14 January 2027"."""
    return _in_full(_local(moment))


def _with_weekday(local: date) -> str:
    return f"{_names().weekdays[local.weekday()]} {_in_full(local)}"


def _in_full(local: date) -> str:
    return f"{local.day} {_names().months[local.month]} {local.year}"


def clock_time(moment: datetime) -> str:
    """Return the time of day: "9.30 uur", "9:30"."""
    return _on_the_clock(_local(moment))


def _on_the_clock(local: Any) -> str:
    return f"{local.hour}.{local.minute:02}{NO_BREAK}uur" if in_dutch() else f"{local.hour}:{local.minute:02}"


def day_time(moment: datetime) -> str:
    """Return day and time: "di 14 januari 2027, 9.30 uur", "Tue 14 January 2027, 9:30"."""
    local = _local(moment)
    return f"{_with_weekday(local)}, {_on_the_clock(local)}"


def hours(start: datetime, end: datetime) -> str:
    """Return from when to when on one day: "9.30–17.00 uur", "9:30–17:00"."""
    if in_dutch():
        return f"{clock_time(start).removesuffix(f'{NO_BREAK}uur')}–{clock_time(end)}"
    return f"{clock_time(start)}–{clock_time(end)}"


def euro(amount: Decimal | int | str) -> str:
    """Return an amount in euro with two decimals: "€ 1.250,00", "€1,250.00"; a minus stands before the figures."""
    value = Decimal(amount).quantize(_CENT, rounding=ROUND_HALF_UP)
    sign = "-" if value < 0 else ""
    figures = f"{abs(value):,.2f}"
    if not in_dutch():
        return f"{sign}€{figures}"
    return f"€{NO_BREAK}{sign}{figures.translate(str.maketrans(',.', '.,'))}"


def number(value: Decimal | float) -> str:
    """Return a number with its thousands set apart: "12.500", "12,500"; up to two decimals where it has any."""
    figures = f"{value:,.2f}".rstrip("0").rstrip(".")
    return figures.translate(str.maketrans(",.", ".,")) if in_dutch() else figures


def initials(name: str) -> str:
    """Return the first letters of the first and last word: "Anna van der Berg" → "AB"; empty for an empty name."""
    words = name.split()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else ""


def person_name(person: object) -> str:
    """Return a person's name as they write it.

    Takes text, or anything with `name`, or with `first_name` and `last_name`. Nobody gives an empty text.
    """
    if person is None:
        return ""
    if isinstance(person, str):
        return person
    name = getattr(person, "name", "")
    if name:
        return str(name)
    parts = (getattr(person, part, "") for part in ("first_name", "last_name"))
    return " ".join(str(part) for part in parts if part)
