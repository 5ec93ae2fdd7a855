"""The monthly mail about groups: to whom, when, of which groups, and that nothing of a person is in it."""

from datetime import date, timedelta

import pytest

from leerhuis.academies.settings import News
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.consent.actions import choose_topics, leave_topic
from leerhuis.consent.models import Reader
from leerhuis.insights.actions import count_what_is_over, send_comparisons
from leerhuis.insights.models import CohortMonth, CountedMonth
from leerhuis.insights.tests.factories import BY, JULY, JUNE, learners, practise, two_questions
from leerhuis.mail.actions import send_message
from leerhuis.mail.models import Message
from leerhuis.practice.actions.goals import set_goal
from leerhuis.practice.models import Access
from leerhuis.practice.tests.factories import access_for
from tests.floors.test_outbox import box

__all__ = ["box"]
TOPIC = "consent.comparison"
EARLY_JULY = JULY + timedelta(days=2)


def wants(person) -> None:
    choose_topics(person, [TOPIC], language=person.language, of_age=True, by=Actor.person(person.id))


def leaves(person) -> None:
    leave_topic(Reader.objects.get(person=person), TOPIC, by=Actor.visitor())


def mails():
    return Message.objects.filter(kind="insights.comparison")


@pytest.fixture
def june(cast):
    """Twelve practise one bank in June, ten answers of twelve right; eleven and three others. July has begun.

    The bank of eleven hides that of three, so neither is shown.
    """
    with clock.at(JUNE):
        large, middle, small = two_questions("Groot"), two_questions("Midden"), two_questions("Klein")
        people = learners(12)
        practise(large, *people[:10])
        practise(large, *people[10:], right=False)
        practise(middle, *people[:11])
        practise(small, *people[:3])
        for person in people[:2]:
            wants(person)
    with clock.at(JULY):
        count_what_is_over(by=BY)
    return people


def test_no_mail_tells_how_near_an_exam_is_and_without_anybody_alike_it_is_everybody(cast):
    with clock.at(JUNE - timedelta(days=90)):
        bank, early = two_questions("Groot"), learners(3)
        practise(bank, *early)
        wants(early[0])
    with clock.at(JUNE):
        people = learners(12, mark="b")
        practise(bank, *early, *people)
        wants(people[0])
        for access in Access.objects.filter(bank=bank):
            by = Actor.person(access.person_id)
            set_goal(access, exam_on=date(2027, 7, 20), retention=0.9, minutes=5, by=by)
    with clock.at(JULY):
        count_what_is_over(by=BY)
    assert CohortMonth.objects.filter(cohort="exam 1", topic=None).exists()
    with clock.at(EARLY_JULY):
        send_comparisons(by=BY)
    told = {each.person: each.body for each in mails()}
    assert "net als u begonnen in april, mei of juni 2027" in told[people[0].id]
    assert "alle deelnemers samen" in told[early[0].id]
    assert not any("examen" in each for each in told.values())


def test_whoever_asked_for_it_reads_of_large_groups_once_a_month(june, box):
    with clock.at(EARLY_JULY):
        assert (send_comparisons(by=BY), send_comparisons(by=BY)) == (2, 0)
        for message in mails():
            send_message(message.id, by=BY)
    assert {message.person for message in mails()} == {person.id for person in june[:2]}
    assert {message.title for message in mails()} == {"Hoe groepen zoals de uwe het deden in juni 2027"}
    (body,) = {message.body.split("* * *")[0] for message in mails()}
    assert "**Groot**, deelnemers die net als u begonnen in april, mei of juni 2027: 83% van" in body  # 10 of 12
    assert "Klein" not in body
    assert "Midden" not in body
    assert len({mail["List-Unsubscribe"] for mail in box.mails}) == 2
    assert {mail["List-Unsubscribe-Post"] for mail in box.mails} == {"List-Unsubscribe=One-Click"}


def test_it_is_written_in_the_language_of_its_reader_and_holds_nothing_of_their_own(june):
    person = june[0]
    type(person).objects.filter(pk=person.pk).update(language="en")
    with clock.at(EARLY_JULY):
        send_comparisons(by=BY)
    mine, other = mails().get(person=person.id), mails().get(person=june[1].id)
    assert mine.title == "How groups like yours did in June 2027"
    assert "83% of the answers right" in mine.body
    assert "100" not in mine.body + other.body


def test_nobody_else_gets_it(june, cast):
    june[0].restricted_at = EARLY_JULY
    june[0].save(update_fields=["restricted_at"])
    with clock.at(EARLY_JULY):
        wants(cast.stranger)  # practises nothing
        leaves(june[1])
        assert (send_comparisons(by=BY), mails().count()) == (0, 0)


def test_whoever_stops_it_while_it_is_under_way_gets_nothing(june, box):
    with clock.at(EARLY_JULY):
        send_comparisons(by=BY)
        leaves(june[0])
        for message in mails():
            send_message(message.id, by=BY)
    assert [june[1].email in mail["To"] for mail in box.mails] == [True]


def test_it_is_only_sent_in_the_first_week_and_of_the_month_that_is_over(june):
    with clock.at(JULY + timedelta(days=10)):
        assert send_comparisons(by=BY) == 0
    with clock.at(JULY + timedelta(days=31)):  # July itself is not counted yet
        assert send_comparisons(by=BY) == 0
    assert CountedMonth.objects.filter(compared_at=None).count() == CountedMonth.objects.count()


def test_where_no_group_is_large_enough_nothing_is_sent_and_the_month_is_done(cast):
    with clock.at(JUNE):
        few = learners(4)
        practise(two_questions(), *few)
        wants(few[0])
    with clock.at(JULY):
        count_what_is_over(by=BY)
    with clock.at(EARLY_JULY):
        assert send_comparisons(by=BY) == 0
    assert CountedMonth.objects.get(month=date(2027, 6, 1)).compared_at == EARLY_JULY
    assert not mails().exists()


def test_that_all_answers_were_right_is_told_to_nobody(cast, as_):
    with clock.at(JUNE):
        people = learners(12)
        practise(two_questions(), *people)
        wants(people[0])
    with clock.at(JULY):
        count_what_is_over(by=BY)
    with clock.at(EARLY_JULY):
        assert send_comparisons(by=BY) == 1
        page = " ".join(as_(people[1]).get("/learn/groups/").content.decode().split())
    assert "90% of meer van de antwoorden goed" in page
    assert "100%" not in page.replace("u 100%", "")
    body = mails().get().body
    assert "90% of meer van de antwoorden goed" in body
    assert "100%" not in body


def test_an_academy_that_does_not_offer_it_sends_none(june, choose):
    choose(news=News(product_news=True))
    with clock.at(EARLY_JULY):
        assert send_comparisons(by=BY) == 0


def test_the_page_shows_ones_own_answers_beside_the_group_and_only_ones_own(june, as_, cast):
    with clock.at(EARLY_JULY):
        right, wrong = (as_(each).get("/learn/groups/").content.decode() for each in (june[0], june[11]))
        access_for(cast.stranger, _bank(), days=400)
        other = as_(cast.stranger).get("/learn/groups/").content.decode()
    for page, own in ((right, "u 100%"), (wrong, "u 0%"), (other, "u oefende toen niet")):
        assert "83% van de antwoorden goed" in " ".join(page.split())
        assert own in " ".join(page.split())


def _bank():
    from leerhuis.practice.models import Bank

    return Bank.objects.get(title="Groot")
