"""Publishing the conditions, and keeping the version that somebody accepts."""

from datetime import date

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.conditions.models import ConditionsVersion
from leerhuis.conditions.queries import conditions_in, mark_of, version_in_force, versions
from leerhuis.conditions.rules import NotBackwards, NoText, SameText


def publish_conditions(*, since: date, nl: str, en: str, by: Actor) -> ConditionsVersion:
    """Put conditions in force from a day on, in one or both languages; earlier versions stay to be read. Keeps: L38.

    Refuses NoText, NotBackwards for a day that is past, and SameText.
    """
    inside_edge()
    dutch, english = nl.strip(), en.strip()
    if not dutch and not english:
        raise NoText
    if since < clock.today():
        raise NotBackwards
    last = versions().first()
    if last is not None and (last.nl, last.en) == (dutch, english):
        raise SameText
    return _keep(since, dutch, english, is_model=False, by=by)


def keep_accepted(on: date, *, by: Actor) -> ConditionsVersion:
    """Return the version that is accepted now; what the settings say becomes a version when it is accepted first.

    `on` is the date that was shown. So each registration has its version, also before any was published. Keeps: L38.
    """
    inside_edge()
    published = version_in_force()
    if published is not None and not published.is_model and published.since == on:
        return published
    chosen = current_academy().settings
    texts = {each: conditions_in(each, chosen) for each in ("nl", "en")}
    dutch, english = (each.text if each.language == key else "" for key, each in texts.items())
    known = ConditionsVersion.objects.filter(mark=mark_of(on, dutch, english)).first()
    return known or _keep(on, dutch, english, is_model=True, by=by)


def _keep(since: date, nl: str, en: str, *, is_model: bool, by: Actor) -> ConditionsVersion:
    version, added = ConditionsVersion.objects.get_or_create(
        mark=mark_of(since, nl, en),
        defaults={"since": since, "nl": nl, "en": en, "is_model": is_model, "published_by": by.person_id},
    )
    if added:
        note("keep conditions" if is_model else "publish conditions", version, by=by)
    return version
