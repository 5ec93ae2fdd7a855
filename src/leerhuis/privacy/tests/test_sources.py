"""Each fact of the two source texts is placed: in the statement, or openly as not built."""

import re
from pathlib import Path

import pytest

from leerhuis.academies.settings import read_settings
from leerhuis.charter import register
from leerhuis.privacy.statement import compose

HOME = Path(__file__).parents[4]
PAGE = (HOME / "docs" / "reference" / "statement.md").read_text(encoding="utf-8")
EXAMPLES = [read_settings(HOME / "examples" / f"{name}.toml") for name in ("leffectief", "kjenning")]

# The promises that the two texts make (S: the service itself); none may disappear from the page.
PROMISES = """
S1 S2 L1 L2a L2b L3 L4 L5 L6 L7 L8a L8b L9 L10 L11 L12 L13a L13b L14a L14b L15 L16 L16b L17a L17b L18 L19 L20 L21 L22
L23 L24 L25 L26a L26b L27 L28 L29 L30 L31 L32a L32b L33 L34 L35 L36 L37 L38 K1 K2 K3 K4 K5a K5b K5c K5d K5e K6 K7 K8
K9a K9b K9c K10 K11 K12a K12b K13 K14 K15a K15b K16 K17 K18 K19a K19b K19c K20 K21
""".split()


# Facts that are not built, though the product tells something else of their promise, and what that is.
ANOTHER_PART = {
    "Which applications of third parties you use": "what practice uses is told; of others nothing is known",
    "Points are passed on to the register": "they are counted for it; nothing is sent there",
    "Your evaluation after the course": "the other data of a learner are told",
    "Purpose: NRTO mark": "teaching is told; nothing is kept for the mark",
    "By starting the training you agree to Zoom's conditions": "it is told that there are no links to meetings",
}


def rows() -> list[tuple[str, list[str], str]]:
    found = [line.strip("|").split(" | ") for line in PAGE.splitlines() if line.startswith("|")]
    return [
        (cue.strip(), promises.split(), where.strip())
        for cue, promises, where in (row for row in found if len(row) == 3)
        if promises != "Promise"
    ]


def ids_of(where: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", where))


def sayable() -> set[str]:
    said = {name for chosen in EXAMPLES for language in ("nl", "en") for name in compose(chosen, language).ids}
    return said | {each.id for each in register.everything()}


def test_every_promise_of_the_texts_is_on_the_page():
    told = {promise for _, promises, _ in rows() for promise in promises}

    assert set(PROMISES) - told == set()
    assert told - set(PROMISES) == {"W1", "W2", "W6"}


def test_every_row_says_where_it_stands_or_that_it_is_not_built():
    assert len(rows()) > 110
    assert [cue for cue, _, where in rows() if not ids_of(where) and not where.startswith("not built")] == []


def test_nothing_is_called_not_built_that_a_sentence_of_the_product_tells():
    told = {promise for each in register.everything() for promise in getattr(each.declaration, "promises", ())}
    doubtful = {cue for cue, named, where in rows() if where.startswith("not built") and told.intersection(named)}

    assert doubtful == set(ANOTHER_PART)


def test_every_place_named_is_there():
    assert {name for _, _, where in rows() for name in ids_of(where)} - sayable() == set()


def test_a_sentence_stands_behind_a_row_that_names_its_promise():
    of = {each.id: set(each.declaration.promises) for each in register.everything()}
    lost = [
        (name, sorted(promises))
        for name, promises in of.items()
        if promises and name in ids_of(PAGE)
        and not promises & {p for _, named, where in rows() if name in ids_of(where) for p in named}
    ]  # fmt: skip

    assert lost == []


@pytest.mark.parametrize("chosen", EXAMPLES, ids=["leffectief", "kjenning"])
def test_every_sentence_and_purpose_of_the_statement_is_on_the_page(chosen):
    statement = compose(chosen, "nl")
    told = {sentence.id for section in statement.sections for sentence in section.sentences}
    told |= {entry.id for section in statement.sections for entry in section.entries}

    assert told - ids_of(PAGE) == set()
