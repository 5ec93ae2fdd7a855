"""Where a scanner is configured nobody opens a document before it was examined; where none is, none is claimed."""

import pytest

from leerhuis.base.events import connect, table
from leerhuis.documents import actions, disk, scanning
from leerhuis.documents.events import DocumentRefused
from leerhuis.documents.models import Document
from leerhuis.documents.queries import content_of, files_of, removals_waiting
from leerhuis.documents.rules import BeingExamined, GoneForGood
from leerhuis.documents.tests.clamd import clamd
from leerhuis.documents.tests.factories import BY, EICAR, PDF, a_document


@pytest.fixture(params=["unix", "tcp"])
def scanner(request, tmp_path, settings):
    """A scanner, by each of the two ways."""
    with clamd(tmp_path, tcp=request.param == "tcp") as running:
        settings.SCANNER, settings.SCANNER_TIMEOUT = running.address, 5
        yield running


def examined(document):
    actions.scan_document(document.id, by=BY)
    document.refresh_from_db()
    return document


def test_a_document_waits_until_it_was_examined(cast, scanner):
    document = a_document(cast.learner.id)
    assert document.scan == "waiting"
    with pytest.raises(BeingExamined):
        content_of(document)
    assert list(files_of(cast.learner.id)) == []
    assert scanner.seen == []  # no request asks the scanner

    assert examined(document).scan == "clean"
    assert b"".join(content_of(document)) == PDF
    assert scanner.seen == [PDF]


def test_a_virus_is_destroyed_and_told(cast, scanner):
    told, before = [], table()
    connect({**before, DocumentRefused: (told.append,)})
    try:
        document = examined(a_document(cast.learner.id, EICAR.encode(), name="rekening.txt"))
    finally:
        connect(before)
    assert told == [DocumentRefused(document.id)]
    assert (document.scan, document.is_dropped) == ("infected", True)
    for refused in (lambda: content_of(document), lambda: actions.take_document_back(document, by=BY)):
        with pytest.raises(GoneForGood):
            refused()
    actions.remove_from_disk(by=BY)
    assert (disk.is_there(document.id), removals_waiting()) == (False, 0)


def test_a_document_of_many_pieces_reaches_the_scanner_whole(cast, scanner):
    content = PDF + bytes(range(256)) * 12_000
    examined(a_document(cast.learner.id, content))
    assert scanner.seen == [content]


def test_a_document_is_examined_once(cast, scanner):
    document = examined(a_document(cast.learner.id))
    examined(document)
    assert len(scanner.seen) == 1


def test_while_the_scanner_is_away_a_document_goes_on_waiting(cast, tmp_path, settings):
    settings.SCANNER = f"unix:{tmp_path}/nobody.ctl"
    document = a_document(cast.learner.id)
    with pytest.raises(scanning.ScannerAway):
        actions.scan_document(document.id, by=BY)
    with pytest.raises(BeingExamined):
        content_of(document)
    assert not scanning.answers()


def test_a_scanner_that_says_nothing_is_not_waited_for(cast, tmp_path, settings):
    with clamd(tmp_path, silent=True) as running:
        settings.SCANNER, settings.SCANNER_TIMEOUT = running.address, 0.2
        document = a_document(cast.learner.id)
        with pytest.raises(scanning.ScannerAway):
            actions.scan_document(document.id, by=BY)
    assert Document.objects.get(pk=document.id).scan == "waiting"


def test_a_file_that_the_scanner_does_not_take_is_not_called_clean(cast, tmp_path, settings):
    with clamd(tmp_path, largest=10) as running:
        settings.SCANNER, settings.SCANNER_TIMEOUT = running.address, 5
        document = a_document(cast.learner.id)
        with pytest.raises(scanning.ScannerAway):
            actions.scan_document(document.id, by=BY)


def test_the_scanner_says_that_it_lives(scanner):
    assert scanning.answers()


@pytest.mark.parametrize(
    "where", ["tcp:10.0.0.8:3310", "tcp:clamav.example:3310", "unix:clamd.ctl", "clamd", "tcp:::1"]
)
def test_a_scanner_elsewhere_is_refused(settings, where):
    settings.SCANNER = where
    with pytest.raises(scanning.WronglyChosen):
        scanning.place_of_scanner()


def test_without_a_scanner_a_document_is_open_at_once_and_not_called_clean(cast):
    document = a_document(cast.learner.id)
    assert document.scan == "none"
    assert b"".join(content_of(document)) == PDF
