"""Declarations: when they hold, how the register keeps them, and what the start-up check says about gaps."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from leerhuis.charter import checks, register
from leerhuis.charter.declarations import CONTRACT, INTEREST, LAW, Basis, Listing, Measure, Purpose, Theme
from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, index_of_person, word
from leerhuis.charter.terms import years
from leerhuis.charter.words import FREE_TEXT, IDENTITY, NOTHING, PARTICIPATION
from leerhuis.people.models import Person, Role


class Settings:
    """Settings of an academy: what stands under a key."""

    def __init__(self, **values: object) -> None:
        self.values = values

    def value(self, key: str) -> object:
        """Return what was chosen; nothing else may be asked for."""
        return self.values[key]


def measure(when: str | None = None, key: str = "a") -> Measure:
    return Measure(key, nl="Wij meten niets.", en="We measure nothing.", theme=Theme.WHY, when=when)


@pytest.fixture
def register_kept() -> Iterator[None]:
    """Put the register back as it was after the test."""
    before = register.everything()
    yield
    register._declared[:] = before


@pytest.mark.parametrize(
    ("when", "chosen", "holds"),
    [
        (None, {}, True),
        ("practice", {"practice": True}, True),
        ("practice", {"practice": False}, False),
        ("practice", {"practice": ""}, False),
        ("not practice", {"practice": True}, False),
        ("not practice", {"practice": False}, True),
        ("mode=delete", {"mode": "delete"}, True),
        ("mode=delete", {"mode": "keep"}, False),
        ("mode=3", {"mode": 3}, True),
        ("not mode=delete", {"mode": "keep"}, True),
        ("not mode=delete", {"mode": "delete"}, False),
    ],
)
def test_a_declaration_holds_where_the_academy_chose_so(when, chosen, holds):
    assert measure(when).holds_under(Settings(**chosen)) is holds


def test_each_basis_has_its_letter_of_article_6():
    assert [(each.letter, bool(each.nl), bool(each.en)) for each in Basis] == [
        (letter, True, True) for letter in "abcf"
    ]
    assert (CONTRACT.letter, LAW.letter, INTEREST.letter) == ("b", "c", "f")


def test_only_what_holds_is_in_force(register_kept):
    register._declared.clear()
    on, off = measure("practice", "on"), measure("not practice", "off")
    register.take_from("sample", SimpleNamespace(one=on, many=[off, "no declaration"], pair=(measure(key="pair"),)))

    assert [each.id for each in register.everything()] == ["sample.on", "sample.off", "sample.pair"]
    assert [each.id for each, _ in register.declared(Measure)] == ["sample.on", "sample.off", "sample.pair"]
    assert register.declared(Purpose) == []
    assert [each.id for each, _ in register.in_force(Measure, Settings(practice=True))] == ["sample.on", "sample.pair"]
    assert [d.key for _, d in register.in_force(Measure, Settings(practice=False))] == ["off", "pair"]


def test_the_register_is_read_anew_from_all_packages_of_the_house(register_kept):
    before = register.everything()
    register.take_from("sample", SimpleNamespace(made=measure()))
    register.load()

    assert register.everything() == before
    assert {each.package for each in before} >= {"people", "enrolment", "results", "privacy", "consent"}
    assert {each.package for each in before} <= {config.label for config in apps.get_app_configs()}


def test_what_is_kept_of_rows_is_found_by_rows_and_by_children():
    direct = {each.id for each, _ in register.purposes_of("people.Person")}
    child = {each.id for each, _ in register.purposes_of("people.SignIn")}

    assert direct
    assert child
    assert all("people.SignIn" in (p.rows, *p.children) for _, p in register.purposes_of("people.SignIn"))
    assert register.purposes_of("people.Nobody") == []


def test_how_rows_are_told_is_found_by_their_table():
    listing = register.listing_of("enrolment.Enrolment")

    assert isinstance(listing, Listing)
    assert listing.model == "enrolment.Enrolment"
    assert register.listing_of("people.Nobody") is None


def test_a_function_that_a_declaration_names_lies_in_the_house():
    assert register.function_named("charter.register.everything") is register.everything
    with pytest.raises(ImportError):
        register.function_named("charter.register.nothing_of_the_kind")


def said(*of_models: type[models.Model]) -> list[tuple[str | None, str]]:
    return [(each.id, each.msg) for each in checks.field_errors(list(of_models))]


@isolate_apps("leerhuis.people")
def test_a_table_or_column_without_a_word_is_caught():
    class Bare(Record):
        note = models.TextField()

        class Meta:
            app_label = "people"

    class Half(Record):
        about = PARTICIPATION
        note = models.TextField()
        born_birth = models.DateField()
        chosen = models.CharField(max_length=1, choices=[("a", "A")])
        number = models.IntegerField()
        wrong = word(models.TextField(), "no word")

        class Meta:
            app_label = "people"

    assert said(Bare) == [("charter.E002", "people.Bare does not say what it is `about`.")]
    assert said(Half) == [
        ("charter.E003", "people.Half.note has no category word."),
        ("charter.E003", "people.Half.born_birth has no category word."),
        ("charter.E003", "people.Half.wrong has no category word."),
    ]


@isolate_apps("leerhuis.people")
def test_a_person_who_is_pointed_to_and_a_path_to_nowhere_are_caught():
    class Loose(Record):
        about = PARTICIPATION
        subject = "lost__person"
        others = (Other("seen_by", NULLIFY), Other("role__away", NULLIFY))
        seen_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
        role = models.ForeignKey(Role, models.CASCADE, related_name="+")
        loose = models.ForeignKey(Person, models.CASCADE, related_name="+")
        ref = PersonRef()
        note = word(models.TextField(), FREE_TEXT)

        class Meta:
            app_label = "people"

    class Tidy(Record):
        about = PARTICIPATION
        subject = "role__person"
        others = (Other("ref", NULLIFY),)
        role = models.ForeignKey(Role, models.CASCADE, related_name="+")
        ref = PersonRef()

        class Meta:
            app_label = "people"

    class Selves(Record):
        about = IDENTITY
        subject = "self"

        class Meta:
            app_label = "people"

    assert sorted(said(Loose)) == [
        ("charter.E005", "people.Loose: the path 'lost__person' leads nowhere."),
        ("charter.E005", "people.Loose: the path 'role__away' leads nowhere."),
        ("charter.E006", "people.Loose.loose points to a person: name it in `subject` or `others`."),
        ("charter.E006", "people.Loose.ref points to a person: name it in `subject` or `others`."),
    ]
    assert said(Tidy, Selves) == []


@isolate_apps("leerhuis.people")
def test_a_person_by_whom_no_rows_are_found_is_caught():
    class Found(Record):
        about = PARTICIPATION
        first, second, third, fourth, fifth = (PersonRef(null=True) for _ in range(5))
        key = models.ForeignKey(Person, models.CASCADE, related_name="+")
        plain = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)

        class Meta:
            app_label = "people"
            indexes = (
                models.Index(fields=["-first", "created_at"], name="a"),
                index_of_person("second", "b"),
                models.Index(fields=["created_at", "third"], name="c"),
                models.Index(fields=["fourth"], condition=models.Q(created_at=None), name="d"),
            )
            constraints = (models.UniqueConstraint(fields=["fifth", "created_at"], name="e"),)

    assert [(each.id, each.msg.split()[0]) for each in checks.index_errors([Found])] == [
        ("charter.E016", "people.Found.third"),
        ("charter.E016", "people.Found.fourth"),
        ("charter.E016", "people.Found.plain"),
    ]


@isolate_apps("leerhuis.people", "django.contrib.contenttypes")
def test_tables_that_nobody_declared_are_caught():
    class Many(Record):
        about = NOTHING("a sample")
        roles = models.ManyToManyField(Role, related_name="+")

        class Meta:
            app_label = "people"

    class Strange(models.Model):
        class Meta:
            app_label = "contenttypes"

    assert said(Many.roles.through, Many)[0] == (
        "charter.E004",
        "people.Many_roles is an automatic many-to-many table; write a model.",
    )
    assert said(Strange, Many) == [
        ("charter.E001", "The library table contenttypes.Strange is not declared in any foreign.py.")
    ]


@pytest.mark.parametrize(
    ("made", "missing"),
    [
        (measure(), []),
        (Measure("a", nl=" ", en="", theme=Theme.WHY), ["nl", "en"]),
        (
            Purpose(
                "a", nl="a", en="b", basis=INTEREST, rows="people.Person", uses=(IDENTITY,), keep=years(1),
                clock="created_at", clock_nl="a", clock_en="",
            ),
            ["clock_en", "interest_nl", "interest_en"],
        ),
        (
            Purpose(
                "a", nl="a", en="b", basis=LAW, rows="people.Person", uses=(IDENTITY,), keep=years(1),
                clock="created_at", clock_nl="a", clock_en="b",
            ),
            [],
        ),
    ],
)  # fmt: skip
def test_a_text_that_lacks_one_of_the_two_languages_is_named(made, missing):
    assert checks.missing_texts(made) == missing


def test_gaps_of_declarations_bear_their_number(register_kept):
    register._declared.clear()
    kept = {
        "basis": CONTRACT, "uses": (IDENTITY,), "keep": years(1), "clock_nl": "a", "clock_en": "b", "nl": "a", "en": "b"
    }  # fmt: skip
    made = (
        measure(),
        measure(),
        Measure("b", nl="a", en="", theme=Theme.WHY),
        Purpose("lost", rows="people.Nobody", clock="created_at", **kept),
        Purpose("late", rows="people.Person", clock="never_at", children=("people.No", "people.Role"), **kept),
    )
    register.take_from("sample", SimpleNamespace(made=made))
    by_number = {(each.id, each.msg) for each in checks.declaration_errors()}

    assert by_number == {
        ("charter.E012", "Two declarations are called sample.a."),
        ("charter.E010", "sample.b has no text 'en'."),
    }
    assert {(each.id, each.msg) for each in checks.purpose_errors() if each.msg.startswith("sample.")} == {
        ("charter.E011", "sample.lost: there is no model people.Nobody."),
        ("charter.E011", "sample.late: people.Person has no clock 'never_at'."),
        ("charter.E011", "sample.late: there is no model people.No."),
    }
    lost = {each.msg for each in checks.purpose_errors() if each.id == "charter.E013"}
    assert "enrolment.Enrolment holds data of a person for no purpose." in lost
    assert "people.Role holds data of a person for no purpose." not in lost
