"""Where every endpoint is."""

from __future__ import annotations

from django.urls import path, re_path

from web.api import (
    availability,
    coordinator,
    docs,
    open_data,
    own_organisations,
    own_roles,
    own_slots,
    profile,
    reach,
    received_applications,
    roles,
    runs,
    suggestions,
    taking_part,
    tokens,
    vocabulary,
)

app_name = "api"
urlpatterns = [
    path("schema/", docs.SchemaFile.as_view(), name="schema"),
    path("docs/", docs.Docs.as_view(), name="docs"),
    # open to everybody
    path("towns/", vocabulary.Towns.as_view(), name="towns"),
    path("activities/", vocabulary.Activities.as_view(), name="activities"),
    path("skills/", vocabulary.Skills.as_view(), name="skills"),
    path("qualifications/", vocabulary.Qualifications.as_view(), name="qualifications"),
    path("access-features/", vocabulary.AccessFeatures.as_view(), name="access_features"),
    path("roles/", roles.Roles.as_view(), name="roles"),
    path("roles/<int:pk>/", roles.OneRole.as_view(), name="role"),
    path("open-data/events/", open_data.Events.as_view(), name="open_events"),
    # as a volunteer
    path("roles/<int:pk>/why-not/", reach.WhyNot.as_view(), name="why_not"),
    path("slots/<int:pk>/join/", taking_part.Join.as_view(), name="join"),
    path("me/profile/", profile.Profile.as_view(), name="profile"),
    path("me/pause/", profile.Pause.as_view(), name="pause"),
    path("me/availability/", availability.OwnAvailability.as_view(), name="availability"),
    path("me/places/", taking_part.Places.as_view(), name="places"),
    path("me/places/<int:pk>/cancel/", taking_part.CancelPlace.as_view(), name="cancel_place"),
    path("me/applications/", taking_part.Applications.as_view(), name="applications"),
    path("me/applications/<int:pk>/withdraw/", taking_part.Withdraw.as_view(), name="withdraw"),
    path("me/suggestions/", suggestions.Suggestions.as_view(), name="suggestions"),
    path("me/suggestions/<int:pk>/answer/", suggestions.AnswerSuggestion.as_view(), name="answer"),
    path("me/suggestions/<int:pk>/undo/", suggestions.UndoAnswer.as_view(), name="undo"),
    path("me/tokens/", tokens.Tokens.as_view(), name="tokens"),
    path("me/tokens/<str:key>/", tokens.OneToken.as_view(), name="token"),
    # for one's organisation
    path("organisation/", own_organisations.OwnOrganisations.as_view(), name="own_organisations"),
    path("organisation/venues/", own_organisations.OwnVenues.as_view(), name="own_venues"),
    path("organisation/roles/", own_roles.OwnRoles.as_view(), name="own_roles"),
    path("organisation/roles/<int:pk>/", own_roles.OneOwnRole.as_view(), name="own_role"),
    path("organisation/roles/<int:pk>/submit/", own_roles.Submit.as_view(), name="submit_role"),
    path("organisation/roles/<int:pk>/close/", own_roles.Close.as_view(), name="close_role"),
    path("organisation/roles/<int:pk>/cancel/", own_roles.Cancel.as_view(), name="cancel_role"),
    path("organisation/roles/<int:pk>/candidates/", reach.Candidates.as_view(), name="candidates"),
    path("organisation/roles/<int:pk>/changes/", runs.ChangesForHost.as_view(), name="changes_for_host"),
    path("organisation/roles/<int:pk>/slots/", own_slots.OwnSlots.as_view(), name="own_slots"),
    path("organisation/slots/<int:pk>/cancel/", own_slots.CancelSlot.as_view(), name="cancel_slot"),
    path("organisation/applications/", received_applications.ReceivedApplications.as_view(), name="received"),
    path("organisation/applications/<uuid:public_id>/accept/", received_applications.Accept.as_view(), name="accept"),
    path(
        "organisation/applications/<uuid:public_id>/decline/", received_applications.Decline.as_view(), name="decline"
    ),
    # as a coordinator
    path("coordinator/roles/", coordinator.RolesToReview.as_view(), name="roles_to_review"),
    path("coordinator/roles/<int:pk>/", coordinator.RoleToReview.as_view(), name="role_to_review"),
    path("coordinator/roles/<int:pk>/publish/", coordinator.Publish.as_view(), name="publish_role"),
    path("coordinator/roles/<int:pk>/send-back/", coordinator.SendBack.as_view(), name="send_back_role"),
    path("coordinator/roles/<int:pk>/changes/", runs.ChangesForCoordinator.as_view(), name="changes"),
    path("coordinator/runs/latest/", runs.LatestRun.as_view(), name="latest_run"),
    path("coordinator/applications/", coordinator.ApplicationsToReview.as_view(), name="applications_to_review"),
    path("coordinator/applications/<uuid:public_id>/release/", coordinator.Release.as_view(), name="release"),
    # Without its last slash an address is sent on; any other gets the envelope.
    re_path(r"^(?:[\s\S]*/)?$", docs.Nowhere.as_view(), name="nowhere"),
]
