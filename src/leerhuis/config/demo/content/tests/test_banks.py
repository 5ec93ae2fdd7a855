"""The question banks: readable by the product's own importer without a remark, complete, and written with care."""

import re
from collections import Counter, defaultdict

import pytest

from leerhuis.config.demo.content.kinds import Bank
from leerhuis.config.demo.content.loader import banks
from leerhuis.practice.exchange.drafts import Draft, read_gift
from leerhuis.practice.kinds import Choices, Kind, Pairs

each_bank = pytest.mark.parametrize("bank", banks(), ids=lambda bank: bank.slug)
IN_GIFT = {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.SHORT_TEXT, Kind.NUMERIC, Kind.MATCHING}


def drafts(bank: Bank) -> list[Draft]:
    return [reported.draft for reported in read_gift(bank.read()) if reported.draft]


def test_there_are_three_banks_of_our_own() -> None:
    assert [bank.slug for bank in banks()] == [
        "privacy-op-het-werk",
        "adviseren-over-verzekeringen",
        "eerste-hulp-bij-noodsituaties",
    ]


@each_bank
def test_every_question_comes_in_without_a_remark(bank: Bank) -> None:
    assert [
        (each.line, each.reason, each.notices) for each in read_gift(bank.read()) if each.reason or each.notices
    ] == []


@each_bank
def test_braces_balance_and_no_mark_of_gift_stands_loose(bank: Bank) -> None:
    for number, line in enumerate(bank.read().splitlines(), start=1):
        if line.startswith("//"):
            continue
        bare = re.sub(r"\\[~=#{}:\\]", "", line)
        bare = re.sub(r"^\t(=|~%-?[0-9.]+%|~|#### ?)", "", re.sub(r"^::[^:]+::", "", bare.replace("\t####", "\t")))
        bare = re.sub(r"\{(TRUE|FALSE|#[0-9.:]+)?####", "", bare)
        bare = bare.removesuffix("}").removesuffix("{").replace("####", "").removeprefix("$CATEGORY:")
        assert not re.search(r"[~={}]|:|#.*#", bare), f"line {number}: {line}"
    opened = re.sub(r"\\.", "", re.sub(r"(?m)^//.*$", "", bank.read()))
    assert opened.count("{") == opened.count("}") == len(drafts(bank))


@each_bank
def test_a_bank_has_four_topics_and_all_six_kinds(bank: Bank) -> None:
    made = drafts(bank)
    assert len(made) >= 24
    assert set(Counter(draft.kind for draft in made)) == IN_GIFT
    topics: dict[str, set[Kind]] = defaultdict(set)
    sizes = Counter(draft.topic for draft in made)
    for draft in made:
        topics[draft.topic].add(draft.kind)
    assert len(topics) == 4
    assert min(sizes.values()) >= 6
    assert all(len(kinds) >= 3 for kinds in topics.values()), topics


@each_bank
def test_every_question_has_a_title_an_id_and_an_explanation(bank: Bank) -> None:
    made = drafts(bank)
    assert len({draft.title for draft in made}) == len({draft.source_id for draft in made}) == len(made)
    for draft in made:
        assert draft.title, draft
        assert draft.source_id, draft.title
        assert draft.explanation is not None, draft.title
        assert len(draft.explanation.text) > 60, draft.title
        assert {draft.stem.format, draft.explanation.format} == {"markdown"}, draft.title


@each_bank
def test_options_can_be_shuffled_and_single_choices_explain_every_option(bank: Bank) -> None:
    for draft in drafts(bank):
        if not isinstance(draft.content, Choices):
            continue
        assert draft.content.shuffle, draft.title
        assert len(draft.content.options) >= 4, draft.title
        if draft.kind is Kind.SINGLE:
            assert [option.share for option in draft.content.options].count(1.0) == 1, draft.title
            if any(option.feedback for option in draft.content.options):
                assert all(option.feedback for option in draft.content.options if not option.share), draft.title


@each_bank
def test_the_right_answer_does_not_give_itself_away(bank: Bank) -> None:
    singles = [draft.content for draft in drafts(bank) if draft.kind is Kind.SINGLE]
    longest = first = 0
    for content in singles:
        assert isinstance(content, Choices)
        lengths = [len(option.text.text) for option in content.options]
        right = [option.share for option in content.options].index(1.0)
        longest += lengths[right] == max(lengths) and lengths.count(max(lengths)) == 1
        first += right == 0
    assert longest <= len(singles) / 2
    assert first <= len(singles) / 2


@each_bank
def test_true_and_false_both_occur(bank: Bank) -> None:
    said = Counter(draft.content.is_true for draft in drafts(bank) if draft.kind is Kind.TRUE_FALSE)
    assert min(said[True], said[False]) >= 2


@each_bank
def test_pairs_differ_on_both_sides(bank: Bank) -> None:
    for draft in drafts(bank):
        if isinstance(draft.content, Pairs):
            lefts = [match.left.text for match in draft.content.matches]
            rights = [match.right for match in draft.content.matches]
            assert len(set(lefts)) == len(set(rights)) == len(lefts) >= 3, draft.title


@each_bank
def test_the_language_is_calm(bank: Bank) -> None:
    text = re.sub(r"(?m)^//.*$", "", bank.read())
    assert "!" not in text
    assert not re.search(r"\b(je|jij|jouw|jullie)\b", text)
