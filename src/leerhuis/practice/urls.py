"""Routes of practice."""

from leerhuis.charter.audiences import AUTHORS, SIGNED_IN
from leerhuis.charter.routes import page
from leerhuis.practice.views import authors, learner, questions

_BANK = "office/practice/<uuid:bank_id>/"
_QUESTION = "office/practice/questions/<uuid:question_id>/"
_ROUND = "practice/round/<uuid:round_id>/"
urlpatterns = [
    page("practice/", learner.home, name="practice_home", audience=SIGNED_IN),
    page("practice/<uuid:bank_id>/begin/", learner.begin, name="practice_begin", audience=SIGNED_IN),
    page(_ROUND, learner.round_page, name="practice_round", audience=SIGNED_IN),
    page(f"{_ROUND}stop/", learner.stop, name="practice_stop", audience=SIGNED_IN),
    page(f"{_ROUND}<uuid:question_id>/", learner.answer, name="practice_answer", audience=SIGNED_IN),
    page("office/practice/", authors.banks, name="practice_banks", audience=AUTHORS),
    page("office/practice/add/", authors.add_bank, name="practice_add_bank", audience=AUTHORS),
    page(_BANK, authors.bank, name="practice_bank", audience=AUTHORS),
    page(f"{_BANK}bulk/", authors.bank_bulk, name="practice_bank_bulk", audience=AUTHORS),
    page(f"{_BANK}edit/", authors.edit_bank, name="practice_edit_bank", audience=AUTHORS),
    page(f"{_BANK}import/", authors.bring_in, name="practice_import", audience=AUTHORS),
    page(f"{_BANK}export.gift", authors.export_gift, name="practice_export", audience=AUTHORS),
    page(f"{_BANK}add/<str:kind>/", questions.add_question, name="practice_add_question", audience=AUTHORS),
    page(_QUESTION, questions.question_page, name="practice_question", audience=AUTHORS),
    page(f"{_QUESTION}edit/", questions.edit_question, name="practice_edit_question", audience=AUTHORS),
    page(f"{_QUESTION}state/", authors.set_state, name="practice_set_state", audience=AUTHORS),
]
