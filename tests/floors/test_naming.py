"""What others wrote about somebody who was erased reaches a human, and the last mail says so until somebody looked."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from leerhuis.base import clock
from leerhuis.mail.models import Message
from leerhuis.privacy.erasure import texts_that_name
from leerhuis.privacy.models import Complaint, Redaction, Reply, Request
from leerhuis.privacy.tests.factories import Canary
from tests.cast import add_person
from tests.floors.test_erasing import erase


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: LazySettings) -> None:
    """Files and keys of documents lie in folders of this test."""
    settings.FILES, settings.FILE_KEYS, settings.FILE_KEYS_COPY = (tmp_path / name for name in ("f", "k", "c"))


@pytest.fixture
def letters(academy) -> Canary:
    """Somebody else who complained, asked something and was answered."""
    made = Canary(add_person("Bob", "Twee"), "qyb")
    for model in (Complaint, Request, Reply):
        made.row(model)
    return made


@pytest.mark.parametrize(
    ("model", "column"),
    [(Complaint, "told"), (Request, "asked"), (Request, "given_name"), (Reply, "body"), (Reply, "title")],
)
def test_whoever_is_named_in_what_another_wrote_or_was_answered_is_shown_to_a_human(letters, model, column):
    trainer = add_person("Annemieke", "van Doorn")
    row = letters.row(model)
    model.objects.filter(pk=row.pk).update(**{column: "Annemieke van Doorn kwam te laat."})

    erase(trainer)

    found = Redaction.objects.get()
    assert (found.table, found.row_id, found.column) == (model._meta.label, row.pk, column)
    told = Message.objects.get(vanishes=True).body
    assert "medewerker bekijkt" in told
    assert "alle gegevens" not in told


def test_an_address_that_somebody_gave_without_an_account_is_shown_to_a_human(letters):
    person = add_person("Annemieke", "van Doorn")
    row = letters.row(Request)
    Request.objects.filter(pk=row.pk).update(person=None, given_address=str(person.email).upper())

    erase(person)

    assert [(each.table, each.column) for each in Redaction.objects.all()] == [("privacy.Request", "given_address")]


def test_what_they_wrote_themselves_goes_without_anybody_looking_and_the_mail_says_all(letters):
    Request.objects.update(asked=f"Ik ben {letters.person.name}")

    erase(letters.person)

    assert not Redaction.objects.exists()
    assert "alle gegevens" in Message.objects.get(vanishes=True).body


def test_a_mail_is_not_looked_through_since_it_says_whom_it_names(academy):
    Message.objects.create(
        kind="k", cause="c", to_address="x@mail.example", language="nl", title="Annemieke van Doorn", body="b",
        state="sent", try_after=clock.now(),
    )  # fmt: skip

    assert list(texts_that_name([["Annemieke", "van Doorn"]])) == []
