"""Volunteers out of a table, and a table of volunteers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind
from accounts.models.user import Language
from accounts.services import audit, people
from accounts.services.errors import DomainError
from notifications.models import Channel, ContactPoint
from notifications.services import contact_points
from organisations.models import AccessFeature, Activity, Qualification, Skill
from organisations.services.bringing_in import cells
from organisations.services.bringing_in.area import town_reader
from organisations.services.bringing_in.columns import Column, Entry, Fault, Plan, entries
from organisations.spreadsheets.read import Table
from organisations.spreadsheets.write import Cell
from volunteers.models import Availability, HeldQualification, Volunteer
from volunteers.services.bringing_in import hours
from volunteers.services.people import profiles

DAYS = ("月", "火", "水", "木", "金", "土", "日")
LISTS: dict[str, type[Activity | Skill | AccessFeature]] = {
    "interests": Activity,
    "skills": Skill,
    "access_needs": AccessFeature,
}
AGREED = {"terms_on": ConsentKind.TERMS, "contact_on": ConsentKind.CONTACT}
PROFILE = ("born_on", "town", "wish", "travel_limit_km", "takes_online", "party_size")
AT_ONCE = 1000


def columns(user: User) -> list[Column]:
    """Return the columns, as *user*, a coordinator, may fill them in."""
    words = {model: cells.names_of(model.objects.all()) for model in (*LISTS.values(), Qualification)}
    listed = _("「、」で区切ります")
    return [
        Column("呼び名", "name", cells.text_of(User, "name"), _("団体に伝わる名前"), is_required=True),
        Column("メールアドレス", "email", cells.plain, _("メールか電話のどちらかは書きます"), empty=""),
        Column("電話", "phone", contact_points.written, _("メールがない方には、窓口から電話します"), empty=""),
        Column("生年月日", "born_on", cells.day, _("1960/1/2、昭和35年1月2日"), is_required=True),
        Column("町", "town", town_reader(user), _("町丁目の名前。番地は書きません"), is_required=True),
        Column("やりたいこと", "wish", cells.text_of(Volunteer, "wish"), _("ご本人のことばで"), empty=""),
        Column("興味のある活動", "interests", cells.terms_of(words[Activity]), listed, empty=[]),
        Column("得意なこと", "skills", cells.terms_of(words[Skill]), listed, empty=[]),
        Column("資格", "qualifications", cells.terms_of(words[Qualification]), listed, empty=[]),
        Column("参加に必要なこと", "access_needs", cells.terms_of(words[AccessFeature]), listed, empty=[]),
        Column("行ける距離(km)", "travel_limit_km", cells.km, _("空いていれば2km"), empty=2.0),
        Column("家からの活動もしたい", "takes_online", cells.truth, _("はい・いいえ"), empty=True),
        Column("いっしょに参加する人数", "party_size", cells.whole, _("空いていれば1人"), empty=1),
        *(Column(day, day, hours.half_hours, _("空いている時間。9:00〜12:00、夜"), empty=0) for day in DAYS),
        Column("ことば", "language", cells.choice_of(Language), _("日本語・英語"), empty=Language.JA),
        Column("きまりに同意した日", "terms_on", cells.day, _("申込書の日付"), is_required=True),
        Column("お知らせに同意した日", "contact_on", cells.day, _("空いていれば、おすすめは届きません")),
    ]


def plan(*, table: Table, user: User, now: dt.datetime) -> Plan:
    """Say what of *table* would be written, what is there already, and what is wrong."""
    read, faults = entries(table, columns(user))
    found = Plan(faults=faults)
    known = _known(read)
    seen: dict[tuple[str, str], int] = {}
    for entry in read:
        keys = _keys(entry)
        again = next((seen[key] for key in keys if key in seen), None)
        wrong = _wrong(entry, now) or (_twice(entry, again) if again else None)
        seen.update(dict.fromkeys(keys, entry.number))
        if wrong:
            found.faults.append(wrong)
        elif known & set(keys):
            found.known.append(entry)
        else:
            found.fine.append(entry)
    found.faults.sort()
    return found


def write(*, fine: list[Entry], now: dt.datetime, actor: User, texts: Mapping[str, str]) -> None:
    """Write all of *fine*; *texts* are the words that people agreed to, by kind of consent."""
    users = User.objects.bulk_create([_account(entry, now) for entry in fine], AT_ONCE)
    for user, entry in zip(users, fine, strict=True):
        entry.values["user"] = user
    new = Volunteer.objects.bulk_create([_profile(entry, now, actor) for entry in fine], AT_ONCE)
    for volunteer, entry in zip(new, fine, strict=True):
        entry.values["volunteer"] = volunteer
    Availability.objects.bulk_create(
        [Availability(volunteer=one.values["volunteer"], weekly=[one.values[day] for day in DAYS]) for one in fine],
        AT_ONCE,
    )
    ContactPoint.objects.bulk_create([point for entry in fine for point in _points(entry, now)], AT_ONCE)
    Consent.objects.bulk_create([one for entry in fine for one in _consents(entry, actor, texts)], AT_ONCE)
    _write_lists(fine)
    audit.record_all(actor=actor, action="profile.bring_in", targets=new, now=now)


def rows(user: User) -> Iterable[list[Cell]]:
    """The volunteers of the area that *user* coordinates, by the same columns."""
    agreed = Consent.objects.filter(kind__in=AGREED.values(), withdrawn_at=None)
    found = (
        Volunteer.objects.in_area_of(user)
        .filter(user__is_active=True)
        .select_related("user", "town", "availability")
        .prefetch_related(*LISTS, "qualifications", "user__contact_points", Prefetch("user__consents", agreed))
        .order_by("pk")
    )
    return map(_row, found)


def _keys(entry: Entry) -> list[tuple[str, str]]:
    """By what a person is known again: the address, or name and phone number."""
    email, phone = entry.values["email"].lower(), contact_points.digits(entry.values["phone"])
    return [("", email)] if email else [(entry.values["name"], phone)]


def _known(read: list[Entry]) -> set[tuple[str, str]]:
    emails = [entry.values["email"].lower() for entry in read]
    names = {entry.values["name"] for entry in read}
    points = ContactPoint.objects.filter(channel=Channel.CALL_LIST, user__name__in=names)
    known = {("", email) for email in User.objects.filter(email__in=emails).values_list("email", flat=True) if email}
    called = points.values_list("user__name", "address")
    return known | {(name, contact_points.digits(number)) for name, number in called}


def _wrong(entry: Entry, now: dt.datetime) -> Fault | None:
    values, today = entry.values, timezone.localdate(now)
    if not values["email"] and not values["phone"]:
        return Fault(entry.number, "メールアドレス", str(_("メールアドレスか電話の、どちらかを書いてください。")))
    for name, column in (("terms_on", "きまりに同意した日"), ("contact_on", "お知らせに同意した日")):
        if values[name] is not None and values[name] > today:
            return Fault(entry.number, column, str(_("まだ来ていない日です。日付を確かめてください。")))
    try:
        _profile(Entry(entry.number, {**values, "user": _account(entry, now)}), now, None)
    except DomainError as refused:
        return Fault(entry.number, "", str(refused))
    return None


def _twice(entry: Entry, again: int) -> Fault:
    return Fault(entry.number, "呼び名", str(_("%(row)s行目と同じ方です。どちらかを消してください。") % {"row": again}))


def _account(entry: Entry, now: dt.datetime) -> User:
    values = entry.values
    return people.made(email=values["email"] or None, name=values["name"], language=values["language"], now=now)


def _profile(entry: Entry, now: dt.datetime, actor: User | None) -> Volunteer:
    fields: dict[str, Any] = {name: entry.values[name] for name in PROFILE}
    return profiles.made(user=entry.values["user"], now=now, actor=actor, **fields)


def _points(entry: Entry, now: dt.datetime) -> Iterable[ContactPoint]:
    if entry.values["phone"]:
        yield ContactPoint(
            user=entry.values["user"], channel=Channel.CALL_LIST, address=entry.values["phone"], verified_at=now
        )


def _consents(entry: Entry, actor: User, texts: Mapping[str, str]) -> Iterable[Consent]:
    for name, kind in AGREED.items():
        if entry.values[name] is not None:
            at = timezone.make_aware(dt.datetime.combine(entry.values[name], dt.time()))
            yield Consent(user=entry.values["user"], kind=kind, text=texts[kind], given_at=at, recorded_by=actor)


def _write_lists(fine: list[Entry]) -> None:
    for name in LISTS:
        through = getattr(Volunteer, name).through
        other = Volunteer._meta.get_field(name).m2m_reverse_field_name()  # type: ignore[union-attr]
        links = [
            through(volunteer_id=entry.values["volunteer"].pk, **{f"{other}_id": term.pk})
            for entry in fine
            for term in entry.values[name]
        ]
        through.objects.bulk_create(links, AT_ONCE)
    HeldQualification.objects.bulk_create(
        [
            HeldQualification(volunteer=entry.values["volunteer"], qualification=one)
            for entry in fine
            for one in entry.values["qualifications"]
        ],
        AT_ONCE,
    )


def _row(volunteer: Volunteer) -> list[Cell]:
    user = volunteer.user
    phones = [point.address for point in user.contact_points.all() if point.channel == Channel.CALL_LIST]
    agreed = {consent.kind: timezone.localdate(consent.given_at) for consent in user.consents.all()}
    return [
        user.name,
        user.email or "",
        phones[-1] if phones else "",
        volunteer.born_on,
        f"{volunteer.town.ward}{volunteer.town.name}",
        volunteer.wish,
        cells.joined(volunteer.interests.all()),
        cells.joined(volunteer.skills.all()),
        cells.joined(volunteer.qualifications.all()),
        cells.joined(volunteer.access_needs.all()),
        volunteer.travel_limit_km,
        cells.told(volunteer.takes_online),
        volunteer.party_size,
        *(hours.told(mask) for mask in volunteer.availability.weekly),
        cells.label(Language(user.language)),
        *(agreed.get(kind) for kind in AGREED.values()),
    ]
