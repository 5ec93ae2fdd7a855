"""The words for what an import reports: why an item is left out, and how an odd one is understood."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.drafts import Notice, Unplayable
from leerhuis.practice.exchange.gift_items import Reason

REASONS: dict[Reason | Unplayable, Promise] = {
    Reason.TITLE_OPEN: _("The title begins with :: but does not end with ::."),
    Reason.BRACE_OPEN: _("The brace { is not closed. Put a } after the last answer."),
    Reason.BRACE_STRAY: _("There is a } without a { before it. Write \\} if it belongs to the text."),
    Reason.TWO_ANSWERS: _("There are two pairs of braces in one question. Write \\{ and \\} in the text itself."),
    Reason.NO_STEM: _("There are answers but no question before them."),
    Reason.NO_MARKER: _("The answers do not begin with = or ~, and do not say TRUE or FALSE."),
    Reason.EMPTY_ANSWER: _("One of the answers is empty."),
    Reason.NO_NUMBER: _("An answer after # is not a number. Write 3.14, 3.14:0.01 or 3..4, with a point."),
    Reason.PAIR_BROKEN: _("A pair has no right side, or more than one ->."),
    Reason.PAIR_MIXED: _("Some of the answers are pairs with -> and some are not."),
    Reason.NO_CATEGORY: _("There is no name after $CATEGORY:."),
    Unplayable.DESCRIPTION: _("This is a text that asks nothing, so it cannot be practised."),
    Unplayable.ESSAY: _("This is an open question. A person has to read the answer, so it cannot be practised here."),
    Unplayable.NO_RIGHT: _("None of the answers counts as wholly right."),
    Unplayable.ONE_OPTION: _("There is only one option to choose from."),
    Unplayable.TOO_MANY_OPTIONS: _("There are more than 26 options."),
    Unplayable.FEW_PAIRS: _("There are fewer than two pairs to match."),
    Unplayable.DOUBLE_LEFT: _("The same left side occurs twice, so it has no single right answer."),
}

NOTICES: dict[Notice, Promise] = {
    Notice.WEIGHTS: _("The weights of the right options do not add up to 100 %. Each of these options must be chosen."),
    Notice.SEVERAL_RIGHT: _("Several options are marked with =. Any one of them counts as right."),
    Notice.ALL_RIGHT: _("Every option is right."),
    Notice.DOUBLE_OPTION: _("Two options have the same text."),
    Notice.ODD_EQUALS: _("There is a = inside a word, which begins a new answer. Write \\= if it belongs to the text."),
    Notice.PICTURE: _("A picture is mentioned. A GIFT file cannot carry it, so it is not shown."),
}
