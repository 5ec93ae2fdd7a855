"""The two source statements differ about third parties: each academy says its own sentence and not the other's."""

from pathlib import Path

import pytest

from leerhuis.academies.settings import read_settings
from leerhuis.consent import privacy

EXAMPLES = Path(__file__).parents[4] / "examples"
SENTENCES = (privacy.CONSENT_FIRST, privacy.PARTNERS_AS_NEEDED)


@pytest.mark.parametrize(("academy", "said"), [("kjenning", "consent_first"), ("leffectief", "partners_as_needed")])
def test_each_academy_says_its_own_sentence(academy, said):
    chosen = read_settings(EXAMPLES / f"{academy}.toml")

    assert [each.key for each in SENTENCES if each.holds_under(chosen)] == [said]


@pytest.mark.parametrize("academy", ["kjenning", "leffectief"])
def test_both_say_that_an_employer_sees_only_what_was_agreed(academy):
    chosen = read_settings(EXAMPLES / f"{academy}.toml")
    sentences = (privacy.EMPLOYER_IF_AGREED, privacy.TOLD_BEFORE_SHARING, privacy.RESULT_APART)

    assert all(each.holds_under(chosen) for each in sentences)
    assert privacy.EMPLOYER_IF_AGREED.nl.startswith("Indien dat met uw werkgever is overeengekomen")
