"""Each kind on the pages: written by an author without scripts, answered by a learner, and tried beforehand."""

import re
from dataclasses import replace
from typing import Any

import pytest

from leerhuis.practice.actions.content import add_bank, add_question
from leerhuis.practice.actions.media import add_media
from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import (
    Area,
    Choices,
    Cloze,
    Form,
    Hotspot,
    Item,
    Kind,
    Numbers,
    OpenText,
    Option,
    Ordering,
    Shape,
    ShortText,
    Span,
    Unit,
)
from leerhuis.practice.models import Answer, Question
from leerhuis.practice.queries import draft_of
from leerhuis.practice.tests.factories import AUTHOR, access_for
from leerhuis.practice.tests.pictures import PNG
from leerhuis.practice.tests.test_author_pages import fields_of
from leerhuis.practice.tests.test_learner_pages import HTMX, answer_page, begin, words

GAP_WITH_MORE = ShortText((Form("AVG", 1.0, Rich("indeed", "markdown")), Form("GDPR", 0.25)), exact_case=True)
CONTENTS: dict[Kind, Any] = {
    Kind.ORDERING: Ordering(tuple(Item(key, Rich(f"Step {key}", "markdown")) for key in "abc")),
    Kind.CLOZE: Cloze(
        (
            GAP_WITH_MORE,
            Numbers((Span(72, 72, 1.0),), units=(Unit("uur"),)),
            Choices(
                (Option("a", Rich("AP", "markdown"), 1.0), Option("b", Rich("ACM", "markdown"), 0.0)), one_only=True
            ),
        )
    ),
    Kind.HOTSPOT: Hotspot(
        "room.png",
        (
            Area("a", "The lock", Shape.RECT, (10, 10, 30, 30), 1.0, Rich("well seen", "markdown")),
            Area("b", "The key", Shape.CIRCLE, (80, 50, 10), 0.0),
            Area("c", "The door", Shape.POLYGON, (40, 40, 60, 40, 50, 90), 0.5),
        ),
        ratio=0.5,
    ),
    Kind.OPEN: OpenText(Rich("It leads to a person.", "markdown"), (Rich("a person", "markdown"),)),
    Kind.NUMERIC: Numbers((Span(1490, 1510, 1.0),), units=(Unit("m"), Unit("km", 1000.0)), unit_needed=True),
    Kind.SHORT_TEXT: ShortText((Form("verwerker", 1.0),), typos=True),
}
STEMS = {Kind.CLOZE: "The [[1]] gives [[2]] to tell the [[3]]."}


@pytest.fixture
def bank(academy, tmp_path, settings):
    settings.FILES = tmp_path
    made = add_bank(title="Kinds", language="en", by=AUTHOR)
    add_media(made, name="room.png", alt="A room", content=PNG, by=AUTHOR)
    return made


@pytest.fixture
def author(cast, as_):
    client = as_(cast.trainer)
    client.cookies["leerhuis_language"] = "en"
    return client


@pytest.fixture
def learner(cast, as_, bank):
    access_for(cast.learner, bank)
    client = as_(cast.learner)
    client.cookies["leerhuis_language"] = "en"
    return client


def ask(bank, kind: Kind, content=None) -> Question:
    stem = Rich(STEMS.get(kind, "So?"), "markdown")
    return add_question(bank, Draft("Topic", "", kind, stem, content or CONTENTS[kind], None), by=AUTHOR)


@pytest.mark.parametrize("kind", CONTENTS)
def test_saving_an_untouched_form_changes_nothing_of_any_kind(author, bank, kind):
    asked = ask(bank, kind)
    before = draft_of(asked)
    address = f"/office/practice/questions/{asked.id}/edit/"
    saved = author.post(address, fields_of(author.get(address)))
    assert saved.status_code == 302, words(saved)
    assert draft_of(Question.objects.get(pk=asked.pk)) == before


WRITTEN = [
    (
        Kind.ORDERING,
        {"row-0-text": "two", "row-0-place": "2", "row-1-text": "one", "row-1-place": "1"},
        Ordering((Item("b", Rich("one", "markdown")), Item("a", Rich("two", "markdown")))),
    ),
    (
        Kind.CLOZE,
        {
            "stem": "[[1]] and [[2]]",
            "row-0-gap": "short_text",
            "row-0-right": "AVG ## indeed\nde AVG",
            "row-0-half": "GDPR",
            "row-0-typos": "on",
            "row-1-gap": "numeric",
            "row-1-right": "3,14 ± 0,01",
            "row-1-unit": "cm",
        },
        Cloze(
            (
                ShortText(
                    (Form("AVG", 1.0, Rich("indeed", "markdown")), Form("de AVG", 1.0), Form("GDPR", 0.5)), typos=True
                ),
                Numbers((Span(3.13, 3.15, 1.0),), units=(Unit("cm"),)),
            )
        ),
    ),
    (
        Kind.HOTSPOT,
        {
            "more-picture": "room.png",
            "more-named": "many",
            "row-0-name": "Lock",
            "row-0-coords": "10; 10; 30; 30",
            "row-0-share": "1.0",
            "row-1-name": "Key",
            "row-1-shape": "circle",
            "row-1-coords": "80, 50, 10",
        },
        Hotspot(
            "room.png",
            (
                Area("a", "Lock", Shape.RECT, (10, 10, 30, 30), 1.0),
                Area("b", "Key", Shape.CIRCLE, (80, 50, 10), 0.0),
            ),
            named=True,
            one_only=False,
            ratio=0.5,
        ),
    ),
    (
        Kind.OPEN,
        {"more-model": "Because.", "row-0-text": "a reason"},
        OpenText(Rich("Because.", "markdown"), (Rich("a reason", "markdown"),)),
    ),
    (
        Kind.NUMERIC,
        {
            "row-0-low": "3.14",
            "row-0-margin": "0.01",
            "row-0-share": "1.0",
            "more-units": "m\nkm = 1000",
            "more-unit_needed": "on",
        },
        Numbers((Span(3.13, 3.15, 1.0),), units=(Unit("m"), Unit("km", 1000.0)), unit_needed=True),
    ),
    (
        Kind.SHORT_TEXT,
        {"row-0-text": "verwerker", "row-0-share": "1.0", "more-typos": "on"},
        ShortText((Form("verwerker", 1.0),), typos=True),
    ),
]


@pytest.mark.parametrize(("kind", "fields", "made"), WRITTEN, ids=[kind for kind, _f, _m in WRITTEN])
def test_each_kind_is_written_in_a_plain_form(author, bank, kind, fields, made):
    address = f"/office/practice/{bank.id}/add/{kind.value}/"
    sent = {**fields_of(author.get(address)), "topic": "New", "stem": "So?", **fields}
    saved = author.post(address, sent)
    assert saved.status_code == 302, words(saved)
    assert Question.objects.get().content == made


@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        (Kind.CLOZE, {"stem": "no mark", "row-0-right": "x"}, "Mark each gap once in the text"),
        (Kind.CLOZE, {"stem": "[[1]]", "row-0-gap": "numeric", "row-0-right": "soon"}, "Write a number a line"),
        (Kind.HOTSPOT, {"row-0-coords": "a lot"}, "Write numbers with commas between them"),
        (
            Kind.HOTSPOT,
            {"more-picture": "room.png", "row-0-coords": "9, 9, 1, 1", "row-0-share": "1.0"},
            "Nobody could",
        ),
        (Kind.OPEN, {"more-model": ""}, "This field is required"),
        (Kind.NUMERIC, {"row-0-low": "1", "row-0-share": "1.0", "more-units": "m\nkm = far"}, "Write a unit a line"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(author, bank, kind, fields, told):
    address = f"/office/practice/{bank.id}/add/{kind.value}/"
    page = author.post(address, {**fields_of(author.get(address)), "topic": "New", "stem": "So?", **fields})
    assert told in words(page)
    assert Question.objects.count() == 0


ANSWERED = [
    (Kind.ORDERING, {"order": ["a", "b", "c"]}, "right", ["Step a", "Step b", "Step c"]),
    (Kind.ORDERING, {"order": ["b", "a", "c"]}, "partly", ["belongs at 2", "belongs at 1", "Almost"]),
    (Kind.CLOZE, {"gap-0": "AVG", "gap-1": "72", "gap-2": "a"}, "right", ["AVG", "72 uur", "indeed"]),
    (Kind.CLOZE, {"gap-0": "avg", "gap-1": "72", "gap-2": "a"}, "partly", ["right is:", "Almost"]),
    (Kind.HOTSPOT, {"place": "20,20"}, "right", ["The lock", "well seen"]),
    (Kind.HOTSPOT, {"place": "J8"}, "wrong", ["The place with the ring (J8)", "The lock", "Right answer"]),
    (Kind.OPEN, {"text": "My words", "judged": "partly"}, "partly", ["My words", "It leads to a person.", "Almost"]),
    (Kind.NUMERIC, {"text": "1500"}, "partly", ["1500", "1490 – 1510 m", "Almost"]),
    (Kind.SHORT_TEXT, {"text": "verweker"}, "right", ["Mind the spelling: verwerker"]),
]


@pytest.mark.parametrize("case", ANSWERED, ids=[f"{kind}-{outcome}" for kind, _f, outcome, _s in ANSWERED])
def test_each_kind_is_answered_with_and_without_scripts(learner, bank, case):
    kind, fields, outcome, seen = case
    asked = ask(bank, kind)
    round_url = begin(learner, bank)
    assert learner.get(round_url).status_code == 200
    with_scripts = words(answer_page(learner, round_url, asked, headers=HTMX, **fields))
    without = words(learner.get(f"{round_url}?after={asked.id}"))
    for part in seen:
        assert part in with_scripts
        assert part in without
    assert Answer.objects.get().outcome == outcome


@pytest.mark.parametrize("kind", CONTENTS)
def test_the_page_gives_nothing_away_before_the_answer(learner, bank, kind):
    ask(bank, kind)
    page = learner.get(begin(learner, bank)).content.decode()
    page = re.sub(r"[\w-]{20,}", "", page)  # keys and tokens, in which any few figures may stand by chance
    for secret in ("AVG", "The lock", "well seen", "It leads", "1490", "verwerker", "indeed", "10 10"):
        assert secret not in page


def test_things_are_moved_without_being_answered(learner, bank):
    asked = ask(bank, Kind.ORDERING)
    round_url = begin(learner, bank)
    page = learner.get(round_url).content.decode()
    order = re.findall(r'name="order" value="(\w)"', page)
    assert sorted(order) == list("abc")
    assert order != list("abc")
    moved = answer_page(learner, round_url, asked, order=order, move=f"{order[2]}:up", headers=HTMX).content.decode()
    assert re.findall(r'name="order" value="(\w)"', moved) == [order[0], order[2], order[1]]
    assert Answer.objects.count() == 0


def test_own_words_come_back_beside_the_model_answer_before_they_are_judged(learner, bank):
    asked = ask(bank, Kind.OPEN)
    round_url = begin(learner, bank)
    assert "Give an answer first." in words(answer_page(learner, round_url, asked, text=" "))
    said = words(answer_page(learner, round_url, asked, text="My <b>own</b> words"))
    for part in ("My &lt;b&gt;own&lt;/b&gt; words", "It leads to a person.", "a person", "How was your answer?"):
        assert part in said
    assert Answer.objects.count() == 0


def test_what_was_filled_in_stays_when_it_is_no_answer_yet(learner, bank):
    asked = ask(bank, Kind.CLOZE)
    page = answer_page(learner, begin(learner, bank), asked, **{"gap-0": "AVG", "gap-1": "soon", "gap-2": "b"})
    html = page.content.decode()
    assert "Type a number, such as 12 or 3.5." in words(page)
    assert 'value="AVG"' in html
    assert 'value="soon"' in html
    assert '<option value="b" selected>ACM</option>' in html


def test_named_places_are_drawn_and_chosen_by_name(learner, bank):
    content = replace(CONTENTS[Kind.HOTSPOT], named=True)
    asked = ask(bank, Kind.HOTSPOT, content)
    round_url = begin(learner, bank)
    page = learner.get(round_url).content.decode()
    assert page.count('type="radio"') == 3
    for shape in ('<rect x="10" y="5" width="20" height="10"', '<circle cx="80" cy="25" r="10"', "<polygon points="):
        assert shape in page
    assert "The key" in words(answer_page(learner, round_url, asked, choice="b", headers=HTMX))
    assert Answer.objects.get().outcome == "wrong"


@pytest.mark.parametrize("kind", CONTENTS)
def test_each_kind_can_be_tried_by_its_author(author, bank, kind):
    asked = ask(bank, kind)
    address = f"/office/practice/questions/{asked.id}/"
    assert author.get(address).status_code == 200
    fields = next(fields for of, fields, _o, _s in ANSWERED if of is kind)
    assert "Try again" in words(author.post(address, fields))
    assert Answer.objects.count() == 0
