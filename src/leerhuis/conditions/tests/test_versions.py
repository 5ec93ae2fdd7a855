"""Versions of the conditions: each stays as it was, and what was accepted is one of them."""

from datetime import timedelta

import pytest

from leerhuis.academies.settings import Conditions
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.conditions import actions, rules
from leerhuis.conditions.models import ConditionsVersion
from leerhuis.conditions.queries import date_in_force, in_force, version_in_force

BY = Actor.operator()


def publish(days: int = 0, nl: str = "# Regels", en: str = "") -> ConditionsVersion:
    return actions.publish_conditions(since=clock.today() + timedelta(days=days), nl=nl, en=en, by=BY)


def test_what_is_accepted_before_anything_was_published_becomes_a_version_once(academy):
    on = academy.settings.conditions.changed_on
    first, second = actions.keep_accepted(on, by=BY), actions.keep_accepted(on, by=BY)

    assert first == second
    assert (first.since, first.is_model) == (on, True)
    assert academy.settings.controller.legal_name in first.nl
    assert first.en


def test_a_published_version_holds_from_its_day_on_and_the_earlier_one_stays(academy):
    first, later = publish(nl="# Eerst"), publish(days=10, nl="# Later")

    assert version_in_force() == first
    assert in_force("en", academy.settings).text == "# Eerst"
    assert in_force("en", academy.settings).language == "nl"
    assert actions.keep_accepted(date_in_force(academy.settings), by=BY) == first
    with clock.at(clock.now() + timedelta(days=11)):
        assert version_in_force() == later
        assert date_in_force(academy.settings) == later.since
        assert actions.keep_accepted(later.since, by=BY) == later
    assert ConditionsVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("days", "nl", "refusal"),
    [(0, " ", rules.NoText), (-1, "# Nieuw", rules.NotBackwards), (3, "# Regels", rules.SameText)],
)
def test_what_binds_nobody_is_not_published(academy, days, nl, refusal):
    publish()
    before = ConditionsVersion.objects.count(), Note.objects.count()
    with pytest.raises(refusal), attempt():
        publish(days=days, nl=nl)

    assert (ConditionsVersion.objects.count(), Note.objects.count()) == before


def test_another_text_in_the_settings_is_another_version(academy, choose):
    first = actions.keep_accepted(academy.settings.conditions.changed_on, by=BY)
    choose(conditions=Conditions(text_nl="# Eigen"))
    second = actions.keep_accepted(academy.settings.conditions.changed_on, by=BY)

    assert first != second
    assert (second.nl, second.en) == ("# Eigen", "")


def test_the_administrator_publishes_and_everybody_reads_it_earlier_versions_too(as_, cast):
    first = publish(nl="# Eerst\n\n1. Een regel.")
    said = {"since": clock.today().isoformat(), "nl": "# Nu\n\nAnders.", "en": "# Now"}
    assert as_(cast.clerk).post("/office/settings/conditions/", said).status_code == 403
    assert as_(cast.admin).post("/office/settings/conditions/", said).status_code == 302
    visitor = as_(None)

    assert "Anders." in visitor.get("/conditions/").content.decode()
    page = visitor.get(f"/conditions/{first.id}/").content.decode()
    assert "Een regel." in page
    assert visitor.get(f"/conditions/{first.id}/conditions.pdf").content.startswith(b"%PDF")
