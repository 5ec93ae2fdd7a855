"""Judging what was typed: words, with slips forgiven where the author allows it, and numbers with units."""

import math
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

from leerhuis.practice.kinds import Form, Numbers, ShortText, Span
from leerhuis.practice.verdicts import Outcome, Verdict, outcome_of, said

LONGEST_ANSWER: Final = 400  # characters
FORGIVEN: Final = ((15, 3), (9, 2), (5, 1))  # from so many letters on, so many slips
_CLOSE: Final = 1e-9  # relative; decimal fractions are not exact in binary
# "¦" is what a "|" becomes in the answer to a text with gaps.
_SIGNS: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "¦": "|"})
_NUMBER: Final = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d{1,3})?", re.IGNORECASE)
_GROUPED: Final = re.compile(r"([-+]?)(\d{1,3})((?:[.,]\d{3})+)([.,]\d+)?")
_UNIT_BEHIND: Final = re.compile(r"(.*\d[.,]?)\s*([^\d\s.,].{0,30})")


def one_line(text: str) -> str:
    """Return a typed answer on one line, without needless spaces, at most 400 characters."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text[:LONGEST_ANSWER])).strip()


def grade_text(accepted: ShortText, answer: str) -> Verdict:
    """Judge typed words: the best form that fits; else, where slips are forgiven, the form that was surely meant."""
    exact = accepted.exact_case
    given = _comparable(answer, exact=exact)
    best = _best(form for form in accepted.forms if _fits(_comparable(form.text, exact=exact), given))
    if best:
        return Verdict(outcome_of(best.share), said(best.feedback))
    meant = _meant(accepted, given) if accepted.typos else None
    return Verdict(outcome_of(meant.share), said(meant.feedback), meant.text) if meant else Verdict(Outcome.WRONG)


def slips_forgiven(word: str) -> int:
    """Return how many letters of a text may be wrong, missing, too many or swapped: 0 in a short one, at most 3."""
    letters = sum(c.isalpha() for c in word)
    return next((slips for least, slips in FORGIVEN if letters >= least), 0)


def _meant(accepted: ShortText, given: str) -> Form | None:
    """Return the form nearest to what was typed, when it lies near enough, and nearer than any that counts for less.

    Figures must be the same: article 6 is not article 9.
    """
    near = []
    for form in accepted.forms:
        wanted = _comparable(form.text, exact=accepted.exact_case)
        slips = slips_forgiven(wanted)
        if slips and "*" not in wanted and re.findall(r"\d+", wanted) == re.findall(r"\d+", given):
            away = OSA.distance(wanted, given, score_cutoff=slips)
            if away <= slips:
                near.append((away, form.share, form))
    return min(near, key=lambda each: each[:2])[2] if near else None


def _best(forms: Iterable[Form]) -> Form | None:
    return max(forms, key=lambda form: form.share, default=None)


def _comparable(text: str, *, exact: bool) -> str:
    plain = one_line(text).translate(_SIGNS)
    return plain if exact else plain.casefold()


def _fits(pattern: str, given: str) -> bool:
    """True when a text fits a form in which ``*`` stands for any text."""
    first, *rest = [part.strip() for part in pattern.split("*")]
    if not rest:
        return given == first
    *middle, last = rest
    if not given.startswith(first) or not given.endswith(last) or len(given) < len(first) + len(last):
        return False
    inside = given[len(first) : len(given) - len(last)]
    for part in middle:
        found = inside.find(part)
        if found < 0:
            return False
        inside = inside[found + len(part) :]
    return True


def grade_number(accepted: Numbers, answer: str) -> Verdict:
    """Judge a typed number in the unit typed behind it; where one is needed, a right number alone is partly right."""
    bare, factor, has_unit = _in_first_unit(accepted, answer)
    readings = {reading * factor for reading in numbers_in(bare)}
    best = max(
        (span for span in accepted.spans if any(_lies_in(span, reading) for reading in readings)),
        key=lambda span: span.share,
        default=None,
    )
    if best is None:
        return Verdict(Outcome.WRONG, said(accepted.otherwise))
    outcome = outcome_of(best.share)
    if accepted.unit_needed and not has_unit and outcome is Outcome.RIGHT:
        outcome = Outcome.PARTLY
    return Verdict(outcome, said(best.feedback))


def is_number(accepted: Numbers, answer: str) -> bool:
    """True for a number, with a unit of the question behind it, or with any word where a unit is asked for."""
    return bool(numbers_in(_in_first_unit(accepted, answer)[0]))


def numbers_in(text: str) -> set[float]:
    """Return the readings of a typed number: with a comma or a point; "1.000" reads as one and as a thousand."""
    bare = re.sub(r"[\s€%_'’]", "", text).replace("−", "-")  # noqa: RUF001 - the minus sign that phones type
    readings = set()
    if _NUMBER.fullmatch(bare):
        readings.add(float(bare.replace(",", ".")))
    if grouped := _GROUPED.fullmatch(bare):
        sign, head, groups, rest = grouped.groups()
        if len({mark for mark in groups if mark in ".,"}) == 1 and (rest or "")[:1] != groups[0]:
            whole = head + re.sub(r"[.,]", "", groups)
            readings.add(float(sign + whole + (rest or "").replace(",", ".")))
    return {reading for reading in readings if math.isfinite(reading)}


def _in_first_unit(accepted: Numbers, answer: str) -> tuple[str, float, bool]:
    """Return the number without its unit, what to multiply it by, and whether a unit of the question was typed.

    Units are told apart by their capitals (mW, MW) before these are left aside; the longest one wins (km before m).
    """
    longest_first = sorted(accepted.units, key=lambda unit: -len(unit.text))
    for plain in (str, str.casefold):
        for unit in longest_first:
            head = plain(answer).removesuffix(plain(unit.text))
            if unit.text and head != plain(answer) and numbers_in(head):
                return head, unit.factor, True
    if accepted.unit_needed and (found := _UNIT_BEHIND.fullmatch(answer)):
        return found[1], 1.0, False
    return answer, 1.0, False


def _lies_in(span: Span, value: float) -> bool:
    return (
        span.low <= value <= span.high
        or math.isclose(value, span.low, rel_tol=_CLOSE)
        or math.isclose(value, span.high, rel_tol=_CLOSE)
    )
