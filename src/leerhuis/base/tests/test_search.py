"""What is typed and what is kept are folded alike, in Python and in the database, in any alphabet."""

import pytest
from django.db import connection
from django.db.models import TextField, Value

from leerhuis.base.search import (
    FoundBy,
    Heard,
    Holds,
    Joined,
    Plain,
    exact_question,
    folded,
    lenient_question,
    question,
    sounding,
)

NAMES = {
    "Anna van der Müller-Çelik": "anna van der muller celik",
    "Zoë O’Neill": "zoe o neill",
    "'t Hooft": " t hooft",
    "Øyvind Łukasz Đorđe": "oyvind lukasz dorde",
    "Işıl İpek Ğ": "isil ipek g",
    "Großmann STRAẞE": "grossmann strasse",
    "Ægir Þór Œuvre": "aegir thor oeuvre",
    "Nguyễn Thị Hồng": "nguyen thi hong",
    "Ελένη Παπαδοπούλου ΣΊΣΥΦΟΣ": "ελενη παπαδοπουλου σισυφοσ",
    "Юлия Щербакова Ёлкин": "юлия щербакова елкин",
    "Արամ Խաչատրյան": "արամ խաչատրյան",
    "محمد العربي": "محمد العربي",
    "יצחק": "יצחק",
    "王小明": "王小明",
    "ĳsbrand Ĳ": "ijsbrand ij",
    "J.P.M. de Groot/Klein": "j p m  de groot klein",
    "line\tone\nline\u00a0two": "line one line two",
    "ﬁ①Ⅳ": "fi1iv",
}


def in_database(part):
    """Return what the database makes of a text, by a part of the expression."""
    sql, params = part.resolve_expression(None).as_sql(_Compiler(), connection)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", params)
        return cursor.fetchone()[0]


class _Compiler:
    """Stands for a query without tables: the values are their own columns."""

    def compile(self, node):
        return "%s::text", [node.value]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "plain"), NAMES.items())
def test_python_and_the_database_fold_alike(name, plain):
    assert folded(name) == plain
    assert in_database(Plain(Value(name))) == plain
    assert in_database(Joined(Value(name))) == plain.replace(" ", "")
    heard = [f"~{sounding(word)}" for word in plain.split()]
    assert in_database(Heard(Value(name))).split() == heard


@pytest.mark.django_db
def test_every_letter_that_can_be_typed_is_folded_alike():
    letters = "".join(
        chr(code)
        for low, high in ((0x20, 0x24F), (0x2B0, 0x556), (0x591, 0x5F4), (0x620, 0x6FF), (0x1E00, 0x1FFF))
        for code in range(low, high)
        if chr(code).isprintable() and chr(code).isidentifier()
    )
    assert in_database(Plain(Value(letters))) == folded(letters)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("06-12 34 56 78", "0612345678"),
        ("+31 6 12345678", "0612345678"),
        ("0031 (0)38", "0031038"),
        ("+32 3 1", "3231"),
    ],
)
def test_a_telephone_number_is_one_word_as_dialled_at_home(number, dialled):
    assert in_database(Joined(Value(number))) == dialled


def answers(asked, *texts):
    """Return whether a row with these texts answers a question, as the database sees it."""
    name, phone = (*texts, "")[:2]
    found_by = FoundBy(Plain(Value(name), Value(phone)), Joined(Value(phone)), Joined(Value(name)), Heard(Value(name)))
    query = Holds(found_by, asked).resolve_expression(None)
    with connection.cursor() as cursor:
        sql, params = _whole(query)
        cursor.execute(f"SELECT {sql}", params)
        return cursor.fetchone()[0]


def _whole(query):
    class Compiler(_Compiler):
        def compile(self, node):
            if isinstance(node, Value):
                return "%s::text", [node.value]
            return node.as_sql(self, connection)

    return query.as_sql(Compiler(), connection)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    ["mul", "MÜLLER an", "anna muller", "mueller", "der van anna", "o'neill", "oneill", "06 1234", "0612345", "+31612"],
)
def test_the_beginning_of_each_word_finds_in_any_order(typed):
    assert answers(question(typed), "Anna van der Müller O'Neill", "06-12345678") or answers(question(typed), "O'Neill")


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["uller", "anna jansen", "xanna", "34", "'", "&|!:*()", "\\"])
def test_what_is_not_there_finds_nothing(typed):
    asked = question(typed)
    assert not asked or not answers(asked, "Anna van der Müller", "06-12345678")


@pytest.mark.django_db
def test_a_whole_word_is_told_from_its_beginning():
    assert answers(exact_question("muller"), "Anna Müller")
    assert not answers(exact_question("mull"), "Anna Müller")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(("meyer", "Piet Meijer"), ("jansen", "Jo Janssen"), ("jasnen", "Jo Jansen"), ("vriess", "An de Vries")),
        *(("smidt", "Bo Smit"), ("visscher", "Bo Visser"), ("filip", "Philippe Wit")),
    ],
)
def test_a_small_error_is_forgiven_when_nothing_answers(typed, name):
    assert not answers(question(typed), name)
    assert answers(lenient_question(typed), name)


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "name"), [("bakker", "Jo Jansen"), ("1234", "Jo 1243"), ("jan", "Jo Jo")])
def test_another_name_is_no_small_error(typed, name):
    assert not answers(lenient_question(typed), name)


def test_a_question_holds_no_more_than_a_few_short_words():
    assert question(" ".join("abcdefghij")).count("&") == 5
    assert len(question("x" * 500)) < 50
    assert question("...") == exact_question("") == lenient_question("-") == ""
    assert isinstance(Plain("name").output_field, TextField)
