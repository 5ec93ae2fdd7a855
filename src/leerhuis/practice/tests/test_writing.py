"""Taking questions out: what goes out comes back the same, and what a form cannot hold is named and stays."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.exchange.reading import read_file
from leerhuis.practice.exchange.writing import FORMS, outgoing, written
from leerhuis.practice.kinds import (
    Area,
    Choices,
    Cloze,
    Form,
    Hotspot,
    Kind,
    OpenText,
    Option,
    Shape,
    ShortText,
    Statement,
)
from leerhuis.practice.tests.drafting import drafts

KINDS = [kind for kind in Kind if kind is not Kind.HOTSPOT]
# What always goes out: a form that is not named here for a kind may keep some questions of it back.
ALWAYS: dict[str, set[Kind]] = {
    "moodle": {
        Kind.SINGLE,
        Kind.MULTIPLE,
        Kind.TRUE_FALSE,
        Kind.SHORT_TEXT,
        Kind.NUMERIC,
        Kind.MATCHING,
        Kind.ORDERING,
    },
    "csv": set[Kind](KINDS) - {Kind.CLOZE},
    "gift": {Kind.TRUE_FALSE},
}
NEVER: dict[str, set[Kind]] = {"gift": {Kind.ORDERING, Kind.CLOZE}, "moodle": set(), "csv": set()}


def content_of(draft: Draft) -> tuple[Any, ...]:
    return draft.topic, draft.title, draft.source_id, draft.fingerprint


def read(data: bytes) -> list[Draft]:
    reported = read_file(data).items
    assert [each.reason for each in reported] == [None] * len(reported)
    return [each.draft for each in reported if each.draft]


@pytest.mark.parametrize("form", [form.key for form in FORMS])
@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_back_the_same(kind: Kind, form: str) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.lists(drafts(kind), min_size=1, max_size=3, unique_by=lambda draft: draft.fingerprint))
    def all_of_them(made: list[Draft]) -> None:
        tried = outgoing(made, form)
        if kind in ALWAYS[form]:
            assert [each.reason for each in tried] == [None] * len(made)
        if kind in NEVER[form]:
            assert None not in [each.reason for each in tried]
        ready = [each.draft for each in tried if each.reason is None]
        exact = [each.draft for each in tried if each.reason is None and not each.losses]
        if not ready:
            return
        back = read(written(ready, form))
        assert [draft.title for draft in back] == [draft.title for draft in ready]
        if ready == exact:
            assert [content_of(draft) for draft in back] == [content_of(draft) for draft in ready]

    all_of_them()


def a_draft(kind: Kind, content: Any, stem: str = "So?") -> Draft:
    return Draft("Topic", "Title", kind, Rich(stem, "html"), content, None)


OPTIONS = (Option("a", Rich("one", "html"), 1.0), Option("b", Rich("two", "html"), 0.0))
GAPS = Cloze((ShortText((Form("authority", 1.0),)), Choices(OPTIONS, one_only=True)))
SPOT = Hotspot("lock.png", (Area("a", "door", Shape.RECT, (1.0, 1.0, 9.0, 9.0), 1.0),))


@pytest.mark.parametrize(
    ("draft", "form", "told"),
    [
        (a_draft(Kind.CLOZE, GAPS, "To the [[1]] within [[2]]."), "moodle", "goes out"),
        (a_draft(Kind.CLOZE, GAPS, "To the [[1]] within [[2]]."), "csv", "goes out"),
        (a_draft(Kind.CLOZE, GAPS, "To the [[1]] within [[2]]."), "gift", "no place for this kind"),
        (a_draft(Kind.OPEN, OpenText(Rich("Model", "html"))), "gift", "goes out"),
        (a_draft(Kind.OPEN, OpenText(Rich("Model", "html"))), "moodle", "goes out"),
        (a_draft(Kind.OPEN, OpenText(Rich("Model", "html"), (Rich("Point", "html"),))), "moodle", "not come back"),
        (a_draft(Kind.OPEN, OpenText(Rich("Model", "html"), (Rich("Point", "html"),))), "csv", "goes out"),
        (a_draft(Kind.HOTSPOT, SPOT), "moodle", "Moodle has markers with a text instead"),
        (a_draft(Kind.TRUE_FALSE, Statement(True), '<img src="media:x.png">'), "gift", "shows a picture"),
        (a_draft(Kind.SINGLE, Choices(OPTIONS, one_only=True, shuffle=False)), "gift", "keep their order"),
        (a_draft(Kind.SHORT_TEXT, ShortText((Form("word", 1.0),), typos=True)), "moodle", "slips of the finger"),
        (a_draft(Kind.SHORT_TEXT, ShortText((Form("word", 1.0),), exact_case=True)), "gift", "not come back"),
        (replace(a_draft(Kind.TRUE_FALSE, Statement(True)), objectives=("Knows it",)), "moodle", "learning goals"),
        (replace(a_draft(Kind.TRUE_FALSE, Statement(True)), rests_on="AVG 4"), "gift", "it rests on"),
        (replace(a_draft(Kind.TRUE_FALSE, Statement(True)), objectives=("A", "B"), rests_on="C"), "csv", "goes out"),
    ],
)
def test_what_a_form_cannot_hold_is_told(draft: Draft, form: str, told: str) -> None:
    (tried,) = outgoing([draft], form)
    said = " ".join(map(str, filter(None, [tried.reason, *tried.losses])))
    assert said == "" if told == "goes out" else told in said
    assert bool(tried.losses) == (told in ("keep their order", "slips of the finger", "learning goals", "it rests on"))


def test_a_sheet_holds_no_formula_and_gives_the_texts_back() -> None:
    stems = ["=SUM(A1)", "+31 6", "-5", "@a", "'=x", "''=x", "'plain'"]
    made = [a_draft(Kind.TRUE_FALSE, Statement(True), stem) for stem in stems]
    data = written(made, "csv")
    cells = [cell for line in data.decode("utf-8-sig").splitlines() for cell in line.split(",")]
    assert not [cell for cell in cells if cell.lstrip('"').startswith(("=", "+", "-", "@"))]
    assert [draft.stem.text for draft in read(data)] == stems


def test_a_name_that_nobody_gave_is_not_a_title() -> None:
    draft = replace(a_draft(Kind.TRUE_FALSE, Statement(True), "<p>A rather plain sentence.</p>"), title="")
    data = written([draft], "moodle")
    assert b"<text>A rather plain sentence.</text>" in data
    assert [each.title for each in read(data)] == [""]
