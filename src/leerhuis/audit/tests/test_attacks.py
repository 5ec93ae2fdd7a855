"""Whoever changes, takes out, puts in, moves or cuts off what was written down is found, each by its own words."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.db import connection

from leerhuis.audit import marks, sealing, verifying
from leerhuis.audit.heads import head_file
from leerhuis.audit.ledger import FIRST
from leerhuis.audit.models import Note, Seal
from leerhuis.audit.sealing import CutOff
from leerhuis.audit.tests.factories import ANNA, BERT, faults, happen
from leerhuis.base import clock
from leerhuis.base.ids import uuid7

pytestmark = pytest.mark.usefixtures("folder")


def sql(statement: str, *values: object) -> None:
    """Do something by the back door."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def _edit(ids: list[UUID]) -> None:
    sql("UPDATE note SET verb = 'nothing' WHERE id = %s", ids[1])


def _other_actor(ids: list[UUID]) -> None:
    sql("UPDATE note SET actor_person = %s WHERE id = %s", BERT, ids[1])


def _no_actor(ids: list[UUID]) -> None:
    sql("UPDATE note SET actor_person = NULL WHERE id = %s", ids[1])


def _other_subject(_ids: list[UUID]) -> None:
    sql("UPDATE look SET subject_person = %s WHERE subject_person = %s", BERT, ANNA)


def _other_day(ids: list[UUID]) -> None:
    sql("UPDATE note SET created_at = created_at - interval '1 day' WHERE id = %s", ids[1])


def _other_fields(ids: list[UUID]) -> None:
    sql("UPDATE note SET touched = '[]' WHERE id = %s", ids[1])


def _delete(ids: list[UUID]) -> None:
    sql("DELETE FROM note WHERE id = %s", ids[1])


def _delete_with_forged_release(ids: list[UUID]) -> None:
    _delete(ids)
    sql(
        "INSERT INTO seal_release (id, created_at, kind, fate, tag) VALUES (%s, now(), 'audit.note', 'deleted', %s)",
        ids[1], b"0" * 16,
    )  # fmt: skip


def _insert_now(ids: list[UUID]) -> None:
    sql(
        "INSERT INTO note SELECT (jsonb_populate_record(note, jsonb_build_object('id', gen_random_uuid()))).*"
        " FROM note WHERE id = %s", ids[1],
    )  # fmt: skip


def _insert_long_ago(ids: list[UUID]) -> None:
    sql(
        "INSERT INTO note SELECT (jsonb_populate_record(note, jsonb_build_object('id', gen_random_uuid(),"
        " 'created_at', created_at - interval '2 years'))).* FROM note WHERE id = %s", ids[1],
    )  # fmt: skip


def _insert_without_mark(ids: list[UUID]) -> None:
    _insert_now(ids)
    sql("UPDATE note SET mark = '' WHERE NOT id = ANY(%s)", ids)


def _swap_ids(ids: list[UUID]) -> None:
    a, b, spare = ids[0], ids[2], uuid7()
    for before, after in ((a, spare), (b, a), (spare, b)):
        sql("UPDATE note SET id = %s WHERE id = %s", after, before)


def _swap_seals(_ids: list[UUID]) -> None:
    for before, after in ((1, 100), (2, 1), (100, 2)):
        sql("UPDATE seal SET number = %s WHERE number = %s", after, before)


def _truncate_rows(_ids: list[UUID]) -> None:
    sql("DELETE FROM note")


def _truncate_all(_ids: list[UUID]) -> None:
    for table in ("note", "look", "seal", "seal_event", "seal_release"):
        sql(f"DELETE FROM {table}")


def _cut_off_the_end(ids: list[UUID]) -> None:
    """Rows with their seals, so that in the database all fits."""
    sql("DELETE FROM note WHERE id = %s", ids[2])
    sql("DELETE FROM look WHERE id IN (SELECT id FROM look ORDER BY id DESC LIMIT 2)")
    sql("DELETE FROM seal WHERE number > 2")


def _take_a_seal_out(ids: list[UUID]) -> None:
    sql("DELETE FROM note WHERE id = ANY(%s)", ids[:2])
    sql("DELETE FROM seal WHERE number = (SELECT min(number) FROM seal WHERE kind = 'audit.note')")


def _empty_a_seal(ids: list[UUID]) -> None:
    sql("DELETE FROM note WHERE id = ANY(%s)", ids[:2])
    sql("UPDATE seal SET leaves = NULL WHERE number = (SELECT min(number) FROM seal WHERE kind = 'audit.note')")


def _begin_later(ids: list[UUID]) -> None:
    """Pretend that the beginning had its time."""
    sql("DELETE FROM note WHERE id = ANY(%s)", ids[:2])
    sql("DELETE FROM look WHERE id IN (SELECT id FROM look ORDER BY id LIMIT 4)")
    last = Seal.objects.get(number=2)
    sql("DELETE FROM seal WHERE number <= 2")
    sql(
        "INSERT INTO seal_event (id, created_at, what, kind, rows, number, digest, signature)"
        " VALUES (gen_random_uuid(), now(), 'shortened', '', 0, 2, %s, 'bm9ib2R5')", last.digest,
    )  # fmt: skip


def rebind() -> None:
    """Make the chain anew, as who knows how it is made can do without the key."""
    digest = FIRST
    for number, each in enumerate(Seal.objects.order_by("number"), start=1):
        each.number, each.previous = number, digest
        each.root = sealing.root_of(bytes(each.leaves))
        each.digest = digest = sealing.chained(each)
        each.save()


def _rewrite_with_other_leaves(ids: list[UUID]) -> None:
    """Another row, another mark in it and in its seal, and a chain that fits."""
    mark = b"\1" * marks.cover_of(Note).size
    sql("UPDATE note SET verb = 'nothing', mark = %s WHERE id = %s", mark, ids[1])
    for each in Seal.objects.filter(kind="audit.note"):
        leaves = [(id, mark if id == ids[1] else old) for id, old in sealing.leaves_of(each)]
        Seal.objects.filter(pk=each.pk).update(leaves=b"".join(id.bytes + its for id, its in leaves))
    rebind()


def _rewrite_without_a_row(ids: list[UUID]) -> None:
    """Every seal made anew without one row; no digest needs the key for that, but the head outside is another."""
    sql("DELETE FROM note WHERE id = %s", ids[1])
    for each in Seal.objects.filter(kind="audit.note"):
        leaves = [(id, mark) for id, mark in sealing.leaves_of(each) if id != ids[1]]
        Seal.objects.filter(pk=each.pk).update(leaves=b"".join(i.bytes + m for i, m in leaves), rows=len(leaves))
    rebind()


ATTACKS: dict[str, tuple[Callable[[list[UUID]], None], str]] = {
    "edit": (_edit, "it was changed."),
    "another actor": (_other_actor, "actor_person was changed."),
    "no actor any more": (_no_actor, "actor_person was changed."),
    "another subject": (_other_subject, "subject_person was changed."),
    "another day": (_other_day, "it was changed."),
    "other fields": (_other_fields, "it was changed."),
    "delete": (_delete, "it is gone, and nobody erased it."),
    "delete with a forged release": (_delete_with_forged_release, "it is gone, and nobody erased it."),
    "insert, dated now": (_insert_now, "it was put in by somebody without the key"),
    "insert, dated back": (_insert_long_ago, "it was put in by somebody without the key"),
    "insert without a mark": (_insert_without_mark, "it was put in by somebody without the key"),
    "swap": (_swap_ids, "it was changed."),
    "swap of seals": (_swap_seals, "Seal 1: it was changed"),
    "all rows of a table": (_truncate_rows, "it is gone, and nobody erased it."),
    "everything": (_truncate_all, "Seal 4 is not the one that was signed outside the database: the end was cut off"),
    "the end cut off": (
        _cut_off_the_end,
        "Seal 4 is not the one that was signed outside the database: the end was cut",
    ),
    "a seal taken out": (_take_a_seal_out, "seals before it were changed or taken out."),
    "a seal emptied": (_empty_a_seal, "it was emptied"),
    "a later beginning": (_begin_later, "was not signed here."),
    "whole rewrite, other marks": (_rewrite_with_other_leaves, "it was changed."),
    "whole rewrite, a row less": (_rewrite_without_a_row, "all seals up to there were made anew"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_found_and_named(sealed: list[UUID], attack: str) -> None:
    assert faults() == []
    do, words = ATTACKS[attack]
    do(sealed)

    assert [fault for fault in faults() if words in fault] != []


@pytest.mark.parametrize("attack", ATTACKS)
def test_sealing_on_covers_no_attack_up(sealed: list[UUID], attack: str) -> None:
    do, _ = ATTACKS[attack]
    do(sealed)
    for _ in range(3):
        happen(1)
        sealing.seal_quietly(everything=True)

    assert faults() != []


def test_without_the_key_no_mark_is_made(sealed: list[UUID], settings: LazySettings) -> None:
    key = settings.JOURNAL_KEY
    settings.JOURNAL_KEY = "another installation's"
    happen(1)
    settings.JOURNAL_KEY = key
    assert sealing.seal(everything=True) == 0
    assert len(faults()) == 3


def test_seals_that_were_cut_off_are_not_signed_over(sealed: list[UUID]) -> None:
    before = head_file().read()
    _cut_off_the_end(sealed)
    happen(2)
    with pytest.raises(CutOff):
        sealing.seal()
    assert head_file().read() == before


def test_a_head_that_is_gone_or_forged_is_told_and_not_made_anew(sealed: list[UUID], folder: Path) -> None:
    file = folder / "leffectief.seals"
    whole = file.read_text()
    file.unlink()
    assert any("is gone" in fault for fault in faults())
    with pytest.raises(CutOff):
        sealing.seal()
    file.write_text(whole.replace('"n":4', '"n":3'))
    assert any("signature" in fault for fault in faults())
    file.write_text(whole)
    assert faults() == []


def test_a_copy_of_the_head_that_was_kept_elsewhere_finds_what_was_set_back_here(
    sealed: list[UUID], folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes((folder / "leffectief.seals").read_bytes())
    _cut_off_the_end(sealed)
    last = Seal.objects.get(number=2)
    head_file().write(2, last.digest, clock.now())  # whoever has the machine, has the key
    assert faults() == []
    assert [fault for fault in verifying.examine(copy).faults if "Seal 4" in fault] != []
