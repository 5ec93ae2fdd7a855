"""What the privacy statement consists of: sentences, facts and entries, each with an id that stays."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.utils.text import slugify

from leerhuis.academies.settings import Supplier
from leerhuis.charter.checks import concrete_models
from leerhuis.charter.datamap import ACADEMY, schemas_of
from leerhuis.charter.declarations import Basis, Measure, Purpose, Storage, Theme
from leerhuis.charter.foreign import subject_of, word_of
from leerhuis.charter.register import Declared, in_force, purposes_of
from leerhuis.charter.words import REGISTER, WORDS, Word
from leerhuis.privacy import phrases
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.parting import parted_in_words
from leerhuis.privacy.phrases import Language, capital, pick, said
from leerhuis.ui.wording import day_long


@dataclass(frozen=True)
class Sentence:
    """One fact in one or more whole sentences; `id` is that of its declaration (``people.sign_up_asks``)."""

    id: str
    text: str
    promises: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A label with what belongs to it: one or more texts that stand side by side."""

    id: str
    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A thing with its own heading and labelled lines: a purpose, a supplier, a cookie."""

    id: str
    title: str
    lines: tuple[Line, ...]
    promises: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading of the statement with what stands under it, in this order."""

    key: str
    title: str
    sentences: tuple[Sentence, ...]
    facts: tuple[Line, ...]
    entries: tuple[Entry, ...]

    @property
    def ids(self) -> list[str]:
        """Return the ids of all that stands under it, in reading order."""
        told = [each.id for each in self.sentences] + [each.id for each in self.facts]
        return told + [each.id for each in self.entries]


# What can be stored on a device, in words.
STORED = {
    "cookie": ("Cookie van onze eigen website", "Cookie of our own website"),
    "sessionStorage": ("Geheugen van dit tabblad (sessionStorage)", "Memory of this tab (sessionStorage)"),
    "localStorage": ("Geheugen van deze browser (localStorage)", "Memory of this browser (localStorage)"),
    "IndexedDB": ("Bestand in deze browser (IndexedDB)", "File in this browser (IndexedDB)"),
    "cache": ("Bewaarde pagina’s in deze browser", "Pages kept in this browser"),
    "push": ("Aanmelding voor meldingen", "Registration for notifications"),
}


def measures(theme: Theme, facts: Facts, language: Language) -> tuple[Sentence, ...]:
    """Return what packages declare as a fact under a heading, lower floors first."""
    return tuple(
        Sentence(each.id, facts.fill(said(measure, language)), measure.promises)
        for each, measure in in_force(Measure, facts)
        if measure.theme is theme
    )


def computed(theme: Theme, facts: Facts, language: Language) -> tuple[Sentence, ...]:
    """Return the sentences that are counted together from several declarations or settings."""
    found = {Theme.WHAT: _registers, Theme.WHY: _bases, Theme.KEEPING: _parting}.get(theme)
    return tuple(found(facts, language)) if found else ()


def _registers(facts: Facts, language: Language) -> Iterator[Sentence]:
    """Yield which number is asked for which professional register, where one is kept at all."""
    if not facts.chosen.features.pe_points or REGISTER not in words_named(facts):
        return
    for scheme in facts.chosen.registers:
        text = pick(
            language,
            f"Volgt u een opleiding met PE-punten voor het {scheme.name}, dan noteren wij uw {scheme.number_nl}.",
            f"If you follow a course with PE points for the {scheme.name}, we record your {scheme.number_en}.",
        )
        yield Sentence(f"what.register_{slugify(scheme.key)}", text, ("L11",))


def _bases(facts: Facts, language: Language) -> Iterator[Sentence]:
    """Yield on which grounds of the law everything rests that is kept."""
    used = {purpose.basis for _, purpose in in_force(Purpose, facts)}
    grounds = [phrases.said_basis(basis, language) for basis in Basis if basis in used]
    if grounds:
        begin = pick(language, "Wij baseren ons daarbij op", "For this we rely on")
        yield Sentence("why.bases", f"{begin} {'; '.join(grounds)}.", ("L2a",))


def _parting(facts: Facts, language: Language) -> Iterator[Sentence]:
    """Yield what goes with an organisation that is removed, and what people keep of their own. Keeps: L20."""
    goes, _parts, theirs = parted_in_words(language)
    begin = pick(
        language, "Wordt een organisatie verwijderd, dan gaat weg", "When an organisation is removed, this goes"
    )
    yield Sentence("keeping.organisation_goes", f"{begin}: {'; '.join(goes)}.", ("L20",))
    begin = pick(language, "Leerde u voor haar, dan houdt u", "If you learnt for it, you keep")
    yield Sentence("keeping.organisation_leaves", f"{begin}: {'; '.join(theirs)}.", ("L20",))


def facts_under(theme: Theme, facts: Facts, language: Language) -> tuple[Line, ...]:
    """Return the short facts under a heading: where to reach the academy, which data serve what."""
    found = {Theme.ABOUT: _contact, Theme.WHAT: _categories}.get(theme)
    return tuple(found(facts, language)) if found else ()


def _contact(facts: Facts, language: Language) -> Iterator[Line]:
    who = facts.chosen.controller
    yield Line("about.name", pick(language, "Naam", "Name"), (who.legal_name,))
    address = f"{who.address}, {who.postcode} {who.city}"
    yield Line("about.address", pick(language, "Adres", "Address"), (address,))
    yield Line("about.email", pick(language, "E-mailadres", "E-mail address"), (who.privacy_email,))
    if who.phone:
        yield Line("about.phone", pick(language, "Telefoon", "Phone"), (who.phone,))
    if who.website:
        yield Line("about.website", pick(language, "Website", "Website"), (who.website,))
    yield Line("about.kvk", pick(language, "KvK-nummer", "Chamber of Commerce number"), (who.kvk,))


def _categories(facts: Facts, language: Language) -> Iterator[Line]:
    """Yield each category of data that is kept, with all purposes it serves. Keeps: L1, K3."""
    for word, purposes in words_named(facts).items():
        served = tuple(said(purpose, language) for _, purpose in purposes)
        unknown = pick(language, "waarvoor is nog niet vastgelegd", "what for has not been recorded yet")
        yield Line(f"what.{word.key}", capital(said(word, language)), served or (unknown,))


def words_named(facts: Facts) -> dict[Word, list[tuple[Declared, Purpose]]]:
    """Return the categories that the tables of an academy hold, in the order of the words, with their purposes.

    A table counts while a purpose in force claims it, or when it is about nobody in particular (agreements); what only
    a part of the trade holds that is switched off does not. Of several purposes that claim one table, a category
    belongs to those that say they use it, or to all when none does.
    """
    live = purposes_in_order(facts)
    using = {each.id: set(purpose.uses) for each, purpose in live}
    found = {word: {each.id for each, purpose in live if word in purpose.uses} for word in WORDS.values()}
    held = {word for word, ids in found.items() if ids}
    for model in concrete_models():
        claims = {each.id for each, _ in purposes_of(model._meta.label)} & using.keys()
        if ACADEMY not in schemas_of(model) or not (claims or subject_of(model) is None):
            continue
        for word in {word_of(model, column) for column in model._meta.concrete_fields} - {None}:
            if word in found:
                held.add(word)
                found[word] |= {claim for claim in claims if word in using[claim]} or claims
    return {word: [claim for claim in live if claim[0].id in found[word]] for word in WORDS.values() if word in held}


def purposes_in_order(facts: Facts) -> list[tuple[Declared, Purpose]]:
    """Return the purposes in force as they are read: what was agreed, what the law asks, last our own interests.

    Within each of these the person's own row comes first.
    """
    return sorted(in_force(Purpose, facts), key=lambda claim: reading_order(claim[1]))


def reading_order(purpose: Purpose) -> tuple[int, bool]:
    """Return by what purposes are put in order where people read them."""
    return list(Basis).index(purpose.basis), subject_of(apps.get_model(purpose.rows)) != "self"


def entries_under(theme: Theme, facts: Facts, language: Language) -> tuple[Entry, ...]:
    """Return what stands under a heading one by one: purposes, suppliers, storage on a device."""
    makers: dict[Theme, Callable[[Facts, Language], Iterator[Entry]]] = {
        Theme.WHY: _purposes,
        Theme.SUPPLIERS: _suppliers,
        Theme.STORAGE: _storages,
    }
    return tuple(makers[theme](facts, language)) if theme in makers else ()


def _purposes(facts: Facts, language: Language) -> Iterator[Entry]:
    for each, purpose in purposes_in_order(facts):
        yield Entry(
            each.id, capital(said(purpose, language)), tuple(purpose_lines(each, purpose, facts, language)),
            purpose.promises,
        )  # fmt: skip


def purpose_lines(each: Declared, purpose: Purpose, facts: Facts, language: Language) -> Iterator[Line]:
    """Yield what is told of a purpose: data, ground, until when, who sees it, who gets it. Keeps: L2a, L18."""
    until = capital(phrases.until_in(purpose, facts, language))
    reason = phrases.why_longer(purpose, facts, language)
    received = phrases.receivers_in(each, facts, language)
    lines = (
        ("data", pick(language, "Gegevens", "Data"), tuple(said(word, language) for word in purpose.uses)),
        ("basis", pick(language, "Grond", "Ground"), (phrases.basis_in(purpose, language),)),
        ("until", pick(language, "Bewaard", "Kept"), (until,)),
        ("reason", pick(language, "Waarom zo lang", "Why this long"), (reason,) if reason else ()),
        ("readers", pick(language, "Wie ziet dit", "Who sees it"), phrases.readers_in(purpose, language)),
        ("receivers", pick(language, "Wie krijgt dit", "Who receives it"), received),
    )
    for key, label, texts in lines:
        if texts:
            yield Line(f"{each.id}.{key}", label, tuple(map(capital, texts)))


_ADDRESSES = ("helpers", "statement")


def _suppliers(facts: Facts, language: Language) -> Iterator[Entry]:
    for supplier in facts.chosen.suppliers:
        key = f"suppliers.{slugify(supplier.name)}"
        lines = tuple(
            Line(f"{key}.{part}", label, (text if part in _ADDRESSES else capital(text),))
            for part, label, text in _supplier_lines(supplier, facts, language)
        )
        yield Entry(key, supplier.name, lines, ("L25", "K15a") if phrases.outside_eea(supplier) else ("L25",))


def _supplier_lines(supplier: Supplier, facts: Facts, language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield what is told of a supplier; what was never written down is told to be so, not made up."""
    unknown = pick(language, "dit is nog niet vastgelegd", "this has not been recorded yet")
    given = phrases.words_in(phrases.given_to(supplier, facts), language)
    none = pick(language, "hier gaan vanuit dit systeem geen gegevens heen", "no data go there from this system")
    yield "role", pick(language, "Wat het doet", "What it does"), pick(language, supplier.role_nl, supplier.role_en)
    yield "data", pick(language, "Gegevens", "Data"), given or none
    yield "place", pick(language, "Waar", "Where"), phrases.place_in(supplier.place, language) or unknown
    if phrases.outside_eea(supplier):
        basis = pick(language, supplier.transfer_basis_nl, supplier.transfer_basis_en)
        yield "transfer", pick(language, "Doorgifte buiten de EER", "Transfer outside the EEA"), basis or unknown
    yield "agreement", pick(language, "Verwerkersovereenkomst", "Processor agreement"), _agreement(supplier, language)
    if supplier.helpers_link:
        yield "helpers", pick(language, "Hulpbedrijven", "Its sub-processors"), supplier.helpers_link
    if supplier.statement_link:
        yield (
            "statement",
            pick(language, "Eigen privacyverklaring", "Its own privacy statement"),
            supplier.statement_link,
        )


def _agreement(supplier: Supplier, language: Language) -> str:
    if not supplier.processor:
        return pick(
            language,
            "niet nodig: dit bedrijf is zelf verantwoordelijk voor wat het met gegevens doet",
            "not needed: this company is itself responsible for what it does with data",
        )
    if supplier.agreement_since is None:
        return pick(language, "er is nog geen datum van vastgelegd", "no date of it has been recorded yet")
    since = day_long(supplier.agreement_since)
    if supplier.agreement_until is None:
        return pick(language, f"gesloten op {since}", f"concluded on {since}")
    until = day_long(supplier.agreement_until)
    return pick(
        language, f"gesloten op {since}, geldig tot en met {until}", f"concluded on {since}, valid up to {until}"
    )


def _storages(facts: Facts, language: Language) -> Iterator[Entry]:
    for each, storage in in_force(Storage, facts):
        needed = pick(
            language,
            "nodig om de website te laten werken" if storage.needed else "alleen als u daar toestemming voor geeft",
            "needed to make the website work" if storage.needed else "only with your consent",
        )
        lines = (
            ("name", pick(language, "Naam", "Name"), storage.name),
            (
                "kind",
                pick(language, "Soort", "Kind"),
                pick(language, *STORED.get(storage.kind, (storage.kind, storage.kind))),
            ),
            ("lasts", pick(language, "Verdwijnt", "Disappears"), capital(said(storage, language, "lasts"))),
            ("needed", pick(language, "Waarom dit mag", "Why this is allowed"), capital(needed)),
        )
        told = tuple(Line(f"{each.id}.{key}", label, (text,)) for key, label, text in lines)
        yield Entry(each.id, capital(said(storage, language)), told, storage.promises)
