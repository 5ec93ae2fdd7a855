"""Dates, money and names as people write them, in Dutch and in English.

Dutch: "di 14 januari 2027, 9.30 uur", "€ 1.250,00"; English: "Tue 14 January 2027, 9:30", "€1,250.00".
Moments are shown in the academy's zone (the current Django time zone). Spaces inside a date or an amount that must
not break over two lines are no-break spaces.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import dateformat, timezone, translation

NO_BREAK = "\N{NO-BREAK SPACE}"
_CENT = Decimal("0.01")


def in_dutch() -> bool:
    """Tell whether the page is being written in Dutch."""
    return (translation.get_language() or "nl").startswith("nl")


def _local(moment: date) -> date:
    return timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment


def day(moment: date) -> str:
    """Return the day with its weekday: "di 14 januari 2027", "Tue 14 January 2027"."""
    return dateformat.format(_local(moment), "D j F Y")


def day_short(moment: date) -> str:
    """Return the day for a narrow column: "14 jan 2027", "14 Jan 2027"."""
    return dateformat.format(_local(moment), "j b Y" if in_dutch() else "j M Y").replace(" ", NO_BREAK)


def day_long(moment: date) -> str:
    """Return the day in full, for letters and certificates: "14 januari 2027", "14 January 2027"."""
    return dateformat.format(_local(moment), "j F Y")


def clock_time(moment: datetime) -> str:
    """Return the time of day: "9.30 uur", "9:30"."""
    local = _local(moment)
    return dateformat.format(local, "G.i") + f"{NO_BREAK}uur" if in_dutch() else dateformat.format(local, "G:i")


def day_time(moment: datetime) -> str:
    """Return day and time: "di 14 januari 2027, 9.30 uur", "Tue 14 January 2027, 9:30"."""
    return f"{day(moment)}, {clock_time(moment)}"


def hours(start: datetime, end: datetime) -> str:
    """Return from when to when on one day: "9.30–17.00 uur", "9:30–17:00"."""
    if in_dutch():
        return f"{dateformat.format(_local(start), 'G.i')}–{clock_time(end)}"
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
