"""Conditions: the academy's own text or the model, which says that it is one; with a complaint procedure."""

from datetime import date
from pathlib import Path

import pytest

from leerhuis.academies.settings import AcademySettings, read_settings
from leerhuis.conditions.queries import conditions_in

EXAMPLES = Path(__file__).parents[4] / "examples"


@pytest.fixture(params=["leffectief", "kjenning"])
def chosen(request) -> AcademySettings:
    return read_settings(EXAMPLES / f"{request.param}.toml")


def with_conditions(chosen: AcademySettings, **values) -> AcademySettings:
    return chosen.model_copy(update={"conditions": chosen.conditions.model_copy(update=values)})


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_model_names_the_academy_and_a_way_for_complaints(chosen, language):
    found = conditions_in(language, chosen)

    who = chosen.controller
    assert found.is_model
    assert found.language == language
    for fact in (who.legal_name, who.address, who.kvk, who.email, "Autoriteit Persoonsgegevens"):
        assert fact in found.text, fact
    assert ("# 10. Klachten" if language == "nl" else "# 10. Complaints") in found.text
    assert "{" not in found.text
    assert "&" not in found.text


def test_both_languages_of_the_model_have_the_same_articles(chosen):
    heads = [
        [line.split(".")[0] for line in conditions_in(language, chosen).text.splitlines() if line.startswith("# ")][:11]
        for language in ("nl", "en")
    ]
    points = [
        sum(line[:1].isdigit() for line in conditions_in(language, chosen).text.splitlines())
        for language in ("nl", "en")
    ]

    assert heads[0] == heads[1] == [f"# {number}" for number in range(1, 12)]
    assert points[0] == points[1] > 25


def test_the_body_of_appeal_is_named(chosen):
    named = with_conditions(chosen, appeal_nl="de Geschillencommissie", appeal_en="the Disputes Board")

    assert "de Geschillencommissie" in conditions_in("nl", named).text
    assert "the Disputes Board" in conditions_in("en", named).text
    assert "die wij samen met u aanwijzen" not in conditions_in("nl", named).text


def test_own_text_takes_the_place_of_the_model(chosen):
    own = with_conditions(chosen, text_nl="# Voorwaarden", text_en="# Terms", changed_on=date(2026, 5, 1))

    assert conditions_in("nl", own).text == "# Voorwaarden"
    assert conditions_in("en", own).text == "# Terms"
    assert (conditions_in("en", own).is_model, conditions_in("en", own).changed_on) == (False, date(2026, 5, 1))


def test_own_text_in_one_language_is_shown_to_everyone(chosen):
    found = conditions_in("en", with_conditions(chosen, text_nl="# Voorwaarden"))

    assert (found.text, found.language) == ("# Voorwaarden", "nl")


def test_the_page_shows_date_articles_and_that_it_is_a_model(academy, as_):
    page = as_(None).get("/conditions/").content.decode()

    assert "geldig sinds 1 november 2026" in page
    assert "<h2>10. Klachten</h2>" in page
    assert "Modeltekst" in page
    assert page.count("<h1") == 1
