"""What is declared about documents, whatever their purpose: how they are kept, and how a person reads them."""

from leerhuis.charter.declarations import Followed, Listing, Measure, Replayed, Theme, Told

SEALED = Measure(
    "sealed",
    nl="Documenten over u bewaren wij versleuteld, met een eigen sleutel per persoon en per doel. De sleutels staan apart van de documenten en van de back-ups.",
    en="We keep documents about you encrypted, with a key of its own per person and per purpose. The keys are kept apart from the documents and from the backups.",
    theme=Theme.SECURITY,
    promises=("K17",),
)
KEY_GOES = Measure(
    "key_goes",
    nl="Verwijderen wij het laatste document dat wij voor een doel van u bewaren, dan vernietigen wij ook de sleutel. Kopieën van uw documenten in back-ups zijn dan meteen onleesbaar.",
    en="When we remove the last document that we keep of you for a purpose, we destroy its key as well. Copies of your documents in backups are unreadable from then on.",
    theme=Theme.KEEPING,
    promises=("L18", "L21"),
)
EXAMINED = Measure(
    "examined",
    nl="Elk document dat wij over u bewaren, wordt eerst op deze server op virussen onderzocht. Tot dan kan niemand het openen; zit er een virus in, dan wordt het vernietigd.",
    en="Each document that we keep about you is first examined for viruses on this server. Until then nobody can open it; if there is a virus in it, it is destroyed.",
    theme=Theme.SECURITY,
    promises=("L26a",),
    when="figures.uploads_examined",
)
OPENED_WITHIN_RIGHTS = Measure(
    "opened_within_rights",
    nl="Een document over u opent alleen wie dat op dat moment mag. Dat wordt bij elke keer opnieuw nagegaan, en wie het opende, leest u bij ‘Mijn gegevens’.",
    en="A document about you is opened only by who may do so at that moment. That is checked again each time, and who opened it you read under ‘My data’.",
    theme=Theme.SECURITY,
    promises=("L8a", "K17"),
)
SHEETS_NOT_KEPT = Measure(
    "sheets_not_kept",
    nl="Een lijst die iemand in ons systeem inleest, zoals een Excelbestand met aanmeldingen, bewaren wij niet als bestand.",
    en="We do not keep a list that somebody reads into our system, such as an Excel file with registrations, as a file.",
    theme=Theme.KEEPING,
    promises=("K4",),
)
DOCUMENTS_READ = Listing(
    "documents_read",
    nl="documenten over u",
    en="documents about you",
    model="documents.Document",
    tells=(
        Told("name", "bestand", "file"),
        Told("reason", "wat het is en waarom wij het bewaren", "what it is and why we keep it"),
        Told("created_at", "toegevoegd", "added"),
        Told("size", "grootte in bytes", "size in bytes"),
        Told("kind", "soort bestand", "kind of file"),
        Told("scan", "virusscanner", "virus scanner"),
        Told("dropped_at", "verwijderd", "removed"),
    ),
)
FILES_FOLLOW = Followed(
    "files_follow",
    nl="het bestand en, met het laatste, de sleutel",
    en="the file and, with the last one, the key",
    model="documents.Document",
    action="documents.actions.follow_documents",
    waiting="documents.queries.removals_waiting",
)
FORGOTTEN_AGAIN = Replayed(
    "forgotten_again",
    nl="documenten en hun sleutels wissen",
    en="erasing documents and their keys",
    operation="erased",
    action="documents.actions.forget_again",
)
