"""A bank of the demo with a question of each kind that GIFT has no form for, for authors to try; no course uses it."""

from datetime import date
from typing import Final

from leerhuis.audit.actor import Actor
from leerhuis.practice.actions.content import add_bank, add_question
from leerhuis.practice.actions.media import add_media
from leerhuis.practice.actions.sources import change_source
from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import (
    Area,
    Choices,
    Cloze,
    Content,
    Form,
    Hotspot,
    Item,
    Kind,
    Numbers,
    OpenText,
    Option,
    Ordering,
    Shape,
    ShortText,
    Span,
    Unit,
)
from leerhuis.practice.models import Source

TITLE: Final = "Voorbeelden van vraagsoorten"
DESK: Final = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 180">
<rect width="300" height="180" fill="#eef1f4"/><rect y="120" width="300" height="60" fill="#b98b5d"/>
<rect x="95" y="45" width="110" height="70" rx="4" fill="#33475b"/>
<rect x="102" y="52" width="96" height="56" fill="#9fd0e6"/>
<rect x="140" y="115" width="20" height="8" fill="#33475b"/><rect x="178" y="58" width="16" height="16" fill="#f4d35e"/>
<rect x="20" y="100" width="50" height="24" fill="#fff" stroke="#777"/><path d="M26 108h38M26 114h30" stroke="#777"/>
<rect x="235" y="70" width="45" height="52" rx="4" fill="#7a7f85"/><path d="M245 60h25v12h-25z" fill="#fff"/></svg>"""
LAW: Final = "AVG, artikel 33"
GOAL: Final = "Herkent een datalek en meldt het op tijd"


def add_examples(today: date, *, by: Actor) -> None:
    """Make the bank, with a picture, a source and a learning goal."""
    bank = add_bank(title=TITLE, summary="Per soort een vraag, met een plaatje, een bron en een leerdoel.", by=by)
    words = "Een bureau: links papieren, in het midden een scherm met een geel briefje, rechts een printer"
    add_media(bank, name="bureau.svg", alt=words, content=DESK, by=by)
    for kind, stem, content, explanation in EXAMPLES:
        draft = Draft(
            "Datalekken", "", kind, _text(stem), content, _text(explanation), objectives=(GOAL,), rests_on=LAW
        )
        add_question(bank, draft, by=by)
    address = "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
    law = Source.objects.get(name=LAW)
    change_source(law, name=LAW, address=address, valid_until=today.replace(year=today.year + 2, day=1), by=by)


def _text(words: str) -> Rich:
    return Rich(words, "markdown")


def _lines(*words: str) -> tuple[Item, ...]:
    return tuple(Item(key, _text(line)) for key, line in zip("abcdef", words, strict=False))


_CHOSEN: Final = Choices(
    (
        Option("a", _text("Autoriteit Persoonsgegevens"), 1.0),
        Option("b", _text("Kamer van Koophandel"), 0.0, _text("Die houdt het handelsregister bij.")),
    ),
    one_only=True,
)
EXAMPLES: Final[tuple[tuple[Kind, str, Content, str], ...]] = (
    (
        Kind.ORDERING,
        "U stuurt een lijst met namen naar het verkeerde adres. In welke volgorde doet u dit?",
        Ordering(_lines("De ontvanger vragen de mail te wissen", "Intern melden", "Nagaan of de AP het moet weten")),
        "Eerst beperkt u de schade; wie het intern hoort, beoordeelt de melding.",
    ),
    (
        Kind.CLOZE,
        "Een lek met risico meldt u binnen [[1]] bij de [[2]]. De wet noemt het een [[3]].",
        Cloze(
            (
                Numbers((Span(72, 72, 1.0),), units=(Unit("uur"),)),
                _CHOSEN,
                ShortText((Form("inbreuk", 1.0),), typos=True),
            )
        ),
        "Zo staat het in artikel 33, eerste lid.",
    ),
    (
        Kind.HOTSPOT,
        "Wijs aan wat een voorbijganger hier een wachtwoord kan verraden.",
        Hotspot(
            "bureau.svg",
            (
                Area("a", "Geel briefje op het scherm", Shape.RECT, (58, 31, 66, 42), 1.0),
                Area("b", "Printer", Shape.RECT, (78, 33, 94, 68), 0.0, _text("Daar ligt nu alleen blanco papier.")),
            ),
            ratio=0.6,
        ),
        "Een briefje op een scherm leest iedereen mee.",
    ),
    (
        Kind.HOTSPOT,
        "Waar liggen hier papieren open?",
        Hotspot(
            "bureau.svg",
            (
                Area("a", "Links op het bureau", Shape.RECT, (6, 55, 24, 70), 1.0),
                Area("b", "Bij het scherm", Shape.POLYGON, (31, 24, 69, 24, 69, 68, 31, 68), 0.0),
                Area("c", "Bij de printer", Shape.CIRCLE, (86, 52, 9), 0.0),
            ),
            named=True,
            ratio=0.6,
        ),
        "Berg papieren op wanneer u wegloopt.",
    ),
    (
        Kind.OPEN,
        "Een collega zegt: het waren maar twee adressen, dat is geen lek. Wat antwoordt u?",
        OpenText(
            _text("Ook twee adressen zijn persoonsgegevens; ik meld het intern, zodat iemand het risico beoordeelt."),
            (_text("het aantal doet er niet toe"), _text("intern melden")),
        ),
        "Melden is geen verwijt. Wie meldt, beperkt de schade.",
    ),
    (
        Kind.NUMERIC,
        "De kans op een lek is $p = 0{,}02$ per maand. Hoe groot is de kans op een jaar zonder lek, $(1-p)^{12}$?",
        Numbers((Span(0.78, 0.79, 1.0), Span(0.75, 0.82, 0.5))),
        "$$(1-0{,}02)^{12} \\approx 0{,}785$$",
    ),
)
