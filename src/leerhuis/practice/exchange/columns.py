"""The columns of a sheet of questions: their names in English and Dutch, and what they mean.

This is the whole definition of the format; the template to download and the help page are made from it.
"""

import re
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_ANSWERS = 26

# What a column is called in a file that we write, and what else it may be called in one that is brought in.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "code", "nummer", "identifier"),
    "topic": ("topic", "onderwerp", "category", "categorie", "chapter", "hoofdstuk"),
    "title": ("title", "titel"),
    "kind": ("kind", "soort", "type", "vraagsoort"),
    "question": ("question", "vraag", "stem", "vraagtekst"),
    "format": ("format", "opmaak", "written as"),
    "right": ("right", "juist", "correct_letter", "right answer", "juiste antwoord", "correct answer", "goed"),
    "key": ("correct",),
    "explanation": ("explanation", "uitleg", "toelichting", "refs"),
    "shuffle": ("shuffle", "door elkaar", "husselen"),
    "capitals": ("capitals", "hoofdletters"),
    "slips": ("slips", "typfouten", "typos"),
    "units": ("units", "eenheden", "unit", "eenheid"),
    "unit needed": ("unit needed", "eenheid nodig"),
    "goals": ("goals", "leerdoelen", "learning goals"),
    "rests on": ("rests on", "rust op", "bron", "source"),
    "figure": ("figure", "afbeelding", "picture", "plaatje"),
}
# The same, for columns that come once for each answer: "answer 1", "antwoord 1", …
NUMBERED: dict[str, tuple[str, ...]] = {
    "answer": ("answer", "antwoord", "option", "optie"),
    "worth": ("worth", "waarde", "weight"),
    "feedback": ("feedback", "reactie"),
    "pair": ("pair", "hoort bij", "match"),
}
MEANINGS: dict[str, Promise] = {
    "id": _("Your own number or code. A question with a known id replaces the text that is there."),
    "topic": _("The part of the bank where it belongs. Empty: the topic that you choose when you bring it in."),
    "title": _("For lists; learners do not see it."),
    "kind": _("One of the kinds below. Empty: told from the other columns."),
    "question": _("The question itself. This column is needed."),
    "format": _("plain, markdown, html or moodle. Empty: plain text."),
    "right": _("Letters of the right answers: A, or A C. For a statement: true or false."),
    "explanation": _("Shown after each answer, right or not."),
    "shuffle": _("no: the options keep their order."),
    "capitals": _("yes: capital letters matter in typed text."),
    "slips": _("yes: a slip of the finger in typed text is forgiven."),
    "units": _("For a number: its unit, and others in so many of the first: m; km=1000; cm=0.01"),
    "unit needed": _("yes: a number without its unit is only partly right."),
    "goals": _("Learning goals that the question serves, divided by ;"),
    "rests on": _("What makes the answer right, such as an article of a law."),
    "answer": _(
        "An option; an accepted text or number (4, or 3.5..4.5); the left side of a pair; things in their right order; "
        "what fits a gap; or the model answer to an open question, with its points in the next ones."
    ),
    "worth": _("How right an answer is, in percent, where it is neither 0 nor 100."),
    "feedback": _("What is said to whoever gives this answer. For a statement: 1 to “true”, 2 to “false”."),
    "pair": _("The right side that belongs to the answer with the same number."),
}
KIND_WORDS: dict[str, tuple[str, ...]] = {
    "single": ("one answer", "één antwoord", "een antwoord", "multiple choice", "meerkeuze"),
    "multiple": ("several answers", "meer antwoorden", "meerdere antwoorden", "multiple response"),
    "true_false": ("true or false", "true/false", "waar of niet waar", "waar/niet waar", "juist/onjuist"),
    "short_text": ("short text", "korte tekst", "short answer"),
    "numeric": ("number", "getal", "numerical"),
    "matching": ("matching", "koppelen", "combineren"),
    "ordering": ("putting in order", "op volgorde zetten", "in volgorde zetten", "volgorde"),
    "cloze": ("text with gaps", "gatentekst", "invultekst", "tekst met gaten"),
    "open": ("open, judged by the learner", "open, zelf beoordelen", "open question", "open vraag", "essay"),
}
_ONE = {name: key for key, names in NAMES.items() for name in names}
_EACH = {name: key for key, names in NUMBERED.items() for name in names}
_KINDS = {word: kind for kind, words in KIND_WORDS.items() for word in (kind, kind.replace("_", " "), *words)}
_WITH_NUMBER = re.compile(r"(.+?)[ _-]*(\d{1,2})")


def column_of(head: str) -> tuple[str, int] | None:
    """Return what a column is and, for one of an answer, of which (from 1; else 0); None for one that means nothing.

    A single letter is the answer with that letter.
    """
    name = " ".join(head.lower().split())
    if name in _ONE:
        return _ONE[name], 0
    if len(name) == 1 and "a" <= name <= "z":
        return "answer", ord(name) - ord("a") + 1
    found = _WITH_NUMBER.fullmatch(name)
    if found and found[1] in _EACH and 1 <= int(found[2]) <= MOST_ANSWERS:
        return _EACH[found[1]], int(found[2])
    return None


def is_head(cells: Sequence[str]) -> bool:
    """True when these cells name the columns of a sheet of questions."""
    columns = {found[0] for found in map(column_of, cells) if found}
    return "question" in columns and bool(columns & {"answer", "right", "kind"})


def kind_of(word: str) -> str | None:
    """Return the kind that a word in a sheet means, or None."""
    return _KINDS.get(" ".join(word.lower().split()))
