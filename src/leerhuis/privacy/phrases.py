"""How declarations are read out in Dutch and in English: whole phrases, never glued from single words."""

from typing import Final, Literal

from babel import Locale

from leerhuis.academies.settings import Supplier
from leerhuis.charter.audiences import Sight
from leerhuis.charter.declarations import Basis, Declaration, Processor, Purpose, Recipient
from leerhuis.charter.records import Customer
from leerhuis.charter.register import Declared, in_force
from leerhuis.charter.terms import Term
from leerhuis.charter.words import Word
from leerhuis.privacy.figures import Facts, Unsayable

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")

# The European Economic Area: where the AVG holds, so that no transfer (articles 44-49) takes place.
EEA: Final = frozenset(
    "EU AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO".split()
)
_YEAR, _MONTH = 365.25, 30.44  # days, for comparing terms only


def said(thing: Declaration | Word | Customer, language: Language, part: str = "") -> str:
    """Return the text of a declaration or word in a language; `part` names a further text (``clock``)."""
    return str(getattr(thing, f"{part}_{language}" if part else language))


def pick(language: Language, nl: str, en: str) -> str:
    """Return the text in the language asked for."""
    return nl if language == "nl" else en


def capital(text: str) -> str:
    """Return a phrase as it begins a line."""
    return text[:1].upper() + text[1:]


def words_in(words: tuple[Word, ...], language: Language) -> str:
    """Return categories of data side by side; by semicolons, because a category may hold commas itself."""
    return "; ".join(said(word, language) for word in words)


def basis_in(purpose: Purpose, language: Language) -> str:
    """Return the ground of article 6(1) AVG on which a purpose rests, with the interest where it is one."""
    ground = said_basis(purpose.basis, language)
    interest = said(purpose, language, "interest") if purpose.basis is Basis.INTEREST else ""
    return f"{ground}: {interest}" if interest else ground


def said_basis(basis: Basis, language: Language) -> str:
    """Return the name of a ground."""
    return pick(language, basis.nl, basis.en)


def term_in_force(purpose: Purpose, facts: Facts) -> Term:
    """Return how long rows are kept after their clock started, as this academy chose it."""
    return facts.chosen.term(purpose.term, purpose.keep)


def until_in(purpose: Purpose, facts: Facts, language: Language) -> str:
    """Return until when rows are kept: "tot 2 jaar na het einde van uw opleiding"."""
    term = term_in_force(purpose, facts).text(language)
    return pick(language, f"tot {term} {purpose.clock_nl}", f"until {term} {purpose.clock_en}")


def is_longer(purpose: Purpose, facts: Facts) -> bool:
    """True when an academy keeps rows longer than their package thinks is needed."""
    return _length(term_in_force(purpose, facts)) > _length(purpose.keep)


def _length(term: Term) -> float:
    return term.years * _YEAR + term.months * _MONTH + term.days


def why_longer(purpose: Purpose, facts: Facts, language: Language) -> str:
    """Return why an academy keeps rows longer than declared; empty when it does not, or did not write down why."""
    if not is_longer(purpose, facts):
        return ""
    reasons = pick_reasons(facts, language)
    return reasons.get((purpose.term or "").removeprefix("terms."), "")


def pick_reasons(facts: Facts, language: Language) -> dict[str, str]:
    """Return the reasons for longer terms in a language, by the last step of their settings key."""
    return facts.chosen.terms.reasons if language == "nl" else facts.chosen.terms.reasons_en


def readers_in(purpose: Purpose, language: Language) -> tuple[str, ...]:
    """Return who sees the rows of a purpose, each with the words it is limited to.

    Raises Unsayable for a purpose that does not say who sees its rows.
    """
    if not purpose.seen_by:
        raise Unsayable(f"The purpose {purpose.key!r} does not say who sees its rows.")
    return tuple(_reader(sight, purpose, language) for sight in purpose.seen_by)


def _reader(sight: Sight, purpose: Purpose, language: Language) -> str:
    name = pick(language, sight.nl, sight.en) or pick(language, sight.audience.nl, sight.audience.en)
    if sight.only_if_agreed:
        name += pick(
            language,
            ", alleen als dat is afgesproken en u het vooraf van ons hoorde",
            ", only if that was agreed and we told you beforehand",
        )
    if set(purpose.uses) <= set(sight.words):
        return name
    return f"{name} ({pick(language, 'alleen', 'only')} {words_in(sight.words, language)})"


def receivers_in(declared: Declared, facts: Facts, language: Language) -> tuple[str, ...]:
    """Return who outside the academy receives data for a purpose: what its package declares, with the firms' names."""
    found = []
    for other, recipient in in_force(Recipient, facts):
        if gets(other, recipient, declared):
            found.append(said(recipient, language))
    for other, processor in in_force(Processor, facts):
        if other.package == declared.package or processor.holds_all:
            firms = ", ".join(firm.name for firm in facts.chosen.suppliers if firm.role == processor.role)
            if firms:
                found.append(f"{firms} ({said(processor, language)})")
    return tuple(found)


def gets(other: Declared, recipient: Recipient, declared: Declared) -> bool:
    """True for a recipient who receives something for a purpose: of the same package, and the purpose is named."""
    return other.package == declared.package and declared.declaration.key in recipient.purposes


def given_to(supplier: Supplier, facts: Facts) -> tuple[Word, ...]:
    """Return the categories of data that a supplier gets out of this system, in its role."""
    roles = [processor for _, processor in in_force(Processor, facts) if processor.role == supplier.role]
    return tuple(dict.fromkeys(word for processor in roles for word in processor.words))


def place_in(code: str, language: Language) -> str:
    """Return the name of a country by its ISO 3166 code, or of the EU; empty for an empty or unknown code."""
    return str(Locale(language).territories.get(code, ""))


def outside_eea(supplier: Supplier) -> bool:
    """True for a supplier in a country where the AVG does not hold; False when its place was not recorded."""
    return bool(supplier.place) and supplier.place not in EEA
