"""Mail about figures: how groups like a reader's did, for whoever asked for it."""

from leerhuis.consent.queries import name_of_topic
from leerhuis.insights.comparing import Comparison
from leerhuis.insights.events import MonthCompared
from leerhuis.mail.kinds import Letter, Proof, news_mail
from leerhuis.mail.links import absolute


@news_mail(cause=MonthCompared, nl="hoe vergelijkbare groepen het deden", en="how groups like yours did")
def comparison(told: Comparison, proof: Proof) -> Letter:
    """Tell how those did who began with the reader, or everybody. The reader's own figures stay on their page.

    Keeps: L14b.
    """
    said = {
        "month": told.counted.month,
        "banks": [
            {
                "name": each.name,
                "who": each.words,
                "right": each.line.correct_words,
                "parts": [(p.name, p.correct_words) for p in each.parts],
            }
            for each in told.banks
        ],
        "page": absolute("insights_learner"),
        "topic": name_of_topic(proof.topic, proof.to.language),
        "leave": proof.leave,
        "choose": proof.choose,
    }
    return Letter(to=proof.to, about=told.pk, context=said)
