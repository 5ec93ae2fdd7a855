"""Moodle XML: each kind, its traps, and what is not asked here, by name."""

import pytest

from leerhuis.practice.exchange.drafts import Draft, Reported
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.exchange.reading import read_file
from leerhuis.practice.exchange.remarks import Notice
from leerhuis.practice.kinds import (
    Choices,
    Cloze,
    Form,
    Kind,
    Match,
    Numbers,
    OpenText,
    Option,
    Ordering,
    Pairs,
    ShortText,
    Span,
    Statement,
    Unit,
)


def items(body: str, head: str = "") -> list[Reported]:
    return list(read_file(f"<?xml version='1.0' encoding='UTF-8'?><quiz>{head}{body}</quiz>".encode()).items)


def question(type_: str, inside: str = "", text: str = "Which?") -> str:
    return (
        f'<question type="{type_}"><name><text>Name</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{inside}</question>'
    )


def answer(fraction: str, text: str, more: str = "") -> str:
    return f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text>{more}</answer>'


def only(type_: str, inside: str, text: str = "Which?") -> Draft:
    (reported,) = items(question(type_, inside, text))
    assert reported.draft, reported
    return reported.draft


def shares(inside: str) -> tuple[Kind, list[float]]:
    draft = only("multichoice", inside)
    assert isinstance(draft.content, Choices)
    return draft.kind, [option.share for option in draft.content.options]


def test_fractions_are_shares_and_the_file_says_whether_one_or_several_are_right() -> None:
    one, several = "<single>true</single>", "<single>false</single>"
    assert shares(one + answer("100", "a") + answer("33.33333", "b") + answer("-50", "c")) == (
        Kind.SINGLE,
        [1, 0.3333333, 0],
    )
    assert shares(several + answer("100", "a") + answer("0", "b")) == (Kind.MULTIPLE, [1, 0])
    assert shares(several + answer("50", "a") + answer("50", "b") + answer("-100", "c")) == (Kind.MULTIPLE, [1, 1, 0])


def test_options_keep_their_order_where_the_file_says_so() -> None:
    two = answer("100", "a") + answer("0", "b")
    fixed = only("multichoice", "<shuffleanswers>0</shuffleanswers>" + two).content
    mixed = only("multichoice", "<shuffleanswers>1</shuffleanswers>" + two).content
    assert isinstance(fixed, Choices)
    assert isinstance(mixed, Choices)
    assert (fixed.shuffle, mixed.shuffle) == (False, True)


def test_each_kind_is_read() -> None:
    told = "<feedback><text>said</text></feedback>"
    assert only("truefalse", answer("0", "true", told) + answer("100", "false")).content == Statement(
        False, when_true=Rich("said", "html")
    )
    assert only("shortanswer", "<usecase>1</usecase>" + answer("100", "GDPR")).content == ShortText(
        (Form("GDPR", 1.0),), exact_case=True
    )
    pairs = "".join(
        f'<subquestion format="html"><text>{left}</text><answer><text>{right}</text></answer></subquestion>'
        for left, right in (("a", "1"), ("b", "2"), ("", "3"))
    )
    assert only("matching", pairs).content == Pairs(
        (Match(Rich("a", "html"), "1"), Match(Rich("b", "html"), "2")), ("3",)
    )
    essay = only("essay", '<graderinfo format="html"><text>A good answer</text></graderinfo>')
    assert (essay.kind, essay.content) == (Kind.OPEN, OpenText(Rich("A good answer", "html")))
    ordering = only("ordering", answer("2", "second") + answer("1", "first")).content
    assert isinstance(ordering, Ordering)
    assert [item.text.text for item in ordering.items] == ["first", "second"]


def test_a_number_has_a_margin_and_units() -> None:
    inside = (
        answer("100", "0.3", "<tolerance>0.1</tolerance>")
        + answer("50", "1,5", "<tolerance>0</tolerance>")
        + answer("0", "*", "<feedback><text>no</text></feedback>")
        + "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>"
        + "<unit><multiplier>0.001</multiplier><unit_name>km</unit_name></unit></units>"
        + "<unitgradingtype>1</unitgradingtype>"
    )
    assert only("numerical", inside).content == Numbers(
        (Span(0.2, 0.4, 1.0), Span(1.5, 1.5, 0.5)),
        Rich("no", "html"),
        (Unit("m"), Unit("km", 1000.0)),
        unit_needed=True,
    )


def test_gaps_in_the_text_are_read_with_their_weights_and_escapes() -> None:
    text = r"At the {1:SHORTANSWER:=AP#good~%50%A\}P} in {2:NM:=72:1} hours or {1:MCS:=a~b}, {1:SAC:=X}."
    draft = only("cloze", "", text)
    assert draft.stem.text == "At the [[1]] in [[2]] hours or [[3]], [[4]]."
    assert draft.content == Cloze(
        (
            ShortText((Form("AP", 1.0, Rich("good", "html")), Form("A}P", 0.5))),
            Numbers((Span(71.0, 73.0, 1.0),)),
            Choices((Option("a", Rich("a", "html"), 1.0), Option("b", Rich("b", "html"), 0.0)), one_only=True),
            ShortText((Form("X", 1.0),), exact_case=True),
        )
    )


def test_words_of_a_list_are_the_options_of_their_group() -> None:
    words = "".join(
        f"<selectoption><text>{word}</text><group>{group}</group></selectoption>"
        for word, group in (("is", 1), ("are", 1), ("law", 2), ("rule", 2))
    )
    draft = only("gapselect", words, "This [[2]] a [[4]].")
    assert draft.stem.text == "This [[1]] a [[2]]."
    assert isinstance(draft.content, Cloze)
    chosen = [gap for gap in draft.content.gaps if isinstance(gap, Choices)]
    assert [[(o.text.text, o.share) for o in gap.options] for gap in chosen] == [
        [("is", 0.0), ("are", 1.0)],
        [("law", 0.0), ("rule", 1.0)],
    ]


@pytest.mark.parametrize(
    ("type_", "inside", "text", "reason"),
    [
        ("stack", "", "x", "computed"),
        ("calculated", "", "x", "computed"),
        ("coderunner", "", "x", "program"),
        ("ddimageortext", "", "x", "on_picture"),
        ("random", "", "x", "random"),
        ("somethingnew", "", "x", "other_kind"),
        ("description", "", "x", "description"),
        ("essay", "", "x", "essay"),
        ("cloze", "", "no gaps", "with_gaps"),
        ("cloze", "", "{1:MULTIRESPONSE:=a~=b}", "with_gaps"),
        ("cloze", "", "{1:SA:~wrong}", "with_gaps"),
        ("cloze", "", "{1:SA:=open", "with_gaps"),
        ("gapselect", "", "A [[9]]", "with_gaps"),
        ("multichoice", "", "x", "one_option"),
        ("multichoice", answer("100", "") + answer("0", "b"), "x", "empty_answer"),
        ("multichoice", answer("x", "a") + answer("0", "b"), "x", "no_number"),
        ("truefalse", answer("100", "true"), "x", "missing_part"),
        ("numerical", answer("100", "many"), "x", "no_number"),
        ("shortanswer", answer("100", "a"), "", "no_stem"),
        ("matching", "<subquestion><text>a</text></subquestion>", "x", "pair_broken"),
        (
            "truefalse",
            answer("100", "true") + answer("0", "false"),
            '<img src="@@PLUGINFILE@@/a.png">',
            "picture_missing",
        ),
    ],
)
def test_what_cannot_come_in_is_told_by_name_kind_and_reason(type_: str, inside: str, text: str, reason: str) -> None:
    (reported,) = items(question(type_, inside, text))
    assert (reported.draft, reported.reason, reported.called, reported.label) == (None, reason, type_, "Name")


def test_categories_are_topics_and_ids_tell_sites_apart() -> None:
    category = (
        '<question type="category"><category><text>$course$/top/Default for Law / Privacy</text></category></question>'
    )
    statement = question("truefalse", answer("100", "true") + answer("0", "false"))
    with_number = statement.replace("</question>", "<idnumber>q7</idnumber></question>")
    reported = items(f"<!-- question: 12  -->{statement}<!-- question: 0 -->{statement}{with_number}", category)
    drafts = [each.draft for each in reported if each.draft]
    assert [draft.source_id for draft in drafts] == ["12 Name", "", "q7"]
    assert {draft.topic for draft in drafts} == {"Privacy"}


def test_formats_and_tags_are_taken_over() -> None:
    body = question("truefalse", answer("100", "true") + answer("0", "false")).replace("html", "markdown", 1)
    (reported,) = items(body.replace("</question>", "<tags><tag><text>t1</text></tag></tags></question>"))
    assert reported.draft
    assert (reported.draft.stem.format, reported.draft.tags) == ("markdown", ("t1",))


def test_a_picture_without_words_is_told() -> None:
    inside = answer("100", "true") + answer("0", "false")
    text = '<img src="data:image/png;base64,iVBORw0KGgo=">'
    (reported,) = items(question("truefalse", inside, text))
    assert reported.notices == (Notice.NO_ALT,)
    assert reported.draft
    (picture,) = reported.draft.pictures
    assert reported.draft.stem.text == f'<img src="media:{picture.name}">'


def test_a_file_that_says_to_be_utf8_and_is_not_is_read_as_windows_wrote_it() -> None:
    body = question("truefalse", answer("100", "true") + answer("0", "false"), "Eén?")
    data = f"<?xml version='1.0' encoding='UTF-8'?><quiz>{body}</quiz>".encode("cp1252")
    assert [each.draft.stem.text for each in read_file(data).items if each.draft] == ["Eén?"]


def test_one_broken_item_stops_no_other() -> None:
    good = question("truefalse", answer("100", "true") + answer("0", "false"))
    reported = items(good + question("numerical", answer("100", "x")) + good)
    assert [each.draft is not None for each in reported] == [True, False, True]
