"""The rules about people, each at its edge: second step, code by mail, addresses of colleagues, how long one stays."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leerhuis.charter.audiences import ANYONE, AUDIENCES, DEMO, OFFICE, SIGNED_IN, STAFF, TRAINER
from leerhuis.people import rules
from leerhuis.people.gate import Viewer
from leerhuis.people.models import Person

NOON = datetime(2026, 12, 8, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
SECOND = timedelta(seconds=1)
OFFICE_ROLES = ("clerk", "planner", "academy_admin")
OTHER_STAFF = ("bookkeeper", "marketer", "privacy_officer")


def test_the_lists_of_roles_are_these():
    assert sorted(rules.OFFICE_ROLES) == sorted(OFFICE_ROLES)
    assert sorted(rules.STAFF_ROLES) == sorted((*OFFICE_ROLES, *OTHER_STAFF))
    assert sorted(rules.SEES_OTHERS) == sorted((*OFFICE_ROLES, *OTHER_STAFF, "trainer", "contact"))
    assert sorted(rules.NO_MAIL_CODE) == ["academy_admin", "privacy_officer"]


@pytest.mark.parametrize("role", [*OFFICE_ROLES, *OTHER_STAFF, "trainer", "contact"])
def test_who_sees_others_needs_a_second_step_and_is_out_after_eight_hours(role):
    roles = frozenset({"learner", role})

    assert rules.needs_second_factor(roles) is True
    assert rules.sign_in_is_over(roles, NOON - timedelta(hours=8), NOON) is False
    assert rules.sign_in_is_over(roles, NOON - timedelta(hours=8) - SECOND, NOON) is True


@pytest.mark.parametrize("roles", [frozenset(), frozenset({"learner"})])
def test_who_sees_only_themselves_needs_none_and_may_stay(roles):
    assert rules.needs_second_factor(roles) is False
    assert rules.sign_in_is_over(roles, NOON - timedelta(days=59), NOON) is False
    assert timedelta(days=60) == rules.KEPT_SIGN_IN


@pytest.mark.parametrize(
    ("role", "allowed", "may"),
    [
        ("learner", True, True),
        ("clerk", True, True),
        ("clerk", False, False),
        ("privacy_officer", True, False),
        ("academy_admin", True, False),
    ],
)
def test_a_code_by_mail_is_for_whom_the_academy_lets_and_never_for_two_roles(role, allowed, may):
    assert rules.may_use_mail_code(frozenset({role}), allowed=allowed) is may


@pytest.mark.parametrize(
    ("of", "by", "may"),
    [
        ("learner", "clerk", True),
        ("contact", "clerk", True),
        ("trainer", "clerk", True),
        ("clerk", "clerk", False),
        ("bookkeeper", "planner", False),
        ("clerk", "academy_admin", True),
    ],
)
def test_nobody_rises_by_a_colleagues_mail(of, by, may):
    assert rules.may_change_address(frozenset({of}), changer_roles=frozenset({by})) is may


def viewer(*roles: str) -> Viewer:
    return Viewer(Person(first_name="Ada", last_name="Bakker", created_at=NOON), frozenset(roles), second_factor=True)


@pytest.mark.parametrize(
    ("roles", "says"),
    [
        (("clerk",), (True, True, False, False)),
        (("bookkeeper",), (False, True, False, False)),
        (("trainer",), (False, False, True, False)),
        (("contact", "trainer"), (False, False, True, True)),
        ((), (False, False, False, False)),
    ],
)
def test_a_viewer_knows_what_they_are(roles, says):
    who = viewer(*roles)

    assert (who.is_office, who.is_staff, who.is_trainer, who.is_contact) == says
    assert (who.person_id, who.name) == (who.person.id, who.person.name)


def test_a_viewer_enters_what_is_for_everyone_for_who_signed_in_and_for_their_roles():
    clerk = viewer("clerk")

    assert {each.key for each in AUDIENCES.values() if clerk.may_enter(each)} == {
        "anyone",
        "demo",
        "signed_in",
        "office",
        "authors",
        "rights_desk",
        "staff",
    }
    assert [viewer().may_enter(each) for each in (ANYONE, DEMO, SIGNED_IN, OFFICE, STAFF, TRAINER)] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
