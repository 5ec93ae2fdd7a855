"""Aiken, JSON and sheets: small forms, each with its traps."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from leerhuis.practice.exchange.columns import kind_of
from leerhuis.practice.exchange.drafts import Draft, Reported
from leerhuis.practice.exchange.files import Unreadable
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.exchange.reading import read_file
from leerhuis.practice.kinds import (
    Choices,
    Cloze,
    Form,
    Kind,
    Match,
    Numbers,
    OpenText,
    Ordering,
    Pairs,
    ShortText,
    Span,
    Statement,
    Unit,
)


def items(text: str | bytes) -> list[Reported]:
    return list(read_file(text.encode() if isinstance(text, str) else text).items)


def drafts(text: str | bytes) -> list[Draft]:
    return [each.draft for each in items(text) if each.draft]


def told(text: str) -> list[tuple[int, str]]:
    return [(each.line, str(each.reason.value)) for each in items(text) if each.reason]


def right_of(draft: Draft) -> list[str]:
    assert isinstance(draft.content, Choices)
    return [option.text.text for option in draft.content.options if option.share == 1]


def test_aiken_questions_take_lines_and_letters_as_people_write_them() -> None:
    text = "Which law\nholds?\nA. GDPR\nB) none\n\nANSWER: A\n\nWhich two?\na) one\nb) two\nc) three\nANSWER: A, C\n"
    one, two = drafts(text)
    assert (one.stem, one.kind, right_of(one)) == (Rich("Which law\nholds?", "plain"), Kind.SINGLE, ["GDPR"])
    assert (two.kind, right_of(two)) == (Kind.MULTIPLE, ["one", "three"])


def test_aiken_faults_stop_no_other_question() -> None:
    text = (
        "One?\nA. a\nB. b\nTwo?\nA. a\nB. b\nANSWER: Z\nA. a\nB. b\nANSWER: A\nThree?\nA. a\nB. b\nANSWER: 1\n"
        "Four?\nA. a\nB. b\nANSWER: B\nFive?\nA. a\n"
    )
    assert told(text) == [
        (1, "no_answer_line"),
        (4, "no_such_option"),
        (8, "no_stem"),
        (11, "odd_answer_line"),
        (19, "no_answer_line"),
    ]
    assert [draft.stem.text for draft in drafts(text)] == ["Four?"]


@pytest.mark.parametrize(
    ("question", "right"),
    [
        (
            {"answerOptions": [{"answerText": "a", "isCorrect": "true"}, {"answerText": "b", "isCorrect": "false"}]},
            ["a"],
        ),
        ({"answerOptions": [{"answerText": "a", "isCorrect": False}, {"answerText": "b", "isCorrect": True}]}, ["b"]),
        ({"answers": ["a", "b"], "correct": 1, "correct_letter": "B"}, ["b"]),
        ({"answers": ["a", "b"], "correct": 0}, ["a"]),
        ({"options": ["a", "b"], "answer": "b"}, ["b"]),
        ({"options": ["yes", "no"], "answer": "B"}, ["no"]),
        ({"options": ["a", "b", "c"], "correct": [0, 2]}, ["a", "c"]),
        ({"options": [1, 2], "correct": 1}, ["2"]),
    ],
)
def test_json_marks_what_is_right_in_the_ways_that_occur(question: dict[str, Any], right: list[str]) -> None:
    (draft,) = drafts(json.dumps([{"question": "Which?", **question}]))
    assert right_of(draft) == right


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ({"answers": ["a", "b"]}, "no_key"),
        ({"answers": ["a", "b"], "correct": 7}, "no_key"),
        ({"answers": ["a", "b"], "correct": [0, 9]}, "no_key"),
        ({"answers": ["a", ""], "correct": 0}, "empty_answer"),
        ({"answers": "a"}, "missing_part"),
        ({}, "missing_part"),
        ({"answers": ["a", "b"], "correct": 0, "figure": "t-1.png"}, "picture_missing"),
        ({"answers": ["a"], "correct": 0}, "one_option"),
    ],
)
def test_json_that_cannot_be_used_is_told(question: dict[str, Any], reason: str) -> None:
    assert told(json.dumps([{"question": "Which?", **question}])) == [(1, reason)]


def test_titles_round_questions_are_their_topics() -> None:
    quiz = {"question": "Which?", "answers": ["a", "b"], "correct": 0}
    found = drafts(json.dumps({"title": "All", "quizzes": [{"title": "One", "quiz": [quiz]}, {"quiz": [quiz]}]}))
    assert [draft.topic for draft in found] == ["One", "All"]


SHEET = """id;onderwerp;soort;vraag;juist;antwoord 1;antwoord 2;antwoord 3;waarde 2;reactie 2;hoort bij 1;pair 2;opmaak
q1;Wet;één antwoord;Welke?;A;AVG;KvK;;50;bijna;;;
;;meerdere antwoorden;Wat?;A C;een;twee;drie;;;;;
;;waar/niet waar;Zo?;niet waar;;;;;;;;html
;;korte tekst;Typ;;AP;Autoriteit*;;50;;;;
;;getal;Hoeveel?;;3,5..4,5;72;;50;;;;
;;koppelen;Wat hoort?;;a;b;;;;1;2;
;;volgorde;Eerst?;;een;twee;drie;;;;;
;;gatentekst;Meld aan [[1]] binnen [[2]] uur.;;AP;#72;;;;;;
;;open vraag;Waarom?;;Model;punt;;;;;;markdown
;;;Goed of fout?;waar;;;;;;;;
;;;Kies;B;x;y;;;;;;
"""


def test_each_kind_is_read_from_a_dutch_sheet() -> None:
    found = drafts(SHEET)
    assert told(SHEET) == []
    assert [draft.kind.value for draft in found] == [
        "single",
        "multiple",
        "true_false",
        "short_text",
        "numeric",
        "matching",
        "ordering",
        "cloze",
        "open",
        "true_false",
        "single",
    ]
    single, _several, statement, typed, number, pairs, order, gaps, opened, *_rest = found
    assert (single.source_id, single.topic) == ("q1", "Wet")
    assert isinstance(single.content, Choices)
    assert [(o.text.text, o.share, o.feedback) for o in single.content.options] == [
        ("AVG", 1.0, None),
        ("KvK", 0.5, Rich("bijna", "plain")),
    ]
    assert (statement.content, statement.stem.format) == (Statement(False), "html")
    assert typed.content == ShortText((Form("AP", 1.0), Form("Autoriteit*", 0.5)))
    assert number.content == Numbers((Span(3.5, 4.5, 1.0), Span(72.0, 72.0, 0.5)))
    assert pairs.content == Pairs((Match(Rich("a", "plain"), "1"), Match(Rich("b", "plain"), "2")))
    assert isinstance(order.content, Ordering)
    assert gaps.content == Cloze((ShortText((Form("AP", 1.0),)), Numbers((Span(72.0, 72.0, 1.0),))))
    assert opened.content == OpenText(Rich("Model", "markdown"), (Rich("punt", "markdown"),))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("riddle,Which?,A,x,y", "no_such_kind"),
        ("single,,A,x,y", "no_stem"),
        ("single,Which?,C,x,y", "no_such_option"),
        ("single,Which?,,x,y", "no_right"),
        ("true_false,Which?,perhaps,,", "no_marker"),
        ("numeric,Which?,,many,", "no_number"),
        ("numeric,Which?,,1e999,", "no_number"),
        ("matching,Which?,,x,y", "pair_broken"),
        ("cloze,No mark,,x,", "with_gaps"),
        ("open,Why?,,,", "essay"),
        ("ordering,First?,,x,", "one_option"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_its_number(line: str, reason: str) -> None:
    assert told(f"kind,question,right,answer 1,answer 2\ntrue_false,Good?,yes,,\n{line}\n") == [(3, reason)]


def test_units_goals_and_sources_are_read() -> None:
    head = "kind,question,answer 1,units,unit needed,goals,rests on\n"
    (draft,) = drafts(f"{head}numeric,How far?,5,m; km=1000,yes,Measuring; Counting,Art. 5\n")
    assert draft.content == Numbers((Span(5.0, 5.0, 1.0),), None, (Unit("m"), Unit("km", 1000.0)), unit_needed=True)
    assert (draft.objectives, draft.rests_on) == (("Measuring", "Counting"), "Art. 5")


def test_the_columns_of_an_examination_board_are_understood() -> None:
    text = "id,correct,question,refs,a,b,c,d,figure,correct_letter\nG1,2,Which?,[97.1],one,two,three,four,,C\n"
    (draft,) = drafts(text)
    assert (draft.source_id, right_of(draft), draft.explanation) == ("G1", ["three"], Rich("[97.1]", "plain"))
    assert right_of(drafts(text.replace(",correct_letter", ",other").replace(",,C", ",,"))[0]) == ["three"]
    assert told(text.replace("four,,", "four,g7.png,")) == [(2, "picture_missing")]


def book(rows: list[list[Any]]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.create_sheet("second").append(["nothing"])
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def test_the_first_sheet_of_an_excel_file_is_read() -> None:
    found = drafts(book([["question", "right", "a", "b"], ["Sum?", "B", 3.0, 4], ["So?", True, None, None]]))
    assert [draft.kind.value for draft in found] == ["single", "true_false"]
    assert right_of(found[0]) == ["4"]
    with pytest.raises(Unreadable, match="must name the columns"):
        items(book([["name", "city"], ["A", "B"]]))
    with pytest.raises(Unreadable, match="no questions"):
        items(book([["question", "right"]]))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_kinds_that_the_page_lists_are_those_that_a_sheet_may_name(language: str) -> None:
    with override(language):
        listed = {kind: str(kind.label) for kind in Kind if kind is not Kind.HOTSPOT}
    assert {kind: kind_of(label) for kind, label in listed.items()} == {kind: kind.value for kind in listed}
