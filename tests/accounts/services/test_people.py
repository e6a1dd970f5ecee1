import pytest

from accounts.models import AuditEntry, User
from accounts.services import people
from tests.factories import NOW, UserFactory
from tests.together import together


@pytest.mark.django_db
def test_an_address_is_kept_in_small_letters():
    user = people.register(email=" Hanako@Yaritai.Example ", name=" はなこ ", language="en", now=NOW)
    user.refresh_from_db()
    assert (user.email, user.name, user.language) == ("hanako@yaritai.example", "はなこ", "en")
    assert user.joined_at == NOW
    assert AuditEntry.objects.get(action="user.registered").actor == user


@pytest.mark.django_db
@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_somebody_at_a_desk_needs_no_address(nothing):
    coordinator = UserFactory()
    first = people.register(email=nothing, name="きよし", now=NOW, actor=coordinator)
    second = people.register(email=nothing, name="きよし", now=NOW, actor=coordinator)
    assert first.email is None
    assert first != second
    assert AuditEntry.objects.filter(action="user.registered", actor=coordinator).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["hanako", "hanako@", "a b@yaritai.example", "h@yaritai.example\nBcc: x@y.example", "花子@yaritai.example",
     "h\x00@yaritai.example", "h\ud800@yaritai.example", "h" * 250 + "@yaritai.example"],
)  # fmt: skip
def test_refuses_what_no_mail_can_reach(address):
    with pytest.raises(people.EmailNotUsable) as refusal:
        people.register(email=address, name="はなこ", now=NOW)
    assert "メールアドレス" in str(refusal.value)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_refuses_a_name_that_does_not_fit_and_a_language_we_do_not_speak():
    with pytest.raises(people.NameTooLong):
        people.register(email=None, name="あ" * 61, now=NOW)
    with pytest.raises(people.LanguageUnknown):
        people.register(email=None, name="あ", language="tlh", now=NOW)


@pytest.mark.django_db
def test_refuses_an_address_that_is_taken_and_loses_nothing():
    people.register(email="hanako@yaritai.example", name="はなこ", now=NOW)
    with pytest.raises(people.EmailTaken):
        people.register(email="HANAKO@yaritai.example", name="べつの人", now=NOW)
    assert User.objects.get().name == "はなこ"
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_gets_the_address():
    outcomes = together(6, lambda n: people.register(email="h@yaritai.example", name=f"{n}", now=NOW))
    assert sum(isinstance(outcome, User) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, people.EmailTaken) for outcome in outcomes) == 5
