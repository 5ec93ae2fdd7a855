"""Names and addresses are read in the shapes in which people paste them, and what cannot be read is said."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from leerhuis.enrolment.pasting import read_lines

JAN = ("jan@x.nl", "Jan", "de Vries")


def read(text):
    return [(each.email, each.first_name, each.last_name) for each in read_lines(text)]


def faults(text):
    with override("en"):
        return [(each.number, each.typed, str(each.fault)) for each in read_lines(text) if each.fault]


@pytest.mark.parametrize(
    "typed",
    [
        "Jan de Vries jan@x.nl",
        "Jan de Vries <jan@x.nl>",
        "Jan de Vries (jan@x.nl)",
        '"Jan de Vries" <jan@x.nl>',
        "Jan de Vries, jan@x.nl",
        "Jan de Vries; jan@x.nl",
        "Jan de Vries\tjan@x.nl",
        "jan@x.nl Jan de Vries",
        "jan@x.nl, Jan de Vries",
        "jan@x.nl;Jan;de Vries",
        "jan@x.nl,Jan,de Vries",
        "Jan,de Vries,jan@x.nl",
        "Jan;de Vries;jan@x.nl",
        "Jan\tde Vries\tjan@x.nl",
        "Jan\tde\tVries\tjan@x.nl",
        "jan@x.nl\tJan\tde\tVries",
        "Vries\tJan\tde\tjan@x.nl",
        "de Vries, Jan <jan@x.nl>",
        "de Vries, Jan jan@x.nl",
        '"de Vries, Jan" <jan@x.nl>',
        "Vries, Jan de <jan@x.nl>",
        "de Vries; Jan; jan@x.nl",
        "de Vries,Jan,jan@x.nl",
        "1. Jan de Vries jan@x.nl",
        "12) Jan de Vries jan@x.nl",
        "- Jan de Vries jan@x.nl",
        "• Jan de Vries\tjan@x.nl",
        "  Jan   de  Vries   JAN@X.NL  ",
        "Jan de Vries mailto:jan@x.nl",
        "Jan de Vries jan@x.nl <jan@x.nl>",
        "Jan de Vries <jan@x.nl>;",
        "Jan de Vries <jan@x.nl>,",
        "Jan de Vries jan@x.nl.",
    ],
)
def test_one_line_gives_one_person(typed):
    assert (read(typed), faults(typed)) == ([JAN], [])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Anna van der Berg anna@x.nl", ("Anna", "van der Berg")),
        ("Anna Maria van der Berg anna@x.nl", ("Anna Maria", "van der Berg")),
        ("Berg, Anna van der <anna@x.nl>", ("Anna", "van der Berg")),
        ("Ben Jansen anna@x.nl", ("Ben", "Jansen")),
        ("J.P. Jansen-Pietersen anna@x.nl", ("J.P.", "Jansen-Pietersen")),
        ("Zoë D'Hondt anna@x.nl", ("Zoë", "D'Hondt")),
        ("Gert-Jan ’t Hooft anna@x.nl", ("Gert-Jan", "’t Hooft")),
        ("Deniz Çelik anna@x.nl", ("Deniz", "Çelik")),
        ("Maria del Mar López anna@x.nl", ("Maria", "del Mar López")),
    ],
)
def test_names_are_split_as_people_write_them(typed, name):
    assert [(each.first_name, each.last_name) for each in read_lines(typed)] == [name]


def test_several_people_on_one_line_are_several_people():
    assert read("Jan de Vries <jan@x.nl>; Puk, Piet <piet@x.nl>; An Bo <an@x.nl>") == [
        JAN,
        ("piet@x.nl", "Piet", "Puk"),
        ("an@x.nl", "An", "Bo"),
    ]


def test_a_first_line_may_name_the_columns():
    text = "Personeelsnr\tAchternaam\tTussenvoegsel\tVoornaam\tAfdeling\tE-mailadres\r\n"
    text += "1042\tVries\tde\tJan\tSchade\tjan@x.nl\r\n1043\tPuk\t\tPiet\tSchade\tpiet@x.nl\r\n"

    assert (read(text), faults(text)) == ([JAN, ("piet@x.nl", "Piet", "Puk")], [])


def test_a_column_may_hold_the_whole_name():
    assert read("Naam;E-mail\nJan de Vries;jan@x.nl\n") == [JAN]


def test_empty_lines_count_but_give_nobody():
    assert [(each.number, each.email) for each in read_lines("\n\nJan de Vries jan@x.nl\n\n  \nAn Bo an@x.nl")] == [
        (3, "jan@x.nl"),
        (6, "an@x.nl"),
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Jan de Vries", "There is no e-mail address on this line. Type it behind the name."),
        ("Jan de Vries jan@", "This e-mail address is not complete. Correct it."),
        ("Jan de Vries jan@x", "This e-mail address is not complete. Correct it."),
        ("jan@x.nl", "There is no name on this line. Type first and last name before the address."),
        ("Jan jan@x.nl", "The last name is missing on this line."),
        ("Jan 2e jan@x.nl", "This does not look like a name. Type first and last name before the address."),
        ("J" * 121 + " Vries jan@x.nl", "This name is too long. Type first and last name only."),
        (
            "jan@x.nl piet@x.nl",
            "There is more than one e-mail address on this line. Put each person on a line of their own.",
        ),
        (
            "Jan;Vries;Schade;jan@x.nl",
            "There is more on this line than a name and an address. Name the columns in a first line, "  # noqa: ISC004
            "such as: first name, last name, e-mail.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_with_what_was_typed(typed, said):
    assert faults(f"An Bo an@x.nl\n{typed}\n") == [(2, typed, said)]


def test_an_address_twice_is_a_fault_that_names_the_first_line():
    text = "Jan de Vries jan@x.nl\nAn Bo an@x.nl\nJ. de Vries JAN@x.nl"

    assert faults(text) == [(3, "J. de Vries JAN@x.nl", "This address stands on line 1 already.")]


@given(st.text(max_size=300))
def test_any_text_gives_people_with_an_address_and_a_name_or_a_fault(text):
    for each in read_lines(text):
        assert each.fault or (each.email and each.first_name and each.last_name)
        assert 1 <= each.number <= len(text.splitlines())
