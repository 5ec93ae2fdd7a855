"""Documents are kept closed, dropped with a way back, and forgotten for good: key, file and every copy of both."""

import io
import os
import shutil
import time
import tracemalloc
from datetime import timedelta
from uuid import uuid4

import pytest

from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.charter.register import followed
from leerhuis.documents import actions, disk, keys
from leerhuis.documents.models import Document, Removal
from leerhuis.documents.queries import content_of, files_of, opened, removals_waiting, without_file
from leerhuis.documents.rules import (
    DroppedAlready,
    GoneForGood,
    KeptAlready,
    NoReason,
    NoSuchPurpose,
    NotTaken,
    NumberInName,
    TooLarge,
)
from leerhuis.documents.tests.factories import ARRANGEMENTS, BY, PAPERS, PDF, a_document

CANARY = b"kanarie-7f3a9c-vooropleiding"
WITH_CANARY = PDF.replace(b"<< >>", CANARY)


def read(document):
    return b"".join(content_of(document))


def work_off():
    """Do what the worker does after the commit."""
    return actions.remove_from_disk(by=BY)


def test_a_document_is_kept_closed_and_comes_back_as_it_was(cast, folders):
    document = a_document(cast.learner.id, WITH_CANARY)

    assert folders.holds(CANARY) == []
    assert folders.holds(str(cast.learner.id).encode()) == []
    assert folders.holds(cast.learner.id.bytes) == []
    assert read(document) == WITH_CANARY
    assert (document.name, document.kind, document.size) == ("Diploma.pdf", "pdf", len(WITH_CANARY))
    assert [path.stat().st_mode & 0o077 for path in folders.all()] == [0, 0, 0]


def test_no_path_on_the_disk_tells_whose_it_is(cast, folders):
    a_document(cast.learner.id)
    told = " ".join(str(path) for path in folders.all())
    assert [word for word in (str(cast.learner.id), cast.learner.id.hex, "papers", "Diploma") if word in told] == []


def test_each_person_and_purpose_has_a_key_of_its_own(cast):
    one = a_document(cast.learner.id)
    other = a_document(cast.learner.id, PDF + b"%", name="Tweede.pdf")
    arrangement = a_document(cast.learner.id, purpose=ARRANGEMENTS)
    colleague = a_document(cast.colleague.id)

    assert one.key == other.key
    assert len({one.key, arrangement.key, colleague.key}) == 3
    assert len({one.digest, arrangement.digest, colleague.digest}) == 3  # of the same bytes


def test_the_same_file_is_kept_once_for_a_person_and_purpose(cast):
    a_document(cast.learner.id)
    with pytest.raises(KeptAlready):
        a_document(cast.learner.id)
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "content", "refusal"),
    [
        ({"purpose": "people.account"}, PDF, NoSuchPurpose),
        ({"reason": "  "}, PDF, NoReason),
        ({"name": "scan 111222333.pdf"}, PDF, NumberInName),
        ({"reason": "BSN 111222333"}, PDF, NumberInName),
        ({}, b"MZ\0\0", NotTaken),
        ({}, PDF + b"x" * (10 * 1024 * 1024), TooLarge),
    ],
)
def test_a_refused_document_leaves_no_row_no_note_and_no_file(cast, folders, said, content, refusal):
    before = Note.objects.count()
    with pytest.raises(refusal):
        a_document(cast.learner.id, content, **said)
    assert (Document.objects.count(), Note.objects.count(), folders.all()) == (0, before, [])


def test_who_added_it_is_noted_about_the_person(cast):
    document = a_document(cast.learner.id)
    note = Note.objects.get(thing_id=document.id)
    assert (note.verb, note.subject_person, note.touched) == ("add document", cast.learner.id, [])


def test_a_dropped_document_is_opened_by_nobody_and_comes_back_within_a_day(cast):
    document = actions.drop_document(a_document(cast.learner.id), by=BY)
    with pytest.raises(GoneForGood):
        content_of(document)
    with pytest.raises(DroppedAlready):
        actions.drop_document(document, by=BY)
    assert read(actions.take_document_back(document, by=BY)) == PDF


def test_after_a_day_a_dropped_document_is_gone_with_its_key(cast, folders):
    document = a_document(cast.learner.id, WITH_CANARY)
    other = a_document(cast.colleague.id, WITH_CANARY)
    actions.drop_document(document, by=BY)
    with clock.at(clock.now() + timedelta(hours=23)):
        assert actions.remove_dropped(by=BY) == 0
    with clock.at(clock.now() + timedelta(hours=25)):
        with pytest.raises(GoneForGood):
            actions.take_document_back(document, by=BY)
        assert actions.remove_dropped(by=BY) == 1
    assert work_off() == 2
    assert list(Document.objects.all()) == [other]
    assert not disk.is_there(document.id)
    assert keys.places_of(cast.learner.id) == []
    assert read(other) == WITH_CANARY


def test_a_key_stays_as_long_as_another_document_needs_it(cast):
    one, other = a_document(cast.learner.id), a_document(cast.learner.id, PDF + b"%", name="Tweede.pdf")
    actions.follow_documents([one.id], by=BY)
    Document.objects.filter(pk=one.id).delete()
    work_off()
    assert read(other) == PDF + b"%"
    assert not disk.is_there(one.id)


def test_who_was_forgotten_is_noise_on_every_copy_of_the_disk(cast, folders, tmp_path):
    mine = [a_document(cast.learner.id, WITH_CANARY, purpose=purpose) for purpose in (PAPERS, ARRANGEMENTS)]
    other = a_document(cast.colleague.id, WITH_CANARY)
    shutil.copytree(folders.files, tmp_path / "backup")  # a backup of the files, as every night makes one

    assert actions.forget_person(cast.learner.id, by=BY) == 2
    assert removals_waiting() == 4
    work_off()

    assert removals_waiting() == 0
    assert [disk.is_there(each.id) for each in mine] == [False, False]
    assert keys.places_of(cast.learner.id) == []
    shutil.rmtree(folders.files)
    shutil.copytree(tmp_path / "backup", folders.files)  # the backup comes back, with the rows
    Document.objects.bulk_create(mine)
    for document in mine:
        with pytest.raises(GoneForGood):
            content_of(document)
    assert read(other) == WITH_CANARY


def test_nothing_of_who_was_forgotten_is_left_in_a_row(cast):
    a_document(cast.learner.id)
    actions.forget_person(cast.learner.id, by=BY)
    assert not Document.objects.filter(person=cast.learner.id).exists()
    left = " ".join(Removal.objects.values_list("place", flat=True))
    assert str(cast.learner.id) not in left


def test_one_purpose_can_be_forgotten_alone(cast):
    paper, arrangement = a_document(cast.learner.id), a_document(cast.learner.id, purpose=ARRANGEMENTS)
    assert actions.forget_person(cast.learner.id, [PAPERS], by=BY) == 1
    work_off()
    assert list(Document.objects.all()) == [arrangement]
    assert read(arrangement) == PDF
    with pytest.raises(GoneForGood):
        content_of(paper)


def test_after_a_restore_of_keys_the_journal_forgets_those_again_that_no_row_mentions(cast, folders, tmp_path):
    """Rows that came back are for the erasure that is done again: it knows what is held, and takes files along."""
    document, other = a_document(cast.learner.id, WITH_CANARY), a_document(cast.learner.id, purpose=ARRANGEMENTS)
    for name in ("files", "keys"):
        shutil.copytree(tmp_path / name, tmp_path / f"old-{name}")  # an image of the whole machine
    actions.forget_person(cast.learner.id, by=BY)
    work_off()
    for name in ("files", "keys"):
        shutil.rmtree(tmp_path / name)
        shutil.copytree(tmp_path / f"old-{name}", tmp_path / name)
    Document.objects.bulk_create([document])

    actions.forget_again(cast.learner.id, purpose="", by=BY)
    work_off()

    assert read(document) == WITH_CANARY
    with pytest.raises(GoneForGood):
        content_of(other)
    actions.follow_documents([document.id], by=BY)
    work_off()
    assert (keys.places_of(cast.learner.id), disk.is_there(document.id)) == ([], False)
    actions.forget_again(uuid4(), purpose="", by=BY)  # the journal also names other things


def test_a_key_that_no_row_mentions_is_forgotten_with_its_person(cast):
    document = a_document(cast.learner.id)
    Document.objects.all().delete()
    assert actions.forget_person(cast.learner.id, by=BY) == 0
    work_off()
    with pytest.raises(GoneForGood):
        opened(document)


def test_whoever_deletes_rows_has_the_files_follow(cast):
    document = a_document(cast.learner.id)
    for action in followed("documents.Document"):
        action([document.id, uuid4()], by=BY)
    assert read(document) == PDF  # nothing happened yet: the row is still there
    Document.objects.all().delete()
    work_off()
    assert not disk.is_there(document.id)
    assert followed("people.Person") == []


def test_a_new_document_never_gets_a_key_that_is_to_be_destroyed(cast):
    document = a_document(cast.learner.id)
    actions.follow_documents([document.id], by=BY)
    Document.objects.all().delete()
    later = a_document(cast.learner.id)
    work_off()
    assert read(later) == PDF


# --- what goes wrong -----------------------------------------------------------------------------------------------
class Breaks(io.BytesIO):
    """A file that can no longer be read behind its first bytes, once it was looked at."""

    def __init__(self, content, after):
        super().__init__(content)
        self.left = after

    def read(self, size=-1, /):
        self.left -= 1
        if not self.left:
            raise OSError("the line went dead")
        return super().read(size)


@pytest.mark.parametrize("after", [1, 2, 3, 4, 5])
def test_a_file_that_breaks_half_way_leaves_nothing_but_perhaps_a_key(cast, folders, after):
    with pytest.raises(OSError, match="dead"):
        actions.keep_document(
            cast.learner.id, purpose=PAPERS, name="a.pdf", reason="b", content=Breaks(PDF, after), by=BY
        )
    assert Document.objects.count() == 0
    assert [path for path in folders.files.rglob("*") if path.is_file()] == []


def test_a_file_without_a_row_is_swept_after_a_day(cast, folders):
    document, kept = a_document(cast.learner.id), a_document(cast.colleague.id)
    Document.objects.filter(pk=document.id).delete()  # as where the transaction was taken back
    unfinished = folders.files / document.person.hex[:1]
    path = next(path for path in folders.files.rglob(str(document.id)))
    (path.parent / f"{uuid4()}.part").write_bytes(b"half")

    assert actions.sweep_disk(by=BY) == 0
    yesterday = time.time() - 90_000
    for old in folders.files.rglob("*"):
        os.utime(old, (yesterday, yesterday))
    assert actions.sweep_disk(by=BY) == 2
    work_off()

    assert [path.name for path in folders.files.rglob("*") if path.is_file()] == [str(kept.id)]
    assert read(kept) == PDF
    assert not unfinished.exists()


def test_a_key_that_no_row_needs_stays_as_long_as_a_backup_could_need_it(cast, folders):
    document, kept = a_document(cast.learner.id), a_document(cast.colleague.id)
    Document.objects.filter(pk=document.id).delete()
    moment = clock.now()
    with clock.at(moment + timedelta(days=89)):
        actions.sweep_disk(by=BY)
    work_off()
    assert len(keys.places_of(cast.learner.id)) == 1
    with clock.at(moment + timedelta(days=91)):
        actions.sweep_disk(by=BY)
    work_off()
    assert keys.places_of(cast.learner.id) == []
    assert read(kept) == PDF


def test_a_row_whose_file_is_gone_is_found(cast):
    document, _ = a_document(cast.learner.id), a_document(cast.colleague.id)
    disk.remove(disk.place_of(document.id))
    assert without_file() == [document.id]
    with pytest.raises(GoneForGood):
        content_of(document)


def test_a_file_that_was_changed_is_noticed(cast, folders):
    document = a_document(cast.learner.id)
    path = next(path for path in folders.files.rglob(str(document.id)))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(disk.Damaged):
        content_of(document)


def test_files_of_two_people_cannot_be_exchanged(cast, folders):
    mine, other = a_document(cast.learner.id), a_document(cast.learner.id, PDF + b"%", name="Tweede.pdf")
    paths = [next(folders.files.rglob(str(each.id))) for each in (mine, other)]
    paths[0].write_bytes(paths[1].read_bytes())
    with pytest.raises(disk.Damaged):
        content_of(mine)


def test_a_removal_that_was_cut_off_is_done_again(cast, folders):
    document = a_document(cast.learner.id)
    actions.forget_person(cast.learner.id, by=BY)
    disk.remove(disk.place_of(document.id))  # killed between the disk and the commit
    for place in keys.places_of(cast.learner.id):
        keys.destroy(place)
    assert work_off() == 2
    assert work_off() == 0


# --- the copy of the keys ------------------------------------------------------------------------------------------
def test_a_key_that_is_lost_here_comes_back_from_the_copy(cast, folders):
    document = a_document(cast.learner.id)
    shutil.rmtree(folders.keys)  # an empty machine, after a restore
    assert read(document) == PDF
    assert len(list(folders.keys.rglob("*.key"))) == 1


def test_an_erasure_is_not_done_while_the_copy_of_the_keys_is_away(cast, folders):
    a_document(cast.learner.id)
    folders.copy.rename(folders.copy.with_name("unplugged"))
    actions.forget_person(cast.learner.id, by=BY)
    work_off()
    assert removals_waiting() == 1  # the file is gone, the key is not
    folders.copy.with_name("unplugged").rename(folders.copy)
    work_off()
    assert removals_waiting() == 0
    assert [path for path in folders.all() if path.suffix == ".key"] == []


def test_what_the_copy_missed_is_brought_when_it_is_back(cast, folders):
    a_document(cast.learner.id)
    folders.copy.rename(folders.copy.with_name("unplugged"))
    later = a_document(cast.colleague.id)
    with pytest.raises(keys.CopyAway):
        keys.mend_copy()
    folders.copy.with_name("unplugged").rename(folders.copy)
    assert (keys.lacking_in_copy(), keys.mend_copy(), keys.lacking_in_copy()) == (1, 1, 0)
    shutil.rmtree(folders.keys)
    assert read(later) == PDF


def test_a_key_opens_nothing_without_the_secret_of_the_house(cast, folders, settings):
    document = a_document(cast.learner.id)
    settings.FILE_KEY = "another secret"
    with pytest.raises(GoneForGood):
        content_of(document)


def test_a_key_is_bound_to_its_person(cast, folders):
    mine, other = a_document(cast.learner.id), a_document(cast.colleague.id)
    place = {each.id: keys.place_of(each.person, each.purpose, each.key) for each in (mine, other)}
    for root in (folders.keys, folders.copy):
        taken = next(root.rglob(place[other.id].split("/")[1]))
        next(root.rglob(place[mine.id].split("/")[1])).write_bytes(taken.read_bytes())
    with pytest.raises(GoneForGood):
        content_of(mine)


# --- taking along, and memory --------------------------------------------------------------------------------------
def test_somebodys_files_go_along_with_their_data(cast):
    a_document(cast.learner.id, name="Eerste.pdf")
    a_document(cast.learner.id, b"afspraak", purpose=ARRANGEMENTS, name="Tweede.txt")
    actions.drop_document(a_document(cast.learner.id, PDF + b"%", name="Weg.pdf"), by=BY)
    a_document(cast.colleague.id, name="Van een ander.pdf")
    found = [(file.name, file.media_type, file.size, b"".join(file.parts)) for file in files_of(cast.learner.id)]
    assert found == [
        ("Eerste.pdf", "application/pdf", len(PDF), PDF),
        ("Tweede.txt", "text/plain; charset=utf-8", 8, b"afspraak"),
    ]
    assert list(files_of(cast.stranger.id)) == []


def test_a_lost_file_does_not_keep_somebody_from_the_rest(cast):
    lost, changed, kept = (a_document(cast.learner.id, PDF + b"%" * n, name=f"{n}.pdf") for n in range(3))
    disk.remove(disk.place_of(lost.id))
    disk.write(changed.id, [b"something else"], key=os.urandom(32))
    assert [file.name for file in files_of(cast.learner.id)] == [kept.name]


def test_memory_stays_flat_for_fifty_megabytes(cast, folders):
    key, document_id, piece = os.urandom(32), uuid4(), os.urandom(1 << 16)
    tracemalloc.start()
    disk.write(document_id, (piece for _ in range(800)), key=key)
    size = sum(len(part) for part in disk.read(document_id, key=key))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == 800 << 16
    assert most < 8 << 20
