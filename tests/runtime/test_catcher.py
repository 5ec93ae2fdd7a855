"""The demo's letter box keeps every mail, and none of them leads anywhere."""

import re
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from leerhuis.config import catcher
from leerhuis.config.catcher import caught_mail, caught_mails, keep
from leerhuis.config.launcher import free_port


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mails").mkdir()
    return tmp_path / "mails"


@pytest.fixture
def smtp(folder: Path) -> Iterator[smtplib.SMTP]:
    port = free_port()
    controller = catcher.serve(folder, port)
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        yield client
    controller.stop()


def mail(subject: str = "Uw inschrijving", to: str = "lies@example.org") -> EmailMessage:
    """Return a mail with a plain part and an HTML part."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "academie@example.org", to, subject
    message.set_content("Dag Liesbeth, tot dinsdag – om 9 uur.\n")
    message.add_alternative("<p>Dag Liesbeth</p>", subtype="html")
    return message


def test_a_mail_is_kept_and_read_back_as_it_was(smtp: smtplib.SMTP, tmp_path: Path) -> None:
    smtp.send_message(mail("Één plaats – vrij"))
    [caught] = caught_mails(tmp_path, 10)
    assert caught.subject == "Één plaats – vrij"
    assert caught.to == ("lies@example.org",)
    assert caught.sender == "academie@example.org"
    assert caught.text.rstrip() == "Dag Liesbeth, tot dinsdag – om 9 uur."
    assert caught.html.rstrip() == "<p>Dag Liesbeth</p>"
    assert caught_mail(tmp_path, caught.name) == caught


def test_mails_come_newest_first_at_most_so_many_and_by_reader(smtp: smtplib.SMTP, tmp_path: Path) -> None:
    for number in range(3):
        smtp.send_message(mail(f"mail {number}", to=f"reader{number}@example.org"))
    assert [caught.subject for caught in caught_mails(tmp_path, 2)] == ["mail 2", "mail 1"]
    assert [caught.subject for caught in caught_mails(tmp_path, 10, to="Reader1@example.org")] == ["mail 1"]
    assert caught_mails(tmp_path, 10, to="stranger@example.org") == []


def test_a_mail_for_two_is_found_by_each_also_by_one_who_is_not_named_in_it(smtp: smtplib.SMTP, tmp_path: Path) -> None:
    smtp.send_message(mail(), to_addrs=["lies@example.org", "hidden@example.org"])
    assert len(caught_mails(tmp_path, 10, to="lies@example.org")) == 1
    assert len(caught_mails(tmp_path, 10, to="hidden@example.org")) == 1


def test_file_names_come_from_the_clock_and_chance_alone(smtp: smtplib.SMTP, folder: Path) -> None:
    smtp.send_message(mail("../../etc/passwd", to="lies@example.org"))
    [file] = folder.iterdir()
    assert re.fullmatch(r"\d{8}T\d{12}-[0-9a-f]{8}\.eml", file.name)


@pytest.mark.parametrize("name", ["../secrets/secret_key", "20260101T000000000000-../../x", "", "..", "x.eml"])
def test_a_name_that_is_none_of_ours_reads_no_file(tmp_path: Path, folder: Path, name: str) -> None:
    (folder / "x.eml.eml").write_text("Subject: mine\n\n")
    assert caught_mail(tmp_path, name) is None


def test_a_mail_that_is_too_large_is_refused(smtp: smtplib.SMTP, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    message = mail()
    message.add_attachment(b"x" * catcher.LARGEST_MAIL, maintype="application", subtype="octet-stream")
    with pytest.raises(smtplib.SMTPException, match="552"):
        smtp.send_message(message)
    assert list(folder.iterdir()) == []


def test_bytes_that_are_no_text_and_unknown_charsets_are_shown_all_the_same(tmp_path: Path, folder: Path) -> None:
    keep(folder, b"Subject: odd\r\nContent-Type: text/plain; charset=klingon\r\n\r\nhello \xff\r\n", ["a@example.org"])
    keep(folder, b"\xff\xfe\x00 no headers at all", ["b@example.org"])
    assert {caught.text.strip() for caught in caught_mails(tmp_path, 10, to="a@example.org")} == {"hello \ufffd"}
    assert len(caught_mails(tmp_path, 10)) == 2


def test_a_reader_cannot_add_a_header(tmp_path: Path, folder: Path) -> None:
    keep(folder, b"Subject: true\r\n\r\nhello", ["a@example.org\r\nSubject: forged"])
    [caught] = caught_mails(tmp_path, 10)
    assert caught.subject == "true"


def test_the_box_does_not_fill_the_disk(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catcher, "MOST_MAILS", 3)
    for number in range(5):
        keep(folder, f"Subject: {number}\r\n\r\n".encode(), ["a@example.org"])
    assert [caught.subject for caught in caught_mails(tmp_path, 10)] == ["4", "3", "2"]


def test_an_empty_box_has_no_mails(tmp_path: Path) -> None:
    assert caught_mails(tmp_path, 10) == []
