"""While no mail leaves, reminders stay inside, too."""

import pytest

from leerhuis.base import clock
from leerhuis.mail.actions import stop_mail
from leerhuis.practice.actions import reminders
from leerhuis.practice.due_reminders import MAIL, PUSH
from leerhuis.practice.models import Push
from leerhuis.practice.tests.test_reminders import BY, NOW, bank, bring, choose, device_of, due_for, mails, service

__all__ = ["bank", "service"]


@pytest.fixture(autouse=True)
def _in_the_evening(academy):
    with clock.at(NOW):
        yield


def test_while_no_mail_leaves_no_notification_does_either(cast, bank, service):
    due_for(cast.learner, bank)
    choose(cast.learner, PUSH, MAIL)
    device_of(cast.learner, service)
    stop_mail(by=BY)
    reminders.send_reminders(by=BY)
    bring()
    assert (service.came, Push.objects.count(), [each.state for each in mails()]) == ([], 0, ["held"])
