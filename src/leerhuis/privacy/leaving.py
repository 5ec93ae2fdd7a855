"""What left the house, in words: counted for the privacy officer, and for each person to whom their data went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Sum

from leerhuis.audit.models import Flow, Given
from leerhuis.audit.outlet import MACHINE, PERSON, STAFF, TLS
from leerhuis.base import clock
from leerhuis.charter.declarations import Processor, Recipient
from leerhuis.charter.register import declared
from leerhuis.charter.words import WORDS
from leerhuis.mail.templatetags.mail_kinds import kind_name
from leerhuis.privacy.phrases import Language, capital, pick, said, words_in
from leerhuis.privacy.screens import screen_name
from leerhuis.privacy.trail import purpose_names, role_name

_MAIL = "mail "  # begins the name of what carried it, where that was a kind of mail
_HOUSE: Mapping[str, tuple[str, str]] = {
    STAFF: ("Bestand, meegenomen door een medewerker", "File, taken along by staff"),
    PERSON: ("Eigen gegevens, gedownload door de persoon zelf", "Own data, downloaded by the person"),
}

_HOW: Mapping[str, tuple[str, str]] = {
    TLS: ("beveiligd (TLS)", "secured (TLS)"),
    MACHINE: ("binnen deze machine", "within this machine"),
}


@dataclass(frozen=True)
class Left:
    """What went to one recipient for one purpose in one way in a month: how often, about how many, how many rows.

    `people` counts somebody each time anew; `how` says how it was protected where it went over a network.
    """

    to: str
    purpose: str
    words: str
    carrier: str
    role: str
    is_file: bool
    times: int
    people: int
    rows: int
    how: str


def left_in(begin: date, language: Language) -> list[Left]:
    """Return what left the house in the month that begins on a day, most rows first. One query. Keeps: L24, L27."""
    start, end = (datetime.combine(day, time(), clock.zone()) for day in (begin, begin + relativedelta(months=1)))
    counted = (
        Flow.objects.filter(created_at__gte=start, created_at__lt=end)
        .values("recipient", "purpose", "words", "carrier", "actor_role", "transport")
        .annotate(times=Count("id"), persons=Sum("people"), lines=Sum("rows"))
        .order_by("-lines", "-times", "recipient", "carrier")
    )
    names, purposes = recipient_names(language), purpose_names(language)
    return [
        Left(
            to=names.get(row["recipient"], row["recipient"]),
            purpose=purposes.get(row["purpose"], row["purpose"]),
            words=_categories(row["words"], language),
            carrier=carrier_name(row["carrier"]),
            role=role_name(row["actor_role"], language),
            is_file=row["recipient"] in _HOUSE,
            times=row["times"],
            people=row["persons"],
            rows=row["lines"],
            how=pick(language, *_HOW.get(row["transport"], ("", ""))),
        )
        for row in counted
    ]


def recipient_names(language: Language) -> dict[str, str]:
    """Return what each recipient is called, by its id: those that packages declare, and the house itself."""
    found = {key: pick(language, *words) for key, words in _HOUSE.items()}
    for kind in (Recipient, Processor):
        found |= {each.id: capital(said(thing, language)) for each, thing in declared(kind)}
    return found


def carrier_name(carrier: str) -> str:
    """Return by which mail or screen something left, in the language of the page."""
    if carrier.startswith(_MAIL):
        return capital(str(kind_name(carrier.removeprefix(_MAIL))))
    return screen_name(carrier)


def _categories(keys: str, language: Language) -> str:
    return capital(words_in(tuple(WORDS[key] for key in keys.split() if key in WORDS), language))


@dataclass(frozen=True)
class GivenTo:
    """That a person's data went to somebody else: to whom, what for, which categories, first and last when."""

    to: str
    purpose: str
    words: str
    first: date
    last: date
    days: int


def given_of(person_id: UUID, language: Language) -> tuple[GivenTo, ...]:
    """Return to whom a person's data were given, the last first, in words. One query. Keeps: L24, L35."""
    names, purposes = recipient_names(language), purpose_names(language)
    merged: dict[tuple[str, str, str], list[date]] = {}
    rows = Given.objects.filter(person=person_id).order_by("-day", "recipient", "purpose", "words")
    for row in rows:
        merged.setdefault((row.recipient, row.purpose, row.words), []).append(row.day)
    found = []
    for (to, purpose, words), days in merged.items():
        said = (names.get(to, to), purposes.get(purpose, purpose), _categories(words, language))
        found.append(GivenTo(*said, first=days[-1], last=days[0], days=len(set(days))))
    return tuple(found)
