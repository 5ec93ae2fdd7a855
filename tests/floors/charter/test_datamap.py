"""The data map: every column with its word, purposes, terms, readers and fate."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from leerhuis.charter import datamap, foreign
from leerhuis.charter.datamap import ACADEMY, SHARED, Column, Undeclared, claims_on, data_map, schemas_of
from leerhuis.charter.foreign import ForeignTable, about_of, declare_foreign, foreign_table, is_ours, word_of
from leerhuis.charter.records import NULLIFY, Other, Record
from leerhuis.charter.words import CONTACT, CREDENTIAL, IDENTITY, NOTHING, PARTICIPATION, TECHNICAL
from leerhuis.people.models import Person


def by_place() -> dict[tuple[str, str, str], Column]:
    return {(each.schema_kind, each.table, each.column): each for each in data_map()}


def column(table: str, name: str, schema: str = ACADEMY) -> Column:
    return by_place()[schema, table, name]


def test_the_map_stands_in_order_and_names_each_column_once():
    found = data_map()

    assert len(found) == len(by_place())
    assert [(c.schema_kind, c.table) for c in found] == sorted((c.schema_kind, c.table) for c in found)
    for model in (Person, apps.get_model("enrolment.Enrolment")):
        table = model._meta.db_table
        assert [c.column for c in found if c.table == table] == [f.column for f in model._meta.concrete_fields]


def test_a_column_of_a_person_belongs_to_each_purpose_that_uses_its_word():
    name, claims = column("person", "last_name"), claims_on(Person, IDENTITY)

    assert name.word == "identity"
    assert name.purposes == tuple(each.id for each, _ in claims)
    assert name.basis == tuple(purpose.basis.letter for _, purpose in claims)
    assert name.term == tuple(purpose.keep.iso() for _, purpose in claims)
    assert claims
    assert all(IDENTITY in purpose.uses for _, purpose in claims)
    assert claims_on(Person, CREDENTIAL) != claims


def test_a_column_of_a_row_about_a_person_belongs_to_the_purposes_of_the_row():
    enrolment = apps.get_model("enrolment.Enrolment")

    assert column("enrolment", "state").purposes == tuple(each.id for each, _ in claims_on(enrolment, PARTICIPATION))
    assert column("enrolment", "state").word == "participation"
    assert claims_on(enrolment, PARTICIPATION) == claims_on(enrolment, IDENTITY)


def test_who_sees_a_column_stands_there_once_with_its_agreement():
    audiences = column("enrolment", "state").audiences

    assert len(set(audiences)) == len(audiences)
    assert any(each.endswith(" if agreed") for each in audiences)
    assert "office" in audiences
    assert "office if agreed" not in audiences


def test_what_erasure_does_follows_from_paths_and_the_law():
    places = by_place()
    fates = {each.on_erasure for each in places.values()}

    assert {"stays", "deleted"} <= fates
    assert column("course", "title").on_erasure == "stays"
    assert column("person", "last_name").on_erasure in {"deleted", "kept until the term ends"}
    for model in apps.get_models():
        for other in foreign.others_of(model):
            if "__" not in other.path and ACADEMY in schemas_of(model):
                found = places[ACADEMY, model._meta.db_table, model._meta.get_field(other.path).column]
                assert found.on_erasure == datamap._FATES[other.fate]


def test_a_table_stands_in_the_schemas_of_its_app():
    assert schemas_of(Person) == [ACADEMY]
    assert schemas_of(apps.get_model("academies.Academy")) == [SHARED]
    assert column("django_migrations", "name") == Column(
        ACADEMY, "django_migrations", "name", "nothing: which changes of tables were carried out",
        (), (), (), (), "stays",
    )  # fmt: skip
    assert column("django_migrations", "name", SHARED).schema_kind == "public"


@isolate_apps("leerhuis.people")
def test_a_column_without_a_word_stops_the_map():
    class Bare(Record):
        about = PARTICIPATION
        note = models.TextField()

        class Meta:
            app_label = "people"

    with pytest.raises(Undeclared, match=r"^people\.Bare\.note$"):
        list(datamap._columns_of(Bare))


def test_a_table_of_a_library_has_the_words_that_were_declared(monkeypatch):
    monkeypatch.setattr(foreign, "_foreign", dict(foreign._foreign))
    model = apps.get_model("contenttypes.ContentType")
    said = declare_foreign(
        "contenttypes.ContentType",
        TECHNICAL,
        words={"model": CONTACT},
        subject="app__person",
        others=(Other("who", NULLIFY),),
    )

    assert said == ForeignTable(
        "contenttypes.ContentType", TECHNICAL, {"model": CONTACT}, "app__person", (Other("who", NULLIFY),)
    )
    assert foreign_table(model) is said
    assert (about_of(model), foreign.subject_of(model), foreign.others_of(model)) == (
        TECHNICAL, "app__person", (Other("who", NULLIFY),)
    )  # fmt: skip
    assert word_of(model, model._meta.get_field("model")) is CONTACT
    assert word_of(model, model._meta.get_field("id")) is TECHNICAL
    assert word_of(model, model._meta.get_field("app_label")) is None
    assert not is_ours(model)
    assert is_ours(Person)


def test_what_nobody_declared_is_known_to_have_nothing(monkeypatch):
    monkeypatch.setattr(foreign, "_foreign", {})
    model = apps.get_model("contenttypes.ContentType")

    assert foreign_table(model) is None
    assert (about_of(model), foreign.subject_of(model), foreign.others_of(model)) == (None, None, ())
    assert declare_foreign("contenttypes.ContentType", NOTHING("a")).words == {}
    assert (about_of(Person), foreign.subject_of(Person)) == (Person.about, "self")
