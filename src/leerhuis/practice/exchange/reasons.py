"""The words for what an import reports: why an item is left out, and how an odd one is understood."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.gift_items import Reason
from leerhuis.practice.exchange.remarks import Loss, Notice, Unplayable, Unwritable

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
    Reason.NO_ANSWER_LINE: _("There is no line with ANSWER: after the options."),
    Reason.NO_SUCH_OPTION: _("The right answer is said to be an option that is not there."),
    Reason.ODD_ANSWER_LINE: _("The line with ANSWER: does not name a letter."),
    Reason.MISSING_PART: _("A part of it is missing in the file."),
    Reason.BROKEN_FILE: _("This part of the package cannot be read."),
    Reason.NO_SUCH_KIND: _("The word in the column “kind” is not a kind of question that is known here."),
    Unplayable.DESCRIPTION: _("This is a text that asks nothing, so it cannot be practised."),
    Unplayable.ESSAY: _("This is an open question without a model answer, so nobody could judge what was written."),
    Unplayable.NO_RIGHT: _("None of the answers counts as wholly right."),
    Unplayable.ONE_OPTION: _("There is only one option to choose from."),
    Unplayable.TOO_MANY_OPTIONS: _("There are more than 26 options."),
    Unplayable.FEW_PAIRS: _("There are fewer than two pairs to match."),
    Unplayable.DOUBLE_LEFT: _("The same left side occurs twice, so it has no single right answer."),
    Unplayable.COMPUTED: _(
        "It is computed anew each time by the system that it comes from, which is not possible here."
    ),
    Unplayable.PROGRAM: _("The answer is a program that has to be run, which is not possible here."),
    Unplayable.RANDOM: _("It stands for questions drawn by lot. Bring those questions in themselves."),
    Unplayable.ON_PICTURE: _("It is answered on a picture in a way that is not possible here."),
    Unplayable.WITH_GAPS: _("Its gaps cannot be read, or are filled in a way that is not possible here."),
    Unplayable.OTHER_KIND: _("This kind of question is not asked here."),
    Unplayable.SEVERAL_TASKS: _("It asks several things at once. Make a question of each."),
    Unplayable.NO_KEY: _("The file does not say which answer is right."),
    Unplayable.MANY_TO_ONE: _("One side belongs to several others, or to none, so they do not make pairs."),
    Unplayable.PICTURE_MISSING: _("It needs a picture that is not in the file."),
    Unplayable.PICTURE_BAD: _("Its picture cannot be taken: broken, too large, or a drawing (SVG) with code in it."),
    Unplayable.SOUND: _("It asks by sound alone, which is not possible here."),
    Unplayable.EMPTY_SIDE: _("One of its sides is empty, or shows only what cannot be shown here."),
    Unplayable.TOO_LONG: _("It is longer than 60,000 characters."),
    Unplayable.FORMULA: _("It has a formula in MathML, which cannot be shown here yet."),
}

NOTICES: dict[Notice, Promise] = {
    Notice.WEIGHTS: _("The weights of the right options do not add up to 100 %. Each of these options must be chosen."),
    Notice.SEVERAL_RIGHT: _("Several options are marked with =. Any one of them counts as right."),
    Notice.ALL_RIGHT: _("Every option is right."),
    Notice.DOUBLE_OPTION: _("Two options have the same text."),
    Notice.ODD_EQUALS: _("There is a = inside a word, which begins a new answer. Write \\= if it belongs to the text."),
    Notice.PICTURE: _("A picture is mentioned. This kind of file cannot carry it, so it is not shown."),
    Notice.SCRIPT: _("A script in the card was taken out. Look whether the question still says what it should."),
    Notice.NO_ALT: _("Nothing says what its picture shows, for whoever cannot see it. Say it once it is in the bank."),
    Notice.DOUBLE_ID: _("Its id occurs earlier in this file, so it comes in without one."),
}

UNWRITABLE: dict[Unwritable, Promise] = {
    Unwritable.KIND: _("This form has no place for this kind of question."),
    Unwritable.PLACES: _(
        "It asks for a place on a picture. Moodle has markers with a text instead, each for one area in whole pixels, "
        "so that it would not come back the same."
    ),
    Unwritable.PICTURES: _("It shows a picture, which this form cannot carry."),
    Unwritable.DETAIL: _("Something in it has no place in this form, so that it would not come back the same."),
}

LOSSES: dict[Loss, Promise] = {
    Loss.ORDER: _("That its options keep their order has no place in this form."),
    Loss.SLIPS: _("That slips of the finger are forgiven has no place in this form."),
    Loss.GOALS: _("Its learning goals have no place in this form."),
    Loss.RESTS_ON: _("The source it rests on has no place in this form."),
}
