"""The topics that an academy offers, with their words filled in: what stands beside a box is what is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from leerhuis.academies.settings import AcademySettings
from leerhuis.base.edge import current_academy
from leerhuis.charter.declarations import INTEREST, Purpose, Topic, Use
from leerhuis.charter.register import in_force


@dataclass(frozen=True)
class Offered:
    """A topic as it is put to a reader in one language."""

    id: str
    name: str
    what: str
    wording: str
    use: Use
    begun: bool

    @property
    def mark(self) -> str:
        """Return the digest by which these words are known again."""
        return sha256(self.wording.encode()).hexdigest()


@dataclass(frozen=True)
class Interest:
    """A purpose that rests on an interest of the academy's own, to which a person may object (article 21(1) AVG)."""

    id: str
    name: str
    interest: str


def topics_offered(language: str, *, account: bool = True) -> list[Offered]:
    """Return what people can ask the current academy to be sent or done, in ``nl`` or ``en``.

    Nothing by mail where news is off; without an `account` only what an address alone can get.
    """
    chosen: AcademySettings = current_academy().settings
    return [
        _offered(each.id, topic, chosen, language)
        for each, topic in in_force(Topic, chosen)
        if (chosen.features.newsletter or not topic.by_mail) and (account or not topic.needs_account)
    ]


def topics_by_id(language: str) -> dict[str, Offered]:
    """Return the same by id."""
    return {topic.id: topic for topic in topics_offered(language)}


def news_topics(language: str) -> list[Offered]:
    """Return the topics about which the marketer writes news."""
    return [topic for topic in topics_offered(language) if topic.use is Use.NEWS]


def interests(language: str) -> list[Interest]:
    """Return the purposes of the current academy to which one may object on grounds of one's own situation."""
    chosen: AcademySettings = current_academy().settings
    english = language == "en"
    return [
        Interest(
            each.id,
            purpose.en if english else purpose.nl,
            purpose.interest_en if english else purpose.interest_nl,
        )
        for each, purpose in in_force(Purpose, chosen)
        if purpose.basis is INTEREST
    ]


def known(ids: Iterable[str], *, account: bool = True) -> list[str]:
    """Return those of these ids that are topics of the current academy, in its order; see `topics_offered`."""
    wanted = set(ids)
    return [topic.id for topic in topics_offered("nl", account=account) if topic.id in wanted]


def _offered(id: str, topic: Topic, chosen: AcademySettings, language: str) -> Offered:
    english = language == "en"
    words = (topic.en, topic.what_en, topic.wording_en) if english else (topic.nl, topic.what_nl, topic.wording_nl)
    name, what, wording = (text.replace("{academy}", chosen.controller.trade_name) for text in words)
    return Offered(id, name, what, wording, topic.use, topic.begun)
