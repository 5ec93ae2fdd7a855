"""Models: hidden reverse names across packages, tables named after the noun, and a word on every field."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from leerhuis.charter.checks import field_errors
from leerhuis.charter.foreign import is_ours
from leerhuis.charter.records import MASK, Other, PersonRef, Record, word
from leerhuis.charter.words import FREE_TEXT, PARTICIPATION
from tests.house.floors import floors
from tests.house.source import assert_silent

Model = type[models.Model]


def our_models() -> list[Model]:
    """Return every model of the house."""
    return [model for model in apps.get_models(include_auto_created=True) if is_ours(model)]


def package_of(model: Model) -> str:
    """Return the package whose code defines a model."""
    return model.__module__.removeprefix("leerhuis.").split(".")[0]


def foreign_keys(of_models: Iterable[Model]) -> Iterator[tuple[Model, "models.ForeignObject[Any, Any]", Model]]:
    """Yield every column of these models that points to another model, with that model."""
    for model in of_models:
        for field in model._meta.get_fields(include_hidden=True):
            target = field.related_model
            if isinstance(field, models.ForeignObject) and isinstance(target, type):
                yield model, field, target


def visible_reverse_names(of_models: Iterable[Model]) -> Iterator[str]:
    """Guard: a key to a model of another package hides its reverse name, so that nobody looks upwards."""
    for model, field, target in foreign_keys(of_models):
        if package_of(target) != package_of(model) and not field.remote_field.hidden:
            yield (
                f"{model.__name__}.{field.name} shows itself on {target.__name__} of another package: "
                'give it related_name="+"'
            )


def keys_upwards(of_models: Iterable[Model]) -> Iterator[str]:
    """Guard: keys point down, also where a setting or a string names their target."""
    for model, field, target in foreign_keys(of_models):
        here, there = package_of(model), package_of(target)
        if there in floors() and there != here and floors()[there] >= floors()[here]:
            yield f"{model.__name__}.{field.name} points up to {target.__name__}: keys point down, or take a PersonRef"


def odd_table_names(of_models: Iterable[Model]) -> Iterator[str]:
    """Guard: a table is named after its noun, if need be with a word that tells it from another noun.

    `LessonDay` lives in `lesson_day`, `Bank` may live in `question_bank`; never `enrolment_enrolment`.
    """
    for model in of_models:
        noun = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", model.__name__).lower()
        table = model._meta.db_table
        words = table.split("_")
        if not re.search(rf"(^|_){noun}(_|$)", table) or len(set(words)) < len(words):
            yield f"{model.__name__} lives in the table {table}: name it {noun}"


def twice(of_models: Iterable[Model]) -> Iterator[str]:
    """Guard: no noun is used for two tables."""
    seen: dict[str, str] = {}
    for model in of_models:
        table = model._meta.db_table
        if table in seen:
            yield f"the table {table} is that of both {seen[table]} and {model._meta.label}"
        seen[table] = model._meta.label


def test_no_key_shows_itself_on_another_package():
    assert_silent(visible_reverse_names(our_models()))


def test_every_key_points_down():
    assert_silent(keys_upwards(our_models()))


def test_every_table_is_named_after_its_noun():
    assert_silent(odd_table_names(our_models()))
    assert_silent(twice(apps.get_models(include_auto_created=True)))


def test_every_field_has_its_word():
    assert_silent(error.msg for error in field_errors(apps.get_models(include_auto_created=True)))


def made(noun: str, package: str = "organisations", table: str | None = None, **body: object) -> Model:
    """Return a model as a package would define it, outside the registry of the real house."""
    meta = type("Meta", (), {"app_label": package, "db_table": table or noun.lower()})
    return type(noun, (Record,), {"__module__": f"leerhuis.{package}.models", "Meta": meta, **body})


@isolate_apps()
def test_a_visible_reverse_name_is_caught():
    person = made("Person", "people", about=PARTICIPATION)
    seat = made("Seat", "enrolment", person=models.ForeignKey(person, models.CASCADE))
    named = made("Mark", "results", person=models.ForeignKey(person, models.CASCADE, related_name="marks"))
    within = made("Nickname", "people", person=models.ForeignKey(person, models.CASCADE, related_name="nicknames"))
    hidden = made("Bill", "billing", person=models.ForeignKey(person, models.CASCADE, related_name="+"))

    assert list(visible_reverse_names([seat, named, within, hidden])) == [
        'Seat.person shows itself on Person of another package: give it related_name="+"',
        'Mark.person shows itself on Person of another package: give it related_name="+"',
    ]


@isolate_apps()
def test_a_key_upwards_is_caught():
    seat = made("Seat", "enrolment", about=PARTICIPATION)
    person = made("Person", "people", seat=models.ForeignKey("enrolment.Seat", models.CASCADE, related_name="+"))
    mark = made("Mark", "results", seat=models.ForeignKey(seat, models.CASCADE, related_name="+"))

    assert list(keys_upwards([person, mark])) == [
        "Person.seat points up to Seat: keys point down, or take a PersonRef",
    ]


@isolate_apps()
def test_an_odd_table_name_is_caught():
    fine = made("LessonDay", table="lesson_day")
    told_apart = made("Bank", table="question_bank")
    odd = made("Course", table="training")
    doubled = made("Seat", table="seat_seat")
    same = made("Lesson_Day", table="lesson_day")

    assert list(odd_table_names([fine, told_apart, odd, doubled])) == [
        "Course lives in the table training: name it course",
        "Seat lives in the table seat_seat: name it seat",
    ]
    assert list(twice([fine, same])) == [
        "the table lesson_day is that of both organisations.LessonDay and organisations.Lesson_Day"
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"remarks": models.TextField()}, "organisations.Seat.remarks has no category word."),
        ({"name": models.CharField(max_length=9)}, "organisations.Seat.name has no category word."),
        ({"answers": models.JSONField()}, "organisations.Seat.answers has no category word."),
        ({"paper": models.FileField()}, "organisations.Seat.paper has no category word."),
        ({"address": models.GenericIPAddressField()}, "organisations.Seat.address has no category word."),
        ({"key": models.BinaryField()}, "organisations.Seat.key has no category word."),
        ({"birth_date": models.DateField()}, "organisations.Seat.birth_date has no category word."),
        ({"person": PersonRef()}, "organisations.Seat.person points to a person: name it in `subject` or `others`."),
        ({"subject": "nobody"}, "organisations.Seat: the path 'nobody' leads nowhere."),
        ({"others": (Other("nobody", MASK),)}, "organisations.Seat: the path 'nobody' leads nowhere."),
    ],
)
def test_a_field_without_its_word_is_caught(body, said):
    with isolate_apps():
        seat = made("Seat", about=PARTICIPATION, **body)

    assert [error.msg for error in field_errors([seat])] == [said]


@isolate_apps()
def test_a_model_that_does_not_say_what_it_is_about_is_caught():
    assert [error.msg for error in field_errors([made("Seat")])] == [
        "organisations.Seat does not say what it is `about`."
    ]


@isolate_apps()
def test_a_model_with_all_its_words_is_free():
    seat = made(
        "Seat",
        about=PARTICIPATION,
        subject="person",
        person=PersonRef(),
        count=models.IntegerField(),
        state=models.CharField(max_length=1, choices=[("a", "A")]),
        remarks=word(models.TextField(), FREE_TEXT),
    )

    assert list(field_errors([seat])) == []
