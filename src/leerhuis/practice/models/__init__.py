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
from leerhuis.practice.models.learning import Access, Answer, Bookmark, Card, Fit, Goal, Permit, Round

__all__ = [
    "Access",
    "Aim",
    "Answer",
    "Bank",
    "BankAuthor",
    "Bookmark",
    "Card",
    "Comment",
    "Fit",
    "Goal",
    "Incoming",
    "Media",
    "Objective",
    "Permit",
    "Question",
    "Round",
    "Source",
    "Topic",
    "Trouble",
    "Version",
]
