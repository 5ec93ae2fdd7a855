"""What the database itself says of a stream: what was acknowledged and is gone, what is there twice, what is half."""

from typing import LiteralString

from tests.faults.installation import Installation
from tests.faults.stream import Acknowledged

# Each asks for rows that may not be; a name says what would be wrong with them.
LOST_REGISTRATION: LiteralString = """
SELECT told.email FROM unnest(%s::text[], %s::uuid[]) AS told (email, id)
WHERE NOT EXISTS (
    SELECT FROM registration JOIN enrolment ON enrolment.registration_id = registration.id
    JOIN person ON person.id = enrolment.learner_id
    WHERE registration.id = told.id AND person.email = told.email)
"""
LOST_ANSWER: LiteralString = """
SELECT told.round, told.question FROM unnest(%s::uuid[], %s::uuid[]) AS told (round, question)
WHERE NOT EXISTS (
    SELECT FROM practice_answer kept WHERE kept.round_id = told.round AND kept.question_id = told.question)
"""
DOUBLED: dict[str, LiteralString] = {
    "registered twice": "SELECT handed_in_by_id FROM registration GROUP BY 1 HAVING count(*) > 1",
    "enrolled twice": "SELECT run_id, learner_id FROM enrolment GROUP BY 1, 2 HAVING count(*) > 1",
    "told twice": "SELECT person, kind FROM message GROUP BY 1, 2 HAVING count(*) > 1",
    "answered twice": "SELECT round_id, question_id FROM practice_answer GROUP BY 1, 2 HAVING count(*) > 1",
    "an answer that counted twice": """
        SELECT card.id FROM practice_card card WHERE card.reps <> (
            SELECT count(*) FROM practice_answer answer JOIN practice_round sitting ON sitting.id = answer.round_id
            WHERE sitting.access_id = card.access_id AND answer.question_id = card.question_id)""",
}
HALF: dict[str, LiteralString] = {
    "a registration without its enrolment": """
        SELECT id FROM registration WHERE NOT EXISTS (
            SELECT FROM enrolment WHERE enrolment.registration_id = registration.id)""",
    "a registration without its note": """
        SELECT id FROM registration WHERE NOT EXISTS (SELECT FROM note WHERE note.thing_id = registration.id)""",
    "an enrolment without its note": """
        SELECT id FROM enrolment WHERE NOT EXISTS (SELECT FROM note WHERE note.thing_id = enrolment.id)""",
    "an enrolment without its mail": """
        SELECT enrolment.id FROM enrolment WHERE NOT EXISTS (
            SELECT FROM message WHERE message.person = enrolment.learner_id
            AND message.kind = 'enrolment.enrolment_confirmed')""",
    "a registered person without a way to their account": """
        SELECT enrolment.id FROM enrolment WHERE NOT EXISTS (
            SELECT FROM message WHERE message.person = enrolment.learner_id AND message.kind LIKE 'people.%%')""",
    "a mail without its job": """
        SELECT message.id FROM message WHERE state = 'waiting' AND NOT EXISTS (
            SELECT FROM procrastinate_jobs job WHERE job.args->>'id' = message.id::text
            AND job.status IN ('todo', 'doing'))""",
    "an answer without its card": """
        SELECT answer.id FROM practice_answer answer JOIN practice_round sitting ON sitting.id = answer.round_id
        WHERE NOT EXISTS (SELECT FROM practice_card card
            WHERE card.access_id = sitting.access_id AND card.question_id = answer.question_id)""",
    "a card without its answer": """
        SELECT card.id FROM practice_card card WHERE NOT EXISTS (
            SELECT FROM practice_answer answer JOIN practice_round sitting ON sitting.id = answer.round_id
            WHERE sitting.access_id = card.access_id AND answer.question_id = card.question_id)""",
    "a whole round that was not ended": """
        SELECT sitting.id FROM practice_round sitting
        WHERE sitting.ended_at IS NULL AND cardinality(sitting."order") = (
            SELECT count(*) FROM practice_answer answer WHERE answer.round_id = sitting.id)""",
    "an ended round without its note": """
        SELECT id FROM practice_round WHERE ended_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM note WHERE note.thing_id = practice_round.id)""",
}


# What makes each kind of half: a control does it, in a transaction that is taken back.
BREAKS: dict[str, LiteralString] = {
    "a registration without its enrolment": "UPDATE registration SET id = gen_random_uuid()",
    "a registration without its note": "DELETE FROM note WHERE thing_id IN (SELECT id FROM registration)",
    "an enrolment without its note": "DELETE FROM note WHERE thing_id IN (SELECT id FROM enrolment)",
    "an enrolment without its mail": "UPDATE message SET kind = 'x' WHERE kind = 'enrolment.enrolment_confirmed'",
    "a registered person without a way to their account": "UPDATE message SET kind = 'x' WHERE kind LIKE 'people.%%'",
    "a mail without its job": "UPDATE message SET id = gen_random_uuid(), state = 'waiting'",
    "an answer without its card": "DELETE FROM practice_card",
    "a card without its answer": "DELETE FROM practice_answer",
    "a whole round that was not ended": """
        UPDATE practice_round SET ended_at = NULL, "order" = ARRAY(
            SELECT question_id FROM practice_answer answer WHERE answer.round_id = practice_round.id)""",
    "an ended round without its note": """
        WITH gone AS (DELETE FROM note) UPDATE practice_round SET ended_at = now()""",
}


def lost(product: Installation, told: Acknowledged) -> list[tuple[object, ...]]:
    """Return what was acknowledged and is not there."""
    emails, ids = list(told.registrations), list(told.registrations.values())
    rounds, questions = [r for r, _ in told.answers], [q for _, q in told.answers]
    return product.select(LOST_REGISTRATION, emails, ids) + product.select(LOST_ANSWER, rounds, questions)


def doubled(product: Installation) -> dict[str, int]:
    """Return what is there twice, with how often."""
    return _found(product, DOUBLED)


def half_written(product: Installation) -> dict[str, int]:
    """Return what is there in part, with how often."""
    return _found(product, HALF)


def _found(product: Installation, asked: dict[str, LiteralString]) -> dict[str, int]:
    counted = {name: len(product.select(query)) for name, query in asked.items()}
    return {name: count for name, count in counted.items() if count}
