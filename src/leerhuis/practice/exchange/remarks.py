"""What is said of an item that was read: why it cannot be practised, or what is odd about it."""

from enum import StrEnum


class Unplayable(StrEnum):
    """Why an item that was read cannot be practised."""

    DESCRIPTION = "description"
    ESSAY = "essay"
    NO_RIGHT = "no_right"
    ONE_OPTION = "one_option"
    TOO_MANY_OPTIONS = "too_many_options"
    FEW_PAIRS = "few_pairs"
    DOUBLE_LEFT = "double_left"
    COMPUTED = "computed"
    PROGRAM = "program"
    RANDOM = "random"
    ON_PICTURE = "on_picture"
    WITH_GAPS = "with_gaps"
    OTHER_KIND = "other_kind"
    SEVERAL_TASKS = "several_tasks"
    NO_KEY = "no_key"
    MANY_TO_ONE = "many_to_one"
    PICTURE_MISSING = "picture_missing"
    PICTURE_BAD = "picture_bad"
    SOUND = "sound"
    EMPTY_SIDE = "empty_side"
    TOO_LONG = "too_long"
    FORMULA = "formula"


class Notice(StrEnum):
    """What is odd about an item that can be practised, and how it is understood."""

    WEIGHTS = "weights"
    SEVERAL_RIGHT = "several_right"
    ALL_RIGHT = "all_right"
    DOUBLE_OPTION = "double_option"
    ODD_EQUALS = "odd_equals"
    PICTURE = "picture"
    SCRIPT = "script"
    DOUBLE_ID = "double_id"
    NO_ALT = "no_alt"


class Unwritable(StrEnum):
    """Why a question cannot go out in a form."""

    KIND = "kind"
    PLACES = "places"
    PICTURES = "pictures"
    DETAIL = "detail"


class Loss(StrEnum):
    """What of a question a form has no place for, without making it another question."""

    ORDER = "order"
    SLIPS = "slips"
    GOALS = "goals"
    RESTS_ON = "rests_on"
