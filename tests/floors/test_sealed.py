"""Erasing and letting go by the clock leave the audit whole: it verifies, and holds nothing of whoever was erased."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from leerhuis.audit import sealing, verifying
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look, Note, Seal, SealRelease
from leerhuis.base import clock
from leerhuis.privacy import actions, compiler, due
from leerhuis.privacy.claims import terms_here
from leerhuis.privacy.models import Hold
from leerhuis.privacy.tests.factories import Canary
from tests.cast import add_person
from tests.floors.test_erasing import asked, words_about

BY = Actor.job("privacy.erase")


@pytest.fixture
def canaries(academy: Any, settings: LazySettings, tmp_path: Path) -> tuple[Canary, Canary]:
    """Two people with a row in every table, nothing held, and everything sealed and signed."""
    settings.JOURNAL = tmp_path / "journal"
    first, second = Canary(add_person("Ann", "Een"), "qxa"), Canary(add_person("Bob", "Twee"), "qyb")
    first.fill_everything()
    second.fill_everything()
    Hold.objects.update(ended_at=clock.now())
    Look.objects.filter(subject_person=second.person.pk).update(actor_person=None, mark=b"")  # of before the first seal
    for _ in range(2):
        sealing.seal()
    assert verifying.examine().faults == []
    return first, second


def test_after_an_erasure_the_audit_verifies_and_holds_nothing_of_the_person(canaries: tuple[Canary, Canary]) -> None:
    erased, _ = canaries
    sealed = verifying.examine().rows
    actions.erase_person(asked(erased.person).pk, by=BY)

    found = verifying.examine()
    assert (found.faults, found.rows) == ([], sealed)
    assert SealRelease.objects.exists()
    leaves = b"".join(bytes(each.leaves) for each in Seal.objects.all())
    assert [word for word in words_about(erased) if word.encode() in leaves] == []
    assert erased.person.pk.bytes not in leaves
    for _ in range(2):
        sealing.seal(everything=True)
    assert verifying.examine().faults == []


def test_a_compiler_that_forgets_to_say_so_is_found(
    canaries: tuple[Canary, Canary], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    forget: Callable[..., None] = lambda *_rows, **_by: None  # noqa: E731
    monkeypatch.setattr(compiler, "release", forget)
    actions.erase_person(asked(canaries[0].person).pk, by=BY)
    assert verifying.examine().faults != []


def test_terms_go_by_whole_months_and_the_audit_verifies(canaries: tuple[Canary, Canary]) -> None:
    terms = terms_here()
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in (Note, Look)}
    assert all(before.values())
    end_of_month = (clock.now().replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0)
    with clock.at(end_of_month + timedelta(days=728)):
        due.let_piece_go(terms, 10_000, by=BY)
        assert all(keys <= set(model.objects.values_list("pk", flat=True)) for model, keys in before.items())
        assert verifying.examine().faults == []
    with clock.at(end_of_month + timedelta(days=733)):
        assert {"audit.Note", "audit.Look"} <= set(due.count_due(terms))
        due.let_piece_go(terms, 10_000, by=BY)
        assert due.count_due(terms).keys() & {"audit.Note", "audit.Look"} == set()
        found = verifying.examine()
        assert found.faults == []
        assert [words for words in found.notices if "audit.note" in words] != []
