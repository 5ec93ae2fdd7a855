"""Every package says what it keeps, why and until when, in Dutch and English, or the system does not start."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import checks as django_checks

from leerhuis.charter import checks, register
from leerhuis.charter.declarations import (
    CONTRACT,
    INTEREST,
    Declaration,
    Filed,
    Followed,
    Measure,
    Purpose,
    Recipient,
    Storage,
    Theme,
)
from leerhuis.charter.terms import years
from leerhuis.charter.words import IDENTITY
from tests.house.source import assert_silent

STATED: dict[str, Any] = {"nl": "uw account", "en": "your account"}
KEPT: dict[str, Any] = {
    "basis": CONTRACT,
    "rows": "people.Person",
    "uses": (IDENTITY,),
    "keep": years(2),
    "clock": "created_at",
    "clock_nl": "nadat u vertrok",
    "clock_en": "after you left",
}


@pytest.fixture(autouse=True)
def register_kept() -> Iterator[None]:
    """Put the register back as it was after each test."""
    before = register.everything()
    yield
    register._declared[:] = before


def complaints(*declarations: Declaration) -> list[str]:
    """Return what the start-up check says about declarations that a package would make, and not about others."""
    before = {error.msg for error in checks.check_charter()}
    register.take_from("sample", SimpleNamespace(made=declarations))
    return [error.msg for error in checks.check_charter() if error.msg not in before]


def test_the_charter_is_whole():
    assert_silent(checks.check_charter())


def test_the_charter_is_checked_before_anything_starts():
    assert list(checks.check_charter()) == django_checks.run_checks(tags=["charter"])
    assert django_checks.tag_exists("charter")


@pytest.mark.parametrize(
    ("declaration", "said"),
    [
        (Purpose("a", nl="", en="b", **KEPT), ["sample.a has no text 'nl'."]),
        (Purpose("a", nl="b", en=" ", **KEPT), ["sample.a has no text 'en'."]),
        (Purpose("a", **STATED, **{**KEPT, "clock_nl": ""}), ["sample.a has no text 'clock_nl'."]),
        (
            Purpose("a", **STATED, **{**KEPT, "basis": INTEREST}),
            ["sample.a has no text 'interest_nl'.", "sample.a has no text 'interest_en'."],
        ),
        (Measure("a", nl="We tellen niets.", en="", theme=Theme.STORAGE), ["sample.a has no text 'en'."]),
        (
            Storage("a", nl="b", en="b", kind="cookie", name="b", lasts_nl="", lasts_en="b"),
            ["sample.a has no text 'lasts_nl'."],
        ),
        (
            Recipient("a", nl="b", en="b", words=(IDENTITY,), basis=CONTRACT, why_nl="b", why_en="", purposes=()),
            ["sample.a has no text 'why_en'."],
        ),
    ],
)
def test_a_declaration_without_dutch_or_english_is_caught(declaration, said):
    assert complaints(declaration) == said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rows": "people.Nobody"}, ["sample.a: there is no model people.Nobody."]),
        ({"children": ("people.Nobody",)}, ["sample.a: there is no model people.Nobody."]),
        ({"clock": "left_at"}, ["sample.a: people.Person has no clock 'left_at'."]),
        ({"otherwise": "left_at"}, ["sample.a: people.Person has no clock 'left_at'."]),
        ({"only": (("use", "a"),)}, ["sample.a: people.Person has no column 'use'."]),
    ],
)
def test_a_purpose_without_rows_or_clock_is_caught(changed, said):
    assert complaints(Purpose("a", **STATED, **{**KEPT, **changed})) == said


@pytest.mark.parametrize(
    ("declaration", "said"),
    [
        (
            Followed("a", **STATED, model="people.Nobody", action="a.b", waiting="a.c"),
            ["sample.a: there is no model people.Nobody."],
        ),
        (Filed("a", **STATED, purpose="people.none", query="a.b"), ["sample.a: there is no purpose people.none."]),
    ],
)
def test_what_follows_nothing_is_caught(declaration, said):
    assert complaints(declaration) == said


def test_two_declarations_of_one_name_are_caught():
    measure = Measure("a", nl="a", en="b", theme=Theme.WHY)

    assert complaints(measure, measure) == ["Two declarations are called sample.a."]


def test_data_of_a_person_for_no_purpose_are_caught():
    register._declared[:] = [each for each in register.everything() if each.id != "people.roles"]

    assert "people.Role holds data of a person for no purpose." in [error.msg for error in checks.check_charter()]


def test_a_whole_declaration_is_free():
    assert complaints(Purpose("a", **STATED, **KEPT), Measure("b", nl="a", en="b", theme=Theme.WHY)) == []


def test_no_purpose_keeps_rows_of_who_asks_to_be_erased():
    """Decision 0016: whoever adds the first one shows here that a law forbids erasing it, and names it in a letter."""
    assert {each.id for each, purpose in register.declared(Purpose) if purpose.outlives_erasure} == set()
