"""The table itself. A rule stands in the block of those whose pages ask for it."""

from __future__ import annotations

from collections.abc import Mapping

from rules.predicates import Predicate
from rules.predicates import always_allow as anybody
from rules.rulesets import set_rule

from web.permissions.predicates.cases import looks_after_case, reads_case, tells_case
from web.permissions.predicates.contributing import (
    coordinates_cooperation,
    gives_or_takes,
    is_approved_host,
    is_public_offer,
)
from web.permissions.predicates.coordinator import (
    coordinates,
    coordinates_addressee,
    coordinates_home,
    coordinates_town_of,
    handed_in,
    handed_in_for_own,
    has_area,
    is_in_own_area,
    may_look_second,
    sits_at_desk_of,
)
from web.permissions.predicates.needs import is_public_need, keeps_need
from web.permissions.predicates.organisation import acts_for, is_approved, is_invited, is_released
from web.permissions.predicates.person import is_addressee, signed_in
from web.permissions.predicates.volunteer import (
    has_profile,
    is_guardian,
    is_guardian_of_volunteer,
    is_oneself,
    is_own,
    is_public,
)

PERMISSIONS: Mapping[str, Predicate] = {
    # open to everybody
    "pages.read": anybody,
    "gaps.read": anybody,
    "vocabulary.read": anybody,
    "roles.read": is_public,
    "worries.send": anybody,
    "organisations.read": is_approved,
    "needs.read": is_public_need,
    "open_data.read": anybody,
    #
    # becoming a volunteer, and one's own account
    "account.sign_in": anybody,
    "account.sign_up": anybody,
    "account.see": signed_in,
    "account.passkeys": signed_in & is_addressee,
    "account.choose_notices": signed_in,
    "account.export": signed_in,
    "account.close": signed_in,
    "tokens.manage": signed_in & is_addressee,
    "notices.read": signed_in & is_addressee,
    "volunteers.create": signed_in,
    "guardians.ask": has_profile & is_oneself,
    "guardians.answer": is_guardian,
    "guardians.answer_each": is_guardian_of_volunteer,
    "volunteers.see_own": has_profile & is_oneself,
    "volunteers.change_own": has_profile & is_oneself,
    "volunteers.pause": has_profile & is_oneself,
    #
    # taking part
    "roles.why_not": has_profile & is_public,
    "slots.join": has_profile,
    "slots.wait": has_profile,
    "waiting.see": has_profile & is_own,
    "waiting.accept": has_profile & is_own,
    "waiting.leave": has_profile & is_own,
    "suggestions.see": has_profile & is_own,
    "suggestions.answer": has_profile & is_own,
    "places.see": has_profile & is_own,
    "places.cancel": has_profile & is_own,
    "applications.see_own": has_profile & is_own,
    "applications.withdraw": has_profile & is_own,
    "slots.check_in": has_profile,
    "needs.pledge": has_profile & is_public_need,
    "pledges.see": has_profile & is_own,
    "pledges.withdraw": has_profile & is_own,
    "record.see": has_profile & is_oneself,
    "calendar_feed.manage": has_profile & is_oneself,
    #
    # posting for one's organisation
    "organisations.found": signed_in,
    "organisations.see_own": acts_for,
    "organisations.change": acts_for,
    "organisations.see_members": acts_for,
    "organisations.invite": acts_for,
    "organisations.leave": acts_for,
    "invitations.answer": is_invited,
    "invitations.withdraw": acts_for,
    "organisations.add_venue": acts_for,
    "organisations.see_candidates": acts_for,
    "roles.see_own": acts_for,
    "roles.draft": acts_for,
    "roles.copy": acts_for,
    "roles.ask_reach": acts_for,
    "roles.change": acts_for,
    "roles.submit": acts_for,
    "roles.close": acts_for,
    "roles.cancel": acts_for,
    "slots.add": acts_for,
    "slots.change": acts_for,
    "repeats.begin": acts_for,
    "repeats.end": acts_for,
    "hosting.answer": acts_for,
    "roles.advertise": acts_for,
    "events.bring_in": acts_for,
    "events.see_upload": handed_in_for_own,
    #
    # the people of one's organisation
    "roles.see_people": acts_for,
    "slots.roster": acts_for,
    "slots.move": acts_for,
    "applications.see": acts_for & is_released,
    "applications.answer": acts_for & is_released,
    #
    # on the day at one's organisation, and after it
    "slots.thank": acts_for,
    "slots.attendance": acts_for | coordinates,
    #
    # a company's team
    "teams.see": acts_for,
    "teams.create": acts_for,
    "teams.hold": acts_for,
    "teams.close": acts_for,
    "teams.join": has_profile,
    "teams.name": has_profile & is_own,
    #
    # telling what came of a cooperation
    "cases.read": reads_case,
    "cases.tell": tells_case,
    "cases.agree": tells_case,
    "cases.review": looks_after_case,
    "cases.book": has_area,
    #
    # coordinating, in one's own area
    "console.see": has_area,
    "organisations.review": coordinates,
    "people.greet": coordinates_home,
    "roles.review": coordinates | may_look_second,
    "roles.publish": coordinates | may_look_second,
    "roles.see_changes": coordinates,
    "roles.ask_another_day": coordinates,
    "runs.see": has_area,
    "runs.start": has_area,
    "calls.note": coordinates_addressee,
    "applications.review": coordinates_home,
    "applications.release": coordinates_home,
    #
    # what one's desk needs
    "needs.see_own": keeps_need,
    "needs.draft": has_area,
    "needs.change": keeps_need,
    "needs.publish": keeps_need,
    "needs.close": keeps_need,
    "needs.see_pledges": keeps_need,
    "needs.turn": keeps_need,
    "needs.ask_hosts": keeps_need,
    "needs.visits": has_area,
    #
    # what people of one's own area entrusted to it
    "worries.list": has_area,
    "worries.type_in": has_area,
    "worries.see": coordinates_town_of,
    "worries.read": coordinates_town_of,
    "worries.handle": coordinates_town_of,
    #
    # the people of one's own area
    "people.find": has_area,
    "people.register": is_in_own_area,
    "people.see": coordinates_home,
    "people.change": coordinates_home,
    "people.record_guardian": coordinates_home,
    "people.answer_for": coordinates_home,
    "people.see_trail": coordinates_home,
    "figures.see": has_area,
    "gaps.see": has_area,
    "roles.advertise_for": coordinates,
    "needs.advertise": sits_at_desk_of,
    #
    # what organisations offer, and what comes of it
    "offers.read": is_public_offer,
    "offers.see_own": acts_for,
    "offers.draft": acts_for,
    "offers.change": acts_for,
    "offers.submit": acts_for,
    "offers.close": acts_for,
    "offers.advertise": acts_for,
    "offers.review": coordinates,
    "offers.publish": coordinates,
    "offers.advertise_for": coordinates,
    "cooperations.ask": is_approved_host & is_public_offer,
    "cooperations.see": gives_or_takes,
    "cooperations.answer": gives_or_takes,
    "cooperations.coordinate": coordinates_cooperation,
    "cooperations.propose": coordinates,
    #
    # starting something, and what supports it
    "support.read": anybody,
    "initiatives.ask": signed_in,
    "initiatives.see_own": signed_in & is_addressee,
    "support.follow": acts_for,
    "initiatives.see": coordinates_town_of,
    "initiatives.answer": coordinates_town_of,
    "support.write": sits_at_desk_of,
    #
    # spreadsheets
    "spreadsheets.use": has_area,
    "spreadsheets.see_own": has_area & handed_in,
}
for _name, _predicate in PERMISSIONS.items():
    set_rule(_name, _predicate)  # type: ignore[no-untyped-call]
