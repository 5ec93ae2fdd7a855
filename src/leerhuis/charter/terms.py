"""Terms: how long something is kept after its clock has started."""

import re
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True)
class Term:
    """A length of time in calendar units, so that "two years" is two calendar years."""

    years: int = 0
    months: int = 0
    days: int = 0

    def delta(self) -> relativedelta:
        """Return the term as something that can be added to a date."""
        return relativedelta(years=self.years, months=self.months, days=self.days)

    def iso(self) -> str:
        """Return the ISO 8601 duration, as settings files and the data map write it (``P7Y``)."""
        parts = (f"{self.years}Y" if self.years else "", f"{self.months}M" if self.months else "")
        days = f"{self.days}D" if self.days else ""
        return f"P{''.join(parts)}{days}" if any((*parts, days)) else "P0D"

    def text(self, language: str) -> str:
        """Return the term in words, in ``nl`` or ``en``: "2 jaar", "6 months"."""
        units = (
            (self.years, ("jaar", "jaar") if language == "nl" else ("year", "years")),
            (self.months, ("maand", "maanden") if language == "nl" else ("month", "months")),
            (self.days, ("dag", "dagen") if language == "nl" else ("day", "days")),
        )
        words = [f"{count} {names[0] if count == 1 else names[1]}" for count, names in units if count]
        return (" en " if language == "nl" else " and ").join(words)

    @classmethod
    def parse(cls, value: str) -> "Term":
        """Read ``P2Y``, ``P6M``, ``P30D`` or ``P1Y6M``; raises ValueError for anything else."""
        found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?", value)
        if not found or not any(found.groups()):
            raise ValueError(f"Not a term: {value!r}. Write for example P2Y, P6M or P30D.")
        years, months, days = (int(part or 0) for part in found.groups())
        return cls(years, months, days)


def years(count: int) -> Term:
    """Return a term of so many calendar years."""
    return Term(years=count)


def months(count: int) -> Term:
    """Return a term of so many calendar months."""
    return Term(months=count)


def days(count: int) -> Term:
    """Return a term of so many days."""
    return Term(days=count)
