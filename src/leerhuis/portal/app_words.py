"""The words of the practice app, which come with its page: in the browser there is no other place for texts.

`{name}` is filled in by the app. Where a number decides, `_one` is for one and `_many` for any other.
"""

from django.utils.translation import gettext as _

from leerhuis.ui.wording import month_names, weekday_names


def app_words() -> dict[str, str]:
    """Return every word that the app says, in the language of the request."""
    return {**_of_days(), **_of_home(), **_of_question(), **_of_answer(), **_of_end(), **_of_state()}


def _of_days() -> dict[str, str]:
    """Return the names of months and days: a browser has them too, but takes a slow telephone long to find them."""
    return {"months": " ".join(month_names()), "weekdays": " ".join(weekday_names())}


def _of_home() -> dict[str, str]:
    return {
        "practise": _("Practise"),
        "mastery": _("Mastery"),
        "begin": _("Begin"),
        "ahead": _("Practise ahead"),
        "go_on": _("Go on"),
        "stopped": _("You stopped in the middle of a round."),
        "good_deal": _("There is a good deal to repeat. We begin with what counts most."),
        "all_fresh": _("Everything is fresh. Nothing needs repeating now."),
        "missed_lately": _("Nothing needs repeating now. What you did not know yet comes back in a few minutes."),
        "day_done": _("What was planned for today is done."),
        "no_questions": _("There are no questions here yet."),
        "questions_one": _("{n} question"),
        "questions_many": _("{n} questions"),
        "about_minutes_one": _("about {n} minute"),
        "about_minutes_many": _("about {n} minutes"),
        "minutes_one": _("{n} minute"),
        "minutes_many": _("{n} minutes"),
        "days_left_one": _("{n} day left"),
        "days_left_many": _("{n} days left"),
        "exam_today": _("your exam is today"),
        "exam_on": _("Exam on {day}."),
        "forecast": _("If you stop now, you are expected to know {low} to {high} % then."),
        "nothing_yet": _("Nothing to practise yet"),
        "nothing_yet_text": _("As soon as a course of yours has practice questions, they are here."),
        "remind": _("Shall we remind you?"),
        "remind_text": _(
            "At an hour that you choose, once a day at most, and only when practising helps. You may stop it at any"
            " moment."
        ),
        "remind_choose": _("Choose when"),
        "remind_no": _("No, do not ask again"),
        "remind_declined": _("We do not ask this again. Under Me you can still choose it."),
        "retired": _("Questions that changed"),
        "retired_of_one": _(
            "{bank}: {n} question that you have met is out of the rounds, because {source} has changed."
        ),
        "retired_of_many": _(
            "{bank}: {n} questions that you have met are out of the rounds, because {source} has changed."
        ),
        "retired_back": _("They come back once they have been revised. Mind that what you learned may no longer hold."),
        "retired_read": _("Read this and have it told no more"),
        "topics_of": _("Topics of {bank}"),
        "practise_topic": _("Practise {topic}"),
        "your_week": _("Your week"),
        "last_seven": _("The last seven days"),
        "practised": _("practised"),
        "day_off": _("day off"),
        "days_off_are_fine": _("A day off is fine: two in a row do not end a run."),
        "streak_one": _("{n} day of practice in a run"),
        "streak_many": _("{n} days of practice in a run"),
        "bookmarks": _("Questions you kept"),
        "look_at_kept": _("Practise {n} questions that you kept of {bank}"),
        "next_lesson": _("Your next lesson"),
        "join": _("Join"),
        "route": _("Route"),
        "certificates": _("Certificates and points"),
        "all_certificates": _("View your certificates"),
        "install": _("Put this on your home screen"),
        "settings": _("Settings of practising"),
        "reminders": _("When you are reminded"),
        "together": _("Practise together"),
        "reports": _("Reports of faults"),
        "standing": _("How you stand"),
        "goal": _("My goal"),
        "sound": _("A short sound after an answer"),
        "haptics": _("A short vibration after an answer"),
        "single_keys": _("Shortcuts of one character"),
        "who_sees": _("Who sees this?"),
        "only_you": _(
            "Only you. Your employer, your trainer and the academy’s staff do not see whether you practise, when, or"
            " what you answer."
        ),
        "on_device": _(
            "So that you can practise without a connection, this device keeps questions, your answers until they are"
            " sent, your next lesson and your certificates. Signing out removes all of it."
        ),
        "device_kept": _("You chose to stay signed in here, so it stays until you sign out, sixty days at most."),
        "device_not_kept": _("You did not choose to stay signed in here, so it goes when you close the browser."),
        "stay_hint": _(
            "On a telephone of your own, tick “Keep me signed in on this device” when you sign in: then practising also"
            " works without a connection after the browser was closed."
        ),
        "who_sees_all": _("Who sees what of you"),
    }


def _of_question() -> dict[str, str]:
    return {
        "progress": _("Progress"),
        "place_of": _("{place} of {total}"),
        "pause": _("Pause"),
        "changed": _("This question has changed since you answered it, so it comes back to be learned anew."),
        "answers": _("Answers"),
        "several": _("More than one answer may be right."),
        "true": _("True"),
        "false": _("False"),
        "choose": _("choose"),
        "gap": _("Gap {n}"),
        "move_lines": _("Move each line with its arrows."),
        "move_up": _("Move up"),
        "move_down": _("Move down"),
        "moved_to": _("The line is now in place {place} of {total}."),
        "point": _(
            "Point at the place in the picture. With a keyboard: go to the picture and move with the arrow keys."
        ),
        "own_words": _("Write in your own words. You then see a model answer, and judge yourself."),
        "see_model": _("See a model answer"),
        "model_answer": _("A model answer"),
        "how_was_it": _("How was your answer?"),
        "with_unit": _("Type the number with its unit."),
        "check": _("Check"),
        "answer_first": _("Give an answer first. Nothing was counted."),
        "type_number": _("Type a number, such as 12 or 3.5. Nothing was counted."),
        "keys": _("Keys 1–{last} choose, Enter goes on"),
        "show_first": _("Show me the answer first"),
        "why_now": _("Why this question now?"),
        "why_new": _("You have not met this question yet."),
        "why_spread": _("What is new to you is spread over the days until your exam on {day}."),
        "why_looked": _("You looked at the answer {when}. Now try it yourself."),
        "why_missed": _("You did not have this question right {when}. That is why it comes back first."),
        "why_right": _("You had this question right {when}."),
        "why_exam": _("It is asked so that you know it on your exam on {day}."),
        "why_ahead": _("Nothing needs repeating now. This question would come up soonest."),
        "why_chance": _("We expect that you still know it now with a chance of {chance} %."),
        "why_goal": _("We ask it again when that comes near {goal} %."),
        "today": _("earlier today"),
        "yesterday": _("yesterday"),
        "days_ago": _("{n} days ago"),
    }


def _of_answer() -> dict[str, str]:
    return {
        "right": _("Right"),
        "partly": _("Almost"),
        "wrong": _("Not yet"),
        "not_right": _("Not right"),
        "this_is_it": _("This is the answer"),
        "right_answer": _("Right answer"),
        "pointed_at": _("The place with the ring ({place})"),
        "right_is": _("right is:"),
        "your_answer": _("Your answer"),
        "you_chose": _("You chose: {chosen}"),
        "belongs_at": _("belongs at {place}"),
        "span": _("{low} to {high}"),
        "mind_spelling": _("Mind the spelling: {meant}"),
        "source": _("Source:"),
        "source_changed": _("as changed on {day}"),
        "source_as_of": _("as of {day}"),
        "source_until": _("holds until {day}"),
        "back_before_exam": _("This question comes back before your exam."),
        "back_in_one": _("This question comes back in {n} day."),
        "back_in_many": _("This question comes back in {n} days."),
        "back_next": _("This question comes back in your next round."),
        "next": _("Next question"),
        "see_growth": _("See what grew"),
        "keep": _("Keep this question"),
        "kept": _("Kept"),
        "something_wrong": _("Something wrong with this question?"),
        "makers_read": _(
            "From tomorrow on the makers read what you say, not who said it or when. Where few people practise, they "
            "might guess that it was you."
        ),
        "what_is_wrong": _("What is the matter"),
        "tell_makers": _("Tell the makers"),
        "reported": _("Thank you. The makers of this question read what you said, not who said it."),
        "trouble_wrong": _("What counts as right is not right"),
        "trouble_unclear": _("It is not clear what is asked"),
        "trouble_typo": _("There is a mistake in the text"),
        "trouble_old": _("It is out of date"),
        "trouble_broken": _("Something does not work, such as a picture"),
    }


def _of_end() -> dict[str, str]:
    return {
        "grew": _("From {before} to {now} %"),
        "done": _("Done for now"),
        "right_of": _("{right} of {asked} right"),
        "all_shown": _("You looked at new questions"),
        "newly_known_one": _("{n} question that you did not know before"),
        "newly_known_many": _("{n} questions that you did not know before"),
        "another": _("Another round"),
        "enough": _("Done"),
        "per_topic": _("What grew"),
        "from_to": _("from {before} to {now} %"),
    }


def _of_state() -> dict[str, str]:
    return {
        "loading": _("Your questions are being put ready."),
        "unopened": _("No connection yet"),
        "unopened_text": _(
            "Open this page once with a connection. From then on practising works without one, too. We try again by"
            " ourselves."
        ),
        "away": _("Without a connection. You can go on; answers are sent later."),
        "needs_connection": _("That page needs a connection. You can go on practising here."),
        "away_waiting_one": _("Without a connection: {n} answer is waiting."),
        "away_waiting_many": _("Without a connection: {n} answers are waiting."),
        "keep_browser_open": _("Do not close the browser until they are sent; they would be lost."),
        "device_full": _(
            "This device is nearly full. Pictures were let go first; your answers are kept for as long as they fit."
            " Make some room, and open this page with a connection."
        ),
        "app_failed": _(
            "Something did not work here. What you answered before is kept. Open this page again; if it comes back,"
            " practise without the app for now."
        ),
        "broken": _("This browser cannot keep your practice"),
        "broken_text": _(
            "The app needs a place on this device for questions and answers, and your browser does not give one. Close"
            " other windows of this site and try again. In a private window it may not work at all; practising without"
            " the app does."
        ),
        "try_again": _("Try again"),
        "without_app": _("Practise without the app"),
        "clock_off": _("The clock of this device is wrong. We reckon with the right time."),
        "new_version": _("A new version is ready. It comes after this round."),
        "lost_clock_one": _(
            "{n} answer could not be kept, because the clock of this device was more than a day wrong."
        ),
        "lost_clock_many": _(
            "{n} answers could not be kept, because the clock of this device was more than a day wrong."
        ),
        "lost_closed_one": _("{n} answer could not be kept, because these questions are no longer open to you."),
        "lost_closed_many": _("{n} answers could not be kept, because these questions are no longer open to you."),
        "lost_unreadable_one": _("{n} answer could not be kept, because its question has changed."),
        "lost_unreadable_many": _("{n} answers could not be kept, because their questions have changed."),
    }
