"""The privacy statement of an academy, computed from what the code declares and what the academy chose.

Nothing is written by hand here: a fact is a Measure in some package's `privacy.py`, a purpose, a storage, a supplier
in the settings. A sentence stands in the statement as long as its declaration holds; it goes with its package.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from textwrap import fill
from typing import Any, NamedTuple

from django.utils import translation

from leerhuis.academies.settings import AcademySettings
from leerhuis.charter.declarations import Theme
from leerhuis.privacy import parts
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.parts import Entry, Line, Section, Sentence
from leerhuis.privacy.phrases import LANGUAGES, Language, pick

__all__ = ["Entry", "Line", "Section", "Sentence", "Statement", "compose", "version"]

TITLES: dict[Theme, tuple[str, str]] = {
    Theme.ABOUT: ("Wie wij zijn", "Who we are"),
    Theme.WHAT: ("Welke gegevens wij hebben, en van wie", "Which data we have, and from whom"),
    Theme.WHY: ("Waarvoor, op welke grond en hoe lang", "What for, on which ground and for how long"),
    Theme.PRACTISING: ("Hoe u oefent, en wie dat ziet", "How you practise, and who sees it"),
    Theme.MAIL: ("E-mail die u van ons krijgt", "E-mail that you get from us"),
    Theme.SHARING: ("Met wie wij gegevens delen", "With whom we share data"),
    Theme.SUPPLIERS: ("Bedrijven die voor ons werken", "Companies that work for us"),
    Theme.DECISIONS: ("Besluiten door computers", "Decisions by computers"),
    Theme.STORAGE: ("Wat er op uw apparaat komt te staan", "What is stored on your device"),
    Theme.KEEPING: ("Bewaren en verwijderen", "Keeping and erasing"),
    Theme.SECURITY: ("Hoe wij uw gegevens beveiligen", "How we protect your data"),
    Theme.RESEARCH: ("Onderzoek", "Research"),
    Theme.RIGHTS: ("Uw rechten", "Your rights"),
    Theme.COMPLAINTS: ("Klachten", "Complaints"),
    Theme.CHANGES: ("Wijzigingen", "Changes"),
}


class Told(NamedTuple):
    """One thing that a statement says: its id, the heading it stands under, and the words."""

    id: str
    section: str
    text: str


@dataclass(frozen=True)
class Statement:
    """A privacy statement in one language; `hash` is the same as long as it says the same, letter for letter."""

    academy: str
    title: str
    language: Language
    sections: tuple[Section, ...]
    hash: str

    @property
    def ids(self) -> list[str]:
        """Return the ids of all that stands in it, in reading order; a promise's probe finds its sentence by it."""
        return [name for section in self.sections for name in section.ids]

    @property
    def told(self) -> list[Told]:
        """Return everything that it says, in reading order, each with its id."""
        return list(_all_told(self.title, self.sections))

    def as_dict(self) -> dict[str, object]:
        """Return the statement as plain values, for a machine to read and to be kept."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Statement":
        """Return the statement that `as_dict` gave."""
        return cls(**{**kept, "sections": tuple(map(_section_of, kept["sections"]))})

    def as_text(self) -> str:
        """Return the statement as plain text, for a terminal or a mail."""
        lines = [self.title, "=" * len(self.title), ""]
        for section in self.sections:
            lines += [section.title, "-" * len(section.title), ""]
            for sentence in section.sentences:
                lines += [fill(sentence.text, 100), ""]
            lines += [_told(line) for line in section.facts]
            lines += [""] if section.facts else []
            for entry in section.entries:
                lines += [f"* {entry.title}", *(f"  {_told(line)}" for line in entry.lines), ""]
        return "\n".join(lines)


def compose(chosen: AcademySettings, language: str) -> Statement:
    """Return an academy's privacy statement in ``nl`` or ``en`` (anything else is taken as Dutch).

    The same declarations and settings give the same statement, byte for byte. Raises Unsayable where a declaration
    cannot be told: a purpose that names no readers, a blank that nothing fills. Keeps: L1.
    """
    spoken: Language = "en" if language == "en" else "nl"
    with translation.override(spoken):
        sections = tuple(_sections(Facts(chosen), spoken))
    title = pick(spoken, chosen.statement.title_nl, chosen.statement.title_en)
    said = sorted((told.id, told.text) for told in _all_told(title, sections))
    mark = sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
    return Statement(chosen.controller.trade_name, title, spoken, sections, mark)


def version(chosen: AcademySettings) -> str:
    """Return one mark for the statement in all its languages: it changes when any of them does."""
    marks = "\n".join(compose(chosen, language).hash for language in LANGUAGES)
    return sha256(marks.encode()).hexdigest()


def _sections(facts: Facts, language: Language) -> list[Section]:
    """Return the headings under which there is something to say, in reading order."""
    found = []
    for theme in Theme:
        section = Section(
            theme.value,
            pick(language, *TITLES[theme]),
            (*parts.measures(theme, facts, language), *parts.computed(theme, facts, language)),
            parts.facts_under(theme, facts, language),
            parts.entries_under(theme, facts, language),
        )
        if section.sentences or section.facts or section.entries:
            found.append(section)
    return found


def _section_of(kept: Mapping[str, Any]) -> Section:
    sentences = tuple(Sentence(**{**each, "promises": tuple(each["promises"])}) for each in kept["sentences"])
    entries = tuple(
        Entry(each["id"], each["title"], _lines_of(each["lines"]), tuple(each["promises"])) for each in kept["entries"]
    )
    return Section(kept["key"], kept["title"], sentences, _lines_of(kept["facts"]), entries)


def _lines_of(kept: list[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(each["id"], each["label"], tuple(each["texts"])) for each in kept)


def _all_told(title: str, sections: tuple[Section, ...]) -> Iterator[Told]:
    yield Told("title", "", title)
    for section in sections:
        yield Told(section.key, section.title, section.title)
        for sentence in section.sentences:
            yield Told(sentence.id, section.title, sentence.text)
        for line in section.facts:
            yield Told(line.id, section.title, _told(line))
        for entry in section.entries:
            yield Told(entry.id, section.title, entry.title)
            for line in entry.lines:
                yield Told(line.id, section.title, f"{entry.title}. {_told(line)}")


def _told(line: Line) -> str:
    return f"{line.label}: {'; '.join(line.texts)}"
