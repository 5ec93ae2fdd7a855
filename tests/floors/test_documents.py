"""A document that is added while the last one of its purpose goes never gets the key that goes along."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import connections

from leerhuis.academies.models import Academy
from leerhuis.academies.queries import academy_by_key
from leerhuis.base.edge import edge, enter_schema
from leerhuis.documents import actions
from leerhuis.documents.models import Document
from leerhuis.documents.queries import content_of
from leerhuis.documents.tests.factories import BY, PDF, a_document
from leerhuis.enrolment.tests.test_race import empty, in_thread

pytestmark = pytest.mark.race
HELD: float = 1.0  # seconds in which the other one would be ready, if nothing held it


@pytest.fixture
def academy(db: None, tmp_path: Path, settings: LazySettings) -> Iterator[Academy]:
    """An academy in which threads really commit; everything in it is gone afterwards."""
    settings.FILES, settings.FILE_KEYS, settings.FILE_KEYS_COPY = (tmp_path / name for name in ("f", "k", "c"))
    enter_schema(None)
    found = academy_by_key("kjenning")
    assert found is not None
    yield found
    in_thread(lambda: empty(found))


def committed(academy: Academy, act: Callable[[], Any]) -> Any:
    """Do something in an academy on a connection of this thread, and keep it."""
    try:
        with edge(academy):
            return act()
    finally:
        connections.close_all()


def test_a_document_that_is_added_while_the_last_one_goes_can_be_read(academy: Academy) -> None:
    person, going = uuid4(), Event()
    first = in_thread(lambda: committed(academy, lambda: a_document(person)))

    def let_go() -> None:
        actions.follow_documents([first.id], by=BY)
        Document.objects.filter(pk=first.id).delete()
        going.set()
        time.sleep(HELD)

    def add() -> Document:
        assert going.wait(20)
        return a_document(person, PDF + b"%", name="Tweede.pdf")

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.submit(committed, academy, let_go), pool.submit(committed, academy, add)
        one.result()
        added = other.result()
    in_thread(lambda: committed(academy, lambda: actions.remove_from_disk(by=BY)))

    assert added.key != first.key
    assert in_thread(lambda: committed(academy, lambda: b"".join(content_of(added)))) == PDF + b"%"
