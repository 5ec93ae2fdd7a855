"""What practice keeps of a person, why, and what it never does."""

from leerhuis.charter.audiences import SIGNED_IN
from leerhuis.charter.declarations import CONTRACT, Measure, Purpose, Theme
from leerhuis.charter.terms import months
from leerhuis.charter.words import PRACTICE

PRACTISING = Purpose(
    "practising",
    nl="het oefenen in de app: onthouden wat u al weet en op tijd herhalen",
    en="practising in the app: remembering what you know already and repeating it in time",
    basis=CONTRACT,
    rows="practice.Access",
    children=("practice.Permit", "practice.Round", "practice.Card", "practice.Answer"),
    uses=(PRACTICE,),
    clock="until",
    clock_nl="nadat uw toegang tot de oefenvragen is geëindigd",
    clock_en="after your access to the practice questions ended",
    keep=months(6),
    term="terms.practice",
    seen_by=(SIGNED_IN.via("person").of(PRACTICE),),
    promises=("L5", "L18", "S1"),
    when="features.practice",
)
UNSEEN = Measure(
    "unseen",
    nl="Hoe u oefent, ziet alleen u. Uw werkgever, uw trainer en onze medewerkers zien niet of u oefent, wanneer, en wat u antwoordt.",
    en="Only you see how you practise. Your employer, your trainer and our staff do not see whether you practise, when, or what you answer.",
    theme=Theme.SHARING,
    promises=("K6",),
    when="features.practice",
)
ONLY_ORDERS = Measure(
    "only_orders",
    nl="De app berekent uit uw antwoorden welke vraag u wanneer opnieuw krijgt. Meer gebeurt daar niet mee: de app beslist niets over u en uw oefenantwoorden tellen niet mee voor een resultaat of certificaat.",
    en="From your answers the app works out which question comes back when. That is all that happens with them: the app decides nothing about you, and your practice answers do not count towards a result or certificate.",
    theme=Theme.DECISIONS,
    promises=("L23",),
    when="features.practice",
)
