"""What can be done, by noun: agreements with employers, choices of readers, news."""

from leerhuis.consent.actions.agreements import end_agreement, end_agreement_again, record_agreement
from leerhuis.consent.actions.choices import (
    ask_visitor,
    choose_some,
    choose_topics,
    confirm_choices,
    drop_unanswered,
    leave_topic,
    note_age,
    object_again,
    object_to_marketing,
    object_to_purpose,
    record_choice,
    unsubscribe_again,
    withdraw_again,
)
from leerhuis.consent.actions.news import (
    drop_news,
    go_on_with_news,
    pause_news,
    send_news,
    spread_news,
    stop_news,
    write_news,
)

__all__ = [
    "ask_visitor",
    "choose_some",
    "choose_topics",
    "confirm_choices",
    "drop_news",
    "drop_unanswered",
    "end_agreement",
    "end_agreement_again",
    "go_on_with_news",
    "leave_topic",
    "note_age",
    "object_again",
    "object_to_marketing",
    "object_to_purpose",
    "pause_news",
    "record_agreement",
    "record_choice",
    "send_news",
    "spread_news",
    "stop_news",
    "unsubscribe_again",
    "withdraw_again",
    "write_news",
]
