"""What is kept about people and their sign-in, and why."""

from django.conf import settings

from leerhuis.charter.audiences import NOBODY, OFFICE, PRIVACY_OFFICER, SIGNED_IN
from leerhuis.charter.declarations import (
    CONTRACT,
    EACH_RESTORE,
    INTEREST,
    Filed,
    Listing,
    Measure,
    Purpose,
    Replayed,
    Search,
    Storage,
    Theme,
    Told,
)
from leerhuis.charter.groups import ACCOUNTS, KNOWN
from leerhuis.charter.terms import days, years
from leerhuis.charter.words import CONTACT, CREDENTIAL, DOCUMENT, FREE_TEXT, IDENTITY, TECHNICAL, TRACE

ACCOUNT = Purpose(
    "account",
    nl="uw account en het contact met u",
    en="your account and staying in touch with you",
    whose=(KNOWN,),
    basis=CONTRACT,
    rows="people.Person",
    children=("account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator"),
    uses=(IDENTITY, CONTACT, CREDENTIAL),
    clock="last_login",
    clock_nl="nadat u voor het laatst inlogde of uw laatste opleiding eindigde",
    clock_en="after you last signed in or your last course ended",
    keep=years(2),
    term="terms.account",
    seen_by=(
        SIGNED_IN.via("self").of(IDENTITY, CONTACT),
        OFFICE.everywhere.of(IDENTITY, CONTACT),
        PRIVACY_OFFICER.everywhere.of(IDENTITY, CONTACT),
    ),
    promises=("L3", "K2"),
)
ARRANGEMENTS = Purpose(
    "arrangements",
    nl="het bewaren van wat wij met u op papier afspraken, zoals een ondertekende overeenkomst",
    en="keeping what we agreed with you on paper, such as a signed agreement",
    whose=(KNOWN,),
    basis=CONTRACT,
    rows="documents.Document",
    only=(("purpose", "people.arrangements"),),
    uses=(DOCUMENT, FREE_TEXT),
    clock="created_at",
    clock_nl="nadat wij het document toevoegden",
    clock_en="after we added the document",
    keep=years(2),
    seen_by=(
        SIGNED_IN.via("person").of(DOCUMENT, FREE_TEXT),
        OFFICE.everywhere.of(DOCUMENT, FREE_TEXT),
    ),
    promises=("K3", "L18"),
)
ARRANGEMENTS_FILED = Filed(
    "arrangements_filed",
    nl="een afspraak met deze persoon op papier",
    en="an arrangement with this person on paper",
    purpose="people.arrangements",
    query="people.queries.arrangements_for",
)
SIGN_IN = Purpose(
    "sign_in",
    nl="het onthouden dat u bent ingelogd, zolang u bezig bent",
    en="remembering that you are signed in, as long as you are busy",
    whose=(ACCOUNTS,),
    basis=CONTRACT,
    rows="people.Store",
    uses=(TECHNICAL,),
    holds=(),
    clock="expire_date",
    otherwise="expire_date",
    clock_nl="nadat het inloggen is verlopen",
    clock_en="after the sign-in expired",
    keep=days(1),
    seen_by=(NOBODY.everywhere.of(TECHNICAL),),
    promises=("L6", "K9a"),
)
ROLES = Purpose(
    "roles",
    nl="het bepalen wie wat mag zien en doen",
    en="deciding who may see and do what",
    whose=(ACCOUNTS,),
    basis=INTEREST,
    interest_nl="dat alleen bevoegde mensen bij gegevens kunnen",
    interest_en="that only authorised people can reach data",
    rows="people.Role",
    uses=(TRACE, IDENTITY, CONTACT),
    lasting=True,
    clock="ended_at",
    clock_nl="nadat de rol is geëindigd",
    clock_en="after the role ended",
    keep=years(2),
    seen_by=(SIGNED_IN.via("person").of(TRACE), OFFICE.everywhere.of(TRACE, IDENTITY, CONTACT)),
    promises=("K17",),
)
SIGN_UP_ASKS = Measure(
    "sign_up_asks",
    nl="Voor een account vragen we uw e-mailadres, een wachtwoord, uw voornaam en uw achternaam. Meer niet.",
    en="For an account we ask your e-mail address, a password, your first name and your last name. Nothing more.",
    theme=Theme.WHAT,
    promises=("L3",),
)
SOURCE_KEPT = Measure(
    "source_kept",
    nl="Uw gegevens krijgen we van u zelf of van uw werkgever, bijvoorbeeld bij een aanmelding voor een opleiding. Bij uw gegevens staat van wie we ze kregen en wanneer.",
    en="We receive your data from you or from your employer, for example when registering for a course. Beside your data it says from whom we got them and when.",
    theme=Theme.WHAT,
    promises=("K2",),
)
PASSWORD_HASHED = Measure(
    "password_hashed",
    nl="Uw wachtwoord bewaren we alleen onleesbaar (met Argon2id). Niemand bij ons kan het zien.",
    en="We keep your password unreadable only (with Argon2id). Nobody here can see it.",
    theme=Theme.SECURITY,
    promises=("K17",),
)
SECOND_FACTOR = Measure(
    "second_factor",
    nl="Iedereen die gegevens van anderen kan zien – medewerkers, trainers en contactpersonen van werkgevers – logt in met een tweede stap naast het wachtwoord.",
    en="Everyone who can see other people’s data – staff, trainers and employers’ contacts – signs in with a second step besides the password.",
    theme=Theme.SECURITY,
    promises=("L28",),
)
ROLE_LIMITS = Measure(
    "role_limits",
    nl="Wie wat mag zien, hangt af van de rol. Elke pagina is gesloten, tenzij zij voor die rol is opengezet.",
    en="Who may see what depends on the role. Every page is closed unless it was opened for that role.",
    theme=Theme.SECURITY,
    promises=("K17",),
)
SIGN_IN_COOKIE = Storage(
    "sign_in_cookie",
    kind="cookie",
    name=settings.SESSION_COOKIE_NAME,
    nl="onthoudt dat u bent ingelogd of een formulier invult, en zorgt dat alleen u dat formulier kunt versturen",
    en="remembers that you are signed in or filling in a form, and makes sure that only you can send that form",
    lasts_nl="als u de browser sluit of uitlogt",
    lasts_en="when you close the browser or sign out",
    promises=("K9a",),
)
PAGE_KEY = Storage(
    "page_key",
    kind="sessionStorage",
    name="htmx-current-path-for-history",
    nl="onthoudt op welke pagina u bent, zodat de knop Terug werkt",
    en="remembers which page you are on, so that the Back button works",
    lasts_nl="als u het tabblad sluit",
    lasts_en="when you close the tab",
    promises=("K9a",),
)
KEYS_OFF = Storage(
    "keys_off",
    kind="localStorage",
    name="leerhuis-keys-off",
    nl="onthoudt dat u sneltoetsen van één teken heeft uitgezet; alleen als u dat doet",
    en="remembers that you switched off shortcuts of one character; only if you do so",
    lasts_nl="als u ze weer aanzet of de gegevens van deze site in uw browser wist",
    lasts_en="when you switch them on again or clear the data of this site in your browser",
    promises=("K9a",),
)
LANGUAGE_COOKIE = Storage(
    "language_cookie",
    kind="cookie",
    name=settings.LANGUAGE_COOKIE_NAME,
    nl="onthoudt de taal die u koos",
    en="remembers the language you chose",
    lasts_nl="als u de browser sluit",
    lasts_en="when you close the browser",
    promises=("K9a",),
)
PERSON_READ = Listing(
    "person_read",
    nl="uw account",
    en="your account",
    model="people.Person",
    tells=(
        Told("email", "e-mailadres", "e-mail address"),
        Told("first_name", "voornaam", "first name"),
        Told("last_name", "achternaam", "last name"),
        Told("sort_name", "naam voor lijsten op alfabet", "name for lists in alphabetical order"),
        Told("language", "taal van pagina’s en mails", "language of pages and mails"),
        Told("source", "hoe wij aan uw gegevens komen", "how we got your data"),
        Told("created_at", "bij ons bekend sinds", "known to us since"),
        Told("entered_by", "ingevoerd door", "entered by"),
        Told("state", "stand van uw account", "state of your account"),
        Told("last_login", "laatst ingelogd", "last signed in"),
        Told("restricted_at", "gebruik beperkt sinds", "use restricted since"),
        Told("password", "wachtwoord", "password"),
    ),
)
STORES_READ = Listing(
    "stores_read",
    nl="wat de server onthoudt zolang u bent ingelogd",
    en="what the server remembers while you are signed in",
    model="people.Store",
    tells=(
        Told("expire_date", "verloopt", "expires"),
        Told("session_data", "inhoud, ondertekend", "content, signed"),
        Told("session_key", "sleutel van het inloggen", "key of the sign-in"),
    ),
)
ROLES_READ = Listing(
    "roles_read",
    nl="uw rollen",
    en="your roles",
    model="people.Role",
    tells=(
        Told("name", "rol", "role"),
        Told("created_at", "gegeven", "granted"),
        Told("granted_by", "gegeven door", "granted by"),
        Told("ended_at", "geëindigd", "ended"),
    ),
)
ADDRESSES_READ = Listing(
    "addresses_read",
    nl="e-mailadressen waarmee u inlogt",
    en="e-mail addresses with which you sign in",
    model="account.EmailAddress",
    tells=(
        Told("email", "e-mailadres", "e-mail address"),
        Told("verified", "bevestigd door u", "confirmed by you"),
        Told("primary", "hoofdadres", "main address"),
    ),
)
CONFIRMATIONS_READ = Listing(
    "confirmations_read",
    nl="links waarmee u een e-mailadres bevestigt",
    en="links with which you confirm an e-mail address",
    model="account.EmailConfirmation",
    tells=(
        Told("created", "gemaakt", "made"),
        Told("sent", "verzonden", "sent"),
        Told("key", "sleutel in de link", "key in the link"),
    ),
)
STEPS_READ = Listing(
    "steps_read",
    nl="uw tweede stap bij het inloggen",
    en="your second step when signing in",
    model="mfa.Authenticator",
    tells=(
        Told("type", "soort", "kind"),
        Told("created_at", "ingesteld", "set up"),
        Told("last_used_at", "laatst gebruikt", "last used"),
        Told("data", "geheim waarmee de code wordt berekend", "secret from which the code is worked out"),
    ),
)
PEOPLE_FOUND = Search(
    "people_found",
    nl="Mensen",
    en="People",
    query="people.queries.search_people",
    page="portal_office_person",
    sign="user",
    place=10,
    purpose="people.account",
)
SIGN_INS = Purpose(
    "sign_ins",
    nl="het tonen waar u bent ingelogd en u waarschuwen als iemand op een nieuw apparaat inlogt",
    en="showing where you are signed in and warning you when somebody signs in on a new device",
    whose=(ACCOUNTS,),
    basis=INTEREST,
    interest_nl="dat niemand anders ongemerkt uw account gebruikt",
    interest_en="that nobody else uses your account unnoticed",
    rows="people.SignIn",
    uses=(TECHNICAL, CREDENTIAL),
    holds=(),
    clock="last_used_at",
    clock_nl="nadat u op dat apparaat voor het laatst was ingelogd",
    clock_en="after you were last signed in on that device",
    keep=days(180),
    seen_by=(SIGNED_IN.via("person").of(TECHNICAL),),
    promises=("K17",),
)
DEVICE_COOKIE = Storage(
    "device_cookie",
    kind="cookie",
    name=settings.DEVICE_COOKIE_NAME,
    nl="herkent dit apparaat, zodat wij u kunnen waarschuwen als iemand op een ander apparaat met uw account inlogt",
    en="recognises this device, so that we can warn you when somebody signs in to your account on another one",
    lasts_nl="een half jaar nadat u voor het laatst inlogde",
    lasts_en="half a year after you last signed in",
    promises=("K9a",),
)
APPS_LIMITED = Measure(
    "apps_limited",
    nl="Geeft u een app toegang, dan kan die alleen met uw oefenvragen werken, en drie maanden lang. We bewaren de toegangscode alleen onleesbaar. U ziet elke app bij “Waar u bent ingelogd”, krijgt er een mail over, en logt haar uit wanneer u wilt.",
    en="If you give an app access, it can work with your practice questions only, and for three months. We keep its token unreadable only. You see each app under “Where you are signed in”, get a mail about it, and sign it out whenever you want.",
    theme=Theme.SECURITY,
    promises=("K17",),
)
TRIES_COUNTED = Measure(
    "tries_counted",
    nl="Wie te vaak een verkeerd wachtwoord of een verkeerde code probeert, moet wachten. Wat we daarvoor bijhouden, is niet naar u of uw adres te herleiden.",
    en="Whoever tries a wrong password or code too often has to wait. What we count for this cannot be traced to you or your address.",
    theme=Theme.SECURITY,
    promises=("K17",),
)
SIGN_INS_READ = Listing(
    "sign_ins_read",
    nl="waar u bent of was ingelogd",
    en="where you are or were signed in",
    model="people.SignIn",
    tells=(
        Told("browser", "browser", "browser"),
        Told("system", "apparaat", "device"),
        Told("created_at", "ingelogd", "signed in"),
        Told("last_used_at", "laatst gebruikt", "last used"),
        Told("ended_at", "uitgelogd", "signed out"),
        Told("device_key", "herkenning van het apparaat", "recognition of the device"),
        Told("scope", "wat een app mag", "what an app may"),
        Told("app", "naam van de app", "name of the app"),
        Told("second_factor", "toegang gegeven na de tweede stap", "access given after the second step"),
        Told("expires_at", "toegang van de app eindigt", "access of the app ends"),
    ),
)
ACCESS_REVOKED_AGAIN = Replayed(
    "access_revoked_again",
    nl="toegang en rollen intrekken",
    en="revoking access and roles",
    operation="access_revoked",
    action="people.actions.revoke_again",
)
CORRECTION_ASKED_AGAIN = Replayed(
    "correction_asked_again",
    nl="verbeterde gegevens opnieuw vragen",
    en="asking for corrected details again",
    operation="rectified",
    action="people.actions.ask_correction_again",
)
SIGN_INS_ENDED = Replayed(
    "sign_ins_ended",
    nl="iedereen uitloggen",
    en="signing everybody out",
    operation=EACH_RESTORE,
    action="people.actions.end_all_sign_ins",
)
