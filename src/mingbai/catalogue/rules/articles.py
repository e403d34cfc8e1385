"""Articles as people write them: 第30条第2款, 第26至28条, 第30条、第31条, 第三十五条第二款第五项, 第133条之一.

Read exactly, compared by what they cover, and rewritten when a law is renumbered. What is not written as an article
(第三部分(二), 条号未核对) is not read as one: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

LONGEST_RANGE = 200
_DIGITS = "零一二三四五六七八九"
_NUM = r"(?:\d{1,4}|[〇零一二两三四五六七八九十百]{1,7})"
_TO = r"\s*[至到\-－—–~～]{1,2}\s*"
_ONE = rf"{_NUM}(?:{_TO}(?:第\s*)?{_NUM})?"
_HEAD = re.compile(
    rf"第\s*(?P<list>{_ONE}(?:、{_ONE})*)\s*条(?:之(?P<sub>{_NUM})(?![\u4e00-\u9fff]))?"
    rf"(?:{_TO}第\s*(?P<last>{_NUM})\s*条)?"
)
_PARTS = re.compile(rf"(?P<join>[、和及]?)第?\s*(?P<list>{_NUM}(?:、{_NUM})*)\s*(?P<unit>款|项)")
_SPAN = re.compile(rf"(?P<first>{_NUM})(?:{_TO}(?:第\s*)?(?P<last>{_NUM}))?")


@dataclass(frozen=True, order=True)
class Place:
    """A place in a law: article (`sub` for 之一), paragraph 款, item 项; 0: the whole of what stands before it."""

    article: int
    sub: int = 0
    paragraph: int = 0
    item: int = 0

    def covers(self, other: Place) -> bool:
        """Whether both speak of the same words: the same article, and nowhere two different parts of it."""
        same = (self.article, self.sub) == (other.article, other.sub)
        return same and all(
            not mine or not theirs or mine == theirs
            for mine, theirs in ((self.paragraph, other.paragraph), (self.item, other.item))
        )

    def whole(self) -> Place:
        """The article that it stands in."""
        return Place(self.article, self.sub)

    def text(self) -> str:
        """第35条第2款第5项."""
        sub = f"之{chinese(self.sub)}" if self.sub else ""
        paragraph = f"第{self.paragraph}款" if self.paragraph else ""
        item = f"第{self.item}项" if self.item else ""
        return f"第{self.article}条{sub}{paragraph}{item}"


@dataclass(frozen=True)
class Mention:
    """One citation in a text, from `start` to `end`; its article's number ends at `head`.

    `between` is what stands between the two numbers of a range (至, 条至第), empty for anything else.
    """

    start: int
    head: int
    end: int
    places: tuple[Place, ...]
    between: str = ""
    in_chinese: bool = False

    def articles(self) -> set[Place]:
        """The articles that it names, without their parts."""
        return {one.whole() for one in self.places}


Moves = Mapping[Place, Place]


def number(text: str) -> int:
    """A whole number in Arabic or Chinese figures, up to 9999.

    Raises:
        ValueError: it is none.
    """
    if text.isascii():
        return int(text)
    total, digit = 0, 0
    for letter in text.replace("〇", "零").replace("两", "二"):
        if letter in "十百":
            total += (digit or (1 if letter == "十" else 0)) * (10 if letter == "十" else 100)
            digit = 0
        elif digit:
            raise ValueError(text)
        else:
            digit = _DIGITS.index(letter)
    return total + digit


def chinese(value: int) -> str:
    """A number from 1 to 999 in Chinese figures, as laws write it: 十, 二十一, 一百零三."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")


def mentions(text: str) -> tuple[Mention, ...]:
    """Every citation of an article in a text, from the left."""
    found: list[Mention] = []
    at = 0
    while head := _HEAD.search(text, at):
        at = head.end()
        articles = list(_articles(head))
        if not articles:
            continue
        parts, at = _parts(text, at)
        places = tuple(
            replace(one, paragraph=paragraph, item=item) for one in articles for paragraph, item in parts
        )
        numbers = list(re.finditer(_NUM, head[0]))
        is_range = len(numbers) == 2 and len(articles) > 1 and "、" not in head["list"]
        between = head[0][numbers[0].end() : numbers[1].start()] if is_range else ""
        in_chinese = not any(letter.isdigit() for letter in head["list"])
        found.append(Mention(head.start(), head.end(), at, places, between, in_chinese))
    return tuple(found)


def places(text: str) -> tuple[Place, ...]:
    """Every place that a text names, in order."""
    return tuple(one for mention in mentions(text) for one in mention.places)


def _articles(head: re.Match[str]) -> Iterator[Place]:
    sub = number(head["sub"]) if head["sub"] else 0
    spans = list(_SPAN.finditer(head["list"]))
    for span in spans:
        first, last = number(span["first"]), number(span["last"] or span["first"])
        if head["last"] and span is spans[-1]:
            last = number(head["last"])
        if 0 < first <= last < first + LONGEST_RANGE:
            yield from (Place(one, sub if last == first else 0) for one in range(first, last + 1))


def _parts(text: str, at: int) -> tuple[list[tuple[int, int]], int]:
    """Paragraphs and items named right behind an article, and where they end."""
    found: list[tuple[int, int]] = []
    paragraph, open_paragraph = 0, False
    while part := _PARTS.match(text, at):
        if part["join"] and not found and not open_paragraph:
            break
        if open_paragraph and part["unit"] == "款":
            found.append((paragraph, 0))
        numbers = [number(one) for one in part["list"].split("、")]
        if part["unit"] == "项":
            found += [(paragraph, one) for one in numbers]
            open_paragraph = False
        else:
            found += [(one, 0) for one in numbers[:-1]]
            paragraph, open_paragraph = numbers[-1], True
        at = part.end()
    if open_paragraph:
        found.append((paragraph, 0))
    return found or [(0, 0)], at


def moved(place: Place, moves: Moves) -> Place:
    """Where a place stands after renumbering; the most exact move counts. All moves happen at one moment."""
    for source in (place, replace(place, item=0), place.whole()):
        if source in moves:
            to = moves[source]
            return replace(
                place,
                article=to.article,
                sub=to.sub,
                paragraph=to.paragraph if source.paragraph else place.paragraph,
                item=to.item if source.item else place.item,
            )
    return place


def renumber(text: str, moves: Moves) -> str:
    """The text with its citations renumbered; whatever is not moved stays letter by letter as it was."""
    return rewrite(text, mentions(text), moves)


def rewrite(text: str, found: Iterable[Mention], moves: Moves) -> str:
    """As above, for chosen mentions of the text only."""
    for one in sorted(found, key=lambda mention: mention.start, reverse=True):
        after = tuple(moved(place, moves) for place in one.places)
        if after != one.places:
            text = text[: one.start] + _say(one, after, text[one.head : one.end]) + text[one.end :]
    return text


def _say(mention: Mention, after: tuple[Place, ...], parts: str) -> str:
    if _only_articles(mention.places, after) and len(mention.articles()) == 1:
        said = after[0].whole().text() + parts
    elif mention.between and all(place == Place(place.article) for place in after):
        said = "、".join(_in_rows([place.article for place in after], mention.between))
    else:
        said = "、".join(_each(after))
    return re.sub(r"\d+", lambda match: chinese(int(match[0])), said) if mention.in_chinese else said


def _in_rows(numbers: list[int], between: str) -> Iterator[str]:
    """第26至28条、第36条: what still follows one another stays a range."""
    first = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            row = numbers[first:place]
            yield f"第{row[0]}条" if len(row) == 1 else f"第{row[0]}{between}{row[-1]}条"
            first = place


def _only_articles(before: Iterable[Place], after: tuple[Place, ...]) -> bool:
    """Whether all went to one article, with their paragraphs and items as they were."""
    kept = [replace(one, article=after[0].article, sub=after[0].sub) for one in before]
    return kept == list(after)


def _each(places: Iterable[Place]) -> Iterator[str]:
    """Places in words; a part of the article just named is not named with its article again."""
    last: Place | None = None
    for place in places:
        again = last is not None and last.whole() == place.whole() and place.paragraph
        yield place.text().removeprefix(place.whole().text()) if again else place.text()
        last = place
