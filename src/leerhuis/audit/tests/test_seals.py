"""The seals: what was written down is sealed once and in any order, and what was erased openly is no fault."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q

from leerhuis.audit import marks, sealing, verifying
from leerhuis.audit.actions import note
from leerhuis.audit.heads import head_file
from leerhuis.audit.models import Look, Note, Seal, SealCheck, SealEvent, SealRelease
from leerhuis.audit.reading import rows_of
from leerhuis.audit.sealing import DELETED, NULLIFIED
from leerhuis.audit.tests.factories import ANNA, BERT, CLERK, OPERATOR, faults, happen
from leerhuis.base import clock
from leerhuis.charter.checks import points_to_person
from leerhuis.charter.records import NULLIFY, Record, WebMay

pytestmark = pytest.mark.usefixtures("folder")


def sql(statement: str, *values: object) -> None:
    """Do something by the back door."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


# --- nothing happened ------------------------------------------------------------------------------------------------
def test_on_a_clean_database_nothing_is_found(sealed: list[UUID]) -> None:
    found = verifying.examine()
    assert (found.rows, found.seals, found.waiting, found.count, found.faults) == (9, 4, 0, 0, [])
    happen(1)
    found = verifying.examine()
    assert (found.rows, found.waiting, found.count) == (9, 3, 0)


def test_a_row_is_sealed_once_and_nothing_new_makes_no_seal(sealed: list[UUID]) -> None:
    assert (sealing.seal(), sealing.seal(everything=True), Seal.objects.count()) == (0, 0, 4)


def test_the_head_outside_follows_what_was_kept_and_is_closed_to_others(sealed: list[UUID], folder: Path) -> None:
    head = head_file().read()
    assert head is not None
    assert (head.number, head.digest) == (4, Seal.objects.get(number=4).digest)
    assert (folder / "leffectief.seals").stat().st_mode & 0o777 == 0o600


def test_rows_that_become_visible_in_another_order_are_sealed_all_the_same(sealed: list[UUID]) -> None:
    """A long transaction: its rows bear the moment of its start, and a younger row was sealed before."""
    with clock.at(clock.now() - timedelta(minutes=30)):
        happen(1)
    with clock.at(clock.now() - timedelta(hours=30)):
        happen(1)
    assert (sealing.seal(), sealing.seal(everything=True)) == (3, 3)
    assert faults() == []


def test_a_seal_holds_no_person_and_no_word_of_a_row(sealed: list[UUID]) -> None:
    leaves = b"".join(bytes(each.leaves) for each in Seal.objects.all())
    for person in (CLERK, ANNA, BERT):
        assert person.bytes not in leaves
        assert hashlib.sha256(str(person).encode()).digest()[:8] not in leaves
        assert hashlib.blake2b(str(person).encode(), digest_size=8).digest() not in leaves
    assert b"change person" not in leaves


def test_a_mark_made_in_memory_is_that_of_the_row_in_the_database(academy: object) -> None:
    happen(1)
    note("é\t\\N\n'", Note(verb="x"), by=OPERATOR, fields=["b", 'a"\\', "ü"])
    rows = [
        *rows_of(Note, since=clock.now() - timedelta(days=1)),
        *rows_of(Look, since=clock.now() - timedelta(days=1)),
    ]
    assert [row.is_genuine for row in rows] == [True] * 4
    assert {len(bytes(each.mark)) for each in Note.objects.all()} == {marks.cover_of(Note).size}


@pytest.mark.parametrize("model", sealing.sealed_models())
def test_a_sealed_table_is_added_to_and_erasure_takes_rows_or_persons(model: type[Record]) -> None:
    """What erasure does to it must be one of the two things that a release can tell."""
    assert model.web_may is WebMay.ADD
    assert [type(column) for column in model._meta.concrete_fields].count(marks.Mark) == 1
    assert {other.fate for other in model.others} <= {NULLIFY}
    persons = {column.name for column in model._meta.concrete_fields if points_to_person(column)}
    assert len(marks.cover_of(model).persons) == len(persons)


def test_notes_and_looks_are_sealed() -> None:
    assert {Look, Note} <= set(sealing.sealed_models())


# --- what may go -----------------------------------------------------------------------------------------------------
def test_after_an_erasure_nothing_is_found_and_nobody_is_left(sealed: list[UUID]) -> None:
    about, done = Note.objects.filter(subject_person=ANNA), Look.objects.filter(actor_person=CLERK)
    assert sealing.release(about, DELETED, by=OPERATOR) == 3
    assert sealing.release(done, NULLIFIED, by=OPERATOR) == 6
    about.delete()
    done.update(actor_person=None)

    found = verifying.examine()
    assert (found.rows, found.count) == (9, 0)
    assert {each.created_at for each in SealRelease.objects.all()} == {
        clock.now().astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    }
    sealing.seal(everything=True)
    assert faults() == []


def test_somebody_erased_within_the_minute_is_no_forgery(sealed: list[UUID]) -> None:
    happen(1)
    fresh = Look.objects.order_by("-id")[:2]
    rows = Look.objects.filter(pk__in=[each.pk for each in fresh])
    sealing.release(rows, NULLIFIED, by=OPERATOR)
    rows.update(actor_person=None)
    assert faults() == []
    assert sealing.seal() == 3
    assert faults() == []


def test_who_was_released_may_lose_a_person_and_nothing_else(sealed: list[UUID]) -> None:
    rows = Note.objects.filter(pk=sealed[0])
    sealing.release(rows, NULLIFIED, by=OPERATOR)
    rows.update(actor_person=None)
    assert faults() == []
    rows.update(actor_person=BERT)
    assert len(faults()) == 1
    rows.update(actor_person=None, verb="nothing")
    assert len(faults()) == 1
    rows.delete()
    assert len(faults()) == 1


def test_a_row_that_was_erased_and_is_put_back_is_found(sealed: list[UUID]) -> None:
    row = Note.objects.get(pk=sealed[0])
    rows = Note.objects.filter(pk=row.pk)
    sealing.release(rows, DELETED, by=OPERATOR)
    rows.delete()
    row.save(force_insert=True)
    assert [fault.split(": ")[1] for fault in faults()] == ["it was erased, and is back."]


def test_months_that_had_their_time_go_and_the_rest_still_verifies(academy: object) -> None:
    now = clock.now()
    for days in (100, 70, 40, 0):
        with clock.at(now - timedelta(days=days)):
            happen(1)
    sealing.seal()
    sealing.seal()
    before = (now - timedelta(days=45)).date()
    old = {each.created_at.month for each in Note.objects.filter(created_at__lt=sealing_day(before))}
    count = Note.objects.filter(created_at__lt=sealing_day(before)).count()
    assert count >= 1
    assert len(old) >= 1

    assert sealing.drop_sealed_months(Note, before, by=OPERATOR) == count
    assert (Note.objects.filter(created_at__lt=sealing_day(before)).count(), faults()) == (0, [])
    assert sealing.drop_sealed_months(Look, before, by=OPERATOR) == count * 2
    assert faults() == []
    assert sealing.drop_sealed_months(Look, before, by=OPERATOR) == 0
    happen(1)
    assert sealing.seal() == 3
    found = verifying.examine()
    assert (found.count, len(found.notices)) == (0, 2 * len(old))


def test_the_month_that_reaches_the_limit_is_the_last_that_goes_at_once(academy: object) -> None:
    now = clock.now()
    for days in (140, 100, 0):
        with clock.at(now - timedelta(days=days)):
            happen(1)
    sealing.seal()
    before = (now - timedelta(days=45)).date()
    total = Note.objects.filter(created_at__lt=sealing_day(before)).count()

    first = sealing.drop_sealed_months(Note, before, at_most=1, by=OPERATOR)
    assert 0 < first < total
    assert sealing.drop_sealed_months(Note, before, at_most=1, by=OPERATOR) == total - first
    assert (sealing.drop_sealed_months(Note, before, at_most=1, by=OPERATOR), faults()) == (0, [])


def sealing_day(before: date) -> datetime:
    return datetime.combine(sealing.first_kept(before), datetime.min.time(), UTC)


def test_all_months_may_go(academy: object) -> None:
    now = clock.now()
    with clock.at(now - timedelta(days=800)):
        happen(2)
        sealing.seal()
    sealing.seal()
    for model in sealing.sealed_models():
        sealing.drop_sealed_months(model, (now - timedelta(days=730)).date(), by=OPERATOR)
    assert (Note.objects.count(), Look.objects.count(), Seal.objects.count()) == (0, 0, 0)
    assert faults() == []
    happen(1)
    sealing.seal()
    sealing.seal()
    assert (faults(), Seal.objects.order_by("number").values_list("number", flat=True)[0]) == ([], 3)


def test_rows_that_are_held_stay_with_the_seals_of_their_month(academy: object) -> None:
    now = clock.now()
    with clock.at(now - timedelta(days=800)):
        happen(2)
        sealing.seal()
    sealing.seal()
    before = (now - timedelta(days=730)).date()
    assert sealing.drop_sealed_months(Look, before, keep=Q(subject_person=BERT), by=OPERATOR) == 2
    assert (set(Look.objects.values_list("subject_person", flat=True)), faults()) == ({BERT}, [])
    assert sealing.drop_sealed_months(Look, before, keep=Q(subject_person=BERT), by=OPERATOR) == 0
    assert sealing.drop_sealed_months(Look, before, by=OPERATOR) == 2
    assert (faults(), SealRelease.objects.count()) == ([], 0)


def test_what_is_put_into_a_month_that_was_dropped_is_found(academy: object) -> None:
    now = clock.now()
    with clock.at(now - timedelta(days=800)):
        happen(1)
        sealing.seal()
    sealing.seal()
    row = Note.objects.get()
    sealing.drop_sealed_months(Note, now.date(), by=OPERATOR)
    row.save(force_insert=True)
    assert sealing.seal(everything=True) == 0
    assert [fault.split(": ")[1] for fault in faults()] == ["it is of a month that was dropped by its term."]


def test_a_month_that_somebody_else_dropped_is_found(academy: object) -> None:
    with clock.at(clock.now() - timedelta(days=800)):
        happen(1)
        sealing.seal()
    sealing.seal()
    sql("DELETE FROM note")
    sql("UPDATE seal SET leaves = NULL WHERE kind = 'audit.note'")
    sql(
        "INSERT INTO seal_event (id, created_at, what, kind, month, rows, number, digest, signature)"
        " SELECT gen_random_uuid(), now(), 'dropped', kind, month, 1, 0, '', 'bm9ib2R5' FROM seal"
        " WHERE kind = 'audit.note'"
    )
    assert [fault for fault in faults() if "emptied" in fault] != []


# --- beginning, and beginning anew -----------------------------------------------------------------------------------
def test_what_was_there_before_the_first_seal_is_taken_as_it_is(academy: object) -> None:
    happen(2)
    sql("UPDATE note SET mark = ''")
    assert sealing.seal() == 6
    assert faults() == []
    Note.objects.filter(pk=Note.objects.all()[0].pk).update(verb="nothing")
    assert len(faults()) == 1


def _as_a_restore_does(notes: list[UUID]) -> None:
    """Take away the rows and the seals of the end."""
    Note.objects.filter(pk=notes[2]).delete()
    Look.objects.filter(pk__in=[each.pk for each in Look.objects.order_by("-id")[:2]]).delete()
    Seal.objects.filter(number__gt=2).delete()


def test_after_a_restore_it_goes_on_and_stays_on_record(sealed: list[UUID]) -> None:
    _as_a_restore_does(sealed)
    assert sealing.is_ahead_outside()
    assert sealing.begin_anew(by=OPERATOR) == 2
    assert not sealing.is_ahead_outside()
    happen(1)
    sealing.seal()
    sealing.seal()
    found = verifying.examine()
    assert (found.faults, len(found.notices)) == ([], 1)
    assert "2 seals after number 2 went" in found.notices[0]
    sql("UPDATE seal_event SET rows = 0 WHERE what = 'put back'")
    assert len(faults()) == 1


def test_a_folder_that_cannot_be_written_stops_nothing(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where a folder should be")
    happen(1)
    assert sealing.seal_quietly() == 0
    folder.unlink()
    assert sealing.seal_quietly() == 3


def test_how_an_examination_ended_is_kept_for_three_months(sealed: list[UUID]) -> None:
    with clock.at(clock.now() - timedelta(days=91)):
        verifying.keep_check(verifying.examine())
    Note.objects.filter(pk=sealed[0]).update(verb="nothing")
    verifying.keep_check(verifying.examine())
    assert list(SealCheck.objects.values_list("seals", "rows", "faults")) == [(4, 9, 1)]


def test_events_are_few(sealed: list[UUID]) -> None:
    assert list(SealEvent.objects.values_list("what", flat=True)) == ["begun"]
