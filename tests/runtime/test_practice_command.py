"""`leerhuis practice fit` prints how models predict, made-up answers first, and says what came of it."""

import pytest

from leerhuis.academies.models import Academy
from leerhuis.config.cli.command import main
from leerhuis.practice.models import Fit


def test_it_shows_made_up_answers_and_says_that_an_academy_has_too_few(
    academy: Academy, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["practice", "fit", "leffectief", "--people", "40"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "not FSRS (activation, Pavlik and Anderson 2005)" in lines[0]
    assert lines[3].startswith("  FSRS, fitted")  # the best first
    told = {line.strip().rsplit(maxsplit=3)[0].strip() for line in lines[3:7]}
    assert told == {"FSRS, fitted", "FSRS, as delivered", "SM-2", "always the same chance"}
    assert lines[-3:] == [
        "  0 repeated answers, 0 people (0 held out): too few",
        "  (needed: 1000 answers, 20 people, 4 of them held out).",
        "  Nothing was fitted, and what was in use stays in use.",
    ]
    assert not Fit.objects.exists()
