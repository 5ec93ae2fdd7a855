"""Decks of Anki, old and new: each card a question, and what a template may and may not do."""

from collections.abc import Callable

import pytest

from leerhuis.practice.exchange.anki import filled
from leerhuis.practice.exchange.drafts import Draft, Reported
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.exchange.reading import read_file
from leerhuis.practice.exchange.remarks import Notice
from leerhuis.practice.kinds import Cloze, Form, Kind, OpenText, ShortText
from leerhuis.practice.rendering import to_html
from leerhuis.practice.tests.decks import BASIC, CLOZE, REVERSED, TYPED, new_deck, old_deck

Make = Callable[..., bytes]
both = pytest.mark.parametrize("deck", [old_deck, new_deck])


def items(data: bytes) -> list[Reported]:
    return list(read_file(data).items)


def drafts(data: bytes) -> list[Draft]:
    return [each.draft for each in items(data) if each.draft]


@both
def test_each_card_is_a_question_in_the_topic_of_its_deck(deck: Make) -> None:
    found = drafts(deck([(BASIC, ("Capital of France?", "Paris"), (0,)), (REVERSED, ("Rome", "Italy"), (0, 1))]))
    assert [(draft.stem.text, draft.content, draft.topic, draft.source_id, draft.tags) for draft in found] == [
        ("Capital of France?", OpenText(Rich("Paris", "html")), "Capitals", "g1:0", ("tag1",)),
        ("Rome", OpenText(Rich("Italy", "html")), "Capitals", "g2:0", ("tag1",)),
        ("Italy", OpenText(Rich("Rome", "html")), "Capitals", "g2:1", ("tag1",)),
    ]


@both
def test_what_is_typed_in_anki_is_typed_here(deck: Make) -> None:
    (draft,) = drafts(deck([(TYPED, ("Capital?", "<b>Paris</b>"), (0,))]))
    assert (draft.stem.text, draft.content) == ("Capital?", ShortText((Form("Paris", 1.0),)))


@both
def test_gaps_of_one_number_are_one_question(deck: Make) -> None:
    text = "{{c1::Paris}} is the capital of {{c2::France::country}}, not {{c1::Lyon}}."
    first, second = drafts(deck([(CLOZE, (text, "Since 508"), (0, 1))]))
    assert first.stem.text == "[[1]] is the capital of France, not [[2]]."
    assert first.content == Cloze((ShortText((Form("Paris", 1.0),)), ShortText((Form("Lyon", 1.0),))))
    assert second.stem.text == "Paris is the capital of [[1]] (country), not Lyon."
    assert second.explanation == Rich("Since 508", "html")


@both
def test_a_long_gap_is_judged_by_the_learner(deck: Make) -> None:
    (draft,) = drafts(deck([(CLOZE, ("Because {{c1::" + "long " * 30 + "}}", ""), (0,))]))
    assert (draft.kind, draft.stem.text) == (Kind.OPEN, "Because […]")


@both
def test_pictures_come_along(deck: Make) -> None:
    notes = [(BASIC, ('Whose flag? <img src="vlag 1.png">', "Ours"), (0,)), (BASIC, ('<img src="no.png">', "x"), (0,))]
    found = items(deck(notes, {"sound.mp3": b"x", "vlag 1.png": b"png"}))
    assert [each.reason for each in found] == [None, "picture_missing"]
    assert found[0].draft
    (picture,) = found[0].draft.pictures
    assert (picture.content, picture.alt, "vlag" in picture.name) == (b"png", "", False)


def test_the_dummy_collection_beside_a_new_one_is_not_read() -> None:
    assert "update" not in str(items(new_deck([(BASIC, ("a", "b"), (0,))])))


@both
def test_scripts_are_not_kept_and_what_is_hidden_stays_hidden(deck: Make) -> None:
    front = '<div style="display: none">{{Back}}</div>{{Front}}<script>alert(1)</script><style>b{}</style>'
    model = ("Scripted", 0, ("Front", "Back"), (("Card 1", front, "{{Back}}"),))
    (reported,) = items(
        deck([(model, ('Q <img src=x onerror="alert(2)">'.replace("<img src=x", "<b"), "secret"), (0,))])
    )
    assert reported.draft
    assert reported.notices == (Notice.SCRIPT,)
    assert "secret" not in reported.draft.stem.text
    assert "alert" not in str(to_html(reported.draft.stem))


@both
def test_text_that_looks_like_a_template_stays_text(deck: Make) -> None:
    sides = ("{{Back}} {% load x %} {{ 7|add:7 }} <b>ok</b>", "{{Front}}")
    (draft,) = drafts(deck([(BASIC, sides, (0,))]))
    assert draft.stem.text == sides[0]
    assert draft.content == OpenText(Rich("{{Front}}", "html"))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (("[sound:a.mp3]", "word"), "sound"),
        (("", "word"), "empty_side"),
        (("word", "<br>&nbsp;"), "empty_side"),
        (("word", "[sound:a.mp3]"), "empty_side"),
    ],
)
def test_a_card_with_an_empty_side_is_told(values: tuple[str, str], reason: str) -> None:
    assert [each.reason for each in items(old_deck([(BASIC, values, (0,))]))] == [reason]


def test_image_occlusion_is_told() -> None:
    model = ("Occlusion", 1, ("A", "Image"), (("Card", "{{cloze:A}}<div id=image-occlusion-container>", "{{Image}}"),))
    (reported,) = items(new_deck([(model, ("{{c1::x}}", "y"), (0,))]))
    assert (reported.reason, reported.called) == ("on_picture", "Occlusion")


def test_sections_of_a_template_follow_their_fields() -> None:
    template = "{{#A}}[{{A}}{{^B}} alone{{/B}}]{{/A}}{{^A}}none{{/A}}{{hint:B}}{{unknown}}"
    assert filled(template, {"A": "x", "B": ""}) == "[x alone]"
    assert filled(template, {"A": "x", "B": "y"}) == "[x]"
    assert filled(template, {"A": " <br> ", "B": ""}) == "none"
    assert filled("{{text:A}}", {"A": "<b>x</b> &amp; y"}) == "x & y"
