"""What anybody may open, by what it is about."""

from __future__ import annotations

from web.public.urls import open_data, site

app_name = "public"
urlpatterns = [*site.urlpatterns, *open_data.urlpatterns]
