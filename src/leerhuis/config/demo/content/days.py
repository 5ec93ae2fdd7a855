"""Days on which a training provider teaches: not on Sunday, not on a Dutch public holiday."""

from datetime import date, timedelta

_SATURDAY, _SUNDAY = 5, 6
_ONE_DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Return Easter Sunday of a year (the Gregorian rule, after Meeus, Jones and Butcher)."""
    golden = year % 19
    century, within = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - correction + 15) % 30
    leaps, rest = divmod(within, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def closed_days(year: int) -> frozenset[date]:
    """Return the days of a year on which nobody teaches, Sundays aside."""
    sunday = easter(year)
    moving = {sunday + timedelta(days=offset) for offset in (-2, 1, 39, 50)}  # Good Friday to Whit Monday
    birthday = date(year, 4, 27)
    king = birthday - _ONE_DAY if birthday.weekday() == _SUNDAY else birthday
    fixed = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    liberation = {date(year, 5, 5)} if year % 5 == 0 else set()
    return frozenset(moving | fixed | {king} | liberation)


def teaching_day(day: date, *, saturday: bool = False) -> date:
    """Return the day itself or the first day after it on which there is teaching.

    ``saturday``: whether the course is one for Saturdays; it then stays on a Saturday.
    """
    while not _is_open(day, saturday=saturday):
        day += _ONE_DAY
    return day


def _is_open(day: date, *, saturday: bool) -> bool:
    if day.weekday() == _SUNDAY or day in closed_days(day.year):
        return False
    return (day.weekday() == _SATURDAY) == saturday
