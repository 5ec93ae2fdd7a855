"""What somebody signs in with goes at the account's own term, also where a course keeps their name for longer."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.enrolment.models import Enrolment
from leerhuis.people.models import Person
from leerhuis.privacy import due
from leerhuis.privacy.claims import terms_here
from leerhuis.privacy.models import Hold
from leerhuis.privacy.tests.factories import Canary
from tests.cast import add_person

BY = Actor.job("privacy.let_go")


@pytest.fixture
def learner(academy, choose) -> Person:
    """Somebody with a password, a second factor and a course, where courses are kept seven years and accounts two."""
    choose(terms=academy.settings.terms.model_copy(update={"course": "P7Y", "account": "P2Y"}))
    person = add_person("Cor", "Drie")
    made = Canary(person, "qzc")
    for model in (Enrolment, EmailAddress, Authenticator):
        made.row(model)
    Person.objects.filter(pk=person.pk).update(password="pbkdf2_sha256$1$a$b")
    return person


def after_a_night(person: Person, *, signed_in: int, ended: int) -> tuple[bool, bool, bool, bool]:
    """Return whether password, second factor, address and course are left, so many years after sign-in and end."""
    ago = [clock.now() - timedelta(days=366 * years) for years in (9, signed_in, ended)]
    Person.objects.filter(pk=person.pk).update(created_at=ago[0], last_login=ago[1])
    Enrolment.objects.filter(learner=person).update(ended_at=ago[2])
    due.let_piece_go(terms_here(), 1000, by=BY)
    return (
        Person.objects.filter(pk=person.pk).exclude(password="").exists(),
        Authenticator.objects.filter(user=person).exists(),
        EmailAddress.objects.filter(user=person).exists(),
        Enrolment.objects.filter(learner=person).exists(),
    )


@pytest.mark.parametrize(
    ("signed_in", "ended", "left"),
    [
        (1, 4, (True, True, True, True)),
        (4, 1, (True, True, True, True)),
        (4, 4, (False, False, True, True)),
        (8, 8, (False, False, False, False)),
    ],
)
def test_sign_in_goes_two_years_after_the_last_sign_in_or_course_and_the_name_with_the_course(
    learner, signed_in, ended, left
):
    assert after_a_night(learner, signed_in=signed_in, ended=ended) == left
    person = Person.objects.filter(pk=learner.pk).first()
    assert (person.first_name if person else None) == ("Cor" if left[3] else None)


def test_what_is_held_keeps_its_password(learner):
    Hold.objects.create(person=learner.pk, reason="dispute", until=clock.today() + timedelta(days=9))

    assert after_a_night(learner, signed_in=4, ended=4)[0]
