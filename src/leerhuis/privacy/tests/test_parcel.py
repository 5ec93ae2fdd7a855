"""All of one's data in one file: page, JSON and files; others are left out of remarks, and memory stays flat."""

import io
import json
import tracemalloc
import zipfile
from dataclasses import dataclass

import pytest
from django.db import connection

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look, Note
from leerhuis.base import clock
from leerhuis.privacy import actions
from leerhuis.privacy.actions import hand_out_data
from leerhuis.privacy.models import Restriction
from leerhuis.privacy.parcel import write_parcel
from leerhuis.privacy.queries import my_data


@dataclass(frozen=True)
class Piece:
    """A file that is made while it is read."""

    name: str
    size: int

    @property
    def parts(self):
        return (bytes([number % 251]) * 65_536 for number in range(self.size // 65_536))


def opened(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_one_file_holds_the_page_and_the_json(as_, cast):
    answer = as_(cast.learner).post("/me/data/download/all/")
    parcel = opened(answer)
    page, plain = sorted(parcel.namelist())

    assert answer["Content-Disposition"].endswith('.zip"')
    assert parcel.testzip() is None
    assert json.loads(parcel.read(plain))["person"]["name"] == cast.learner.name
    assert cast.learner.last_name in parcel.read(page).decode()
    assert cast.stranger.last_name not in parcel.read(plain).decode()
    assert Note.objects.filter(verb="download data", subject_person=cast.learner.id).count() == 1


def test_files_are_written_in_pieces_and_memory_stays_flat(cast):
    export = hand_out_data(cast.learner.id, by=Actor.person(cast.learner.id))
    tracemalloc.start()
    with write_parcel(export, [Piece("a.bin", 64 * 65_536), Piece("b.bin", 640 * 65_536)]) as archive:
        peak = tracemalloc.get_traced_memory()[1]
        names = zipfile.ZipFile(archive).namelist()
    tracemalloc.stop()

    assert names[2:] == ["bestanden/001-a.bin", "bestanden/002-b.bin"]
    assert peak < 20_000_000  # 46 MB were written


def test_the_desk_hands_over_only_when_it_is_certain_who_asks(as_, cast):
    by = Actor.person(cast.officer.id, "privacy_officer")
    request = actions.receive_request(kind="access", channel="letter", person=cast.learner, by=by)
    address = f"/office/privacy/requests/{request.id}/data/"
    assert as_(cast.officer).post(address).status_code == 409
    actions.prove_identity(request, "in_person", by=by)
    parcel = opened(as_(cast.officer).post(address))

    assert len(parcel.namelist()) == 2
    assert Look.objects.filter(subject_person=cast.learner.id, screen="privacy_request_data").count() == 1


@pytest.fixture
def remark(cast):
    text = (
        "Lena de Leerling zat naast Coen  Collega (coen.collega@people.example); vraag info@leffectief.nl. Coen was er."
    )
    return Restriction.objects.create(person=cast.learner.id, reason=text)


def test_others_are_left_out_of_remarks_and_the_remark_stays(cast, remark, django_assert_num_queries):
    told = json.dumps(hand_out_data(cast.learner.id, by=Actor.person(cast.learner.id)).as_dict(), ensure_ascii=False)

    assert "Coen  Collega" not in told
    assert "coen.collega@" not in told
    assert "Lena de Leerling zat naast [naam van iemand anders] ([adres van iemand anders])" in told
    assert "info@leffectief.nl" in told
    assert "Coen was er." in told  # a first name alone may be anybody's


def test_what_is_on_the_page_is_hidden_likewise(cast, remark):
    data = my_data(cast.learner, limit=5)
    cells = [cell.text for kept in data.kept for table in kept.tables for row in table.rows for cell in row.cells]

    assert [text for text in cells if "Collega" in text] == []


FEW, MANY = 600, 3_000


def write_remarks(cast, number):
    """Have so many restrictions of the learner, each with a remark that names somebody; the database writes them."""
    Restriction.objects.create(person=cast.learner.id, reason="rij 0: Coen Collega zat ernaast", ended_at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO restriction (id, created_at, person, ground, reason, restricted_by, ended_at, ended_by)"
            " SELECT gen_random_uuid(), created_at - n * interval '1 second', person, ground,"
            " 'rij ' || n || ': Coen Collega zat ernaast', restricted_by, ended_at, ended_by"
            " FROM restriction, generate_series(1, %s) AS n WHERE person = %s",
            [number - 1, cast.learner.id],
        )


def parcel_and_peak(cast):
    """Return the archive of the learner, and how much memory making it took at its highest."""
    export = hand_out_data(cast.learner.id, by=Actor.person(cast.learner.id))
    tracemalloc.start()
    with write_parcel(export, []) as archive:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return zipfile.ZipFile(io.BytesIO(archive.read())), peak


def test_rows_are_read_and_written_in_pieces_and_memory_stays_flat(cast):
    write_remarks(cast, FEW)
    _parcel, peak_of_few = parcel_and_peak(cast)
    Restriction.objects.all().delete()
    write_remarks(cast, MANY)
    parcel, peak = parcel_and_peak(cast)
    page, plain = sorted(parcel.namelist())
    told, shown = json.loads(parcel.read(plain)), parcel.read(page).decode()

    (rows,) = (t["rows"] for p in told["purposes"] for t in p["tables"] if t["table"] == "restriction")
    assert len(rows) == MANY
    assert rows[-1]["fields"]["reason"]["value"] == f"rij {MANY - 1}: [naam van iemand anders] zat ernaast"
    assert shown.count("[naam van iemand anders] zat ernaast") == MANY
    assert "Coen Collega" not in shown
    assert peak < peak_of_few + 1_000_000  # the archive may stay in memory up to that size
    assert parcel.getinfo(plain).file_size + parcel.getinfo(page).file_size > 2_000_000
