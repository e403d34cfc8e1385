"""The papers of publications as they stand now: opened by a later publication, or with their copy taken down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mingbai.disclosure.models import PaperPlace
from mingbai.disclosure.rules.documents import public_id
from mingbai.disclosure.rules.values import PublicPaper
from mingbai.evidence import queries as evidence

LATER = "后来遮好公开"
TAKEN_DOWN = "误公开，已撤下"
Papers = tuple[PublicPaper, ...]


def papers_now(frozen: Mapping[int, Papers]) -> dict[int, Papers]:
    """By the order of their publications: what was sealed with the copy that came later, what was taken down without.

    One query where a paper is sealed, and one where a copy is shown.
    """
    places: dict[int, dict[int, PaperPlace]] = {}
    sealed = [order for order, papers in frozen.items() if any(paper.masked for paper in papers)]
    rows = PaperPlace.objects.select_related("opened").filter(publication__in=sealed, opened__isnull=False)
    for place in rows if sealed else ():
        places.setdefault(place.publication_id, {})[place.position] = place
    shown = {order: _opened(papers, places.get(order, {})) for order, papers in frozen.items()}
    gone = evidence.withdrawn_copies(
        {one.digest for papers in shown.values() for one in papers if one.digest}
    )
    return {order: tuple(_left(one, gone) for one in papers) for order, papers in shown.items()}


def _opened(papers: Papers, places: Mapping[int, PaperPlace]) -> Papers:
    return tuple(_shown(paper, places[at]) if at in places else paper for at, paper in enumerate(papers))


def _shown(paper: PublicPaper, place: PaperPlace) -> PublicPaper:
    by = public_id(place.opened.village, place.opened.number)
    return replace(
        paper, digest=place.digest, media_type=place.media_type, masked=False, state=LATER, opened_by=by
    )


def _left(paper: PublicPaper, gone: Mapping[str, str]) -> PublicPaper:
    """A paper whose public copy was taken down: its name and why, no copy."""
    if not paper.digest or paper.digest not in gone:
        return paper
    return replace(paper, digest=None, masked=True, state=f"{TAKEN_DOWN}：{gone[paper.digest]}")
