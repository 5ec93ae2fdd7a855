# ruff: noqa: E501 - a sentence of the statement stands on one line, to be read as it is printed
"""The rights of people, how they use them, and where they complain: sentences of the statement."""

from leerhuis.charter.declarations import Measure, Theme

RIGHTS = (
    Measure(
        "right_to_explanation",
        nl="U heeft recht op uitleg over welke persoonsgegevens wij van u hebben en wat wij daarmee doen.",
        en="You have the right to an explanation of which personal data we have of you and what we do with them.",
        theme=Theme.RIGHTS,
        promises=("L35",),
    ),
    Measure(
        "right_of_access",
        nl="U heeft recht op inzage in de precieze gegevens die wij van u hebben.",
        en="You have the right to see the precise data that we have of you.",
        theme=Theme.RIGHTS,
        promises=("L35", "K19c"),
    ),
    Measure(
        "right_to_correction",
        nl="U kunt fouten laten verbeteren. Uw naam, uw e-mailadres en uw taal verbetert u na inloggen zelf, bij ‘Mijn gegevens wijzigen’.",
        en="You can have mistakes corrected. Your name, your e-mail address and your language you correct yourself after signing in, under ‘My details’.",
        theme=Theme.RIGHTS,
        promises=("L35", "K19c"),
    ),
    Measure(
        "right_to_erasure",
        nl="U kunt vragen om gegevens te verwijderen die wij niet meer nodig hebben; na inloggen doet u dat zelf, en ziet u eerst wat weggaat en wat blijft. Als de wet ons verplicht om gegevens te bewaren, of als er een andere dringende reden is, kunnen wij zo’n verzoek niet of niet helemaal uitvoeren.",
        en="You can ask us to erase data that we no longer need; after signing in you do so yourself, and first see what goes and what stays. Where the law obliges us to keep data, or where there is another pressing reason, we cannot carry out such a request, or not in full.",
        theme=Theme.RIGHTS,
        promises=("L35", "K19b"),
    ),
    Measure(
        "right_to_restriction",
        nl="U kunt vragen om het gebruik van uw gegevens een tijd te beperken, bijvoorbeeld zolang wij nagaan of ze kloppen.",
        en="You can ask us to restrict the use of your data for a while, for example as long as we check whether they are right.",
        theme=Theme.RIGHTS,
        promises=("L35",),
    ),
    Measure(
        "right_to_withdraw",
        nl="Toestemming die u gaf voor het gebruik van uw gegevens, kunt u altijd weer intrekken.",
        en="Consent that you gave for the use of your data you can always withdraw.",
        theme=Theme.RIGHTS,
        promises=("L35",),
    ),
    Measure(
        "right_to_object",
        nl="U kunt bezwaar maken tegen een bepaald gebruik van uw gegevens.",
        en="You can object to a particular use of your data.",
        theme=Theme.RIGHTS,
        promises=("L35",),
    ),
    Measure(
        "right_to_portability",
        nl="U kunt uw gegevens meenemen, in een vorm die een ander systeem kan lezen.",
        en="You can take your data along, in a form that another system can read.",
        theme=Theme.RIGHTS,
        promises=("L35",),
    ),
    Measure(
        "my_data_page",
        nl="Bij ‘Mijn gegevens’ ziet u na inloggen alles wat wij over u bewaren: waarvoor, op welke grond, tot wanneer, wie het ziet en wie ernaar keek. Ook opmerkingen die anderen over u schreven, staan daar. U kunt alles downloaden in één bestand: een leesbare pagina, hetzelfde als JSON, en uw bestanden. Namen en adressen van anderen laten wij uit opmerkingen weg waar wij die herkennen.",
        en="Under ‘My data’ you see after signing in all that we keep about you: what for, on which ground, until when, who sees it and who looked at it. Remarks that others wrote about you stand there too. You can download all of it in one file: a readable page, the same as JSON, and your files. From remarks we leave out names and addresses of others where we recognise them.",
        theme=Theme.RIGHTS,
        promises=("L35", "W1"),
    ),
    Measure(
        "request_by_mail",
        nl="Een verzoek kunt u ook mailen naar {settings.controller.privacy_email}. Wij reageren binnen {settings.rights.answer_days} dagen.",
        en="You can also mail a request to {settings.controller.privacy_email}. We respond within {settings.rights.answer_days} days.",
        theme=Theme.RIGHTS,
        promises=("K19c", "L12"),
    ),
    Measure(
        "say_who_you_are",
        nl="Geef bij een verzoek duidelijk aan wie u bent, zodat wij zeker weten dat wij geen gegevens van de verkeerde persoon aanpassen of verwijderen.",
        en="With a request, say clearly who you are, so that we know for certain that we do not change or erase the data of the wrong person.",
        theme=Theme.RIGHTS,
        promises=("L36",),
    ),
    Measure(
        "password_before_download",
        nl="Downloaden van uw gegevens kan alleen kort na inloggen: is dat langer dan {figures.fresh_minutes} minuten geleden, dan vragen wij opnieuw om uw wachtwoord of uw tweede stap.",
        en="Your data can be downloaded only shortly after signing in: if that is more than {figures.fresh_minutes} minutes ago, we ask your password or second step again.",
        theme=Theme.RIGHTS,
        promises=("L36", "L28"),
    ),
    Measure(
        "no_identity_papers",
        nl="Stuur ons geen kopie van uw paspoort, rijbewijs of identiteitskaart; die hebben wij niet nodig. Doet u het toch, dek dan altijd uw pasfoto en uw burgerservicenummer (BSN) af.",
        en="Do not send us a copy of your passport, driving licence or identity card; we do not need it. If you do so all the same, always cover your photograph and your citizen service number (BSN).",
        theme=Theme.RIGHTS,
        promises=("L36",),
    ),
)
COMPLAINTS = (
    Measure(
        "tell_us_first",
        nl="Vindt u dat wij niet goed met uw gegevens omgaan of u niet goed helpen? Laat het ons weten via {settings.controller.privacy_email}.",
        en="Do you find that we do not handle your data well or do not help you well? Let us know at {settings.controller.privacy_email}.",
        theme=Theme.COMPLAINTS,
        promises=("L38",),
    ),
    Measure(
        "procedure_in_conditions",
        nl="In onze algemene voorwaarden vindt u onze klachtenprocedure.",
        en="In our general conditions you find our complaint procedure.",
        theme=Theme.COMPLAINTS,
        promises=("K20",),
        when="statement.complaints_in_terms",
    ),
    Measure(
        "authority",
        nl="U heeft het recht om een klacht in te dienen bij de toezichthouder, de Autoriteit Persoonsgegevens. Hoe dat gaat, leest u op https://autoriteitpersoonsgegevens.nl.",
        en="You have the right to lodge a complaint with the supervisory authority, the Dutch Data Protection Authority (Autoriteit Persoonsgegevens). How to do that is explained at https://autoriteitpersoonsgegevens.nl.",
        theme=Theme.COMPLAINTS,
        promises=("L38", "K20"),
    ),
)
