"""The rules of courses and runs, each at its edge."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from leerhuis.base import clock
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue import rules
from leerhuis.catalogue.models import Course, Run

TODAY = date(2026, 12, 8)
DAY = timedelta(days=1)
STATES = ("planned", "open", "confirmed", "cancelled", "closed")
WHOLE: dict[str, Any] = {
    "title": "Privacy",
    "summary": "Kort",
    "audience": "Iedereen",
    "level": "basic",
    "outcomes": "U weet het",
    "hours": Decimal(6),
    "price": Decimal(0),
    "points": 0,
    "register": "",
    "state": "published",
}
EMPTY: dict[str, Any] = {"title": "", "summary": "", "audience": "", "level": "", "outcomes": "", "hours": Decimal(0)}


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    """Rules ask no database: what is made here was made at noon."""
    with clock.at(datetime(2026, 12, 8, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        yield


def a_run(state: str = "open", first: date | None = TODAY + DAY, *, course: str = "published") -> Run:
    return Run(course=Course(**{**WHOLE, "state": course}), state=state, first_day=first, last_day=first, seats=3)


def said_by(rule: Any, *words: Any) -> str:
    """Return the name of the refusal with which a rule answers; empty when it is silent."""
    try:
        rule(*words)
    except Refusal as said:
        return type(said).__name__
    return ""


def test_a_whole_course_lacks_nothing():
    assert rules.missing_for_publishing(Course(**WHOLE)) == {}
    assert said_by(rules.refuse_unpublishable, Course(**WHOLE)) == ""


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "the title"),
        ("summary", "", "the summary"),
        ("audience", "", "for whom it is"),
        ("level", "", "the level"),
        ("outcomes", "", "what one can do afterwards"),
        ("hours", Decimal(0), "the hours"),
        ("price", None, "the price"),
    ],
)
def test_what_a_course_lacks_is_named(field, value, words):
    with override("en"):
        found = {
            key: str(said) for key, said in rules.missing_for_publishing(Course(**{**WHOLE, field: value})).items()
        }

    assert found == {field: words}
    assert said_by(rules.refuse_unpublishable, Course(**{**WHOLE, field: value})) == "NotPublishable"


def test_a_course_with_points_names_their_register():
    with override("en"):
        lacking = rules.missing_for_publishing(Course(**{**WHOLE, "points": 4}))
        assert {key: str(said) for key, said in lacking.items()} == {"register": "the register of the PE points"}
    assert rules.missing_for_publishing(Course(**{**WHOLE, "points": 4, "register": "NVK"})) == {}
    assert rules.missing_for_publishing(Course(**{**WHOLE, "hours": Decimal("0.5")})) == {}


@pytest.mark.parametrize(
    ("points", "field", "nl", "en", "said"),
    [
        (0, "phone", "Om te bellen", "To call", ""),
        (0, "phone", "", "To call", "ReasonMissing"),
        (0, "phone", "Om te bellen", "", "ReasonMissing"),
        (0, "register_number", "Voor punten", "For points", "NumberWithoutPoints"),
        (4, "register_number", "Voor punten", "For points", ""),
    ],
)
def test_a_question_has_its_reason_and_a_register_number_its_points(points, field, nl, en, said):
    course = Course(**{**WHOLE, "points": points})

    assert said_by(rules.refuse_needless_question, course, field, nl, en) == said
    if said:
        with pytest.raises(Refusal) as refusal:
            rules.refuse_needless_question(course, field, nl, en)
        assert refusal.value.field == field


def test_a_run_goes_from_state_to_state_along_these_ways_only():
    ways = {(at, to) for at in STATES for to in STATES if rules.may_become(a_run(at), to)}

    assert ways == {
        ("planned", "open"),
        ("open", "confirmed"),
        ("planned", "cancelled"),
        ("open", "cancelled"),
        ("confirmed", "cancelled"),
        ("confirmed", "closed"),
    }
    assert {(at, to) for at in STATES for to in STATES if not said_by(rules.refuse_wrong_moment, a_run(at), to)} == ways
    assert said_by(rules.refuse_wrong_moment, a_run("open"), "planned") == "WrongMoment"
    assert not rules.may_become(a_run(), "lost")


def test_a_cancelled_or_finished_run_stays_as_it_is():
    assert [rules.is_over(a_run(each)) for each in STATES] == [False, False, False, True, True]
    assert [said_by(rules.refuse_when_over, a_run(each)) for each in STATES] == ["", "", "", "RunOver", "RunOver"]


def test_people_register_for_a_public_live_run_that_is_still_to_begin():
    assert [rules.takes_registrations(a_run(each), TODAY) for each in STATES] == [False, True, True, False, False]
    assert [rules.takes_registrations(a_run(first=day), TODAY) for day in (TODAY - DAY, TODAY, TODAY + DAY, None)] == [
        False,
        False,
        True,
        False,
    ]
    assert not rules.takes_registrations(a_run(course="draft"), TODAY)


@pytest.mark.parametrize(
    ("amount", "vat", "tax", "gross", "exempt"),
    [
        ("395.00", "exempt", "0", "395.00", True),
        ("100.00", "standard", "21.00", "121.00", False),
        ("0", "standard", "0", "0", False),
        ("0.05", "standard", "0.01", "0.06", False),
    ],
)
def test_a_price_says_what_somebody_pays(amount, vat, tax, gross, exempt):
    price = rules.price_of(Decimal(amount), vat)

    assert (price.net, price.vat, price.gross) == (Decimal(amount), Decimal(tax), Decimal(gross))
    assert price.exempt is exempt
    assert price.free is (Decimal(amount) == 0)
