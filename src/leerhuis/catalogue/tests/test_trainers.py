"""Trainers: who may teach, what they are told, and that they are written to about nothing else."""

from datetime import time

import pytest

from leerhuis.audit.models import Note
from leerhuis.base.edge import attempt
from leerhuis.catalogue import actions, mails, rules
from leerhuis.catalogue.models import Teaching
from leerhuis.catalogue.queries import clashes_of, teaches, trainers_of
from leerhuis.catalogue.tests.factories import BY, FOUR, in_days, lesson, moment, opened, planned, published, venue
from leerhuis.mail.models import Message
from leerhuis.people.actions import end_role, grant_role
from leerhuis.people.models import Person
from leerhuis.people.rules import Gone


def kinds_to(person) -> list[str]:
    """The kinds of the mails to a person, by name: all of one test are of one moment."""
    return sorted(Message.objects.filter(person=person.id).values_list("kind", flat=True))


def body_of(kind) -> str:
    return Message.objects.get(kind=f"catalogue.{kind}").body


@pytest.fixture
def run(academy):
    return opened(published(title_en="Privacy at work"), in_days(3), in_days(10), at=venue())


@pytest.fixture
def taught(run, cast):
    actions.assign_trainer(run, cast.trainer, by=BY)
    Message.objects.all().delete()
    return run


def test_a_trainer_who_is_assigned_gets_dates_and_places(run, cast):
    actions.assign_trainer(run, cast.trainer, by=BY)

    assert list(trainers_of(run)) == [cast.trainer]
    assert kinds_to(cast.trainer) == ["catalogue.trainer_assigned"]
    assert body_of("trainer_assigned").count("De Kaap, Stationsplein 1, 3511 AA Utrecht") == 2
    (note,) = Note.objects.filter(verb="assign trainer")
    assert note.subject_person == cast.trainer.id


def test_mails_are_in_the_language_of_the_trainer(run, cast):
    Person.objects.filter(pk=cast.trainer.pk).update(language="en")

    actions.assign_trainer(run, cast.trainer, by=BY)

    assert Message.objects.get().title == "You teach Privacy at work (R1)"


def test_only_a_trainer_teaches(run, cast):
    for person in (cast.learner, cast.clerk, cast.stranger):
        with pytest.raises(rules.NoTrainer), attempt():
            actions.assign_trainer(run, person, by=BY)

    assert not Teaching.objects.exists()
    assert not Message.objects.exists()


def test_a_trainer_teaches_a_run_once(taught, cast):
    with pytest.raises(rules.TrainerTwice), attempt():
        actions.assign_trainer(taught, cast.trainer, by=BY)

    assert kinds_to(cast.trainer) == []


def test_somebody_who_is_gone_is_not_assigned(run, cast):
    Person.objects.filter(pk=cast.trainer.pk).update(state="erased")

    with pytest.raises(Gone):
        actions.assign_trainer(run, cast.trainer, by=BY)


def test_a_trainer_who_is_released_is_told_and_sees_the_run_no_longer(taught, cast):
    assert teaches(cast.trainer.id, taught.id)

    actions.unassign_trainer(Teaching.objects.get(), by=BY)

    assert not teaches(cast.trainer.id, taught.id)
    assert kinds_to(cast.trainer) == ["catalogue.trainer_released"]


def test_trainers_hear_of_go_and_no_go(taught, cast):
    actions.confirm_run(taught, by=BY)
    actions.cancel_run(taught, by=BY)

    assert kinds_to(cast.trainer) == ["catalogue.run_cancelled", "catalogue.run_goes_ahead"]
    assert kinds_to(cast.stranger) == []


def test_trainers_hear_of_added_moved_and_dropped_lessons(taught, cast):
    extra = lesson(taught, in_days(20))
    actions.change_lesson(extra, starts_at=moment(in_days(20), time(13)), by=BY)
    assert "13.00–16.00" in body_of("lesson_moved")
    assert "10.00–16.00" in body_of("lesson_moved")
    actions.remove_lesson(extra, by=BY)

    assert kinds_to(cast.trainer) == ["catalogue.lesson_added", "catalogue.lesson_moved", "catalogue.lesson_removed"]


def test_a_new_subject_or_link_is_no_news(taught, cast):
    actions.change_lesson(taught.lessons.first(), title="Inleiding", by=BY)

    assert kinds_to(cast.trainer) == []


def test_the_link_of_an_online_room_is_in_no_mail(taught, cast):
    online = lesson(taught, in_days(20), online_link="https://room.example/secret")
    actions.change_lesson(online, starts_at=moment(in_days(21)), ends_at=moment(in_days(21), FOUR), by=BY)

    assert Message.objects.filter(person=cast.trainer.id).count() == 2
    assert not Message.objects.filter(body__contains="room.example").exists()


def test_what_is_shown_beforehand_is_what_is_sent(run, cast):
    before = mails.trainer_assigned.preview(run, cast.trainer)

    actions.assign_trainer(run, cast.trainer, by=BY)

    message = Message.objects.get()
    assert (before.title, before.body) == (message.title, message.body)


def test_a_copy_may_take_its_trainers_along(taught, cast):
    alone = actions.copy_run(taught, in_days(50), code="A", by=BY)
    both = actions.copy_run(taught, in_days(90), code="B", with_trainers=True, by=BY)

    assert list(trainers_of(alone)) == []
    assert list(trainers_of(both)) == [cast.trainer]
    assert kinds_to(cast.trainer) == ["catalogue.trainer_assigned"]


def test_who_is_no_trainer_any_more_is_not_taken_along(taught, cast):
    end_role(cast.trainer, "trainer", by=BY)

    copy = actions.copy_run(taught, in_days(50), code="A", with_trainers=True, by=BY)

    assert list(trainers_of(copy)) == []


def test_a_trainer_asked_twice_at_one_time_is_shown(taught, cast):
    other = planned(taught.course, in_days(3), code="OTHER", at=venue("Elders", "Zwolle"))
    assert clashes_of(taught) == []

    actions.assign_trainer(other, cast.trainer, by=BY)

    (clash,) = clashes_of(taught)
    assert (clash.other.run, clash.trainer) == (other, cast.trainer.name)


def test_two_trainers_both_hear(taught, cast):
    grant_role(cast.colleague, "trainer", by=BY)
    actions.assign_trainer(taught, cast.colleague, by=BY)

    actions.confirm_run(taught, by=BY)

    assert Message.objects.filter(kind="catalogue.run_goes_ahead").count() == 2
