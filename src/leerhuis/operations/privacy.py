"""What the academy says about backups: only where they are made, by this installation itself."""

from leerhuis.charter.declarations import Measure, Processor, Theme
from leerhuis.charter.words import WORDS

BACKUPS = Measure(
    "backups",
    nl="Van onze gegevens maken wij elke dag een reservekopie, en wat daarna verandert komt er binnen enkele minuten bij. Een reservekopie dient alleen om gegevens terug te zetten die door een storing verloren gingen. Zij staat {settings.backup.place_nl}, en is versleuteld voordat zij onze server verlaat.",
    en="We make a backup of our data every day, and what changes after that is added within minutes. A backup serves only to restore data that were lost by a failure. It is {settings.backup.place_en}, and is encrypted before it leaves our server.",
    theme=Theme.KEEPING,
    promises=("L22", "L27"),
    when="figures.backups",
)
BACKUPS_END = Measure(
    "backups_end",
    nl="Wij bewaren een reservekopie hoogstens {settings.backup.days} dagen. Dan vernietigen wij de sleutel waarmee zij te lezen is, en is elke kopie ervan onleesbaar, waar die ook staat.",
    en="We keep a backup for at most {settings.backup.days} days. Then we destroy the key with which it can be read, and every copy of it is unreadable, wherever it is.",
    theme=Theme.KEEPING,
    promises=("L22",),
    when="figures.backups",
)
BACKUPS_BRING_NOBODY_BACK = Measure(
    "backups_bring_nobody_back",
    nl="Zetten wij een oudere stand van onze gegevens terug, dan voeren wij eerst opnieuw uit wat sindsdien werd gewist, beperkt of ingetrokken. Pas daarna gaat de website weer open.",
    en="When we put back an older state of our data, we first carry out again what was erased, restricted or withdrawn since. Only then does the website open again.",
    theme=Theme.KEEPING,
    promises=("L22",),
    when="figures.backups",
)
BACKUPS_TRIED = Measure(
    "backups_tried",
    nl="Elke week proberen wij of de nieuwste reservekopie het doet: wij zetten haar terug op een afgesloten plek, tellen na of alles er is, en halen die plek weer weg.",
    en="Every week we try whether the newest backup works: we put it back in a closed place, count whether everything is there, and remove that place again.",
    theme=Theme.SECURITY,
    promises=("L22",),
    when="figures.backups",
)
BACKUP_KEEPER = Processor(
    "backup_keeper",
    nl="bewaren van versleutelde reservekopieën",
    en="keeping encrypted backups",
    role="backups",
    words=tuple(WORDS.values()),
    holds_all=True,
    when="figures.backups",
)
