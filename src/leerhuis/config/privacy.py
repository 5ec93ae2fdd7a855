"""What holds because of how the product runs, whatever the package: its connections and its logs."""

from leerhuis.charter.declarations import Measure, Theme

HTTPS_ONLY = Measure(
    "https_only",
    nl="Alle pagina’s van deze website gaan uitsluitend over een beveiligde verbinding (TLS). U ziet dat aan ‘https’ en het slotje in de adresbalk.",
    en="All pages of this website travel over a secured connection (TLS) only. You see that by ‘https’ and the padlock in the address bar.",
    theme=Theme.SECURITY,
    promises=("L27",),
    when="figures.https_only",
)
LOGS_WITHOUT_PEOPLE = Measure(
    "logs_without_people",
    nl="In de logboeken van ons systeem staan geen namen, e-mailadressen of IP-adressen en niets over uw browser of apparaat. Er staat alleen in welke soort pagina werd gevraagd, wanneer, en of dat goed ging.",
    en="The logs of our system hold no names, e-mail addresses or IP addresses and nothing about your browser or device. They only say which kind of page was asked for, when, and whether that went well.",
    theme=Theme.SECURITY,
    promises=("L6", "L7"),
)
