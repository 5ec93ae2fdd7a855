"""What somebody is told before an erasure: until which day something stays, and how many rows go."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from leerhuis.base import clock
from leerhuis.charter import register
from leerhuis.mail.models import Message
from leerhuis.privacy import claims
from leerhuis.privacy.claims import terms_here
from leerhuis.privacy.erasure import foresee_erasure
from leerhuis.privacy.models import Hold


def days_told(person):
    return {each.until for each in foresee_erasure(person.id, terms_here(), "nl").stays}


def test_the_day_is_that_of_the_holds_on_these_rows_and_of_no_other(cast):
    today = clock.today()
    Hold.objects.create(person=cast.learner.id, reason="geschil", until=today + timedelta(days=9))
    Hold.objects.create(person=cast.stranger.id, reason="ander geschil", until=today + timedelta(days=90))
    Hold.objects.create(purpose="billing.nothing", reason="iets anders", until=today + timedelta(days=99))
    assert days_told(cast.learner) == {today + timedelta(days=9)}

    thing = {"thing_kind": "people.person", "thing_id": cast.learner.id}
    Hold.objects.create(**thing, reason="dit ene", until=today + timedelta(days=30))
    assert days_told(cast.learner) == {today + timedelta(days=9), today + timedelta(days=30)}


@pytest.fixture
def kept_on_two_grounds():
    """Every mail is kept by law for both of its purposes."""
    before = list(register._declared)
    law: dict[str, Any] = {"despite_erasure_nl": "wet", "despite_erasure_en": "law"}
    both = {"mail.service_mail", "mail.news_mail"}
    register._declared[:] = [
        replace(each, declaration=replace(each.declaration, **law)) if each.id in both else each for each in before
    ]
    forget()
    yield
    register._declared[:] = before
    forget()


def forget():
    for cached in (claims.claims_on_rows, claims.tables_in_order, claims.claims_on_people):
        cached.cache_clear()


def test_a_row_that_is_kept_on_two_grounds_stays_once(cast, kept_on_two_grounds):
    now = clock.now()
    Message.objects.filter(person=cast.learner.id).delete()
    for sent in (now, now - timedelta(days=3 * 366), now - timedelta(days=3 * 366)):
        Message.objects.create(
            kind="k", cause="c", person=cast.learner.id, to_address="x@example.nl", language="nl", title="t", body="b",
            state="sent", try_after=sent, sent_at=sent,
        )  # fmt: skip

    foreseen = foresee_erasure(cast.learner.id, terms_here(), "nl")
    assert [each.rows for each in foreseen.goes if each.model == "mail.Message"] == [2]
    assert [(each.ground, each.rows) for each in foreseen.stays] == [("wet", 1), ("wet", 1)]
