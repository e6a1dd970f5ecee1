import email
from email import policy

import pytest
from django.core.mail import EmailMessage, get_connection, send_mail

from notifications.services import outbox
from tests.factories import NOW
from tests.together import together


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "notifications.eml.EmlFolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "not" / "yet" / "there")
    return tmp_path / "not" / "yet" / "there"


def read(file):
    return email.message_from_bytes(file.read_bytes(), policy=policy.default)


def test_a_letter_becomes_a_file_that_a_mail_program_reads(person, letter, folder):
    row = letter(person, title="花の水やり・土曜の朝", body="断っても大丈夫です。\n.\nFrom 鶴ケ峰\n" + "長い行。" * 400)
    outbox.deliver_due(now=NOW, still_right={})
    (file,) = folder.iterdir()
    assert file.suffix == ".eml"
    found = read(file)
    assert (found["Subject"], found["To"]) == ("花の水やり・土曜の朝", person.email)
    assert found["Message-ID"] == f"<{row.pk}@localhost>"
    text = found.get_content().replace("\r\n", "\n")
    assert text.startswith("断っても大丈夫です。\n.\nFrom 鶴ケ峰\n" + "長い行。" * 400)
    assert b"\n" not in file.read_bytes().replace(b"\r\n", b"")


def test_by_name_the_oldest_comes_first_and_no_name_comes_twice(folder):
    for number in range(30):
        send_mail(f"{number}", "", None, ["a@yaritai.example"])
    assert [read(file)["Subject"] for file in sorted(folder.iterdir())] == [str(number) for number in range(30)]


def test_many_at_once_all_arrive(folder):
    together(8, lambda number: [send_mail(f"{number}", "", None, ["a@yaritai.example"]) for _ in range(20)])
    assert len(list(folder.glob("*.eml"))) == 160
    assert list(folder.glob("*.part")) == []


def test_says_how_many_it_wrote_and_leaves_out_what_nobody_would_get(folder):
    letters = [EmailMessage("a", "b", to=["a@yaritai.example"]), EmailMessage("a", "b")]
    assert get_connection().send_messages(letters) == 1


def test_the_folder_can_be_given(tmp_path):
    backend = get_connection("notifications.eml.EmlFolderBackend", file_path=tmp_path)
    backend.send_messages([EmailMessage("a", "b", to=["a@yaritai.example"])])
    assert len(list(tmp_path.iterdir())) == 1
