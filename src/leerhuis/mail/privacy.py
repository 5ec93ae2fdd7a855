"""What mail keeps about people, and why."""

from leerhuis.charter.audiences import OFFICE, SIGNED_IN
from leerhuis.charter.declarations import CONTRACT, Listing, Measure, Processor, Purpose, Theme, Told
from leerhuis.charter.terms import years
from leerhuis.charter.words import CONTACT, MESSAGE

SERVICE_MAIL = Purpose(
    "service_mail",
    nl="het sturen van berichten over uw account, inschrijving en opleiding",
    en="sending messages about your account, enrolment and course",
    basis=CONTRACT,
    rows="mail.Message",
    uses=(CONTACT, MESSAGE),
    clock="sent_at",
    clock_nl="na verzending",
    clock_en="after sending",
    keep=years(1),
    term="terms.mail",
    seen_by=(SIGNED_IN.via("person").of(CONTACT, MESSAGE), OFFICE.everywhere.of(CONTACT, MESSAGE)),
    promises=("L13a", "K13"),
)
SERVICE_MAIL_CANNOT_STOP = Measure(
    "service_mail_cannot_stop",
    nl="Berichten over uw account, uw inschrijving, uw opleiding en de veiligheid horen bij onze dienst. U kunt zich daarvoor niet afmelden. Aanbiedingen staan er nooit in.",
    en="Messages about your account, your enrolment, your course and security are part of our service. You cannot unsubscribe from them. They never contain offers.",
    theme=Theme.MAIL,
    promises=("L13a",),
)
NO_TRACKERS = Measure(
    "no_trackers",
    nl="Onze e-mails bevatten geen meetpunten en geen omgeleide links: wij zien niet of u een bericht opent.",
    en="Our e-mails contain no tracking pixels and no rewritten links: we do not see whether you open a message.",
    theme=Theme.MAIL,
    promises=("K13",),
)
MAIL_PROVIDER = Processor(
    "mail_provider",
    nl="verzenden en ontvangen van e-mail",
    en="sending and receiving e-mail",
    role="mail",
    words=(CONTACT, MESSAGE),
)
MAILS_READ = Listing(
    "mails_read",
    nl="e-mails aan u",
    en="e-mails to you",
    model="mail.Message",
    tells=(
        Told("title", "onderwerp", "subject"),
        Told("sent_at", "verzonden", "sent"),
        Told("to_address", "aan", "to"),
        Told("to_name", "naam", "name"),
        Told("body", "tekst", "text", marks=True),
        Told("state", "stand", "state"),
        Told("language", "taal", "language"),
        Told("created_at", "gemaakt", "made"),
        Told("attempts", "aantal pogingen", "number of attempts"),
        Told("try_after", "volgende poging", "next attempt"),
        Told("secret", "bevat een geheime link", "holds a secret link"),
    ),
    withheld=(("body", "secret"),),
)
