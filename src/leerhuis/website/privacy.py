"""What the public site does not do, and what follows from that. It keeps nothing about people."""

from leerhuis.charter.declarations import Measure, Theme

NOBODY_FOLLOWED = Measure(
    "nobody_followed",
    nl="Op onze website houden we niet per bezoeker bij welke pagina’s u bekijkt en welke keuzes u maakt.",
    en="On our website we do not keep track, per visitor, of which pages you view and which choices you make.",
    theme=Theme.STORAGE,
    promises=("K9b", "K10"),
)
NO_ANALYTICS = Measure(
    "no_analytics",
    nl="We gebruiken geen analytische cookies, geen Google Analytics en geen opnamen van bezoeken.",
    en="We use no analytics cookies, no Google Analytics and no recordings of visits.",
    theme=Theme.STORAGE,
    promises=("K10",),
)
NO_OTHER_HOSTS = Measure(
    "no_other_hosts",
    nl="Onze pagina’s laden niets van andere websites. De knoppen om een opleiding te delen zijn gewone links: het netwerk merkt pas iets als u erop klikt.",
    en="Our pages load nothing from other websites. The buttons for sharing a course are plain links: a network notices nothing until you click one.",
    theme=Theme.STORAGE,
    promises=("K15b",),
)
WORKS_WITHOUT_COOKIES = Measure(
    "works_without_cookies",
    nl="U kunt onze opleidingen, voorwaarden en contactgegevens ook bekijken als u alle cookies blokkeert. Een formulier versturen en inloggen gaan dan niet; de pagina zegt dat er ook bij.",
    en="You can read our courses, conditions and contact details with all cookies blocked. Sending a form and signing in do not work then; the page says so.",
    theme=Theme.STORAGE,
    promises=("K9c",),
)
WHO_WE_ARE_EVERYWHERE = Measure(
    "who_we_are_everywhere",
    nl="Onder elke pagina van onze website staat wie verantwoordelijk is en hoe u ons bereikt.",
    en="At the foot of every page of our website it says who is responsible and how to reach us.",
    theme=Theme.ABOUT,
    promises=("K1",),
)
