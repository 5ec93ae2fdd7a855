"""What mail keeps about people, and why."""

from leerhuis.charter.audiences import MARKETING, NOBODY, OFFICE, SIGNED_IN
from leerhuis.charter.declarations import (
    CONSENT_GIVEN,
    CONTRACT,
    EACH_RESTORE,
    LAW,
    Followed,
    Listing,
    Measure,
    Processor,
    Purpose,
    Replayed,
    Search,
    Theme,
    Told,
)
from leerhuis.charter.groups import KNOWN, VISITORS
from leerhuis.charter.terms import years
from leerhuis.charter.words import CONSENT, CONTACT, MESSAGE

SERVICE_MAIL = Purpose(
    "service_mail",
    nl="het sturen van berichten over uw account, inschrijving en opleiding",
    en="sending messages about your account, enrolment and course",
    whose=(KNOWN,),
    basis=CONTRACT,
    rows="mail.Message",
    uses=(CONTACT, MESSAGE),
    holds=(),
    children=("mail.Mention", "mail.CustomerMention"),
    clock="sent_at",
    clock_nl="na verzending",
    clock_en="after sending",
    keep=years(1),
    term="terms.mail",
    seen_by=(SIGNED_IN.via("person").of(CONTACT, MESSAGE), OFFICE.everywhere.of(CONTACT, MESSAGE)),
    promises=("L13a", "K13"),
)
NEWS_MAIL = Purpose(
    "news_mail",
    nl="het sturen van nieuws waar u om vroeg",
    en="sending news that you asked for",
    whose=(KNOWN,),
    basis=CONSENT_GIVEN,
    rows="mail.Message",
    uses=(CONTACT, MESSAGE),
    holds=(),
    clock="sent_at",
    clock_nl="na verzending",
    clock_en="after sending",
    keep=years(1),
    term="terms.mail",
    seen_by=(
        SIGNED_IN.via("person").of(CONTACT, MESSAGE),
        OFFICE.everywhere.of(CONTACT, MESSAGE),
        MARKETING.everywhere.of(CONTACT, MESSAGE),
    ),
    promises=("L14a", "K5a"),
    when="features.newsletter",
)
DO_NOT_MAIL = Purpose(
    "do_not_mail",
    nl="het onthouden, onleesbaar, naar welk adres geen nieuws meer gaat",
    en="remembering, unreadably, to which address no news goes any more",
    whose=(KNOWN, VISITORS),
    basis=LAW,
    rows="mail.Suppression",
    uses=(CONSENT, CONTACT),
    clock="created_at",
    clock_nl="nadat u het nieuws stopte",
    clock_en="after you stopped the news",
    keep=years(2),
    seen_by=(NOBODY.everywhere.of(CONSENT, CONTACT),),
    promises=("L14a", "K13", "W6"),
)
MAILS_ASIDE = Purpose(
    "aside",
    nl="het apart houden van uw berichten zolang het gebruik van uw gegevens is beperkt",
    en="keeping your messages apart while the use of your data is restricted",
    whose=(KNOWN,),
    basis=LAW,
    rows="mail.SetAside",
    uses=(CONSENT,),
    lasting=True,
    clock="ended_at",
    clock_nl="nadat de beperking eindigde",
    clock_en="after the restriction ended",
    keep=years(1),
    seen_by=(SIGNED_IN.via("person").of(CONSENT),),
    promises=("L21",),
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
HANDED_OVER_SECURED = Measure(
    "handed_over_secured",
    nl="E-mails geven wij alleen over een beveiligde verbinding (TLS) door aan het bedrijf dat ze bezorgt. Lukt dat niet, dan gaan ze niet weg.",
    en="We hand e-mails to the company that delivers them over a secured connection (TLS) only. Where that cannot be done, they do not leave.",
    theme=Theme.SECURITY,
    promises=("L27",),
    when="figures.mail_elsewhere",
)
MAIL_PROVIDER = Processor(
    "mail_provider",
    nl="verzenden en ontvangen van e-mail",
    en="sending and receiving e-mail",
    role="mail",
    words=(CONTACT, MESSAGE),
)
MENTIONS_EMPTIED = Followed(
    "mentions_emptied",
    nl="de tekst van e-mails aan anderen waarin iemand wordt genoemd",
    en="the text of e-mails to others that name somebody",
    model="mail.Mention",
    action="mail.actions.empty_mentioning",
)
CUSTOMERS_EMPTIED = Followed(
    "customers_emptied",
    nl="de tekst van e-mails waarin een organisatie wordt genoemd",
    en="the text of e-mails that name an organisation",
    model="mail.CustomerMention",
    action="mail.actions.empty_mentioning_customers",
)
CUSTOMERS_READ = Listing(
    "customers_read",
    nl="welke e-mails aan u een organisatie noemen",
    en="which e-mails to you name an organisation",
    model="mail.CustomerMention",
    tells=(Told("created_at", "gemaakt", "made"),),
)
MENTIONS_READ = Listing(
    "mentions_read",
    nl="e-mails aan anderen waarin u wordt genoemd",
    en="e-mails to others that name you",
    model="mail.Mention",
    tells=(Told("created_at", "gemaakt", "made"),),
)
ASIDE_READ = Listing(
    "aside_read",
    nl="wanneer uw berichten apart werden gehouden",
    en="when your messages were kept apart",
    model="mail.SetAside",
    tells=(Told("created_at", "vanaf", "from"), Told("ended_at", "tot", "until")),
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
        Told("topic", "onderwerp waarvoor u toestemming gaf", "topic to which you consented"),
        Told("leave_link", "link waarmee u het stopt", "link with which you stop it"),
        Told("vanishes", "verdwijnt na verzending", "disappears once it was sent"),
    ),
    withheld=(("body", "secret"),),
)
MAILS_FOUND = Search(
    "mails_found",
    nl="E-mails",
    en="Mails",
    query="mail.queries.search_messages",
    page="mail_office_message",
    sign="mail",
    place=70,
    purpose="mail.service_mail",
)
HELD_AFTER_RESTORE = Replayed(
    "held_after_restore",
    nl="oude mails tegenhouden",
    en="holding back old mails",
    operation=EACH_RESTORE,
    action="mail.actions.hold_after_restore",
)
