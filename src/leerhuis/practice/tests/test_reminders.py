"""Reminders as they are chosen and brought: on consent, once a day, on the chosen ways, and to nobody else."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Flow, Given
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.consent.actions import choose_topics
from leerhuis.consent.models import Reader
from leerhuis.consent.queries import choices_of
from leerhuis.mail.models import Message
from leerhuis.people.models import Person, SignIn, Store
from leerhuis.people.sign_ins import open_sign_in
from leerhuis.people.stores import SIGN_IN, SessionStore
from leerhuis.practice import rules
from leerhuis.practice.actions import reminders
from leerhuis.practice.actions.access import finish_access, withdraw_access
from leerhuis.practice.actions.goals import set_goal
from leerhuis.practice.actions.rounds import answer_question, end_round, start_round
from leerhuis.practice.due_reminders import MAIL, PUSH, whom_to_remind
from leerhuis.practice.models import Bank, Card, Permit, Push, PushDevice, Question, Reminder, ReminderPlan
from leerhuis.practice.my_reminders import asks_first, my_reminders
from leerhuis.practice.reminding import EVERY_DAY, Reason, Times, sum_of_days
from leerhuis.practice.tests.factories import a_bank, access_for, many_questions
from leerhuis.practice.tests.push_service import PushService
from tests.cast import add_person

BY = Actor.operator()
EVENING = Times()
ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2027, 1, 14, 19, 5, tzinfo=ZONE)  # a Thursday, in the evening


@pytest.fixture(autouse=True)
def _in_the_evening(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def service(settings):
    found = PushService()
    settings.PUSH_RELAY = found.start()
    yield found
    found.stop()


@pytest.fixture
def bank():
    return a_bank(text=many_questions(2, 6))


def choose(person: Person, *topics: str, times: Times = EVENING) -> bool:
    return reminders.choose_reminders(person, topics, times, language="nl", of_age=True, by=Actor.person(person.id))


def due_for(person: Person, bank: Bank, *, days: int = 30) -> None:
    """Let somebody have known every question, so long ago that all of them are due; of yesterday's none is."""
    access, then = access_for(person, bank, days=400), NOW - timedelta(days=days)
    known = {"stability": 3.0, "difficulty": 5.0, "state": 2, "last_review": then, "due_at": then + timedelta(days=3)}
    Card.objects.bulk_create(
        Card(access=access, question=each, created_at=then, **known)
        for each in Question.objects.filter(topic__bank=bank)
    )


def practise(person: Person, bank: Bank) -> None:
    """Begin a round, answer one question of it, and stop."""
    sitting = start_round(person, bank, by=BY)
    answer_question(sitting, sitting.order[0], "true", key=uuid7(), by=BY)
    end_round(sitting, by=BY)


def signed_in(person: Person, device: str = "kitchen") -> SignIn:
    """Sign somebody in on a device for a day; what the server remembers of it is all that tells when it runs out."""
    sign_in = open_sign_in(person, browser="Firefox", system="Android", device=device, by=Actor.person(person.id))
    said = SessionStore().encode({SIGN_IN: str(sign_in.id)})
    ends = clock.now() + timedelta(days=1)
    Store.objects.create(session_key=uuid7().hex, session_data=said, person=person.id, expire_date=ends)
    return sign_in


def device_of(person: Person, service: PushService, name: str = "phone") -> PushDevice:
    browser = service.subscribe(name)
    return reminders.add_device(person, signed_in(person, name), **browser.subscription, by=Actor.person(person.id))


def bring() -> None:
    for push in list(Push.objects.values_list("pk", flat=True)):
        reminders.deliver_push(push, by=BY)


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="practice.reminder").order_by("created_at"))


def test_whoever_asked_for_a_mail_gets_one_a_day(cast, bank):
    due_for(cast.learner, bank)
    choose(cast.learner, MAIL)
    assert (reminders.send_reminders(by=BY), reminders.send_reminders(by=BY)) == (1, 0)
    (mail,) = mails()
    reminder = Reminder.objects.get()
    assert (reminder.day, reminder.reason, reminder.way) == (NOW.date(), Reason.DUE, "mail")
    assert mail.title == f"Oefenen: {reminder.questions} vragen, ongeveer {reminder.minutes} minuten"
    assert (mail.topic, mail.person, mail.cause_id) == (MAIL, cast.learner.id, reminder.id)
    assert "/news/stop/" in mail.leave_link
    with clock.at(NOW + timedelta(days=1)):
        assert reminders.send_reminders(by=BY) == 1


def test_nobody_is_reminded_who_did_not_ask_for_it(cast, bank):
    for person in (cast.learner, cast.colleague, cast.stranger):
        due_for(person, bank)
    choose(cast.colleague, MAIL)
    choose(cast.colleague)
    assert reminders.send_reminders(by=BY) == 0
    assert (mails(), Reminder.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "times",
    [Times(18), Times(20), Times(19, EVERY_DAY - sum_of_days([3])), Times(7, EVERY_DAY, at_work=True)],
)
def test_at_another_hour_or_on_another_day_nothing_comes(cast, bank, times):
    due_for(cast.learner, bank)
    choose(cast.learner, MAIL, times=times)
    assert list(whom_to_remind()) == []


def test_in_working_hours_one_comes_only_where_that_was_chosen(cast, bank):
    due_for(cast.learner, bank)
    choose(cast.learner, MAIL, times=Times(14))
    with clock.at(NOW.replace(hour=14)):
        assert list(whom_to_remind()) == []
        choose(cast.learner, MAIL, times=Times(14, at_work=True))
        assert len(list(whom_to_remind())) == 1
    choose(cast.learner, MAIL, times=Times(14))
    with clock.at(NOW.replace(hour=14) + timedelta(days=2)):  # a Saturday
        assert len(list(whom_to_remind())) == 1


def test_an_hour_on_which_nothing_could_ever_come_is_refused_and_leaves_nothing(cast):
    with pytest.raises(rules.NeverThen):
        choose(cast.learner, MAIL, times=Times(12, sum_of_days(range(5))))
    assert (ReminderPlan.objects.count(), Reader.objects.count()) == (0, 0)


def test_whoever_practised_today_is_left_alone(cast, bank):
    due_for(cast.learner, bank)
    choose(cast.learner, MAIL)
    other = a_bank("Other", many_questions(1, 3))
    access_for(cast.learner, other)
    practise(cast.learner, other)
    assert list(whom_to_remind()) == []


def test_an_access_that_ended_and_a_finished_course_remind_of_nothing(cast, bank):
    due_for(cast.learner, bank)
    choose(cast.learner, MAIL)
    cause = Permit.objects.get().because
    assert (finish_access(cause, by=BY), finish_access(cause, by=BY)) == (1, 0)
    assert list(whom_to_remind()) == []
    access = Permit.objects.get().access
    set_goal(access, exam_on=NOW.date() + timedelta(days=9), retention=0.9, minutes=4, by=BY)
    assert list(whom_to_remind()) == []
    assert my_reminders(cast.learner).next_at is None
    withdraw_access(cause, by=BY)
    assert list(whom_to_remind()) == []


def test_of_two_banks_the_one_with_an_exam_is_told_of_and_only_once(cast, bank):
    due_for(cast.learner, bank)
    exam = a_bank("Exam", many_questions(1, 30))
    set_goal(access_for(cast.learner, exam), exam_on=NOW.date() + timedelta(days=20), retention=0.9, minutes=4, by=BY)
    choose(cast.learner, MAIL)
    (found,) = whom_to_remind()
    assert (found.bank_id, found.reason, found.on_device) == (exam.id, Reason.EXAM, False)


@pytest.mark.parametrize("people", [1, 3])
def test_who_is_reminded_is_chosen_in_one_statement(cast, bank, people):
    for number in range(people):
        person = add_person("Nora", f"Nummer{number}")
        due_for(person, bank)
        choose(person, MAIL)
    with CaptureQueriesContext(connection) as asked:
        assert len(list(whom_to_remind())) == people
    chosen = [each["sql"] for each in asked if "practice_reminder_plan" in each["sql"]]
    assert len(chosen) == 1


def test_a_notification_says_how_much_waits_and_nothing_about_its_reader(cast, bank, service):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH, MAIL)
    device = device_of(cast.learner, service)
    assert reminders.send_reminders(by=BY) == 1
    bring()
    (came,) = service.came
    reminder = Reminder.objects.get()
    assert came["words"] == {
        "title": "LEFFECTIEF",
        "body": f"{reminder.questions} vragen, ongeveer {reminder.minutes} minuten",
        "url": "/practice/",
        "lang": "nl",
        "tag": "practice",
    }
    assert (came["Topic"], came["Urgency"], int(came["TTL"])) == ("practice", "normal", (24 - 19) * 3600 - 300)
    device.refresh_from_db()
    assert (device.reached_at, reminder.arrived_at, mails(), Push.objects.count()) == (NOW, NOW, [], 0)


def test_what_leaves_is_counted_under_the_service_that_brings_it(cast, bank, service):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH)
    device_of(cast.learner, service)
    reminders.send_reminders(by=BY)
    bring()
    flow = Flow.objects.get(purpose="practice.reminding")
    assert (flow.recipient, flow.words, flow.people, flow.transport) == (
        "practice.push_google",
        "technical",
        1,
        "machine",
    )
    assert Given.objects.get().person == cast.learner.id


def test_a_subscription_that_the_service_ended_is_forgotten_and_the_mail_comes_instead(cast, bank, service):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH, MAIL)
    device_of(cast.learner, service)
    service.say(service.browsers[next(iter(service.browsers))], 410)
    reminders.send_reminders(by=BY)
    bring()
    assert (PushDevice.objects.count(), Push.objects.count(), len(mails())) == (0, 0, 1)
    assert Reminder.objects.get().way == "mail"


def test_with_a_second_device_that_took_it_no_mail_comes(cast, bank, service):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH, MAIL)
    device_of(cast.learner, service, "phone")
    device_of(cast.learner, service, "tablet")
    service.say(service.subscribe("phone2"), 410)
    gone = next(each for each in service.browsers.values() if each.name == "phone")
    service.say(gone, 404)
    reminders.send_reminders(by=BY)
    assert Push.objects.count() == 2
    bring()
    assert (PushDevice.objects.count(), mails(), Reminder.objects.get().way) == (1, [], "push")


def test_a_busy_service_is_asked_again_when_it_says_and_not_before(cast, bank, service):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH, MAIL)
    device_of(cast.learner, service)
    browser = service.browsers[next(iter(service.browsers))]
    service.say(browser, 429, Retry_After="1800")
    reminders.send_reminders(by=BY)
    bring()
    push = Push.objects.get()
    assert (push.attempts, push.try_after) == (1, NOW + timedelta(minutes=30))
    with clock.at(NOW + timedelta(minutes=29)):
        bring()
    assert len(service.came) == 1
    service.say(browser, 201)
    with clock.at(NOW + timedelta(minutes=31)):
        bring()
    assert (len(service.came), Push.objects.count(), mails()) == (2, 0, [])


def test_what_would_come_too_late_to_be_of_use_is_given_up_and_the_mail_comes(cast, bank, service):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH, MAIL)
    device_of(cast.learner, service)
    service.say(service.browsers[next(iter(service.browsers))], 503, Retry_After="20000")
    reminders.send_reminders(by=BY)
    bring()
    assert (Push.objects.count(), PushDevice.objects.count(), len(mails())) == (0, 1, 1)


def test_what_is_late_does_not_arrive_at_work_by_no_way(cast, bank, service):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH, MAIL, times=Times(8))
    device_of(cast.learner, service)
    service.say(service.browsers[next(iter(service.browsers))], 503, Retry_After="1800")
    morning = NOW.replace(hour=8, minute=20)
    with clock.at(morning):
        reminders.send_reminders(by=BY)
        bring()
    push = Push.objects.get()
    assert (push.until, push.try_after) == (NOW.replace(hour=9, minute=0), morning + timedelta(minutes=30))
    with clock.at(NOW.replace(hour=9, minute=1)):
        bring()
    assert (len(service.came), mails(), Push.objects.count(), Reminder.objects.get().way) == (1, [], 0, "none")


def test_what_is_late_does_not_arrive_after_practising(cast, bank, service):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH, MAIL)
    device_of(cast.learner, service)
    reminders.send_reminders(by=BY)
    practise(cast.learner, bank)
    bring()
    assert (service.came, mails(), Push.objects.count(), Reminder.objects.get().way) == ([], [], 0, "none")


def test_a_trial_comes_at_work_and_after_practising_too(cast, bank, service):
    due_for(cast.learner, bank)
    with clock.at(NOW.replace(hour=14)):
        choose(cast.learner, PUSH)
        device_of(cast.learner, service)
        practise(cast.learner, bank)
        reminders.try_reminder(cast.learner, by=BY)
        bring()
    assert len(service.came) == 1


def test_without_any_answer_it_is_tried_again(cast, bank, service, settings):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH)
    device_of(cast.learner, service)
    settings.PUSH_RELAY = "127.0.0.1:9"
    reminders.send_reminders(by=BY)
    bring()
    assert (Push.objects.get().attempts, Flow.objects.filter(purpose="practice.reminding").count()) == (1, 0)


def test_over_an_open_connection_nothing_leaves(cast, bank, service, settings):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH)
    device_of(cast.learner, service)
    settings.PUSH_RELAY = "10.0.0.7:80"
    reminders.send_reminders(by=BY)
    bring()
    assert (service.came, Flow.objects.filter(purpose="practice.reminding").count()) == ([], 0)


def test_too_large_is_given_up_and_not_tried_for_ever(cast, bank, service):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH)
    device_of(cast.learner, service)
    service.say(service.browsers[next(iter(service.browsers))], 413)
    reminders.send_reminders(by=BY)
    bring()
    assert (Push.objects.count(), PushDevice.objects.count(), Reminder.objects.get().way) == (0, 1, "none")


# --- trying, asking ------------------------------------------------------------------------------------------------
def test_a_trial_goes_by_every_chosen_way_and_counts_as_no_reminder(cast, bank, service):
    with pytest.raises(rules.NothingToTry):
        reminders.try_reminder(cast.learner, by=BY)
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH, MAIL)
    device_of(cast.learner, service)
    reminders.try_reminder(cast.learner, by=BY)
    bring()
    assert service.came[0]["words"]["body"] == "Dit is een proefbericht. Zo ziet een herinnering eruit."
    assert service.came[0]["Urgency"] == "high"
    assert (len(mails()), "Dit is een proefbericht" in mails()[0].body) == (1, True)
    assert reminders.send_reminders(by=BY) == 1


def test_the_first_question_comes_after_three_days_of_practice_and_only_once(cast, bank):
    access_for(cast.learner, bank)

    asked = []
    for days in (0, 0, 1, 2):
        with clock.at(NOW + timedelta(days=days)):
            practise(cast.learner, bank)
        asked.append(asks_first(cast.learner))
    assert asked == [False, False, False, True]
    reminders.decline_reminders(cast.learner, by=BY)
    reminders.decline_reminders(cast.learner, by=BY)
    assert asks_first(cast.learner) is False
    assert ReminderPlan.objects.get().ended_at is None


def test_a_box_under_my_consents_is_as_good_as_this_page(cast, bank):
    due_for(cast.learner, bank)
    choose_topics(cast.learner, [MAIL], language="nl", of_age=True, by=BY)
    assert ReminderPlan.objects.get().times == Times()
    assert reminders.send_reminders(by=BY) == 1
    choose_topics(cast.learner, [], language="nl", by=BY)
    assert ReminderPlan.objects.get().ended_at == NOW


def test_choosing_reminders_leaves_other_consents_as_they_are(cast):
    choose_topics(cast.learner, ["consent.product_news"], language="nl", of_age=True, by=BY)
    choose(cast.learner, MAIL)
    choose(cast.learner)
    assert choices_of(cast.learner) == {"consent.product_news": "given", MAIL: "withdrawn"}


def test_the_next_reminder_is_told_in_advance(cast, bank):
    due_for(cast.learner, bank)
    choose(cast.learner, MAIL)
    assert my_reminders(cast.learner).next_at == NOW.replace(minute=0)
    reminders.send_reminders(by=BY)
    assert my_reminders(cast.learner).next_at == NOW.replace(minute=0) + timedelta(days=1)
    assert my_reminders(cast.stranger).next_at is None


def test_what_is_not_due_yet_is_told_for_the_day_on_which_it_will_be(cast, bank):
    due_for(cast.learner, bank, days=1)
    choose(cast.learner, MAIL)
    at = my_reminders(cast.learner).next_at
    assert at is not None
    assert at > NOW
    with clock.at(at + timedelta(minutes=15)):
        assert len(list(whom_to_remind())) == 1
    with clock.at(at - timedelta(days=1)):
        assert list(whom_to_remind()) == []


def test_a_child_gets_nothing_before_a_parent_agreed(cast, bank):
    due_for(cast.learner, bank)
    asked = reminders.choose_reminders(
        cast.learner,
        [MAIL],
        Times(),
        language="nl",
        parent_email="ouder@huis.example",
        by=Actor.person(cast.learner.id),
    )
    assert asked is True
    assert reminders.send_reminders(by=BY) == 0


def test_jobs_that_were_lost_are_given_again(cast, bank, service):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH)
    device_of(cast.learner, service)
    reminders.send_reminders(by=BY)
    assert reminders.deliver_again(by=BY) == 0
    with clock.at(datetime(2027, 1, 14, 19, 15, tzinfo=ZONE).astimezone(UTC)):
        assert reminders.deliver_again(by=BY) == 1
