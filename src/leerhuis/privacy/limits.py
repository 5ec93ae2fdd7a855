# ruff: noqa: E501 - a sentence of the statement stands on one line, to be read as it is printed
"""Restriction and holds: why they are kept, what the statement says of them, and what a restore does with them."""

from leerhuis.charter.audiences import BOOKS, PRIVACY_OFFICER, SIGNED_IN
from leerhuis.charter.declarations import INTEREST, LAW, Listing, Measure, Purpose, Replayed, Theme, Told
from leerhuis.charter.groups import KNOWN
from leerhuis.charter.terms import years
from leerhuis.charter.words import CONSENT, FREE_TEXT, TRACE

LIMITS = (
    Purpose(
        "restricted",
        nl="het beperken van het gebruik van uw gegevens",
        en="restricting the use of your data",
        whose=(KNOWN,),
        basis=LAW,
        rows="privacy.Restriction",
        uses=(CONSENT, FREE_TEXT),
        lasting=True,
        clock="ended_at",
        clock_nl="nadat de beperking eindigde",
        clock_en="after the restriction ended",
        keep=years(2),
        seen_by=(
            SIGNED_IN.via("person").of(CONSENT, FREE_TEXT),
            PRIVACY_OFFICER.everywhere.of(CONSENT, FREE_TEXT),
            BOOKS.everywhere.of(CONSENT, FREE_TEXT),
        ),
        promises=("L21", "L35"),
    ),
    Purpose(
        "held",
        nl="het vasthouden van gegevens die nodig zijn voor een geschil, een vordering of een onderzoek",
        en="holding on to data that are needed for a dispute, a claim or an investigation",
        whose=(KNOWN,),
        basis=INTEREST,
        interest_nl="dat bewijs er nog is zolang een geschil, vordering of onderzoek loopt",
        interest_en="that evidence is still there while a dispute, claim or investigation lasts",
        rows="privacy.Hold",
        uses=(TRACE, FREE_TEXT),
        clock="until",
        clock_nl="na de laatste dag van het vasthouden",
        clock_en="after the last day of the hold",
        keep=years(2),
        seen_by=(SIGNED_IN.via("person").of(TRACE, FREE_TEXT), PRIVACY_OFFICER.everywhere.of(TRACE, FREE_TEXT)),
        promises=("K18",),
    ),
    Measure(
        "set_apart",
        nl="Gegevens waarvan het gebruik is beperkt, bewaren wij alleen nog. Ze staan niet meer in zoekresultaten, lijsten, downloads en tellingen, en u krijgt dan alleen nog berichten over de veiligheid van uw account en over uw verzoeken. Alleen de privacyfunctionaris en de boekhouder kunnen u dan nog vinden.",
        en="Data of which the use is restricted we only keep. They no longer stand in search results, lists, downloads and counts, and you then only get messages about the security of your account and about your requests. Only the privacy officer and the bookkeeper can find you then.",
        theme=Theme.KEEPING,
        promises=("L21",),
    ),
    Measure(
        "holds_end",
        nl="Langer dan de termijn bewaren wij iets alleen als dat nodig is voor een geschil, een vordering of een onderzoek. Dan leggen wij vast wat, waarom en tot welke dag, ten hoogste twee jaar vooruit; daarna vervalt het vanzelf.",
        en="Longer than its term we keep something only where it is needed for a dispute, a claim or an investigation. We then record what, why and until which day, two years ahead at most; after that it lapses by itself.",
        theme=Theme.KEEPING,
        promises=("K18",),
    ),
    Listing(
        "restrictions_read",
        nl="beperkingen van het gebruik van uw gegevens",
        en="restrictions of the use of your data",
        model="privacy.Restriction",
        tells=(
            Told("ground", "op welke grond", "on which ground"),
            Told("reason", "reden", "reason"),
            Told("created_at", "vanaf", "from"),
            Told("ended_at", "tot", "until"),
        ),
    ),
    Listing(
        "holds_read",
        nl="wat wij over u vasthouden",
        en="what we hold about you",
        model="privacy.Hold",
        tells=(
            Told("reason", "reden", "reason"),
            Told("until", "tot en met", "until"),
            Told("created_at", "vastgelegd", "recorded"),
            Told("ended_at", "eerder geëindigd", "ended before"),
            Told("thing_kind", "waarvan", "of what"),
            Told("purpose", "waarvoor", "what for"),
        ),
    ),
    Replayed(
        "restricted_again", nl="het gebruik beperken", en="restricting use",
        operation="restricted", action="privacy.actions.restrict_again",
    ),
    Replayed(
        "released_again", nl="een beperking opheffen", en="lifting a restriction",
        operation="released", action="privacy.actions.release_again",
    ),
    Replayed(
        "held_again", nl="gegevens vasthouden", en="holding data",
        operation="held", action="privacy.actions.hold_again",
    ),
    Replayed(
        "let_go_again", nl="niet langer vasthouden", en="holding no longer",
        operation="hold_ended", action="privacy.actions.let_go_again",
    ),
)  # fmt: skip
