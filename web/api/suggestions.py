"""What is suggested to somebody, why, and what they say to it."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from matching.models import Answer, Feedback, Suggestion, WhyNot
from matching.services.answering import suggestions
from volunteers.models import Volunteer
from web.api.endpoint import Endpoint
from web.api.fields import OrganisationSerializer, Shape, VenueSerializer
from web.api.once import once
from web.api.roles import SlotSerializer


class SuggestedRoleSerializer(Shape):
    id = serializers.IntegerField()
    title = serializers.CharField(source="label")
    summary = serializers.CharField(source="description")
    organisation = OrganisationSerializer()
    venue = VenueSerializer(allow_null=True)
    is_online = serializers.BooleanField()


class SuggestionSerializer(Shape):
    id = serializers.IntegerField(source="suggestion.pk")
    role = SuggestedRoleSerializer()
    slot = SlotSerializer()
    when = serializers.CharField(help_text="The slot's time in words.")
    band = serializers.CharField(help_text="How far it is, in words; never a number of kilometres.")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why it is suggested.")


class AnswerForm(Shape):
    answer = serializers.ChoiceField(choices=Answer.choices)
    why = serializers.ChoiceField(
        choices=WhyNot.choices, allow_blank=True, default="", help_text="Why not, if you like; kept with a no only."
    )
    reason = serializers.CharField(max_length=500, allow_blank=True, default="", help_text="If you like.")


class AnswerSerializer(serializers.ModelSerializer[Feedback]):
    class Meta:
        model = Feedback
        fields = ["suggestion", "answer", "why", "reason", "answered_at"]


class Suggestions(Endpoint):
    rules: ClassVar = {"GET": "suggestions.see"}

    @extend_schema(summary="Your suggestions", responses=SuggestionSerializer(many=True))
    def get(self, request: Request) -> Response:
        """A few good ones, the best first, each with its reasons in the language of the request."""
        volunteer = Volunteer.objects.get(user=self.person)
        return Response(SuggestionSerializer(suggestions.show(volunteer=volunteer, now=self.now), many=True).data)


def own_suggestion(endpoint: Endpoint, pk: int) -> Suggestion:
    own = Suggestion.objects.filter(volunteer__user=endpoint.person)
    return endpoint.find(own.select_related("volunteer__user", "role__organisation", "slot"), pk=pk)


class AnswerSuggestion(Endpoint):
    rules: ClassVar = {"POST": "suggestions.answer"}

    @extend_schema(summary="Answer a suggestion", request=AnswerForm, responses=AnswerSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        """`accept` takes part, `decline` is fine and not asked again, `call` asks the desk to telephone."""
        suggestion = own_suggestion(self, pk)
        said: dict[str, Any] = self.checked(AnswerForm)
        feedback = suggestions.answer(suggestion=suggestion, now=self.now, actor=self.person, **said)
        return Response(AnswerSerializer(feedback).data)


class UndoAnswer(Endpoint):
    rules: ClassVar = {"POST": "suggestions.answer"}

    @extend_schema(summary="Take an answer back", request=None, responses={204: None})
    @once
    def post(self, request: Request, pk: int) -> Response:
        """With a yes, the place or the question goes too."""
        suggestions.undo(suggestion=own_suggestion(self, pk), now=self.now, actor=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)
