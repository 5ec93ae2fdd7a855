"""QTI 2.1 and 3.0: items and packages, each task, and what is not asked here."""

import io
import zipfile

import pytest

from leerhuis.practice.exchange.drafts import Draft, Reported
from leerhuis.practice.exchange.files import Unreadable
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.exchange.reading import read_file
from leerhuis.practice.kinds import (
    Area,
    Choices,
    Cloze,
    Form,
    Hotspot,
    Kind,
    Match,
    Numbers,
    OpenText,
    Ordering,
    Pairs,
    Shape,
    ShortText,
    Span,
)


def declared(values: str = "", more: str = "", *, cardinality: str = "single", base: str = "identifier") -> str:
    right = "".join(f"<value>{value}</value>" for value in values.split(",") if value)
    return (
        f'<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{right}</correctResponse>{more}</responseDeclaration>"
    )


def item(head: str, body: str, tail: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'
        f' identifier="i1" title="Title">{head}<itemBody>{body}</itemBody>{tail}</assessmentItem>'
    ).encode()


def only(head: str, body: str, tail: str = "") -> Draft:
    (reported,) = read_file(item(head, body, tail)).items
    assert reported.draft, reported
    return reported.draft


def choice(*texts: str, more: str = 'maxChoices="1" shuffle="true"') -> str:
    choices = "".join(f'<simpleChoice identifier="c{n}">{text}</simpleChoice>' for n, text in enumerate(texts))
    return f'<choiceInteraction responseIdentifier="R" {more}><prompt>Which?</prompt>{choices}</choiceInteraction>'


def shares(draft: Draft) -> list[float]:
    assert isinstance(draft.content, Choices)
    return [option.share for option in draft.content.options]


def test_a_choice_is_read_with_its_prompt_and_its_feedback() -> None:
    told = '<modalFeedback identifier="c1" outcomeIdentifier="F" showHide="show">No: <b>b</b></modalFeedback>'
    draft = only(declared("c0"), "<p>Look.</p>" + choice("<p>a</p>", "b"), told)
    assert (draft.title, draft.source_id, draft.kind) == ("Title", "i1", Kind.SINGLE)
    assert draft.stem.text == "<p>Look.</p>\n<p>Which?</p>"
    assert isinstance(draft.content, Choices)
    assert [(o.text.text, o.share, o.feedback) for o in draft.content.options] == [
        ("a", 1.0, None),
        ("b", 0.0, Rich("No: <b>b</b>", "html")),
    ]


def test_several_are_right_where_several_may_be_chosen() -> None:
    draft = only(declared("c0,c2", cardinality="multiple"), choice("a", "b", "c", more='maxChoices="0"'))
    assert (draft.kind, shares(draft)) == (Kind.MULTIPLE, [1, 0, 1])
    assert isinstance(draft.content, Choices)
    assert not draft.content.shuffle


def test_a_mapping_counts_only_where_the_item_counts_by_it() -> None:
    entries = '<mapEntry mapKey="c0" mappedValue="2"/><mapEntry mapKey="c1" mappedValue="1"/>'
    head = declared("c0", f"<mapping>{entries}</mapping>")
    by_map = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>'
    assert shares(only(head, choice("a", "b", "c"))) == [1, 0, 0]
    assert shares(only(head, choice("a", "b", "c"), by_map)) == [1, 0.5, 0]


def test_typed_answers_are_texts_or_numbers() -> None:
    entry = '<p>The <textEntryInteraction responseIdentifier="R"/> watches.</p>'
    mapping = '<mapping><mapEntry mapKey="AP" mappedValue="1" caseSensitive="false"/></mapping>'
    draft = only(declared("AP", mapping, base="string"), entry)
    assert draft.stem.text == "<p>The  _____  watches.</p>"
    assert draft.content == ShortText((Form("AP", 1.0),))
    near = (
        '<responseProcessing><equal toleranceMode="absolute" tolerance="0.1 0.2"><variable identifier="R"/>'
        '<correct identifier="R"/></equal></responseProcessing>'
    )
    assert only(declared("3", base="float"), entry, near).content == Numbers((Span(2.9, 3.2, 1.0),))


def test_gaps_in_a_text_are_typed_or_chosen() -> None:
    two = declared("a", base="string") + declared("y").replace('"R"', '"S"')
    body = (
        '<p>One <textEntryInteraction responseIdentifier="R"/> or <inlineChoiceInteraction responseIdentifier="S">'
        '<inlineChoice identifier="x">no</inlineChoice><inlineChoice identifier="y">yes</inlineChoice>'
        "</inlineChoiceInteraction>.</p>"
    )
    draft = only(two, body)
    assert draft.stem.text == "<p>One [[1]] or [[2]].</p>"
    assert isinstance(draft.content, Cloze)
    assert isinstance(draft.content.gaps[1], Choices)
    assert [o.share for o in draft.content.gaps[1].options] == [0.0, 1.0]


def test_words_are_put_into_a_text() -> None:
    body = (
        '<gapMatchInteraction responseIdentifier="R"><prompt>Fill in</prompt><gapText identifier="w1">law</gapText>'
        '<gapText identifier="w2">rule</gapText><p>A <gap identifier="g1"/> is a <gap identifier="g2"/>.</p>'
        "</gapMatchInteraction>"
    )
    draft = only(declared("w2 g1,w1 g2", cardinality="multiple", base="directedPair"), body)
    assert "A [[1]] is a [[2]]." in draft.stem.text
    assert isinstance(draft.content, Cloze)
    assert [[o.share for o in gap.options] for gap in draft.content.gaps if isinstance(gap, Choices)] == [
        [0, 1],
        [1, 0],
    ]


def test_pairs_order_and_places_are_read() -> None:
    one = '<simpleAssociableChoice identifier="{0}">{0}!</simpleAssociableChoice>'
    sides = "".join(f"<simpleMatchSet>{''.join(map(one.format, each))}</simpleMatchSet>" for each in ("ab", "xyz"))
    pairs = f'<matchInteraction responseIdentifier="R">{sides}</matchInteraction>'
    assert only(declared("a x,b y", base="directedPair", cardinality="multiple"), pairs).content == Pairs(
        (Match(Rich("a!", "html"), "x!"), Match(Rich("b!", "html"), "y!")), ("z!",)
    )
    order = choice("one", "two").replace("choiceInteraction", "orderInteraction")
    ordered = only(declared("c1,c0", cardinality="ordered"), order).content
    assert isinstance(ordered, Ordering)
    assert [each.text.text for each in ordered.items] == ["two", "one"]


def test_what_markers_are_told_is_the_model_answer() -> None:
    body = (
        '<p>Why?</p><extendedTextInteraction responseIdentifier="R"/><rubricBlock view="scorer">Because.</rubricBlock>'
    )
    draft = only(declared(base="string"), body)
    assert (draft.stem.text, draft.content) == ("<p>Why?</p>", OpenText(Rich("Because.", "html")))


def places() -> bytes:
    body = (
        '<hotspotInteraction responseIdentifier="R" maxChoices="1"><object data="map.png" width="200" height="100"/>'
        '<hotspotChoice identifier="c0" shape="circle" coords="100,50,20"/>'
        '<hotspotChoice identifier="c1" shape="rect" coords="0,0,20,10"/></hotspotInteraction>'
    )
    return item(declared("c0"), f"<p>Where?</p>{body}")


def package(files: dict[str, bytes], *, kind: str = "imsqti_item_xmlv2p1") -> bytes:
    resources = "".join(f'<resource type="{kind}" href="{name}"/>' for name in files if name.endswith(".xml"))
    manifest = (
        f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>{resources}</resources></manifest>'
    )
    return zipped({"imsmanifest.xml": manifest.encode(), **files})


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return made.getvalue()


def items(data: bytes) -> list[Reported]:
    return list(read_file(data).items)


def test_places_on_a_picture_come_with_the_picture_in_percents() -> None:
    (reported,) = items(package({"q/i.xml": places(), "q/map.png": b"png"}))
    assert reported.draft
    (picture,) = reported.draft.pictures
    assert reported.draft.content == Hotspot(
        picture.name,
        (
            Area("a", "A", Shape.CIRCLE, (50.0, 50.0, 10.0), 1.0),
            Area("b", "B", Shape.RECT, (0.0, 0.0, 10.0, 10.0), 0.0),
        ),
        ratio=0.5,
    )
    (without,) = items(package({"q/i.xml": places()}))
    assert without.reason == "picture_missing"


def test_pictures_are_found_beside_their_item_and_nowhere_else() -> None:
    shown = item(declared("c0"), '<p><img src="../p/a%20b.png" alt="x"/></p>' + choice("a", "b"))
    (found,) = items(package({"q/i.xml": shown, "p/a b.png": b"png"}))
    assert found.draft
    assert [picture.content for picture in found.draft.pictures] == [b"png"]
    outside = item(declared("c0"), '<p><img src="../../etc/passwd"/></p>' + choice("a", "b"))
    assert [each.reason for each in items(package({"q/i.xml": outside}))] == ["picture_missing"]
    elsewhere = item(declared("c0"), '<p><img src="http://x.example/a.png"/></p>' + choice("a", "b"))
    assert [each.reason for each in items(elsewhere)] == ["picture_missing"]


def test_a_package_is_read_in_the_order_of_its_test_and_a_broken_item_stops_no_other() -> None:
    good = item(declared("c0"), choice("a", "b"))
    test = b'<assessmentTest title="All"><testPart><assessmentSection title="S"><assessmentItemRef href="b.xml"/>'
    test += b'<assessmentItemRef href="a.xml"/></assessmentSection></testPart></assessmentTest>'
    manifest = (
        '<manifest><resources><resource type="imsqti_test_xmlv2p1" href="test.xml"/>'
        + "".join(
            f'<resource type="imsqti_item_xmlv2p1" href="{name}"/>' for name in ("a.xml", "b.xml", "c.xml", "d.xml")
        )
        + "</resources></manifest>"
    )
    files = {"test.xml": test, "a.xml": good.replace(b"i1", b"A"), "b.xml": good.replace(b"i1", b"B"), "c.xml": b"<x"}
    found = items(zipped({"imsmanifest.xml": manifest.encode(), **files}))
    assert [(each.draft.source_id, each.draft.topic) for each in found if each.draft] == [("B", "All"), ("A", "All")]
    assert [(each.label, each.reason) for each in found if not each.draft] == [
        ("c.xml", "broken_file"),
        ("d.xml", "missing_part"),
    ]


def test_items_without_a_manifest_are_found() -> None:
    good = item(declared("c0"), choice("a", "b"))
    assert len(items(zipped({"x/a.xml": good, "readme.xml": b"<other/>"}))) == 1


@pytest.mark.parametrize(
    ("head", "body", "reason"),
    [
        ("", "<p>Only a text.</p>", "description"),
        (declared(), choice("a", "b"), "no_key"),
        ("", choice("a", "b"), "missing_part"),
        (declared("c0"), choice("a", ""), "empty_answer"),
        (declared("c0") + "<templateDeclaration/>", choice("a", "b"), "computed"),
        (declared("c0"), "<math><mi>x</mi></math>" + choice("a", "b"), "formula"),
        (declared("c0"), choice("a", "b") + choice("a", "b"), "several_tasks"),
        (declared("c0"), '<sliderInteraction responseIdentifier="R"/>', "other_kind"),
        (declared("c0"), '<uploadInteraction responseIdentifier="R"/>', "other_kind"),
        (declared("1 1", base="point"), '<selectPointInteraction responseIdentifier="R"/>', "on_picture"),
        (declared(base="string"), '<p>Why?</p><extendedTextInteraction responseIdentifier="R"/>', "essay"),
        (declared("many", base="integer"), '<p><textEntryInteraction responseIdentifier="R"/></p>', "no_number"),
    ],
)
def test_what_cannot_come_in_is_told_with_the_reason(head: str, body: str, reason: str) -> None:
    assert [(each.draft, each.reason) for each in items(item(head, body))] == [(None, reason)]


def test_the_names_of_qti_3_mean_the_same() -> None:
    three = (
        '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i1" title="T">'
        '<qti-response-declaration identifier="R" cardinality="single" base-type="identifier"><qti-correct-response>'
        "<qti-value>c0</qti-value></qti-correct-response></qti-response-declaration><qti-item-body><p>Look</p>"
        '<qti-choice-interaction response-identifier="R" max-choices="1" shuffle="true"><qti-prompt>Which?</qti-prompt>'
        '<qti-simple-choice identifier="c0">a</qti-simple-choice><qti-simple-choice identifier="c1">b'
        "</qti-simple-choice></qti-choice-interaction></qti-item-body></qti-assessment-item>"
    )
    two = only(declared("c0"), "<p>Look</p>" + choice("a", "b"))
    (reported,) = items(three.encode())
    assert reported.draft
    assert reported.draft.fingerprint == two.fingerprint


def test_qti_1_is_named() -> None:
    with pytest.raises(Unreadable, match=r"This is QTI 1\.2"):
        read_file(b"<?xml version='1.0'?><questestinterop/>")
    with pytest.raises(Unreadable, match=r"This is QTI 1\.2"):
        read_file(package({"a.xml": b"<questestinterop/>"}, kind="imsqti_xmlv1p2"))
