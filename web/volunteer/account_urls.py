"""Signing in, up and out. The pages of django-allauth for passwords are left out: nobody has one here."""

from __future__ import annotations

from allauth.account import views
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from web.permissions import guarded
from web.volunteer import passkey_pages, sign_in_pages

anybody_in = guarded(GET="account.sign_in", POST="account.sign_in")
own = guarded(GET="account.see", POST="account.see")
own_keys = guarded(GET="account.passkeys", POST="account.passkeys")
anybody_new = guarded(GET="account.sign_up", POST="account.sign_up")
to_login = anybody_in(RedirectView.as_view(pattern_name="account_login", query_string=True))

to_remove = passkey_pages.Remove.as_view()

urlpatterns = [
    path("login/", anybody_in(sign_in_pages.Login.as_view()), name="account_login"),
    path("login/code/", to_login, name="account_request_login_code"),
    path("login/code/confirm/", anybody_in(sign_in_pages.LoginCode.as_view()), name="account_confirm_login_code"),
    path("logout/", anybody_in(views.logout), name="account_logout"),
    path("inactive/", guarded(GET="account.sign_in")(views.account_inactive), name="account_inactive"),
    path("signup/", anybody_new(sign_in_pages.Signup.as_view()), name="account_signup"),
    path("confirm-email/", anybody_new(sign_in_pages.EmailCode.as_view()), name="account_email_verification_sent"),
    path("passkeys/", never_cache(own_keys(passkey_pages.Passkeys.as_view())), name="mfa_list_webauthn"),
    path("passkeys/<int:pk>/remove/", never_cache(own_keys(to_remove)), name="mfa_remove_webauthn"),
    path("passkeys/login/", never_cache(anybody_in(passkey_pages.SignIn.as_view())), name="mfa_login_webauthn"),
    path("email/", never_cache(own(sign_in_pages.Email.as_view())), name="account_email"),
]
