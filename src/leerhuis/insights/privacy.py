"""What the statement says of figures. The tables here hold no person, so there is no purpose and nothing to keep."""

from leerhuis.charter.declarations import Measure, Theme

COUNTED_WITHOUT_PEOPLE = Measure(
    "counted_without_people",
    nl="Voor onderzoek, verbetering en inzicht gebruiken wij alleen aantallen per maand, waarin geen persoon meer voorkomt. Groepen van minder dan {settings.insights.smallest_group} mensen tonen wij niet, en ook niet wat daaruit valt af te leiden.",
    en="For research, improvement and insight we use only numbers by month in which no person occurs any more. We do not show groups of fewer than {settings.insights.smallest_group} people, nor what could be worked out about them.",
    theme=Theme.RESEARCH,
    promises=("L17a", "K5e"),
)
INSIGHTS_SHARED = Measure(
    "insights_shared",
    nl="Met deelnemers delen wij hoe alle deelnemers samen oefenen en slagen, en hoe het de groep gaat die in hetzelfde kwartaal begon of ongeveer even ver voor een examen staat. Een organisatie ziet zulke cijfers alleen over de eigen groep, in ronde percentages, en nooit over het oefenen.",
    en="With learners we share how all learners together practise and pass, and how those do who began in the same quarter or are about as far from an exam. An organisation sees such figures about its own group only, in round percentages, and never about practising.",
    theme=Theme.RESEARCH,
    promises=("L17b", "K6"),
)
GROUPS_PRACTISE = Measure(
    "groups_practise",
    nl="Wie u lesgeeft, ziet per onderwerp en per maand hoe een hele groep de vragen beantwoordde, als aandeel van alle antwoorden samen. Groepen van minder dan {settings.insights.smallest_group} mensen zijn daar niet bij, en wie oefent staat er niet in.",
    en="Whoever teaches you sees by topic and by month how a whole group answered the questions, as a share of all answers together. Groups of fewer than {settings.insights.smallest_group} people are left out, and who practises is not in it.",
    theme=Theme.RESEARCH,
    promises=("L17a", "K6"),
    when="features.practice",
)
COMPARED_MONTHLY = Measure(
    "compared_monthly",
    nl="Vraagt u daarom, dan krijgt u één keer per maand een e-mail over hoe deelnemers samen het deden in wat u oefent: wie in hetzelfde kwartaal begon als u, of alle deelnemers. Uw eigen cijfers staan daar niet in: die ziet u op uw eigen pagina. Groepen van minder dan {settings.insights.smallest_group} mensen staan er niet in.",
    en="If you ask for it, you get one e-mail a month about how learners together did in what you practise: those who began in the same quarter as you, or all learners. Your own figures are not in it: you see them on your own page. Groups of fewer than {settings.insights.smallest_group} people are not in it.",
    theme=Theme.MAIL,
    promises=("L14b",),
    when="news.comparison",
)
ERASED_COUNTS_STAY = Measure(
    "erased_counts_stay",
    nl="Worden uw gegevens gewist, dan tellen wij eerst mee wat u deed. Daarna zijn er alleen nog aantallen, waarin u niet te vinden bent. Aantallen van een organisatie bewaren wij zolang zij klant is; daarna blijven zij alleen over in die van alle deelnemers samen.",
    en="When your data are erased, we first count what you did. After that there are only numbers, in which you cannot be found. We keep numbers of an organisation as long as it is a customer; after that they remain only within those of all learners together.",
    theme=Theme.KEEPING,
    promises=("L19", "L20"),
    when="erasure.mode=anonymise",
)
ERASED_COUNT_FOR_NOBODY = Measure(
    "erased_count_for_nobody",
    nl="Worden uw gegevens gewist, dan blijven alleen aantallen over van alle deelnemers samen, waarin u niet te vinden bent. In de aantallen van uw organisatie telt u dan niet meer mee.",
    en="When your data are erased, only numbers of all learners together remain, in which you cannot be found. You then no longer count in the numbers of your organisation.",
    theme=Theme.KEEPING,
    promises=("K19a",),
    when="erasure.mode=delete",
)
