"""Who changed a person's data and who looked at them, as that person reads it: by role and day, without names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from leerhuis.audit.models import Note
from leerhuis.audit.queries import LookedAt, notes_about, notes_on, who_looked_at
from leerhuis.charter.declarations import Purpose
from leerhuis.charter.register import declared
from leerhuis.people.models import Role
from leerhuis.privacy.phrases import Language, capital, pick, said
from leerhuis.privacy.rows import Pieces, plan_of, tables_about_people

# What happened, by the first word of the verb under which an action was noted; to what is told by the table.
_DONE: Final = {
    "add": ("toegevoegd", "added"),
    "assign": ("ingedeeld", "assigned"),
    "cancel": ("geannuleerd", "cancelled"),
    "change": ("gewijzigd", "changed"),
    "choose": ("gekozen", "chosen"),
    "complete": ("afgerond", "completed"),
    "confirm": ("bevestigd", "confirmed"),
    "correct": ("verbeterd", "corrected"),
    "examine": ("onderzocht op virussen", "examined for viruses"),
    "end": ("beëindigd", "ended"),
    "enter": ("ingevoerd", "entered"),
    "enrol": ("ingeschreven", "enrolled"),
    "give": ("gegeven", "given"),
    "grant": ("gegeven", "granted"),
    "invite": ("uitgenodigd", "invited"),
    "issue": ("afgegeven", "issued"),
    "let": ("toegelaten", "let in"),
    "lift": ("weer toegelaten", "let in again"),
    "mail": ("verstuurd", "sent"),
    "mark": ("ingevuld", "filled in"),
    "move": ("omgeboekt", "moved"),
    "object": ("bezwaar gemaakt", "objected"),
    "open": ("geopend", "opened"),
    "practise": ("geoefend", "practised"),
    "queue": ("klaargezet", "prepared"),
    "receive": ("ontvangen", "received"),
    "refuse": ("geweigerd", "refused"),
    "remove": ("verwijderd", "removed"),
    "renew": ("verlengd", "renewed"),
    "revoke": ("ingetrokken", "revoked"),
    "sign": ("geopend", "opened"),
    "submit": ("ingediend", "submitted"),
    "suspend": ("geblokkeerd", "suspended"),
    "take": ("teruggenomen", "taken back"),
    "tell": ("meegedeeld", "told"),
    "unassign": ("uit de indeling gehaald", "taken off"),
    "withdraw": ("ingetrokken", "withdrawn"),
}
# Verbs that say all there is to say.
_WHOLE: Final = {
    "complete details": ("gevraagde gegevens ingevuld", "filled in what was asked"),
    "set goal": ("oefendoel gekozen", "goal of practice chosen"),
    "assign author": ("als auteur van een vragenbank aangewezen", "named as an author of a question bank"),
    "unassign author": ("niet meer als auteur van een vragenbank", "no longer an author of a question bank"),
    "comment on question": ("opmerking bij een oefenvraag geschreven", "comment on a practice question written"),
    "settle comment": ("opmerking bij een oefenvraag afgehandeld", "comment on a practice question settled"),
    "reopen comment": ("opmerking bij een oefenvraag heropend", "comment on a practice question opened again"),
    "end goal": ("oefendoel losgelaten", "goal of practice let go"),
    "make token": ("een app toegang gegeven", "an app given access"),
    "end tokens": ("apps uitgelogd", "apps signed out"),
    "tell correction": ("verbetering gemeld aan uw werkgever", "correction told to your employer"),
    "keep conditions": ("voorwaarden vastgelegd", "conditions kept"),
    "publish conditions": ("voorwaarden gepubliceerd", "conditions published"),
    "was corrected after the backup": ("verbetering na een back-up verloren", "a correction lost in a restore"),
    "ask what was corrected": ("gevraagd wat er verbeterd was", "asked what had been corrected"),
    "carry out erasure": ("wissen in gang gezet", "erasing begun"),
    "receive complaint": ("klacht ontvangen", "complaint received"),
    "take on complaint": ("klacht in behandeling genomen", "complaint taken on"),
    "confirm complaint": ("ontvangst van de klacht gemeld", "receipt of the complaint told"),
    "delay complaint": ("meer tijd genomen voor de klacht", "more time taken for the complaint"),
    "record appeal": ("beroep vastgelegd", "appeal recorded"),
    "close complaint": ("klacht gesloten", "complaint closed"),
    "remind of complaint": ("herinnerd aan de klacht", "reminded of the complaint"),
    "answer complaint founded": ("klacht beantwoord: gegrond", "complaint answered: founded"),
    "answer complaint partly": ("klacht beantwoord: deels gegrond", "complaint answered: founded in part"),
    "answer complaint unfounded": ("klacht beantwoord: ongegrond", "complaint answered: not founded"),
    "answer complaint settled": ("klacht samen opgelost", "complaint settled together"),
    "answer complaint withdrawn": ("klacht ingetrokken", "complaint withdrawn"),
    "receive request": ("verzoek ontvangen", "request received"),
    "take on request": ("verzoek in behandeling genomen", "request taken on"),
    "say whose complaint": ("vastgelegd van wie de klacht is", "recorded whose complaint it is"),
    "say whose request": ("vastgelegd van wie het verzoek is", "recorded whose request it is"),
    "ask identity": ("code gestuurd naar het bekende adres", "code sent to the address on file"),
    "try code": ("code opgegeven", "code given"),
    "extend request": ("termijn van het verzoek verlengd", "term of the request extended"),
    "decide request granted": ("verzoek ingewilligd", "request granted"),
    "decide request partly": ("verzoek deels ingewilligd", "request granted in part"),
    "decide request refused": ("verzoek niet ingewilligd", "request refused"),
    "empty text": ("tekst weggehaald: niemand keek op tijd", "text taken out: nobody looked in time"),
    "put text aside": ("tekst apart gelegd om te bekijken", "text put aside to be looked at"),
    "remind of text": ("herinnerd aan de tekst", "reminded of the text"),
    "carry out request": ("uitgevoerd wat werd gevraagd", "carried out what was asked"),
    "say against what": ("vastgelegd waartegen het bezwaar is", "recorded what the objection is to"),
    "answer request": ("verzoek beantwoord", "request answered"),
    "remind of request": ("herinnerd aan het verzoek", "reminded of the request"),
    "prove identity code": ("vastgesteld wie het vraagt, met een code", "established who asks, by a code"),
    "prove identity facts": ("vastgesteld wie het vraagt, met vragen", "established who asks, by questions"),
    "prove identity call_back": ("vastgesteld wie het vraagt, per telefoon", "established who asks, by calling back"),
    "prove identity in_person": ("vastgesteld wie het vraagt, aan de balie", "established who asks, in person"),
    "download data": ("alle gegevens gedownload", "downloaded all data"),
    "describe restriction": ("reden van de beperking opnieuw vastgelegd", "wrote down the reason anew"),
    "end hold": ("niet langer vastgehouden", "held no longer"),
    "end restricted use": ("beperking van het gebruik opgeheven", "restriction of use lifted"),
    "end restriction": ("gegevens mogen weer worden gebruikt", "data may be used again"),
    "hold on": ("toch nog vastgehouden", "held all the same"),
    "lapse hold": ("vanzelf vervallen: niet langer vastgehouden", "lapsed by itself: held no longer"),
    "place hold": ("vastgehouden: wordt nog niet gewist", "held: is not erased yet"),
    "restrict": ("gegevens worden alleen nog bewaard", "data are only kept from now on"),
    "restrict use": ("gebruik beperkt", "use restricted"),
    "set mails aside": ("berichten apart gehouden", "mails set aside"),
    "take mails back": ("berichten niet langer apart gehouden", "mails no longer set aside"),
}
_ROLES: Final = {
    "learner": ("deelnemer", "learner"),
    "visitor": ("bezoeker", "visitor"),
    "operator": ("beheerder van het systeem", "operator of the system"),
}


@dataclass(frozen=True)
class Look:
    """That somebody in a role saw the person's data on a day: for which purpose, how often, last when."""

    role: str
    purpose: str
    times: int
    last: datetime


@dataclass(frozen=True)
class Change:
    """That something about the person was changed: when, in which role, what happened to what, in which fields."""

    at: datetime
    role: str
    done: str
    thing: str
    fields: tuple[str, ...]


def looks_at(person_id: UUID, language: Language) -> tuple[Look, ...]:
    """Return who looked at a person's data, by role, day and purpose, newest first. One query. Keeps: W1."""
    purposes = purpose_names(language)
    merged: dict[tuple[object, str, str], Look] = {}
    for seen in who_looked_at(person_id, limit=1000):
        look = _look(seen, purposes, language)
        key = (look.last.date(), look.role, look.purpose)
        before = merged.get(key)
        times = look.times + (before.times if before else 0)
        merged[key] = Look(look.role, look.purpose, times, max(look.last, before.last) if before else look.last)
    return tuple(merged.values())


def purpose_names(language: Language) -> dict[str, str]:
    """Return what each purpose is called, by its id."""
    return {each.id: capital(said(purpose, language)) for each, purpose in declared(Purpose)}


def _look(seen: LookedAt, purposes: dict[str, str], language: Language) -> Look:
    return Look(role_name(seen.role, language), purposes.get(seen.purpose, seen.purpose), seen.times, seen.last)


def changes_about(person_id: UUID, language: Language, limit: int | None, *, reader: UUID | None) -> Iterable[Change]:
    """Return what was changed about a person, newest first, `limit` at most. One query. Keeps: W1.

    What the `reader` did is told as done by "you". Without a limit they are read when they are gone through, in pieces.
    """
    names = _names_of_things(language)
    notes = notes_about(person_id)
    if limit is None:
        return Pieces(notes, lambda note: _change(note, reader, names, language), language)
    return tuple(_change(note, reader, names, language) for note in notes[:limit])


def changes_of(kind: str, thing_id: UUID, language: Language, limit: int, *, reader: UUID | None) -> tuple[Change, ...]:
    """Return what was done to one thing (``"catalogue.run"``, its id), newest first, without naming anybody."""
    names = _names_of_things(language)
    return tuple(_change(note, reader, names, language) for note in notes_on(kind, thing_id)[:limit])


def changes_of_one(kind: str, thing_id: UUID, labels: dict[str, str], language: Language) -> tuple[Change, ...]:
    """Return what was done to one thing of a table that is about nobody, newest first; `labels` name its columns."""
    return tuple(_change(note, None, {kind: ("", labels)}, language) for note in notes_on(kind, thing_id))


def _change(
    note: Note, reader: UUID | None, names: dict[str, tuple[str, dict[str, str]]], language: Language
) -> Change:
    thing, labels = names.get(note.thing_kind, ("", {}))
    thing = "" if note.verb in _WHOLE else thing
    by = pick(language, "uzelf", "you") if reader and note.actor_person == reader else _by(note, language)
    fields = tuple(labels[name] for name in note.touched if name in labels)
    return Change(note.created_at, by, done_in(note.verb, language, touched=bool(note.touched)), thing, fields)


def _by(note: Note, language: Language) -> str:
    if note.actor_kind == "job":
        return pick(language, "het systeem zelf", "the system itself")
    return role_name(note.actor_role, language)


def done_in(verb: str, language: Language, *, touched: bool) -> str:
    """Return what happened, in a word; for a verb that is not known only whether fields were touched."""
    known = _WHOLE.get(verb) or _DONE.get(verb.partition(" ")[0])
    return pick(language, *(known or (("gewijzigd", "changed") if touched else ("vastgelegd", "recorded"))))


def role_name(role: str, language: Language) -> str:
    """Return in which role somebody acted, in the active language; an unknown one as it stands."""
    if role in _ROLES:
        return pick(language, *_ROLES[role])
    return str(dict(Role.Name.choices).get(role, role))


def _names_of_things(language: Language) -> dict[str, tuple[str, dict[str, str]]]:
    """Return what each table is called and its columns, by the name under which the audit knows the table."""
    found = {}
    for model, path in tables_about_people():
        plan = plan_of(model, path, language)
        found[model._meta.label_lower] = (capital(plan.title), {each.path: each.label for each in plan.columns})
    return found
