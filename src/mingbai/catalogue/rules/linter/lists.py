"""The notice's two annexes against each other: who compiles what, and what became of each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mingbai.catalogue.rules.annexes import Annexes, Item, Row, Word
from mingbai.catalogue.rules.linter.findings import Finding
from mingbai.catalogue.rules.linter.matching import Links, link
from mingbai.catalogue.rules.linter.words import asides, quoted
from mingbai.kernel import Citation

ABSENT1, ABSENT2 = "附件1没有", "附件2没有"


class AnnexLint:
    """All findings of one notice. `offices`: id → title; `keeper`: who answers for the notice as a whole.

    `suggested`: for an item's number, the department that the district's own list names.
    """

    def __init__(
        self, annexes: Annexes, offices: Mapping[str, str], keeper: str, suggested: Mapping[int, str]
    ) -> None:
        self.annexes, self.keeper, self.suggested = annexes, keeper, suggested
        self.titles = set(offices.values())
        self.links: Links = link(annexes)
        self.compiling = Citation(annexes.notice, "第三部分(一)、附件1、附件2")

    def findings(self) -> Iterator[Finding]:
        """In the order of the annexes, what concerns the whole first."""
        yield from self.whole()
        yield from self.categories()
        for row in self.links.rows:
            yield from self.row(row)
            yield from self.compilers(row)
        for item in self.links.items:
            yield from self.item(item)
        for word in self.annexes.words:
            if word.relation == "old":
                yield from self.old_name(word)

    def found(
        self, kind: str, about: str, sides: tuple[str, str], said: str, decide: str, who: str
    ) -> Finding:
        """A finding whose basis is the notice and its annexes."""
        return Finding(f"{kind}/{about}", kind, *sides, said, decide, who, self.compiling)

    def whole(self) -> Iterator[Finding]:
        """Titles, numbers of categories and rows, and how each annex counts."""
        one, two = self.annexes.annex1, self.annexes.annex2
        heads = [title.split("“")[0] for title in (one.title, two.title)]
        if heads[0] != heads[1]:
            sides = (f"附件1 {one.title}", f"附件2 {two.title}")
            said = f"附件1的题目说{quoted(heads[0])}，附件2的题目说{quoted(heads[1])}。"
            yield self.found(
                "title", "annexes", sides, said, "统一称呼，写明居委会用不用这份清单。", self.keeper
            )
        sizes = [(len(one.categories), len(self.links.rows)), (len(two.categories), len(self.links.items))]
        if sizes[0] != sizes[1]:
            (k1, n1), (k2, n2) = sizes
            said = f"附件1是{k1}类{n1}行，附件2是{k2}类{n2}项。"
            sides = (f"附件1 {k1}类{n1}行", f"附件2 {k2}类{n2}项")
            yield self.found("size", "annexes", sides, said, "以哪一个附件为准，另一个照着改。", self.keeper)
        ways = [_counting([[row.number for row in c.rows] for c in one.categories]),
                _counting([[item.number for item in c.items] for c in two.categories])]  # fmt: skip
        if ways[0] != ways[1]:
            said = f"附件1{ways[0]}，附件2{ways[1]}，同一个号指的不是同一件事。"
            sides = (f"附件1 {ways[0]}", f"附件2 {ways[1]}")
            yield self.found("numbering", "annexes", sides, said, "两个附件用同一套编号。", self.keeper)

    def categories(self) -> Iterator[Finding]:
        """Categories that stand in another order, and categories that became several."""
        became = self.became()
        placed = {name: min(index for index, _ in found) for name, found in became.items() if found}
        order = list(placed)
        for at, early in enumerate(order):
            for late in order[at + 1 :]:
                if placed[early] > placed[late]:
                    sides = (
                        f"附件1 {early}；{late}",
                        f"附件2 {self.name(placed[late])}；{self.name(placed[early])}",
                    )
                    said = f"附件1把{quoted(_bare(early))}排在{quoted(_bare(late))}前面，附件2反过来。"
                    about = f"{_bare(early)}-{_bare(late)}"
                    yield self.found(
                        "category_order", about, sides, said, "两个附件用同一个次序。", self.keeper
                    )
        for name, found in became.items():
            if len(found) > 1:
                said = f"附件1的{quoted(_bare(name))}一类，在附件2拆成{len(found)}类。"
                sides = (f"附件1 {name}", "附件2 " + "；".join(each for _, each in found))
                yield self.found(
                    "category_split", _bare(name), sides, said, "定下用哪一套类别。", self.keeper
                )

    def became(self) -> dict[str, list[tuple[int, str]]]:
        """For each category of annex 1, the place and name of each category of annex 2 that its rows went to."""
        names = [one.name for one in self.annexes.annex2.categories]
        out: dict[str, list[tuple[int, str]]] = {one.name: [] for one in self.annexes.annex1.categories}
        for row, item in self.links.pairs:
            place = (names.index(item.category), item.category)
            if place not in out[row.category]:
                out[row.category].append(place)
        return {name: sorted(found) for name, found in out.items()}

    def name(self, place: int) -> str:
        """The category of annex 2 at that place."""
        return self.annexes.annex2.categories[place].name

    def row(self, row: Row) -> Iterator[Finding]:
        """What became of one row: nothing, several items, or one under another name or of another scope."""
        items = self.links.items_of(row)
        who = "、".join(row.departments)
        if not items:
            said = f"附件1第{row.id}行{quoted(row.name)}，附件2没有对应的项。"
            decide = "删去这一行，或者在清单里补一项。"
            yield self.found("no_item", row.id, (_row(row), ABSENT2), said, decide, who)
        elif len(items) > 1:
            said = f"附件1第{row.id}行{quoted(row.name)}，在附件2拆成第{_numbers(items)}项。"
            decide = "分工表照清单拆开，每一项写明制定单位。"
            yield self.found("split", row.id, (_row(row), _items(items)), said, decide, who)
        elif len(self.links.rows_of(items[0])) == 1:
            yield from self.pair(row, items[0], who)

    def pair(self, row: Row, item: Item, who: str) -> Iterator[Finding]:
        """One row and one item: whether they say the same, and whether they cover the same."""
        near = [
            one.say
            for one in self.annexes.words
            if one.relation == "near" and one.say in row.name + item.name
        ]
        only = [one for one in asides(item.name) if one not in row.name and not near]
        about, sides = f"{row.id}-{item.number}", (_row(row), _items([item]))
        if near or only:
            where = "附件1" if near and near[0] in row.name else "附件2"
            why = f"只说{quoted(near[0])}" if near else f"只管{quoted(only[0])}"
            said = f"附件1第{row.id}行{quoted(row.name)}和附件2第{item.number}项{quoted(item.name)}范围不一样大，{where}{why}。"
            yield self.found("scope", about, sides, said, "写明这一项管到哪里，两个附件写成一样。", who)
        elif row.name != item.name:
            said = f"附件1第{row.id}行叫{quoted(row.name)}，附件2第{item.number}项叫{quoted(item.name)}。"
            yield self.found("renamed", about, sides, said, "定一个名称，两个附件都用它。", who)

    def item(self, item: Item) -> Iterator[Finding]:
        """Where one item came from: nowhere, or several rows."""
        rows = self.links.rows_of(item)
        if not rows:
            said = f"附件2第{item.number}项{quoted(item.name)}，附件1没有对应的行，没有制定单位。"
            named = self.suggested.get(item.number)
            decide = "写明由哪个单位制定。" + (f"清单里现在按职能暂写{named}。" if named else "")
            sides = (ABSENT1, _items([item]))
            yield self.found("no_compiler", str(item.number), sides, said, decide, named or self.keeper)
        elif len(rows) > 1:
            said = f"附件1第{'、'.join(row.id for row in rows)}行，在附件2合成第{item.number}项{quoted(item.name)}。"
            decide = "写明合成以后由谁制定，每一行原来管的事都在里面。"
            sides = ("；".join(map(_row, rows)), _items([item]))
            who = "、".join(dict.fromkeys(one for row in rows for one in row.departments))
            yield self.found("merge", str(item.number), sides, said, decide, who)

    def compilers(self, row: Row) -> Iterator[Finding]:
        """Who compiles a row is one office, and a known one."""
        if len(row.departments) > 1:
            who = "、".join(row.departments)
            said = f"附件1第{row.id}行{quoted(row.name)}由{who}制定，没有写谁牵头。"
            there = _items(self.links.items_of(row)) or ABSENT2
            yield self.found("two_compilers", row.id, (_row(row), there), said, "写明谁牵头、谁配合。", who)
        for one in row.departments:
            if one not in self.titles:
                said = f"附件1第{row.id}行{quoted(row.name)}的制定单位写{quoted(one)}，不是哪一个区直单位。"
                decide = "写明由哪个区直单位定统一的规矩，镇（街）可以细化哪些。"
                there = _items(self.links.items_of(row)) or ABSENT2
                yield self.found("compiler_unknown", row.id, (_row(row), there), said, decide, self.keeper)

    def old_name(self, word: Word) -> Iterator[Finding]:
        """Where a name that the law no longer uses still stands."""
        for row in self.links.rows:
            if word.say in row.name:
                there = _items(self.links.items_of(row)) or ABSENT2
                yield self.old(
                    word, f"附件1第{row.id}行", (_row(row), there), row.id, "、".join(row.departments)
                )
        for item in self.links.items:
            if word.say in item.name:
                rows = self.links.rows_of(item)
                here = "；".join(map(_row, rows)) or ABSENT1
                who = "、".join(dict.fromkeys(one for row in rows for one in row.departments)) or self.keeper
                yield self.old(word, f"附件2第{item.number}项", (here, _items([item])), str(item.number), who)

    def old(self, word: Word, place: str, sides: tuple[str, str], about: str, who: str) -> Finding:
        """One old name in its place; the basis is the law that says the present one."""
        now = f"现行法叫{quoted(word.means)}" if word.means else "现行法里已经没有这件事"
        decide = (
            f"改称{quoted(word.means)}，注明原来的叫法。" if word.means else "删去，或者写明现在办的是什么。"
        )
        said = f"{place}还写{quoted(word.say)}，{now}。"
        return Finding(f"obsolete/{about}-{word.say}", "obsolete", *sides, said, decide, who, word.basis())


def _counting(numbers: Sequence[Sequence[int]]) -> str:
    flat = [one for each in numbers for one in each]
    if flat == list(range(1, len(flat) + 1)) and len(numbers) > 1:
        return "从头到尾连续编号"
    return (
        "每类从1重新编号"
        if all(list(each) == list(range(1, len(each) + 1)) for each in numbers)
        else "编号不连续"
    )


def _bare(category: str) -> str:
    return category.split("、", 1)[-1]


def _row(row: Row) -> str:
    return f"附件1第{row.id}行 {row.name}"


def _items(items: Iterable[Item]) -> str:
    return "；".join(f"附件2第{one.number}项 {one.name}" for one in items)


def _numbers(items: Iterable[Item]) -> str:
    return "、".join(str(one.number) for one in items)
