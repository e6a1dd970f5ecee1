"""What anybody may open, by what it is about."""

from __future__ import annotations

from web.public.urls import needs, site, worries

app_name = "public"
urlpatterns = [*site.urlpatterns, *needs.urlpatterns, *worries.urlpatterns]
