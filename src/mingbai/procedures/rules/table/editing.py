"""Adding, moving and taking out rows; what must point somewhere is led on, so that the chart stays in one piece."""

from __future__ import annotations

from mingbai.procedures.rules.text import BranchText, Chart, NodeText

NEW_TITLE = "新的一步"


def add_step(chart: Chart, after: str) -> Chart:
    """A new step behind one that goes straight on; it stands between it and what came next."""
    place = _place(chart, after)
    before = chart.nodes[place]
    new = NodeText(
        id=_free(chart, "step"), kind="task", title=NEW_TITLE, lane=before.lane or chart.lanes[0].id,
        offices=before.offices, next=before.next if isinstance(before.next, str) else _end(chart),
    )  # fmt: skip
    leads = isinstance(before.next, str)
    first = before.model_copy(update={"next": new.id}) if leads else before
    return _with(chart, (*chart.nodes[:place], first, new, *chart.nodes[place + 1 :]))


def add_branch(chart: Chart, after: str) -> Chart:
    """A parting of the ways: on a choice one more branch, behind any other step a new choice with its otherwise."""
    place = _place(chart, after)
    node = chart.nodes[place]
    if node.kind == "choice":
        more = BranchText(to=node.branches[-1].to, label="新的一路", when="1 == 2")
        ways = (*node.branches[:-1], more, node.branches[-1])
        return _with(chart, _put(chart, place, node.model_copy(update={"branches": ways})))
    to = node.next if isinstance(node.next, str) else _end(chart)
    new = NodeText(
        id=_free(chart, "way"), kind="choice", title="看情况分路",
        branches=(BranchText(to=to, label=OTHER, otherwise=True),),
    )  # fmt: skip
    first = node.model_copy(update={"next": new.id}) if isinstance(node.next, str) else node
    return _with(chart, (*chart.nodes[:place], first, new, *chart.nodes[place + 1 :]))


OTHER = "其他"


def move_step(chart: Chart, id: str, by: int) -> Chart:
    """A row up (-1) or down (1): its place in the table only, not its place in the way."""
    place = _place(chart, id)
    to = min(max(place + by, 0), len(chart.nodes) - 1)
    nodes = list(chart.nodes)
    nodes.insert(to, nodes.pop(place))
    return _with(chart, tuple(nodes))


def remove_step(chart: Chart, id: str) -> Chart:
    """Without a row; whatever led to it leads to what came after it, and nobody asks for it any more."""
    gone = chart.nodes[_place(chart, id)]
    onward = (
        gone.next if isinstance(gone.next, str) else (gone.branches[-1].to if gone.branches else _end(chart))
    )
    nodes = tuple(_led_on(one, id, onward) for one in chart.nodes if one.id != id)
    return _with(chart.model_copy(update={"start": onward if chart.start == id else chart.start}), nodes)


def _led_on(node: NodeText, gone: str, onward: str) -> NodeText:
    def to(name: str) -> str:
        return onward if name == gone else name

    after = tuple(
        one if isinstance(one, str) else tuple(name for name in one if name != gone)
        for one in node.after
        if one != gone
    )
    return node.model_copy(
        update={
            "next": to(node.next)
            if isinstance(node.next, str)
            else (tuple(map(to, node.next)) if node.next else None),
            "branches": tuple(way.model_copy(update={"to": to(way.to)}) for way in node.branches),
            "returns": {end: to(name) for end, name in node.returns.items()},
            "after": tuple(one for one in after if one),
            "separate_from": tuple(one for one in node.separate_from if one != gone),
        }
    )


def _place(chart: Chart, id: str) -> int:
    return next(place for place, one in enumerate(chart.nodes) if one.id == id)


def _put(chart: Chart, place: int, node: NodeText) -> tuple[NodeText, ...]:
    return (*chart.nodes[:place], node, *chart.nodes[place + 1 :])


def _with(chart: Chart, nodes: tuple[NodeText, ...]) -> Chart:
    return chart.model_copy(update={"nodes": nodes})


def _end(chart: Chart) -> str:
    return next(one.id for one in chart.nodes if one.kind == "end")


def _free(chart: Chart, stem: str) -> str:
    taken = {one.id for one in chart.nodes}
    return next(name for name in (f"{stem}_{at}" for at in range(1, len(taken) + 2)) if name not in taken)
