"""Where every address leads; each audience keeps its own list."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from health_check.views import HealthCheckView

HEALTH = ["health_check.checks.Database", "health_check.checks.Cache"]

# Staff sign in where everybody does, by a code, not by a second door.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.autodiscover()

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("web.public.urls")),
    path("", include("web.volunteer.urls")),
    path("organisation/", include("web.organisation.urls")),
    path("console/", include("web.console.urls")),
    path("accounts/", include("web.volunteer.account_urls")),
    path("api/v1/", include("web.api.urls")),
    path("admin/", admin.site.urls),
    path("language/", include("django.conf.urls.i18n")),
    path("health/", HealthCheckView.as_view(checks=HEALTH), name="health"),
]

handler400 = "web.public.errors.bad_request"
handler403 = "web.public.errors.not_allowed"
handler404 = "web.public.errors.not_there"
handler429 = "web.public.errors.too_often"
handler500 = "web.public.errors.broken"
