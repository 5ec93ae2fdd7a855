"""Question banks, and how one person practises them."""

from leerhuis.practice.models.content import (
    Aim,
    Bank,
    BankAuthor,
    Comment,
    Incoming,
    Media,
    Objective,
    Question,
    Source,
    Topic,
    Trouble,
    Version,
)
from leerhuis.practice.models.faults import DeviceReport
from leerhuis.practice.models.learning import Access, Answer, Bookmark, Card, Fit, Goal, Permit, Round
from leerhuis.practice.models.playing import Player
from leerhuis.practice.models.reminding import Push, PushDevice, Reminder, ReminderPlan

__all__ = [
    "Access",
    "Aim",
    "Answer",
    "Bank",
    "BankAuthor",
    "Bookmark",
    "Card",
    "Comment",
    "DeviceReport",
    "Fit",
    "Goal",
    "Incoming",
    "Media",
    "Objective",
    "Permit",
    "Player",
    "Push",
    "PushDevice",
    "Question",
    "Reminder",
    "ReminderPlan",
    "Round",
    "Source",
    "Topic",
    "Trouble",
    "Version",
]
