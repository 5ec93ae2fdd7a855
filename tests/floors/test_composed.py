"""What the ORM composed once is asked of each person with that person's values, and of nobody else."""

from typing import Any
from uuid import UUID

from leerhuis.audit.models import Note
from leerhuis.base import composed
from leerhuis.base.composed import SOMEBODY, asking, deleting
from leerhuis.privacy.rows import every_row
from tests.cast import Cast

made: list[UUID] = []


def notes_about(person_id: UUID) -> Any:
    """Return the notes about somebody that nobody is named in; each call is remembered."""
    made.append(person_id)
    return every_row(Note).filter(subject_person=person_id, verb="try 100%").values_list("verb", "touched")


def wrote(person: Any) -> Note:
    return Note.objects.create(
        actor_kind="job", verb="try 100%", thing_kind="x", thing_id=person.pk, subject_person=person.pk, touched=["y"]
    )


def test_each_gets_the_answer_about_themselves_and_it_is_composed_once(cast: Cast) -> None:
    wrote(cast.learner)
    made.clear()
    answers = [
        asking(("once", "notes"), lambda: notes_about(SOMEBODY)).rows({SOMEBODY: person.pk})
        for person in (cast.learner, cast.colleague, cast.stranger)
    ]

    assert [[verb for verb, _ in rows] for rows in answers] == [["try 100%"], [], []]
    assert made == [SOMEBODY]


def test_what_is_made_of_something_else_is_composed_anew(cast: Cast) -> None:
    made.clear()
    for day in (1, 2, 1):
        asking(("anew", day), lambda: notes_about(SOMEBODY)).rows({SOMEBODY: cast.learner.pk})

    assert made == [SOMEBODY, SOMEBODY]


def test_only_the_rows_of_one_person_are_deleted(cast: Cast) -> None:
    wrote(cast.learner)
    left = wrote(cast.colleague)

    statement = deleting("notes of one", lambda: every_row(Note).filter(subject_person=SOMEBODY, verb="try 100%"))

    assert [statement.carry_out({SOMEBODY: cast.learner.pk}) for _ in range(2)] == [1, 0]
    assert list(Note.objects.filter(verb="try 100%")) == [left]


def test_a_question_that_concerns_no_row_is_not_asked(cast: Cast, django_assert_num_queries: Any) -> None:
    asked = asking("nothing", lambda: every_row(Note).filter(pk__in=[]))
    gone = deleting("nothing", lambda: every_row(Note).filter(pk__in=[]))

    with django_assert_num_queries(0):
        assert (asked.rows({}), gone.carry_out({})) == ([], 0)


def test_what_is_kept_stays_within_bounds_and_holds_nobody(cast: Cast) -> None:
    for number in range(composed._MOST + 10):
        asking(("bounds", number), lambda: every_row(Note).filter(pk__in=[]))
    asking("last", lambda: notes_about(SOMEBODY)).rows({SOMEBODY: cast.learner.pk})

    assert len(composed._kept) == composed._MOST
    assert str(cast.learner.pk) not in str(composed._kept)
