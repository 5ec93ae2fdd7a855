"""What the appearance keeps about people: who chose it, and nothing else."""

from leerhuis.charter.declarations import Measure, Theme

LOGO_SENDS_NOTHING = Measure(
    "logo_sends_nothing",
    nl="Ons logo staat op onze eigen server en zit in onze e-mails zelf. Wie het bekijkt, vraagt nergens anders iets op.",
    en="Our logo stands on our own server and travels inside our e-mails. Looking at it asks nothing of anybody else.",
    theme=Theme.MAIL,
    promises=("K13",),
)
