"""What anybody may open, by what it is about."""

from __future__ import annotations

from web.public.urls import open_data, site, support

app_name = "public"
urlpatterns = [*site.urlpatterns, *support.urlpatterns, *open_data.urlpatterns]
