"""A real course's question files: 165 questions in 19 files, beside ten tick-box lists and a glossary."""

from collections import Counter
from pathlib import Path

import pytest

from leerhuis.practice.exchange.drafts import Notice, Reported, read_gift
from leerhuis.practice.exchange.files import NotGift, must_be_gift, text_of
from leerhuis.practice.exchange.gift_writer import write_gift

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "data" / "questions" / "fair-by-design-gift-en"

pytestmark = pytest.mark.skipif(
    not FOLDER.exists(), reason="the real question files are not beside this checkout (../shared/data/questions)"
)


def read(path: Path) -> list[Reported]:
    text = text_of(path.read_bytes())
    must_be_gift(text)
    return read_gift(text)


def question_files() -> list[Path]:
    return [path for path in sorted(FOLDER.glob("FAIR-by-Design_ToT/*.txt")) if "template" not in path.name]


def test_all_165_questions_of_the_19_files_come_in() -> None:
    files = question_files()
    reported = [each for path in files for each in read(path)]
    assert len(files) == 19
    assert [each for each in reported if each.draft is None] == []
    assert Counter(each.draft.kind.value for each in reported if each.draft) == {
        "true_false": 77,
        "single": 37,
        "multiple": 36,
        "short_text": 9,
        "matching": 6,
    }
    assert Counter(notice for each in reported for notice in each.notices) == {Notice.ALL_RIGHT: 5}


def test_the_number_of_items_per_file_is_the_number_of_titles_in_it() -> None:
    for path in question_files():
        titles = sum(line.startswith("::") for line in path.read_text(encoding="utf-8").splitlines())
        assert len(read(path)) == titles, path.name


def test_the_template_comes_in_but_for_its_essay() -> None:
    (template,) = FOLDER.glob("FAIR-by-Design_ToT/*template.txt")
    reported = read(template)
    assert [(each.line, each.reason) for each in reported if not each.draft] == [(37, "essay")]
    assert [each.draft.kind.value for each in reported if each.draft] == [
        "single",
        "multiple",
        "true_false",
        "short_text",
        "matching",
        "single",
    ]


def test_the_tick_box_lists_and_the_glossary_are_refused_with_a_clear_word() -> None:
    refused = Counter[str]()
    for path in sorted(FOLDER.glob("*/*")):
        try:
            read(path)
        except NotGift as no:
            refused[str(no).split(",")[0]] += 1
    assert refused == {
        "This is a Markdown list with tick boxes": 9,
        "This is a numbered list": 1,
        "This is XML or HTML": 1,
    }


def test_a_round_trip_of_all_of_them_gives_the_same_questions() -> None:
    drafts = [each.draft for path in question_files() for each in read(path) if each.draft]
    again = [each.draft for each in read_gift(write_gift(drafts)) if each.draft]
    assert [draft.fingerprint for draft in again] == [draft.fingerprint for draft in drafts]
