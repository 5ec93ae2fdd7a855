"""Mail about practice: the reminder, for whoever asked for it."""

from leerhuis.consent.queries import name_of_topic
from leerhuis.mail.kinds import Letter, Proof, news_mail
from leerhuis.mail.links import absolute
from leerhuis.practice.events import ReminderDue
from leerhuis.practice.notices import Said


@news_mail(cause=ReminderDue, nl="tijd om te oefenen", en="time to practise")
def reminder(said: Said, proof: Proof) -> Letter:
    """Tell how much waits and why now, and how to stop this with one click. Nothing of how somebody practises.

    Keeps: L14b, L35.
    """
    told = {
        "questions": said.questions,
        "minutes": said.minutes,
        "bank": said.bank,
        "reason": said.reason,
        "trial": said.trial,
        "page": absolute("practice_home"),
        "change": absolute("practice_reminders"),
        "topic": name_of_topic(proof.topic, proof.to.language),
        "leave": proof.leave,
        "choose": proof.choose,
    }
    return Letter(to=proof.to, about=said.pk, context=told)
