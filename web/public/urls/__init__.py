"""What anybody may open, by what it is about."""

from __future__ import annotations

from web.public.urls import cases, gaps, needs, offers, open_data, organisations, site, support, worries

app_name = "public"
urlpatterns = [
    *site.urlpatterns,
    *support.urlpatterns,
    *needs.urlpatterns,
    *worries.urlpatterns,
    *offers.urlpatterns,
    *organisations.urlpatterns,
    *cases.urlpatterns,
    *open_data.urlpatterns,
    *gaps.urlpatterns,
]
