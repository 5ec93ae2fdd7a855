"""The general conditions: the academy's own text, or the model text of the house, which says that it is one."""

from dataclasses import dataclass
from datetime import date
from html import unescape

from django.template.loader import render_to_string

from leerhuis.academies.settings import AcademySettings


@dataclass(frozen=True)
class ConditionsText:
    """Conditions with simple marks (Markdown), the language they are in, their date, and whether they are the model."""

    text: str
    language: str
    changed_on: date
    is_model: bool


def conditions_in(language: str, chosen: AcademySettings) -> ConditionsText:
    """Return an academy's conditions in a language (``nl`` or ``en``).

    With own text in one language only, that text is shown to everyone: a translation of ours would be no agreement.
    Without own text it is the model, in which the academy's name, addresses and body of appeal are filled in.
    """
    own = chosen.conditions
    texts = {"nl": own.text_nl.strip(), "en": own.text_en.strip()}
    if any(texts.values()):
        found = language if texts.get(language) else next(key for key, text in texts.items() if text)
        return ConditionsText(texts[found], found, own.changed_on, is_model=False)
    appeal = own.appeal_en if language == "en" else own.appeal_nl
    written = render_to_string(f"website/conditions.{language}.md", {"chosen": chosen, "appeal": appeal})
    return ConditionsText(unescape(written), language, own.changed_on, is_model=True)
