"""What anybody may open, by what it is about."""

from __future__ import annotations

from web.public.urls import cases, organisations, site

app_name = "public"
urlpatterns = [*site.urlpatterns, *organisations.urlpatterns, *cases.urlpatterns]
