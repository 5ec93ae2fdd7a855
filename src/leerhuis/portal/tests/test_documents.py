"""The office keeps documents about people; the person sees and takes theirs; nobody else does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leerhuis.audit.models import Look, Note
from leerhuis.base import clock
from leerhuis.documents import actions
from leerhuis.documents.models import Document
from leerhuis.documents.queries import documents_for
from leerhuis.documents.tests.clamd import clamd
from leerhuis.documents.tests.factories import ARRANGEMENTS, BY, EICAR, PAPERS, PDF, a_document
from leerhuis.people.actions import grant_role
from leerhuis.people.models import Person, Role
from leerhuis.privacy.figures import FIGURES
from tests.cast import Cast, add_person

As = Callable[[Person | None], Client]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Any) -> None:
    """Let files and keys of this test lie in folders of its own."""
    settings.FILES, settings.FILE_KEYS, settings.FILE_KEYS_COPY = (tmp_path / name for name in ("f", "k", "c"))


def part(person: Person) -> str:
    """Return the address of somebody's documents in the office."""
    return f"/office/people/{person.id}/part/documents/"


def send(client: Client, person: Person, content: bytes = PDF, name: str = "Diploma.pdf", **said: str):
    """Send the form with a document."""
    file = SimpleUploadedFile(name, content, content_type="text/html")
    data = {"purpose": PAPERS, "reason": "Diploma HAVO, nodig voor de toelating", "file": file, **said}
    return client.post(f"/office/people/{person.id}/documents/add/", data)


def test_the_office_adds_a_document_and_the_person_finds_it(as_: As, cast: Cast) -> None:
    clerk, learner = as_(cast.clerk), as_(cast.learner)

    assert send(clerk, cast.learner).headers["Location"] == part(cast.learner)

    document = Document.objects.get()
    assert (document.person, document.made_by, document.kind) == (cast.learner.id, cast.clerk.id, "pdf")
    assert "Diploma.pdf" in clerk.get(part(cast.learner)).content.decode()
    page = learner.get("/me/documents/").content.decode()
    assert "Diploma HAVO, nodig voor de toelating" in page
    answer: Any = learner.get(f"/me/documents/{document.id}/")
    assert b"".join(answer.streaming_content) == PDF
    assert "Diploma HAVO" in learner.get("/me/data/").content.decode()


def test_a_document_is_handed_out_as_a_file_and_nothing_else(as_: As, cast: Cast) -> None:
    document = a_document(cast.learner.id, name="Één <b>.pdf")
    answer = as_(cast.clerk).get(f"/office/documents/{document.id}/")
    told = {
        name: answer.headers[name]
        for name in (
            "Content-Type", "Content-Disposition", "Content-Length", "X-Content-Type-Options",
            "Content-Security-Policy", "Cache-Control",
        )
    }  # fmt: skip
    assert told == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''%C3%89%C3%A9n%20b.pdf",
        "Content-Length": str(len(PDF)),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    assert answer.streaming


def test_a_look_is_written_when_somebody_else_opens_a_document(as_: As, cast: Cast) -> None:
    document = a_document(cast.learner.id)
    as_(cast.clerk).get(f"/office/documents/{document.id}/")
    as_(cast.learner).get(f"/me/documents/{document.id}/")
    looks = Look.objects.filter(screen__startswith="documents").values_list("actor_person", "subject_person", "purpose")
    assert list(looks) == [(cast.clerk.id, cast.learner.id, PAPERS)]


@pytest.mark.parametrize(
    ("who", "answers"),
    [
        (None, (302, 302)),
        ("learner", (403, 200)),
        ("colleague", (403, 404)),
        ("stranger", (403, 404)),
        ("contact", (403, 404)),
        ("trainer", (403, 404)),
        ("clerk", (200, 404)),
        ("planner", (200, 404)),
        ("admin", (200, 404)),
        ("bookkeeper", (403, 404)),
        ("officer", (403, 404)),
    ],
)
@pytest.mark.parametrize("purpose", [PAPERS, ARRANGEMENTS])
def test_who_opens_a_document(as_: As, cast: Cast, who: str | None, answers: tuple[int, int], purpose: str) -> None:
    document = a_document(cast.learner.id, purpose=purpose)
    client = as_(cast.everyone[who] if who else None)
    found = (
        client.get(f"/office/documents/{document.id}/").status_code,
        client.get(f"/me/documents/{document.id}/").status_code,
    )
    assert found == answers


def test_rights_are_asked_again_at_each_download(as_: As, cast: Cast) -> None:
    document = a_document(cast.learner.id)
    late = add_person("Late", "Klerk")
    grant_role(late, "clerk", by=BY)
    client = as_(late)
    assert client.get(f"/office/documents/{document.id}/").status_code == 200
    Role.objects.filter(person=late).update(ended_at=clock.now())
    assert client.get(f"/office/documents/{document.id}/").status_code == 403


def test_of_who_is_restricted_the_office_opens_nothing(as_: As, cast: Cast) -> None:
    document = a_document(cast.learner.id)
    Person.objects.filter(pk=cast.learner.id).update(restricted_at=clock.now())
    assert as_(cast.clerk).get(f"/office/documents/{document.id}/").status_code == 404
    assert as_(cast.learner).get(f"/me/documents/{document.id}/").status_code == 200


def test_a_document_is_removed_and_had_back(as_: As, cast: Cast) -> None:
    document, clerk = a_document(cast.learner.id), as_(cast.clerk)

    assert clerk.post(f"/office/documents/{document.id}/remove/").headers["Location"] == part(cast.learner)
    page = clerk.get(part(cast.learner)).content.decode()
    assert f"/office/documents/{document.id}/back/" in page
    assert clerk.get(f"/office/documents/{document.id}/").status_code == 410
    assert as_(cast.learner).get(f"/me/documents/{document.id}/").status_code == 404

    clerk.post(f"/office/documents/{document.id}/back/")
    assert as_(cast.learner).get(f"/me/documents/{document.id}/").status_code == 200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<script>alert(1)</script>", {}),
        (b"", {}),
        (PDF, {"name": "scan 111222333.pdf"}),
        (PDF, {"reason": ""}),
        (PDF, {"purpose": "people.account"}),
        (PDF + b"x" * (10 * 1024 * 1024), {}),
    ],
)
def test_what_is_refused_leaves_nothing_and_says_why(as_: As, cast: Cast, content: bytes, said: dict[str, str]) -> None:
    client, before = as_(cast.clerk), Note.objects.count()
    answer = send(client, cast.learner, content, **said)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert (Document.objects.count(), Note.objects.count()) == (0, before)


def test_what_looks_like_a_bsn_is_kept_when_somebody_says_that_it_is_none(as_: As, cast: Cast) -> None:
    client = as_(cast.clerk)
    answer = send(client, cast.learner, name="scan 111222333.pdf")
    assert 'type="checkbox" name="not_bsn"' in answer.content.decode()
    assert 'type="checkbox" name="not_bsn"' not in client.get(answer.request["PATH_INFO"]).content.decode()
    assert send(client, cast.learner, name="scan 111222333.pdf", not_bsn="on").status_code == 302


def test_nobody_outside_the_office_adds_or_removes(as_: As, cast: Cast) -> None:
    document = a_document(cast.learner.id)
    for who in ("learner", "stranger", "trainer", "contact", "officer"):
        client = as_(cast.everyone[who])
        assert send(client, cast.learner, PDF + b"%").status_code == 403
        assert client.post(f"/office/documents/{document.id}/remove/").status_code == 403
        assert client.post(f"/office/documents/{document.id}/back/").status_code == 403
    document.refresh_from_db()
    assert (Document.objects.count(), document.is_dropped) == (1, False)


def test_for_who_was_erased_meanwhile_nothing_is_added(as_: As, cast: Cast) -> None:
    clerk = as_(cast.clerk)
    Person.objects.filter(pk=cast.learner.id).update(state=Person.State.ERASED)
    assert send(clerk, cast.learner).status_code == 404
    assert Document.objects.count() == 0


def test_a_document_that_is_being_examined_is_opened_by_nobody(as_: As, cast: Cast, tmp_path: Path, settings) -> None:
    with clamd(tmp_path) as scanner:
        settings.SCANNER, settings.SCANNER_TIMEOUT = scanner.address, 5
        send(as_(cast.clerk), cast.learner)
        document = Document.objects.get()
        assert as_(cast.clerk).get(f"/office/documents/{document.id}/").status_code == 409
        assert as_(cast.learner).get(f"/me/documents/{document.id}/").status_code == 404
        actions.scan_document(document.id, by=BY)
    assert as_(cast.learner).get(f"/me/documents/{document.id}/").status_code == 200


def test_the_office_hears_of_a_virus(as_: As, cast: Cast, tmp_path: Path, settings) -> None:
    with clamd(tmp_path) as scanner:
        settings.SCANNER, settings.SCANNER_TIMEOUT = scanner.address, 5
        document = a_document(cast.learner.id, EICAR.encode(), name="rekening.txt")
        actions.scan_document(document.id, by=BY)
    clerk = as_(cast.clerk)
    assert "rekening.txt" in clerk.get("/office/").content.decode()
    assert "rekening.txt" in clerk.get(part(cast.learner)).content.decode()
    assert "rekening.txt" not in as_(cast.learner).get("/me/documents/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_documents_takes_as_many_questions_whatever_its_length(
    as_: As, cast: Cast, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        a_document(cast.learner.id, PDF + b"%" * number, name=f"{number}.pdf")
    viewer = type("Viewer", (), {"is_office": True, "roles": frozenset(), "person_id": cast.clerk.id})()
    with django_assert_num_queries(1):
        assert len(list(documents_for(viewer).filter(person=cast.learner.id))) == rows
    learner = as_(cast.learner)
    learner.get("/me/documents/")
    with django_assert_num_queries(19):
        learner.get("/me/documents/")
    clerk = as_(cast.clerk)
    clerk.get(part(cast.learner))
    with django_assert_num_queries(24):
        clerk.get(part(cast.learner))


@pytest.mark.parametrize(("where", "said"), [("", False), ("unix:/run/clamav/clamd.ctl", True)])
def test_the_statement_claims_examining_only_where_there_is_a_scanner(settings, where, said):
    settings.SCANNER = where
    assert FIGURES["figures.uploads_examined"](None) is said
