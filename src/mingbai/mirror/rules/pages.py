"""A page of the site rewritten for a copy: links lead from file to file, or to the site where only it can answer."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from mingbai.mirror.rules.addresses import absolute, asked, is_held, link, root_of

_LINK = re.compile(r'(?P<before>\s(?:href|src|action|data-src|data-vkey)=")(?P<href>[^"#][^"]*)(?P<after>")')
_LANGUAGE = re.compile(r'<form class="language".*?</form>', re.DOTALL)
_UNTIL = re.compile(r'<p class="data-until">(.*?)</p>', re.DOTALL)
_ROOT = re.compile(r"<html\b")

File = Callable[[str], str]


def data_until(page: str) -> str:
    """Until when the first page says that its data go; empty where nothing was published."""
    found = _UNTIL.search(page)
    return html.unescape(found[1]) if found else ""


def rewritten(page: str, at: str, here: str, file: File, site: str) -> tuple[str, list[str]]:
    """The page at address `at`, lying in the file `here`, and the addresses of the copy that it leads to.

    file: the file of an address that is held; site: the address of the living site, without a last stroke.
    """
    found: list[str] = []

    def replace(one: re.Match[str]) -> str:
        href = html.unescape(one["href"])
        address, fragment = absolute(href, at)
        if not address:
            return one[0]
        if not is_held(address):
            return (
                one["before"]
                + html.escape(site + address + (f"#{fragment}" if fragment else ""))
                + one["after"]
            )
        held = asked(address)
        found.append(held)
        query = urlsplit(address).query if held != address else ""
        return one["before"] + html.escape(link(here, file(held), query, fragment)) + one["after"]

    page = _LANGUAGE.sub("", page)
    # What moves with every publication stands on the first page and in a script, not on thousands of pages.
    page = page if at == "/" else _UNTIL.sub('<p class="data-until" hidden></p>', page)
    page = _LINK.sub(replace, page)
    return _ROOT.sub(f'<html data-root="{root_of(here) or "./"}"', page, count=1), list(dict.fromkeys(found))
