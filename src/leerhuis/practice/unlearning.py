"""What becomes of memories when a question comes to mean something else: FSRS's own formula of forgetting, in SQL.

What is left of a memory is what FSRS leaves after a lapse ("Again"), and the question counts as not known until it is
answered again. Nobody made a mistake, so no lapse is counted and the difficulty stays.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from fsrs import State

from leerhuis.base import clock
from leerhuis.practice.forgetting import curve, parameters_in_use, recall_sql
from leerhuis.practice.scheduling import LEAST_STABILITY

# FSRS-6: S' = min(w11 · D^-w12 · ((S + 1)^w13 - 1) · e^(w14 · (1 - R)), S / e^(w17 · w18)).
_UNLEARN = f"""
    UPDATE practice_card card
       SET stability = greatest(%(least)s, least(
               %(w11)s * power(card.difficulty, -%(w12)s::float8) * (power(card.stability + 1, %(w13)s) - 1)
                       * exp((1 - ({recall_sql("%(at)s")})) * %(w14)s),
               card.stability / exp(%(w17)s::float8 * %(w18)s::float8))),
           state = %(relearning)s, step = 0, due_at = least(card.due_at, %(at)s)
     WHERE card.question_id = ANY(%(questions)s) AND card.state = %(known)s
"""  # noqa: S608 - made of literals
_COME_BACK = """
    UPDATE practice_card SET due_at = %(at)s
     WHERE question_id = ANY(%(questions)s) AND state <> %(known)s AND due_at > %(at)s
"""


def unlearn(questions: Iterable[UUID]) -> None:
    """Let everybody who has met these questions learn them anew: known no longer, and due at once.

    Two statements for all questions and all people. How many it touched is not told: that would say who practises.
    """
    weights = parameters_in_use()
    values = {**curve(clock.now()), "questions": list(questions), "relearning": State.Relearning.value}
    values |= {"least": LEAST_STABILITY, **{f"w{n}": weights[n] for n in (11, 12, 13, 14, 17, 18)}}
    with connection.cursor() as cursor:
        cursor.execute(_COME_BACK, values)
        cursor.execute(_UNLEARN, values)
