"""How things stand with all data of an academy, for the privacy officer: counts and gaps, never a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from leerhuis.academies.settings import Supplier
from leerhuis.audit.models import Look
from leerhuis.base import clock
from leerhuis.charter.declarations import Processor, Purpose
from leerhuis.charter.register import in_force
from leerhuis.privacy import phrases
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.firms import lacking_of, machines_elsewhere, transfer_lacks, unregistered
from leerhuis.privacy.parts import words_named
from leerhuis.privacy.phrases import Language, capital, said
from leerhuis.privacy.screens import screen_name
from leerhuis.privacy.trail import purpose_names, role_name

LOOK_BACK = timedelta(days=30)


def terms_in_force(facts: Facts, language: Language) -> dict[str, str]:
    """Return for each purpose, by id, how long its rows are kept in this academy: "7 jaar"."""
    return {each.id: phrases.term_in_force(purpose, facts).text(language) for each, purpose in in_force(Purpose, facts)}


@dataclass(frozen=True)
class Gap:
    """What the statement needs and nobody has written down yet: where, and what to do about it."""

    where: str
    what: tuple[str, ...]


def gaps(facts: Facts, language: Language) -> list[Gap]:
    """Return what is missing in the settings and declarations, in words that say what to do. Keeps: L25, K15a, L18."""
    return [
        *(Gap(firm.name, missing) for firm in facts.chosen.suppliers if (missing := tuple(missing_of(firm)))),
        *_unregistered_machines(facts),
        *_unnamed_processors(facts, language),
        *_term_gaps(facts, language),
        *_word_gaps(facts, language),
    ]


def missing_of(firm: Supplier) -> Iterator[str]:
    """Yield what was not written down about a supplier, or holds no longer."""
    yield from lacking_of(firm, clock.today())
    if phrases.outside_eea(firm):
        yield from transfer_lacks(firm)


def _unregistered_machines(facts: Facts) -> Iterator[Gap]:
    """Yield the machines that this installation is set to use and that belong to no firm in the register."""
    words = _("No company in the register has this host: %(use)s. Enter it, or add the host to the company.")
    for machine in unregistered(machines_elsewhere(), facts.chosen.suppliers):
        yield Gap(machine.host, (words % {"use": machine.use},))


def _unnamed_processors(facts: Facts, language: Language) -> Iterator[Gap]:
    named = {firm.role for firm in facts.chosen.suppliers}
    for _each, processor in in_force(Processor, facts):
        if processor.role not in named and not processor.holds_all:
            yield Gap(capital(said(processor, language)), (_("No company was named that does this."),))


def _term_gaps(facts: Facts, language: Language) -> Iterator[Gap]:
    for _each, purpose in in_force(Purpose, facts):
        reasons = [phrases.why_longer(purpose, facts, spoken) for spoken in phrases.LANGUAGES]
        if phrases.is_longer(purpose, facts) and not all(reasons):
            what = _("The term is longer than needed (%(needed)s). Write down why, in both languages.")
            yield Gap(capital(said(purpose, language)), (what % {"needed": purpose.keep.text(language)},))


def _word_gaps(facts: Facts, language: Language) -> Iterator[Gap]:
    for word, served in words_named(facts).items():
        if not served:
            yield Gap(capital(said(word, language)), (_("Tables hold these data, but no purpose uses them."),))


@dataclass(frozen=True)
class LookCount:
    """How often people in a role looked on a day, on which screen, at how many people."""

    day: date
    role: str
    screen: str
    purpose: str
    looks: int
    people: int
    lookers: int


def looks_lately(language: Language, limit: int = 200) -> list[LookCount]:
    """Return who looked in the last month, counted by day, role and screen, newest first. One query. Keeps: L8a."""
    rows = (
        Look.objects.filter(created_at__gte=clock.now() - LOOK_BACK)
        .annotate(day=TruncDate("created_at"))
        .values("day", "actor_role", "screen", "purpose")
        .annotate(
            looks=Count("id"),
            people=Count("subject_person", distinct=True),
            lookers=Count("actor_person", distinct=True),
            last=Max("created_at"),
        )
        .order_by("-last", "actor_role", "screen")[:limit]
    )
    purposes = purpose_names(language)
    return [
        LookCount(
            day=row["day"],
            role=role_name(row["actor_role"], language),
            screen=screen_name(row["screen"]),
            purpose=purposes.get(row["purpose"], row["purpose"]),
            looks=row["looks"],
            people=row["people"],
            lookers=row["lookers"],
        )
        for row in rows
    ]
