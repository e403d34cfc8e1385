"""Signing in. Wrong name and wrong password read the same; too many tries wait."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Name and password, with the sentences a clerk reads."""

    error_messages = {
        "invalid_login": _("用户名或口令不对，请再输一次。忘了口令，请找系统管理员。"),
        "inactive": _("用户名或口令不对，请再输一次。忘了口令，请找系统管理员。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("口令")


class SignIn(LoginView):
    """The sign-in page."""

    template_name = "desk/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
