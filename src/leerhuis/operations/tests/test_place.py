"""A place for backups: whatever is wrong with a copy is found, and nothing is kept longer than its term."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leerhuis.operations.expiry import drop_unfinished, expire, needs_full
from leerhuis.operations.history import Standing
from leerhuis.operations.keys import NoKey
from leerhuis.operations.place import BackupSet, PlaceAway, PlaceTaken, stamp
from leerhuis.operations.sealing import Damaged
from leerhuis.operations.standing import standing_of
from leerhuis.operations.tests.factories import NOW, a_place, a_set, days
from leerhuis.operations.verifying import verify

TERM = 30


@pytest.fixture
def place(tmp_path):
    return a_place(tmp_path)


def faults(place, now=NOW):
    return verify(place, now=now, days=TERM).faults


def files_of(found: BackupSet) -> dict[str, Path]:
    """Return one file of each kind."""
    begun = found.name
    return {
        "base": found.folder / f"base/{begun}.full",
        "told": found.folder / f"base/{begun}.told",
        "contents": found.folder / f"base/{begun}.contents",
        "keys": found.folder / f"keys/{begun}",
        "written": found.folder / "wal/000000010000000000000002",
        "files": found.folder / "files/0123456789abcdef",
        "manifest": found.manifest,
    }


def test_nothing_is_wrong_with_what_nobody_touched(place):
    a_set(place)
    told = verify(place, now=NOW, days=TERM)

    assert (told.faults, told.files, told.newest, told.oldest) == ([], 8, NOW, NOW)


@pytest.mark.parametrize("kind", ["base", "told", "contents", "keys", "written", "files", "manifest"])
def test_each_byte_that_is_changed_in_each_kind_of_file_is_found(place, kind):
    path = files_of(a_set(place))[kind]
    content = path.read_bytes()
    unseen = []
    for at in range(len(content)):
        changed = bytearray(content)
        changed[at] ^= 1
        path.write_bytes(bytes(changed))
        if not faults(place):
            unseen.append(at)
    path.write_bytes(content)

    assert (unseen, faults(place)) == ([], [])


@pytest.mark.parametrize("kind", ["base", "told", "contents", "keys", "written", "files", "manifest"])
def test_a_file_that_is_missing_is_found(place, kind):
    files_of(a_set(place))[kind].unlink()

    assert faults(place)


def test_a_file_that_nobody_put_there_is_found_and_one_that_is_being_written_is_none(place):
    found = a_set(place)
    (found.folder / "wal" / "000000010000000000000004.part").write_bytes(b"half")
    assert faults(place) == []
    (found.folder / "wal" / "000000010000000000000004").write_bytes(b"x")
    assert faults(place) == [f"{found.folder}/wal/000000010000000000000004 was put there by nobody."]


def test_files_that_changed_places_are_found(place):
    found = a_set(place)
    one, other = (found.folder / "wal" / f"00000001000000000000000{number}" for number in (1, 2))
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)

    assert faults(place) == [f"{one} was changed.", f"{other} was changed."]


def test_an_end_that_was_cut_off_is_found_though_the_rest_is_whole(place):
    found = a_set(place)
    lines = found.manifest.read_bytes().splitlines(keepends=True)
    found.manifest.write_bytes(b"".join(lines[:-2]))
    (found.folder / "files/0123456789abcdef").unlink()
    (found.folder / f"base/{found.name}.contents").unlink()

    assert f"{found.manifest} was cut off: lines that were written are missing at its end." in faults(place)


def test_a_line_that_was_left_out_is_found(place):
    found = a_set(place)
    lines = found.manifest.read_bytes().splitlines(keepends=True)
    found.manifest.write_bytes(b"".join(lines[:2] + lines[3:]))

    assert faults(place) == [
        f"{found.manifest}, line 3: lines before it were left out or put in.",
        f"There is no whole backup in {place.folder}.",
    ]


def test_a_gap_in_what_was_written_is_found(place):
    found = a_set(place)
    found.add("wal/000000010000000000000005", [b"written"], now=NOW)

    one, other = "000000010000000000000003", "000000010000000000000005"
    missing = f"{found.folder}/wal lacks what lies between {one} and {other}: moments in between cannot be restored."
    assert faults(place) == [missing]


def test_a_backup_that_is_late_or_missing_is_found(place):
    assert faults(place) == [f"There is no whole backup in {place.folder}."]
    a_set(place)
    assert faults(place, NOW + timedelta(hours=26)) == []
    assert faults(place, NOW + timedelta(hours=28)) == ["The newest backup is 28 hours old; it may be 26."]


def test_a_place_that_is_not_there_is_told_in_words(place):
    place.folder.rename(place.folder.with_name("elsewhere"))
    with pytest.raises(PlaceAway, match=r"cannot be read: No such file or directory\. Is it mounted\?"):
        verify(place, now=NOW, days=TERM)


def test_what_a_crash_cut_off_the_manifest_is_written_again(place):
    found = a_set(place)
    with found.manifest.open("ab") as file:
        file.write(b'{"n":9,"time":')  # killed here: nobody was told that this file is there
    found.add("wal/000000010000000000000004", [b"written"], now=NOW)

    assert faults(place) == []
    assert [entry.n for entry in found.entries()] == list(range(1, 10))


def test_garbage_behind_the_manifest_is_not_overwritten(place):
    found = a_set(place)
    with found.manifest.open("ab") as file:
        file.write(b"x" * 10_000)
    with pytest.raises(Damaged):
        found.add("wal/000000010000000000000004", [b"written"], now=NOW)
    assert found.manifest.stat().st_size > 10_000


def test_what_has_had_its_term_goes_with_its_key_and_a_copy_elsewhere_is_noise(place, tmp_path):
    old = a_set(place)
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / old.name).mkdir()
    (copy / old.name / "manifest").write_bytes(old.manifest.read_bytes())
    a_set(place, at=NOW + days(7))
    assert expire(place, now=NOW + days(28.9), days=TERM) == []
    assert expire(place, now=NOW + days(29), days=TERM) == [old.name]

    assert place.names() == [stamp(NOW + days(7))]
    assert place.keys.names() == [stamp(NOW + days(7))]
    assert list(place.folder.glob(".gone-*")) == []
    with pytest.raises(NoKey):
        place.keys.read(old.name)


def test_the_last_backup_stays_for_a_day_more_and_then_goes_all_the_same(place):
    a_set(place)
    assert expire(place, now=NOW + days(29.5), days=TERM) == []
    assert expire(place, now=NOW + days(30), days=TERM) == [stamp(NOW)]
    assert (place.names(), place.keys.names()) == ([], [])


def test_thirty_nights_leave_nothing_older_than_the_term(place):
    """A month and a half by a faked clock, as the nights go: a full one each week, an increment each other night."""
    oldest = []
    for night in range(45):
        now = NOW + days(night)
        if needs_full(place, now=now, days=TERM):
            a_set(place, at=now)
        expire(place, now=now, days=TERM)
        told = standing_of(place, before=Standing(now, now), waiting_since=None, now=now)
        assert told.oldest is not None
        oldest.append(now - told.oldest)
        assert set(place.names()) == set(place.keys.names())

    assert max(oldest) <= days(TERM)
    assert len(place.names()) == 4


def test_a_key_without_a_set_has_a_term_too(place):
    place.keys.make(stamp(NOW))
    expire(place, now=NOW + days(28), days=TERM)
    assert place.keys.names() == [stamp(NOW)]
    expire(place, now=NOW + days(29), days=TERM)
    assert place.keys.names() == []


def test_a_set_that_never_became_whole_is_dropped_and_is_no_fault_while_it_is_young(place):
    a_set(place)
    half = a_set(place, at=NOW + days(1), whole=False)
    assert faults(place, NOW + days(1)) == []
    assert drop_unfinished(place) == [half.name]
    assert place.names() == [stamp(NOW)]


def test_nobody_adds_to_a_set_that_was_removed(place):
    found = a_set(place)
    place.remove(found.name)
    with pytest.raises(FileNotFoundError):
        found.add("wal/000000010000000000000004", [b"written"], now=NOW)
    assert list(place.folder.iterdir()) == []


def test_what_a_killed_backup_left_is_dropped(place):
    found = a_set(place)
    (found.folder / "base" / "20261124T013000Z.increment").write_bytes(b"half")
    found.drop_leftovers()
    assert faults(place) == []


def test_the_age_is_that_of_the_oldest_copy_wherever_it_is(place):
    a_set(place)
    before = Standing(NOW, NOW)
    assert standing_of(place, before=before, waiting_since=None, now=NOW).oldest == NOW
    waiting = standing_of(place, before=before, waiting_since=NOW - days(2), now=NOW)
    assert waiting.oldest == NOW - days(2)
    place.keys.make(stamp(NOW - days(3)))
    assert standing_of(place, before=before, waiting_since=None, now=NOW).oldest == NOW - days(3)


def test_one_installation_alone_writes_to_a_place(place):
    a_set(place)
    wrote_at = datetime.fromtimestamp((place.folder / stamp(NOW) / "manifest").stat().st_mtime, UTC)
    silent_for = timedelta(minutes=12)
    place.claim("one", now=wrote_at, silent_for=silent_for)
    place.claim("one", now=wrote_at, silent_for=silent_for)

    with pytest.raises(PlaceTaken, match="give this one a place of its own"):
        place.claim("other", now=wrote_at + timedelta(minutes=11), silent_for=silent_for)
    place.claim("other", now=wrote_at + timedelta(minutes=13), silent_for=silent_for)
    with pytest.raises(PlaceTaken):
        place.claim("one", now=wrote_at + timedelta(minutes=1), silent_for=silent_for)
    assert faults(place) == []
