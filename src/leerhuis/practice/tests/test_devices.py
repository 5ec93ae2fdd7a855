"""A device that is reminded belongs to a sign-in and to a consent, and goes with either."""

from datetime import timedelta

import pytest

from leerhuis.base import clock
from leerhuis.consent.actions import leave_topic, object_to_marketing
from leerhuis.consent.models import Reader
from leerhuis.people.models import Person, SignIn
from leerhuis.people.sign_ins import end_sign_ins
from leerhuis.practice import rules
from leerhuis.practice.actions import reminders
from leerhuis.practice.due_reminders import MAIL, PUSH
from leerhuis.practice.models import PushDevice, Reminder
from leerhuis.practice.tests.test_reminders import (
    BY,
    NOW,
    bank,
    bring,
    choose,
    device_of,
    due_for,
    mails,
    service,
    signed_in,
)

__all__ = ["bank", "service"]


@pytest.fixture(autouse=True)
def _in_the_evening(academy):
    with clock.at(NOW):
        yield


def ended(person: Person) -> None:
    end_sign_ins(SignIn.objects.filter(person=person, ended_at=None), by=BY)


def restricted(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(restricted_at=NOW)


def withdrawn(person: Person) -> None:
    choose(person)


def stopped_by_mail(person: Person) -> None:
    leave_topic(Reader.objects.get(person=person), PUSH, by=BY)


def objected(person: Person) -> None:
    object_to_marketing(person, language="nl", by=BY)


def left(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(state=Person.State.LEFT)


@pytest.mark.parametrize("ends", [ended, restricted, withdrawn, stopped_by_mail, objected, left])
def test_what_ends_a_sign_in_or_the_consent_stops_what_is_on_its_way(cast, bank, service, ends):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH)
    device_of(cast.learner, service)
    reminders.send_reminders(by=BY)
    ends(cast.learner)
    bring()
    assert (service.came, mails()) == ([], [])
    with clock.at(NOW + timedelta(days=1)):
        assert reminders.send_reminders(by=BY) == 0


def test_the_devices_of_an_ended_sign_in_are_forgotten(cast, service):
    choose(cast.learner, PUSH)
    device_of(cast.learner, service)
    assert reminders.tidy_devices(by=BY) == 0
    ended(cast.learner)
    assert (reminders.tidy_devices(by=BY), PushDevice.objects.count()) == (1, 0)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_sign_in_that_ran_out_gets_nothing_on_its_device_and_the_mail_comes_instead(cast, bank, service, elsewhere):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH, MAIL)
    device_of(cast.learner, service)
    with clock.at(NOW + timedelta(days=2)):  # the sign-in ran out; nobody signed out
        if elsewhere:
            signed_in(cast.learner, "another device")
        assert reminders.send_reminders(by=BY) == 1
        bring()
        assert (service.came, len(mails()), Reminder.objects.get().way) == ([], 1, "mail")
        assert (reminders.tidy_devices(by=BY), PushDevice.objects.count()) == (0, 1)  # for the next sign-in of it


def test_whoever_signs_in_anew_in_the_same_browser_keeps_the_device(cast, service):
    choose(cast.learner, PUSH)
    device_of(cast.learner, service, "phone")
    for hours in (1, 2):
        with clock.at(NOW + timedelta(hours=hours)):
            last = signed_in(cast.learner, "phone")
    assert reminders.tidy_devices(by=BY) == 0
    assert PushDevice.objects.get().sign_in == last.id


def test_after_signing_out_a_new_sign_in_does_not_bring_the_device_back(cast, service):
    choose(cast.learner, PUSH)
    device_of(cast.learner, service, "phone")
    ended(cast.learner)
    with clock.at(NOW + timedelta(hours=1)):
        signed_in(cast.learner, "phone")
    assert (reminders.tidy_devices(by=BY), PushDevice.objects.count()) == (1, 0)


def test_a_browser_that_somebody_else_uses_next_is_theirs_alone(cast, service):
    browser = service.subscribe("shared")
    for person in (cast.learner, cast.colleague):
        choose(person, PUSH)
        reminders.add_device(person, signed_in(person), **browser.subscription, by=BY)
    assert PushDevice.objects.get().plan.person == cast.colleague


def test_a_device_is_refused_without_consent_and_at_any_other_host(cast, service):
    good = service.subscribe("phone").subscription
    with pytest.raises(rules.NotAskedFor):
        reminders.add_device(cast.learner, signed_in(cast.learner), **good, by=BY)
    choose(cast.learner, PUSH)
    for changed in ({"endpoint": "https://10.0.0.1/x"}, {"key": "AAAA"}, {"auth": ""}):
        with pytest.raises(rules.NoPushService):
            reminders.add_device(cast.learner, signed_in(cast.learner), **(good | changed), by=BY)
    assert PushDevice.objects.count() == 0


def test_ten_devices_are_enough(cast, service):
    choose(cast.learner, PUSH)
    for number in range(10):
        device_of(cast.learner, service, f"phone{number}")
    with pytest.raises(rules.TooManyDevices):
        device_of(cast.learner, service, "phone10")
