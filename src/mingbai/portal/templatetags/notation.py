"""How the public pages write dates and instants. Writing only; nothing is counted here."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from mingbai.kernel import Money

register = template.Library()
SHANGHAI = ZoneInfo("Asia/Shanghai")


@register.filter
def long_day(value: date | None) -> str:
    """2026年8月10日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """8月10日."""
    return f"{value.month}月{value.day}日" if value else ""


@register.filter
def minute(value: datetime | None) -> str:
    """2026年8月10日 16:20, legal time."""
    return f"{long_day(local)} {local:%H:%M}" if value and (local := value.astimezone(SHANGHAI)) else ""


@register.filter
def iso(value: date | None) -> str:
    """2026-08-10, for machines (the `datetime` of a time element)."""
    return value.isoformat() if value else ""


@register.filter
def written_day(value: str) -> str:
    """2026-08-10 as people write it; anything else as it is."""
    try:
        return long_day(date.fromisoformat(value))
    except ValueError:
        return value


@register.filter
def marked(text: str, typed: str) -> SafeString:
    """The text with each word that was typed marked in it."""
    words = sorted({re.escape(word) for word in typed.split()}, key=len, reverse=True)
    parts = re.split(f"({'|'.join(words)})", str(text), flags=re.IGNORECASE) if words else [str(text)]
    pieces = ((part, format_html("<mark>{}</mark>", part)) for part in parts)
    return mark_safe("".join(hit if at % 2 else escape(part) for at, (part, hit) in enumerate(pieces)))  # noqa: S308


@register.simple_block_tag
def word(content: str, id: str) -> SafeString:
    """What stands inside, leading to its meaning on the page of words."""
    return format_html('<a class="word" href="/words/#{}">{}</a>', id, content)


@register.filter
def yuan(value: int) -> str:
    """Whole fen as yuan: 1,250.50."""
    return Money(value).yuan()
