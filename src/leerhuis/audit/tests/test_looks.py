"""Each look at somebody else's data is written down, and shown to that person by role."""

import pytest

from leerhuis.audit.actions import look, note
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look, Note
from leerhuis.audit.queries import notes_about, who_looked_at
from leerhuis.base.ids import uuid7

pytestmark = pytest.mark.usefixtures("academy")

ANNA, BERT = uuid7(), uuid7()
CLERK = Actor.person(uuid7(), "clerk")


def test_a_look_is_one_row_per_person_and_none_for_oneself() -> None:
    assert look(by=Actor.person(ANNA), subjects=[ANNA, BERT, BERT], purpose="people.account", screen="list") == 1
    assert list(Look.objects.values_list("subject_person", flat=True)) == [BERT]


def test_a_person_sees_who_looked_by_role_and_how_often() -> None:
    for _ in range(3):
        look(by=CLERK, subjects=[ANNA], purpose="people.account", screen="people_office_list")
    (seen,) = who_looked_at(ANNA)
    assert (seen.role, seen.purpose, seen.screen, seen.times) == ("clerk", "people.account", "people_office_list", 3)
    assert who_looked_at(BERT) == []


def test_the_house_itself_does_not_look() -> None:
    assert look(by=Actor.job("mail.send_message"), subjects=[ANNA], purpose="mail.service_mail", screen="job") == 0


def test_a_note_keeps_names_of_fields_and_no_values() -> None:
    note("change academy", academy_row := Note(verb="x"), by=CLERK, subject=ANNA, fields=["b", "a"])
    (kept,) = notes_about(ANNA)
    assert (kept.verb, kept.thing_id, kept.touched) == ("change academy", academy_row.pk, ["a", "b"])
