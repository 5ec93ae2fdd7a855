"""The challenge of an organisation: who takes part, under which names, how places are made, and what nobody sees."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.consent.actions import choose_topics
from leerhuis.organisations.actions import add_employee, add_organisation, appoint_contact, end_membership
from leerhuis.organisations.models import Membership, Organisation
from leerhuis.people.models import Person, Role
from leerhuis.practice import rules
from leerhuis.practice.actions.rounds import answer_question, start_round
from leerhuis.practice.actions.together import join_together, leave_together
from leerhuis.practice.challenge import challenge_of, player_of
from leerhuis.practice.models import Bank, Player
from leerhuis.practice.nicknames import Score, is_nickname, places, tells_name
from leerhuis.practice.tests.factories import a_bank, access_for, many_questions
from tests.cast import add_person

BY = Actor.operator()
AT = "/practice/together/"
NOW = datetime(2027, 1, 14, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))  # a Thursday
MONDAY = NOW.replace(day=11, hour=0)


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def bank(academy):
    return a_bank(text=many_questions(1, 8))


@pytest.fixture
def third(cast) -> Person:
    person = add_person("Derek", "Derde")
    add_employee(cast.organisation, person, by=BY)
    return person


def join(person: Person, nickname: str) -> bool:
    return join_together(person, nickname, language="nl", of_age=True, by=Actor.person(person.id))


def practise(person: Person, bank: Bank, answers: str, *, at: datetime = NOW) -> None:
    """Answer so many questions, with ``t`` rightly and with ``f`` wrongly."""
    with clock.at(at):
        sitting = start_round(person, bank, by=BY)
        for question, given in zip(sitting.order, answers, strict=False):
            answer_question(sitting, question, "true" if given == "t" else "false", key=uuid7(), by=BY)


# --- nicknames and places ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("nickname", "fits"),
    [("Uil", True), ("Snelle Vos", True), ("Vos-7", True), ("Ünal", True), ("x", False), ("a" * 21, False)]
    + [(odd, False) for odd in ("", "Vos  7", "-Vos", "Vos_7", "a@b.nl", "<b>", "☺☺", "Vos\n7")],
)
def test_a_nickname_is_two_to_twenty_letters_and_figures(nickname, fits):
    assert is_nickname(nickname) is fits


@pytest.mark.parametrize(
    ("nickname", "tells"),
    [
        ("Lena", True),
        ("LENA 7", True),
        ("leerling", True),
        ("lena-de-leerling", True),
        ("Léna", True),
        ("superlena", True),
        ("Uil", False),
        ("Len", False),
        ("de Uil", False),
    ],
)
def test_a_nickname_does_not_hold_ones_own_name(nickname, tells):
    assert tells_name(nickname, ("Lena", "de Leerling", "Lena de Leerling")) is tells


def test_equal_points_share_a_place():
    scores = [
        Score(uuid7(), name, learned, days)
        for name, learned, days in (("b", 3, 1), ("a", 2, 2), ("c", 0, 1), ("d", 9, 1))
    ]
    assert [(each.place, each.score.nickname, each.score.points) for each in places(scores)] == [
        (1, "d", 10),
        (2, "a", 4),
        (2, "b", 4),
        (4, "c", 1),
    ]


# --- taking part ---------------------------------------------------------------------------------------------------
def test_points_are_questions_newly_known_and_days_of_this_week(cast, third, bank):
    for person, name in ((cast.learner, "Uil"), (cast.colleague, "Vos"), (third, "Das")):
        access_for(person, bank)
        join(person, name)
    practise(cast.learner, bank, "tttf", at=MONDAY + timedelta(hours=9))
    practise(cast.learner, bank, "t", at=NOW)
    practise(cast.colleague, bank, "tttttttt", at=MONDAY - timedelta(minutes=1))
    practise(cast.colleague, bank, "f", at=MONDAY + timedelta(minutes=1))
    challenge = challenge_of(Player.objects.get(person=cast.colleague))
    assert [(each.place, each.score.nickname, each.score.learned, each.score.days) for each in challenge.top] == [
        (1, "Uil", 4, 2),
        (2, "Vos", 0, 1),
        (3, "Das", 0, 0),
    ]
    assert (challenge.own.place, challenge.players, challenge.is_open, challenge.is_in_top) == (2, 3, True, True)


def test_below_three_nobody_sees_anything_of_another(cast, third, bank):
    join(cast.learner, "Uil")
    join(cast.colleague, "Vos")
    challenge = challenge_of(Player.objects.get(person=cast.learner))
    assert (challenge.is_open, challenge.top, challenge.own.score.nickname) == (False, [], "Uil")
    join(third, "Das")
    assert challenge_of(Player.objects.get(person=cast.learner)).is_open
    Person.objects.filter(pk=third.pk).update(restricted_at=NOW)
    assert not challenge_of(Player.objects.get(person=cast.learner)).is_open


def test_whoever_stands_below_the_top_sees_their_own_place_beside_it(cast, bank):
    for number in range(6):
        person = add_person("Nora", f"Nummer{number}")
        add_employee(cast.organisation, person, by=BY)
        access_for(person, bank)
        join(person, f"Das {number}")
        practise(person, bank, "t" * (number + 1))
    join(cast.learner, "Uil")
    challenge = challenge_of(Player.objects.get(person=cast.learner))
    assert ([each.place for each in challenge.top], challenge.own.place, challenge.is_in_top) == (
        [1, 2, 3, 4, 5],
        7,
        False,
    )


@pytest.mark.parametrize(
    ("nickname", "refusal"),
    [("x", rules.OddNickname), ("Lena", rules.OwnName), ("vos", rules.NicknameTaken), ("  VOS ", rules.NicknameTaken)],
)
def test_what_is_no_nickname_is_refused_and_leaves_nothing(cast, nickname, refusal):
    join(cast.colleague, "Vos")
    with pytest.raises(refusal):
        join(cast.learner, nickname)
    assert Player.objects.filter(person=cast.learner).count() == 0


def test_the_same_nickname_may_live_at_two_organisations(cast):
    other = add_organisation(name="Elders", city="Assen", by=BY)
    add_employee(other, cast.stranger, by=BY)
    join(cast.learner, "Vos")
    join(cast.stranger, "Vos")
    assert challenge_of(Player.objects.get(person=cast.stranger)).players == 1


def test_contacts_trainers_staff_and_whoever_works_nowhere_take_no_part(cast):
    add_employee(cast.organisation, cast.trainer, by=BY)
    add_employee(cast.organisation, cast.contact, by=BY)
    for person in (cast.contact, cast.trainer, cast.clerk, cast.admin, cast.stranger):
        with pytest.raises(rules.NotTogether):
            join(person, "Vos")
    assert Player.objects.count() == 0


def test_whoever_becomes_a_contact_sees_nothing_from_that_moment(cast, as_):
    join(cast.learner, "Uil")
    appoint_contact(cast.organisation, cast.learner, by=BY)
    assert player_of(cast.learner) is None
    page = as_(cast.learner).get(AT).content.decode()
    assert ("Uil" in page, f'action="{AT}leave/"' in page) == (False, True)
    assert as_(cast.learner).post(f"{AT}leave/").status_code == 302
    assert Player.objects.count() == 0
    assert f'action="{AT}leave/"' not in as_(cast.learner).get(AT).content.decode()


def appointed(person: Person, organisation: Organisation) -> None:
    appoint_contact(organisation, person, by=BY)


def hired(person: Person, _organisation: Organisation) -> None:
    Role.objects.create(person=person, name="trainer")


@pytest.mark.parametrize("begins", [appointed, hired])
def test_whoever_begins_to_see_data_of_others_leaves_the_places_of_colleagues(cast, third, begins):
    for person, nickname in ((cast.learner, "Uil"), (cast.colleague, "Vos"), (third, "Das")):
        join(person, nickname)
    begins(cast.learner, cast.organisation)
    seen = challenge_of(player_of(cast.colleague))
    assert (seen.players, seen.others, seen.top) == (2, 1, [])


# --- leaving -------------------------------------------------------------------------------------------------------
def leave(person: Person) -> None:
    leave_together(person, language="nl", by=Actor.person(person.id))


def untick(person: Person) -> None:
    choose_topics(person, [], language="nl", by=Actor.person(person.id))


def end_work(person: Person) -> None:
    end_membership(Membership.objects.get(person=person), by=BY)


@pytest.mark.parametrize("ends", [leave, untick, end_work])
def test_leaving_erases_the_nickname_at_once(cast, ends):
    join(cast.learner, "Uil")
    join(cast.colleague, "Vos")
    ends(cast.learner)
    assert [player.nickname for player in Player.objects.all()] == ["Vos"]
    assert player_of(cast.learner) is None
    assert challenge_of(Player.objects.get()).players == 1


# --- pages ---------------------------------------------------------------------------------------------------------
def test_only_colleagues_who_take_part_see_the_nicknames(cast, third, as_):
    mine = as_(cast.learner)
    assert mine.post(AT, {"nickname": "Uil", "wanted": "on", "of_age": "on"}).status_code == 302
    join(cast.colleague, "Vos")
    outsider = add_person("Otto", "Oplettend")
    add_employee(cast.organisation, outsider, by=BY)
    assert "Vos" not in mine.get(AT).content.decode()
    join(third, "Das")
    page = mine.get(AT).content.decode()
    assert all(name in page for name in ("Uil", "Vos", "Das"))
    assert not any(person.name in page for person in (cast.colleague, third))
    for other in (outsider, cast.contact, cast.trainer, cast.clerk, cast.admin, cast.officer, cast.stranger):
        seen = as_(other).get(AT).content.decode()
        assert not any(name in seen for name in ("Uil", "Vos", "Das"))


def test_without_a_tick_nobody_takes_part(cast, as_):
    mine = as_(cast.learner)
    page = mine.get(AT).content.decode()
    assert " checked" not in page
    for said in (
        {"nickname": "Uil"},
        {"nickname": "Uil", "wanted": "on"},
        {"nickname": "Lena", "wanted": "on", "of_age": "on"},
    ):
        assert mine.post(AT, said).status_code == 200
    assert Player.objects.count() == 0


def test_a_child_takes_no_part_before_a_parent_agreed(cast):
    by = Actor.person(cast.learner.id)
    assert join_together(cast.learner, "Uil", language="nl", parent_email="ouder@huis.example", by=by) is True
    assert player_of(cast.learner) is None
