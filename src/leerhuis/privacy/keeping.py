# ruff: noqa: E501 - a sentence of the statement stands on one line, to be read as it is printed
"""Erasure and retention: why they are kept, what the statement says of them, and what a restore does with them."""

from leerhuis.charter.audiences import PRIVACY_OFFICER, SIGNED_IN
from leerhuis.charter.declarations import LAW, Listing, Measure, Purpose, Replayed, Theme, Told
from leerhuis.charter.groups import KNOWN
from leerhuis.charter.terms import years
from leerhuis.charter.words import TRACE

KEEPING = (
    Purpose(
        "erased",
        nl="het wissen van uw gegevens, en het kunnen laten zien dat dat op tijd is gebeurd",
        en="erasing your data, and being able to show that it was done in time",
        whose=(KNOWN,),
        basis=LAW,
        rows="privacy.Erasure",
        uses=(TRACE,),
        holds=(),
        lasting=True,
        clock="done_at",
        clock_nl="nadat al uw gegevens zijn gewist",
        clock_en="after all your data were erased",
        keep=years(2),
        seen_by=(SIGNED_IN.via("person").of(TRACE), PRIVACY_OFFICER.everywhere.of(TRACE)),
        promises=("L19", "K19a"),
    ),
    Measure(
        "terms_carried_out",
        nl="Elke nacht gaat vanzelf weg wat over zijn bewaartermijn heen is. Is dat ongewoon veel, of ging de klok van het systeem raar doen, dan kijkt er eerst iemand naar.",
        en="Every night what is past its term goes by itself. Where that is unusually much, or where the clock of the system misbehaved, somebody looks first.",
        theme=Theme.KEEPING,
        promises=("L18",),
    ),
    Measure(
        "erased_soon",
        nl="Vraagt u ons om uw gegevens te wissen, dan doen wij dat zo snel mogelijk, uiterlijk binnen {settings.erasure.within_days} dagen. Ons systeem gaat daarna na of er nergens meer iets naar u verwijst, en u krijgt bericht.",
        en="When you ask us to erase your data we do so as soon as possible, within {settings.erasure.within_days} days at most. Our system then checks that nothing leads to you any more, and you are told.",
        theme=Theme.KEEPING,
        promises=("K19a", "L19"),
    ),
    Measure(
        "erased_named_what_stays",
        nl="Moeten wij iets van de wet bewaren, of is het nodig voor een geschil, een vordering of een onderzoek, dan schrijven wij u wat er blijft, op welke grond en tot wanneer. Wat blijft, gebruiken wij nergens anders voor.",
        en="Where the law obliges us to keep something, or where it is needed for a dispute, a claim or an investigation, we write to you what stays, on which ground and until when. What stays we use for nothing else.",
        theme=Theme.KEEPING,
        promises=("K19b", "L21"),
    ),
    Listing(
        "erasures_read",
        nl="het wissen van uw gegevens",
        en="the erasure of your data",
        model="privacy.Erasure",
        tells=(
            Told("created_at", "gevraagd", "asked"),
            Told("asked_by", "gevraagd door", "asked by"),
            Told("due_on", "uiterlijk op", "at the latest on"),
            Told("begun_at", "uitgevoerd", "carried out"),
            Told("waits_since", "wacht op bestanden sinds", "waits for files since"),
            Told("done_at", "alles gewist", "everything erased"),
            Told("went", "aantal gewiste rijen", "number of rows erased"),
            Told("stayed", "aantal rijen dat blijft", "number of rows that stay"),
        ),
    ),
    Replayed(
        "erased_again", nl="wissen", en="erasing",
        operation="erased", action="privacy.actions.erase_again",
    ),
)  # fmt: skip
