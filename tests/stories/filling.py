"""Puts a bank with a question of each kind into a running demo, with somebody who practises it; reads what they gave.

Run in the home of the demo: ``python -m tests.stories.filling fill`` prints JSON with a sign-in and the address of
whom it made; ``… filling given ADDRESS`` prints what they answered, as the server keeps it.
"""

import io
import json
import math
import os
import sys
import wave
from datetime import date
from typing import Any, Final
from uuid import uuid4

import django

ACADEMY: Final = "leffectief"
TITLE: Final = "Veilig werken, van elke soort"
SOURCE: Final = "Arbowet, artikel 3"
SOURCE_UNTIL: Final = date(2031, 6, 30)
ROOM: Final = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 240">
<rect width="400" height="240" fill="#e9edf0"/><rect y="190" width="400" height="50" fill="#a8b0b5"/>
<rect x="30" y="50" width="80" height="140" fill="#6b4a2f"/><circle cx="98" cy="122" r="5" fill="#f4d35e"/>
<rect x="170" y="70" width="90" height="60" fill="#9fd0e6" stroke="#33475b" stroke-width="4"/>
<rect x="312" y="110" width="34" height="70" rx="8" fill="#b3261e"/><path d="M320 110v-14h18v14z" fill="#222"/></svg>"""
RATE: Final = 8000


def tone(seconds: float = 0.5) -> bytes:
    """Return a sound: one tone, as a WAV file."""
    wave_of = (int(90 * math.sin(2 * math.pi * 440 * n / RATE)) + 128 for n in range(int(RATE * seconds)))
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setparams((1, 1, RATE, 0, "NONE", ""))
        sound.writeframes(bytes(wave_of))
    return kept.getvalue()


def drafts() -> list[Any]:
    """Return a question of each kind; their titles are those by which `given` tells of them."""
    from leerhuis.practice import kinds
    from leerhuis.practice.exchange.drafts import Draft
    from leerhuis.practice.exchange.gift_items import Rich
    from leerhuis.practice.kinds import Kind

    def text(words: str) -> Rich:
        return Rich(words, "markdown")

    def option(key: str, words: str, share: float, said: str = "") -> kinds.Option:
        return kinds.Option(key, text(words), share, text(said) if said else None)

    lines = ("Het terrein veilig afzetten", "112 bellen", "Eerste hulp verlenen", "Het ongeval melden")

    def places(right: str) -> tuple[kinds.Area, ...]:
        said = text("Daar kunt u niet door naar buiten.")
        return (
            kinds.Area("a", "Brandblusser", kinds.Shape.RECT, (77, 40, 88, 76), float(right == "a")),
            kinds.Area("b", "Raam", kinds.Shape.RECT, (42, 29, 65, 54), 0.0, said),
            kinds.Area("c", "Deur", kinds.Shape.POLYGON, (7, 21, 28, 21, 28, 79, 7, 79), float(right == "c")),
        )

    law = "De werkgever zorgt voor *veilig* werk."
    made: list[tuple[Kind, str, str, kinds.Content]] = [
        (
            Kind.SINGLE,
            "single",
            "Wie beoordeelt de arbeidsongeschiktheidsverzekeringsvoorwaarden?",
            kinds.Choices(
                (
                    option("a", "De aansprakelijkheidsverzekeringsmaatschappij van de werkgever", 1.0, "Die kent ze."),
                    option("b", "De bedrijfshulpverlener", 0.0, "Een bedrijfshulpverlener verleent eerste hulp."),
                    option("c", "Niemand", 0.0),
                ),
                one_only=True,
                shuffle=False,
            ),
        ),
        (
            Kind.MULTIPLE,
            "multiple",
            "Welke hulpmiddelen beschermen uw gehoor? Luister: ![een toon van een halve seconde](media:toon.wav)",
            kinds.Choices(
                (
                    option("a", "Oordoppen", 1.0),
                    option("b", "Gehoorkappen", 1.0),
                    option("c", "Een veiligheidsbril", 0.0, "Die beschermt uw ogen."),
                ),
                one_only=False,
                shuffle=False,
            ),
        ),
        (Kind.TRUE_FALSE, "true_false", "Een nooduitgang mag op slot.", kinds.Statement(False, text("Nooit."))),
        (
            Kind.NUMERIC,
            "numeric",
            "Hoe ver valt een steen in drie seconden, $\\frac{1}{2} g t^2$ met $g = 9{,}81$?",
            kinds.Numbers(
                (kinds.Span(44, 44.3, 1.0),), units=(kinds.Unit("m"), kinds.Unit("km", 1000.0)), unit_needed=True
            ),
        ),
        (
            Kind.SHORT_TEXT,
            "short_text",
            "Hoe heet wie in een bedrijf eerste hulp verleent?",
            kinds.ShortText((kinds.Form("bedrijfshulpverlener", 1.0),), typos=True),
        ),
        (
            Kind.CLOZE,
            "cloze",
            "Bel bij brand [[1]] en ga na ten hoogste [[2]] naar de [[3]].",
            kinds.Cloze(
                (
                    kinds.ShortText((kinds.Form("112", 1.0),)),
                    kinds.Numbers((kinds.Span(2, 3, 1.0),), units=(kinds.Unit("minuten"),)),
                    kinds.Choices(
                        (option("a", "verzamelplaats", 1.0), option("b", "parkeergarage", 0.0)), one_only=True
                    ),
                )
            ),
        ),
        (
            Kind.MATCHING,
            "matching",
            "Welk bord hoort waarbij?",
            kinds.Pairs(
                (
                    kinds.Match(text("Verbod"), "rode ring"),
                    kinds.Match(text("Gebod, zoals een gehoorbeschermingsmiddel dragen"), "blauwe schijf"),
                    kinds.Match(text("Waarschuwing"), "gele driehoek"),
                ),
                ("groene rechthoek",),
            ),
        ),
        (
            Kind.ORDERING,
            "ordering",
            "In welke volgorde handelt u bij een ongeval?",
            kinds.Ordering(tuple(kinds.Item(key, text(each)) for key, each in zip("abcd", lines, strict=True))),
        ),
        (
            Kind.OPEN,
            "open",
            "Een collega draagt geen helm. Wat zegt u?",
            kinds.OpenText(
                text("Ik spreek mijn collega meteen aan en leg uit waarom een helm moet."),
                (text("meteen aanspreken"), text("uitleggen waarom")),
            ),
        ),
        (Kind.HOTSPOT, "hotspot", "Wijs aan waarmee u blust.", kinds.Hotspot("lokaal.svg", places("a"), ratio=0.6)),
        (
            Kind.HOTSPOT,
            "named",
            "Waardoor verlaat u het lokaal?",
            kinds.Hotspot("lokaal.svg", places("c"), named=True, ratio=0.6),
        ),
    ]
    return [
        Draft("Veilig werken", title, kind, text(stem), content, text(law), rests_on=SOURCE)
        for kind, title, stem, content in made
    ]


def make_bank() -> Any:
    """Make the bank, with its picture, its sound and its source, unless a story of this demo did so before."""
    from leerhuis.practice.actions.content import add_bank, add_question
    from leerhuis.practice.actions.media import add_media
    from leerhuis.practice.actions.sources import change_source
    from leerhuis.practice.models import Bank, Source
    from leerhuis.practice.tests.factories import AUTHOR

    if there := Bank.objects.filter(title=TITLE).first():
        return there
    bank = add_bank(title=TITLE, by=AUTHOR)
    room = "Een lokaal: links een deur, in het midden een raam, rechts een brandblusser"
    add_media(bank, name="lokaal.svg", alt=room, content=ROOM, by=AUTHOR)
    add_media(bank, name="toon.wav", alt="Een toon van een halve seconde", content=tone(), by=AUTHOR)
    for draft in drafts():
        add_question(bank, draft, by=AUTHOR)
    law = "https://wetten.example/arbowet"
    source = Source.objects.get(name=SOURCE)
    change_source(source, name=SOURCE, address=law, valid_until=SOURCE_UNTIL, by=AUTHOR)
    return bank


def fill() -> dict[str, str]:
    """Let a new learner practise the bank; return their address and sign-in."""
    from django.conf import settings

    from leerhuis.academies.queries import academy_by_key
    from leerhuis.base.edge import at_shared_tables, edge
    from leerhuis.practice.tests.factories import access_for
    from tests.cast import add_person, signed_in

    with at_shared_tables():
        academy = academy_by_key(ACADEMY)
    assert academy is not None
    address = f"kim-{uuid4().hex[:12]}@practice.example"
    with edge(academy):
        bank = make_bank()
        person = add_person("Kim", "van Elke", email=address)
        access_for(person, bank)
        cookie = signed_in(academy, person).cookies[settings.SESSION_COOKIE_NAME].value
    return {"address": address, "name": settings.SESSION_COOKIE_NAME, "value": cookie}


def given(address: str) -> list[list[str]]:
    """Return what somebody answered, the earliest first: the title of the question, their answer, how it was."""
    from leerhuis.academies.queries import academy_by_key
    from leerhuis.base.edge import at_shared_tables, edge
    from leerhuis.practice.models import Answer

    with at_shared_tables():
        academy = academy_by_key(ACADEMY)
    assert academy is not None
    with edge(academy):
        found = Answer.objects.filter(round__access__person__email=address).order_by("answered_at")
        return [list(each) for each in found.values_list("question__title", "given", "outcome")]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    django.setup()
    json.dump(fill() if sys.argv[1] == "fill" else given(sys.argv[2]), sys.stdout)
