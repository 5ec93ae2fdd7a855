"""The record of processing (article 30(1) AVG), made of what packages declare and the academy chose."""

from dataclasses import dataclass

from leerhuis.academies.settings import Supplier
from leerhuis.charter.declarations import Capacity, Measure, Processor, Purpose, Recipient, Theme
from leerhuis.charter.register import Declared, in_force
from leerhuis.privacy import phrases
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.parts import purposes_in_order
from leerhuis.privacy.phrases import Language, capital, pick, said


@dataclass(frozen=True)
class Processing:
    """One line of the record: what article 30(1) asks to be known of one purpose, in words."""

    id: str
    purpose: str
    capacity: str
    basis: str
    persons: tuple[str, ...]
    data: tuple[str, ...]
    readers: tuple[str, ...]
    recipients: tuple[str, ...]
    transfers: tuple[str, ...]
    term: str


def record_of_processing(facts: Facts, language: Language) -> list[Processing]:
    """Return the record, a line for each purpose in force, in the order in which the statement tells them."""
    return [_line(each, purpose, facts, language) for each, purpose in purposes_in_order(facts)]


def measures_taken(facts: Facts, language: Language) -> list[str]:
    """Return the general description of technical and organisational measures (article 30(1)(g) AVG)."""
    told = (Theme.SECURITY, Theme.KEEPING)
    return [facts.fill(said(each, language)) for _, each in in_force(Measure, facts) if each.theme in told]


def _line(each: Declared, purpose: Purpose, facts: Facts, language: Language) -> Processing:
    firms = _firms(each, facts)
    receivers = [
        said(recipient, language)
        for other, recipient in in_force(Recipient, facts)
        if phrases.gets(other, recipient, each)
    ]
    return Processing(
        id=each.id,
        purpose=capital(said(purpose, language)),
        capacity=_capacity(purpose, language),
        basis=phrases.basis_in(purpose, language),
        persons=tuple(pick(language, group.nl, group.en) for group in purpose.whose),
        data=tuple(said(word, language) for word in purpose.uses),
        readers=phrases.readers_in(purpose, language),
        recipients=(*receivers, *(f"{firm.name} ({pick(language, firm.role_nl, firm.role_en)})" for firm in firms)),
        transfers=tuple(_transfer(firm, language) for firm in firms if phrases.outside_eea(firm)),
        term=phrases.until_in(purpose, facts, language),
    )


def _capacity(purpose: Purpose, language: Language) -> str:
    if purpose.capacity is Capacity.PROCESSOR:
        return pick(language, "verwerker", "processor")
    return pick(language, "verwerkingsverantwoordelijke", "controller")


def _firms(each: Declared, facts: Facts) -> list[Supplier]:
    """Return the suppliers that get data of the package that declared a purpose."""
    roles = {
        processor.role
        for other, processor in in_force(Processor, facts)
        if other.package == each.package or processor.holds_all
    }
    return [firm for firm in facts.chosen.suppliers if firm.role in roles]


def _transfer(firm: Supplier, language: Language) -> str:
    """Return where data go outside the EEA, and on which ground of chapter V AVG."""
    basis = pick(language, firm.transfer_basis_nl, firm.transfer_basis_en)
    unknown = pick(language, "de grond is nog niet vastgelegd", "the ground has not been recorded yet")
    return f"{firm.name}, {phrases.place_in(firm.place, language)}: {basis or unknown}"
