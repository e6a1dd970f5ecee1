"""Who somebody is as a volunteer; seen and changed by themselves alone."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.models import AccessFeature, Activity, Qualification, Skill, Town
from volunteers.models import HeldQualification, Volunteer
from volunteers.models.volunteer import LONGEST_TRAVEL_KM
from volunteers.services.people import profiles
from web.api.endpoint import Endpoint
from web.api.fields import Codes, Day, Shape, TermSerializer, TownSerializer
from web.api.once import once


class HeldQualificationSerializer(serializers.ModelSerializer[HeldQualification]):
    class Meta:
        model = HeldQualification
        fields = ["code", "label", "confirmed_at"]

    code = serializers.CharField(source="qualification.code")
    label = serializers.CharField(source="qualification.label")  # type: ignore[assignment]


class ProfileSerializer(serializers.ModelSerializer[Volunteer]):
    class Meta:
        model = Volunteer
        fields = [
            "name", "born_on", "town", "travel_limit_km", "wish", "interests", "avoids", "skills", "qualifications",
            "access_needs", "takes_online", "is_home_only", "party_size", "minutes_at_most", "paused_until",
            "changed_at",
        ]  # fmt: skip

    name = serializers.CharField(source="user.name")
    town = TownSerializer()
    interests = TermSerializer(many=True)
    avoids = TermSerializer(many=True)
    skills = TermSerializer(many=True)
    qualifications = HeldQualificationSerializer(source="held_qualifications", many=True)
    access_needs = TermSerializer(many=True)


class ProfileForm(Shape):
    """All that one may change. A PUT says everything: what is left out goes back to what a new profile has."""

    town = serializers.PrimaryKeyRelatedField(queryset=Town.objects.all())
    travel_limit_km = serializers.FloatField(min_value=0.1, max_value=LONGEST_TRAVEL_KM, default=2.0)
    wish = serializers.CharField(max_length=1000, allow_blank=True, default="")
    interests = Codes(Activity, default=list)
    avoids = Codes(Activity, default=list)
    skills = Codes(Skill, default=list)
    qualifications = Codes(Qualification, default=list)
    access_needs = Codes(AccessFeature, default=list)
    takes_online = serializers.BooleanField(default=True)
    is_home_only = serializers.BooleanField(default=False)
    party_size = serializers.IntegerField(min_value=1, max_value=100, default=1)
    minutes_at_most = serializers.IntegerField(min_value=5, max_value=1440, allow_null=True, default=None)


class NewProfileForm(ProfileForm):
    born_on = Day()


class PauseForm(Shape):
    until = Day(allow_null=True, help_text="The last day of the break; null ends it.")


def own(endpoint: Endpoint) -> Volunteer:
    """The sender's own profile, if the table lets them."""
    return endpoint.find(Volunteer.objects.select_related("user", "town"), user=endpoint.person)


def shown(volunteer: Volunteer) -> Any:
    whole = Volunteer.objects.select_related("user", "town").prefetch_related(
        "interests", "avoids", "skills", "held_qualifications__qualification", "access_needs"
    )
    return ProfileSerializer(whole.get(pk=volunteer.pk)).data


class Profile(Endpoint):
    rules: ClassVar = {
        "GET": "volunteers.see_own",
        "POST": "volunteers.create",
        "PUT": "volunteers.change_own",
        "PATCH": "volunteers.change_own",
    }

    @extend_schema(summary="Your profile", responses=ProfileSerializer)
    def get(self, request: Request) -> Response:
        return Response(shown(own(self)))

    @extend_schema(summary="Begin your profile", request=NewProfileForm, responses={201: ProfileSerializer})
    @once
    def post(self, request: Request) -> Response:
        """Names a town, never a home."""
        new = profiles.create(user=self.person, now=self.now, actor=self.person, **self.checked(NewProfileForm))
        return Response(shown(new), status=status.HTTP_201_CREATED)

    @extend_schema(summary="Write your profile anew", request=ProfileForm, responses=ProfileSerializer)
    def put(self, request: Request) -> Response:
        return self._change(self.checked(ProfileForm))

    @extend_schema(summary="Change a part of your profile", request=ProfileForm, responses=ProfileSerializer)
    def patch(self, request: Request) -> Response:
        return self._change(self.checked(ProfileForm, partial=True))

    def _change(self, sent: dict[str, Any]) -> Response:
        return Response(shown(profiles.change(volunteer=own(self), now=self.now, actor=self.person, **sent)))


class Pause(Endpoint):
    rules: ClassVar = {"PUT": "volunteers.change_own"}

    @extend_schema(summary="Take a break, or end it", request=PauseForm, responses=ProfileSerializer)
    def put(self, request: Request) -> Response:
        until = self.checked(PauseForm)["until"]
        return Response(shown(profiles.pause(volunteer=own(self), until=until, now=self.now, actor=self.person)))
