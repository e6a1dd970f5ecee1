"""What anybody may open, by what it is about."""

from __future__ import annotations

from web.public.urls import cases, needs, organisations, site, support

app_name = "public"
urlpatterns = [
    *site.urlpatterns,
    *support.urlpatterns,
    *needs.urlpatterns,
    *organisations.urlpatterns,
    *cases.urlpatterns,
]
