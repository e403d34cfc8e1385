"""What stamps a sheet: edition and day in words, its code, the code's image, the digest of the list."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from mingbai.boards.sheets.codes import Sheet, code_of
from mingbai.printing import press


def stamp(sheet: Sheet, base_url: str) -> dict[str, str]:
    """Code, address, code image and digest, as a template takes them."""
    code = code_of(sheet)
    url = f"{base_url.rstrip('/')}/sheets/{code}/"
    digest = sheet.edition.digest
    return {
        "code": code,
        "url": url,
        "qr": press.code_image(url),
        "digest": _("清单指纹 %(it)s") % {"it": f"{digest[:4]} {digest[4:8]} {digest[8:12]}"},
    }


def words(sheet: Sheet, number: int = 0) -> str:
    """第 5 项　第 2 版　2026年3月1日起; the day of the figures too, where it is a later one."""
    parts = [_("第 %(n)s 项") % {"n": number}] if number else []
    parts.append(_("第 %(n)s 版") % {"n": sheet.edition.number})
    parts.append(_("%(day)s起") % {"day": long_day(sheet.edition.since)})
    if sheet.day != sheet.edition.since:
        parts.append(_("数额按 %(day)s的") % {"day": long_day(sheet.day)})
    return "　".join(parts)


def long_day(day: date) -> str:
    """2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
