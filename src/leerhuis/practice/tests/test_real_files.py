"""Real question files of public projects, in each form: how many come in, and what does not and why."""

from collections import Counter
from pathlib import Path

import pytest

from leerhuis.practice.contents import look_at
from leerhuis.practice.exchange.drafts import Reported, read_gift
from leerhuis.practice.exchange.files import Unreadable
from leerhuis.practice.exchange.gift_writer import write_gift
from leerhuis.practice.exchange.reading import read_file
from leerhuis.practice.exchange.remarks import Notice
from leerhuis.practice.exchange.writing import FORMS, outgoing, written

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "data" / "questions" / "fair-by-design-gift-en"

pytestmark = pytest.mark.skipif(
    not FOLDER.exists(), reason="the real question files are not beside this checkout (../shared/data/questions)"
)


def read(path: Path) -> list[Reported]:
    return list(read_file(path.read_bytes()).items)


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
        except Unreadable as no:
            refused[str(no).split(".")[0]] += 1
    assert refused == {
        "This is a Markdown list with tick boxes": 9,
        "This is a numbered list": 1,
        "This is a glossary of Moodle": 1,
    }


def test_a_round_trip_of_all_of_them_gives_the_same_questions() -> None:
    drafts = [each.draft for path in question_files() for each in read(path) if each.draft]
    again = [each.draft for each in read_gift(write_gift(drafts)) if each.draft]
    assert [draft.fingerprint for draft in again] == [draft.fingerprint for draft in drafts]


DATA = FOLDER.parents[1]


def counted(path: str) -> tuple[str, int, Counter[str], Counter[str]]:
    """Return the form of a file, its number of items, the kinds that come in, and the reasons of those that do not."""
    read = read_file((DATA / path).read_bytes())
    kinds = Counter(each.draft.kind.value for each in read.items if each.draft)
    return str(read.form), len(read.items), kinds, Counter(f"{i.called}: {i.reason}" for i in read.items if i.reason)


@pytest.mark.parametrize(
    ("path", "form", "items", "kinds", "left_out"),
    [
        (
            "questions/aufgabenpool-moodlexml-de/aufgabenpool.xml",
            "Moodle XML",
            560,
            {"single": 55, "multiple": 37, "true_false": 6, "cloze": 5, "matching": 4, "short_text": 2},
            {"stack: computed": 450, "ddimageortext: on_picture": 1},
        ),
        ("questions/webdev-quiz-json-nl/nl.json", "JSON", 144, {"single": 143, "multiple": 1}, {}),
        ("questions/webdev-quiz-json-nl/en.json", "JSON", 144, {"single": 143, "multiple": 1}, {}),
        ("questions/webdev-quiz-json-nl/fr.json", "JSON", 144, {"single": 143, "multiple": 1}, {}),
        ("questions/hamradio-csv-en/general-2023-2027.csv", "CSV", 423, {"single": 418}, {"CSV: picture_missing": 5}),
        (
            "questions/hamradio-csv-en/technician-2026-2030.csv",
            "CSV",
            409,
            {"single": 397},
            {"CSV: picture_missing": 12},
        ),
        (
            "questions/hamradio-csv-en/technician-2026-2030.json",
            "JSON",
            409,
            {"single": 397},
            {"JSON: picture_missing": 12},
        ),
        ("questions/ultimate-geography-anki-nl/aardrijkskunde-nl-derived.apkg", "Anki", 405, {"open": 405}, {}),
        ("questions/zhongwen-apkg/deck.apkg", "Anki", 6, {"open": 6}, {}),
        ("qti/kennisnet-valid-package.zip", "QTI", 47, {"single": 30, "open": 15}, {"QTI: description": 2}),
        ("qti/minimal_qti_2.1_sample.zip", "QTI", 2, {"single": 1, "multiple": 1}, {}),
    ],
)
def test_each_real_file_comes_in_but_for_what_is_named(
    path: str, form: str, items: int, kinds: dict[str, int], left_out: dict[str, int]
) -> None:
    assert counted(path) == (form, items, Counter(kinds), Counter(left_out))


def test_the_same_questions_in_two_forms_are_the_same() -> None:
    def of(ending: str) -> list[str]:
        read = read_file((DATA / f"questions/hamradio-csv-en/technician-2026-2030.{ending}").read_bytes())
        return [each.draft.fingerprint for each in read.items if each.draft]

    assert of("csv") == of("json")


def test_pictures_of_the_packages_come_along() -> None:
    def pictures(path: str) -> int:
        read = read_file((DATA / path).read_bytes())
        return len({picture.name for each in read.items if each.draft for picture in each.draft.pictures})

    assert pictures("questions/ultimate-geography-anki-nl/aardrijkskunde-nl-derived.apkg") == 186
    assert pictures("qti/kennisnet-valid-package.zip") == 24
    assert pictures("questions/aufgabenpool-moodlexml-de/aufgabenpool.xml") == 1


def test_what_the_drawings_of_a_real_deck_hold_is_harmless() -> None:
    read = read_file((DATA / "questions/ultimate-geography-anki-nl/aardrijkskunde-nl-derived.apkg").read_bytes())
    drawings = [picture for each in read.items if each.draft for picture in each.draft.pictures]
    assert {look_at(picture.content).media_type for picture in drawings} == {"image/svg+xml"}


def test_sheets_of_something_else_and_old_qti_are_refused() -> None:
    for path, word in (
        ("questions/ultimate-geography-anki-nl/capital.csv", "names no column"),
        ("questions/ultimate-geography-anki-nl/country_info.csv", "names no column"),
        ("questions/hamradio-csv-en/t-1.png", "not a text file"),
        ("qti/minimal_qti_1.2_sample.zip", "QTI 1.2"),
    ):
        with pytest.raises(Unreadable) as refused:
            read_file((DATA / path).read_bytes())
        assert word in str(refused.value), path


@pytest.mark.parametrize("form", [form.key for form in FORMS])
def test_a_round_trip_of_the_large_file_gives_the_same_questions(form: str) -> None:
    read = read_file((DATA / "questions/aufgabenpool-moodlexml-de/aufgabenpool.xml").read_bytes())
    tried = outgoing([each.draft for each in read.items if each.draft], form)
    ready = [each.draft for each in tried if each.reason is None]
    back = read_file(written(ready, form)).items
    assert len(ready) == {"moodle": 109, "gift": 95, "csv": 108}[form]
    exact = [each.draft for each in tried if each.reason is None and not each.losses]
    marks = {each.draft.fingerprint for each in back if each.draft}
    assert {draft.fingerprint for draft in exact} <= marks
    assert len(back) == len(ready)
