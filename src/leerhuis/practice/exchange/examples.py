"""The template of a sheet: the columns, and one question of each kind that shows how it is written down."""

from leerhuis.practice.exchange.columns import KIND_WORDS, NAMES, NUMBERED

_DUTCH_ENDS = {"answer": "antwoord", "pair": "hoort bij", "worth": "waarde", "feedback": "reactie"}
_ANSWERS = 3
_ONE_LINE = ("id", "topic", "kind", "question", "right", "explanation", "shuffle", "capitals", "slips", "units")
_EXAMPLES = {
    "en": (
        {"kind": "single", "question": "Which law protects personal data?", "right": "A"}
        | {
            "answer 1": "GDPR",
            "answer 2": "Copyright Act",
            "answer 3": "Company Act",
            "feedback 3": "That is about firms.",
        },
        {"kind": "multiple", "question": "Which are personal data?", "right": "A C"}
        | {"answer 1": "a name", "answer 2": "the weather", "answer 3": "a phone number"},
        {"kind": "true_false", "question": "A shop may always ask for my passport.", "right": "false"},
        {"kind": "short_text", "question": "What does GDPR begin with?", "answer 1": "General", "slips": "yes"},
        {"kind": "numeric", "question": "Within how many hours is a breach told?", "answer 1": "72", "units": "hours"},
        {"kind": "matching", "question": "What belongs together?"}
        | {"answer 1": "controller", "pair 1": "decides", "answer 2": "processor", "pair 2": "carries out"},
        {
            "kind": "ordering",
            "question": "What comes first?",
            "answer 1": "stop",
            "answer 2": "report",
            "answer 3": "learn",
        },
        {
            "kind": "cloze",
            "question": "A breach is told to the [[1]] within [[2]] hours.",
            "answer 1": "authority",
            "answer 2": "#72",
        },
        {"kind": "open", "question": "Why is less data safer?", "answer 1": "What is not there cannot leak."},
    ),
    "nl": (
        {"kind": "single", "question": "Welke wet beschermt persoonsgegevens?", "right": "A"}
        | {
            "answer 1": "AVG",
            "answer 2": "Auteurswet",
            "answer 3": "Handelsregisterwet",
            "feedback 3": "Die gaat over bedrijven.",
        },
        {"kind": "multiple", "question": "Wat zijn persoonsgegevens?", "right": "A C"}
        | {"answer 1": "een naam", "answer 2": "het weer", "answer 3": "een telefoonnummer"},
        {"kind": "true_false", "question": "Een winkel mag altijd om mijn paspoort vragen.", "right": "niet waar"},
        {"kind": "short_text", "question": "Waar staat de A van AVG voor?", "answer 1": "Algemene", "slips": "ja"},
        {
            "kind": "numeric",
            "question": "Binnen hoeveel uur wordt een datalek gemeld?",
            "answer 1": "72",
            "units": "uur",
        },
        {"kind": "matching", "question": "Wat hoort bij elkaar?"}
        | {"answer 1": "verantwoordelijke", "pair 1": "beslist", "answer 2": "verwerker", "pair 2": "voert uit"},
        {
            "kind": "ordering",
            "question": "Wat doet u eerst?",
            "answer 1": "stoppen",
            "answer 2": "melden",
            "answer 3": "leren",
        },
        {
            "kind": "cloze",
            "question": "Een datalek meldt u bij de [[1]] binnen [[2]] uur.",
            "answer 1": "AP",
            "answer 2": "#72",
        },
        {
            "kind": "open",
            "question": "Waarom zijn minder gegevens veiliger?",
            "answer 1": "Wat er niet is, kan niet lekken.",
        },
    ),
}


def example_sheet(language: str) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns in a language, and a line for each kind of question."""
    spoken = language if language in _EXAMPLES else "en"
    numbered = [f"{name} {number}" for number in range(1, _ANSWERS + 1) for name in NUMBERED]
    heads = [*_ONE_LINE, *numbered]
    rows = [[_cell(example, head, spoken) for head in heads] for example in _EXAMPLES[spoken]]
    return [_named(head, spoken) for head in heads], rows


def _cell(example: dict[str, str], head: str, language: str) -> str:
    if head == "kind":
        return KIND_WORDS[example["kind"]][1 if language == "nl" else 0]
    return example.get(head, "")


def _named(head: str, language: str) -> str:
    """Return a column's name: the first word for it, or the second, which is Dutch."""
    if language != "nl":
        return head
    name, _space, number = head.partition(" ")
    if number:
        return f"{_DUTCH_ENDS[name]} {number}"
    return NAMES[head][1] if len(NAMES[head]) > 1 else head
