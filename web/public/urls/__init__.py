"""What anybody may open, by what it is about."""

from __future__ import annotations

from web.public.urls import needs, offers, site, support

app_name = "public"
urlpatterns = [*site.urlpatterns, *support.urlpatterns, *needs.urlpatterns, *offers.urlpatterns]
