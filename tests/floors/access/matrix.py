"""What everybody may, written down by hand and held against the product: one row for each route.

A row says: the name of the route · the methods it answers (HEAD goes with GET; ``*``: any) · the audience that the
route declares · what each asker gets. Askers, in the order of the columns:

    v  a visitor, not signed in                o  the other academy's administrator, with their cookie from there
    l  the learner whose things are asked for  c  a colleague at the same organisation    s  a stranger
    e  the contact of that organisation        x  the contact of another organisation
    t  the trainer of the run                  u  another trainer
    K  clerk   P  planner   B  bookkeeper   M  marketer   F  privacy officer   A  academy administrator

Then a person who may (``nobody``: a route of a library that is closed), and what they get in another state:

    i  invited   s  suspended   w  went away (left)   r  every role and membership ended   z  erased
    2  signed in with the password only, the second factor missing

What they get: ``y`` may (a page, a file, or a form that does what it says) · ``-`` refused (403) · ``0`` not found, as
if it were not there (404) · ``>`` sent to sign in · ``!`` told to sign in (401, what a program calls) · ``2`` sent to
the second factor · ``a`` asked for their password again · ``g`` over (410). A cell stands for every method of the row;
methods that are not in the row get 405.

A route without a row fails, and a row without a route: `test_matrix.py` says what to add.
"""

from dataclasses import dataclass
from typing import Final

ASKERS: Final = {
    "v": "visitor", "o": "elsewhere",
    "l": "learner", "c": "colleague", "s": "stranger",
    "e": "contact", "x": "other_contact",
    "t": "trainer", "u": "other_trainer",
    "K": "clerk", "P": "planner", "B": "bookkeeper", "M": "marketer", "F": "officer", "A": "admin",
}  # fmt: skip
STATES: Final = {
    "i": "invited", "s": "suspended", "w": "left", "r": "without_role", "z": "erased", "2": "without_second_factor",
}  # fmt: skip

TABLE: Final = """
# route                              methods       audience        vo lcs ex tu KPBMFA  who may        iswrz2

# --- anyone ---
academy_icon                         GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
academy_manifest                     GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
account_confirm_email                GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
account_confirm_login_code           GET POST PUT  anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
account_email_verification_sent      *             anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
account_inactive                     GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
account_login                        GET POST PUT  anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
account_logout                       GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
account_reset_password               GET POST PUT  anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
account_reset_password_done          GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
account_reset_password_from_key      GET POST PUT  anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
account_reset_password_from_key_done GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
account_signup                       GET POST PUT  anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
appearance_logo                      GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
choose_language                      GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
consent_asked                        GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
consent_choose                       GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
consent_confirm                      GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
consent_leave                        GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
consent_storage                      GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
consent_storage_gone                 GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
consent_subscribe                    GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
enrolment_register                   GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
enrolment_registered                 GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
enrolment_sharing                    GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
look                                 GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
mfa_authenticate                     GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
mfa_login_webauthn                   GET POST PUT  anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
organisations_join                   GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
people_accept_invitation             GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
portal_app_worker                    GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
portal_foresight                     GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
practice_api_document                GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
privacy_erased                       GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
privacy_complained                   GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
privacy_complaint_public             GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
privacy_statement                    GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
privacy_statement_json               GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
privacy_statement_pdf                GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
privacy_version                      GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
privacy_version_pdf                  GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
privacy_versions                     GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
results_check_certificate            GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
results_check_number                 GET POST      anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
website_conditions                   GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
website_conditions_pdf               GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
website_conditions_version           GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
website_contact                      GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
website_course                       GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
website_courses                      GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
website_favicon                      GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
website_home                         GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
website_robots                       GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
website_security                     GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
website_security_txt                 GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy
website_site_map                     GET           anyone          yy yyy yy yy yyyyyy  learner        yyyyyy

# --- signed_in ---
account_change_password              GET POST PUT  signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
account_email                        GET POST PUT  signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
account_reauthenticate               GET POST PUT  signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
account_set_password                 GET POST PUT  signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
documents_mine                       GET           signed_in       >> y00 00 00 000000  learner        y>>y>y
documents_my_documents               GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
consent_mine                         GET POST      signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
consent_object                       POST          signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
enrolment_calendar                   GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
enrolment_cancel_mine                GET POST      signed_in       >> y00 00 00 000000  learner        y>>y>y
enrolment_lesson_calendar            GET           signed_in       >> y00 00 00 000000  learner        y>>y>y
enrolment_mine                       GET POST      signed_in       >> y00 00 00 000000  learner        y>>y>y
insights_learner                     GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
mfa_activate_totp                    GET POST PUT  signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
mfa_add_webauthn                     GET POST PUT  signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
mfa_deactivate_totp                  GET POST PUT  signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
mfa_edit_webauthn                    GET POST PUT  signed_in       >> y00 00 00 000000  learner        y>>y>y
mfa_index                            GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
mfa_list_webauthn                    GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
mfa_reauthenticate                   GET POST PUT  signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
mfa_reauthenticate_webauthn          GET POST PUT  signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
mfa_remove_webauthn                  GET POST DELETE signed_in       >> y00 00 00 000000  learner        y>>y>y
people_mail_code                     GET POST      signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
people_my_details                    GET POST      signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
people_make_token                    GET POST      signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
people_my_sign_ins                   GET POST      signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
people_recovery_codes                GET POST      signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
people_second_step                   GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
portal_app                           GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
portal_app_about                     GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
portal_agenda                        GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
portal_home                          GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
portal_learn                         GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
portal_me                            GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
portal_today                         GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
practice_add_device                  POST          signed_in       >> y00 00 00 000000  learner        y>>y>y
practice_answer                      POST          signed_in       >> y00 00 00 000000  learner        y>>y>y
practice_api_answers                 POST          signed_in       !! y00 00 00 000000  learner        y!!y!y
practice_api_banks                   GET           signed_in       !! yyy yy yy yyyyyy  learner        y!!y!y
practice_api_bookmark                PUT DELETE    signed_in       !! y00 00 00 000000  learner        y!!y!y
practice_api_bookmarks               GET           signed_in       !! y00 00 00 000000  learner        y!!y!y
practice_api_days                    GET           signed_in       !! yyy yy yy yyyyyy  learner        y!!y!y
practice_api_decline                 POST          signed_in       !! yyy yy yy yyyyyy  learner        y!!y!y
practice_api_faults                  GET POST      signed_in       !! yyy yy yy yyyyyy  learner        y!!y!y
practice_api_goal                    GET PUT DELETE signed_in       !! y00 00 00 000000  learner        y!!y!y
practice_api_goals                   GET           signed_in       !! yyy yy yy yyyyyy  learner        y!!y!y
practice_api_mastery                 GET           signed_in       !! y00 00 00 000000  learner        y!!y!y
practice_api_media                   GET           signed_in       !! y00 00 yy yy000y  learner        y!!y!y
practice_api_round                   GET           signed_in       !! y00 00 00 000000  learner        y!!y!y
practice_api_start                   GET           signed_in       !! yyy yy yy yyyyyy  learner        y!!y!y
practice_api_trouble                 PUT           signed_in       !! y00 00 00 000000  learner        y!!y!y
practice_begin                       GET POST      signed_in       >> y00 00 00 000000  learner        y>>y>y
practice_decline_reminders           POST          signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
practice_device_reports              GET POST      signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
practice_erase_reports               POST          signed_in       >> y00 00 00 000000  learner        y>>y>y
practice_goal                        GET POST      signed_in       >> y00 00 00 000000  learner        y>>y>y
practice_home                        GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
practice_leave_together              POST          signed_in       >> y00 00 00 000000  learner        y>>y>y
practice_media                       GET           signed_in       >> y00 00 yy yy000y  learner        y>>y>y
practice_read_of_change              POST          signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
practice_reminders                   GET POST      signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
practice_remove_device               POST          signed_in       >> y00 00 00 000000  learner        y>>y>y
practice_report                      POST          signed_in       >> y00 00 00 000000  learner        y>>y>y
practice_round                       GET           signed_in       >> y00 00 00 000000  learner        y>>y>y
practice_show_answer                 POST          signed_in       >> y00 00 00 000000  learner        y>>y>y
practice_standing                    GET           signed_in       >> y00 00 00 000000  learner        y>>y>y
practice_stop                        POST          signed_in       >> y00 00 00 000000  learner        y>>y>y
practice_together                    GET POST      signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
practice_try_reminder                POST          signed_in       >> y00 00 00 000000  learner        y>>y>y
privacy_ask                          GET POST      signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
privacy_download                     GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
privacy_download_html                POST          signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
privacy_download_json                POST          signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
privacy_download_parcel              POST          signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
privacy_erase_mine                   GET POST      signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
privacy_my_data                      GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
privacy_my_reply                     GET           signed_in       >> y00 00 00 000000  learner        y>>y>y
privacy_my_request                   GET           signed_in       >> y00 00 00 000000  learner        y>>y>y
privacy_my_requests                  GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
results_my_attendance                GET           signed_in       >> y00 00 00 000000  learner        y>>y>y
results_my_certificate_pdf           GET           signed_in       >> y00 00 00 000000  learner        y>>y>y
results_my_certificates              GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
results_object_to_sharing            POST          signed_in       >> y00 00 00 000000  learner        y>>y>y
results_who_sees_what                GET           signed_in       >> yyy yy yy yyyyyy  learner        y>>y>y
results_withdraw_objection           POST          signed_in       >> y00 00 00 000000  learner        y>>y>y

# --- contact_person ---
consent_agreed_with_us               GET           contact_person  >> --- yy -- ------  contact        y>>->2
enrolment_employer_cancel            GET POST      contact_person  >> --- y0 -- ------  contact        y>>->2
enrolment_employer_enrol             GET POST      contact_person  >> --- yy -- ------  contact        y>>->2
enrolment_employer_enrolled          GET           contact_person  >> --- y0 -- ------  contact        y>>->2
enrolment_employer_home              GET           contact_person  >> --- yy -- ------  contact        y>>->2
enrolment_employer_runs              GET           contact_person  >> --- yy -- ------  contact        y>>->2
organisations_employer_again         POST          contact_person  >> --- y0 -- ------  contact        y>>->2
organisations_employer_end           POST          contact_person  >> --- y0 -- ------  contact        y>>->2
organisations_employer_invite        GET POST      contact_person  >> --- y0 -- ------  contact        y>>->2
organisations_employer_people        GET           contact_person  >> --- yy -- ------  contact        y>>->2
organisations_employer_withdraw      POST          contact_person  >> --- y0 -- ------  contact        y>>->2
insights_employer                    GET           contact_person  >> --- yy -- ------  contact        y>>->2
results_employer_progress            GET           contact_person  >> --- yy -- ------  contact        y>>->2

# --- trainer ---
insights_group                       GET           trainer         >> --- -- y0 ------  trainer        y>>->2
insights_groups                      GET           trainer         >> --- -- yy ------  trainer        y>>->2
results_trainer_correct              GET POST      trainer         >> --- -- y0 ------  trainer        y>>->2
results_trainer_home                 GET           trainer         >> --- -- yy ------  trainer        y>>->2
results_trainer_lesson               GET POST      trainer         >> --- -- y0 ------  trainer        y>>->2
results_trainer_list                 GET           trainer         >> --- -- y0 ------  trainer        y>>->2
results_trainer_mark                 POST          trainer         >> --- -- y0 ------  trainer        y>>->2
results_trainer_undo                 POST          trainer         >> --- -- y0 ------  trainer        y>>->2

# --- office ---
catalogue_office_course              GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_course_add          GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_course_publish      POST          office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_course_withdraw     POST          office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_courses             GET POST     office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_courses_bulk        POST          office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_lesson              GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_lesson_add          GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_lesson_remove       POST          office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_lesson_restore      POST          office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_modules             GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_preview             POST          office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_questions           GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_run                 GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_run_add             GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_run_cancel          GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_run_close           POST          office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_run_confirm         GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_run_copy            GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_run_open            POST          office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_trainer_assign      POST          office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_trainer_release     POST          office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_venue               GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_venue_add           GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
catalogue_office_venues              GET POST     office          >> --- -- -- yy---y  clerk          y>>->2
consent_agreement                    GET           office          >> --- -- -- yy---y  clerk          y>>->2
consent_office_person                GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
consent_office_record                GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
consent_end_agreement                POST          office          >> --- -- -- yy---y  clerk          y>>->2
consent_record_agreement             GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
enrolment_office_add                 GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
enrolment_office_bulk                POST          office          >> --- -- -- yy---y  clerk          y>>->2
enrolment_office_cancel              GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
enrolment_office_let_in              POST          office          >> --- -- -- yy---y  clerk          y>>->2
enrolment_office_let_in_all          POST          office          >> --- -- -- yy---y  clerk          y>>->2
enrolment_office_list                GET POST     office          >> --- -- -- yy---y  clerk          y>>->2
enrolment_office_move                GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
enrolment_office_page                GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
enrolment_office_waiting             GET           office          >> --- -- -- yy---y  clerk          y>>->2
insights_office                      GET           office          >> --- -- -- yy---y  clerk          y>>->2
insights_office_run                  GET           office          >> --- -- -- yy---y  clerk          y>>->2
mail_office_again                    POST          office          >> --- -- -- yy---y  clerk          y>>->2
mail_office_bulk                     POST          office          >> --- -- -- yy---y  clerk          y>>->2
mail_office_list                     GET POST     office          >> --- -- -- yy---y  clerk          y>>->2
mail_office_message                  GET           office          >> --- -- -- yy---y  clerk          y>>->2
organisations_office_add             GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
organisations_office_add_member      GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
organisations_office_edit            GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
organisations_office_end_member      POST          office          >> --- -- -- yy---y  clerk          y>>->2
organisations_office_enter           GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
organisations_office_list            GET POST     office          >> --- -- -- yy---y  clerk          y>>->2
organisations_office_take_back       POST          office          >> --- -- -- yy---y  clerk          y>>->2
people_office_add                    GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
people_office_bulk                   POST          office          >> --- -- -- yy---y  clerk          y>>->2
people_office_invite                 POST          office          >> --- -- -- yy---y  clerk          y>>->2
people_office_list                   GET POST     office          >> --- -- -- yy---y  clerk          y>>->2
documents_office_download            GET           office          >> --- -- -- yy---y  clerk          y>>->2
portal_office_document_add           GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
portal_office_document_back          POST          office          >> --- -- -- yy---y  clerk          y>>->2
portal_office_document_drop          POST          office          >> --- -- -- yy---y  clerk          y>>->2
portal_office_organisation           GET           office          >> --- -- -- yy---y  clerk          y>>->2
portal_office_person                 GET           office          >> --- -- -- yy---y  clerk          y>>->2
portal_office_person_part            GET           office          >> --- -- -- yy---y  clerk          y>>->2
results_office_certificate           GET           office          >> --- -- -- yy---y  clerk          y>>->2
results_office_certificate_pdf       GET           office          >> --- -- -- yy---y  clerk          y>>->2
results_office_certificates          GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
results_office_correct               GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
results_office_lesson                GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
results_office_list                  GET           office          >> --- -- -- yy---y  clerk          y>>->2
results_office_mark                  POST          office          >> --- -- -- yy---y  clerk          y>>->2
results_office_results               GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
results_office_revoke                GET POST      office          >> --- -- -- yy---y  clerk          y>>->2
results_office_run                   GET           office          >> --- -- -- yy---y  clerk          y>>->2
results_office_run_history           GET           office          >> --- -- -- yy---y  clerk          y>>->2
results_office_run_mails             GET           office          >> --- -- -- yy---y  clerk          y>>->2
results_office_runs                  GET POST     office          >> --- -- -- yy---y  clerk          y>>->2
results_office_undo                  POST          office          >> --- -- -- yy---y  clerk          y>>->2

# --- authors ---
insights_bank                        GET           authors         >> --- -- yy yy---y  clerk          y>>->2
practice_add_bank                    GET POST      authors         >> --- -- yy yy---y  clerk          y>>->2
practice_add_media                   POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_add_question                GET POST      authors         >> --- -- yy yy---y  clerk          y>>->2
practice_add_source                  GET POST      authors         >> --- -- yy yy---y  clerk          y>>->2
practice_bank                        GET POST     authors         >> --- -- yy yy---y  clerk          y>>->2
practice_bank_bulk                   POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_banks                       GET POST     authors         >> --- -- yy yy---y  clerk          y>>->2
practice_comment                     POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_edit_bank                   GET POST      authors         >> --- -- yy yy---y  clerk          y>>->2
practice_edit_media                  GET POST      authors         >> --- -- yy yy---y  clerk          y>>->2
practice_edit_objective              GET POST      authors         >> --- -- yy yy---y  clerk          y>>->2
practice_edit_question               GET POST      authors         >> --- -- yy yy---y  clerk          y>>->2
practice_export                      GET           authors         >> --- -- yy yy---y  clerk          y>>->2
practice_export_file                 GET           authors         >> --- -- yy yy---y  clerk          y>>->2
practice_import                      GET POST      authors         >> --- -- yy yy---y  clerk          y>>->2
practice_import_look                 GET POST      authors         >> --- -- yy yy---y  clerk          y>>->2
practice_import_template             GET           authors         >> --- -- yy yy---y  clerk          y>>->2
practice_media_list                  GET           authors         >> --- -- yy yy---y  clerk          y>>->2
practice_objectives                  GET           authors         >> --- -- yy yy---y  clerk          y>>->2
practice_preview                     POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_question                    GET POST      authors         >> --- -- yy yy---y  clerk          y>>->2
practice_remove_media                POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_remove_source               POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_return_version              POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_scheduling                  GET           authors         >> --- -- yy yy---y  clerk          y>>->2
practice_set_state                   POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_settle_comment              POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_settle_reports              POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_source                      GET POST      authors         >> --- -- yy yy---y  clerk          y>>->2
practice_source_changed              POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_sources                     GET           authors         >> --- -- yy yy---y  clerk          y>>->2
practice_use_default                 POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_use_fit                     POST          authors         >> --- -- yy yy---y  clerk          y>>->2
practice_versions                    GET           authors         >> --- -- yy yy---y  clerk          y>>->2

# --- admin ---
appearance_page                      GET POST      admin           >> --- -- -- -----y  admin          y>>->2
appearance_preview                   GET           admin           >> --- -- -- -----y  admin          y>>->2
insights_faults                      GET           admin           >> --- -- -- -----y  admin          y>>->2
appearance_readability               GET           admin           >> --- -- -- -----y  admin          y>>->2
conditions_publish                   GET POST      admin           >> --- -- -- -----y  admin          y>>->2
appearance_undo                      POST          admin           >> --- -- -- -----y  admin          y>>->2
mail_leaving                         GET POST      admin           >> --- -- -- -----y  admin          y>>->2
people_office_roles                  GET POST      admin           >> --- -- -- -----y  admin          y>>->2
people_office_second_step            GET POST      admin           >> --- -- -- -----y  admin          y>>->2
people_office_suspend                POST          admin           >> --- -- -- -----y  admin          y>>->2
portal_office_settings               GET           admin           >> --- -- -- -----y  admin          y>>->2

# --- marketing ---
consent_news                         GET           marketing       >> --- -- -- ---y-y  marketer       y>>->2
consent_news_add                     GET POST      marketing       >> --- -- -- ---y-y  marketer       y>>->2
consent_news_drop                    POST          marketing       >> --- -- -- ---y-y  marketer       y>>->2
consent_news_edit                    GET POST      marketing       >> --- -- -- ---y-y  marketer       y>>->2
consent_news_list                    GET           marketing       >> --- -- -- ---y-y  marketer       y>>->2
consent_news_send                    POST          marketing       >> --- -- -- ---y-y  marketer       y>>->2
consent_news_steer                   POST          marketing       >> --- -- -- ---y-y  marketer       y>>->2

# --- stewards ---
operations_backups                   GET           stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_firm                         GET POST      stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_firm_add                     GET POST      stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_firm_end                     POST          stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_firms                        GET POST      stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_complaint                    GET POST      stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_complaint_add                GET POST      stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_complaint_letter             GET           stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_complaint_year               GET           stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_complaints_list              GET POST      stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_publish                      GET POST      stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_decide_night                 POST          stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_record                       GET           stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_call_off                     POST          stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_remove                       GET POST      stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_removals                     GET           stewards        >> --- -- -- ----yy  officer        y>>->2
privacy_terms                        GET           stewards        >> --- -- -- ----yy  officer        y>>->2

# --- staff ---
portal_office_search                 GET           staff           >> --- -- -- yyyyyy  clerk          y>>->2
portal_office_today                  GET           staff           >> --- -- -- yyyyyy  clerk          y>>->2

# --- privacy_officer ---
privacy_erase                        GET POST      privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_erasures                     GET           privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_hold                         GET POST      privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_holds                        GET           privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_let_go                       POST          privacy_officer >> --- -- -- ----y-  officer        y>>->2
consent_ledger_list                  GET POST      privacy_officer >> --- -- -- ----y-  officer        y>>->2
consent_office                       GET           privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_left                         GET           privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_office                       GET           privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_office_looks                 GET           privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_office_map                   GET           privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_office_statement             GET           privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_corrected                    POST          privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_redaction                    GET POST      privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_release                      POST          privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_reply_pdf                    GET           privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_request                      GET POST      privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_request_data                 POST          privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_requests_list                GET POST      privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_restrict                     GET POST      privacy_officer >> --- -- -- ----y-  officer        y>>->2
privacy_restricted_person            GET POST      privacy_officer >> --- -- -- ----y-  officer        y>>->2

# --- rights_desk ---
enrolment_office_objection           GET POST      rights_desk     >> --- -- -- yy--yy  clerk          y>>->2
people_office_edit                   GET POST      rights_desk     >> --- -- -- yy--yy  clerk          y>>->2
privacy_request_add                  GET POST      rights_desk     >> --- -- -- yy--yy  officer        y>>->2

# --- guards ---
privacy_restricted                   GET           guards          >> --- -- -- --y-y-  officer        y>>->2
"""


@dataclass(frozen=True)
class Row:
    """What must hold for one route."""

    route: str
    methods: tuple[str, ...]
    audience: str
    answers: dict[str, str]  # asker → what they get
    who_may: str
    in_state: dict[str, str]  # state → what whoever may gets then


def rows() -> dict[str, Row]:
    """Return the table by route."""
    lines = [line for line in TABLE.splitlines() if line.strip() and not line.startswith("#")]
    read = [_row(line) for line in lines]
    assert len({each.route for each in read}) == len(read), "a route has two rows"
    return {each.route: each for each in read}


def _row(line: str) -> Row:
    words = line.split()
    at = next(place for place, word in enumerate(words) if place and not (word == "*" or word.isupper()))
    route, methods, audience = words[0], tuple(words[1:at]), words[at]
    cells, who_may, states = "".join(words[at + 1 : -2]), words[-2], words[-1]
    assert len(cells) == len(ASKERS), f"{route}: {len(ASKERS)} cells are needed, one for each asker"
    assert len(states) == len(STATES), f"{route}: {len(STATES)} states are needed"
    answers = dict(zip(ASKERS.values(), cells, strict=True))
    return Row(route, methods, audience, answers, who_may, dict(zip(STATES.values(), states, strict=True)))
