"""Reading the conditions: the version in force, earlier and coming ones, and what holds while none is there."""

import hashlib
from dataclasses import dataclass
from datetime import date
from html import unescape

from django.db.models import QuerySet
from django.template.loader import render_to_string

from leerhuis.academies.settings import AcademySettings
from leerhuis.base import clock
from leerhuis.conditions.models import ConditionsVersion


@dataclass(frozen=True)
class ConditionsText:
    """Conditions with simple marks (Markdown), the language they are in, their date, and whether they are the model."""

    text: str
    language: str
    changed_on: date
    is_model: bool


def conditions_in(language: str, chosen: AcademySettings) -> ConditionsText:
    """Return what the settings say the conditions are, in a language (``nl`` or ``en``).

    With own text in one language only, that text is shown to everyone: a translation of ours would be no agreement.
    Without own text it is the model, in which the academy's name, addresses and body of appeal are filled in.
    """
    own = chosen.conditions
    texts = {"nl": own.text_nl.strip(), "en": own.text_en.strip()}
    if any(texts.values()):
        found = language if texts.get(language) else next(key for key, text in texts.items() if text)
        return ConditionsText(texts[found], found, own.changed_on, is_model=False)
    appeal = own.appeal_en if language == "en" else own.appeal_nl
    written = render_to_string(f"conditions/text.{language}.md", {"chosen": chosen, "appeal": appeal})
    return ConditionsText(unescape(written), language, own.changed_on, is_model=True)


def mark_of(since: date, nl: str, en: str) -> str:
    """Return the digest of a version: SHA-256 of its day and both texts."""
    return hashlib.sha256(f"{since.isoformat()}\x1f{nl}\x1f{en}".encode()).hexdigest()


def versions() -> QuerySet[ConditionsVersion]:
    """Return all versions, the one that holds longest from now on first."""
    return ConditionsVersion.objects.order_by("-since", "-created_at", "-id")


def version_in_force() -> ConditionsVersion | None:
    """Return the version that holds today; None while none was kept."""
    return versions().filter(since__lte=clock.today()).first()


def in_force(language: str, chosen: AcademySettings) -> ConditionsText:
    """Return the conditions that hold today, in a language; what the settings say while no version was published."""
    version = version_in_force()
    if version is None or version.is_model:
        return conditions_in(language, chosen)
    text, found = version.text_in(language)
    return ConditionsText(text, found, version.since, is_model=False)


def date_in_force(chosen: AcademySettings) -> date:
    """Return since when the conditions that hold today do so; a registration is made under these."""
    version = version_in_force()
    return chosen.conditions.changed_on if version is None or version.is_model else version.since
