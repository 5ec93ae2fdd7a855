"""Bringing a file in that went out of the bank: what it names anew is kept, and a mended word is no other question."""

import csv
from io import StringIO

import pytest

from leerhuis.practice.actions.content import add_question, import_bank
from leerhuis.practice.exchange.writing import as_csv
from leerhuis.practice.importing import Fate, plan_import
from leerhuis.practice.models import Objective, Question, Version
from leerhuis.practice.queries import draft_of, questions_of
from leerhuis.practice.tests.factories import AUTHOR, a_bank, many_questions, question


@pytest.fixture
def bank(academy):
    return a_bank(text=many_questions(1, 3))


def sheet_with(bank, **changes: dict[str, str]) -> bytes:
    """Return the bank as a sheet, with cells changed: column -> cell by the title of a question."""
    rows = list(csv.DictReader(StringIO(as_csv(map(draft_of, questions_of(bank))).decode("utf-8-sig"))))
    heads = [*rows[0], *(name for name in ("goals", "rests on") if name not in rows[0])]
    for row in rows:
        row.update({column: said[row["title"]] for column, said in changes.items() if row["title"] in said})
    text = StringIO()
    writer = csv.DictWriter(text, heads, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_goals_source_and_topic_named_in_a_file_are_given_to_questions_that_are_there(bank):
    changes = {"goals": {"0.0": "Knows it; Finds it"}, "rests on": {"0.0": "AVG 4"}, "topic": {"0.1": "Other"}}
    data = sheet_with(bank, **changes)
    plan = plan_import(bank, data)
    assert [item.fate for item in plan.items] == [Fate.PLACED, Fate.PLACED, Fate.KNOWN]
    assert plan.usable == 2
    import_bank(bank, data, source="again.csv", by=AUTHOR)
    first, second = draft_of(question(bank, "0.0")), question(bank, "0.1")
    assert (first.objectives, first.rests_on, first.topic) == (("Knows it", "Finds it"), "AVG 4", "Topic 0")
    assert (second.topic.title, second.version, Objective.objects.count()) == ("Other", 1, 2)
    assert (Question.objects.count(), Version.objects.count()) == (3, 3)
    assert {item.fate for item in plan_import(bank, data).items} == {Fate.KNOWN}


def test_a_file_that_names_none_of_these_leaves_them(bank):
    import_bank(bank, sheet_with(bank, **{"rests on": {"0.0": "AVG 4"}}), source="again.csv", by=AUTHOR)
    assert {item.fate for item in plan_import(bank, many_questions(1, 3)).items} == {Fate.KNOWN}


def test_a_word_mended_in_a_sheet_is_a_new_version_of_a_question_that_was_written_here(bank):
    made = add_question(bank, draft_of(question(bank, "0.2")), by=AUTHOR)
    Question.objects.filter(pk=made.pk).update(title="own", fingerprint="x")
    data = sheet_with(bank, question={"own": "Statement 0.2, mended"})
    (changed,) = [item for item in plan_import(bank, data).items if item.fate is Fate.CHANGED]
    assert (changed.question_id, changed.version) == (made.id, 2)
    import_bank(bank, data, source="again.csv", by=AUTHOR)
    assert (question(bank, "own").stem, Question.objects.count()) == ("Statement 0.2, mended", 4)
