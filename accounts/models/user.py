"""A person who can be greeted, and perhaps sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

EASY = "ja-simple"
"""The code of Japanese in easy words: a choice for pages; whoever takes it speaks Japanese."""


class Language(models.TextChoices):
    JA = "ja", _("日本語")
    EN = "en", _("英語")

    @classmethod
    def of_page(cls) -> Language:
        """Return the language that is switched on; Japanese in easy words is Japanese."""
        return cls.EN if get_language() == cls.EN else cls.JA


def said(*, ja: str, en: str = "", easy: str = "") -> str:
    """Return the words in the language that is switched on, Japanese where there are none in it."""
    return {Language.EN.value: en, EASY: easy}.get(get_language() or "") or ja


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.lower() if email else None, **fields)
        user.set_password(password)  # None: signs in by a code sent by e-mail
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Without an e-mail address: somebody registered at a desk, who never signs in."""

    email = models.EmailField(_("メールアドレス"), unique=True, null=True, blank=True)
    name = models.CharField(_("呼び名"), max_length=60, blank=True)
    language = models.CharField(_("ことば"), max_length=2, choices=Language, default=Language.JA)
    is_active = models.BooleanField(_("利用できる"), default=True)
    is_staff = models.BooleanField(_("管理用の画面に入れる"), default=False)
    joined_at = models.DateTimeField(_("登録日時"), db_default=Now(), editable=False)
    closed_at = models.DateTimeField(_("退会した日時"), null=True, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("利用者")
        verbose_name_plural = _("利用者")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(condition=~models.Q(email=""), name="user_email_is_not_empty"),
        ]
        # Few are not; whether somebody among thousands is one of them is asked without looking at their rows.
        indexes = [models.Index(fields=["id"], condition=models.Q(is_active=False), name="user_not_active")]

    def __str__(self) -> str:
        return self.name or self.email or str(_("名前のない利用者"))

    def clean(self) -> None:
        self.email = self.email.lower() if self.email else None
