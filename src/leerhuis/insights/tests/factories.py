"""A month of an academy for the tests of insights: who practised, who was in a run, and what is in the facts."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Sum

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.catalogue.actions import close_run
from leerhuis.insights.models import FACTS, Fact
from leerhuis.organisations.actions import add_employee
from leerhuis.organisations.models import Organisation
from leerhuis.people.models import Person
from leerhuis.practice.actions.rounds import start_round
from leerhuis.practice.models import Bank, Question
from leerhuis.practice.tests.factories import a_bank as bank_of
from leerhuis.practice.tests.factories import access_for, many_questions
from leerhuis.practice.tests.factories import answer as give
from leerhuis.results.tests.factories import AMSTERDAM, Group, make_group, passed
from tests.cast import Cast, add_person

BY = Actor.operator()
JUNE = datetime(2027, 6, 3, 8, 0, tzinfo=AMSTERDAM)
JULY = datetime(2027, 7, 2, 3, 0, tzinfo=AMSTERDAM)
AUGUST = datetime(2027, 8, 2, 3, 0, tzinfo=AMSTERDAM)


def learners(number: int, organisation: Organisation | None = None, *, mark: str = "") -> list[Person]:
    found = [add_person(f"Lid{mark}{n}", "Leerling") for n in range(number)]
    for person in found if organisation else ():
        add_employee(organisation, person, by=BY)
    return found


def two_questions(title: str = "Privacy") -> Bank:
    return bank_of(title, many_questions(1, 2))


def practise(bank: Bank, *people: Person, right: bool = True) -> None:
    """Let people practise a bank: one round, one answer."""
    title = Question.objects.filter(topic__bank=bank).order_by("position")[0].title
    for person in people:
        access_for(person, bank, days=400)
        sitting = start_round(person, bank, by=Actor.person(person.id))
        give(sitting, title, "true" if right else "false")


def over(group: Group, cast: Cast) -> None:
    """Let everybody of a group attend and pass, and close the run."""
    with clock.at(JUNE + timedelta(hours=10)):
        passed(group, cast.trainer, cast.clerk)
    with clock.at(JUNE + timedelta(days=2)):
        close_run(group.run, by=BY)


def a_group(cast: Cast, number: int = 3, organisation: Organisation | None = None) -> Group:
    return make_group(*learners(number, organisation), trainer=cast.trainer, ordered_by=organisation)


def sums(model: type[Fact], **where: Any) -> dict[str, int]:
    """Return what all rows of a table of facts come to; a number that is nought is left out."""
    rows = model.rows().filter(**where).aggregate(**{f"all_{name}": Sum(name) for name in model.counters()})
    return {name.removeprefix("all_"): number for name, number in rows.items() if number}


def facts() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table of facts, without the key that says nothing."""
    found = {}
    for model in FACTS:
        names = [*model.keys, *model.counters()]
        rows = (dict(zip(names, row, strict=True)) for row in model.rows().values_list(*names))
        found[model.__name__] = sorted(rows, key=str)
    return found
