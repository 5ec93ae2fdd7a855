"""After an erasure nothing leads to the person any more, and everybody else is as they were."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import Operation
from leerhuis.audit.models import JournalEntry, Note
from leerhuis.base import clock
from leerhuis.base.edge import at_shared_tables, attempt, current_academy
from leerhuis.charter import register
from leerhuis.charter.checks import points_to_person
from leerhuis.charter.foreign import subject_of, word_of
from leerhuis.documents import actions as documents
from leerhuis.enrolment.models import Enrolment
from leerhuis.mail.models import Mention, Message
from leerhuis.organisations.models import Organisation
from leerhuis.people.actions import lock_alive
from leerhuis.people.models import Person, Role
from leerhuis.people.rules import Gone, LastAdministrator
from leerhuis.privacy import actions, claims, compiler
from leerhuis.privacy.claims import claims_on_rows, tables_in_order, terms_here
from leerhuis.privacy.erasure import foresee_erasure, leads_to, texts_that_name
from leerhuis.privacy.models import Erasure, Hold, Redaction, Restriction
from leerhuis.privacy.rows import every_row, tables_about_people
from leerhuis.privacy.rules import DecidedAlready, ErasureAsked, NotAllGone
from leerhuis.privacy.tests.factories import Canary
from leerhuis.results.models import Certificate, Result
from tests.cast import add_person

BY = Actor.job("privacy.erase")
ABOUT_PEOPLE = {model._meta.label: model for model, _ in tables_about_people()}


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: LazySettings) -> Path:
    """Files and keys of documents lie in folders of this test."""
    settings.FILES, settings.FILE_KEYS, settings.FILE_KEYS_COPY = (tmp_path / name for name in ("f", "k", "c"))
    return tmp_path


@pytest.fixture
def canaries(academy) -> tuple[Canary, Canary]:
    """Two people with a row in every table, each with tokens of their own, and nothing held."""
    first, second = Canary(add_person("Ann", "Een"), "qxa"), Canary(add_person("Bob", "Twee"), "qyb")
    first.fill_everything()
    second.fill_everything()
    Hold.objects.update(ended_at=clock.now())
    return first, second


def whole_database() -> dict[str, list[str]]:
    """Return every row of every table of the academy and of the shared schema, as text."""
    academy = current_academy().schema_name
    found = {}
    with at_shared_tables(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN (%s, 'public') ORDER BY 1, 2", [academy]
        )
        for schema, table in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t ORDER BY 1')
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


def words_about(canary: Canary) -> set[str]:
    """Return the tokens that tell something of the person, in any spelling, and the key."""
    spelled = {str(canary.person.pk), canary.person.pk.hex}
    for (label, name), token in canary.tokens.items():
        model = ABOUT_PEOPLE.get(label)
        if model is None or (subject_of(model) is None and all(each.way is not None for each in claims_on_rows(model))):
            continue  # about nobody: a role that somebody acted in says nothing once the key is gone
        if not word_of(model, model._meta.get_field(name)).says_nothing:
            spelled |= {
                token,
                token.upper(),
                token.lower(),
                token.encode().hex(),
                hashlib.sha256(token.encode()).hexdigest(),
            }
    return {word for word in spelled if len(word) > 4}


def traces(canary: Canary, rows: dict[str, list[str]]) -> dict[str, set[str]]:
    """Return the tables in which something of a person stands."""
    found = {table: {word for word in words_about(canary) if word in "\n".join(lines)} for table, lines in rows.items()}
    return {table: hits for table, hits in found.items() if hits}


def asked(person: Person) -> Erasure:
    return Erasure.objects.create(person=person.pk, due_on=clock.today())


def erase(person: Person) -> Erasure:
    """Erase somebody as the worker does: the rows, then what waits outside the database, the journal too; the end."""
    erasure = erase_rows_of(person)
    JournalEntry.objects.filter(shipped_at=None).update(shipped_at=clock.now())
    documents.remove_from_disk(by=BY)
    actions.erase_person(erasure.pk, by=BY)
    erasure.refresh_from_db()
    return erasure


def erase_rows_of(person: Person) -> Erasure:
    erasure = Erasure.objects.filter(person=person.pk, done_at=None).first() or asked(person)
    actions.erase_person(erasure.pk, by=BY)
    erasure.refresh_from_db()
    return erasure


@contextmanager
def declared_otherwise(key: str, **changes: Any) -> Iterator[None]:
    """Have a purpose declared with other facts for as long as this lasts."""
    before = list(register._declared)
    register._declared[:] = [
        replace(each, declaration=replace(each.declaration, **changes)) if each.id == key else each for each in before
    ]
    forget()
    try:
        yield
    finally:
        register._declared[:] = before
        forget()


def forget() -> None:
    for cached in (claims.claims_on_rows, claims.tables_in_order, claims.claims_on_people):
        cached.cache_clear()


# --- everything goes -----------------------------------------------------------------------------------------------
def test_nothing_of_somebody_is_left_but_the_key_in_the_journal_and_a_farewell_until_it_is_sent(canaries):
    first, second = canaries
    before = whole_database()
    assert len(traces(first, before)) > 25
    of_second = {
        table: [row for row in rows if any(w in row for w in words_about(second))] for table, rows in before.items()
    }

    done = erase(first.person)

    after = whole_database()
    assert set(traces(first, after)) == {"journal_entry", "message"}
    Message.objects.filter(vanishes=True).delete()  # what its delivery does, as the tests of mail show
    assert traces(first, whole_database()) == {"journal_entry": {str(first.person.pk)}}
    assert (done.done_at is not None, done.person) == (True, None)
    for table, rows in of_second.items():
        assert [row for row in after[table] if any(w in row for w in words_about(second))] == rows, table


@pytest.mark.slow
def test_a_table_that_is_left_out_is_noticed(canaries, monkeypatch):
    first, _ = canaries
    every = tables_in_order()
    others = {"privacy.Erasure", "people.Person", "documents.Document"}  # of documents rows go with their keys, too
    left_out = [m for m in every if subject_of(m) is not None and m._meta.label not in others]
    assert len(left_out) > 25
    unnamed = {}
    for model in left_out:
        monkeypatch.setattr(compiler, "tables_in_order", lambda left=model: tuple(m for m in every if m is not left))
        noticed = tables_noticed(first)
        if not noticed & {model._meta.db_table, *kept_by(model)}:
            unnamed[model._meta.db_table] = noticed
    monkeypatch.undo()
    assert unnamed == {}
    assert erase(first.person).done_at is not None


def kept_by(model: Any) -> set[str]:
    """Return the tables of which a row cannot go while this one stays: an erasure that leaves it out stops at those."""
    pointed_at = {column.related_model for column in model._meta.concrete_fields} - {None, Person, model}
    return {each._meta.db_table for each in pointed_at}.union(*map(kept_by, pointed_at))


def tables_noticed(canary: Canary) -> set[str]:
    """Return the tables that an erasure is refused for, or in which it left something of the person.

    It is taken back here.
    """
    left: set[str] = set()
    try:
        with attempt():
            done = erase(canary.person)
            connection.check_constraints()
            left = traces(canary, whole_database()).keys() - {"journal_entry", "message"}  # which holds the farewell
            left |= {apps.get_model(label)._meta.db_table for label in done.stayed}
            take_back(noticed=True)
    except NotAllGone as refused:
        return {column.split(".")[0] for column in str(refused.args[0]).split(", ")}
    except IntegrityError as refused:
        return {str(refused.__cause__.diag.table_name)}
    except Killed:
        pass
    return left


def take_back(*, noticed: bool) -> None:
    raise Killed if noticed else CameToItsEnd


class CameToItsEnd(Exception):
    """There was no statement of that number."""


class Killed(Exception):
    """The worker died."""


def killing_at(number: int) -> Callable[..., Any]:
    count = 0

    def kill(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        if count >= number:
            raise Killed
        return execute(sql, params, many, context)

    return kill


def test_the_same_number_of_statements_erases_one_row_or_three_of_each_table(canaries):
    first, second = canaries
    for _ in range(2):
        Note.objects.create(
            actor_kind="job", verb="x", thing_kind="y", thing_id=second.person.pk, subject_person=second.person.pk
        )
    counts = []
    for canary in (first, second):
        with CaptureQueriesContext(connection) as queries:
            erase(canary.person)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_in_every_table_the_database_finds_the_rows_of_one_person_by_an_index(academy):
    with connection.cursor() as cursor:
        cursor.execute(FIRST_OF_AN_INDEX, [academy.schema_name])
        found = set(cursor.fetchall())
    columns = {
        (model._meta.db_table, column.column)
        for model in tables_in_order()
        for column in model._meta.concrete_fields
        if points_to_person(column)
    }

    assert len(columns) > 60
    assert columns - found == set()


FIRST_OF_AN_INDEX = """
SELECT tables.relname, attname FROM pg_index JOIN pg_class tables ON tables.oid = indrelid
JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
WHERE relnamespace = to_regnamespace(%s) AND indisvalid
AND (indpred IS NULL OR pg_get_expr(indpred, indrelid) = format('(%%I IS NOT NULL)', attname))
"""


def test_it_is_in_the_journal_once_and_what_is_written_afterwards_is_refused(canaries):
    first, _ = canaries
    key = first.person.pk
    erase(first.person)

    assert JournalEntry.objects.filter(operation=Operation.ERASED, subject_id=key).count() == 1
    with pytest.raises(Gone):
        lock_alive(key)
    assert Erasure.objects.filter(done_at__isnull=False).exists()
    actions.erase_again(key, purpose="", by=BY)  # harmless
    assert JournalEntry.objects.filter(operation=Operation.ERASED, subject_id=key).count() == 1


def test_asking_closes_the_account_at_once_and_is_taken_once(academy, cast):
    erasure = actions.ask_erasure(cast.learner, by=Actor.person(cast.learner.id))

    cast.learner.refresh_from_db()
    assert cast.learner.state == Person.State.LEFT
    assert erasure.due_on == clock.today() + timedelta(days=academy.settings.erasure.within_days)
    with pytest.raises(ErasureAsked):
        actions.ask_erasure(cast.learner, by=Actor.person(cast.learner.id))


def test_the_last_administrator_cannot_leave(academy, cast):
    admin = Role.objects.filter(name=Role.Name.ACADEMY_ADMIN).first()
    person = admin.person if admin else cast.clerk
    Role.objects.filter(name=Role.Name.ACADEMY_ADMIN).exclude(person=person).delete()
    Role.objects.get_or_create(person=person, name=Role.Name.ACADEMY_ADMIN, ended_at=None)

    with pytest.raises(LastAdministrator), attempt():
        actions.ask_erasure(person, by=Actor.person(person.id))
    assert not Erasure.objects.exists()


# --- what stays ----------------------------------------------------------------------------------------------------
def test_what_is_held_stays_with_what_it_needs_and_goes_when_the_hold_lapses(canaries):
    first, _ = canaries
    Hold.objects.create(purpose="results.result", reason="dispute", until=clock.today() + timedelta(days=30))

    done = erase(first.person)

    assert done.done_at is None
    assert set(done.stayed) == {"results.Result", "enrolment.Enrolment", "people.Person"}
    person = Person.objects.get(pk=first.person.pk)
    assert (person.state, person.email, person.password) == (Person.State.ERASED, None, "")
    assert person.first_name != ""  # a result without a name is no evidence
    assert person.restricted_at is not None
    assert Restriction.objects.filter(person=person.pk, ended_at=None).exists()
    enrolment = Enrolment.objects.get(learner=person)
    assert enrolment.remarks == ""
    assert not Certificate.objects.filter(enrolment=enrolment).exists()

    with clock.at(clock.now() + timedelta(days=31)):
        again = erase(first.person)
    assert again.done_at is not None
    assert leads_to(first.person.pk) == []


@pytest.mark.parametrize("table", ["privacy.Complaint", "privacy.Request"])
def test_what_is_held_of_what_is_left_without_a_name_keeps_its_words(canaries, table):
    first, _ = canaries
    model = ABOUT_PEOPLE[table]
    path = subject_of(model)
    (row,) = every_row(model).filter(**{path: first.person.pk})
    texts = {each.column: getattr(row, each.column) for each in compiler.texts_of(model)}
    until = clock.today() + timedelta(days=30)
    Hold.objects.create(thing_kind=model._meta.label_lower, thing_id=row.pk, reason="dispute", until=until)

    done = erase(first.person)

    kept = every_row(model).get(pk=row.pk)
    assert (done.done_at, done.stayed.get(table)) == (None, 1)
    assert (getattr(kept, path), {name: getattr(kept, name) for name in texts}) == (first.person.pk, texts)
    with clock.at(clock.now() + timedelta(days=31)):
        assert erase(first.person).done_at is not None
    assert (getattr(every_row(model).get(pk=row.pk), path), leads_to(first.person.pk)) == (None, [])


def test_what_stays_is_looked_at_again_without_being_written_down_again(canaries):
    first, _ = canaries
    Hold.objects.create(purpose="results.result", reason="dispute", until=clock.today() + timedelta(days=30))
    done = erase(first.person)
    limit = Restriction.objects.get(person=first.person.pk)
    went, notes = done.went, Note.objects.count()

    again = erase(first.person)

    assert (again.went, again.stayed, Note.objects.count()) == (went, done.stayed, notes)
    assert Restriction.objects.get(person=first.person.pk).created_at == limit.created_at


def test_what_the_law_keeps_stays_until_its_term_ends_and_is_named_with_its_ground(canaries):
    first, _ = canaries
    with declared_otherwise(
        "results.certificate", despite_erasure_nl="de wet (proef)", despite_erasure_en="the law (trial)"
    ):
        foreseen = foresee_erasure(first.person.pk, terms_here(), "en")
        assert [(each.ground, each.rows) for each in foreseen.stays] == [("the law (trial)", 1)]
        done = erase(first.person)
        told = Message.objects.get(vanishes=True)

        assert "results.Certificate" in done.stayed
        assert "de wet (proef)" in told.body or "the law (trial)" in told.body
        assert not Result.objects.filter(enrolment__learner=first.person).exists()
        with clock.at(clock.now() + timedelta(days=9 * 366)):
            assert erase(first.person).done_at is not None


def test_beforehand_it_is_told_how_many_rows_go(canaries):
    first, _ = canaries
    foreseen = foresee_erasure(first.person.pk, terms_here(), "nl")

    assert foreseen.stays == ()
    assert {each.model for each in foreseen.goes} >= {"people.Person", "enrolment.Enrolment", "practice.Answer"}
    gone = erase(first.person)
    told = {each.model: each.rows for each in foreseen.goes}
    assert told.items() <= gone.went.items() | {("privacy.Erasure", 1)}


# --- others --------------------------------------------------------------------------------------------------------
def test_a_mail_to_somebody_else_that_names_the_person_loses_its_text(canaries):
    first, second = canaries
    mail = Message.objects.filter(person=second.person.pk)[0]
    Message.objects.filter(pk=mail.pk).update(body="Ann Een komt", title="Ann Een", state=Message.State.WAITING)
    Mention.objects.create(message=mail, person=first.person.pk)

    erase(first.person)

    mail.refresh_from_db()
    assert (mail.body, mail.state) == ("", Message.State.DROPPED)
    assert mail.title in {"Tekst gewist", "Text erased"}


def test_a_remark_about_somebody_else_that_seems_to_name_the_person_is_shown_to_a_human(canaries):
    first, second = canaries
    Person.objects.filter(pk=first.person.pk).update(first_name="Annemieke", last_name="van Doorn")
    theirs = Enrolment.objects.filter(learner=second.person).first()
    Enrolment.objects.filter(pk=theirs.pk).update(remarks="Komt samen met annemieke van doorn.")

    erase(first.person)

    found = Redaction.objects.get()
    assert (found.table, found.row_id, found.column) == ("enrolment.Enrolment", theirs.pk, "remarks")
    actions.redact_text(found, "Komt samen met een collega.", by=BY)
    theirs.refresh_from_db()
    assert theirs.remarks == "Komt samen met een collega."
    with pytest.raises(DecidedAlready):
        actions.redact_text(found, None, by=BY)


@pytest.mark.parametrize(
    ("said", "remark"),
    [
        ([["Annemieke", "van Doorn"]], "Belt met ANNEMIEKE van doorn."),
        ([["Annemieke", "van Doorn"]], "Annemieke, de zus van één van de VAN DOORNs"),
        ([["Yusuf", "Yildiz"]], "yusuf Yıldız komt later"),  # capitals of another letter are the same
        ([["Özlem", "Çelik"]], "Vraag het özlem çelik"),
        ([["100%", "_"]], "100% _ zeker"),
        ([["ann@mens.example"]], "schrijft naar Ann@MENS.example"),
        ([["x@y.example"], ["Bo", "Li"]], "met boris en lia"),
    ],
)
def test_a_name_is_found_in_whatever_spelling_and_as_a_part_of_words(academy, said, remark):
    others = ("Iemand anders, met Anna van Dooren, 1000 zeker @ huis", "Één Yilmaz", "")
    for number, words in enumerate((remark, *others)):
        Organisation.objects.create(name=f"Huis {number}", remarks=words)

    ((model, column, keys),) = texts_that_name(said)

    assert (model, column) == (Organisation, "remarks")
    assert keys == [Organisation.objects.get(remarks=remark).pk]


def test_where_somebody_is_named_is_asked_in_one_query(academy, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert list(texts_that_name([["een@mens.example"], ["Een", "Mens"]], apart_from=Role().id)) == []


def test_of_somebody_of_whom_little_is_known_few_tables_are_touched(academy):
    person = add_person("Ann", "Een")
    erasure = asked(person)
    actions.erase_person(asked(add_person("Bob", "Twee")).pk, by=BY)

    with CaptureQueriesContext(connection) as queries:
        actions.erase_person(erasure.pk, by=BY)

    deleted = [each["sql"].split('"')[1] for each in queries if each["sql"].startswith("DELETE")]
    assert deleted == ["account_emailaddress", "person"]
    assert len(queries) == 31
