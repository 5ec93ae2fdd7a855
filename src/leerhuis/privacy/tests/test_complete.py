"""A person's export holds every word about that person, none about anybody else, and no key."""

import json
from typing import Any

import pytest

from leerhuis.charter.checks import concrete_models
from leerhuis.charter.declarations import Listing
from leerhuis.charter.foreign import needs_own_word, subject_of, word_of
from leerhuis.charter.register import declared
from leerhuis.charter.words import CREDENTIAL
from leerhuis.privacy.export import PersonExport, export_person
from leerhuis.privacy.rows import end_of, every_row, nameless, tables_about_people
from leerhuis.privacy.tests.factories import Canary
from tests.cast import add_person

TABLES = {model._meta.label: model for model, _ in tables_about_people()}


@pytest.fixture
def canaries(academy) -> tuple[Canary, Canary]:
    """Two people with a row in every table, each with tokens of their own."""
    first, second = Canary(add_person("Ann", "Een"), "qxa"), Canary(add_person("Bob", "Twee"), "qyb")
    first.fill_everything()
    second.fill_everything()
    return first, second


def column(label: str, name: str) -> Any:
    return TABLES[label]._meta.get_field(name)


def expected(canary: Canary) -> dict[tuple[str, str], str]:
    """Return the tokens that an export must hold: all in tables about people, but for keys of signing in."""
    return {
        where: token
        for where, token in canary.tokens.items()
        if where[0] in TABLES and not is_key(*where)
    }  # fmt: skip


def is_key(label: str, name: str) -> bool:
    field = column(label, name)
    return word_of(TABLES[label], field) == CREDENTIAL and needs_own_word(field)


def missing(canary: Canary, text: str) -> set[tuple[str, str]]:
    return {where for where, token in expected(canary).items() if token not in text}


def as_json(export: PersonExport) -> str:
    return json.dumps(export.as_dict(), ensure_ascii=False)


def test_every_table_about_people_gets_a_row(canaries):
    filled = {label for label, _ in canaries[0].tokens}

    assert len(expected(canaries[0])) > 30
    assert {m._meta.label for m in concrete_models() if subject_of(m)} <= set(TABLES)
    assert {"people.Person", "mail.Message", "results.Correction", "practice.Answer", "enrolment.Detail"} <= filled


def test_the_export_holds_every_word_about_the_person_and_none_about_another(canaries):
    first, second = canaries
    text = as_json(export_person(first.person.pk))

    assert missing(first, text) == set()
    assert [token for token in second.tokens.values() if token in text] == []


def test_the_readable_page_holds_every_word_about_the_person_and_none_about_another(canaries):
    first, second = canaries
    page = export_person(first.person.pk).as_page()
    told = {where for where in expected(first) if not where[0].startswith("audit.")}
    about_nobody = {(l, n) for l, n in told if word_of(TABLES[l], column(l, n)).says_nothing}  # noqa: E741

    assert missing(first, page) & (told - about_nobody) == set()
    assert [token for token in second.tokens.values() if token in page] == []


def test_keys_of_signing_in_are_told_but_never_given(canaries):
    first, _ = canaries
    export = export_person(first.person.pk)
    keys = {where: token for where, token in first.tokens.items() if where[0] in TABLES and is_key(*where)}

    assert set(keys) == {
        ("people.Person", "password"),
        ("people.SignIn", "device_key"),
        ("people.Store", "session_key"),
        ("people.Store", "session_data"),
        ("mfa.Authenticator", "data"),
        ("account.EmailConfirmation", "key"),
        ("practice.PushDevice", "endpoint"),
        ("practice.PushDevice", "key"),
        ("practice.PushDevice", "auth"),
        ("practice.PushDevice", "digest"),
    }
    for text in (as_json(export), export.as_page()):
        assert [where for where, token in keys.items() if token in text] == []
    assert as_json(export).count('"withheld"') == len(keys)


def test_a_mail_with_a_link_that_opens_an_account_is_told_without_its_text(canaries):
    first, _ = canaries
    model = TABLES["mail.Message"]
    every_row(model).filter(person=first.person.pk).update(secret=True)
    text = as_json(export_person(first.person.pk))

    assert first.tokens[("mail.Message", "title")] in text
    assert first.tokens[("mail.Message", "body")] not in text


def test_every_column_of_every_row_is_in_the_file(canaries):
    first, _ = canaries
    told = {t["table"]: t["rows"] for p in export_person(first.person.pk).as_dict()["purposes"] for t in p["tables"]}

    for model, path in tables_about_people():
        columns = {field.name for field in model._meta.concrete_fields} - {path}
        for row in told[model._meta.db_table]:
            assert columns <= set(row["fields"]), model._meta.label


def test_a_table_left_out_would_be_noticed(canaries):
    first, _ = canaries
    whole = export_person(first.person.pk).as_dict()

    for label, model in TABLES.items():
        left = [
            [table for table in purpose["tables"] if table["table"] != model._meta.db_table]
            for purpose in whole["purposes"]
        ]

        assert missing(first, json.dumps(left)) == {where for where in expected(first) if where[0] == label}


def test_the_export_stands_alone(canaries):
    page = export_person(canaries[0].person.pk).as_page()

    assert "<script" not in page
    assert "<link" not in page
    assert "src=" not in page
    assert "url(" not in page


def test_every_table_about_people_has_a_name_and_names_for_its_columns():
    named = {listing.model for _, listing in declared(Listing)}

    assert set(TABLES) - named == set()
    assert {label: found for label, model in TABLES.items() if (found := nameless(model))} == {}


def test_what_is_told_beside_a_row_is_about_nobody():
    for each, listing in declared(Listing):
        for told in listing.tells:
            if "__" in told.path:
                field = end_of(TABLES[listing.model], told.path)
                word = word_of(field.model, field)

                assert word is not None, each.id
                assert word.says_nothing, (each.id, told.path)
