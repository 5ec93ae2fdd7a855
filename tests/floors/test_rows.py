"""Many rows in one statement: as `bulk_create` would write them, and in place of rows that are there."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from leerhuis.audit.marks import mark_of
from leerhuis.audit.models import Look
from leerhuis.base.clock import now
from leerhuis.base.rows import add_rows
from leerhuis.people.models import Person
from leerhuis.practice.models import Access, Card, Question, Round
from leerhuis.practice.tests.factories import a_bank, many_questions


@pytest.fixture
def access(academy, cast) -> Access:
    bank = a_bank("Rijen", many_questions(1, 3))
    return Access.objects.create(person=cast.learner, bank=bank, until=now() + timedelta(days=30))


def card(access: Access, question: Question, **changed) -> Card:
    values = {"stability": 2.5, "difficulty": 5.0, "state": 2, "step": None, "last_review": now(), "due_at": now()}
    return Card(access=access, question=question, **values | changed)


def test_rows_are_written_as_they_are(access):
    questions = list(Question.objects.order_by("id"))
    given = [card(access, each, reps=number, step=number or None) for number, each in enumerate(questions)]

    assert add_rows(given) == 3

    fields = [field.attname for field in Card._meta.concrete_fields]
    written = {each.id: each for each in Card.objects.all()}
    assert {each.id: [getattr(each, name) for name in fields] for each in given} == {
        id_: [getattr(each, name) for name in fields] for id_, each in written.items()
    }


def test_no_rows_are_no_statement(access, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert add_rows([]) == 0


def test_many_rows_take_one_statement(access, django_assert_num_queries):
    rows = [card(access, each) for each in Question.objects.all()]
    with django_assert_num_queries(1):
        add_rows(rows)


def test_a_row_that_is_there_gets_what_is_new_and_keeps_the_rest(access):
    question = Question.objects.order_by("id")[0]
    old = card(access, question, reps=1, difficulty=3.0)
    add_rows([old])

    add_rows([card(access, question, reps=2, difficulty=9.0)], on=("access", "question"), renew=("reps",))

    (kept,) = Card.objects.all()
    assert (kept.id, kept.reps, kept.difficulty) == (old.id, 2, 3.0)


def test_a_row_that_may_not_be_there_twice_keeps_all_others_out(access):
    first, second, _ = Question.objects.order_by("id")
    add_rows([card(access, first)])

    with pytest.raises(IntegrityError), transaction.atomic():
        add_rows([card(access, second), card(access, first)])
    assert list(Card.objects.values_list("question", flat=True)) == [first.id]


def test_rows_that_are_sealed_get_their_marks(cast):
    look = Look(actor_kind="person", actor_person=cast.clerk.id, subject_person=cast.learner.id, screen="x")
    add_rows([look])

    kept = Look.objects.get(pk=look.pk)
    assert bytes(kept.mark) == mark_of(kept) != b""


def test_a_column_of_arrays_is_refused_in_words(access):
    with pytest.raises(TypeError, match="Round has a column of arrays"):
        add_rows([Round(access=access, order=[])])


def test_text_stays_as_it_was_typed(academy):
    names = ["O'Neil", 'x",{}\\', "{NULL,1}", "éàü 漢", "a\nb\tc", "NULL", ""]
    people = [Person(first_name=name, last_name="x", source="staff", email=None) for name in names]
    add_rows(people)
    assert sorted(Person.objects.filter(last_name="x").values_list("first_name", flat=True)) == sorted(names)
